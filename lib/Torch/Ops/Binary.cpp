/// \file
/// Element-wise arithmetic of two operands (tensor or number): the operands
/// broadcast and their types promote.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
/// `alpha` scales the second operand and may not have a larger kind than the result.
llvm::Error checkAlpha(const OpArgs &A, DType Out) {
  Operand Alpha = *operand(A, "alpha");
  if (Alpha.Type == DType::Bool && Out != DType::Bool)
    return reject("a boolean 'alpha' needs boolean operands");
  if (isFloat(Alpha.Type) && isInteger(Out))
    return reject("'alpha' must be an integer for operands of type " + dtypeName(Out));
  return llvm::Error::success();
}
template <unsigned Types> llvm::Expected<Results> scaledRule(const OpArgs &A) {
  llvm::Expected<Results> Out = pointwise<Types, "self", "other">(A);
  if (Out)
    if (llvm::Error E = checkAlpha(A, (*Out)[0].Type))
      return E;
  return Out;
}
constexpr auto AddRule = scaledRule<Promote>;
constexpr auto SubRule = scaledRule<(Promote | NoBoolOperand)>;
constexpr auto PromoteRule = pointwise<Promote, "self", "other">;
constexpr auto DivRule = pointwise<ToFloat, "self", "other">;
constexpr auto RealFloatRule = pointwise<(ToFloat | NoComplex), "self", "other">;
constexpr auto RealRule = pointwise<(Promote | NoComplex), "self", "other">;
constexpr auto RealNumberRule = pointwise<(Promote | NoComplex | NoBool), "self", "other">;
constexpr auto OnlyFloatRule = pointwise<(Promote | NoComplex | FloatOnly), "self", "other">;
constexpr auto OnlyIntegerRule = pointwise<(Promote | IntegerOnly), "self", "other">;
constexpr auto IntegerNumberRule = pointwise<(Promote | IntegerOnly | NoBool), "self", "other">;
constexpr auto HeavisideRule = pointwise<(Promote | NoComplex | SameTypes), "self", "values">;

/// div with rounding_mode: None divides truly, "floor" and "trunc" keep integers.
llvm::Expected<Results> divModeRule(const OpArgs &A) {
  if (A.isNone("rounding_mode"))
    return DivRule(A);
  std::string Mode = A.text("rounding_mode");
  if (Mode != "floor" && Mode != "trunc")
    return reject("rounding mode '" + Mode + "' is not 'floor' or 'trunc'");
  return RealNumberRule(A);
}
llvm::Expected<Results> powRule(const OpArgs &A) {
  llvm::Expected<Results> Out = pointwise<Promote, "self", "exponent">(A);
  std::optional<double> Exponent = A.call().number("exponent");
  if (Out && Exponent && isInteger((*Out)[0].Type) && *Exponent < 0)
    return reject("an integer cannot be raised to the negative integer power " +
                  Twine(static_cast<int64_t>(*Exponent)));
  return Out;
}
llvm::Expected<Results> floatPowRule(const OpArgs &A) {
  llvm::Expected<Results> Out = pointwise<Promote, "self", "exponent">(A);
  if (Out)
    (*Out)[0].Type = isComplex((*Out)[0].Type) ? DType::Complex128 : DType::Float64;
  return Out;
}

/// In place, `self` must already be of the result's type.
llvm::Expected<Results> floatPowIntoRule(const OpArgs &A) {
  llvm::Expected<Results> Out = floatPowRule(A);
  if (Out && (*Out)[0].Type != A.tensor("self").Type)
    return reject("'self' must be of type " + dtypeName((*Out)[0].Type) + ", not " +
                  dtypeName(A.tensor("self").Type));
  return intoSelf(A, std::move(Out));
}

constexpr llvm::StringLiteral AddSamples[] = {
    "self=f32[2,3] other=f32[2,3] -> f32[2,3]", "self=f32[4,1,3] other=f32[5,1] -> f32[4,5,3]",
    "self=f32[2] other=f32[] -> f32[2]",        "self=f32[0,3] other=f32[1,3] -> f32[0,3]",
    "self=i64[2] other=f32[2] -> f32[2]",       "self=f32[2] other=f64[] -> f32[2]",
    "self=i64[2] other=f64[] -> f64[2]",        "self=i64[2] other=i32[2] -> i64[2]",
    "self=u8[2] other=i8[2] -> i16[2]",         "self=f32[2,3] other=f32[2,2] -> error",
    "self=f32[2] other=f32[3] -> error",        "self=i64[2] other=i64[2] alpha=0.5 -> error",
};
constexpr llvm::StringLiteral SubSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]", "self=i64[2] other=f32[2] -> f32[2]",
    "self=f32[2] other=f32[3] -> error",      "self=b8[2] other=b8[2] -> error",
    "self=f32[2] other=b8[2] -> error",
};
constexpr llvm::StringLiteral IntoAddSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]", "self=f32[2,3] other=f32[] -> f32[2,3]",
    "self=f32[2] other=i64[2] -> f32[2]",     "self=f32[3] other=f32[2,3] -> error",
    "self=i64[2] other=f32[2] -> error",      "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral AddNumberSamples[] = {
    "self=f32[2,3] other=1 -> f32[2,3]",      "self=i64[2] other=0.5 -> f32[2]",
    "self=i32[2] other=7 -> i32[2]",          "self=f64[] other=0.5 -> f64[]",
    "self=i64[2] other=1 alpha=0.5 -> error",
};
constexpr llvm::StringLiteral IntoAddNumberSamples[] = {
    "self=f32[2,3] other=1 -> f32[2,3]",
    "self=i64[2] other=1 -> i64[2]",
    "self=i64[2] other=0.5 -> error",
};
constexpr llvm::StringLiteral MulSamples[] = {
    "self=f32[2,3] other=f32[2,3] -> f32[2,3]", "self=f32[4,1,3] other=f32[5,1] -> f32[4,5,3]",
    "self=i64[2] other=f32[2] -> f32[2]",       "self=b8[2] other=b8[2] -> b8[2]",
    "self=b8[2] other=i64[] -> i64[2]",         "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral MulNumberSamples[] = {
    "self=f32[2,3] other=2 -> f32[2,3]",
    "self=i64[2] other=0.5 -> f32[2]",
    "self=b8[2] other=2 -> i64[2]",
};
constexpr llvm::StringLiteral DivSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]",
    "self=i64[2] other=i64[2] -> f32[2]",
    "self=f64[2] other=f32[2] -> f64[2]",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral IntoDivSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]",
    "self=i64[2] other=i64[2] -> error",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral DivNumberSamples[] = {
    "self=f32[2,3] other=2 -> f32[2,3]",
    "self=i64[2] other=2 -> f32[2]",
};
constexpr llvm::StringLiteral IntoDivNumberSamples[] = {
    "self=f32[2,3] other=2 -> f32[2,3]",
    "self=i64[2] other=2 -> error",
};
constexpr llvm::StringLiteral DivModeSamples[] = {
    "self=f32[2,3] other=f32[3] rounding_mode=\"floor\" -> f32[2,3]",
    "self=f32[2,3] other=f32[3] rounding_mode=None -> f32[2,3]",
    "self=f32[2] other=f32[2] rounding_mode=\"up\" -> error",
    "self=f32[2] other=f32[3] rounding_mode=\"trunc\" -> error",
};
constexpr llvm::StringLiteral DivModeNumberSamples[] = {
    "self=f32[2,3] other=3 rounding_mode=\"floor\" -> f32[2,3]",
    "self=i64[2] other=3 rounding_mode=\"trunc\" -> i64[2]",
    "self=f32[2] other=3 rounding_mode=\"up\" -> error",
};
constexpr llvm::StringLiteral PowSamples[] = {
    "self=f32[2,3] exponent=f32[3] -> f32[2,3]",
    "self=i64[2] exponent=f32[2] -> f32[2]",
    "self=f32[2] exponent=f32[3] -> error",
};
constexpr llvm::StringLiteral IntoPowSamples[] = {
    "self=f32[2,3] exponent=f32[3] -> f32[2,3]",
    "self=f32[2] exponent=f32[3] -> error",
    "self=i64[2] exponent=f32[2] -> error",
};
constexpr llvm::StringLiteral PowNumberSamples[] = {
    "self=f32[2,3] exponent=2 -> f32[2,3]", "self=f32[2] exponent=-0.5 -> f32[2]",
    "self=i64[2] exponent=2 -> i64[2]",     "self=i64[2] exponent=0.5 -> f32[2]",
    "self=i64[2] exponent=-1 -> error",
};
constexpr llvm::StringLiteral IntoPowNumberSamples[] = {
    "self=f32[2,3] exponent=2 -> f32[2,3]",
    "self=i64[2] exponent=0.5 -> error",
};
constexpr llvm::StringLiteral NumberPowSamples[] = {
    "self=2 exponent=f32[2,3] -> f32[2,3]",
    "self=10000.0 exponent=f32[4] -> f32[4]",
    "self=0.5 exponent=i64[2] -> f32[2]",
    "self=2 exponent=i64[2] -> i64[2]",
};
constexpr llvm::StringLiteral FloatPowSamples[] = {
    "self=f32[2,3] exponent=f32[3] -> f64[2,3]",
    "self=f32[2] exponent=f32[3] -> error",
};
constexpr llvm::StringLiteral FloatPowNumberSamples[] = {"self=f32[2,3] exponent=2 -> f64[2,3]"};
constexpr llvm::StringLiteral NumberFloatPowSamples[] = {"self=2 exponent=f32[2,3] -> f64[2,3]"};
constexpr llvm::StringLiteral IntoFloatPowSamples[] = {
    "self=f64[2,3] exponent=f32[3] -> f64[2,3]",
    "self=f64[2] exponent=f32[3] -> error",
    "self=f32[2] exponent=f32[2] -> error",
};
constexpr llvm::StringLiteral IntoFloatPowNumberSamples[] = {
    "self=f64[2,3] exponent=2 -> f64[2,3]",
    "self=f32[2,3] exponent=2 -> error",
};
constexpr llvm::StringLiteral MaximumSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]",
    "self=i64[2] other=i32[2] -> i64[2]",
    "self=f32[2] other=f32[3] -> error",
    "self=c64[2] other=c64[2] -> error",
};
constexpr llvm::StringLiteral ModSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]",
    "self=f32[2] other=f32[3] -> error",
    "self=b8[2] other=b8[2] -> error",
};
constexpr llvm::StringLiteral ModNumberSamples[] = {
    "self=f32[2,3] other=2 -> f32[2,3]",
    "self=i64[2] other=3 -> i64[2]",
    "self=i64[2] other=0.5 -> f32[2]",
};
constexpr llvm::StringLiteral IntoModNumberSamples[] = {
    "self=f32[2,3] other=2 -> f32[2,3]",
    "self=i64[2] other=3 -> i64[2]",
    "self=i64[2] other=0.5 -> error",
};
constexpr llvm::StringLiteral NumberModSamples[] = {"self=5.0 other=f32[2,3] -> f32[2,3]"};
constexpr llvm::StringLiteral Atan2Samples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]",
    "self=i64[2] other=i64[2] -> f32[2]",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral OnlyFloatSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]",
    "self=i64[2] other=i64[2] -> error",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral OnlyIntegerSamples[] = {
    "self=i64[2,3] other=i64[3] -> i64[2,3]",
    "self=i64[2] other=i64[3] -> error",
    "self=f32[2] other=f32[2] -> error",
};
constexpr llvm::StringLiteral MulShiftSamples[] = {
    "self=i64[2,3] other=i64[3] -> i64[2,3]",
    "self=i64[2] other=i64[3] -> error",
};
constexpr llvm::StringLiteral ShiftNumberSamples[] = {"self=i64[2,3] other=1 -> i64[2,3]"};
constexpr llvm::StringLiteral NumberShiftSamples[] = {"self=1 other=i64[2,3] -> i64[2,3]"};
constexpr llvm::StringLiteral BitNumberSamples[] = {
    "self=i64[2,3] other=1 -> i64[2,3]",
    "self=f32[2] other=1 -> error",
};
constexpr llvm::StringLiteral NumberBitSamples[] = {
    "self=1 other=i64[2,3] -> i64[2,3]",
    "self=1 other=f32[2] -> error",
};
constexpr llvm::StringLiteral HeavisideSamples[] = {
    "self=f32[2,3] values=f32[3] -> f32[2,3]",
    "self=f32[2] values=i64[2] -> error",
    "self=f32[2] values=f32[3] -> error",
};
constexpr llvm::StringLiteral XlogyNumberSamples[] = {
    "self=f32[2,3] other=2 -> f32[2,3]",
    "self=i64[2] other=2 -> f32[2]",
};
constexpr llvm::StringLiteral NumberXlogySamples[] = {
    "self=2 other=f32[2,3] -> f32[2,3]",
    "self=2 other=i64[2] -> f32[2]",
};
constexpr llvm::StringLiteral PairSweeps[] = {
    "self=f32[N:64..16777216] other=f32[N]",
    "self=f32[B:1..64,C:1..512,H:4..128,H] other=f32[C,1,1]",
};
constexpr llvm::StringLiteral NumberSweeps[] = {"self=f32[N:64..16777216] other=2.0"};
constexpr llvm::StringLiteral PowSweeps[] = {"self=f32[N:64..16777216] exponent=e:{2,3}"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
     AddRule, pointwiseCost<>, Storage::New, AddSamples, PairSweeps},
    {"aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
     SubRule, pointwiseCost<>, Storage::New, SubSamples, PairSweeps},
    {"aten::subtract.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
     SubRule, pointwiseCost<>, Storage::New, SubSamples},
    {"aten::rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
     SubRule, pointwiseCost<>, Storage::New, SubSamples},
    {"aten::add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)",
     inPlace<AddRule>, pointwiseCost<>, Storage::InPlace, IntoAddSamples, PairSweeps},
    {"aten::sub_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)",
     inPlace<SubRule>, pointwiseCost<>, Storage::InPlace, IntoAddSamples},
    {"aten::subtract_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)",
     inPlace<SubRule>, pointwiseCost<>, Storage::InPlace, IntoAddSamples},
    {"aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
     AddRule, pointwiseCost<>, Storage::New, AddNumberSamples, NumberSweeps},
    {"aten::sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
     SubRule, pointwiseCost<>, Storage::New, AddNumberSamples},
    {"aten::subtract.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
     SubRule, pointwiseCost<>, Storage::New, AddNumberSamples},
    {"aten::rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
     SubRule, pointwiseCost<>, Storage::New, AddNumberSamples},
    {"aten::add_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)",
     inPlace<AddRule>, pointwiseCost<>, Storage::InPlace, IntoAddNumberSamples},
    {"aten::sub_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)",
     inPlace<SubRule>, pointwiseCost<>, Storage::InPlace, IntoAddNumberSamples},
    {"aten::subtract_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)",
     inPlace<SubRule>, pointwiseCost<>, Storage::InPlace, IntoAddNumberSamples},
    {"aten::mul.Tensor(Tensor self, Tensor other) -> Tensor",
     PromoteRule, pointwiseCost<>, Storage::New, MulSamples, PairSweeps},
    {"aten::multiply.Tensor(Tensor self, Tensor other) -> Tensor",
     PromoteRule, pointwiseCost<>, Storage::New, MulSamples},
    {"aten::mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<PromoteRule>, pointwiseCost<>, Storage::InPlace, IntoAddSamples},
    {"aten::multiply_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<PromoteRule>, pointwiseCost<>, Storage::InPlace, IntoAddSamples},
    {"aten::mul.Scalar(Tensor self, Scalar other) -> Tensor",
     PromoteRule, pointwiseCost<>, Storage::New, MulNumberSamples, NumberSweeps},
    {"aten::multiply.Scalar(Tensor self, Scalar other) -> Tensor",
     PromoteRule, pointwiseCost<>, Storage::New, MulNumberSamples},
    {"aten::mul_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<PromoteRule>, pointwiseCost<>, Storage::InPlace, IntoAddNumberSamples},
    {"aten::multiply_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<PromoteRule>, pointwiseCost<>, Storage::InPlace, IntoAddNumberSamples},
    {"aten::div.Tensor(Tensor self, Tensor other) -> Tensor",
     DivRule, pointwiseCost<>, Storage::New, DivSamples, PairSweeps},
    {"aten::divide.Tensor(Tensor self, Tensor other) -> Tensor",
     DivRule, pointwiseCost<>, Storage::New, DivSamples},
    {"aten::true_divide.Tensor(Tensor self, Tensor other) -> Tensor",
     DivRule, pointwiseCost<>, Storage::New, DivSamples},
    {"aten::div_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<DivRule>, pointwiseCost<>, Storage::InPlace, IntoDivSamples},
    {"aten::divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<DivRule>, pointwiseCost<>, Storage::InPlace, IntoDivSamples},
    {"aten::true_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<DivRule>, pointwiseCost<>, Storage::InPlace, IntoDivSamples},
    {"aten::div.Scalar(Tensor self, Scalar other) -> Tensor",
     DivRule, pointwiseCost<>, Storage::New, DivNumberSamples, NumberSweeps},
    {"aten::divide.Scalar(Tensor self, Scalar other) -> Tensor",
     DivRule, pointwiseCost<>, Storage::New, DivNumberSamples},
    {"aten::true_divide.Scalar(Tensor self, Scalar other) -> Tensor",
     DivRule, pointwiseCost<>, Storage::New, DivNumberSamples},
    {"aten::div_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<DivRule>, pointwiseCost<>, Storage::InPlace, IntoDivNumberSamples},
    {"aten::divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<DivRule>, pointwiseCost<>, Storage::InPlace, IntoDivNumberSamples},
    {"aten::true_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<DivRule>, pointwiseCost<>, Storage::InPlace, IntoDivNumberSamples},
    {"aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor",
     divModeRule, pointwiseCost<2>, Storage::New, DivModeSamples},
    {"aten::divide.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor",
     divModeRule, pointwiseCost<2>, Storage::New, DivModeSamples},
    {"aten::div_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)",
     inPlace<divModeRule>, pointwiseCost<2>, Storage::InPlace, DivModeSamples},
    {"aten::divide_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)",
     inPlace<divModeRule>, pointwiseCost<2>, Storage::InPlace, DivModeSamples},
    {"aten::div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor",
     divModeRule, pointwiseCost<2>, Storage::New, DivModeNumberSamples},
    {"aten::divide.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor",
     divModeRule, pointwiseCost<2>, Storage::New, DivModeNumberSamples},
    {"aten::div_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)",
     inPlace<divModeRule>, pointwiseCost<2>, Storage::InPlace, DivModeNumberSamples},
    {"aten::divide_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)",
     inPlace<divModeRule>, pointwiseCost<2>, Storage::InPlace, DivModeNumberSamples},
    {"aten::floor_divide(Tensor self, Tensor other) -> Tensor",
     RealNumberRule, pointwiseCost<2>, Storage::New, ModSamples},
    {"aten::floor_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<2>, Storage::InPlace, ModSamples},
    {"aten::floor_divide.Scalar(Tensor self, Scalar other) -> Tensor",
     RealNumberRule, pointwiseCost<2>, Storage::New, ModNumberSamples},
    {"aten::floor_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<2>, Storage::InPlace, IntoModNumberSamples},
    {"aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor",
     RealNumberRule, pointwiseCost<2>, Storage::New, ModSamples},
    {"aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor",
     RealNumberRule, pointwiseCost<2>, Storage::New, ModSamples},
    {"aten::fmod_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<2>, Storage::InPlace, ModSamples},
    {"aten::remainder_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<2>, Storage::InPlace, ModSamples},
    {"aten::fmod.Scalar(Tensor self, Scalar other) -> Tensor",
     RealNumberRule, pointwiseCost<2>, Storage::New, ModNumberSamples},
    {"aten::remainder.Scalar(Tensor self, Scalar other) -> Tensor",
     RealNumberRule, pointwiseCost<2>, Storage::New, ModNumberSamples},
    {"aten::fmod_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<2>, Storage::InPlace, IntoModNumberSamples},
    {"aten::remainder_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<2>, Storage::InPlace, IntoModNumberSamples},
    {"aten::remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
     RealNumberRule, pointwiseCost<2>, Storage::New, NumberModSamples},
    {"aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor",
     powRule, pointwiseCost<>, Storage::New, PowSamples},
    {"aten::pow_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)",
     inPlace<powRule>, pointwiseCost<>, Storage::InPlace, IntoPowSamples},
    {"aten::pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor",
     powRule, pointwiseCost<>, Storage::New, PowNumberSamples, PowSweeps},
    {"aten::pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)",
     inPlace<powRule>, pointwiseCost<>, Storage::InPlace, IntoPowNumberSamples},
    {"aten::pow.Scalar(Scalar self, Tensor exponent) -> Tensor",
     powRule, pointwiseCost<>, Storage::New, NumberPowSamples},
    {"aten::float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor",
     floatPowRule, pointwiseCost<>, Storage::New, FloatPowSamples},
    {"aten::float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor",
     floatPowRule, pointwiseCost<>, Storage::New, FloatPowNumberSamples},
    {"aten::float_power.Scalar(Scalar self, Tensor exponent) -> Tensor",
     floatPowRule, pointwiseCost<>, Storage::New, NumberFloatPowSamples},
    {"aten::maximum(Tensor self, Tensor other) -> Tensor",
     RealRule, pointwiseCost<>, Storage::New, MaximumSamples},
    {"aten::minimum(Tensor self, Tensor other) -> Tensor",
     RealRule, pointwiseCost<>, Storage::New, MaximumSamples},
    {"aten::max.other(Tensor self, Tensor other) -> Tensor",
     RealRule, pointwiseCost<>, Storage::New, MaximumSamples},
    {"aten::min.other(Tensor self, Tensor other) -> Tensor",
     RealRule, pointwiseCost<>, Storage::New, MaximumSamples},
    {"aten::fmax(Tensor self, Tensor other) -> Tensor",
     RealRule, pointwiseCost<>, Storage::New, MaximumSamples},
    {"aten::fmin(Tensor self, Tensor other) -> Tensor",
     RealRule, pointwiseCost<>, Storage::New, MaximumSamples},
    {"aten::atan2(Tensor self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, Atan2Samples},
    {"aten::arctan2(Tensor self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, Atan2Samples},
    {"aten::atan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoDivSamples},
    {"aten::arctan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoDivSamples},
    {"aten::copysign.Tensor(Tensor self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, Atan2Samples},
    {"aten::copysign.Scalar(Tensor self, Scalar other) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, XlogyNumberSamples},
    {"aten::copysign_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoDivSamples},
    {"aten::copysign_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoDivNumberSamples},
    {"aten::float_power_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)",
     floatPowIntoRule, pointwiseCost<>, Storage::InPlace, IntoFloatPowSamples},
    {"aten::float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)",
     floatPowIntoRule, pointwiseCost<>, Storage::InPlace, IntoFloatPowNumberSamples},
    {"aten::hypot(Tensor self, Tensor other) -> Tensor",
     OnlyFloatRule, pointwiseCost<2>, Storage::New, OnlyFloatSamples},
    {"aten::logaddexp(Tensor self, Tensor other) -> Tensor",
     OnlyFloatRule, pointwiseCost<2>, Storage::New, OnlyFloatSamples},
    {"aten::logaddexp2(Tensor self, Tensor other) -> Tensor",
     OnlyFloatRule, pointwiseCost<2>, Storage::New, OnlyFloatSamples},
    {"aten::nextafter(Tensor self, Tensor other) -> Tensor",
     OnlyFloatRule, pointwiseCost<2>, Storage::New, OnlyFloatSamples},
    {"aten::hypot_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OnlyFloatRule>, pointwiseCost<2>, Storage::InPlace, OnlyFloatSamples},
    {"aten::nextafter_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OnlyFloatRule>, pointwiseCost<2>, Storage::InPlace, OnlyFloatSamples},
    {"aten::xlogy.Tensor(Tensor self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, Atan2Samples},
    {"aten::special_xlogy(Tensor self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, Atan2Samples},
    {"aten::special_xlog1py(Tensor self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, Atan2Samples},
    {"aten::xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, XlogyNumberSamples},
    {"aten::special_xlogy.other_scalar(Tensor self, Scalar other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, XlogyNumberSamples},
    {"aten::special_xlog1py.other_scalar(Tensor self, Scalar other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, XlogyNumberSamples},
    {"aten::xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, NumberXlogySamples},
    {"aten::special_xlogy.self_scalar(Scalar self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, NumberXlogySamples},
    {"aten::special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor",
     RealFloatRule, pointwiseCost<2>, Storage::New, NumberXlogySamples},
    {"aten::xlogy_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<2>, Storage::InPlace, IntoDivSamples},
    {"aten::xlogy_.Scalar_Other(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<2>, Storage::InPlace, IntoDivNumberSamples},
    {"aten::gcd(Tensor self, Tensor other) -> Tensor",
     IntegerNumberRule, pointwiseCost<4>, Storage::New, OnlyIntegerSamples},
    {"aten::lcm(Tensor self, Tensor other) -> Tensor",
     IntegerNumberRule, pointwiseCost<4>, Storage::New, OnlyIntegerSamples},
    {"aten::gcd_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<IntegerNumberRule>, pointwiseCost<4>, Storage::InPlace, OnlyIntegerSamples},
    {"aten::lcm_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<IntegerNumberRule>, pointwiseCost<4>, Storage::InPlace, OnlyIntegerSamples},
    {"aten::heaviside(Tensor self, Tensor values) -> Tensor",
     HeavisideRule, pointwiseCost<>, Storage::New, HeavisideSamples},
    {"aten::heaviside_(Tensor(a!) self, Tensor values) -> Tensor(a!)",
     inPlace<HeavisideRule>, pointwiseCost<>, Storage::InPlace, HeavisideSamples},
    {"aten::bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, OnlyIntegerSamples},
    {"aten::bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, OnlyIntegerSamples},
    {"aten::bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, OnlyIntegerSamples},
    {"aten::bitwise_and_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, OnlyIntegerSamples},
    {"aten::bitwise_or_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, OnlyIntegerSamples},
    {"aten::bitwise_xor_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, OnlyIntegerSamples},
    {"aten::bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, BitNumberSamples},
    {"aten::bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, BitNumberSamples},
    {"aten::bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, BitNumberSamples},
    {"aten::bitwise_and_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, BitNumberSamples},
    {"aten::bitwise_or_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, BitNumberSamples},
    {"aten::bitwise_xor_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, BitNumberSamples},
    {"aten::bitwise_and.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, NumberBitSamples},
    {"aten::bitwise_or.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, NumberBitSamples},
    {"aten::bitwise_xor.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, NumberBitSamples},
    {"aten::bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, MulShiftSamples},
    {"aten::bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, MulShiftSamples},
    {"aten::bitwise_left_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, MulShiftSamples},
    {"aten::bitwise_right_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, MulShiftSamples},
    {"aten::bitwise_left_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, ShiftNumberSamples},
    {"aten::bitwise_right_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, ShiftNumberSamples},
    {"aten::bitwise_left_shift_.Tensor_Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, ShiftNumberSamples},
    {"aten::bitwise_right_shift_.Tensor_Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, ShiftNumberSamples},
    {"aten::bitwise_left_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, NumberShiftSamples},
    {"aten::bitwise_right_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, NumberShiftSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::binaryOps() { return Ops; }
