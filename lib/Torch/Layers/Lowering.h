/// \file
/// What the layer families share: each family's table, and the functions of
/// torch::nn::functional::detail that more than one module goes through. Every
/// function makes exactly the calls that its LibTorch namesake makes.
#pragma once
#include "Torch/Layer.h"

namespace energy::torch {

#define FAMILY(Name)                                                                               \
  llvm::ArrayRef<LayerDef> Name##Layers();                                                         \
  llvm::ArrayRef<FunctionalDef> Name##Functionals();
#include "Torch/LayerFamilies.def"

namespace lower {
using Tensors = std::vector<TensorArg>;
using Ints = std::vector<int64_t>;

inline TensorArg unary(LayerContext &C, llvm::StringRef Op, TensorArg X) {
  return C.call1(Op, {{"self", X}});
}
inline TensorArg binary(LayerContext &C, llvm::StringRef Op, TensorArg X, ArgValue Y) {
  return C.call1(Op, {{"self", X}, {"other", Y}});
}
inline TensorArg add(LayerContext &C, TensorArg X, TensorArg Y) {
  return binary(C, "aten::add.Tensor", X, Y);
}
inline TensorArg mulScalar(LayerContext &C, TensorArg X, double Y) {
  return binary(C, "aten::mul.Scalar", X, Y);
}
inline TensorArg pow(LayerContext &C, TensorArg X, double Exponent) {
  return C.call1("aten::pow.Tensor_Scalar", {{"self", X}, {"exponent", Exponent}});
}
inline TensorArg unsqueeze(LayerContext &C, TensorArg X, int64_t Dim) {
  return C.call1("aten::unsqueeze", {{"self", X}, {"dim", Dim}});
}
inline TensorArg squeeze(LayerContext &C, TensorArg X, int64_t Dim) {
  return C.call1("aten::squeeze.dim", {{"self", X}, {"dim", Dim}});
}
inline TensorArg view(LayerContext &C, TensorArg X, Ints Size) {
  return C.call1("aten::view", {{"self", X}, {"size", Size}});
}
inline TensorArg transpose(LayerContext &C, TensorArg X, int64_t A, int64_t B) {
  return C.call1("aten::transpose.int", {{"self", X}, {"dim0", A}, {"dim1", B}});
}
inline TensorArg slice(LayerContext &C, TensorArg X, int64_t Begin,
                       std::optional<int64_t> End = std::nullopt) {
  return C.call1("aten::slice.Tensor", {{"self", X},
                                        {"dim", 0},
                                        {"start", Begin},
                                        {"end", End ? ArgValue(*End) : ArgValue()},
                                        {"step", 1}});
}
inline TensorArg zeros(LayerContext &C, Ints Size, DType Type) {
  return C.call1("aten::zeros", {{"size", Size}, {"dtype", Type}});
}
inline TensorArg cat(LayerContext &C, Tensors All, int64_t Dim = 0) {
  return C.call1("aten::cat", {{"tensors", All}, {"dim", Dim}});
}
/// None for nullopt.
template <class T> ArgValue optional(std::optional<T> V) { return V ? ArgValue(*V) : ArgValue(); }

TensorArg linear(LayerContext &C, TensorArg X, TensorArg Weight, TensorArg Bias);
TensorArg softmax(LayerContext &C, llvm::StringRef Op, TensorArg X, int64_t Dim,
                  ArgValue Type = {});
TensorArg dropout(LayerContext &C, TensorArg X, double P, bool Training, bool InPlace);
/// \p Mode is "Constant", "Reflect", "Replicate" or "Circular".
TensorArg pad(LayerContext &C, TensorArg X, Ints Pad, llvm::StringRef Mode, double Value);
/// avg_pool1d, 2d or 3d after the number of kernel sizes.
TensorArg avgPool(LayerContext &C, TensorArg X, Ints Kernel, Ints Stride, Ints Padding,
                  bool CeilMode, bool CountIncludePad, ArgValue Divisor = {});
TensorArg adaptiveAvgPool(LayerContext &C, TensorArg X, Ints OutputSize);
TensorArg pairwiseDistance(LayerContext &C, TensorArg A, TensorArg B);
/// The tensors of multi_head_attention_forward: parameters, then optional masks.
struct AttentionArgs {
  TensorArg Query, Key, Value;
  int64_t EmbedDim, NumHeads;
  TensorArg InWeight, InBias, BiasK, BiasV, OutWeight, OutBias;
  TensorArg QWeight, KWeight, VWeight, StaticK, StaticV;
  TensorArg KeyPaddingMask, AttnMask;
  double DropoutP;
  bool SeparateWeights, AddZeroAttn, Training, NeedWeights, AverageWeights;
};
Tensors attention(LayerContext &C, AttentionArgs A);
} // namespace lower
} // namespace energy::torch
