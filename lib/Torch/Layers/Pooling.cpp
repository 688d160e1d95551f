// Max, average, adaptive, fractional, LP pooling and max unpooling.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
std::string opName(llvm::StringRef Stem, size_t D, llvm::StringRef Suffix = "") {
  return ("aten::" + Stem + llvm::Twine(D) + "d" + Suffix).str();
}
/// Stride of a pool: the kernel's size when it was not set.
Ints poolStride(LayerContext &C, unsigned D) {
  if (C.has("stride"))
    if (auto *L = C.option("stride")->as<std::vector<int64_t>>(); !L || !L->empty())
      return C.ints("stride", D);
  return C.ints("kernel_size", D);
}
} // namespace

TensorArg lower::avgPool(LayerContext &C, TensorArg X, Ints Kernel, Ints Stride, Ints Padding,
                         bool CeilMode, bool CountIncludePad, ArgValue Divisor) {
  size_t D = Kernel.size();
  std::vector<NamedArg> Args = {{"self", X},
                                {"kernel_size", Kernel},
                                {"stride", Stride},
                                {"padding", Padding},
                                {"ceil_mode", CeilMode},
                                {"count_include_pad", CountIncludePad}};
  if (D > 1)
    Args.push_back({"divisor_override", Divisor});
  return C.call1(opName("avg_pool", D), std::move(Args));
}
TensorArg lower::adaptiveAvgPool(LayerContext &C, TensorArg X, Ints OutputSize) {
  return C.call1(opName("adaptive_avg_pool", OutputSize.size()),
                 {{"self", X}, {"output_size", OutputSize}});
}

namespace {
template <unsigned D> Tensors avgPoolLayer(LayerContext &C) {
  ArgValue Divisor;
  if (C.has("divisor_override"))
    Divisor = C.integer("divisor_override");
  return {avgPool(C, C.tensor(0), C.ints("kernel_size", D), poolStride(C, D),
                  C.ints("padding", D, 0), C.boolean("ceil_mode"),
                  C.boolean("count_include_pad", true), Divisor)};
}

template <unsigned D> Tensors maxPoolCall(LayerContext &C, llvm::StringRef Suffix) {
  return C.call(opName("max_pool", D, Suffix), {{"self", C.tensor(0)},
                                                {"kernel_size", C.ints("kernel_size", D)},
                                                {"stride", poolStride(C, D)},
                                                {"padding", C.ints("padding", D, 0)},
                                                {"dilation", C.ints("dilation", D, 1)},
                                                {"ceil_mode", C.boolean("ceil_mode")}});
}
template <unsigned D> Tensors maxPool(LayerContext &C) { return maxPoolCall<D>(C, ""); }
template <unsigned D> Tensors maxPoolIndices(LayerContext &C) {
  return maxPoolCall<D>(C, "_with_indices");
}

/// output_size with its absent elements (-1) taken from the input.
template <unsigned D> Ints adaptiveSize(LayerContext &C) {
  Ints Size = C.ints("output_size", D);
  for (unsigned I = 0; I < D; ++I)
    if (Size[I] == -1)
      Size[I] = C.size(C.tensor(0), static_cast<int64_t>(I) - D);
  return Size;
}
template <unsigned D> Tensors adaptiveAvg(LayerContext &C) {
  return {adaptiveAvgPool(C, C.tensor(0), adaptiveSize<D>(C))};
}
template <unsigned D> Tensors adaptiveMaxIndices(LayerContext &C) {
  return C.call(opName("adaptive_max_pool", D),
                {{"self", C.tensor(0)}, {"output_size", adaptiveSize<D>(C)}});
}
Tensors first(Tensors All) {
  All.resize(std::min<size_t>(All.size(), 1));
  return All;
}
template <unsigned D> Tensors adaptiveMax(LayerContext &C) {
  return first(adaptiveMaxIndices<D>(C));
}

template <unsigned D> Tensors fractionalIndices(LayerContext &C) {
  TensorArg X = C.tensor(0);
  Ints Kernel = C.ints("kernel_size", D), Out;
  if (C.has("output_size"))
    Out = C.ints("output_size", D);
  else if (C.has("output_ratio")) {
    std::vector<double> Ratio = C.numbers("output_ratio");
    Ratio.resize(D, Ratio.empty() ? 1 : Ratio.back());
    for (unsigned I = 0; I < D; ++I)
      Out.push_back(static_cast<int64_t>(
          static_cast<double>(C.size(X, static_cast<int64_t>(I) - D)) * Ratio[I]));
  } else
    return {C.reject("either output_size or output_ratio must be given"), TensorArg::undefined()};
  TensorArg Samples = C.tensorOption("_random_samples");
  if (!Samples.Defined) {
    int64_t Batch = C.dim(X) == D + 1 ? 1 : C.size(X, 0);
    Samples = C.call1("aten::rand", {{"size", Ints{Batch, C.size(X, -int64_t{D} - 1), D}},
                                     {"dtype", C.type(X).Type}});
  }
  return C.call(opName("fractional_max_pool", D), {{"self", X},
                                                   {"kernel_size", Kernel},
                                                   {"output_size", Out},
                                                   {"random_samples", Samples}});
}
template <unsigned D> Tensors fractional(LayerContext &C) {
  return first(fractionalIndices<D>(C));
}

template <unsigned D> Tensors lpPool(LayerContext &C) {
  double P = C.number("norm_type", 2);
  Ints Kernel = C.ints("kernel_size", D);
  TensorArg Out = avgPool(C, pow(C, C.tensor(0), P), Kernel, poolStride(C, D), Ints(D, 0),
                          C.boolean("ceil_mode"), true);
  int64_t Window = 1;
  for (int64_t K : Kernel)
    Window = saturatingMul(Window, K);
  TensorArg Positive = unary(C, "aten::relu", unary(C, "aten::abs", Out));
  TensorArg Sign = unary(C, "aten::sign", Out);
  Out = binary(C, "aten::mul.Tensor", Sign, Positive);
  return {pow(C, binary(C, "aten::mul.Scalar", Out, Window), 1 / P)};
}

/// F::_unpool_output_size. Empty when LibTorch rejects the wanted size.
template <unsigned D> Ints unpoolSize(LayerContext &C, Ints Wanted) {
  Ints Kernel = C.ints("kernel_size", D), Stride = poolStride(C, D);
  Ints Padding = C.ints("padding", D, 0), Size;
  for (unsigned I = 0; I < D; ++I)
    Size.push_back((C.size(C.tensor(0), I + 2) - 1) * Stride[I] + Kernel[I] - 2 * Padding[I]);
  if (Wanted.empty())
    return Size;
  if (Wanted.size() != D + 2)
    return {};
  Wanted.erase(Wanted.begin(), Wanted.begin() + 2);
  for (unsigned I = 0; I < D; ++I)
    if (Wanted[I] < Size[I] - Stride[I] || Wanted[I] > Size[I] + Stride[I])
      return {};
  return Wanted;
}
template <unsigned D> Tensors unpool(LayerContext &C, Ints Wanted) {
  TensorArg X = C.tensor(0), Indices = C.tensor(1);
  Ints Size = unpoolSize<D>(C, Wanted);
  if (Size.empty())
    return {C.reject("output_size is out of range")};
  if constexpr (D == 1) {
    Size.push_back(1);
    TensorArg Indices4 = unsqueeze(C, Indices, 3), X4 = unsqueeze(C, X, 3);
    TensorArg Out = C.call1("aten::max_unpool2d",
                            {{"self", X4}, {"indices", Indices4}, {"output_size", Size}});
    return {squeeze(C, Out, 3)};
  } else if constexpr (D == 2)
    return {C.call1("aten::max_unpool2d",
                    {{"self", X}, {"indices", Indices}, {"output_size", Size}})};
  else
    return {C.call1("aten::max_unpool3d", {{"self", X},
                                           {"indices", Indices},
                                           {"output_size", Size},
                                           {"stride", poolStride(C, D)},
                                           {"padding", C.ints("padding", D, 0)}})};
}
template <unsigned D> Tensors runUnpool(LayerContext &C) { return unpool<D>(C, C.intsInput(2)); }
template <unsigned D> Tensors unpoolFunction(LayerContext &C) {
  return unpool<D>(C, C.has("output_size") ? C.ints("output_size") : Ints());
}

constexpr LayerDef Layers[] = {
    {"AvgPool1d", nullptr, avgPoolLayer<1>},
    {"AvgPool2d", nullptr, avgPoolLayer<2>},
    {"AvgPool3d", nullptr, avgPoolLayer<3>},
    {"MaxPool1d", nullptr, maxPool<1>},
    {"MaxPool2d", nullptr, maxPool<2>},
    {"MaxPool3d", nullptr, maxPool<3>},
    {"MaxPool1d::forward_with_indices", nullptr, maxPoolIndices<1>, 2},
    {"MaxPool2d::forward_with_indices", nullptr, maxPoolIndices<2>, 2},
    {"MaxPool3d::forward_with_indices", nullptr, maxPoolIndices<3>, 2},
    {"AdaptiveAvgPool1d", nullptr, adaptiveAvg<1>},
    {"AdaptiveAvgPool2d", nullptr, adaptiveAvg<2>},
    {"AdaptiveAvgPool3d", nullptr, adaptiveAvg<3>},
    {"AdaptiveMaxPool1d", nullptr, adaptiveMax<1>},
    {"AdaptiveMaxPool2d", nullptr, adaptiveMax<2>},
    {"AdaptiveMaxPool3d", nullptr, adaptiveMax<3>},
    {"AdaptiveMaxPool1d::forward_with_indices", nullptr, adaptiveMaxIndices<1>, 2},
    {"AdaptiveMaxPool2d::forward_with_indices", nullptr, adaptiveMaxIndices<2>, 2},
    {"AdaptiveMaxPool3d::forward_with_indices", nullptr, adaptiveMaxIndices<3>, 2},
    {"FractionalMaxPool2d", nullptr, fractional<2>},
    {"FractionalMaxPool3d", nullptr, fractional<3>},
    {"FractionalMaxPool2d::forward_with_indices", nullptr, fractionalIndices<2>, 2},
    {"FractionalMaxPool3d::forward_with_indices", nullptr, fractionalIndices<3>, 2},
    {"LPPool1d", nullptr, lpPool<1>},
    {"LPPool2d", nullptr, lpPool<2>},
    {"MaxUnpool1d", nullptr, runUnpool<1>},
    {"MaxUnpool2d", nullptr, runUnpool<2>},
    {"MaxUnpool3d", nullptr, runUnpool<3>},
};
constexpr FunctionalDef Functionals[] = {
    {"avg_pool1d", avgPoolLayer<1>},
    {"avg_pool2d", avgPoolLayer<2>},
    {"avg_pool3d", avgPoolLayer<3>},
    {"max_pool1d", maxPool<1>},
    {"max_pool2d", maxPool<2>},
    {"max_pool3d", maxPool<3>},
    {"max_pool1d_with_indices", maxPoolIndices<1>, 2},
    {"max_pool2d_with_indices", maxPoolIndices<2>, 2},
    {"max_pool3d_with_indices", maxPoolIndices<3>, 2},
    {"adaptive_avg_pool1d", adaptiveAvg<1>},
    {"adaptive_avg_pool2d", adaptiveAvg<2>},
    {"adaptive_avg_pool3d", adaptiveAvg<3>},
    {"adaptive_max_pool1d", adaptiveMax<1>},
    {"adaptive_max_pool2d", adaptiveMax<2>},
    {"adaptive_max_pool3d", adaptiveMax<3>},
    {"adaptive_max_pool1d_with_indices", adaptiveMaxIndices<1>, 2},
    {"adaptive_max_pool2d_with_indices", adaptiveMaxIndices<2>, 2},
    {"adaptive_max_pool3d_with_indices", adaptiveMaxIndices<3>, 2},
    {"fractional_max_pool2d", fractional<2>},
    {"fractional_max_pool3d", fractional<3>},
    {"fractional_max_pool2d_with_indices", fractionalIndices<2>, 2},
    {"fractional_max_pool3d_with_indices", fractionalIndices<3>, 2},
    {"lp_pool1d", lpPool<1>},
    {"lp_pool2d", lpPool<2>},
    {"max_unpool1d", unpoolFunction<1>},
    {"max_unpool2d", unpoolFunction<2>},
    {"max_unpool3d", unpoolFunction<3>},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::PoolingLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::PoolingFunctionals() { return Functionals; }
