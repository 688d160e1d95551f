/// \file
/// Attention as one operator call. torch::nn::MultiheadAttention does not come
/// here: its rule makes the matrix products that LibTorch's C++ code makes.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

/// query [..., L, E], key [..., S, E], value [..., S, V]. Results: [..., L, V] and
/// the attention weights [..., L, S].
llvm::Expected<Results> dotProductResult(const OpArgs &A) {
  const TensorType &Q = A.tensor("query"), &K = A.tensor("key"), &V = A.tensor("value");
  if (Q.rank() < 2 || K.rank() < 2 || V.rank() < 2)
    return reject("query, key and value must have at least 2 dimensions");
  for (llvm::StringRef Name : {"key", "value"})
    if (llvm::Error E = requireSameType(A, "query", Name))
      return E;
  if (llvm::Error E = requireReal("query", Q))
    return E;
  if (Q.Shape.back() != K.Shape.back())
    return reject("query has " + Twine(Q.Shape.back()) + " features, key has " +
                  Twine(K.Shape.back()));
  int64_t Sources = K.Shape.end()[-2];
  if (Sources != V.Shape.end()[-2])
    return reject("key has " + Twine(Sources) + " positions, value has " +
                  Twine(V.Shape.end()[-2]));
  llvm::Expected<Sizes> Weights =
      broadcast(Shape(Q.Shape).drop_back(2), Shape(K.Shape).drop_back(2));
  if (!Weights)
    return Weights.takeError();
  llvm::Expected<Sizes> Out = broadcast(*Weights, Shape(V.Shape).drop_back(2));
  if (!Out)
    return Out.takeError();
  Weights->append({Q.Shape.end()[-2], Sources});
  Out->append({Q.Shape.end()[-2], V.Shape.back()});
  if (const TensorType *Mask = A.tensorIf("attn_mask")) {
    if (A.boolean("is_causal"))
      return reject("give either attn_mask or is_causal");
    if (llvm::Error E = checkExpands(Mask->Shape, *Weights))
      return E;
  }
  return two(TensorType(Q.Type, *Out), TensorType(Q.Type, *Weights));
}

/// Both matrix products, and between them scaling, masking and softmax.
CostFeatures dotProductCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  const TensorType &Weights = Out[1];
  CostFeatures F = memoryCost(A, Out);
  F.Macs = saturatingAdd(saturatingMul(Weights.elements(), A.tensor("query").Shape.back()),
                         saturatingMul(Out[0].elements(), Weights.Shape.back()));
  int64_t Steps = A.tensorIf("attn_mask") || A.boolean("is_causal") ? 7 : 6;
  F.ElementOps = saturatingMul(Weights.elements(), Steps);
  return F;
}

constexpr llvm::StringLiteral DotProductSamples[] = {
    "aten::_scaled_dot_product_attention query=f32[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,7,9] "
    "-> f32[2,4,5,9] f32[2,4,5,7]",
    "aten::_scaled_dot_product_attention query=f32[4,5,8] key=f32[4,7,8] value=f32[4,7,8] "
    "is_causal=true -> f32[4,5,8] f32[4,5,7]",
    "aten::_scaled_dot_product_attention query=f32[2,4,5,8] key=f32[1,4,7,8] value=f32[2,1,7,8] "
    "attn_mask=b8[5,7] -> f32[2,4,5,8] f32[2,4,5,7]",
    "aten::_scaled_dot_product_attention query=f32[2,4,5,8] key=f32[2,4,7,9] value=f32[2,4,7,9] "
    "-> error",
    "aten::_scaled_dot_product_attention query=f32[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,6,9] "
    "-> error",
    "aten::_scaled_dot_product_attention query=f32[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,7,8] "
    "attn_mask=f32[5,6] -> error",
    "aten::_scaled_dot_product_attention query=f32[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,7,8] "
    "attn_mask=f32[5,7] is_causal=true -> error",
    "aten::_scaled_dot_product_attention query=f64[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,7,8] "
    "-> error",
};
constexpr llvm::StringLiteral DotProductSweeps[] = {
    "query=f32[B:1..16,h:{1,4,8,12},T:16..1024,D:{32,64,128}] "
    "key=f32[B,h,T,D] value=f32[B,h,T,D]",
};

constexpr OpDef Ops[] = {
    {"aten::_scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? "
     "attn_mask=None, float dropout_p=0., bool need_attn_weights=False, bool is_causal=False) -> "
     "(Tensor, Tensor)",
     dotProductResult, dotProductCost, Storage::New, DotProductSamples, DotProductSweeps},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> attentionOps() { return Ops; }
} // namespace energy::torch
