// RNN, LSTM, GRU and their cells. Packed sequences are left out: their sizes
// depend on data.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
struct Sizes {
  int64_t Input, Hidden, Layers, Directions, Projection;
  bool Bias, BatchFirst, Bidirectional;
  double Dropout;
  int64_t output() const { return Projection > 0 ? Projection : Hidden; }
};
Sizes sizesOf(LayerContext &C) {
  bool Bidirectional = C.boolean("bidirectional");
  return {C.integer("input_size"),
          C.integer("hidden_size"),
          C.integer("num_layers", 1),
          Bidirectional ? 2 : 1,
          C.integer("proj_size", 0),
          C.boolean("bias", true),
          C.boolean("batch_first"),
          Bidirectional,
          C.number("dropout")};
}

/// Calls \p Each with the name suffix of every layer and direction.
template <class Function> void forEachLayer(const Sizes &S, Function Each) {
  for (int64_t Layer = 0; Layer < S.Layers; ++Layer)
    for (int64_t Direction = 0; Direction < S.Directions; ++Direction)
      Each(Layer, "_l" + std::to_string(Layer) + (Direction == 1 ? "_reverse" : ""));
}

template <unsigned Gates> void buildRecurrent(LayerContext &C) {
  Sizes S = sizesOf(C);
  constexpr int64_t MaxLayers = 10000;
  if (S.Layers > MaxLayers) {
    C.markUnknown("num_layers " + llvm::Twine(S.Layers) + " is more than " +
                  llvm::Twine(MaxLayers));
    return;
  }
  int64_t GateSize = saturatingMul(Gates, S.Hidden);
  forEachLayer(S, [&](int64_t Layer, const std::string &Suffix) {
    int64_t In = Layer == 0 ? S.Input : saturatingMul(S.output(), S.Directions);
    C.addParameter("weight_ih" + Suffix, {GateSize, In});
    C.addParameter("weight_hh" + Suffix, {GateSize, S.output()});
    if (S.Bias) {
      C.addParameter("bias_ih" + Suffix, {GateSize});
      C.addParameter("bias_hh" + Suffix, {GateSize});
    }
    if (S.Projection > 0)
      C.addParameter("weight_hr" + Suffix, {S.Projection, S.Hidden});
  });
}
Tensors flatWeights(LayerContext &C, const Sizes &S) {
  Tensors All;
  forEachLayer(S, [&](int64_t, const std::string &Suffix) {
    All.push_back(C.parameter("weight_ih" + Suffix));
    All.push_back(C.parameter("weight_hh" + Suffix));
    if (S.Bias) {
      All.push_back(C.parameter("bias_ih" + Suffix));
      All.push_back(C.parameter("bias_hh" + Suffix));
    }
    if (S.Projection > 0)
      All.push_back(C.parameter("weight_hr" + Suffix));
  });
  return All;
}

/// What LibTorch's check_input rejects.
std::optional<TensorArg> wrongInput(LayerContext &C, const Sizes &S) {
  TensorArg X = C.tensor(0);
  if (int64_t Dim = C.dim(X); Dim != 3)
    return C.reject("input must have 3 dimensions, got " + llvm::Twine(Dim));
  if (int64_t Last = C.size(X, -1); Last != S.Input)
    return C.reject("input.size(-1) must be equal to input_size: expected " +
                    llvm::Twine(S.Input) + ", got " + llvm::Twine(Last));
  return std::nullopt;
}
/// What check_hidden_size rejects.
std::optional<TensorArg> wrongHidden(LayerContext &C, TensorArg H, Ints Expected) {
  if (!H.known() || H.Type.Shape == energy::Sizes(Expected.begin(), Expected.end()))
    return std::nullopt;
  return C.reject("expected a hidden state of " + shapeText(Expected) + ", got " +
                  shapeText(H.Type.Shape));
}
Tensors recurrentCall(LayerContext &C, llvm::StringRef Op, const Sizes &S, ArgValue Hidden) {
  return C.call(Op, {{"input", C.tensor(0)},
                     {"hx", Hidden},
                     {"params", flatWeights(C, S)},
                     {"has_biases", S.Bias},
                     {"num_layers", S.Layers},
                     {"dropout", S.Dropout},
                     {"train", C.isTraining()},
                     {"bidirectional", S.Bidirectional},
                     {"batch_first", S.BatchFirst}});
}

Tensors runSimple(LayerContext &C, llvm::StringRef Op) {
  Sizes S = sizesOf(C);
  if (auto Rejected = wrongInput(C, S))
    return {*Rejected, *Rejected};
  TensorArg X = C.tensor(0), H = C.tensor(1);
  Ints Shape = {S.Layers * S.Directions, C.size(X, S.BatchFirst ? 0 : 1), S.Hidden};
  if (!H.Defined)
    H = zeros(C, Shape, C.type(X).Type);
  else if (auto Rejected = wrongHidden(C, H, Shape))
    return {*Rejected, *Rejected};
  return recurrentCall(C, Op, S, H);
}
Tensors runRnn(LayerContext &C) {
  return runSimple(C, C.text("nonlinearity", "Tanh") == "ReLU" ? "aten::rnn_relu.input"
                                                               : "aten::rnn_tanh.input");
}
Tensors runGru(LayerContext &C) { return runSimple(C, "aten::gru.input"); }
Tensors runLstm(LayerContext &C) {
  Sizes S = sizesOf(C);
  if (auto Rejected = wrongInput(C, S))
    return {*Rejected, *Rejected, *Rejected};
  TensorArg X = C.tensor(0);
  int64_t Batch = C.size(X, S.BatchFirst ? 0 : 1), All = S.Layers * S.Directions;
  Ints HShape = {All, Batch, S.output()}, CShape = {All, Batch, S.Hidden};
  Tensors State = C.tensorList(1);
  if (State.empty()) {
    State.push_back(zeros(C, HShape, C.type(X).Type));
    State.push_back(zeros(C, CShape, C.type(X).Type));
  } else if (State.size() == 2) {
    if (auto Rejected = wrongHidden(C, State[0], HShape))
      return {*Rejected, *Rejected, *Rejected};
    if (auto Rejected = wrongHidden(C, State[1], CShape))
      return {*Rejected, *Rejected, *Rejected};
  }
  return recurrentCall(C, "aten::lstm.input", S, State);
}

template <unsigned Gates> void buildCell(LayerContext &C) {
  int64_t Hidden = C.integer("hidden_size"), GateSize = saturatingMul(Gates, Hidden);
  C.addParameter("weight_ih", {GateSize, C.integer("input_size")});
  C.addParameter("weight_hh", {GateSize, Hidden});
  if (C.boolean("bias", true)) {
    C.addParameter("bias_ih", {GateSize});
    C.addParameter("bias_hh", {GateSize});
  }
}
TensorArg cellZeros(LayerContext &C) {
  TensorArg X = C.tensor(0);
  return zeros(C, {C.size(X, 0), C.integer("hidden_size")}, C.type(X).Type);
}
Tensors cellCall(LayerContext &C, llvm::StringRef Op, ArgValue Hidden) {
  return C.call(Op, {{"input", C.tensor(0)},
                     {"hx", Hidden},
                     {"w_ih", C.parameter("weight_ih")},
                     {"w_hh", C.parameter("weight_hh")},
                     {"b_ih", C.parameter("bias_ih")},
                     {"b_hh", C.parameter("bias_hh")}});
}
std::optional<TensorArg> wrongCellInput(LayerContext &C) {
  int64_t In = C.integer("input_size");
  if (int64_t Size = C.size(C.tensor(0), 1); Size != In)
    return C.reject("input has inconsistent input_size: got " + llvm::Twine(Size) +
                    ", expected " + llvm::Twine(In));
  return std::nullopt;
}
Tensors runSimpleCell(LayerContext &C, llvm::StringRef Op) {
  if (auto Rejected = wrongCellInput(C))
    return {*Rejected};
  TensorArg H = C.tensor(1);
  return cellCall(C, Op, H.Defined ? H : cellZeros(C));
}
Tensors runRnnCell(LayerContext &C) {
  return runSimpleCell(C, C.text("nonlinearity", "Tanh") == "ReLU" ? "aten::rnn_relu_cell"
                                                                   : "aten::rnn_tanh_cell");
}
Tensors runGruCell(LayerContext &C) { return runSimpleCell(C, "aten::gru_cell"); }
Tensors runLstmCell(LayerContext &C) {
  if (auto Rejected = wrongCellInput(C))
    return {*Rejected, *Rejected};
  Tensors State = C.tensorList(1);
  if (State.empty())
    State.assign(2, cellZeros(C)); // the same zeros for both states
  return cellCall(C, "aten::lstm_cell", State);
}

constexpr LayerDef Layers[] = {
    {"RNN", buildRecurrent<1>, runRnn, 2},
    {"LSTM", buildRecurrent<4>, runLstm, 3},
    {"GRU", buildRecurrent<3>, runGru, 2},
    {"RNNCell", buildCell<1>, runRnnCell},
    {"LSTMCell", buildCell<4>, runLstmCell, 2},
    {"GRUCell", buildCell<3>, runGruCell},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::RecurrentLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::RecurrentFunctionals() { return {}; }
