// MultiheadAttention and F::multi_head_attention_forward.
#include "Torch/Layers/Lowering.h"
#include <cmath>
#include <limits>

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
/// The C++ front end compares the tensors' contents. Equal contents in
/// different tensors are not assumed.
bool isSame(LayerContext &C, const TensorArg &A, const TensorArg &B) {
  C.call("aten::equal", {{"self", A}, {"other", B}});
  return A.Id != ValueId::None && A.Id == B.Id;
}
Tensors chunk(LayerContext &C, TensorArg X, int64_t Count) {
  Tensors Parts = C.call("aten::chunk", {{"self", X}, {"chunks", Count}, {"dim", -1}});
  Parts.resize(static_cast<size_t>(Count), Parts.empty() ? TensorArg::undefined() : Parts[0]);
  return Parts;
}

struct Projected {
  TensorArg Q, K, V;
  bool KeysAreChunks = false; ///< strided views, that contiguous() has to copy
};

/// Rows [Begin, End) of the packed projection applied to X.
TensorArg projectRows(LayerContext &C, const AttentionArgs &A, TensorArg X, int64_t Begin,
                      std::optional<int64_t> End) {
  TensorArg Weight = slice(C, A.InWeight, Begin, End), Bias = A.InBias;
  if (Bias.Defined)
    Bias = slice(C, Bias, Begin, End);
  return linear(C, X, Weight, Bias);
}
Projected projectPacked(LayerContext &C, const AttentionArgs &A) {
  int64_t E = C.size(A.Query, 2);
  bool QueryIsKey = isSame(C, A.Query, A.Key);
  if (QueryIsKey && isSame(C, A.Key, A.Value)) {
    Tensors Parts = chunk(C, linear(C, A.Query, A.InWeight, A.InBias), 3);
    return {Parts[0], Parts[1], Parts[2], true};
  }
  bool KeyIsValue = isSame(C, A.Key, A.Value);
  TensorArg Q = projectRows(C, A, A.Query, 0, E);
  if (KeyIsValue) {
    Tensors Parts = chunk(C, projectRows(C, A, A.Key, E, std::nullopt), 2);
    return {Q, Parts[0], Parts[1], true};
  }
  TensorArg K = projectRows(C, A, A.Key, E, 2 * E);
  return {Q, K, projectRows(C, A, A.Value, 2 * E, std::nullopt)};
}
Projected projectSeparate(LayerContext &C, const AttentionArgs &A) {
  int64_t E = C.size(A.Query, 2);
  TensorArg QBias = A.InBias, KBias = A.InBias, VBias = A.InBias;
  if (!A.InBias.Defined)
    return {linear(C, A.Query, A.QWeight, QBias), linear(C, A.Key, A.KWeight, KBias),
            linear(C, A.Value, A.VWeight, VBias)};
  QBias = slice(C, A.InBias, 0, E);
  TensorArg Q = linear(C, A.Query, A.QWeight, QBias);
  KBias = slice(C, A.InBias, E, 2 * E);
  TensorArg K = linear(C, A.Key, A.KWeight, KBias);
  VBias = slice(C, A.InBias, 2 * E);
  return {Q, K, linear(C, A.Value, A.VWeight, VBias)};
}

/// Appends a zero column for each position that was added to the keys.
TensorArg extendMask(LayerContext &C, TensorArg Mask) {
  if (!Mask.Defined)
    return Mask;
  TensorArg Column = zeros(C, {C.size(Mask, 0), 1}, C.type(Mask).Type);
  return cat(C, {Mask, Column}, 1);
}
void addKeyBias(LayerContext &C, AttentionArgs &A, Projected &P, int64_t Batch) {
  auto Extended = [&](TensorArg X, TensorArg Bias) {
    TensorArg Row = C.call1("aten::repeat", {{"self", Bias}, {"repeats", Ints{1, Batch, 1}}});
    return cat(C, {X, Row});
  };
  P.K = Extended(P.K, A.BiasK);
  P.V = Extended(P.V, A.BiasV);
  P.KeysAreChunks = false;
  A.AttnMask = extendMask(C, A.AttnMask);
  A.KeyPaddingMask = extendMask(C, A.KeyPaddingMask);
}
void addZeroKey(LayerContext &C, AttentionArgs &A, Projected &P) {
  auto Extended = [&](TensorArg X) {
    TensorArg Zero = zeros(C, {C.size(X, 0), 1, C.size(X, 2)}, C.type(X).Type);
    return cat(C, {X, Zero}, 1);
  };
  P.K = Extended(P.K);
  P.V = Extended(P.V);
  A.AttnMask = extendMask(C, A.AttnMask);
  A.KeyPaddingMask = extendMask(C, A.KeyPaddingMask);
}

/// [length, batch, heads * size] to [batch * heads, length, size].
TensorArg splitHeads(LayerContext &C, TensorArg X, int64_t Length, int64_t Rows, int64_t Size,
                     bool Strided) {
  if (Strided)
    X = unary(C, "aten::contiguous", X);
  return transpose(C, view(C, X, {Length, Rows, Size}), 0, 1);
}

struct Extent {
  int64_t Target, Source, Batch, Heads, HeadSize, Embed;
};
TensorArg attentionWeights(LayerContext &C, const AttentionArgs &A, const Projected &P,
                           const Extent &X) {
  TensorArg W = C.call1("aten::bmm", {{"self", P.Q}, {"mat2", transpose(C, P.K, 1, 2)}});
  if (A.AttnMask.Defined)
    W = binary(C, "aten::add_.Tensor", W, unsqueeze(C, A.AttnMask, 0));
  if (A.KeyPaddingMask.Defined) {
    W = view(C, W, {X.Batch, X.Heads, X.Target, X.Source});
    TensorArg Mask = unsqueeze(C, unsqueeze(C, A.KeyPaddingMask, 1), 2);
    W = C.call1("aten::masked_fill.Scalar",
                {{"self", W},
                 {"mask", Mask},
                 {"value", -std::numeric_limits<double>::infinity()}});
    W = view(C, W, {X.Batch * X.Heads, X.Target, X.Source});
  }
  W = softmax(C, "aten::softmax.int", W, -1);
  return dropout(C, W, A.DropoutP, A.Training, false);
}
TensorArg averaged(LayerContext &C, const AttentionArgs &A, TensorArg W, const Extent &X) {
  if (!A.NeedWeights)
    return TensorArg::undefined();
  W = view(C, W, {X.Batch, X.Heads, X.Target, X.Source});
  if (!A.AverageWeights)
    return W;
  W = C.call1("aten::sum.dim_IntList", {{"self", W}, {"dim", Ints{1}}});
  return binary(C, "aten::div.Scalar", W, X.Heads);
}

std::optional<TensorArg> wrongArguments(LayerContext &C, const AttentionArgs &A) {
  for (const TensorArg *T : {&A.Query, &A.Key, &A.Value})
    if (int64_t Dim = C.dim(*T); Dim != 3)
      return C.reject("query, key and value must have 3 dimensions, got " + llvm::Twine(Dim));
  if (int64_t E = C.size(A.Query, 2); E != A.EmbedDim)
    return C.reject("query has " + llvm::Twine(E) + " features, embed_dim is " +
                    llvm::Twine(A.EmbedDim));
  if (A.NumHeads <= 0 || A.EmbedDim % A.NumHeads != 0)
    return C.reject("embed_dim " + llvm::Twine(A.EmbedDim) +
                    " must be divisible by num_heads " + llvm::Twine(A.NumHeads));
  if (C.type(A.Key).Shape != C.type(A.Value).Shape)
    return C.reject("key and value must have the same sizes");
  return std::nullopt;
}
} // namespace

Tensors lower::attention(LayerContext &C, AttentionArgs A) {
  if (auto Rejected = wrongArguments(C, A))
    return {*Rejected, *Rejected};
  Extent X = {C.size(A.Query, 0), 0, C.size(A.Query, 1), A.NumHeads, A.EmbedDim / A.NumHeads,
              A.EmbedDim};
  int64_t Rows = X.Batch * X.Heads;
  Projected P = A.SeparateWeights ? projectSeparate(C, A) : projectPacked(C, A);
  P.Q = mulScalar(C, P.Q, 1 / std::sqrt(static_cast<double>(X.HeadSize)));
  if (A.BiasK.Defined && A.BiasV.Defined)
    addKeyBias(C, A, P, X.Batch);
  // contiguous() calls its operator only for a tensor that is not.
  bool Copies = P.KeysAreChunks && C.size(P.K, 0) * C.size(P.K, 1) != 1;
  P.Q = splitHeads(C, P.Q, X.Target, Rows, X.HeadSize, false);
  P.K = splitHeads(C, P.K, -1, Rows, X.HeadSize, Copies);
  P.V = splitHeads(C, P.V, -1, Rows, X.HeadSize, Copies);
  if (A.StaticK.Defined)
    P.K = A.StaticK;
  if (A.StaticV.Defined)
    P.V = A.StaticV;
  X.Source = C.size(P.K, 1);
  if (A.AddZeroAttn) {
    addZeroKey(C, A, P);
    ++X.Source;
  }
  TensorArg W = attentionWeights(C, A, P, X);
  TensorArg Out = transpose(C, C.call1("aten::bmm", {{"self", W}, {"mat2", P.V}}), 0, 1);
  if (X.Target != 1 && Rows != 1)
    Out = unary(C, "aten::contiguous", Out);
  Out = linear(C, view(C, Out, {X.Target, X.Batch, X.Embed}), A.OutWeight, A.OutBias);
  return {Out, averaged(C, A, W, X)};
}

namespace {
struct AttentionSizes {
  int64_t Embed, Key, Value;
  bool packed() const { return Key == Embed && Value == Embed; }
};
AttentionSizes attentionSizes(LayerContext &C) {
  int64_t E = C.integer("embed_dim");
  return {E, C.integer("kdim", E), C.integer("vdim", E)};
}

void buildAttention(LayerContext &C) {
  AttentionSizes S = attentionSizes(C);
  bool Bias = C.boolean("bias", true);
  if (S.packed())
    C.addParameter("in_proj_weight", {saturatingMul(3, S.Embed), S.Embed});
  else {
    C.addParameter("q_proj_weight", {S.Embed, S.Embed});
    C.addParameter("k_proj_weight", {S.Embed, S.Key});
    C.addParameter("v_proj_weight", {S.Embed, S.Value});
  }
  if (Bias)
    C.addParameter("in_proj_bias", {saturatingMul(3, S.Embed)});
  C.addChild("out_proj", "Linear",
             {{"in_features", S.Embed}, {"out_features", S.Embed}, {"bias", Bias}});
  if (C.boolean("add_bias_kv")) {
    C.addParameter("bias_k", {1, 1, S.Embed});
    C.addParameter("bias_v", {1, 1, S.Embed});
  }
}
Tensors runAttention(LayerContext &C) {
  AttentionArgs A;
  A.Query = C.tensor(0), A.Key = C.tensor(1), A.Value = C.tensor(2);
  A.KeyPaddingMask = C.tensor(3), A.AttnMask = C.tensor(5);
  A.NeedWeights = C.booleanInput(4, true), A.AverageWeights = C.booleanInput(6, true);
  A.EmbedDim = C.integer("embed_dim"), A.NumHeads = C.integer("num_heads");
  A.InWeight = C.parameter("in_proj_weight"), A.InBias = C.parameter("in_proj_bias");
  A.BiasK = C.parameter("bias_k"), A.BiasV = C.parameter("bias_v");
  A.OutWeight = C.childParameter("out_proj", "weight");
  A.OutBias = C.childParameter("out_proj", "bias");
  A.SeparateWeights = !attentionSizes(C).packed();
  A.QWeight = C.parameter("q_proj_weight"), A.KWeight = C.parameter("k_proj_weight");
  A.VWeight = C.parameter("v_proj_weight");
  A.StaticK = A.StaticV = TensorArg::undefined();
  A.DropoutP = C.number("dropout"), A.Training = C.isTraining();
  A.AddZeroAttn = C.boolean("add_zero_attn");
  return attention(C, A);
}
Tensors attentionFunction(LayerContext &C) {
  AttentionArgs A;
  A.Query = C.tensor(0), A.Key = C.tensor(1), A.Value = C.tensor(2);
  A.EmbedDim = C.integer("embed_dim_to_check"), A.NumHeads = C.integer("num_heads");
  A.KeyPaddingMask = C.tensorOption("key_padding_mask");
  A.AttnMask = C.tensorOption("attn_mask");
  A.NeedWeights = C.boolean("need_weights", true);
  A.AverageWeights = C.boolean("average_attn_weights", true);
  A.InWeight = C.tensorOption("in_proj_weight"), A.InBias = C.tensorOption("in_proj_bias");
  A.BiasK = C.tensorOption("bias_k"), A.BiasV = C.tensorOption("bias_v");
  A.OutWeight = C.tensorOption("out_proj_weight"), A.OutBias = C.tensorOption("out_proj_bias");
  A.SeparateWeights = C.boolean("use_separate_proj_weight");
  A.QWeight = C.tensorOption("q_proj_weight"), A.KWeight = C.tensorOption("k_proj_weight");
  A.VWeight = C.tensorOption("v_proj_weight");
  A.StaticK = C.tensorOption("static_k"), A.StaticV = C.tensorOption("static_v");
  A.DropoutP = C.number("dropout_p"), A.Training = C.boolean("training", true);
  A.AddZeroAttn = C.boolean("add_zero_attn");
  return attention(C, A);
}

constexpr LayerDef Layers[] = {
    {"MultiheadAttention", buildAttention, runAttention, 2},
};
constexpr FunctionalDef Functionals[] = {
    {"multi_head_attention_forward", attentionFunction, 2},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::AttentionLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::AttentionFunctionals() { return Functionals; }
