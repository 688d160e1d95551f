/// \file
/// Comparisons and logical operators: the result is bool, in place it keeps
/// the type of `self`.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;

namespace {
constexpr auto EqualRule = pointwise<ToBool, "self", "other">;
constexpr auto OrderRule = pointwise<(ToBool | NoComplex), "self", "other">;

llvm::Expected<Results> iscloseRule(const OpArgs &A) {
  if (llvm::Error E = requireSameType(A, "self", "other"))
    return E;
  return EqualRule(A);
}
llvm::Expected<Results> isinRule(const OpArgs &A) {
  return Results{TensorType(DType::Bool, A.tensor("elements").Shape)};
}

constexpr llvm::StringLiteral EqualSamples[] = {
    "self=f32[2,3] other=f32[3] -> b8[2,3]",
    "self=i64[2] other=f32[2] -> b8[2]",
    "self=f32[] other=f32[] -> b8[]",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral OrderSamples[] = {
    "self=f32[2,3] other=f32[3] -> b8[2,3]",
    "self=i64[2] other=f32[2] -> b8[2]",
    "self=f32[2] other=f32[3] -> error",
    "self=c64[2] other=c64[2] -> error",
};
constexpr llvm::StringLiteral IntoSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[2,3]",
    "self=f32[2] other=f32[3] -> error",
    "self=f32[3] other=f32[2,3] -> error",
};
constexpr llvm::StringLiteral EqualNumberSamples[] = {
    "self=f32[2,3] other=0 -> b8[2,3]",
    "self=i64[2] other=0.5 -> b8[2]",
};
constexpr llvm::StringLiteral OrderNumberSamples[] = {
    "self=f32[2,3] other=0 -> b8[2,3]",
    "self=i64[2] other=0.5 -> b8[2]",
    "self=c64[2] other=1 -> error",
};
constexpr llvm::StringLiteral IntoNumberSamples[] = {"self=f32[2,3] other=0 -> f32[2,3]"};
constexpr llvm::StringLiteral CloseSamples[] = {
    "self=f32[2,3] other=f32[3] -> b8[2,3]",
    "self=f32[2] other=i64[2] -> error",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral IsinSamples[] = {"elements=i64[2,3] test_elements=i64[4] -> b8[2,3]"};
constexpr llvm::StringLiteral IsinNumberSamples[] = {"elements=i64[2,3] test_element=1 -> b8[2,3]"};
constexpr llvm::StringLiteral Sweeps[] = {"self=f32[N:64..16777216] other=0.5"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::eq.Tensor(Tensor self, Tensor other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualSamples},
    {"aten::ne.Tensor(Tensor self, Tensor other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualSamples},
    {"aten::not_equal.Tensor(Tensor self, Tensor other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualSamples},
    {"aten::eq_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::ne_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::not_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::eq.Scalar(Tensor self, Scalar other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualNumberSamples, Sweeps},
    {"aten::ne.Scalar(Tensor self, Scalar other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualNumberSamples, Sweeps},
    {"aten::not_equal.Scalar(Tensor self, Scalar other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualNumberSamples, Sweeps},
    {"aten::eq_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::ne_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::not_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::lt.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::le.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::gt.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::ge.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::less.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::less_equal.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::greater.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::greater_equal.Tensor(Tensor self, Tensor other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderSamples},
    {"aten::lt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::le_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::gt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::ge_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::less_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::less_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::greater_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::greater_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::lt.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::le.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::gt.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::ge.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::less.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::less_equal.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::greater.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::greater_equal.Scalar(Tensor self, Scalar other) -> Tensor",
     OrderRule, pointwiseCost<>, Storage::New, OrderNumberSamples},
    {"aten::lt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::le_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::gt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::ge_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::less_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::less_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::greater_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::greater_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)",
     inPlace<OrderRule>, pointwiseCost<>, Storage::InPlace, IntoNumberSamples},
    {"aten::logical_and(Tensor self, Tensor other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualSamples},
    {"aten::logical_or(Tensor self, Tensor other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualSamples},
    {"aten::logical_xor(Tensor self, Tensor other) -> Tensor",
     EqualRule, pointwiseCost<>, Storage::New, EqualSamples},
    {"aten::logical_and_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::logical_or_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::logical_xor_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
     inPlace<EqualRule>, pointwiseCost<>, Storage::InPlace, IntoSamples},
    {"aten::isclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> Tensor",
     iscloseRule, pointwiseCost<4>, Storage::New, CloseSamples},
    {"aten::isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor",
     isinRule, memoryCost, Storage::New, IsinSamples},
    {"aten::isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor",
     isinRule, pointwiseCost<>, Storage::New, IsinNumberSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::comparisonOps() { return Ops; }
