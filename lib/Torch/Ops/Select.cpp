/// \file
/// Element-wise operators that bound, mix or overwrite values: clamp, where,
/// masked_fill, lerp, addcmul, fill_, copy_, ...
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
constexpr unsigned ClampTypes = Promote | NoBool | NoComplex;

llvm::Expected<Results> clampRule(const OpArgs &A) {
  if (!operand(A, "min") && !operand(A, "max"))
    return reject("clamp needs 'min' or 'max'");
  return pointwise<ClampTypes, "self", "min", "max">(A);
}
/// In place, the bounds may not even widen the type.
llvm::Expected<Results> clampIntoRule(const OpArgs &A) { return intoSelf(A, clampRule(A)); }
constexpr auto ClampMinRule = pointwise<ClampTypes, "self", "min">;
constexpr auto ClampMaxRule = pointwise<ClampTypes, "self", "max">;

llvm::Error checkMask(const TensorType &Mask) {
  if (Mask.Type == DType::Bool || Mask.Type == DType::UInt8)
    return llvm::Error::success();
  return reject("the mask must be of type bool, not " + dtypeName(Mask.Type));
}
llvm::Expected<Results> whereRule(const OpArgs &A) {
  if (llvm::Error E = checkMask(A.tensor("condition")))
    return E;
  llvm::Expected<Results> Out = pointwise<Promote, "self", "other">(A);
  if (!Out)
    return Out;
  llvm::Expected<Sizes> All = broadcast((*Out)[0].Shape, A.tensor("condition").Shape);
  if (!All)
    return All.takeError();
  return Results{TensorType((*Out)[0].Type, *All)};
}

/// The value of masked_fill and fill_ must be one number.
llvm::Error checkFillValue(const OpArgs &A) {
  const TensorType *Value = A.call().tensor("value");
  if (!Value)
    return llvm::Error::success();
  if (!Value->Shape.empty())
    return reject("'value' must be a scalar tensor, not " + shapeText(Value->Shape));
  return llvm::Error::success();
}
llvm::Expected<Results> maskedFillRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self"), &Mask = A.tensor("mask");
  if (llvm::Error E = checkMask(Mask))
    return E;
  if (llvm::Error E = checkFillValue(A))
    return E;
  if (!canCast(operand(A, "value")->Type, Self.Type) && A.call().tensor("value"))
    return reject("'value' cannot be stored in a tensor of type " + dtypeName(Self.Type));
  llvm::Expected<Sizes> Out = broadcast(Self.Shape, Mask.Shape);
  if (!Out)
    return Out.takeError();
  return Results{TensorType(Self.Type, *Out)};
}
llvm::Expected<Results> fillRule(const OpArgs &A) {
  if (llvm::Error E = checkFillValue(A))
    return E;
  return likeSelf(A);
}
llvm::Expected<Results> copyRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  if (llvm::Error E = checkExpands(A.tensor("src").Shape, Self.Shape))
    return E;
  return Results{Self};
}
llvm::Expected<Results> lerpRule(const OpArgs &A) {
  if (llvm::Error E = requireSameType(A, "self", "end"))
    return E;
  if (A.call().tensor("weight"))
    if (llvm::Error E = requireSameType(A, "self", "weight"))
      return E;
  if (isInteger(A.tensor("self").Type))
    return reject("lerp is not defined for " + dtypeName(A.tensor("self").Type) + " tensors");
  return pointwise<Promote, "self", "end", "weight">(A);
}
constexpr auto AddcmulRule = pointwise<(Promote | NoBool), "self", "tensor1", "tensor2">;
llvm::Expected<Results> addcdivRule(const OpArgs &A) {
  if (isInteger(A.tensor("tensor1").Type) && isInteger(A.tensor("tensor2").Type))
    return reject("addcdiv does not divide integers");
  return AddcmulRule(A);
}

CostFeatures copyCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = writeCost(A, Out);
  C.BytesRead = A.tensor("src").bytes();
  return C;
}

constexpr llvm::StringLiteral ClampSamples[] = {
    "self=f32[2,3] min=0 max=1 -> f32[2,3]",
    "self=f32[2,3] min=0.5 -> f32[2,3]",
    "self=i64[2] min=0 -> i64[2]",
    "self=i64[2] max=0.5 -> f32[2]",
    "self=f32[2,3] -> error",
    "self=c64[2] min=0 -> error",
};
constexpr llvm::StringLiteral IntoClampSamples[] = {
    "self=f32[2,3] min=0 max=1 -> f32[2,3]",
    "self=i64[2] max=0.5 -> error",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral ClampTensorSamples[] = {
    "self=f32[2,3] min=f32[3] -> f32[2,3]",
    "self=f32[2,3] min=f32[] max=f32[2,1] -> f32[2,3]",
    "self=f32[2,3] min=f32[2] -> error",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral ClampMinSamples[] = {
    "self=f32[2,3] min=0 -> f32[2,3]",
    "self=i64[2] min=0.5 -> f32[2]",
    "self=c64[2] min=0 -> error",
};
constexpr llvm::StringLiteral ClampMaxSamples[] = {
    "self=f32[2,3] max=0 -> f32[2,3]",
    "self=i64[2] max=0.5 -> f32[2]",
    "self=c64[2] max=0 -> error",
};
constexpr llvm::StringLiteral IntoClampMinSamples[] = {
    "self=f32[2,3] min=0 -> f32[2,3]",
    "self=i64[2] min=0.5 -> error",
};
constexpr llvm::StringLiteral IntoClampMaxSamples[] = {
    "self=f32[2,3] max=0 -> f32[2,3]",
    "self=i64[2] max=0.5 -> error",
};
constexpr llvm::StringLiteral ClampMinTensorSamples[] = {
    "self=f32[2,3] min=f32[3] -> f32[2,3]",
    "self=f32[2,3] min=f32[2] -> error",
};
constexpr llvm::StringLiteral ClampMaxTensorSamples[] = {
    "self=f32[2,3] max=f32[3] -> f32[2,3]",
    "self=f32[2,3] max=f32[2] -> error",
};
constexpr llvm::StringLiteral WhereSamples[] = {
    "condition=b8[2,3] self=f32[2,3] other=f32[3] -> f32[2,3]",
    "condition=b8[4,1] self=f32[3] other=f32[] -> f32[4,3]",
    "condition=b8[2] self=i64[2] other=f32[2] -> f32[2]",
    "condition=f32[2] self=f32[2] other=f32[2] -> error",
    "condition=b8[2] self=f32[3] other=f32[3] -> error",
};
constexpr llvm::StringLiteral WhereSelfNumberSamples[] = {
    "condition=b8[2,3] self=0 other=f32[3] -> f32[2,3]",
    "condition=b8[2] self=0.5 other=i64[2] -> f32[2]",
    "condition=b8[2] self=0 other=f32[3] -> error",
};
constexpr llvm::StringLiteral WhereOtherNumberSamples[] = {
    "condition=b8[2,3] self=f32[3] other=0 -> f32[2,3]",
    "condition=b8[2] self=i64[2] other=0.5 -> f32[2]",
    "condition=b8[2] self=f32[3] other=0 -> error",
};
constexpr llvm::StringLiteral WhereNumbersSamples[] = {
    "condition=b8[2,3] self=1.0 other=0.5 -> f32[2,3]",
    "condition=b8[2] self=1 other=0 -> i64[2]",
    "condition=f32[2] self=1 other=0 -> error",
};
constexpr llvm::StringLiteral MaskedFillSamples[] = {
    "self=f32[2,3] mask=b8[2,3] value=0 -> f32[2,3]",
    "self=f32[2,8,4,4] mask=b8[4,4] value=-1e9 -> f32[2,8,4,4]",
    "self=f32[3] mask=b8[2,3] value=0.0 -> f32[2,3]",
    "self=f32[2,3] mask=b8[2] value=0 -> error",
    "self=f32[2,3] mask=f32[2,3] value=0 -> error",
};
constexpr llvm::StringLiteral IntoMaskedFillSamples[] = {
    "self=f32[2,3] mask=b8[3] value=0 -> f32[2,3]",
    "self=f32[3] mask=b8[2,3] value=0 -> error",
    "self=f32[2,3] mask=b8[2] value=0 -> error",
};
constexpr llvm::StringLiteral MaskedFillTensorSamples[] = {
    "self=f32[2,3] mask=b8[3] value=f32[] -> f32[2,3]",
    "self=f32[2,3] mask=b8[3] value=f32[1] -> error",
    "self=f32[2,3] mask=b8[2] value=f32[] -> error",
};
constexpr llvm::StringLiteral FillSamples[] = {
    "self=f32[2,3] value=1 -> f32[2,3]",
    "self=i64[] value=3 -> i64[]",
};
constexpr llvm::StringLiteral FillTensorSamples[] = {
    "self=f32[2,3] value=f32[] -> f32[2,3]",
    "self=f32[2] value=f32[2] -> error",
};
constexpr llvm::StringLiteral ZeroSamples[] = {"self=f32[2,3] -> f32[2,3]", "self=i64[] -> i64[]"};
constexpr llvm::StringLiteral CopySamples[] = {
    "self=f32[2,3] src=f32[2,3] -> f32[2,3]", "self=f32[2,3] src=i64[3] -> f32[2,3]",
    "self=i64[2] src=f32[2] -> i64[2]",       "self=f32[2,3] src=f32[2] -> error",
    "self=f32[3] src=f32[2,3] -> error",
};
constexpr llvm::StringLiteral LerpSamples[] = {
    "self=f32[2,3] end=f32[3] weight=f32[2,1] -> f32[2,3]",
    "self=f32[2] end=f64[2] weight=f32[2] -> error",
    "self=f32[2] end=f32[3] weight=f32[2] -> error",
};
constexpr llvm::StringLiteral LerpNumberSamples[] = {
    "self=f32[2,3] end=f32[3] weight=0.5 -> f32[2,3]",
    "self=i64[2] end=i64[2] weight=0.5 -> error",
    "self=f32[2] end=f32[3] weight=0.5 -> error",
};
constexpr llvm::StringLiteral AddcmulSamples[] = {
    "self=f32[2,3] tensor1=f32[2,1] tensor2=f32[3] -> f32[2,3]",
    "self=f32[2] tensor1=f32[3] tensor2=f32[3] -> error",
};
constexpr llvm::StringLiteral AddcdivSamples[] = {
    "self=f32[2,3] tensor1=f32[2,1] tensor2=f32[3] -> f32[2,3]",
    "self=f32[2] tensor1=f32[3] tensor2=f32[3] -> error",
    "self=f32[2] tensor1=i64[2] tensor2=i64[2] -> error",
};
constexpr llvm::StringLiteral FillSweeps[] = {"self=f32[N:64..16777216] value=1"};
constexpr llvm::StringLiteral CopySweeps[] = {"self=f32[N:64..16777216] src=f32[N]"};
constexpr llvm::StringLiteral WhereSweeps[] = {
    "condition=b8[N:64..16777216] self=f32[N] other=f32[N]"};
constexpr llvm::StringLiteral MaskSweeps[] = {
    "self=f32[B:1..32,H:1..16,T:8..512,T] mask=b8[T,T] value=-1e9"};
constexpr llvm::StringLiteral ClampSweeps[] = {"self=f32[N:64..16777216] min=0.0 max=1.0"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor",
     clampRule, pointwiseCost<2>, Storage::New, ClampSamples, ClampSweeps},
    {"aten::clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor",
     clampRule, pointwiseCost<2>, Storage::New, ClampSamples},
    {"aten::clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)",
     clampIntoRule, pointwiseCost<2>, Storage::InPlace, IntoClampSamples},
    {"aten::clip_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)",
     clampIntoRule, pointwiseCost<2>, Storage::InPlace, IntoClampSamples},
    {"aten::clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor",
     clampRule, pointwiseCost<2>, Storage::New, ClampTensorSamples},
    {"aten::clip.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor",
     clampRule, pointwiseCost<2>, Storage::New, ClampTensorSamples},
    {"aten::clamp_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)",
     clampIntoRule, pointwiseCost<2>, Storage::InPlace, ClampTensorSamples},
    {"aten::clip_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)",
     clampIntoRule, pointwiseCost<2>, Storage::InPlace, ClampTensorSamples},
    {"aten::clamp_min(Tensor self, Scalar min) -> Tensor",
     ClampMinRule, pointwiseCost<>, Storage::New, ClampMinSamples},
    {"aten::clamp_max(Tensor self, Scalar max) -> Tensor",
     ClampMaxRule, pointwiseCost<>, Storage::New, ClampMaxSamples},
    {"aten::clamp_min_(Tensor(a!) self, Scalar min) -> Tensor(a!)",
     inPlace<ClampMinRule>, pointwiseCost<>, Storage::InPlace, IntoClampMinSamples},
    {"aten::clamp_max_(Tensor(a!) self, Scalar max) -> Tensor(a!)",
     inPlace<ClampMaxRule>, pointwiseCost<>, Storage::InPlace, IntoClampMaxSamples},
    {"aten::clamp_min.Tensor(Tensor self, Tensor min) -> Tensor",
     ClampMinRule, pointwiseCost<>, Storage::New, ClampMinTensorSamples},
    {"aten::clamp_max.Tensor(Tensor self, Tensor max) -> Tensor",
     ClampMaxRule, pointwiseCost<>, Storage::New, ClampMaxTensorSamples},
    {"aten::clamp_min_.Tensor(Tensor(a!) self, Tensor min) -> Tensor(a!)",
     inPlace<ClampMinRule>, pointwiseCost<>, Storage::InPlace, ClampMinTensorSamples},
    {"aten::clamp_max_.Tensor(Tensor(a!) self, Tensor max) -> Tensor(a!)",
     inPlace<ClampMaxRule>, pointwiseCost<>, Storage::InPlace, ClampMaxTensorSamples},
    {"aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor",
     whereRule, pointwiseCost<>, Storage::New, WhereSamples, WhereSweeps},
    {"aten::where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor",
     whereRule, pointwiseCost<>, Storage::New, WhereSelfNumberSamples},
    {"aten::where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor",
     whereRule, pointwiseCost<>, Storage::New, WhereOtherNumberSamples},
    {"aten::where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor",
     whereRule, pointwiseCost<>, Storage::New, WhereNumbersSamples},
    {"aten::masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor",
     maskedFillRule, pointwiseCost<>, Storage::New, MaskedFillSamples, MaskSweeps},
    {"aten::masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!)",
     inPlace<maskedFillRule>, pointwiseCost<>, Storage::InPlace, IntoMaskedFillSamples},
    {"aten::masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor",
     maskedFillRule, pointwiseCost<>, Storage::New, MaskedFillTensorSamples},
    {"aten::masked_fill_.Tensor(Tensor(a!) self, Tensor mask, Tensor value) -> Tensor(a!)",
     inPlace<maskedFillRule>, pointwiseCost<>, Storage::InPlace, MaskedFillTensorSamples},
    {"aten::fill.Scalar(Tensor self, Scalar value) -> Tensor",
     likeSelf, writeCost, Storage::New, FillSamples},
    {"aten::fill.Tensor(Tensor self, Tensor value) -> Tensor",
     fillRule, writeCost, Storage::New, FillTensorSamples},
    {"aten::fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!)",
     likeSelf, writeCost, Storage::InPlace, FillSamples, FillSweeps},
    {"aten::fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)",
     fillRule, writeCost, Storage::InPlace, FillTensorSamples},
    {"aten::zero_(Tensor(a!) self) -> Tensor(a!)",
     likeSelf, writeCost, Storage::InPlace, ZeroSamples},
    {"aten::zero(Tensor self) -> Tensor",
     likeSelf, writeCost, Storage::New, ZeroSamples},
    {"aten::copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor",
     copyRule, copyCost, Storage::New, CopySamples},
    {"aten::copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)",
     copyRule, copyCost, Storage::InPlace, CopySamples, CopySweeps},
    {"aten::lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor",
     lerpRule, pointwiseCost<2>, Storage::New, LerpNumberSamples},
    {"aten::lerp_.Scalar(Tensor(a!) self, Tensor end, Scalar weight) -> Tensor(a!)",
     inPlace<lerpRule>, pointwiseCost<2>, Storage::InPlace, LerpNumberSamples},
    {"aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor",
     lerpRule, pointwiseCost<2>, Storage::New, LerpSamples},
    {"aten::lerp_.Tensor(Tensor(a!) self, Tensor end, Tensor weight) -> Tensor(a!)",
     inPlace<lerpRule>, pointwiseCost<2>, Storage::InPlace, LerpSamples},
    {"aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor",
     AddcmulRule, pointwiseCost<2>, Storage::New, AddcmulSamples},
    {"aten::addcmul_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)",
     inPlace<AddcmulRule>, pointwiseCost<2>, Storage::InPlace, AddcmulSamples},
    {"aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor",
     addcdivRule, pointwiseCost<2>, Storage::New, AddcdivSamples},
    {"aten::addcdiv_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)",
     inPlace<addcdivRule>, pointwiseCost<2>, Storage::InPlace, AddcdivSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::selectOps() { return Ops; }
