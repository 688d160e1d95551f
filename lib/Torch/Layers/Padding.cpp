// Padding modules, F::pad, PixelShuffle, Fold and Unfold.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

TensorArg lower::pad(LayerContext &C, TensorArg X, Ints Pad, llvm::StringRef Mode, double Value) {
  // at::padding_mode
  constexpr llvm::StringLiteral Modes[] = {"Reflect", "Replicate", "Circular", "Constant"};
  auto At = llvm::find(Modes, Mode);
  if (At == std::end(Modes)) {
    C.markUnknown("padding mode '" + Mode + "' is not known");
    return TensorArg::unknown(C.unknown());
  }
  return C.call1("aten::_pad_enum", {{"self", X},
                                     {"pad", Pad},
                                     {"mode", static_cast<int64_t>(At - Modes)},
                                     {"value", Value != 0 ? ArgValue(Value) : ArgValue()}});
}

namespace {
template <unsigned D> Tensors reflection(LayerContext &C) {
  return {pad(C, C.tensor(0), C.ints("padding", 2 * D), "Reflect", 0)};
}
template <unsigned D> Tensors replication(LayerContext &C) {
  return {pad(C, C.tensor(0), C.ints("padding", 2 * D), "Replicate", 0)};
}
template <unsigned D> Tensors constant(LayerContext &C) {
  return {pad(C, C.tensor(0), C.ints("padding", 2 * D), "Constant", C.number("value"))};
}
Tensors zero(LayerContext &C) {
  return {pad(C, C.tensor(0), C.ints("padding", 4), "Constant", 0)};
}
Tensors padFunction(LayerContext &C) {
  return {pad(C, C.tensor(0), C.ints("pad"), C.text("mode", "Constant"), C.number("value"))};
}

Tensors pixelShuffle(LayerContext &C) {
  return {C.call1("aten::pixel_shuffle", {{"self", C.tensor(0)},
                                          {"upscale_factor", C.integer("upscale_factor")}})};
}
Tensors pixelUnshuffle(LayerContext &C) {
  return {C.call1("aten::pixel_unshuffle", {{"self", C.tensor(0)},
                                            {"downscale_factor", C.integer("downscale_factor")}})};
}
Tensors fold(LayerContext &C) {
  int64_t Dim = C.dim(C.tensor(0));
  if (Dim != 2 && Dim != 3)
    return {C.reject("expected a 2D or 3D input, got " + llvm::Twine(Dim) + "D")};
  return {C.call1("aten::col2im", {{"self", C.tensor(0)},
                                   {"output_size", C.ints("output_size", 2)},
                                   {"kernel_size", C.ints("kernel_size", 2)},
                                   {"dilation", C.ints("dilation", 2, 1)},
                                   {"padding", C.ints("padding", 2, 0)},
                                   {"stride", C.ints("stride", 2, 1)}})};
}
Tensors unfold(LayerContext &C) {
  if (int64_t Dim = C.dim(C.tensor(0)); Dim != 4)
    return {C.reject("expected a 4D input, got " + llvm::Twine(Dim) + "D")};
  return {C.call1("aten::im2col", {{"self", C.tensor(0)},
                                   {"kernel_size", C.ints("kernel_size", 2)},
                                   {"dilation", C.ints("dilation", 2, 1)},
                                   {"padding", C.ints("padding", 2, 0)},
                                   {"stride", C.ints("stride", 2, 1)}})};
}

constexpr LayerDef Layers[] = {
    {"ReflectionPad1d", nullptr, reflection<1>},
    {"ReflectionPad2d", nullptr, reflection<2>},
    {"ReflectionPad3d", nullptr, reflection<3>},
    {"ReplicationPad1d", nullptr, replication<1>},
    {"ReplicationPad2d", nullptr, replication<2>},
    {"ReplicationPad3d", nullptr, replication<3>},
    {"ConstantPad1d", nullptr, constant<1>},
    {"ConstantPad2d", nullptr, constant<2>},
    {"ConstantPad3d", nullptr, constant<3>},
    {"ZeroPad2d", nullptr, zero},
    {"PixelShuffle", nullptr, pixelShuffle},
    {"PixelUnshuffle", nullptr, pixelUnshuffle},
    {"Fold", nullptr, fold},
    {"Unfold", nullptr, unfold},
};
constexpr FunctionalDef Functionals[] = {
    {"pad", padFunction},
    {"pixel_shuffle", pixelShuffle},
    {"pixel_unshuffle", pixelUnshuffle},
    {"fold", fold},
    {"unfold", unfold},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::PaddingLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::PaddingFunctionals() { return Functionals; }
