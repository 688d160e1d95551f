/// \file
/// Interpolation to a given size or by given factors: nearest, (bi-, tri-)linear
/// and bicubic, with the exact and antialiased variants. The overloads .vec take
/// the size or the factors, exactly one of them. Inputs always have a batch.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

llvm::Error checkInput(const TensorType &In, unsigned N, bool AllowsBytes) {
  if (In.rank() != N + 2)
    return reject("input must be " + Twine(N + 2) + "-D (batch, channels, then " + Twine(N) +
                  " to resize), got " + rankText(In));
  for (int64_t S : Shape(In.Shape).drop_front())
    if (S == 0)
      return reject("input has an empty dimension (" + shapeText(In.Shape) + ")");
  if (AllowsBytes && In.Type == DType::UInt8)
    return llvm::Error::success();
  return requireReal("input", In);
}

llvm::Expected<Results> resized(const TensorType &In, Shape Wanted) {
  if (llvm::Error E = requireAtLeast("output_size", Wanted, 1))
    return E;
  TensorType Out = In;
  std::copy(Wanted.begin(), Wanted.end(), Out.Shape.begin() + 2);
  return one(std::move(Out));
}

template <unsigned N, bool AllowsBytes> llvm::Expected<Results> sizeResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  llvm::Expected<Sizes> Wanted = exactList(A, "output_size", N);
  if (!Wanted)
    return Wanted.takeError();
  if (llvm::Error E = checkInput(In, N, AllowsBytes))
    return E;
  return resized(In, *Wanted);
}

/// LibTorch truncates size * factor.
llvm::Expected<Sizes> scaled(const TensorType &In, llvm::ArrayRef<double> Factors, unsigned N) {
  if (Factors.size() != N)
    return reject("scale_factors must be a list of " + Twine(N) + ", got " +
                  Twine(Factors.size()));
  Sizes Out;
  for (unsigned I = 0; I < N; ++I) {
    double Size = static_cast<double>(In.Shape[2 + I]) * Factors[I];
    if (!(Size >= 1 && Size < 1e15))
      return reject("size " + Twine(In.Shape[2 + I]) + " cannot be scaled by " +
                    numberText(Factors[I]));
    Out.push_back(static_cast<int64_t>(Size));
  }
  return Out;
}

template <unsigned N, bool AllowsBytes> llvm::Expected<Results> vecResult(const OpArgs &A) {
  const TensorType &In = A.tensor("input");
  if (A.isNone("output_size") == A.isNone("scale_factors"))
    return reject("give either output_size or scale_factors");
  if (llvm::Error E = checkInput(In, N, AllowsBytes))
    return E;
  llvm::Expected<Sizes> Wanted =
      A.isNone("scale_factors")
          ? exactList(A, "output_size", N)
          : scaled(In, *A.call().find("scale_factors")->as<std::vector<double>>(), N);
  if (!Wanted)
    return Wanted.takeError();
  return resized(In, *Wanted);
}

constexpr llvm::StringLiteral Nearest1dSamples[] = {
    "self=f32[1,3,4] output_size=[8] -> f32[1,3,8]",
    "self=u8[1,3,4] output_size=[2] -> u8[1,3,2]",
    "self=f32[3,4] output_size=[8] -> error",
    "self=f32[1,0,4] output_size=[8] -> error",
};
constexpr llvm::StringLiteral Nearest2dSamples[] = {
    "self=f32[1,3,4,4] output_size=[8,9] -> f32[1,3,8,9]",
    "self=f32[0,3,4,4] output_size=[2,8] -> f32[0,3,2,8]",
    "self=u8[1,3,4,4] output_size=[2,8] -> u8[1,3,2,8]",
    "self=f32[3,4,4] output_size=[8,8] -> error",
    "self=f32[1,3,4,4] output_size=[8] -> error",
    "self=f32[1,3,4,4] output_size=[0,8] -> error",
    "self=f32[1,0,4,4] output_size=[2,8] -> error",
    "self=i64[1,3,4,4] output_size=[2,8] -> error",
};
constexpr llvm::StringLiteral Nearest3dSamples[] = {
    "self=f32[1,3,4,4,4] output_size=[8,4,2] -> f32[1,3,8,4,2]",
    "self=f32[1,3,4,4] output_size=[8,8,8] -> error",
};
constexpr llvm::StringLiteral Nearest1dVecSamples[] = {
    "input=f32[1,3,4] output_size=None scale_factors=[2.0] -> f32[1,3,8]",
    "input=f32[1,3,4] output_size=[8] scale_factors=None -> f32[1,3,8]",
    "input=f32[1,3,4] output_size=None scale_factors=None -> error",
};
constexpr llvm::StringLiteral Nearest2dVecSamples[] = {
    "input=f32[1,3,4,4] output_size=[8,8] scale_factors=None -> f32[1,3,8,8]",
    "input=f32[1,3,4,4] output_size=None scale_factors=[0.3,2.6] -> f32[1,3,1,10]",
    "input=f32[1,3,4,4] output_size=[8,8] scale_factors=[2.0,2.0] -> error",
    "input=f32[1,3,4,4] output_size=None scale_factors=None -> error",
    "input=f32[1,3,4,4] output_size=None scale_factors=[2.0] -> error",
    "input=f32[1,3,4,4] output_size=None scale_factors=[0.2,2.0] -> error",
    "input=f32[3,4,4] output_size=[8,8] scale_factors=None -> error",
};
constexpr llvm::StringLiteral Nearest3dVecSamples[] = {
    "input=f32[1,3,4,4,4] output_size=None scale_factors=[2.0,2.0,2.0] -> f32[1,3,8,8,8]",
    "input=f32[1,3,4,4,4] output_size=[8] scale_factors=None -> error",
};
constexpr llvm::StringLiteral Linear1dSamples[] = {
    "self=f32[1,3,4] output_size=[8] align_corners=false -> f32[1,3,8]",
    "self=f32[3,4] output_size=[8] align_corners=false -> error",
};
constexpr llvm::StringLiteral Linear1dVecSamples[] = {
    "input=f32[1,3,4] output_size=None align_corners=false scale_factors=[2.0] -> f32[1,3,8]",
    "input=f32[1,3,4] output_size=[8] align_corners=false scale_factors=[2.0] -> error",
};
constexpr llvm::StringLiteral Linear2dSamples[] = {
    "self=f32[1,3,4,4] output_size=[8,9] align_corners=false -> f32[1,3,8,9]",
    "self=f32[1,3,4,4] output_size=[4,4] align_corners=true -> f32[1,3,4,4]",
    "self=f32[3,4,4] output_size=[8,8] align_corners=false -> error",
    "self=u8[1,3,4,4] output_size=[8,8] align_corners=false -> error",
    "self=i64[1,3,4,4] output_size=[8,8] align_corners=false -> error",
};
constexpr llvm::StringLiteral Linear2dVecSamples[] = {
    "input=f32[1,3,4,4] output_size=None align_corners=true scale_factors=[2.0,2.0] "
    "-> f32[1,3,8,8]",
    "input=f32[1,3,4,4] output_size=[8,8] align_corners=false scale_factors=None "
    "-> f32[1,3,8,8]",
    "input=f32[1,3,4,4] output_size=None align_corners=true scale_factors=[2.0] -> error",
    "input=f32[1,3,4] output_size=[8,8] align_corners=true scale_factors=None -> error",
};
constexpr llvm::StringLiteral Linear3dSamples[] = {
    "self=f32[1,3,4,4,4] output_size=[8,8,8] align_corners=false -> f32[1,3,8,8,8]",
    "self=f32[3,4,4,4] output_size=[8,8,8] align_corners=false -> error",
};
constexpr llvm::StringLiteral Linear3dVecSamples[] = {
    "input=f32[1,3,4,4,4] output_size=None align_corners=false scale_factors=[2.0,2.0,2.0] "
    "-> f32[1,3,8,8,8]",
    "input=f32[1,3,4,4,4] output_size=None align_corners=false scale_factors=None -> error",
};

// Decoders double the size; the second row resizes images.
constexpr llvm::StringLiteral NearestSweeps[] = {
    "self=f32[B:1..16,C:16..512,H:4..64,H] output_size=[2*H,2*H]",
};
constexpr llvm::StringLiteral LinearSweeps[] = {
    "self=f32[B:1..16,C:16..512,H:4..64,H] output_size=[2*H,2*H] align_corners=false",
    "self=f32[B:1..16,C:{1,3,21},H:28..512,H] output_size=[o:{64,128,224,256},o] "
    "align_corners=false",
};
constexpr llvm::StringLiteral Linear3dSweeps[] = {
    "self=f32[B:1..2,C:8..64,T:4..16,H:8..32,H] output_size=[2*T,2*H,2*H] align_corners=false",
};

// Steps: neighbours weighted and added, for each output element.
constexpr int LinearSteps = 3, BilinearSteps = 7, TrilinearSteps = 15, BicubicSteps = 35;

constexpr OpDef Ops[] = {
    {"aten::upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor",
     sizeResult<1, true>, pointwiseCost<0>, Storage::New, Nearest1dSamples},
    {"aten::upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> "
     "Tensor",
     vecResult<1, true>, pointwiseCost<0>, Storage::New, Nearest1dVecSamples},
    {"aten::upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? "
     "scales_w=None) -> Tensor",
     sizeResult<2, true>, pointwiseCost<0>, Storage::New, Nearest2dSamples, NearestSweeps},
    {"aten::upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> "
     "Tensor",
     vecResult<2, true>, pointwiseCost<0>, Storage::New, Nearest2dVecSamples},
    {"aten::upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? "
     "scales_h=None, float? scales_w=None) -> Tensor",
     sizeResult<3, true>, pointwiseCost<0>, Storage::New, Nearest3dSamples},
    {"aten::upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> "
     "Tensor",
     vecResult<3, true>, pointwiseCost<0>, Storage::New, Nearest3dVecSamples},
    {"aten::_upsample_nearest_exact1d(Tensor self, SymInt[1] output_size, float? scales=None) -> "
     "Tensor",
     sizeResult<1, true>, pointwiseCost<0>, Storage::New, Nearest1dSamples},
    {"aten::_upsample_nearest_exact1d.vec(Tensor input, SymInt[]? output_size, float[]? "
     "scale_factors) -> Tensor",
     vecResult<1, true>, pointwiseCost<0>, Storage::New, Nearest1dVecSamples},
    {"aten::_upsample_nearest_exact2d(Tensor self, SymInt[2] output_size, float? scales_h=None, "
     "float? scales_w=None) -> Tensor",
     sizeResult<2, true>, pointwiseCost<0>, Storage::New, Nearest2dSamples},
    {"aten::_upsample_nearest_exact2d.vec(Tensor input, SymInt[]? output_size, float[]? "
     "scale_factors) -> Tensor",
     vecResult<2, true>, pointwiseCost<0>, Storage::New, Nearest2dVecSamples},
    {"aten::_upsample_nearest_exact3d(Tensor self, SymInt[3] output_size, float? scales_d=None, "
     "float? scales_h=None, float? scales_w=None) -> Tensor",
     sizeResult<3, true>, pointwiseCost<0>, Storage::New, Nearest3dSamples},
    {"aten::_upsample_nearest_exact3d.vec(Tensor input, SymInt[]? output_size, float[]? "
     "scale_factors) -> Tensor",
     vecResult<3, true>, pointwiseCost<0>, Storage::New, Nearest3dVecSamples},
    {"aten::upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? "
     "scales=None) -> Tensor",
     sizeResult<1, false>, pointwiseCost<LinearSteps>, Storage::New, Linear1dSamples},
    {"aten::upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, "
     "float[]? scale_factors) -> Tensor",
     vecResult<1, false>, pointwiseCost<LinearSteps>, Storage::New, Linear1dVecSamples},
    {"aten::upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? "
     "scales_h=None, float? scales_w=None) -> Tensor",
     sizeResult<2, false>, pointwiseCost<BilinearSteps>, Storage::New, Linear2dSamples,
     LinearSweeps},
    {"aten::upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, "
     "float[]? scale_factors) -> Tensor",
     vecResult<2, false>, pointwiseCost<BilinearSteps>, Storage::New, Linear2dVecSamples},
    {"aten::_upsample_bilinear2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? "
     "scales_h=None, float? scales_w=None) -> Tensor",
     sizeResult<2, false>, pointwiseCost<BilinearSteps>, Storage::New, Linear2dSamples},
    {"aten::_upsample_bilinear2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, "
     "float[]? scale_factors) -> Tensor",
     vecResult<2, false>, pointwiseCost<BilinearSteps>, Storage::New, Linear2dVecSamples},
    {"aten::upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? "
     "scales_h=None, float? scales_w=None) -> Tensor",
     sizeResult<2, false>, pointwiseCost<BicubicSteps>, Storage::New, Linear2dSamples,
     LinearSweeps},
    {"aten::upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, "
     "float[]? scale_factors) -> Tensor",
     vecResult<2, false>, pointwiseCost<BicubicSteps>, Storage::New, Linear2dVecSamples},
    {"aten::_upsample_bicubic2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? "
     "scales_h=None, float? scales_w=None) -> Tensor",
     sizeResult<2, false>, pointwiseCost<BicubicSteps>, Storage::New, Linear2dSamples},
    {"aten::_upsample_bicubic2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, "
     "float[]? scale_factors) -> Tensor",
     vecResult<2, false>, pointwiseCost<BicubicSteps>, Storage::New, Linear2dVecSamples},
    {"aten::upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? "
     "scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor",
     sizeResult<3, false>, pointwiseCost<TrilinearSteps>, Storage::New, Linear3dSamples,
     Linear3dSweeps},
    {"aten::upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, "
     "float[]? scale_factors) -> Tensor",
     vecResult<3, false>, pointwiseCost<TrilinearSteps>, Storage::New, Linear3dVecSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> upsampleOps() { return Ops; }
} // namespace energy::torch
