/// \file
/// Dropout in its variants. In evaluation, or with p = 0 (feature and alpha
/// variants: on an empty tensor too), LibTorch returns the input itself, which
/// costs nothing; the call is still dispatched.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;

namespace {

const TensorType &input(const OpArgs &A) { return A.tensor(A.call().Args.front().Name); }

bool dropsNothing(const OpArgs &A) {
  return !A.boolean("train") || A.number("p") == 0 || input(A).elements() == 0;
}

llvm::Error checkProbability(double P) {
  if (P >= 0 && P <= 1)
    return llvm::Error::success();
  return reject("the dropout probability must be between 0 and 1, got " + numberText(P));
}

llvm::Expected<Results> dropoutResult(const OpArgs &A) {
  const TensorType &In = input(A);
  if (llvm::Error E = checkProbability(A.number("p")))
    return E;
  if (!dropsNothing(A))
    if (llvm::Error E = requireReal("input", In))
      return E;
  return one(In);
}

llvm::Expected<Results> featureResult(const OpArgs &A) {
  if (input(A).rank() < 2 && !dropsNothing(A))
    return reject("feature dropout needs an input of 2 or more dimensions, got " +
                  rankText(input(A)));
  return dropoutResult(A);
}

/// The second result is the mask.
llvm::Expected<Results> nativeResult(const OpArgs &A) {
  const TensorType &In = A.tensor("input");
  if (llvm::Error E = checkProbability(A.number("p")))
    return E;
  if (llvm::Error E = requireReal("input", In))
    return E;
  return two(In, TensorType(DType::Bool, In.Shape));
}

/// Draws a number, compares, scales: three steps an element.
CostFeatures dropoutCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return dropsNothing(A) ? CostFeatures() : pointwiseCost<3>(A, Out);
}
/// One draw per feature map; every element is still multiplied.
CostFeatures featureCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return dropsNothing(A) ? CostFeatures() : pointwiseCost<1>(A, Out);
}
/// As dropout, then an affine map that keeps mean and variance.
CostFeatures alphaCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return dropsNothing(A) ? CostFeatures() : pointwiseCost<5>(A, Out);
}

constexpr llvm::StringLiteral Samples[] = {
    "input=f32[2,3] p=0.5 train=true -> f32[2,3]",
    "input=f32[2,3] p=0.5 train=false -> f32[2,3]",
    "input=i64[2,3] p=0.5 train=false -> i64[2,3]",
    "input=f32[2,3] p=1.5 train=false -> error",
    "input=f32[2,3] p=-0.5 train=true -> error",
    "input=i64[2,3] p=0.5 train=true -> error",
};
constexpr llvm::StringLiteral InPlaceSamples[] = {
    "self=f32[2,3] p=0.5 train=true -> f32[2,3]",
    "self=f32[2,3] p=0.5 train=false -> f32[2,3]",
    "self=f32[2,3] p=1.5 train=false -> error",
    "self=i64[2,3] p=0.5 train=true -> error",
};
constexpr llvm::StringLiteral FeatureSamples[] = {
    "input=f32[2,3,4,4] p=0.5 train=true -> f32[2,3,4,4]",
    "input=f32[3] p=0.5 train=false -> f32[3]",
    "input=f32[3] p=0.5 train=true -> error",
    "input=f32[2,3] p=1.5 train=true -> error",
    "input=i64[2,3] p=0.5 train=true -> error",
};
constexpr llvm::StringLiteral FeatureInPlaceSamples[] = {
    "self=f32[2,3,4,4] p=0.5 train=true -> f32[2,3,4,4]",
    "self=f32[3] p=0.5 train=true -> error",
};
constexpr llvm::StringLiteral NativeSamples[] = {
    "input=f32[2,3] p=0.5 train=true -> f32[2,3] b8[2,3]",
    "input=f32[2,3] p=0.5 train=None -> f32[2,3] b8[2,3]",
    "input=f32[2,3] p=1.5 train=true -> error",
    "input=i64[2,3] p=0.5 train=true -> error",
};
// Evaluation costs only the dispatch; training is measured for the training step.
constexpr llvm::StringLiteral Sweeps[] = {
    "input=f32[B:1..256,D:64..4096] p=0.5 train=true",
    "input=f32[B:1..32,C:16..512,H:4..56,H] p=0.5 train=true",
};

constexpr OpDef Ops[] = {
    {"aten::dropout(Tensor input, float p, bool train) -> Tensor", dropoutResult, dropoutCost,
     Storage::MayAlias, Samples, Sweeps},
    {"aten::dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", dropoutResult,
     dropoutCost, Storage::InPlace, InPlaceSamples},
    {"aten::feature_dropout(Tensor input, float p, bool train) -> Tensor", featureResult,
     featureCost, Storage::MayAlias, FeatureSamples, Sweeps},
    {"aten::feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", featureResult,
     featureCost, Storage::InPlace, FeatureInPlaceSamples},
    {"aten::alpha_dropout(Tensor input, float p, bool train) -> Tensor", dropoutResult, alphaCost,
     Storage::MayAlias, Samples, Sweeps},
    {"aten::alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", dropoutResult,
     alphaCost, Storage::InPlace, InPlaceSamples},
    {"aten::feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor", featureResult,
     alphaCost, Storage::MayAlias, FeatureSamples},
    {"aten::feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)",
     featureResult, alphaCost, Storage::InPlace, FeatureInPlaceSamples},
    {"aten::native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)", nativeResult,
     pointwiseCost<3>, Storage::New, NativeSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> dropoutOps() { return Ops; }
} // namespace energy::torch
