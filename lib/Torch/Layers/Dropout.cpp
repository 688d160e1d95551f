// Dropout, Dropout2d/3d, AlphaDropout, FeatureAlphaDropout. All of them call
// their operator in eval mode too, with train=false.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
TensorArg drop(LayerContext &C, llvm::StringRef Op, TensorArg X, double P, bool Training,
               bool InPlace) {
  if (!(P >= 0 && P <= 1))
    return C.reject("dropout probability has to be between 0 and 1, but got " +
                    llvm::Twine(std::to_string(P)));
  return C.call1(InPlace ? (Op + "_").str() : Op.str(),
                 {{InPlace ? "self" : "input", X}, {"p", P}, {"train", Training}});
}

/// Dropout2d and 3d drop whole channels; a batch dimension is added when there is none.
template <unsigned BatchedDim>
TensorArg featureDropout(LayerContext &C, double P, bool Training, bool InPlace) {
  TensorArg X = C.tensor(0);
  bool Batched = C.dim(X) == BatchedDim;
  if (!Batched)
    X = C.call1(InPlace ? "aten::unsqueeze_" : "aten::unsqueeze", {{"self", X}, {"dim", 0}});
  TensorArg Out = drop(C, "aten::feature_dropout", X, P, Training, InPlace);
  if (!Batched)
    Out = C.call1(InPlace ? "aten::squeeze_.dim" : "aten::squeeze.dim",
                  {{"self", Out}, {"dim", 0}});
  return Out;
}

Tensors runDropout(LayerContext &C) {
  return {dropout(C, C.tensor(0), C.number("p", 0.5), C.isTraining(), C.boolean("inplace"))};
}
Tensors dropoutFunction(LayerContext &C) {
  return {dropout(C, C.tensor(0), C.number("p", 0.5), C.boolean("training", true),
                  C.boolean("inplace"))};
}
template <unsigned BatchedDim> Tensors runFeature(LayerContext &C) {
  return {featureDropout<BatchedDim>(C, C.number("p", 0.5), C.isTraining(),
                                     C.boolean("inplace"))};
}
template <unsigned BatchedDim> Tensors featureFunction(LayerContext &C) {
  return {featureDropout<BatchedDim>(C, C.number("p", 0.5), C.boolean("training", true),
                                     C.boolean("inplace"))};
}
// The alpha modules ignore their inplace option.
Tensors runAlpha(LayerContext &C) {
  return {drop(C, "aten::alpha_dropout", C.tensor(0), C.number("p", 0.5), C.isTraining(), false)};
}
Tensors runFeatureAlpha(LayerContext &C) {
  return {drop(C, "aten::feature_alpha_dropout", C.tensor(0), C.number("p", 0.5), C.isTraining(),
               false)};
}
Tensors alphaFunction(LayerContext &C) {
  return {drop(C, "aten::alpha_dropout", C.tensor(0), C.number("p", 0.5), C.boolean("training"),
               C.boolean("inplace"))};
}
Tensors featureAlphaFunction(LayerContext &C) {
  return {drop(C, "aten::feature_alpha_dropout", C.tensor(0), C.number("p", 0.5),
               C.boolean("training"), C.boolean("inplace"))};
}

constexpr LayerDef Layers[] = {
    {"Dropout", nullptr, runDropout},
    {"Dropout2d", nullptr, runFeature<4>},
    {"Dropout3d", nullptr, runFeature<5>},
    {"AlphaDropout", nullptr, runAlpha},
    {"FeatureAlphaDropout", nullptr, runFeatureAlpha},
};
constexpr FunctionalDef Functionals[] = {
    {"dropout", dropoutFunction},
    {"dropout2d", featureFunction<4>},
    {"dropout3d", featureFunction<5>},
    {"alpha_dropout", alphaFunction},
    {"feature_alpha_dropout", featureAlphaFunction},
};
} // namespace

TensorArg lower::dropout(LayerContext &C, TensorArg X, double P, bool Training, bool InPlace) {
  return drop(C, "aten::dropout", X, P, Training, InPlace);
}
llvm::ArrayRef<LayerDef> torch::DropoutLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::DropoutFunctionals() { return Functionals; }
