/// \file
/// Fully connected layers. Matrix products proper (mm, addmm, matmul, einsum)
/// are in the matrix-product family.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

/// LibTorch lets the bias be anything that broadcasts to the result.
llvm::Error checkBias(const OpArgs &A, const TensorType &Out) {
  const TensorType *Bias = A.tensorIf("bias");
  if (!Bias)
    return llvm::Error::success();
  if (llvm::Error E = requireSameType(A, "input", "bias"))
    return E;
  return checkExpands(Bias->Shape, Out.Shape);
}

llvm::Expected<Results> linearResult(const OpArgs &A) {
  const TensorType &In = A.tensor("input"), &Weight = A.tensor("weight");
  if (Weight.rank() != 1 && Weight.rank() != 2)
    return reject("weight must be 2-D, got " + rankText(Weight));
  if (In.rank() < 1)
    return reject("input must have at least 1 dimension, got a scalar");
  if (In.Shape.back() != Weight.Shape.back())
    return reject("input has " + Twine(In.Shape.back()) + " features, weight expects " +
                  Twine(Weight.Shape.back()));
  if (llvm::Error E = requireSameType(A, "input", "weight"))
    return E;
  TensorType Out = In;
  Out.Shape.pop_back();
  if (Weight.rank() == 2)
    Out.Shape.push_back(Weight.Shape[0]);
  if (llvm::Error E = checkBias(A, Out))
    return E;
  return one(std::move(Out));
}

CostFeatures linearCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures F = layerCost(A, Out, A.tensorIf("bias") ? Out[0].elements() : 0);
  F.Macs = saturatingMul(Out[0].elements(), A.tensor("input").Shape.back());
  return F;
}

llvm::Expected<Results> bilinearResult(const OpArgs &A) {
  const TensorType &X = A.tensor("input1"), &Y = A.tensor("input2"), &W = A.tensor("weight");
  if (X.rank() != Y.rank())
    return reject("input1 is " + rankText(X) + ", input2 is " + rankText(Y));
  if (X.rank() < 1 || W.rank() != 3)
    return reject("weight must be 3-D and the inputs at least 1-D, got " + rankText(W) + " and " +
                  rankText(X));
  if (Shape(X.Shape).drop_back() != Shape(Y.Shape).drop_back())
    return reject("the inputs differ before their last dimension: " + shapeText(X.Shape) +
                  " and " + shapeText(Y.Shape));
  if (X.Shape.back() != W.Shape[1] || Y.Shape.back() != W.Shape[2])
    return reject("the inputs have " + Twine(X.Shape.back()) + " and " + Twine(Y.Shape.back()) +
                  " features, weight expects " + Twine(W.Shape[1]) + " and " + Twine(W.Shape[2]));
  if (llvm::Error E = requireVector(A, "bias", W.Shape[0]))
    return E;
  for (llvm::StringRef Name : {"input2", "weight"})
    if (llvm::Error E = requireSameType(A, "input1", Name))
      return E;
  TensorType Out = X;
  Out.Shape.back() = W.Shape[0];
  return one(std::move(Out));
}

/// x1 W for every output feature, then the product with x2.
CostFeatures bilinearCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures F = layerCost(A, Out, A.tensorIf("bias") ? Out[0].elements() : 0);
  const TensorType &W = A.tensor("weight");
  F.Macs = saturatingMul(Out[0].elements(), saturatingMul(W.Shape[1], W.Shape[2]));
  return F;
}

constexpr llvm::StringLiteral LinearSamples[] = {
    "aten::linear input=f32[4,16] weight=f32[10,16] -> f32[4,10]",
    "aten::linear input=f32[16] weight=f32[10,16] bias=f32[10] -> f32[10]",
    "aten::linear input=f32[2,5,16] weight=f32[10,16] bias=f32[10] -> f32[2,5,10]",
    "aten::linear input=f32[0,16] weight=f32[10,16] bias=f32[10] -> f32[0,10]",
    "aten::linear input=f64[4,16] weight=f64[10,16] -> f64[4,10]",
    "aten::linear input=f32[4,15] weight=f32[10,16] -> error",
    "aten::linear input=f32[2,5,15] weight=f32[10,16] bias=f32[10] -> error",
    "aten::linear input=f32[4,16] weight=f32[10,16] bias=f32[9] -> error",
    "aten::linear input=f32[2,5,16] weight=f32[10,16] bias=f32[9] -> error",
    "aten::linear input=f64[4,16] weight=f32[10,16] -> error",
    "aten::linear input=f32[] weight=f32[10,16] -> error",
};
constexpr llvm::StringLiteral BilinearSamples[] = {
    "aten::bilinear input1=f32[4,3] input2=f32[4,5] weight=f32[7,3,5] bias=f32[7] -> f32[4,7]",
    "aten::bilinear input1=f32[2,4,3] input2=f32[2,4,5] weight=f32[7,3,5] -> f32[2,4,7]",
    "aten::bilinear input1=f32[4,3] input2=f32[2,5] weight=f32[7,3,5] -> error",
    "aten::bilinear input1=f32[4,3] input2=f32[4,4] weight=f32[7,3,5] -> error",
    "aten::bilinear input1=f32[4,3] input2=f32[4,5] weight=f32[7,3,5] bias=f32[6] -> error",
};
// Classifier heads, huge layers at batch 1, and token matrices.
constexpr llvm::StringLiteral LinearSweeps[] = {
    "input=f32[B:1..256,I:16..4096] weight=f32[O:10..4096,I] bias=f32[O]",
    "input=f32[B:1..16,I:4096..25088] weight=f32[O:512..4096,I] bias=f32[O]",
    "input=f32[B:1..16,T:16..1024,I:64..2048] weight=f32[O:64..4096,I] bias=f32[O]",
    "input=f32[B:1..1024,I:1..64] weight=f32[O:1..64,I] bias=f32[O]",
};
constexpr llvm::StringLiteral BilinearSweeps[] = {
    "input1=f32[B:1..64,I:8..128] input2=f32[B,J:8..128] weight=f32[O:8..128,I,J] "
    "bias=f32[O]",
};

constexpr OpDef Ops[] = {
    {"aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor", linearResult,
     linearCost, Storage::New, LinearSamples, LinearSweeps},
    {"aten::bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor",
     bilinearResult, bilinearCost, Storage::New, BilinearSamples, BilinearSweeps},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> linearOps() { return Ops; }
} // namespace energy::torch
