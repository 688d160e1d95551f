/// \file
/// Element-wise operators of one tensor: exp, abs, floor, isnan, ... and their
/// in-place forms. Activation functions have their own file.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;

namespace {
constexpr auto FloatRule = pointwise<ToFloat, "self">;
constexpr auto RealFloatRule = pointwise<(ToFloat | NoComplex), "self">;
constexpr auto NumberRule = pointwise<(Promote | NoBool), "self">;
constexpr auto RealNumberRule = pointwise<(Promote | NoBool | NoComplex), "self">;
constexpr auto RealRule = pointwise<(Promote | NoComplex), "self">;
constexpr auto OnlyFloatRule = pointwise<(Promote | FloatOnly | NoComplex), "self">;
constexpr auto OnlyIntegerRule = pointwise<(Promote | IntegerOnly), "self">;
constexpr auto TestRule = pointwise<ToBool, "self">;
constexpr auto RealTestRule = pointwise<(ToBool | NoComplex), "self">;

/// abs: the modulus of a complex number is real.
llvm::Expected<Results> absRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (In.Type == DType::Bool)
    return reject("abs is not defined for bool operands");
  return Results{TensorType(realType(In.Type), In.Shape)};
}
llvm::Expected<Results> absIntoRule(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("the modulus of a complex tensor cannot be stored in it");
  return absRule(A);
}
llvm::Expected<Results> angleRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  return Results{TensorType(toFloat(realType(In.Type)), In.Shape)};
}
/// square(x) is pow(x, 2) with an integer 2.
llvm::Expected<Results> squareRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  if (Out.Type == DType::Bool)
    Out.Type = DefaultInt;
  return Results{Out};
}

constexpr llvm::StringLiteral FloatSamples[] = {
    "self=f32[2,3] -> f32[2,3]", "self=f64[] -> f64[]",  "self=f32[0,3] -> f32[0,3]",
    "self=i64[3] -> f32[3]",     "self=b8[2] -> f32[2]",
};
constexpr llvm::StringLiteral IntoFloatSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=f64[] -> f64[]",
    "self=i64[3] -> error",
};
constexpr llvm::StringLiteral NumberSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[3] -> i64[3]",
    "self=f32[] -> f32[]",
    "self=b8[3] -> error",
};
constexpr llvm::StringLiteral SignSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[3] -> i64[3]",
    "self=b8[3] -> b8[3]",
};
constexpr llvm::StringLiteral RealSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[3] -> i64[3]",
    "self=c64[2] -> error",
};
constexpr llvm::StringLiteral OnlyFloatSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[3] -> error",
};
constexpr llvm::StringLiteral AbsSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i32[3] -> i32[3]",
    "self=c64[2] -> f32[2]",
};
constexpr llvm::StringLiteral IntoAbsSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i32[3] -> i32[3]",
    "self=c64[2] -> error",
};
constexpr llvm::StringLiteral AngleSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=c64[2] -> f32[2]",
    "self=i64[2] -> f32[2]",
};
constexpr llvm::StringLiteral SquareSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[3] -> i64[3]",
    "self=b8[3] -> i64[3]",
};
constexpr llvm::StringLiteral IntoSquareSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[3] -> i64[3]",
    "self=b8[3] -> error",
};
constexpr llvm::StringLiteral OnlyIntegerSamples[] = {
    "self=i64[2,3] -> i64[2,3]",
    "self=b8[3] -> b8[3]",
    "self=f32[2] -> error",
};
constexpr llvm::StringLiteral TestSamples[] = {
    "self=f32[2,3] -> b8[2,3]",
    "self=i64[3] -> b8[3]",
    "self=f32[] -> b8[]",
};
constexpr llvm::StringLiteral RealTestSamples[] = {
    "self=f32[2,3] -> b8[2,3]",
    "self=i64[3] -> b8[3]",
    "self=c64[2] -> error",
};
constexpr llvm::StringLiteral IntoTestSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[3] -> i64[3]",
};
constexpr llvm::StringLiteral RoundSamples[] = {
    "self=f32[2,3] decimals=2 -> f32[2,3]",
    "self=b8[3] decimals=0 -> error",
};
constexpr llvm::StringLiteral Sweeps[] = {"self=f32[N:64..16777216]"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::acos(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::acosh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::arccos(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::arccosh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::arcsin(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::arcsinh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::arctan(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::arctanh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::asin(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::asinh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::atan(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::atanh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::cosh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::sinh(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::tan(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::expm1(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::log10(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::log2(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::sinc(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::acos_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::acosh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::arccos_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::arccosh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::arcsin_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::arcsinh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::arctan_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::arctanh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::asin_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::asinh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::atan_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::atanh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::cosh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::sinh_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::tan_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::expm1_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::log10_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::log2_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::sinc_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::cos(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::sin(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::exp(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::log(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::log1p(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::sqrt(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::rsqrt(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::reciprocal(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<>, Storage::New, FloatSamples, Sweeps},
    {"aten::cos_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::sin_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::exp_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::log_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::log1p_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::sqrt_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::rsqrt_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::reciprocal_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<FloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::deg2rad(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::rad2deg(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::erf(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::erfc(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::erfinv(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::exp2(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::lgamma(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::digamma(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::i0(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::special_entr(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::special_erf(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::special_erfc(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::special_erfinv(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::special_exp2(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::special_expm1(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::special_log1p(Tensor self) -> Tensor",
     RealFloatRule, pointwiseCost<>, Storage::New, FloatSamples},
    {"aten::deg2rad_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::rad2deg_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::erf_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::erfc_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::erfinv_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::exp2_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::lgamma_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::digamma_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::i0_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<>, Storage::InPlace, IntoFloatSamples},
    {"aten::abs(Tensor self) -> Tensor",
     absRule, pointwiseCost<>, Storage::New, AbsSamples, Sweeps},
    {"aten::absolute(Tensor self) -> Tensor",
     absRule, pointwiseCost<>, Storage::New, AbsSamples, Sweeps},
    {"aten::abs_(Tensor(a!) self) -> Tensor(a!)",
     absIntoRule, pointwiseCost<>, Storage::InPlace, IntoAbsSamples},
    {"aten::absolute_(Tensor(a!) self) -> Tensor(a!)",
     absIntoRule, pointwiseCost<>, Storage::InPlace, IntoAbsSamples},
    {"aten::angle(Tensor self) -> Tensor",
     angleRule, pointwiseCost<>, Storage::New, AngleSamples},
    {"aten::neg(Tensor self) -> Tensor",
     NumberRule, pointwiseCost<>, Storage::New, NumberSamples},
    {"aten::negative(Tensor self) -> Tensor",
     NumberRule, pointwiseCost<>, Storage::New, NumberSamples},
    {"aten::neg_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<NumberRule>, pointwiseCost<>, Storage::InPlace, NumberSamples},
    {"aten::negative_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<NumberRule>, pointwiseCost<>, Storage::InPlace, NumberSamples},
    {"aten::positive(Tensor(a) self) -> Tensor(a)",
     NumberRule, nullptr, Storage::View, NumberSamples},
    {"aten::square(Tensor self) -> Tensor",
     squareRule, pointwiseCost<>, Storage::New, SquareSamples},
    {"aten::square_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<squareRule>, pointwiseCost<>, Storage::InPlace, IntoSquareSamples},
    {"aten::sign(Tensor self) -> Tensor",
     RealRule, pointwiseCost<>, Storage::New, SignSamples},
    {"aten::sign_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealRule>, pointwiseCost<>, Storage::InPlace, SignSamples},
    {"aten::sgn(Tensor self) -> Tensor",
     likeSelf, pointwiseCost<>, Storage::New, SignSamples},
    {"aten::sgn_(Tensor(a!) self) -> Tensor(a!)",
     likeSelf, pointwiseCost<>, Storage::InPlace, SignSamples},
    {"aten::floor(Tensor self) -> Tensor",
     RealNumberRule, pointwiseCost<>, Storage::New, NumberSamples},
    {"aten::ceil(Tensor self) -> Tensor",
     RealNumberRule, pointwiseCost<>, Storage::New, NumberSamples},
    {"aten::round(Tensor self) -> Tensor",
     RealNumberRule, pointwiseCost<>, Storage::New, NumberSamples},
    {"aten::trunc(Tensor self) -> Tensor",
     RealNumberRule, pointwiseCost<>, Storage::New, NumberSamples},
    {"aten::fix(Tensor self) -> Tensor",
     RealNumberRule, pointwiseCost<>, Storage::New, NumberSamples},
    {"aten::floor_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<>, Storage::InPlace, NumberSamples},
    {"aten::ceil_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<>, Storage::InPlace, NumberSamples},
    {"aten::round_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<>, Storage::InPlace, NumberSamples},
    {"aten::trunc_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<>, Storage::InPlace, NumberSamples},
    {"aten::fix_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<RealNumberRule>, pointwiseCost<>, Storage::InPlace, NumberSamples},
    {"aten::round.decimals(Tensor self, *, int decimals) -> Tensor",
     OnlyFloatRule, pointwiseCost<>, Storage::New, RoundSamples},
    {"aten::round_.decimals(Tensor(a!) self, *, int decimals) -> Tensor(a!)",
     inPlace<OnlyFloatRule>, pointwiseCost<>, Storage::InPlace, RoundSamples},
    {"aten::frac(Tensor self) -> Tensor",
     OnlyFloatRule, pointwiseCost<>, Storage::New, OnlyFloatSamples},
    {"aten::frac_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<OnlyFloatRule>, pointwiseCost<>, Storage::InPlace, OnlyFloatSamples},
    {"aten::nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor",
     RealRule, pointwiseCost<3>, Storage::New, RealSamples},
    {"aten::nan_to_num_(Tensor(a!) self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor(a!)",
     inPlace<RealRule>, pointwiseCost<3>, Storage::InPlace, RealSamples},
    {"aten::logit(Tensor self, float? eps=None) -> Tensor",
     RealFloatRule, pointwiseCost<3>, Storage::New, FloatSamples},
    {"aten::special_logit(Tensor self, float? eps=None) -> Tensor",
     RealFloatRule, pointwiseCost<3>, Storage::New, FloatSamples},
    {"aten::logit_(Tensor(a!) self, float? eps=None) -> Tensor(a!)",
     inPlace<RealFloatRule>, pointwiseCost<3>, Storage::InPlace, IntoFloatSamples},
    {"aten::special_expit(Tensor self) -> Tensor",
     FloatRule, pointwiseCost<3>, Storage::New, FloatSamples},
    {"aten::conj_physical(Tensor self) -> Tensor",
     likeSelf, pointwiseCost<>, Storage::New, SignSamples},
    {"aten::bitwise_not(Tensor self) -> Tensor",
     OnlyIntegerRule, pointwiseCost<>, Storage::New, OnlyIntegerSamples},
    {"aten::bitwise_not_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<OnlyIntegerRule>, pointwiseCost<>, Storage::InPlace, OnlyIntegerSamples},
    {"aten::isnan(Tensor self) -> Tensor",
     TestRule, pointwiseCost<>, Storage::New, TestSamples},
    {"aten::isinf(Tensor self) -> Tensor",
     TestRule, pointwiseCost<>, Storage::New, TestSamples},
    {"aten::isfinite(Tensor self) -> Tensor",
     TestRule, pointwiseCost<>, Storage::New, TestSamples},
    {"aten::isreal(Tensor self) -> Tensor",
     TestRule, pointwiseCost<>, Storage::New, TestSamples},
    {"aten::isposinf(Tensor self) -> Tensor",
     RealTestRule, pointwiseCost<>, Storage::New, RealTestSamples},
    {"aten::isneginf(Tensor self) -> Tensor",
     RealTestRule, pointwiseCost<>, Storage::New, RealTestSamples},
    {"aten::signbit(Tensor self) -> Tensor",
     RealTestRule, pointwiseCost<>, Storage::New, RealTestSamples},
    {"aten::logical_not(Tensor self) -> Tensor",
     TestRule, pointwiseCost<>, Storage::New, TestSamples},
    {"aten::logical_not_(Tensor(a!) self) -> Tensor(a!)",
     inPlace<TestRule>, pointwiseCost<>, Storage::InPlace, IntoTestSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::unaryOps() { return Ops; }
