// Operators that write into a tensor given as `out`, where LibTorch's own
// modules use them, and resize_as_. Their results have the sizes that the
// operator without `out` computes.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;

namespace {
/// What the row \p Name returns for the same operands, in the type of `out`.
template <Word Name> llvm::Expected<Results> intoOut(const OpArgs &A) {
  const OpInfo *Plain = findOp(Name);
  assert(Plain && "an out variant needs the operator without out");
  llvm::Expected<Results> Computed = Plain->Def->Result(A);
  if (!Computed)
    return Computed;
  TensorType &Out = Computed->front();
  DType Wanted = A.tensor("out").Type;
  if (!canCast(Out.Type, Wanted))
    return reject("result type " + dtypeName(Out.Type) + " can't be cast to the type of 'out', " +
                  dtypeName(Wanted));
  Out.Type = Wanted;
  return Computed;
}
/// pow also demands that `out` already has the result's type.
llvm::Expected<Results> powOutRule(const OpArgs &A) {
  llvm::Expected<Results> Computed = findOp("aten::pow.Tensor_Scalar")->Def->Result(A);
  if (Computed && (*Computed)[0].Type != A.tensor("out").Type)
    return reject("'out' must be of type " + dtypeName((*Computed)[0].Type) + ", not " +
                  dtypeName(A.tensor("out").Type));
  return Computed;
}
/// `out` is written, not read.
CostFeatures outCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = pointwiseCost<>(A, Out);
  C.BytesRead -= std::min(C.BytesRead, A.tensor("out").bytes());
  return C;
}
constexpr llvm::StringLiteral PowSamples[] = {
    "self=f32[2,3] exponent=2 out=f32[0] -> f32[2,3]",
    "self=f32[2,3] exponent=2 out=f64[2,3] -> error",
    "self=f32[2,3] exponent=2 out=i64[2,3] -> error",
};
constexpr llvm::StringLiteral DivSamples[] = {
    "self=f32[2,3] other=f32[3] out=f32[2,3] -> f32[2,3]",
    "self=f32[2,3] other=f32[2] out=f32[2,3] -> error",
};

llvm::Expected<Results> resizeAsRule(const OpArgs &A) {
  return Results{TensorType(A.tensor("self").Type, A.tensor("the_template").Shape)};
}
/// Storage that does not suffice is allocated anew; nothing is computed.
CostFeatures resizeAsCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C;
  if (Out[0].bytes() > A.tensor("self").bytes())
    C.BytesAllocated = Out[0].bytes();
  return C;
}
constexpr llvm::StringLiteral ResizeAsSamples[] = {
    "self=f32[0] the_template=f32[2,3] -> f32[2,3]",
    "self=i64[2,3] the_template=f32[4] -> i64[4]",
};

constexpr OpDef Rows[] = {
    {"aten::pow.Tensor_Scalar_out(Tensor self, Scalar exponent, *, Tensor(a!) out) -> Tensor(a!)",
     powOutRule, outCost, Storage::InPlace, PowSamples},
    {"aten::div.out(Tensor self, Tensor other, *, Tensor(a!) out) -> Tensor(a!)",
     intoOut<"aten::div.Tensor">, outCost, Storage::InPlace, DivSamples},
    {"aten::resize_as_(Tensor(a!) self, Tensor the_template, *, MemoryFormat? memory_format=None)"
     " -> Tensor(a!)",
     resizeAsRule, resizeAsCost, Storage::InPlace, ResizeAsSamples},
};
} // namespace

llvm::ArrayRef<OpDef> torch::outputOps() { return Rows; }
