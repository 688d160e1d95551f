// AdaptiveLogSoftmaxWithLoss. forward() and predict() group the rows by their
// target class, so what they compute depends on data and is unknown.
#include "Torch/Layers/Lowering.h"
#include <cmath>
#include <limits>

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
/// The first class of each cluster, then the number of classes.
Ints cutoffs(LayerContext &C) {
  Ints All = C.ints("cutoffs");
  int64_t Classes = C.integer("n_classes");
  bool Increasing = !All.empty() && All.front() > 0 && All.back() <= Classes;
  for (size_t I = 1; I < All.size(); ++I)
    Increasing &= All[I - 1] < All[I];
  if (!Increasing) {
    C.markUnknown("cutoffs must increase from 1 to n_classes");
    All = {1};
  }
  All.push_back(Classes);
  return All;
}
void buildAdaptive(LayerContext &C) {
  int64_t In = C.integer("in_features");
  Ints Cuts = cutoffs(C);
  int64_t Clusters = static_cast<int64_t>(Cuts.size()) - 1;
  C.addChild("head", "Linear", {{"in_features", In},
                                {"out_features", Cuts[0] + Clusters},
                                {"bias", C.boolean("head_bias")}});
  C.addContainer("tail", "ModuleList");
  double Divisor = C.number("div_value", 4);
  for (size_t I = 0; I + 1 < Cuts.size(); ++I) {
    double Reduced = static_cast<double>(In) / std::pow(Divisor, static_cast<double>(I + 1));
    int64_t Hidden = std::isfinite(Reduced) ? static_cast<int64_t>(Reduced) : 0;
    std::string Path = "tail." + std::to_string(I);
    C.addContainer(Path, "Sequential");
    C.addChild(Path + ".0", "Linear",
               {{"in_features", In}, {"out_features", Hidden}, {"bias", false}});
    C.addChild(Path + ".1", "Linear", {{"in_features", Hidden},
                                       {"out_features", Cuts[I + 1] - Cuts[I]},
                                       {"bias", false}});
  }
}
Tensors runAdaptive(LayerContext &C) {
  C.markUnknown("'AdaptiveLogSoftmaxWithLoss' groups rows by the values of its target");
  return {TensorArg::unknown(C.unknown())};
}
Tensors predict(LayerContext &C) {
  C.markUnknown("'AdaptiveLogSoftmaxWithLoss::predict' depends on the values of its input");
  return {TensorArg::unknown(C.unknown())};
}

/// X.index({Slice(), ...}): the first index keeps all rows, and still slices.
TensorArg allRows(LayerContext &C, TensorArg X) {
  return slice(C, X, 0, std::numeric_limits<int64_t>::max());
}
TensorArg columns(LayerContext &C, TensorArg X, int64_t Begin, int64_t End) {
  return C.call1("aten::slice.Tensor", {{"self", allRows(C, X)},
                                        {"dim", 1},
                                        {"start", Begin},
                                        {"end", End},
                                        {"step", 1}});
}
Tensors logProb(LayerContext &C) {
  TensorArg X = C.tensor(0);
  Ints Cuts = cutoffs(C);
  TensorArg Head = C.runChild("head", {X}).front();
  TensorArg Out = C.call1("aten::new_empty", {{"self", X},
                                              {"size", Ints{C.size(Head, 0), Cuts.back()}}});
  Head = softmax(C, "aten::log_softmax.int", Head, 1);
  auto Store = [&](int64_t Begin, int64_t End, auto Value) {
    TensorArg Source = Value();
    C.call1("aten::copy_", {{"self", columns(C, Out, Begin, End)}, {"src", Source}});
  };
  Store(0, Cuts[0], [&] { return columns(C, Head, 0, Cuts[0]); });
  for (size_t I = 0; I + 1 < Cuts.size(); ++I)
    Store(Cuts[I], Cuts[I + 1], [&] {
      std::string Path = "tail." + std::to_string(I);
      TensorArg Y = C.runChild(Path + ".0", {X}).front();
      Y = softmax(C, "aten::log_softmax.int", C.runChild(Path + ".1", {Y}).front(), 1);
      TensorArg Cluster = C.call1(
          "aten::select.int",
          {{"self", allRows(C, Head)},
           {"dim", 1},
           {"index", Cuts[0] + static_cast<int64_t>(I)}});
      return add(C, Y, unsqueeze(C, Cluster, 1));
    });
  return {Out};
}

constexpr LayerDef Layers[] = {
    {"AdaptiveLogSoftmaxWithLoss", buildAdaptive, runAdaptive},
    {"AdaptiveLogSoftmaxWithLoss::log_prob", nullptr, logProb},
    {"AdaptiveLogSoftmaxWithLoss::predict", nullptr, predict},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::AdaptiveLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::AdaptiveFunctionals() { return {}; }
