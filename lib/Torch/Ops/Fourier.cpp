/// \file
/// Fourier transforms of one and of several dimensions, and of short times. Values and
/// normalisation do not concern shapes.
#include "Torch/Rules.h"
#include "llvm/Support/MathExtras.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
/// The dimensions that are transformed, and to how many points each.
struct Axes {
  Sizes Dims, Points;
  bool LastIsWhole = false; ///< as many points as the last of them has
};

/// `n` points of one dimension, or `s` points of several; without `dim` all of them, or the
/// last ones that `s` names.
template <bool Several> llvm::Expected<Axes> axesOf(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  llvm::StringRef Name = Several ? "s" : "n";
  Sizes Wanted, Dims;
  if (!A.isNone(Name))
    Wanted = Several ? A.ints("s") : Sizes{A.integer("n")};
  if (!A.isNone("dim"))
    Dims = Several ? A.ints("dim") : Sizes{A.integer("dim")};
  else
    for (int64_t D = A.isNone(Name) ? Self.rank() : static_cast<int64_t>(Wanted.size()); D > 0; --D)
      Dims.push_back(-D);
  if (!A.isNone(Name) && Wanted.size() != Dims.size())
    return reject(Twine(Wanted.size()) + " sizes are given for " + Twine(Dims.size()) + " dimensions");
  if (Self.Shape.empty() && !Dims.empty())
    return reject("a Fourier transform needs a dimension, and the input is one number");
  llvm::Expected<Sizes> Wrapped = wrapDims(Dims, Self.rank());
  if (!Wrapped)
    return Wrapped.takeError();
  Axes Out{*Wrapped, {}};
  for (size_t I = 0; I < Out.Dims.size(); ++I) {
    Out.LastIsWhole = Wanted.empty() || (Several && Wanted[I] == -1);
    Out.Points.push_back(Out.LastIsWhole ? Self.Shape[at(Out.Dims[I])] : Wanted[I]);
  }
  return Out;
}
enum class Side { Both, ///< complex to complex
                  To,   ///< real to half of a complex spectrum
                  From  ///< half of a spectrum to real
};

template <Side Half, bool Several> llvm::Expected<Results> fftRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  if (Half == Side::To && isComplex(Self.Type))
    return reject("rfft needs a real tensor");
  llvm::Expected<Axes> Of = axesOf<Several>(A);
  if (!Of)
    return Of.takeError();
  if (Half != Side::Both && Of->Dims.empty())
    return reject("a transform of real numbers needs at least one dimension");
  if (Half == Side::From && Of->LastIsWhole)
    Of->Points.back() = saturatingMul(2, Of->Points.back() - 1);
  for (int64_t Points : Of->Points)
    if (Points < 1)
      return reject("a Fourier transform needs at least one point, not " + Twine(Points));
  TensorType Out(complexType(Self.Type), Self.Shape);
  if (Half == Side::From)
    Out.Type = realType(Out.Type);
  if (Half == Side::To)
    Of->Points.back() = Of->Points.back() / 2 + 1;
  for (size_t I = 0; I < Of->Dims.size(); ++I)
    Out.Shape[at(Of->Dims[I])] = Of->Points[I];
  return Results{Out};
}
/// About 5 n log2(n) operations for n points; bounded by 5 * 32 per element.
template <bool Several> CostFeatures fftCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  int64_t Points = 1;
  for (int64_t P : llvm::cantFail(axesOf<Several>(A)).Points)
    Points = saturatingMul(Points, P);
  const auto Steps = std::clamp<int64_t>(llvm::Log2_64(static_cast<uint64_t>(Points)), 1, 32);
  return reductionCost(A, Out, 5 * Steps);
}

llvm::Expected<Results> shiftRule(const OpArgs &A) {
  if (!A.isNone("dim"))
    for (int64_t D : A.ints("dim"))
      if (llvm::Expected<int64_t> W = wrapDim(D, A.tensor("self").rank()); !W)
        return W.takeError();
  return likeSelf(A);
}

int64_t hopOf(const OpArgs &A) {
  return A.isNone("hop_length") ? A.integer("n_fft") / 4 : A.integer("hop_length");
}
/// `self` is one signal or a batch of them; frames of n_fft points, hop apart.
llvm::Expected<Results> stftRule(const OpArgs &A) {
  TensorType In = A.tensor("self");
  int64_t Points = A.integer("n_fft");
  if (In.rank() != 1 && In.rank() != 2)
    return reject("stft needs a signal or a batch of signals, not " + shapeText(In.Shape));
  if (isInteger(In.Type))
    return reject("stft needs a floating point or complex signal, not " + dtypeName(In.Type));
  int64_t Length = In.Shape.back();
  if (A.call().boolean("center").value_or(false)) {
    if (A.text("pad_mode") == "reflect" && Points / 2 >= Length)
      return reject("a signal of " + Twine(Length) + " points cannot be reflected by " +
                    Twine(Points / 2));
    Length = saturatingAdd(Length, saturatingMul(2, Points / 2));
  }
  if (Points <= 0 || Points > Length)
    return reject("n_fft " + Twine(Points) + " must be positive and at most " + Twine(Length));
  int64_t Hop = hopOf(A), Window = A.isNone("win_length") ? Points : A.integer("win_length");
  if (Hop <= 0)
    return reject("the hop must be positive, not " + Twine(Hop));
  if (Window <= 0 || Window > Points)
    return reject("win_length " + Twine(Window) + " must lie between 1 and n_fft " + Twine(Points));
  const TensorType *W = A.tensorIf("window");
  if (W && (W->rank() != 1 || W->Shape[0] != Window))
    return reject("the window must be a vector of " + Twine(Window) + " elements");
  bool IsComplex = isComplex(In.Type) || (W && isComplex(W->Type));
  bool OneSided = A.call().boolean("onesided").value_or(!IsComplex);
  if (OneSided && IsComplex)
    return reject("a complex signal has no one-sided transform");
  Sizes Out(In.Shape.begin(), In.Shape.end() - 1);
  Out.append({OneSided ? Points / 2 + 1 : Points, (Length - Points) / Hop + 1});
  DType Type = complexType(In.Type);
  if (!A.call().boolean("return_complex").value_or(IsComplex)) {
    Type = realType(Type);
    Out.push_back(2);
  }
  return Results{TensorType(Type, Out)};
}
/// About 5 log2(n_fft) operations for each point of each frame.
CostFeatures stftCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  int64_t Log = 1;
  for (int64_t N = A.integer("n_fft"); N > 2; N /= 2)
    ++Log;
  C.ElementOps = saturatingMul(5 * Log, saturatingMul(2, Out[0].elements()));
  return C;
}

constexpr llvm::StringLiteral StftSamples[] = {
    "self=f32[100] n_fft=16 return_complex=true -> c64[9,22]",
    "self=f32[2,100] n_fft=16 hop_length=8 window=f32[16] return_complex=true -> c64[2,9,11]",
    "self=f32[100] n_fft=16 onesided=false return_complex=false -> f32[16,22,2]",
    "self=f32[10] n_fft=16 return_complex=true -> error",
    "self=f32[100] n_fft=16 window=f32[8] return_complex=true -> error",
    "self=f32[1,2,100] n_fft=16 return_complex=true -> error",
};
constexpr llvm::StringLiteral StftCenterSamples[] = {
    "self=f32[100] n_fft=16 return_complex=true -> c64[9,26]",
    "self=f32[2,100] n_fft=16 hop_length=8 center=false return_complex=true -> c64[2,9,11]",
    "self=f32[8] n_fft=16 return_complex=true -> error",
};
constexpr llvm::StringLiteral FftSamples[] = {
    "self=f32[2,8] -> c64[2,8]",
    "self=c64[8,2] dim=0 n=4 -> c64[4,2]",
    "self=f32[2,8] dim=2 -> error",
    "self=f32[2,8] n=0 -> error",
};
constexpr llvm::StringLiteral RfftSamples[] = {
    "self=f32[2,8] -> c64[2,5]",
    "self=f32[2,8] n=5 -> c64[2,3]",
    "self=c64[8] -> error",
};
constexpr llvm::StringLiteral IrfftSamples[] = {
    "self=c64[2,5] -> f32[2,8]",
    "self=c64[2,5] n=9 -> f32[2,9]",
    "self=c64[2,1] -> error",
};
constexpr llvm::StringLiteral Fft2Samples[] = {
    "self=f32[3,4,8] -> c64[3,4,8]",
    "self=c64[3,4,8] s=[2,-1] dim=[0,1] -> c64[2,4,8]",
    "self=f32[8] -> error",
    "self=f32[4,8] s=[2] -> error",
    "self=f32[4,8] dim=[1,1] -> error",
    "self=f32[4,8] s=[0,2] -> error",
};
constexpr llvm::StringLiteral Rfft2Samples[] = {
    "self=f32[3,4,8] -> c64[3,4,5]",
    "self=f64[3,4,8] s=[5,6] -> c128[3,5,4]",
    "self=f32[4,8] dim=[1,0] -> c64[3,8]",
    "self=c64[4,8] -> error",
};
constexpr llvm::StringLiteral Irfft2Samples[] = {
    "self=c64[3,4,5] -> f32[3,4,8]",
    "self=c64[3,4,5] s=[2,9] -> f32[3,2,9]",
    "self=c64[3,4,5] s=[2,-1] -> f32[3,2,8]",
    "self=c64[4,1] -> error",
};
constexpr llvm::StringLiteral FftnSamples[] = {
    "self=f32[3,4,8] -> c64[3,4,8]",
    "self=f32[3,4,8] s=[2,6] -> c64[3,2,6]",
    "self=f32[3,4,8] dim=[0,2] -> c64[3,4,8]",
    "self=f32[4,8] s=[2,2,2] -> error",
};
constexpr llvm::StringLiteral RfftnSamples[] = {
    "self=f32[3,4,8] -> c64[3,4,5]",
    "self=f32[3,4,8] s=[2,6] -> c64[3,2,4]",
    "self=c64[4,8] -> error",
};
constexpr llvm::StringLiteral IrfftnSamples[] = {
    "self=c64[3,4,5] -> f32[3,4,8]",
    "self=c64[3,4,5] s=[7] -> f32[3,4,7]",
    "self=c64[3,4,5] dim=[2,0] -> f32[4,4,5]",
    "self=c64[4,1] -> error",
};
constexpr llvm::StringLiteral ShiftSamples[] = {
    "self=f32[2,8] -> f32[2,8]",
    "self=f32[2,8] dim=[1] -> f32[2,8]",
    "self=f32[2,8] dim=[2] -> error",
};

// clang-format off
constexpr OpDef Ops[] = {
    {"aten::stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool normalized=False, bool? onesided=None, bool? return_complex=None) -> Tensor",
     stftRule, stftCost, Storage::New, StftSamples},
    {"aten::stft.center(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, str pad_mode=\"reflect\", bool normalized=False, bool? onesided=None, bool? return_complex=None) -> Tensor",
     stftRule, stftCost, Storage::New, StftCenterSamples},
    {"aten::fft_fft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     fftRule<Side::Both, false>, fftCost<false>, Storage::New, FftSamples},
    {"aten::fft_ifft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     fftRule<Side::Both, false>, fftCost<false>, Storage::New, FftSamples},
    {"aten::fft_rfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     fftRule<Side::To, false>, fftCost<false>, Storage::New, RfftSamples},
    {"aten::fft_irfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     fftRule<Side::From, false>, fftCost<false>, Storage::New, IrfftSamples},
    {"aten::fft_fft2(Tensor self, int[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor",
     fftRule<Side::Both, true>, fftCost<true>, Storage::New, Fft2Samples},
    {"aten::fft_ifft2(Tensor self, int[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor",
     fftRule<Side::Both, true>, fftCost<true>, Storage::New, Fft2Samples},
    {"aten::fft_rfft2(Tensor self, int[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor",
     fftRule<Side::To, true>, fftCost<true>, Storage::New, Rfft2Samples},
    {"aten::fft_irfft2(Tensor self, int[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor",
     fftRule<Side::From, true>, fftCost<true>, Storage::New, Irfft2Samples},
    {"aten::fft_fftn(Tensor self, int[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor",
     fftRule<Side::Both, true>, fftCost<true>, Storage::New, FftnSamples},
    {"aten::fft_ifftn(Tensor self, int[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor",
     fftRule<Side::Both, true>, fftCost<true>, Storage::New, FftnSamples},
    {"aten::fft_rfftn(Tensor self, int[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor",
     fftRule<Side::To, true>, fftCost<true>, Storage::New, RfftnSamples},
    {"aten::fft_irfftn(Tensor self, int[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor",
     fftRule<Side::From, true>, fftCost<true>, Storage::New, IrfftnSamples},
    {"aten::fft_fftshift(Tensor self, int[1]? dim=None) -> Tensor",
     shiftRule, memoryCost, Storage::New, ShiftSamples},
    {"aten::fft_ifftshift(Tensor self, int[1]? dim=None) -> Tensor",
     shiftRule, memoryCost, Storage::New, ShiftSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::fourierOps() { return Ops; }
