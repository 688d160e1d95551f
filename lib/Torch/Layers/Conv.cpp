// Conv1d-3d and ConvTranspose1d-3d.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
template <unsigned D> void buildConvNd(LayerContext &C, bool Transposed) {
  int64_t In = C.integer("in_channels"), Out = C.integer("out_channels");
  int64_t Groups = C.integer("groups", 1);
  if (Groups <= 0 || In % Groups != 0 || Out % Groups != 0) {
    if (C.unknown() == UnknownId::None)
      C.markUnknown(C.builder().rejected(
          "'Conv" + llvm::Twine(D) + "d' needs channel counts that groups divides: in_channels " +
          llvm::Twine(In) + ", out_channels " + llvm::Twine(Out) + ", groups " +
          llvm::Twine(Groups)));
    Groups = 1;
  }
  Ints Weight = Transposed ? Ints{In, Out / Groups} : Ints{Out, In / Groups};
  llvm::append_range(Weight, C.ints("kernel_size", D));
  C.addParameter("weight", Weight);
  if (C.boolean("bias", true))
    C.addParameter("bias", {Out});
}
/// Until 1.4 an option of Conv2d, too.
bool isTransposed(LayerContext &C) { return C.boolean("transposed", false); }
template <unsigned D> void buildConv(LayerContext &C) { buildConvNd<D>(C, isTransposed(C)); }
template <unsigned D> void buildTransposed(LayerContext &C) { buildConvNd<D>(C, true); }

bool paddingIsText(LayerContext &C) {
  const ArgValue *P = C.option("padding");
  return P && P->as<std::string>();
}

template <unsigned D>
TensorArg convolve(LayerContext &C, TensorArg X, TensorArg Weight, TensorArg Bias,
                   ArgValue Padding) {
  bool Text = Padding.as<std::string>();
  std::string Op = ("aten::conv" + llvm::Twine(D) + "d" + (Text ? ".padding" : "")).str();
  return C.call1(Op, {{"input", X},
                      {"weight", Weight},
                      {"bias", Bias},
                      {"stride", C.ints("stride", D, 1)},
                      {"padding", Padding},
                      {"dilation", C.ints("dilation", D, 1)},
                      {"groups", C.integer("groups", 1)}});
}
template <unsigned D> ArgValue paddingOption(LayerContext &C) {
  if (paddingIsText(C))
    return llvm::StringRef(C.text("padding")).lower();
  return C.ints("padding", D, 0);
}

/// The padding as F::pad takes it: last dimension first, both sides.
template <unsigned D> Ints reversedPadding(LayerContext &C) {
  Ints Pad;
  if (!paddingIsText(C)) {
    Ints P = C.ints("padding", D, 0);
    for (unsigned I = D; I-- > 0;)
      Pad.insert(Pad.end(), 2, P[I]);
    return Pad;
  }
  if (llvm::StringRef(C.text("padding")).lower() == "valid")
    return Ints(2 * D, 0);
  Ints Kernel = C.ints("kernel_size", D), Dilation = C.ints("dilation", D, 1);
  for (unsigned I = 0; I < D; ++I) { // LibTorch does not reverse here
    int64_t Total = Dilation[I] * (Kernel[I] - 1);
    Pad.push_back(Total / 2);
    Pad.push_back(Total - Total / 2);
  }
  return Pad;
}

template <unsigned D> Tensors convFunction(LayerContext &C) {
  return {convolve<D>(C, C.tensor(0), C.tensor(1), C.tensorOption("bias"), paddingOption<D>(C))};
}

template <unsigned D>
TensorArg convolveTransposed(LayerContext &C, TensorArg X, TensorArg Weight, TensorArg Bias,
                             Ints OutputPadding) {
  std::string Op = ("aten::conv_transpose" + llvm::Twine(D) + "d" + (D == 1 ? "" : ".input")).str();
  return C.call1(Op, {{"input", X},
                      {"weight", Weight},
                      {"bias", Bias},
                      {"stride", C.ints("stride", D, 1)},
                      {"padding", C.ints("padding", D, 0)},
                      {"output_padding", OutputPadding},
                      {"groups", C.integer("groups", 1)},
                      {"dilation", C.ints("dilation", D, 1)}});
}
/// The output padding that makes the result as large as forward()'s output_size asks.
template <unsigned D> Ints outputPadding(LayerContext &C) {
  Ints Wanted = C.intsInput(1);
  if (Wanted.empty())
    return C.ints("output_padding", D, 0);
  if (Wanted.size() == D + 2)
    Wanted.erase(Wanted.begin(), Wanted.begin() + 2);
  Ints Stride = C.ints("stride", D, 1), Pad = C.ints("padding", D, 0);
  Ints Kernel = C.ints("kernel_size", D), Extra(D, 0);
  if (Wanted.size() != D) {
    C.markUnknown("output_size must have " + llvm::Twine(D) + " or " + llvm::Twine(D + 2) +
                  " elements");
    return Extra;
  }
  for (unsigned I = 0; I < D; ++I)
    Extra[I] = Wanted[I] - ((C.size(C.tensor(0), I + 2) - 1) * Stride[I] - 2 * Pad[I] + Kernel[I]);
  return Extra;
}
template <unsigned D> Tensors runTransposed(LayerContext &C) {
  if (C.text("padding_mode", "Zeros") != "Zeros")
    return {C.reject("only 'Zeros' padding mode is supported for ConvTranspose" +
                     llvm::Twine(D) + "d")};
  return {convolveTransposed<D>(C, C.tensor(0), C.parameter("weight"), C.parameter("bias"),
                                outputPadding<D>(C))};
}
template <unsigned D> Tensors runConv(LayerContext &C) {
  if (isTransposed(C))
    return runTransposed<D>(C);
  TensorArg X = C.tensor(0), Weight = C.parameter("weight"), Bias = C.parameter("bias");
  std::string Mode = C.text("padding_mode", "Zeros");
  if (Mode == "Zeros")
    return {convolve<D>(C, X, Weight, Bias, paddingOption<D>(C))};
  TensorArg Padded = pad(C, X, reversedPadding<D>(C), Mode, 0);
  return {convolve<D>(C, Padded, Weight, Bias, Ints(D, 0))};
}
template <unsigned D> Tensors transposedFunction(LayerContext &C) {
  return {convolveTransposed<D>(C, C.tensor(0), C.tensor(1), C.tensorOption("bias"),
                                C.ints("output_padding", D, 0))};
}

constexpr LayerDef Layers[] = {
    {"Conv1d", buildConv<1>, runConv<1>},
    {"Conv2d", buildConv<2>, runConv<2>},
    {"Conv3d", buildConv<3>, runConv<3>},
    {"ConvTranspose1d", buildTransposed<1>, runTransposed<1>},
    {"ConvTranspose2d", buildTransposed<2>, runTransposed<2>},
    {"ConvTranspose3d", buildTransposed<3>, runTransposed<3>},
};
constexpr FunctionalDef Functionals[] = {
    {"conv1d", convFunction<1>},
    {"conv2d", convFunction<2>},
    {"conv3d", convFunction<3>},
    {"conv_transpose1d", transposedFunction<1>},
    {"conv_transpose2d", transposedFunction<2>},
    {"conv_transpose3d", transposedFunction<3>},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::ConvLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::ConvFunctionals() { return Functionals; }
