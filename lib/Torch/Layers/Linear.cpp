// Linear, Bilinear, Identity, Flatten, Unflatten.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

TensorArg lower::linear(LayerContext &C, TensorArg X, TensorArg Weight, TensorArg Bias) {
  if (C.dim(X) == 2 && Bias.Defined)
    return C.call1("aten::addmm", {{"self", Bias},
                                   {"mat1", X},
                                   {"mat2", unary(C, "aten::t", Weight)}});
  TensorArg Out = binary(C, "aten::matmul", X, unary(C, "aten::t", Weight));
  return Bias.Defined ? binary(C, "aten::add_.Tensor", Out, Bias) : Out;
}

namespace {
void buildLinear(LayerContext &C) {
  int64_t In = C.integer("in_features"), Out = C.integer("out_features");
  C.addParameter("weight", {Out, In});
  if (C.boolean("bias", true))
    C.addParameter("bias", {Out});
}
Tensors runLinear(LayerContext &C) {
  return {linear(C, C.tensor(0), C.parameter("weight"), C.parameter("bias"))};
}
Tensors linearFunction(LayerContext &C) {
  return {linear(C, C.tensor(0), C.tensor(1), C.tensor(2))};
}

void buildBilinear(LayerContext &C) {
  int64_t Out = C.integer("out_features");
  C.addParameter("weight", {Out, C.integer("in1_features"), C.integer("in2_features")});
  if (C.boolean("bias", true))
    C.addParameter("bias", {Out});
}
TensorArg bilinear(LayerContext &C, TensorArg Weight, TensorArg Bias) {
  return C.call1("aten::bilinear", {{"input1", C.tensor(0)},
                                    {"input2", C.tensor(1)},
                                    {"weight", Weight},
                                    {"bias", Bias}});
}
Tensors runBilinear(LayerContext &C) {
  return {bilinear(C, C.parameter("weight"), C.parameter("bias"))};
}
Tensors bilinearFunction(LayerContext &C) { return {bilinear(C, C.tensor(2), C.tensor(3))}; }

Tensors runIdentity(LayerContext &C) { return {C.tensor(0)}; }

Tensors runFlatten(LayerContext &C) {
  return {C.call1("aten::flatten.using_ints", {{"self", C.tensor(0)},
                                               {"start_dim", C.integer("start_dim", 1)},
                                               {"end_dim", C.integer("end_dim", -1)}})};
}
Tensors runUnflatten(LayerContext &C) {
  if (!C.text("dimname").empty() || C.has("namedshape"))
    C.markUnknown("'Unflatten' with a named dimension is not supported");
  return {C.call1("aten::unflatten.int", {{"self", C.tensor(0)},
                                          {"dim", C.integer("dim")},
                                          {"sizes", C.ints("sizes")}})};
}

constexpr LayerDef Layers[] = {
    {"Linear", buildLinear, runLinear},     {"Bilinear", buildBilinear, runBilinear},
    {"Identity", nullptr, runIdentity},     {"Flatten", nullptr, runFlatten},
    {"Unflatten", nullptr, runUnflatten},
};
constexpr FunctionalDef Functionals[] = {
    {"linear", linearFunction},
    {"bilinear", bilinearFunction},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::LinearLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::LinearFunctionals() { return Functionals; }
