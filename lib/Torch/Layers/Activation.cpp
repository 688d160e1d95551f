// Element-wise activations and the softmax family.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

TensorArg lower::softmax(LayerContext &C, llvm::StringRef Op, TensorArg X, int64_t Dim,
                         ArgValue Type) {
  return C.call1(Op, {{"self", X}, {"dim", Dim}, {"dtype", Type}});
}

namespace {
/// aten::NAME or, with option inplace, aten::NAME_.
TensorArg activate(LayerContext &C, llvm::StringRef Op, std::vector<NamedArg> More = {}) {
  std::vector<NamedArg> Args = {{"self", C.tensor(0)}};
  llvm::append_range(Args, std::move(More));
  return C.call1(C.boolean("inplace") ? (Op + "_").str() : Op.str(), std::move(Args));
}

Tensors elu(LayerContext &C) {
  return {activate(C, "aten::elu", {{"alpha", C.number("alpha", 1)}})};
}
Tensors selu(LayerContext &C) { return {activate(C, "aten::selu")}; }
Tensors celu(LayerContext &C) {
  return {activate(C, "aten::celu", {{"alpha", C.number("alpha", 1)}})};
}
Tensors hardshrink(LayerContext &C) {
  return {C.call1("aten::hardshrink",
                  {{"self", C.tensor(0)}, {"lambd", C.number("lambda", 0.5)}})};
}
Tensors softshrink(LayerContext &C) {
  return {C.call1("aten::softshrink",
                  {{"self", C.tensor(0)}, {"lambd", C.number("lambda", 0.5)}})};
}
Tensors hardtanh(LayerContext &C) {
  return {activate(C, "aten::hardtanh", {{"min_val", C.number("min_val", -1)},
                                         {"max_val", C.number("max_val", 1)}})};
}
Tensors leakyRelu(LayerContext &C) {
  return {activate(C, "aten::leaky_relu", {{"negative_slope", C.number("negative_slope", 0.01)}})};
}
Tensors relu(LayerContext &C) { return {activate(C, "aten::relu")}; }
Tensors relu6(LayerContext &C) { return {activate(C, "aten::relu6")}; }
TensorArg rrelu(LayerContext &C, bool Training) {
  return activate(C, "aten::rrelu", {{"lower", C.number("lower", 1.0 / 8)},
                                     {"upper", C.number("upper", 1.0 / 3)},
                                     {"training", Training}});
}
Tensors runRRelu(LayerContext &C) { return {rrelu(C, C.isTraining())}; }
Tensors rreluFunction(LayerContext &C) { return {rrelu(C, C.boolean("training"))}; }
Tensors threshold(LayerContext &C) {
  return {activate(C, "aten::threshold", {{"threshold", C.number("threshold")},
                                          {"value", C.number("value")}})};
}
Tensors softplus(LayerContext &C) {
  return {C.call1("aten::softplus", {{"self", C.tensor(0)},
                                     {"beta", C.number("beta", 1)},
                                     {"threshold", C.number("threshold", 20)}})};
}
Tensors logSigmoid(LayerContext &C) { return {unary(C, "aten::log_sigmoid", C.tensor(0))}; }
Tensors sigmoid(LayerContext &C) { return {unary(C, "aten::sigmoid", C.tensor(0))}; }
Tensors tanh(LayerContext &C) { return {unary(C, "aten::tanh", C.tensor(0))}; }
Tensors silu(LayerContext &C) { return {unary(C, "aten::silu", C.tensor(0))}; }
Tensors mish(LayerContext &C) { return {unary(C, "aten::mish", C.tensor(0))}; }
Tensors gelu(LayerContext &C) {
  return {C.call1("aten::gelu", {{"self", C.tensor(0)},
                                 {"approximate", C.text("approximate", "none")}})};
}
Tensors glu(LayerContext &C) {
  return {C.call1("aten::glu", {{"self", C.tensor(0)}, {"dim", C.integer("dim", -1)}})};
}
Tensors softsign(LayerContext &C) {
  TensorArg X = C.tensor(0);
  TensorArg Below = binary(C, "aten::add.Scalar", unary(C, "aten::abs", X), 1);
  return {binary(C, "aten::div.Tensor", X, Below)};
}
Tensors tanhshrink(LayerContext &C) {
  TensorArg X = C.tensor(0);
  return {binary(C, "aten::sub.Tensor", X, unary(C, "aten::tanh", X))};
}

void buildPRelu(LayerContext &C) { C.addParameter("weight", {C.integer("num_parameters", 1)}); }
TensorArg prelu(LayerContext &C, TensorArg Weight) {
  return C.call1("aten::prelu", {{"self", C.tensor(0)}, {"weight", Weight}});
}
Tensors runPRelu(LayerContext &C) { return {prelu(C, C.parameter("weight"))}; }
Tensors preluFunction(LayerContext &C) { return {prelu(C, C.tensor(1))}; }

ArgValue dtypeOption(LayerContext &C) {
  return C.has("dtype") ? *C.option("dtype") : ArgValue();
}
Tensors softmaxLayer(LayerContext &C) {
  return {softmax(C, "aten::softmax.int", C.tensor(0), C.integer("dim"), dtypeOption(C))};
}
Tensors softmin(LayerContext &C) {
  return {softmax(C, "aten::softmax.int", unary(C, "aten::neg", C.tensor(0)), C.integer("dim"),
                  dtypeOption(C))};
}
Tensors logSoftmax(LayerContext &C) {
  return {softmax(C, "aten::log_softmax.int", C.tensor(0), C.integer("dim"), dtypeOption(C))};
}
Tensors softmax2d(LayerContext &C) {
  int64_t Dim = C.dim(C.tensor(0));
  if (Dim != 3 && Dim != 4)
    return {C.reject("expected a 3D or 4D input, got " + llvm::Twine(Dim) + "D")};
  return {softmax(C, "aten::softmax.int", C.tensor(0), -3)};
}

Tensors gumbelSoftmax(LayerContext &C) {
  TensorArg Logits = C.tensor(0);
  int64_t Dim = C.integer("dim", -1);
  TensorArg G = unary(C, "aten::empty_like", Logits);
  G = unary(C, "aten::neg", unary(C, "aten::log", unary(C, "aten::exponential_", G)));
  G = binary(C, "aten::div.Scalar", add(C, Logits, G), C.number("tau", 1));
  TensorArg Soft = softmax(C, "aten::softmax.int", G, Dim);
  if (!C.boolean("hard"))
    return {Soft};
  Tensors Max = C.call("aten::max.dim", {{"self", Soft}, {"dim", Dim}, {"keepdim", true}});
  TensorArg Hard = C.call1("aten::scatter_.value", {{"self", unary(C, "aten::zeros_like", Logits)},
                                                    {"dim", Dim},
                                                    {"index", Max.back()},
                                                    {"value", 1.0}});
  return {add(C, binary(C, "aten::sub.Tensor", Hard, unary(C, "aten::detach", Soft)), Soft)};
}

constexpr LayerDef Layers[] = {
    {"ELU", nullptr, elu},
    {"SELU", nullptr, selu},
    {"CELU", nullptr, celu},
    {"Hardshrink", nullptr, hardshrink},
    {"Softshrink", nullptr, softshrink},
    {"Hardtanh", nullptr, hardtanh},
    {"LeakyReLU", nullptr, leakyRelu},
    {"ReLU", nullptr, relu},
    {"ReLU6", nullptr, relu6},
    {"RReLU", nullptr, runRRelu},
    {"Threshold", nullptr, threshold},
    {"Softplus", nullptr, softplus},
    {"LogSigmoid", nullptr, logSigmoid},
    {"Sigmoid", nullptr, sigmoid},
    {"Tanh", nullptr, tanh},
    {"SiLU", nullptr, silu},
    {"Mish", nullptr, mish},
    {"GELU", nullptr, gelu},
    {"GLU", nullptr, glu},
    {"Softsign", nullptr, softsign},
    {"Tanhshrink", nullptr, tanhshrink},
    {"PReLU", buildPRelu, runPRelu},
    {"Softmax", nullptr, softmaxLayer},
    {"Softmin", nullptr, softmin},
    {"LogSoftmax", nullptr, logSoftmax},
    {"Softmax2d", nullptr, softmax2d},
};
constexpr FunctionalDef Functionals[] = {
    {"elu", elu},
    {"selu", selu},
    {"celu", celu},
    {"hardshrink", hardshrink},
    {"softshrink", softshrink},
    {"hardtanh", hardtanh},
    {"leaky_relu", leakyRelu},
    {"relu", relu},
    {"relu6", relu6},
    {"rrelu", rreluFunction},
    {"threshold", threshold},
    {"softplus", softplus},
    {"logsigmoid", logSigmoid},
    {"silu", silu},
    {"mish", mish},
    {"gelu", gelu},
    {"glu", glu},
    {"softsign", softsign},
    {"tanhshrink", tanhshrink},
    {"prelu", preluFunction},
    {"softmax", softmaxLayer},
    {"softmin", softmin},
    {"log_softmax", logSoftmax},
    {"gumbel_softmax", gumbelSoftmax},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::ActivationLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::ActivationFunctionals() { return Functionals; }
