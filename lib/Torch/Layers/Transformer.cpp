// Transformer, its encoder and decoder, and their layers: compositions of
// submodules, with the names and the registration order of LibTorch.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
constexpr int64_t MaxLayers = 1000; ///< more is unknown rather than built

void addLinear(LayerContext &C, llvm::StringRef Name, int64_t In, int64_t Out) {
  C.addChild(Name, "Linear", {{"in_features", In}, {"out_features", Out}});
}
void addNorm(LayerContext &C, llvm::StringRef Name, int64_t Width) {
  C.addChild(Name, "LayerNorm", {{"normalized_shape", Ints{Width}}});
}
struct LayerSizes {
  int64_t Width, Heads, Hidden;
  double Dropout;
};
LayerSizes layerSizes(LayerContext &C) {
  return {C.integer("d_model"), C.integer("nhead"), C.integer("dim_feedforward", 2048),
          C.number("dropout", 0.1)};
}
void addAttention(LayerContext &C, llvm::StringRef Name, const LayerSizes &S) {
  C.addChild(Name, "MultiheadAttention",
             {{"embed_dim", S.Width}, {"num_heads", S.Heads}, {"dropout", S.Dropout}});
}
void addDropout(LayerContext &C, llvm::StringRef Name, const LayerSizes &S) {
  C.addChild(Name, "Dropout", {{"p", S.Dropout}});
}

TensorArg through(LayerContext &C, llvm::StringRef Child, TensorArg X) {
  return C.runChild(Child, {X}).front();
}
/// Child attention(query, key, key) without its weights.
TensorArg attend(LayerContext &C, llvm::StringRef Child, TensorArg Query, TensorArg Key,
                 TensorArg PaddingMask, bool NeedWeights, TensorArg Mask) {
  return C.runChild(Child, {Query, Key, Key, PaddingMask, NeedWeights, Mask}).front();
}
TensorArg feedForward(LayerContext &C, TensorArg X) {
  X = through(C, "linear1", X);
  std::string Activation = C.text("activation", "ReLU");
  if (Activation == "GELU")
    X = C.call1("aten::gelu", {{"self", X}});
  else if (Activation == "ReLU")
    X = unary(C, "aten::relu", X);
  else
    C.markUnknown("activation '" + llvm::Twine(Activation) + "' is not known");
  return through(C, "linear2", through(C, "dropout", X));
}
/// norm(x + dropout(y))
TensorArg residual(LayerContext &C, llvm::StringRef Norm, llvm::StringRef Dropout, TensorArg X,
                   TensorArg Y) {
  return through(C, Norm, add(C, X, through(C, Dropout, Y)));
}

void buildEncoderLayer(LayerContext &C) {
  LayerSizes S = layerSizes(C);
  addAttention(C, "self_attn", S);
  addLinear(C, "linear1", S.Width, S.Hidden);
  addDropout(C, "dropout", S);
  addLinear(C, "linear2", S.Hidden, S.Width);
  addNorm(C, "norm1", S.Width);
  addNorm(C, "norm2", S.Width);
  addDropout(C, "dropout1", S);
  addDropout(C, "dropout2", S);
}
/// Inputs: src, src_mask, src_key_padding_mask.
Tensors runEncoderLayer(LayerContext &C) {
  TensorArg X = C.tensor(0);
  TensorArg Y = attend(C, "self_attn", X, X, C.tensor(2), true, C.tensor(1));
  X = residual(C, "norm1", "dropout1", X, Y);
  return {residual(C, "norm2", "dropout2", X, feedForward(C, X))};
}

void buildDecoderLayer(LayerContext &C) {
  LayerSizes S = layerSizes(C);
  addAttention(C, "self_attn", S);
  addAttention(C, "multihead_attn", S);
  addLinear(C, "linear1", S.Width, S.Hidden);
  addDropout(C, "dropout", S);
  addLinear(C, "linear2", S.Hidden, S.Width);
  for (const char *Name : {"norm1", "norm2", "norm3"})
    addNorm(C, Name, S.Width);
  for (const char *Name : {"dropout1", "dropout2", "dropout3"})
    addDropout(C, Name, S);
}
/// Inputs: tgt, memory, tgt_mask, memory_mask, tgt_ and memory_key_padding_mask.
Tensors runDecoderLayer(LayerContext &C) {
  TensorArg X = C.tensor(0), Memory = C.tensor(1);
  TensorArg Y = attend(C, "self_attn", X, X, C.tensor(4), false, C.tensor(2));
  X = residual(C, "norm1", "dropout1", X, Y);
  Y = attend(C, "multihead_attn", X, Memory, C.tensor(5), false, C.tensor(3));
  X = residual(C, "norm2", "dropout2", X, Y);
  return {residual(C, "norm3", "dropout3", X, feedForward(C, X))};
}

/// A submodule that an option holds, if any.
void addOptional(LayerContext &C, llvm::StringRef Child, llvm::StringRef Option) {
  if (C.has(Option))
    C.addChild(Child, C.text(Option), C.optionsOf(Option));
}
void buildStack(LayerContext &C, llvm::StringRef Option) {
  int64_t Count = C.integer("num_layers");
  std::vector<NamedArg> LayerOptions = C.optionsOf(Option);
  if (LayerOptions.empty()) {
    C.markUnknown("the options of '" + Option + "' are not known");
    return;
  }
  if (Count > MaxLayers) {
    C.markUnknown("num_layers " + llvm::Twine(Count) + " is more than " + llvm::Twine(MaxLayers));
    Count = 1;
  }
  C.addContainer("layers", "ModuleList");
  for (int64_t I = 0; I < Count; ++I)
    C.addChild("layers." + std::to_string(I), C.text(Option), LayerOptions);
  addOptional(C, "norm", "norm");
}
/// Passes the first input through all layers; the others go to each layer.
Tensors runStack(LayerContext &C, llvm::StringRef Option, size_t InputCount) {
  if (C.optionsOf(Option).empty())
    C.markUnknown("the options of '" + Option + "' are not known");
  std::vector<ArgValue> Inputs;
  for (size_t I = 0; I < InputCount; ++I)
    Inputs.push_back(C.input(I));
  for (int64_t I = 0, N = C.integer("num_layers"); I < N; ++I) {
    if (C.unknown() != UnknownId::None)
      break;
    Inputs[0] = C.runChild("layers." + std::to_string(I), Inputs).front();
  }
  if (C.hasChild("norm"))
    Inputs[0] = C.runChild("norm", {Inputs[0]}).front();
  if (auto *T = Inputs[0].as<TensorArg>())
    return {*T};
  return {C.tensor(0)};
}
void buildEncoder(LayerContext &C) { buildStack(C, "encoder_layer"); }
void buildDecoder(LayerContext &C) { buildStack(C, "decoder_layer"); }
Tensors runEncoder(LayerContext &C) { return runStack(C, "encoder_layer", 3); }
Tensors runDecoder(LayerContext &C) { return runStack(C, "decoder_layer", 6); }

std::vector<NamedArg> stackOptions(LayerContext &C, llvm::StringRef Option,
                                   llvm::StringRef LayerType, int64_t Count) {
  LayerSizes S{C.integer("d_model", 512), C.integer("nhead", 8),
               C.integer("dim_feedforward", 2048), C.number("dropout", 0.1)};
  std::string Prefix = (Option + ".").str();
  return {{Option.str(), LayerType.str()},
          {Prefix + "d_model", S.Width},
          {Prefix + "nhead", S.Heads},
          {Prefix + "dim_feedforward", S.Hidden},
          {Prefix + "dropout", S.Dropout},
          {Prefix + "activation", C.text("activation", "ReLU")},
          {"num_layers", Count},
          {"norm", "LayerNorm"},
          {"norm.normalized_shape", Ints{S.Width}}};
}
void buildTransformer(LayerContext &C) {
  if (C.has("custom_encoder"))
    addOptional(C, "encoder", "custom_encoder");
  else
    C.addChild("encoder", "TransformerEncoder",
               stackOptions(C, "encoder_layer", "TransformerEncoderLayer",
                            C.integer("num_encoder_layers", 6)));
  if (C.has("custom_decoder"))
    addOptional(C, "decoder", "custom_decoder");
  else
    C.addChild("decoder", "TransformerDecoder",
               stackOptions(C, "decoder_layer", "TransformerDecoderLayer",
                            C.integer("num_decoder_layers", 6)));
}
/// Inputs: src, tgt, src_mask, tgt_mask, memory_mask, then the three padding masks.
Tensors runTransformer(LayerContext &C) {
  TensorArg Src = C.tensor(0), Tgt = C.tensor(1);
  int64_t Width = C.integer("d_model", 512);
  if (C.dim(Src) != 3 || C.dim(Tgt) != 3)
    return {C.reject("src and tgt should have 3 dimensions, got " + llvm::Twine(C.dim(Src)) +
                     " and " + llvm::Twine(C.dim(Tgt)))};
  if (C.size(Src, 1) != C.size(Tgt, 1))
    return {C.reject("src and tgt should have equal batch size, got " +
                     llvm::Twine(C.size(Src, 1)) + " and " + llvm::Twine(C.size(Tgt, 1)))};
  if (C.size(Src, 2) != Width || C.size(Tgt, 2) != Width)
    return {C.reject("src and tgt should have d_model " + llvm::Twine(Width) +
                     " features, got " + llvm::Twine(C.size(Src, 2)) + " and " +
                     llvm::Twine(C.size(Tgt, 2)))};
  TensorArg Memory = C.runChild("encoder", {Src, C.tensor(2), C.tensor(5)}).front();
  return {C.runChild("decoder",
                     {Tgt, Memory, C.tensor(3), C.tensor(4), C.tensor(6), C.tensor(7)})
              .front()};
}

constexpr LayerDef Layers[] = {
    {"TransformerEncoderLayer", buildEncoderLayer, runEncoderLayer},
    {"TransformerDecoderLayer", buildDecoderLayer, runDecoderLayer},
    {"TransformerEncoder", buildEncoder, runEncoder},
    {"TransformerDecoder", buildDecoder, runDecoder},
    {"Transformer", buildTransformer, runTransformer},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::TransformerLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::TransformerFunctionals() { return {}; }
