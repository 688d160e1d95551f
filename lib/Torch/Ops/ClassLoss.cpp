/// \file
/// Losses against class indices: negative log likelihood, cross entropy, the
/// multi-class margin losses and CTC. That a class index is in range depends on
/// data and is not checked.
#include "Torch/Ops/LossRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

llvm::Error checkClassWeight(const OpArgs &A, int64_t Classes) {
  const TensorType *Weight = A.tensorIf("weight");
  if (!Weight)
    return llvm::Error::success();
  if (Weight->rank() != 1 || Weight->Shape[0] != Classes)
    return reject("weight is " + shapeText(Weight->Shape) + ", input has " + Twine(Classes) +
                  " classes");
  return requireSameType(A, "self", "weight");
}

/// Class indices; LibTorch's kernel for vectors also takes uint8.
llvm::Error checkIndexType(const TensorType &Target, bool AllowsBytes) {
  if (Target.Type == DType::Int64 || (AllowsBytes && Target.Type == DType::UInt8))
    return llvm::Error::success();
  return reject("target must be int64 class indices, got " + dtypeName(Target.Type));
}

/// Input [C] or [N, C], target [] or [N].
llvm::Expected<Results> likelihood(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  if (In.rank() != 1 && In.rank() != 2)
    return reject("input must be 1-D or 2-D, got " + rankText(In));
  if (Target.rank() > 1)
    return reject("target must be a scalar or a vector of class indices, got " +
                  rankText(Target));
  bool Batched = In.rank() == 2;
  if (Target.rank() != (Batched ? 1 : 0))
    return reject("input is " + rankText(In) + ", target is " + rankText(Target));
  if (Batched && Target.Shape[0] != In.Shape[0])
    return reject("input has batch size " + Twine(In.Shape[0]) + ", target has " +
                  Twine(Target.Shape[0]));
  if (llvm::Error E = checkClassWeight(A, In.Shape.back()))
    return E;
  if (llvm::Error E = checkIndexType(Target, /*AllowsBytes=*/true))
    return E;
  if (llvm::Error E = requireReal("input", In))
    return E;
  return reduced(A, TensorType(In.Type, Target.Shape));
}

/// Input [N, C, d...], target [N, d...]; LibTorch folds d... into two dimensions.
llvm::Expected<Results> spatialLikelihood(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  Sizes Wanted(In.Shape);
  Wanted.erase(Wanted.begin() + 1);
  if (Target.Shape != Wanted)
    return reject("target is " + shapeText(Target.Shape) + ", expected " + shapeText(Wanted) +
                  " for input " + shapeText(In.Shape));
  if (llvm::Error E = checkClassWeight(A, In.Shape[1]))
    return E;
  if (llvm::Error E = checkIndexType(Target, /*AllowsBytes=*/false))
    return E;
  if (llvm::Error E = requireReal("input", In))
    return E;
  return reduced(A, TensorType(In.Type, Wanted));
}

llvm::Expected<Results> imageResult(const OpArgs &A) {
  if (A.tensor("self").rank() != 4)
    return reject("input must be 4-D, got " + rankText(A.tensor("self")));
  return spatialLikelihood(A);
}
llvm::Expected<Results> anyRankResult(const OpArgs &A) {
  if (A.tensor("self").rank() < 1)
    return reject("input must have at least 1 dimension, got a scalar");
  return A.tensor("self").rank() <= 2 ? likelihood(A) : spatialLikelihood(A);
}

/// Targets of the input's own sizes are class probabilities.
llvm::Expected<Results> probabilityResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  if (!isFloat(Target.Type))
    return reject("a target of the input's sizes holds class probabilities and must be a "
                  "floating-point tensor, got " +
                  dtypeName(Target.Type) + "; class indices are " +
                  (In.rank() > 1 ? "one dimension less" : "a scalar"));
  if (llvm::Error E = requireReal("input", In))
    return E;
  size_t ClassDim = In.rank() == 1 ? 0 : 1;
  if (llvm::Error E = checkClassWeight(A, In.rank() == 0 ? 1 : In.Shape[ClassDim]))
    return E;
  TensorType Each(promote(In.Type, Target.Type), In.Shape);
  if (!Each.Shape.empty())
    Each.Shape.erase(Each.Shape.begin() + ClassDim);
  return reduced(A, std::move(Each));
}

llvm::Expected<Results> crossEntropyResult(const OpArgs &A) {
  double Smoothing = A.number("label_smoothing");
  if (A.tensor("self").Shape == A.tensor("target").Shape)
    return probabilityResult(A);
  if (Smoothing > 1)
    return reject("label_smoothing must be between 0 and 1, got " + numberText(Smoothing));
  return anyRankResult(A);
}

/// Input [C] or [N, C], which must not be empty.
llvm::Error checkScores(const TensorType &In) {
  if (In.rank() != 1 && In.rank() != 2)
    return reject("input must be 1-D or 2-D, got " + rankText(In));
  if (In.Shape.back() == 0)
    return reject("input has no classes");
  return requireReal("input", In);
}

llvm::Expected<Results> multiMarginResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  if (A.number("p") != 1 && A.number("p") != 2)
    return reject("p must be 1 or 2, got " + numberText(A.number("p")));
  if (llvm::Error E = checkScores(In))
    return E;
  int64_t Samples = In.rank() == 2 ? In.Shape[0] : 1;
  if (Target.rank() > 1 || Target.elements() != Samples)
    return reject("target must hold " + Twine(Samples) + " class indices, got " +
                  shapeText(Target.Shape));
  if (llvm::Error E = checkIndexType(Target, /*AllowsBytes=*/false))
    return E;
  return reduced(A, TensorType(In.Type, Target.Shape));
}

llvm::Expected<Results> multiLabelResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  if (llvm::Error E = checkScores(In))
    return E;
  if (Target.Shape != In.Shape)
    return reject("target is " + shapeText(Target.Shape) + ", input is " + shapeText(In.Shape));
  if (llvm::Error E = checkIndexType(Target, /*AllowsBytes=*/false))
    return E;
  TensorType Each(In.Type, Shape(In.Shape).drop_back());
  return reduced(A, std::move(Each));
}

int64_t batchOf(const TensorType &In) { return In.rank() == 3 ? In.Shape[1] : 1; }

/// log_probs [T, N, C] or [T, C]; targets [N, S], or one after the other.
llvm::Error checkAlignment(const OpArgs &A) {
  const TensorType &In = A.tensor("log_probs"), &Target = A.tensor("targets");
  if (In.rank() != 2 && In.rank() != 3)
    return reject("log_probs must be 2-D (unbatched) or 3-D (time, batch, classes), got " +
                  rankText(In));
  int64_t Blank = A.integer("blank");
  if (Blank < 0 || Blank >= In.Shape.back())
    return reject("blank " + Twine(Blank) + " is outside of " + Twine(In.Shape.back()) +
                  " classes");
  if (Target.rank() != 1 && Target.rank() != 2)
    return reject("targets must be 1-D or 2-D, got " + rankText(Target));
  if (Target.rank() == 2 && Target.Shape[0] != batchOf(In))
    return reject("targets hold " + Twine(Target.Shape[0]) + " sequences, log_probs " +
                  Twine(batchOf(In)));
  return requireReal("log_probs", In);
}
llvm::Expected<Results> alignmentLoss(const OpArgs &A) {
  const TensorType &In = A.tensor("log_probs");
  TensorType Each(In.Type, {});
  if (In.rank() == 3)
    Each.Shape.push_back(In.Shape[1]);
  return reduced(A, std::move(Each));
}

llvm::Error checkLengths(const TensorType &In, Shape Lengths, llvm::StringRef Name) {
  if (static_cast<int64_t>(Lengths.size()) == batchOf(In))
    return llvm::Error::success();
  return reject(Name + " must have one entry for each of " + Twine(batchOf(In)) +
                " sequences, got " + Twine(Lengths.size()));
}

llvm::Expected<Results> ctcListResult(const OpArgs &A) {
  if (llvm::Error E = checkAlignment(A))
    return E;
  const TensorType &In = A.tensor("log_probs"), &Target = A.tensor("targets");
  Sizes Inputs = A.ints("input_lengths"), Targets = A.ints("target_lengths");
  if (llvm::Error E = checkLengths(In, Inputs, "input_lengths"))
    return E;
  if (llvm::Error E = checkLengths(In, Targets, "target_lengths"))
    return E;
  for (int64_t L : Inputs)
    if (L > In.Shape[0])
      return reject("input length " + Twine(L) + " is more than the " + Twine(In.Shape[0]) +
                    " time steps");
  if (Target.rank() == 2)
    for (int64_t L : Targets)
      if (L > Target.Shape[1])
        return reject("target length " + Twine(L) + " is more than the targets' " +
                      Twine(Target.Shape[1]));
  int64_t Total = 0;
  for (int64_t L : Targets)
    Total = saturatingAdd(Total, L);
  if (Target.rank() == 1 && Target.Shape[0] != Total)
    return reject("targets have " + Twine(Target.Shape[0]) + " elements, target_lengths add up to " +
                  Twine(Total));
  return alignmentLoss(A);
}
llvm::Expected<Results> ctcTensorResult(const OpArgs &A) {
  if (llvm::Error E = checkAlignment(A))
    return E;
  for (llvm::StringRef Name : {"input_lengths", "target_lengths"}) {
    const TensorType &Lengths = A.tensor(Name);
    if (!isInteger(Lengths.Type))
      return reject(Name + " must be integers, got " + dtypeName(Lengths.Type));
    if (Lengths.elements() != batchOf(A.tensor("log_probs")))
      return reject(Name + " must have one entry for each of " +
                    Twine(batchOf(A.tensor("log_probs"))) + " sequences, got " +
                    Twine(Lengths.elements()));
  }
  return alignmentLoss(A);
}

/// Only the score of each target's class is read and added up.
CostFeatures likelihoodCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  CostFeatures F = memoryCost(A, Out);
  int64_t Picked = saturatingMul(Target.elements(), dtypeBytes(In.Type));
  F.BytesRead = saturatingAdd(F.BytesRead - In.bytes(), Picked);
  F.ElementOps = saturatingMul(Target.elements(), 2);
  return F;
}

constexpr llvm::StringLiteral LikelihoodSamples[] = {
    "self=f32[2,3] target=i64[2] -> f32[]",
    "self=f32[3] target=i64[] -> f32[]",
    "self=f32[2,3] target=i64[2] weight=f32[3] reduction=0 -> f32[2]",
    "self=f32[2,3] target=u8[2] reduction=2 -> f32[]",
    "self=f32[3] target=i64[1] -> error",
    "self=f32[2,3] target=i64[3] -> error",
    "self=f32[2,3] target=i32[2] -> error",
    "self=f32[2,3] target=f32[2] -> error",
    "self=f32[2,3] target=i64[2] weight=f32[2] -> error",
    "self=f32[2,3] target=i64[2,1] -> error",
    "self=f32[2,3,4] target=i64[2] -> error",
};
constexpr llvm::StringLiteral ImageSamples[] = {
    "self=f32[2,3,4,5] target=i64[2,4,5] -> f32[]",
    "self=f32[2,3,4,5] target=i64[2,4,5] reduction=0 -> f32[2,4,5]",
    "self=f32[2,3,4,5] target=i64[2,4,6] -> error",
    "self=f32[2,3,4] target=i64[2,4] -> error",
    "self=f32[2,3,4,5] target=u8[2,4,5] -> error",
};
constexpr llvm::StringLiteral AnyRankSamples[] = {
    "self=f32[2,3] target=i64[2] -> f32[]",
    "self=f32[2,3,4] target=i64[2,4] reduction=0 -> f32[2,4]",
    "self=f32[2,3,4,5] target=i64[2,4,5] -> f32[]",
    "self=f32[2,3,4,5,6] target=i64[2,4,5,6] reduction=0 -> f32[2,4,5,6]",
    "self=f32[2,3,4] target=i64[2,5] -> error",
    "self=f32[2,3] target=i64[3] -> error",
    "self=f32[] target=i64[] -> error",
};
constexpr llvm::StringLiteral CrossEntropySamples[] = {
    "self=f32[2,3] target=i64[2] -> f32[]",
    "self=f32[3] target=i64[] -> f32[]",
    "self=f32[2,3] target=f32[2,3] reduction=0 -> f32[2]",
    "self=f32[3] target=f32[3] reduction=0 -> f32[]",
    "self=f32[2,3,4,5] target=i64[2,4,5] reduction=0 label_smoothing=0.1 -> f32[2,4,5]",
    "self=f32[2,3,4,5] target=f32[2,3,4,5] reduction=0 -> f32[2,4,5]",
    "self=f32[2,3] target=i64[2] weight=f32[3] -> f32[]",
    "self=f32[2,3] target=f32[2] -> error",
    "self=f32[2,3] target=i64[2,3] -> error",
    "self=f32[2,3] target=i64[2,1] -> error",
    "self=f32[2,3] target=i64[3] -> error",
    "self=f32[2,3] target=i32[2] -> error",
    "self=f32[2,3] target=i64[2] weight=f32[2] -> error",
    "self=f32[2,3] target=f32[2,3] weight=f32[2] -> error",
    "self=f32[2,3] target=i64[2] label_smoothing=1.5 -> error",
    "self=f32[2,3,4,5] target=i64[2,4,6] -> error",
    "self=i64[2,3] target=i64[2] -> error",
};
constexpr llvm::StringLiteral MultiMarginSamples[] = {
    "self=f32[2,3] target=i64[2] -> f32[]",
    "self=f32[3] target=i64[] reduction=0 -> f32[]",
    "self=f32[2,3] target=i64[2] p=2 weight=f32[3] reduction=0 -> f32[2]",
    "self=f32[2,3] target=i64[3] -> error",
    "self=f32[2,3] target=i64[2] p=3 -> error",
    "self=f32[2,3,4] target=i64[2] -> error",
    "self=f32[2,3] target=f32[2] -> error",
};
constexpr llvm::StringLiteral MultiLabelSamples[] = {
    "self=f32[2,3] target=i64[2,3] -> f32[]",
    "self=f32[2,3] target=i64[2,3] reduction=0 -> f32[2]",
    "self=f32[3] target=i64[3] reduction=0 -> f32[]",
    "self=f32[2,3] target=i64[2,4] -> error",
    "self=f32[2,3] target=f32[2,3] -> error",
};
constexpr llvm::StringLiteral CtcListSamples[] = {
    "log_probs=f32[10,2,5] targets=i64[2,4] input_lengths=[10,10] target_lengths=[4,3] -> f32[]",
    "log_probs=f32[10,2,5] targets=i64[7] input_lengths=[10,9] target_lengths=[4,3] reduction=0 "
    "-> f32[2]",
    "log_probs=f32[10,5] targets=i64[4] input_lengths=[10] target_lengths=[4] -> f32[]",
    "log_probs=f32[10,2,5] targets=i64[7] input_lengths=[10] target_lengths=[4,3] -> error",
    "log_probs=f32[10,2,5] targets=i64[8] input_lengths=[10,10] target_lengths=[4,3] -> error",
    "log_probs=f32[10,2,5] targets=i64[3,4] input_lengths=[10,10] target_lengths=[4,3] -> error",
    "log_probs=f32[10,2,5] targets=i64[7] input_lengths=[11,10] target_lengths=[4,3] -> error",
    "log_probs=f32[10,2,5] targets=i64[2,4] input_lengths=[10,10] target_lengths=[5,3] -> error",
    "log_probs=f32[10,2,5] targets=i64[2,4] input_lengths=[10,10] target_lengths=[4,3] blank=5 "
    "-> error",
};
constexpr llvm::StringLiteral CtcTensorSamples[] = {
    "log_probs=f32[10,2,5] targets=i64[2,4] input_lengths=i64[2] target_lengths=i64[2] -> f32[]",
    "log_probs=f32[10,2,5] targets=i64[2,4] input_lengths=i64[2] target_lengths=i64[2] "
    "reduction=0 -> f32[2]",
    "log_probs=f32[10,2,5] targets=i64[2,4] input_lengths=f32[2] target_lengths=i64[2] -> error",
    "log_probs=f32[10,2,5] targets=i64[2,4] input_lengths=i64[3] target_lengths=i64[2] -> error",
};

constexpr llvm::StringLiteral CrossEntropySweeps[] = {
    "self=f32[B:1..1024,C:2..50000] target=i64[B]",
    "self=f32[B:1..8,C:2..150,H:32..256,H] target=i64[B,H,H]",
};

constexpr OpDef Ops[] = {
    {"aten::nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int "
     "ignore_index=-100) -> Tensor",
     likelihood, likelihoodCost, Storage::New, LikelihoodSamples},
    {"aten::nll_loss2d(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int "
     "ignore_index=-100) -> Tensor",
     imageResult, likelihoodCost, Storage::New, ImageSamples},
    {"aten::nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, int "
     "ignore_index=-100) -> Tensor",
     anyRankResult, likelihoodCost, Storage::New, AnyRankSamples},
    {"aten::cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, "
     "int ignore_index=-100, float label_smoothing=0.) -> Tensor",
     crossEntropyResult, reductionCost<6>, Storage::New, CrossEntropySamples, CrossEntropySweeps},
    {"aten::multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? "
     "weight=None, int reduction=1) -> Tensor",
     multiMarginResult, reductionCost<4>, Storage::New, MultiMarginSamples},
    {"aten::multilabel_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor",
     multiLabelResult, reductionCost<4>, Storage::New, MultiLabelSamples},
    {"aten::ctc_loss.IntList(Tensor log_probs, Tensor targets, int[] input_lengths, int[] "
     "target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor",
     ctcListResult, reductionCost<6>, Storage::New, CtcListSamples},
    {"aten::ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor "
     "target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor",
     ctcTensorResult, reductionCost<6>, Storage::New, CtcTensorSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> classLossOps() { return Ops; }
} // namespace energy::torch
