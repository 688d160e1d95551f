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
llvm::Expected<Results> weightedResult(const OpArgs &A) {
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

/// The function of LibTorch 2 returns no weights. Its heads of query can share those of key and
/// value (enable_gqa).
llvm::Expected<Results> dotProductResult(const OpArgs &A) {
  const TensorType &Q = A.tensor("query"), &K = A.tensor("key"), &V = A.tensor("value");
  if (A.boolean("enable_gqa") && Q.rank() == 4 && K.rank() == 4 && V.rank() == 4) {
    const int64_t Heads = Q.Shape[1];
    if (K.Shape[1] != V.Shape[1] || K.Shape[1] == 0 || Heads % K.Shape[1] != 0)
      return reject("query has " + Twine(Heads) + " heads, key " + Twine(K.Shape[1]) + ", value " +
                    Twine(V.Shape[1]));
    if (Q.Shape[0] != K.Shape[0] || Q.Shape[0] != V.Shape[0] || Q.Shape[3] != K.Shape[3] ||
        K.Shape[2] != V.Shape[2])
      return reject("query is " + shapeText(Q.Shape) + ", key " + shapeText(K.Shape) + ", value " +
                    shapeText(V.Shape));
    return one(TensorType(Q.Type, {Q.Shape[0], Heads, Q.Shape[2], V.Shape[3]}));
  }
  llvm::Expected<Results> Both = weightedResult(A);
  if (!Both)
    return Both.takeError();
  return one((*Both)[0]);
}

/// Both matrix products, and between them scaling, masking and softmax.
CostFeatures dotProductCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  const Shape Query = A.tensor("query").Shape;
  const int64_t Sources = A.tensor("key").Shape.end()[-2];
  const int64_t Rows = Out[0].Shape.back() == 0 ? 0 : Out[0].elements() / Out[0].Shape.back();
  const int64_t Weights = saturatingMul(Rows, Sources);
  CostFeatures F = memoryCost(A, Out);
  F.Macs = saturatingAdd(saturatingMul(Weights, Query.back()), saturatingMul(Out[0].elements(), Sources));
  int64_t Steps = A.tensorIf("attn_mask") || A.boolean("is_causal") ? 7 : 6;
  F.ElementOps = saturatingMul(Weights, Steps);
  return F;
}

constexpr llvm::StringLiteral WeightedSamples[] = {
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
constexpr llvm::StringLiteral DotProductSamples[] = {
    "query=f32[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,7,9] -> f32[2,4,5,9]",
    "query=f32[4,5,8] key=f32[4,7,8] value=f32[4,7,8] is_causal=true -> f32[4,5,8]",
    "query=f32[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,7,8] attn_mask=b8[5,7] scale=0.5 -> f32[2,4,5,8]",
    "query=f32[2,4,5,8] key=f32[2,2,7,8] value=f32[2,2,7,8] enable_gqa=true -> f32[2,4,5,8]",
    "query=f32[2,4,5,8] key=f32[2,4,7,9] value=f32[2,4,7,9] -> error",
    "query=f32[2,4,5,8] key=f32[2,4,7,8] value=f32[2,4,7,8] attn_mask=f32[5,7] is_causal=true -> error",
};
constexpr llvm::StringLiteral DotProductSweeps[] = {
    "query=f32[B:1..16,h:{1,4,8,12},T:16..1024,D:{32,64,128}] "
    "key=f32[B,h,T,D] value=f32[B,h,T,D]",
};

constexpr OpDef Ops[] = {
    {"aten::_scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? "
     "attn_mask=None, float dropout_p=0., bool need_attn_weights=False, bool is_causal=False) -> "
     "(Tensor, Tensor)",
     weightedResult, dotProductCost, Storage::New, WeightedSamples, DotProductSweeps},
    // Of LibTorch 2.5; older ones lack its last arguments.
    {"aten::scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? "
     "attn_mask=None, float dropout_p=0., bool is_causal=False, *, float? scale=None, bool "
     "enable_gqa=False) -> Tensor",
     dotProductResult, dotProductCost, Storage::New, DotProductSamples, {}, /*Later=*/true},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> attentionOps() { return Ops; }
} // namespace energy::torch
