// Upsample, F::interpolate, grid_sample and affine_grid.
#include "Torch/Layers/Lowering.h"
#include <cmath>

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
/// How one interpolation mode is called on an input with D spatial dimensions.
struct Mode {
  llvm::StringLiteral Name;
  unsigned D;
  llvm::StringLiteral Op;
  bool Aligns; ///< takes align_corners
};
constexpr Mode Modes[] = {
    {"Nearest", 1, "aten::upsample_nearest1d", false},
    {"Nearest", 2, "aten::upsample_nearest2d", false},
    {"Nearest", 3, "aten::upsample_nearest3d", false},
    {"NearestExact", 1, "aten::_upsample_nearest_exact1d", false},
    {"NearestExact", 2, "aten::_upsample_nearest_exact2d", false},
    {"NearestExact", 3, "aten::_upsample_nearest_exact3d", false},
    {"Linear", 1, "aten::upsample_linear1d", true},
    {"Bilinear", 2, "aten::upsample_bilinear2d", true},
    {"Bicubic", 2, "aten::upsample_bicubic2d", true},
    {"Trilinear", 3, "aten::upsample_trilinear3d", true},
};

struct Resize {
  Ints Size;
  std::vector<double> Scales; ///< empty when the sizes were given
};
std::optional<Resize> outputSize(LayerContext &C, TensorArg X, unsigned D) {
  if (C.has("size"))
    return Resize{C.ints("size"), {}};
  Resize R;
  std::vector<double> Scales = C.numbers("scale_factor");
  if (Scales.size() != D)
    return std::nullopt;
  for (unsigned I = 0; I < D; ++I)
    R.Size.push_back(static_cast<int64_t>(
        std::floor(static_cast<double>(C.size(X, I + 2)) * Scales[I])));
  if (!C.boolean("recompute_scale_factor"))
    R.Scales = Scales;
  return R;
}

std::vector<NamedArg> resizeArgs(TensorArg X, const Resize &R, unsigned D) {
  constexpr llvm::StringLiteral Names[] = {"scales_d", "scales_h", "scales_w"};
  std::vector<NamedArg> Args = {{"self", X}, {"output_size", R.Size}};
  for (unsigned I = 0; I < D; ++I)
    Args.push_back({D == 1 ? "scales" : Names[3 - D + I].str(),
                    R.Scales.empty() ? ArgValue() : ArgValue(R.Scales[I])});
  return Args;
}

Tensors interpolate(LayerContext &C) {
  TensorArg X = C.tensor(0);
  std::string Name = C.text("mode", "Nearest");
  bool Antialias = C.boolean("antialias");
  int64_t Dim = C.dim(X);
  if (C.has("size") == C.has("scale_factor"))
    return {C.reject("exactly one of size and scale_factor has to be given")};
  if (Dim < 3 || Dim > 5)
    return {C.reject("expected 3D, 4D or 5D input, got " + llvm::Twine(Dim) + "D")};
  unsigned D = static_cast<unsigned>(Dim - 2);
  std::optional<Resize> R = outputSize(C, X, D);
  if (!R)
    return {C.reject("scale_factor needs " + llvm::Twine(D) + " values for " + llvm::Twine(Dim) +
                     "D input")};
  if (Name == "Area")
    return {adaptiveAvgPool(C, X, R->Size)};
  const Mode *M = llvm::find_if(
      Modes, [&](const Mode &Row) { return Row.Name == Name && Row.D == D; });
  if (M == std::end(Modes))
    return {C.reject("mode '" + llvm::Twine(Name) + "' does not take " + llvm::Twine(Dim) +
                     "D input")};
  std::vector<NamedArg> Args = resizeArgs(X, *R, D);
  if (M->Aligns)
    Args.push_back({"align_corners", C.boolean("align_corners")});
  if (!Antialias)
    return {C.call1(M->Op, std::move(Args))};
  if (D != 2 || !M->Aligns)
    return {C.reject("antialias is only supported for bilinear and bicubic modes")};
  return {C.call1(Name == "Bilinear" ? "aten::_upsample_bilinear2d_aa"
                                     : "aten::_upsample_bicubic2d_aa",
                  std::move(Args))};
}

Tensors gridSample(LayerContext &C) {
  std::string Name = C.text("mode", "Bilinear"), Padding = C.text("padding_mode", "Zeros");
  return {C.call1(
      "aten::grid_sampler",
      {{"input", C.tensor(0)},
       {"grid", C.tensor(1)},
       {"interpolation_mode", Name == "Bilinear" ? 0 : Name == "Nearest" ? 1 : 2},
       {"padding_mode", Padding == "Zeros" ? 0 : Padding == "Border" ? 1 : 2},
       {"align_corners", C.boolean("align_corners")}})};
}
Tensors affineGrid(LayerContext &C) {
  Ints Size = C.intsInput(1);
  TensorArg Theta = C.tensor(0);
  int64_t D = static_cast<int64_t>(Size.size()) - 2;
  if (D != 2 && D != 3)
    return {C.reject("only 4D and 5D sizes are supported, got " + llvm::Twine(Size.size()))};
  if (C.dim(Theta) != 3 || C.size(Theta, 1) != D || C.size(Theta, 2) != D + 1)
    return {C.reject("expected a batch of affine matrices of shape Nx" + llvm::Twine(D) + "x" +
                     llvm::Twine(D + 1) + ", got " + shapeText(C.type(Theta).Shape))};
  return {C.call1("aten::affine_grid_generator", {{"theta", Theta},
                                                  {"size", Size},
                                                  {"align_corners", C.booleanInput(2, false)}})};
}

constexpr LayerDef Layers[] = {
    {"Upsample", nullptr, interpolate},
};
constexpr FunctionalDef Functionals[] = {
    {"interpolate", interpolate},
    {"grid_sample", gridSample},
    {"affine_grid", affineGrid},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::UpsamplingLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::UpsamplingFunctionals() { return Functionals; }
