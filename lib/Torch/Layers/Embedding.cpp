// Embedding, EmbeddingBag and F::one_hot.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
void buildEmbedding(LayerContext &C) {
  int64_t Rows = C.integer("num_embeddings"), Columns = C.integer("embedding_dim");
  C.addParameter("weight", {Rows, Columns}, !C.boolean("freeze", false));
}

void renormalize(LayerContext &C, TensorArg Weight, TensorArg Indices) {
  C.call1("aten::embedding_renorm_", {{"self", Weight},
                                      {"indices", Indices},
                                      {"max_norm", C.number("max_norm")},
                                      {"norm_type", C.number("norm_type", 2)}});
}
TensorArg embed(LayerContext &C, TensorArg Weight) {
  TensorArg Indices = C.tensor(0);
  int64_t PaddingIdx = -1;
  if (C.has("padding_idx")) {
    PaddingIdx = C.integer("padding_idx");
    int64_t Rows = C.size(Weight, 0);
    if (PaddingIdx >= Rows || PaddingIdx < -Rows)
      return C.reject("padding_idx must be within num_embeddings, " + llvm::Twine(PaddingIdx) +
                      " is not within " + llvm::Twine(Rows));
    if (PaddingIdx < 0)
      PaddingIdx += Rows;
  }
  if (C.has("max_norm"))
    renormalize(C, Weight, Indices);
  return C.call1("aten::embedding", {{"weight", Weight},
                                     {"indices", Indices},
                                     {"padding_idx", PaddingIdx},
                                     {"scale_grad_by_freq", C.boolean("scale_grad_by_freq")},
                                     {"sparse", C.boolean("sparse")}});
}
Tensors runEmbedding(LayerContext &C) { return {embed(C, C.parameter("weight"))}; }
Tensors embeddingFunction(LayerContext &C) { return {embed(C, C.tensor(1))}; }

/// The two reads of offsets that check its first and last value.
void checkOffsets(LayerContext &C, TensorArg Offsets) {
  for (int64_t Index : {0, -1})
    unary(C, "aten::item",
          C.call1("aten::select.int", {{"self", Offsets}, {"dim", 0}, {"index", Index}}));
}
TensorArg flattened(LayerContext &C, TensorArg X) {
  return C.call1("aten::reshape", {{"self", X}, {"shape", Ints{-1}}});
}
TensorArg embedBags(LayerContext &C, TensorArg Weight, TensorArg Offsets,
                    TensorArg SampleWeights) {
  TensorArg Indices = C.tensor(0);
  int64_t Dim = C.dim(Indices);
  if (Dim != 1 && Dim != 2)
    return C.reject("input has to be a 1D or 2D tensor, got " + llvm::Twine(Dim) + "D");
  if (Dim == 2) {
    if (Offsets.Defined)
      return C.reject("offsets have to be absent when the input is 2D");
    Offsets = C.call1("aten::arange.start_step", {{"start", 0},
                                                  {"end", C.type(Indices).elements()},
                                                  {"step", C.size(Indices, 1)},
                                                  {"dtype", DType::Int64}});
    Indices = flattened(C, Indices);
    if (SampleWeights.Defined)
      SampleWeights = flattened(C, SampleWeights);
  } else {
    if (!Offsets.Defined)
      return C.reject("offsets have to be a 1D tensor when the input is 1D");
    checkOffsets(C, Offsets);
  }
  std::string Mode = C.text("mode", "Mean");
  if (C.has("max_norm"))
    renormalize(C, Weight, Indices);
  ArgValue PaddingIdx;
  if (C.has("padding_idx"))
    PaddingIdx = C.integer("padding_idx");
  return C.call1("aten::embedding_bag.padding_idx",
                 {{"weight", Weight},
                  {"indices", Indices},
                  {"offsets", Offsets},
                  {"scale_grad_by_freq", C.boolean("scale_grad_by_freq")},
                  {"mode", Mode == "Sum" ? 0 : Mode == "Mean" ? 1 : 2},
                  {"sparse", C.boolean("sparse")},
                  {"per_sample_weights", SampleWeights},
                  {"include_last_offset", C.boolean("include_last_offset")},
                  {"padding_idx", PaddingIdx}});
}
Tensors runEmbeddingBag(LayerContext &C) {
  return {embedBags(C, C.parameter("weight"), C.tensor(1), C.tensor(2))};
}
Tensors embeddingBagFunction(LayerContext &C) {
  return {embedBags(C, C.tensor(1), C.tensorOption("offsets"),
                    C.tensorOption("per_sample_weights"))};
}

Tensors oneHot(LayerContext &C) {
  return {C.call1("aten::one_hot", {{"self", C.tensor(0)},
                                    {"num_classes",
                                     static_cast<int64_t>(C.numberInput(1, -1))}})};
}

constexpr LayerDef Layers[] = {
    {"Embedding", buildEmbedding, runEmbedding},
    {"EmbeddingBag", buildEmbedding, runEmbeddingBag},
};
constexpr FunctionalDef Functionals[] = {
    {"embedding", embeddingFunction},
    {"embedding_bag", embeddingBagFunction},
    {"one_hot", oneHot},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::EmbeddingLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::EmbeddingFunctionals() { return Functionals; }
