/// \file
/// Convolutions of 1, 2 and 3 dimensions, with and without a batch dimension,
/// and their transposes. LibTorch's checks, in its order: rank, weight, groups,
/// channels, bias, then the window.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

struct Window {
  Sizes Stride, Padding, Dilation, OutputPadding;
};

llvm::Expected<Window> readWindow(const OpArgs &A, unsigned N) {
  Window W;
  llvm::Expected<Sizes> Stride = intList(A, "stride", N);
  if (!Stride)
    return Stride.takeError();
  llvm::Expected<Sizes> Dilation = intList(A, "dilation", N);
  if (!Dilation)
    return Dilation.takeError();
  W.Stride = std::move(*Stride);
  W.Dilation = std::move(*Dilation);
  W.Padding.assign(N, 0);
  W.OutputPadding.assign(N, 0);
  const ArgValue *Padding = A.call().find("padding");
  if (Padding && !Padding->as<std::string>()) {
    llvm::Expected<Sizes> P = intList(A, "padding", N);
    if (!P)
      return P.takeError();
    W.Padding = std::move(*P);
  }
  if (A.call().find("output_padding")) {
    llvm::Expected<Sizes> P = intList(A, "output_padding", N);
    if (!P)
      return P.takeError();
    W.OutputPadding = std::move(*P);
  }
  return W;
}

llvm::Error checkWindow(const Window &W, llvm::ArrayRef<int64_t> Kernel) {
  if (llvm::Error E = requireAtLeast("padding", W.Padding, 0))
    return E;
  if (llvm::Error E = requireAtLeast("output_padding", W.OutputPadding, 0))
    return E;
  if (llvm::Error E = requireAtLeast("stride", W.Stride, 1))
    return E;
  if (llvm::Error E = requireAtLeast("dilation", W.Dilation, 1))
    return E;
  return requireAtLeast("kernel size", Kernel, 1);
}

llvm::Error checkWeight(const OpArgs &A, const TensorType &Weight, unsigned N) {
  if (Weight.rank() != N + 2)
    return reject("weight must be " + Twine(N + 2) + "-D, got " + rankText(Weight));
  return requireSameType(A, "input", "weight");
}

/// Groups, channels and bias. Channels is the input's channel count.
llvm::Error checkChannels(const OpArgs &A, const TensorType &Weight, int64_t Channels,
                          bool Transposed) {
  int64_t Groups = A.integer("groups");
  if (Groups < 1)
    return reject("groups must be at least 1, got " + Twine(Groups));
  if (Weight.Shape[0] < 1 || Weight.Shape[0] % Groups != 0)
    return reject((Transposed ? "in_channels " : "out_channels ") + Twine(Weight.Shape[0]) +
                  " must be a positive multiple of groups " + Twine(Groups));
  int64_t Expected = Transposed ? Weight.Shape[0] : saturatingMul(Weight.Shape[1], Groups);
  if (Transposed && Weight.Shape[1] < 1)
    return reject("weight has no output channels (" + shapeText(Weight.Shape) + ")");
  if (Channels != Expected)
    return reject("input has " + Twine(Channels) + " channels, weight expects " +
                  Twine(Expected) +
                  (Groups > 1 ? " (groups " + Twine(Groups) + ")" : Twine()));
  int64_t OutChannels = Transposed ? saturatingMul(Weight.Shape[1], Groups) : Weight.Shape[0];
  if (llvm::Error E = requireVector(A, "bias", OutChannels))
    return E;
  return A.tensorIf("bias") ? requireSameType(A, "input", "bias") : llvm::Error::success();
}

llvm::Expected<int64_t> slide(int64_t In, int64_t Kernel, const Window &W, unsigned I) {
  int64_t Padded = saturatingAdd(In, saturatingMul(2, W.Padding[I]));
  int64_t Reach = reach(Kernel, W.Dilation[I]);
  if (Reach > Padded)
    return reject("kernel size " + Twine(Reach) +
                  (W.Dilation[I] > 1 ? " (dilated)" : "") +
                  " is larger than the padded input size " + Twine(Padded));
  return (Padded - Reach) / W.Stride[I] + 1;
}

llvm::Expected<int64_t> unslide(int64_t In, int64_t Kernel, const Window &W, unsigned I) {
  if (W.OutputPadding[I] >= W.Stride[I] && W.OutputPadding[I] >= W.Dilation[I])
    return reject("output_padding " + Twine(W.OutputPadding[I]) +
                  " must be smaller than stride " + Twine(W.Stride[I]) + " or dilation " +
                  Twine(W.Dilation[I]));
  int64_t Full = saturatingAdd(saturatingMul(In - 1, W.Stride[I]), reach(Kernel, W.Dilation[I]));
  int64_t Out = saturatingAdd(Full, W.OutputPadding[I]) - saturatingMul(2, W.Padding[I]);
  if (Out < 1)
    return reject("output size " + Twine(Out) + " is too small: padding " +
                  Twine(W.Padding[I]) + " removes all of the input size " + Twine(In));
  return Out;
}

/// Sizes of the spatial dimensions of the result. SamePadding keeps the input's.
llvm::Expected<Sizes> spatial(llvm::ArrayRef<int64_t> In, llvm::ArrayRef<int64_t> Kernel,
                              const Window &W, bool Transposed, bool SamePadding) {
  Sizes Out;
  for (unsigned I = 0; I < In.size(); ++I) {
    if (In[I] == 0)
      return reject("input has a spatial dimension of size 0");
    if (SamePadding) {
      Out.push_back(In[I]);
      continue;
    }
    llvm::Expected<int64_t> Size =
        Transposed ? unslide(In[I], Kernel[I], W, I) : slide(In[I], Kernel[I], W, I);
    if (!Size)
      return Size.takeError();
    Out.push_back(*Size);
  }
  return Out;
}

llvm::Expected<bool> isSamePadding(const OpArgs &A, const Window &W) {
  const ArgValue *Padding = A.call().find("padding");
  const std::string *Mode = Padding ? Padding->as<std::string>() : nullptr;
  if (!Mode || *Mode == "valid")
    return false;
  if (*Mode != "same")
    return reject("padding must be 'same' or 'valid', got '" + *Mode + "'");
  for (int64_t S : W.Stride)
    if (S != 1)
      return reject("padding 'same' needs stride 1, got " + Twine(S));
  return true;
}

llvm::Expected<Results> convolve(const OpArgs &A, unsigned N, bool Transposed) {
  const TensorType &In = A.tensor("input"), &Weight = A.tensor("weight");
  if (llvm::Error E = requireSpatial(In, N))
    return E;
  if (llvm::Error E = checkWeight(A, Weight, N))
    return E;
  llvm::Expected<Window> W = readWindow(A, N);
  if (!W)
    return W.takeError();
  llvm::ArrayRef<int64_t> Kernel = llvm::ArrayRef(Weight.Shape).drop_front(2);
  if (llvm::Error E = checkWindow(*W, Kernel))
    return E;
  llvm::ArrayRef<int64_t> Image = llvm::ArrayRef(In.Shape).take_back(N);
  if (llvm::Error E = checkChannels(A, Weight, In.Shape[In.Shape.size() - N - 1], Transposed))
    return E;
  llvm::Expected<bool> Same = isSamePadding(A, *W);
  if (!Same)
    return Same.takeError();
  llvm::Expected<Sizes> OutImage = spatial(Image, Kernel, *W, Transposed, *Same);
  if (!OutImage)
    return OutImage.takeError();
  TensorType Out(In.Type, {});
  if (In.rank() == N + 2)
    Out.Shape.push_back(In.Shape[0]);
  Out.Shape.push_back(Transposed ? saturatingMul(Weight.Shape[1], A.integer("groups"))
                                 : Weight.Shape[0]);
  Out.Shape.append(OutImage->begin(), OutImage->end());
  return one(std::move(Out));
}

template <unsigned N> llvm::Expected<Results> convResult(const OpArgs &A) {
  return convolve(A, N, /*Transposed=*/false);
}
template <unsigned N> llvm::Expected<Results> transposeResult(const OpArgs &A) {
  return convolve(A, N, /*Transposed=*/true);
}
/// The general form has no unbatched inputs; its rank is the weight's.
llvm::Expected<Results> generalResult(const OpArgs &A) {
  const TensorType &In = A.tensor("input"), &Weight = A.tensor("weight");
  if (Weight.rank() < 3 || Weight.rank() > 5)
    return reject("weight must be 3-D, 4-D or 5-D, got " + rankText(Weight));
  if (In.rank() != Weight.rank())
    return reject("input must be " + Twine(Weight.rank()) + "-D as the weight, got " +
                  rankText(In));
  const ArgValue *Transposed = A.call().find("transposed");
  return convolve(A, static_cast<unsigned>(Weight.rank() - 2),
                  Transposed && A.boolean("transposed"));
}

/// Every output element is a dot product over one group's input channels and the
/// kernel; transposed, every input element is multiplied into as many outputs.
CostFeatures macCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out, bool Transposed) {
  int64_t BiasSteps = A.tensorIf("bias") ? Out[0].elements() : 0;
  CostFeatures F = layerCost(A, Out, BiasSteps);
  int64_t Each = elementsOf(Shape(A.tensor("weight").Shape).drop_front());
  F.Macs = saturatingMul(Transposed ? A.tensor("input").elements() : Out[0].elements(), Each);
  return F;
}
CostFeatures convCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return macCost(A, Out, /*Transposed=*/false);
}
CostFeatures transposeCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return macCost(A, Out, /*Transposed=*/true);
}
CostFeatures generalCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return macCost(A, Out, A.boolean("transposed"));
}

constexpr llvm::StringLiteral Conv1dSamples[] = {
    "aten::conv1d input=f32[1,4,8] weight=f32[5,4,3] stride=[2] -> f32[1,5,3]",
    "aten::conv1d input=f32[4,8] weight=f32[5,4,3] -> f32[5,6]",
    "aten::conv1d input=f32[2,4,8] weight=f32[6,2,3] bias=f32[6] padding=[2] dilation=[2] groups=2 "
    "-> f32[2,6,8]",
    "aten::conv1d input=f32[8] weight=f32[5,4,3] -> error",
    "aten::conv1d input=f32[1,3,8] weight=f32[5,4,3] -> error",
    "aten::conv1d input=f32[1,4,8] weight=f32[5,4,3,3] -> error",
};
constexpr llvm::StringLiteral Conv1dPaddingSamples[] = {
    "aten::conv1d.padding input=f32[1,4,8] weight=f32[5,4,3] padding=\"same\" -> f32[1,5,8]",
    "aten::conv1d.padding input=f32[1,4,8] weight=f32[5,4,3] -> f32[1,5,6]",
    "aten::conv1d.padding input=f32[1,4,8] weight=f32[5,4,3] padding=\"same\" stride=[2] -> error",
};
constexpr llvm::StringLiteral Conv2dSamples[] = {
    "aten::conv2d input=f32[1,3,32,32] weight=f32[8,3,3,3] -> f32[1,8,30,30]",
    "aten::conv2d input=f32[3,32,32] weight=f32[8,3,3,3] -> f32[8,30,30]",
    "aten::conv2d input=f32[1,3,32,32] weight=f32[8,3,3,3] bias=f32[8] stride=[2,2] padding=[1,1] "
    "-> f32[1,8,16,16]",
    "aten::conv2d input=f32[2,4,9,9] weight=f32[8,2,3,3] groups=2 dilation=[2,2] -> f32[2,8,5,5]",
    "aten::conv2d input=f32[1,6,9,7] weight=f32[6,1,3,5] groups=6 -> f32[1,6,7,3]",
    "aten::conv2d input=f32[0,3,32,32] weight=f32[8,3,3,3] -> f32[0,8,30,30]",
    "aten::conv2d input=f64[1,3,8,8] weight=f64[8,3,3,3] -> f64[1,8,6,6]",
    "aten::conv2d input=bf16[1,3,8,8] weight=bf16[8,3,3,3] -> bf16[1,8,6,6]",
    "aten::conv2d input=f32[32,32] weight=f32[8,3,3,3] -> error",
    "aten::conv2d input=f32[1,1,3,32,32] weight=f32[8,3,3,3] -> error",
    "aten::conv2d input=f32[1,4,32,32] weight=f32[8,3,3,3] -> error",
    "aten::conv2d input=f32[1,4,32,32] weight=f32[7,2,3,3] groups=2 -> error",
    "aten::conv2d input=f32[1,4,32,32] weight=f32[8,4,3,3] groups=2 -> error",
    "aten::conv2d input=f32[1,3,2,2] weight=f32[8,3,3,3] -> error",
    "aten::conv2d input=f32[1,3,4,4] weight=f32[8,3,3,3] dilation=[2,2] -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] stride=[0,1] -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] padding=[-1,1] -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] dilation=[0,1] -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] groups=0 -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3] -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] bias=f32[7] -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] bias=f32[8,1] -> error",
    "aten::conv2d input=f32[1,3,0,8] weight=f32[8,3,3,3] padding=[3,3] -> error",
    "aten::conv2d input=f64[1,3,8,8] weight=f32[8,3,3,3] -> error",
    "aten::conv2d input=i64[1,3,8,8] weight=f32[8,3,3,3] -> error",
    "aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] bias=f64[8] -> error",
};
constexpr llvm::StringLiteral Conv2dPaddingSamples[] = {
    "aten::conv2d.padding input=f32[1,3,32,32] weight=f32[8,3,4,4] padding=\"same\" "
    "-> f32[1,8,32,32]",
    "aten::conv2d.padding input=f32[3,32,32] weight=f32[8,3,3,3] padding=\"same\" dilation=[1,3] "
    "-> f32[8,32,32]",
    "aten::conv2d.padding input=f32[1,3,32,32] weight=f32[8,3,3,3] padding=\"valid\" stride=[2,2] "
    "-> f32[1,8,15,15]",
    "aten::conv2d.padding input=f32[1,3,32,32] weight=f32[8,3,3,3] padding=\"same\" stride=[2,2] "
    "-> error",
    "aten::conv2d.padding input=f32[1,3,32,32] weight=f32[8,3,3,3] padding=\"full\" -> error",
    "aten::conv2d.padding input=f32[1,4,32,32] weight=f32[8,3,3,3] padding=\"same\" -> error",
};
constexpr llvm::StringLiteral Conv3dSamples[] = {
    "aten::conv3d input=f32[1,4,8,9,10] weight=f32[5,4,3,3,3] -> f32[1,5,6,7,8]",
    "aten::conv3d input=f32[4,8,8,8] weight=f32[5,4,1,3,3] padding=[0,1,1] -> f32[5,8,8,8]",
    "aten::conv3d input=f32[1,3,8,8,8] weight=f32[5,4,3,3,3] -> error",
    "aten::conv3d input=f32[8,8,8] weight=f32[5,4,3,3,3] -> error",
};
constexpr llvm::StringLiteral Conv3dPaddingSamples[] = {
    "aten::conv3d.padding input=f32[1,4,8,8,8] weight=f32[5,4,3,3,3] padding=\"same\" "
    "-> f32[1,5,8,8,8]",
    "aten::conv3d.padding input=f32[1,4,8,8,8] weight=f32[5,4,3,3,3] padding=\"same\" stride=2 "
    "-> error",
};
constexpr llvm::StringLiteral Transpose1dSamples[] = {
    "aten::conv_transpose1d input=f32[1,4,8] weight=f32[4,5,3] stride=[2] -> f32[1,5,17]",
    "aten::conv_transpose1d input=f32[4,8] weight=f32[4,5,3] -> f32[5,10]",
    "aten::conv_transpose1d input=f32[1,5,8] weight=f32[4,5,3] -> error",
};
constexpr llvm::StringLiteral Transpose2dSamples[] = {
    "aten::conv_transpose2d.input input=f32[1,3,8,8] weight=f32[3,5,4,4] stride=[2,2] "
    "padding=[1,1] -> f32[1,5,16,16]",
    "aten::conv_transpose2d.input input=f32[3,8,8] weight=f32[3,5,3,3] stride=[2,2] "
    "padding=[1,1] output_padding=[1,1] -> f32[5,16,16]",
    "aten::conv_transpose2d.input input=f32[1,4,8,8] weight=f32[4,5,4,4] bias=f32[10] groups=2 "
    "-> f32[1,10,11,11]",
    "aten::conv_transpose2d.input input=f32[1,3,8,8] weight=f32[3,5,4,4] output_padding=[2,2] "
    "dilation=[3,3] -> f32[1,5,19,19]",
    "aten::conv_transpose2d.input input=f32[1,100,1,1] weight=f32[100,8,4,4] -> f32[1,8,4,4]",
    "aten::conv_transpose2d.input input=f32[1,3,8,8] weight=f32[3,5,4,4] stride=[2,2] "
    "output_padding=[2,2] -> error",
    "aten::conv_transpose2d.input input=f32[1,3,8,8] weight=f32[4,5,4,4] -> error",
    "aten::conv_transpose2d.input input=f32[1,3,8,8] weight=f32[3,5,4,4] bias=f32[3] -> error",
    "aten::conv_transpose2d.input input=f32[1,3,8,8] weight=f32[3,5,4,4] output_padding=[-1,0] "
    "-> error",
    "aten::conv_transpose2d.input input=f32[1,3,1,1] weight=f32[3,5,2,2] padding=[1,1] -> error",
    "aten::conv_transpose2d.input input=f32[1,4,8,8] weight=f32[4,5,4,4] groups=3 -> error",
    "aten::conv_transpose2d.input input=f32[8,8] weight=f32[4,5,4,4] -> error",
};
constexpr llvm::StringLiteral Transpose3dSamples[] = {
    "aten::conv_transpose3d.input input=f32[1,3,4,4,4] weight=f32[3,5,2,2,2] stride=[2,2,2] "
    "-> f32[1,5,8,8,8]",
    "aten::conv_transpose3d.input input=f32[3,4,4,4] weight=f32[3,5,3,3,3] -> f32[5,6,6,6]",
    "aten::conv_transpose3d.input input=f32[1,4,4,4,4] weight=f32[3,5,2,2,2] -> error",
};
constexpr llvm::StringLiteral ConvolutionSamples[] = {
    "aten::convolution input=f32[1,4,8,8] weight=f32[5,4,3,3] bias=None stride=[1] padding=[0] "
    "dilation=[1] transposed=false output_padding=[0] groups=1 -> f32[1,5,6,6]",
    "aten::convolution input=f32[1,5,8,8] weight=f32[5,4,3,3] bias=f32[4] stride=[1,1] "
    "padding=[0,0] dilation=[1,1] transposed=true output_padding=[0,0] groups=1 -> f32[1,4,10,10]",
    "aten::convolution input=f32[4,8,8] weight=f32[5,4,3,3] bias=None stride=[1,1] padding=[0,0] "
    "dilation=[1,1] transposed=false output_padding=[0,0] groups=1 -> error",
    "aten::convolution input=f32[1,4,8,8] weight=f32[5,4,3,3] bias=None stride=[1,1] "
    "padding=[0,0] dilation=[1,1] transposed=true output_padding=[0,0] groups=1 -> error",
};
constexpr llvm::StringLiteral ConvolutionModeSamples[] = {
    "aten::_convolution_mode input=f32[1,4,8,8] weight=f32[5,4,3,3] bias=None stride=[1,1] "
    "padding=\"same\" dilation=[1,1] groups=1 -> f32[1,5,8,8]",
    "aten::_convolution_mode input=f32[1,4,8,8] weight=f32[5,4,3,3] bias=None stride=[2,2] "
    "padding=\"same\" dilation=[1,1] groups=1 -> error",
};
constexpr llvm::StringLiteral UnderscoreConvolutionSamples[] = {
    "aten::_convolution input=f32[1,4,8,8] weight=f32[5,4,3,3] bias=None stride=[1,1] "
    "padding=[1,1] dilation=[1,1] transposed=false output_padding=[0,0] groups=1 benchmark=false "
    "deterministic=false cudnn_enabled=true allow_tf32=true -> f32[1,5,8,8]",
    "aten::_convolution input=f32[1,3,8,8] weight=f32[5,4,3,3] bias=None stride=[1,1] "
    "padding=[1,1] dilation=[1,1] transposed=false output_padding=[0,0] groups=1 benchmark=false "
    "deterministic=false cudnn_enabled=true allow_tf32=true -> error",
};

// First layers on large images, middle layers, late small maps, 1x1, depthwise,
// grouped, asymmetric kernels, and batches of small images.
constexpr llvm::StringLiteral Conv2dSweeps[] = {
    "input=f32[B:1..8,C:{1,3},H:64..512,H] weight=f32[D:16..96,C,k:{3,4,5,7,11},k] "
    "bias=f32[D] stride=[s:{1,2,4},s] padding=[k/2,k/2]",
    "input=f32[B:1..32,C:16..256,H:14..112,H] weight=f32[D:16..256,C,3,3] "
    "stride=[s:{1,2},s] padding=[1,1]",
    "input=f32[B:1..64,C:64..1024,H:2..14,H] weight=f32[D:64..1024,C,3,3] "
    "stride=[s:{1,2},s] padding=[1,1]",
    "input=f32[1,C:16..512,H:4..128,H] weight=f32[D:16..512,C,k:{3,5,7},k] "
    "bias=f32[D] padding=[k/2,k/2]",
    "input=f32[B:1..32,C:16..2048,H:4..56,H] weight=f32[D:16..2048,C,1,1] "
    "stride=[s:{1,2},s]",
    "input=f32[B:1..32,C:16..1024,H:7..112,H] weight=f32[C,1,k:{3,5},k] "
    "stride=[s:{1,2},s] padding=[k/2,k/2] groups=C",
    "groups=g:{2,4,32} input=f32[B:1..16,C:{64,128,256,512},H:7..56,H] "
    "weight=f32[C,C/g,3,3] padding=[1,1]",
    "input=f32[B:1..256,C:1..64,H:8..32,H] weight=f32[D:4..64,C,k:{3,5},k] bias=f32[D]",
    "input=f32[1,C:32..256,H:8..64,H] weight=f32[D:32..256,C,k:{3,7},1] "
    "padding=[k/2,0]",
    "input=f32[1,C:16..256,H:16..96,H] weight=f32[D:16..256,C,3,3] padding=[r:{2,4,8},r] "
    "dilation=[r,r]",
};
constexpr llvm::StringLiteral Conv1dSweeps[] = {
    "input=f32[B:1..32,C:1..512,L:64..8192] weight=f32[D:16..512,C,k:{1,3,5,9}] "
    "bias=f32[D] stride=[s:{1,2}] padding=[k/2]",
    "input=f32[B:1..32,C:16..512,L:64..4096] weight=f32[C,1,k:{3,15,31}] "
    "padding=[k/2] groups=C",
};
constexpr llvm::StringLiteral Conv3dSweeps[] = {
    "input=f32[B:1..4,C:1..64,T:4..32,H:8..64,H] weight=f32[D:8..64,C,k:{1,3},k,k] "
    "bias=f32[D] stride=[s:{1,2},s,s] padding=[k/2,k/2,k/2]",
};
constexpr llvm::StringLiteral Transpose1dSweeps[] = {
    "input=f32[B:1..8,C:8..256,L:16..1024] weight=f32[C,D:8..256,4] "
    "bias=f32[D] stride=[2] padding=[1]",
};
constexpr llvm::StringLiteral Transpose2dSweeps[] = {
    "input=f32[B:1..32,C:8..512,H:2..64,H] weight=f32[C,D:3..512,4,4] "
    "stride=[2,2] padding=[1,1]",
    "input=f32[B:1..32,C:16..512,H:4..64,H] weight=f32[C,D:8..256,2,2] "
    "bias=f32[D] stride=[2,2]",
    "input=f32[B:1..64,C:32..512,1,1] weight=f32[C,D:64..512,4,4]",
};
constexpr llvm::StringLiteral Transpose3dSweeps[] = {
    "input=f32[B:1..2,C:8..64,T:2..16,H:4..32,H] "
    "weight=f32[C,D:8..64,2,2,2] bias=f32[D] stride=[2,2,2]",
};

constexpr OpDef Ops[] = {
    {"aten::conv1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=[1], int[1] "
     "padding=[0], int[1] dilation=[1], int groups=1) -> Tensor",
     convResult<1>, convCost, Storage::New, Conv1dSamples, Conv1dSweeps},
    {"aten::conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=[1], str "
     "padding=\"valid\", int[1] dilation=[1], int groups=1) -> Tensor",
     convResult<1>, convCost, Storage::New, Conv1dPaddingSamples},
    {"aten::conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] "
     "padding=0, int[2] dilation=1, int groups=1) -> Tensor",
     convResult<2>, convCost, Storage::New, Conv2dSamples, Conv2dSweeps},
    {"aten::conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, str "
     "padding=\"valid\", int[2] dilation=1, int groups=1) -> Tensor",
     convResult<2>, convCost, Storage::New, Conv2dPaddingSamples},
    {"aten::conv3d(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, int[3] "
     "padding=0, int[3] dilation=1, int groups=1) -> Tensor",
     convResult<3>, convCost, Storage::New, Conv3dSamples, Conv3dSweeps},
    {"aten::conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, int[3] stride=1, str "
     "padding=\"valid\", int[3] dilation=1, int groups=1) -> Tensor",
     convResult<3>, convCost, Storage::New, Conv3dPaddingSamples},
    {"aten::conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=[1], "
     "int[1] padding=[0], int[1] output_padding=[0], int groups=1, int[1] dilation=[1]) -> Tensor",
     transposeResult<1>, transposeCost, Storage::New, Transpose1dSamples, Transpose1dSweeps},
    {"aten::conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, int[2] "
     "stride=1, int[2] padding=0, int[2] output_padding=0, int groups=1, int[2] dilation=1) -> "
     "Tensor",
     transposeResult<2>, transposeCost, Storage::New, Transpose2dSamples, Transpose2dSweeps},
    {"aten::conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, int[3] "
     "stride=1, int[3] padding=0, int[3] output_padding=0, int groups=1, int[3] dilation=1) -> "
     "Tensor",
     transposeResult<3>, transposeCost, Storage::New, Transpose3dSamples, Transpose3dSweeps},
    {"aten::convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, "
     "int[] dilation, bool transposed, int[] output_padding, int groups) -> Tensor",
     generalResult, generalCost, Storage::New, ConvolutionSamples},
    {"aten::_convolution(Tensor input, Tensor weight, Tensor? bias, int[] stride, int[] padding, "
     "int[] dilation, bool transposed, int[] output_padding, int groups, bool benchmark, bool "
     "deterministic, bool cudnn_enabled, bool allow_tf32) -> Tensor",
     generalResult, generalCost, Storage::New, UnderscoreConvolutionSamples},
    {"aten::_convolution_mode(Tensor input, Tensor weight, Tensor? bias, int[] stride, str "
     "padding, int[] dilation, int groups) -> Tensor",
     generalResult, convCost, Storage::New, ConvolutionModeSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> convOps() { return Ops; }
} // namespace energy::torch
