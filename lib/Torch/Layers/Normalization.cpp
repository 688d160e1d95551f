// BatchNorm, InstanceNorm, LayerNorm, GroupNorm, LocalResponseNorm,
// CrossMapLRN2d and F::normalize.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
void buildNorm(LayerContext &C, bool Affine, bool Track) {
  int64_t Features = C.integer("num_features");
  if (Affine) {
    C.addParameter("weight", {Features});
    C.addParameter("bias", {Features});
  }
  if (Track) {
    C.addBuffer("running_mean", {Features});
    C.addBuffer("running_var", {Features});
    C.addBuffer("num_batches_tracked", {}, DType::Int64);
  }
}
void buildBatchNorm(LayerContext &C) {
  buildNorm(C, C.boolean("affine", true), C.boolean("track_running_stats", true));
}
void buildInstanceNorm(LayerContext &C) {
  buildNorm(C, C.boolean("affine", false), C.boolean("track_running_stats", false));
}

struct Statistics {
  TensorArg Weight, Bias, Mean, Var;
  bool FromInput; ///< statistics of this batch
  double Momentum, Eps;
};
TensorArg batchNorm(LayerContext &C, Statistics S) {
  TensorArg X = C.tensor(0);
  if (S.FromInput) {
    int64_t PerChannel = C.size(X, 0);
    for (int64_t I = 2; I < C.dim(X); ++I)
      PerChannel = saturatingMul(PerChannel, C.size(X, I));
    if (PerChannel == 1)
      return C.reject("expected more than 1 value per channel when training, got input size " +
                      shapeText(C.type(X).Shape));
  }
  return C.call1("aten::batch_norm", {{"input", X},
                                      {"weight", S.Weight},
                                      {"bias", S.Bias},
                                      {"running_mean", S.Mean},
                                      {"running_var", S.Var},
                                      {"training", S.FromInput},
                                      {"momentum", S.Momentum},
                                      {"eps", S.Eps},
                                      {"cudnn_enabled", true}});
}
Statistics ownStatistics(LayerContext &C, bool Track, double Momentum) {
  return {C.parameter("weight"),       C.parameter("bias"),      C.parameter("running_mean"),
          C.parameter("running_var"),  C.isTraining() || !Track, Momentum,
          C.number("eps", 1e-5)};
}
/// False, after rejecting, when the input's rank is neither Low nor High.
std::optional<TensorArg> wrongRank(LayerContext &C, int64_t Low, int64_t High) {
  int64_t Dim = C.dim(C.tensor(0));
  if (Dim == Low || Dim == High)
    return std::nullopt;
  return C.reject("expected " + llvm::Twine(Low) + "D" +
                  (High != Low ? " or " + std::to_string(High) + "D" : std::string()) +
                  " input, got " + llvm::Twine(Dim) + "D");
}
template <unsigned D> Tensors runBatchNorm(LayerContext &C) {
  constexpr bool AnyRank = D == 0;
  if (auto Rejected = AnyRank ? std::nullopt : wrongRank(C, D == 1 ? 2 : D + 2, D + 2))
    return {*Rejected};
  bool Track = C.boolean("track_running_stats", true);
  bool Cumulative = C.option("momentum") && C.option("momentum")->isNone();
  double Momentum = C.number("momentum", Cumulative ? 0 : 0.1);
  if (TensorArg Count = C.parameter("num_batches_tracked");
      C.isTraining() && Track && Count.Defined) {
    binary(C, "aten::add_.Scalar", Count, 1);
    if (Cumulative) { // 1 / number of batches; this is the first
      unary(C, "aten::item", Count);
      Momentum = 1;
    }
  }
  return {batchNorm(C, ownStatistics(C, Track, Momentum))};
}
Tensors batchNormFunction(LayerContext &C) {
  return {batchNorm(C, {C.tensorOption("weight"), C.tensorOption("bias"), C.tensor(1), C.tensor(2),
                        C.boolean("training"), C.number("momentum", 0.1),
                        C.number("eps", 1e-5)})};
}

TensorArg instanceNorm(LayerContext &C, TensorArg X, Statistics S) {
  return C.call1("aten::instance_norm", {{"input", X},
                                         {"weight", S.Weight},
                                         {"bias", S.Bias},
                                         {"running_mean", S.Mean},
                                         {"running_var", S.Var},
                                         {"use_input_stats", S.FromInput},
                                         {"momentum", S.Momentum},
                                         {"eps", S.Eps},
                                         {"cudnn_enabled", true}});
}
template <unsigned D> Tensors runInstanceNorm(LayerContext &C) {
  if (auto Rejected = wrongRank(C, D + 1, D + 2))
    return {*Rejected};
  Statistics S =
      ownStatistics(C, C.boolean("track_running_stats", false), C.number("momentum", 0.1));
  TensorArg X = C.tensor(0);
  if (C.dim(X) == D + 1) // no batch dimension
    return {squeeze(C, instanceNorm(C, unsqueeze(C, X, 0), S), 0)};
  return {instanceNorm(C, X, S)};
}
Tensors instanceNormFunction(LayerContext &C) {
  return {instanceNorm(C, C.tensor(0),
                       {C.tensorOption("weight"), C.tensorOption("bias"),
                        C.tensorOption("running_mean"), C.tensorOption("running_var"),
                        C.boolean("use_input_stats", true), C.number("momentum", 0.1),
                        C.number("eps", 1e-5)})};
}

void buildLayerNorm(LayerContext &C) {
  if (!C.boolean("elementwise_affine", true))
    return;
  Ints Shape = C.ints("normalized_shape");
  C.addParameter("weight", Shape);
  C.addParameter("bias", Shape);
}
TensorArg layerNorm(LayerContext &C, TensorArg Weight, TensorArg Bias) {
  return C.call1("aten::layer_norm", {{"input", C.tensor(0)},
                                      {"normalized_shape", C.ints("normalized_shape")},
                                      {"weight", Weight},
                                      {"bias", Bias},
                                      {"eps", C.number("eps", 1e-5)},
                                      {"cudnn_enable", true}});
}
Tensors runLayerNorm(LayerContext &C) {
  return {layerNorm(C, C.parameter("weight"), C.parameter("bias"))};
}
Tensors layerNormFunction(LayerContext &C) {
  return {layerNorm(C, C.tensorOption("weight"), C.tensorOption("bias"))};
}

void buildGroupNorm(LayerContext &C) {
  if (!C.boolean("affine", true))
    return;
  int64_t Channels = C.integer("num_channels");
  C.addParameter("weight", {Channels});
  C.addParameter("bias", {Channels});
}
TensorArg groupNorm(LayerContext &C, TensorArg Weight, TensorArg Bias) {
  return C.call1("aten::group_norm", {{"input", C.tensor(0)},
                                      {"num_groups", C.integer("num_groups")},
                                      {"weight", Weight},
                                      {"bias", Bias},
                                      {"eps", C.number("eps", 1e-5)},
                                      {"cudnn_enabled", true}});
}
Tensors runGroupNorm(LayerContext &C) {
  return {groupNorm(C, C.parameter("weight"), C.parameter("bias"))};
}
Tensors groupNormFunction(LayerContext &C) {
  return {groupNorm(C, C.tensorOption("weight"), C.tensorOption("bias"))};
}

Tensors localResponseNorm(LayerContext &C) {
  TensorArg X = C.tensor(0);
  int64_t Size = C.integer("size"), Dim = C.dim(X);
  if (Dim < 3)
    return {C.reject("expected 3D or higher dimensionality input, got " + llvm::Twine(Dim) + "D")};
  Ints Pad(Dim == 3 ? 2 : 4, 0);
  Pad.insert(Pad.end(), {Size / 2, (Size - 1) / 2});
  Ints Kernel(Dim == 3 ? 2 : 3, 1), One = Kernel, NoPad(Kernel.size(), 0);
  Kernel[0] = Size;

  TensorType Type = C.type(X);
  Ints Shape(Type.Shape.begin(), Type.Shape.end());
  TensorArg Div = unsqueeze(C, binary(C, "aten::mul.Tensor", X, X), 1);
  if (Dim > 3)
    Div = view(C, Div, {C.size(X, 0), 1, C.size(X, 1), C.size(X, 2), -1});
  Div = pad(C, Div, Pad, "Constant", 0);
  Div = squeeze(C, avgPool(C, Div, Kernel, One, NoPad, false, true), 1);
  if (Dim > 3)
    Div = view(C, Div, Shape);
  Div = mulScalar(C, Div, C.number("alpha", 1e-4));
  Div = binary(C, "aten::add.Scalar", Div, C.number("k", 1));
  Div = pow(C, Div, C.number("beta", 0.75));
  return {binary(C, "aten::div.Tensor", X, Div)};
}

/// Channel by channel, in place, as the autograd function CrossMapLRN2d does.
struct CrossMap {
  LayerContext &C;
  TensorArg Scale, Square;

  TensorArg channel(TensorArg Of, int64_t Index) {
    return C.call1("aten::select.int", {{"self", Of}, {"dim", 1}, {"index", Index}});
  }
  void addTo(TensorArg Self, TensorArg Other, int64_t Alpha) {
    C.call1("aten::add_.Tensor", {{"self", Self}, {"other", Other}, {"alpha", Alpha}});
  }
  void first(int64_t Channels) {
    TensorArg Current = channel(Scale, 0);
    unary(C, "aten::zero_", Current);
    for (int64_t I = 0; I < Channels; ++I)
      addTo(Current, channel(Square, I), 1);
  }
  void next(int64_t Index, int64_t Channels, int64_t Window) {
    TensorArg Previous = channel(Scale, Index - 1), Current = channel(Scale, Index);
    C.call1("aten::copy_", {{"self", Current}, {"src", Previous}});
    if (Index < Channels - Window + 1)
      addTo(Current, channel(Square, Index + Window - 1), 1);
    if (Index > Window)
      addTo(Current, channel(Square, Index - Window), -1);
  }
};
Tensors crossMapNorm(LayerContext &C) {
  TensorArg X = C.tensor(0);
  if (int64_t Dim = C.dim(X); Dim != 4)
    return {C.reject("expected 4D input, got " + llvm::Twine(Dim) + "D")};
  int64_t Size = C.integer("size"), Channels = C.size(X, 1);
  DType Type = C.type(X).Type;
  auto Empty = [&] {
    return C.call1("aten::empty.memory_format", {{"size", Ints{0}}, {"dtype", Type}});
  };
  auto ResizedAs = [&](TensorArg T) {
    return C.call1("aten::resize_as_", {{"self", T}, {"the_template", X}});
  };
  TensorArg Scale = Empty(), Out = Empty();
  Out = ResizedAs(Out);
  Scale = ResizedAs(Scale);
  Out = C.call1("aten::pow.Tensor_Scalar_out", {{"self", X}, {"exponent", 2}, {"out", Out}});
  int64_t Window = (Size - 1) / 2 + 1;
  CrossMap Map{C, Scale, Out};
  Map.first(std::min(Window, Channels));
  for (int64_t I = 1; I < Channels; ++I)
    Map.next(I, Channels, Window);
  Scale = binary(C, "aten::mul_.Scalar", Scale,
                 C.number("alpha", 1e-4) / static_cast<double>(std::max<int64_t>(Size, 1)));
  Scale = binary(C, "aten::add_.Scalar", Scale, C.integer("k", 1));
  Out = C.call1("aten::pow.Tensor_Scalar_out",
                {{"self", Scale}, {"exponent", -C.number("beta", 0.75)}, {"out", Out}});
  return {binary(C, "aten::mul_.Tensor", Out, X)};
}

Tensors normalize(LayerContext &C) {
  TensorArg X = C.tensor(0);
  TensorArg Norm = C.call1("aten::norm.ScalarOpt_dim", {{"self", X},
                                                        {"p", C.number("p", 2)},
                                                        {"dim", Ints{C.integer("dim", 1)}},
                                                        {"keepdim", true}});
  Norm = C.call1("aten::clamp_min", {{"self", Norm}, {"min", C.number("eps", 1e-12)}});
  Norm = binary(C, "aten::expand_as", Norm, X);
  TensorArg Out = C.tensorOption("out");
  if (!Out.Defined)
    return {binary(C, "aten::div.Tensor", X, Norm)};
  return {C.call1("aten::div.out", {{"self", X}, {"other", Norm}, {"out", Out}})};
}

constexpr LayerDef Layers[] = {
    {"BatchNorm", buildBatchNorm, runBatchNorm<0>}, // of LibTorch 1.4 and older
    {"BatchNorm1d", buildBatchNorm, runBatchNorm<1>},
    {"BatchNorm2d", buildBatchNorm, runBatchNorm<2>},
    {"BatchNorm3d", buildBatchNorm, runBatchNorm<3>},
    {"InstanceNorm1d", buildInstanceNorm, runInstanceNorm<1>},
    {"InstanceNorm2d", buildInstanceNorm, runInstanceNorm<2>},
    {"InstanceNorm3d", buildInstanceNorm, runInstanceNorm<3>},
    {"LayerNorm", buildLayerNorm, runLayerNorm},
    {"GroupNorm", buildGroupNorm, runGroupNorm},
    {"LocalResponseNorm", nullptr, localResponseNorm},
    {"CrossMapLRN2d", nullptr, crossMapNorm},
};
constexpr FunctionalDef Functionals[] = {
    {"batch_norm", batchNormFunction},
    {"instance_norm", instanceNormFunction},
    {"layer_norm", layerNormFunction},
    {"group_norm", groupNormFunction},
    {"local_response_norm", localResponseNorm},
    {"normalize", normalize},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::NormalizationLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::NormalizationFunctionals() { return Functionals; }
