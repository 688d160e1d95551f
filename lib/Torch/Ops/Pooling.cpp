/// \file
/// Max, average, adaptive and fractional pooling of 1 to 3 dimensions, and
/// unpooling. Inputs may lack the batch dimension. Sizes follow LibTorch's
/// pooling_output_shape; a stride left out is the kernel size.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

/// Only the batch may be empty.
llvm::Error requireFilled(const TensorType &In, unsigned N, bool EmptyChannels) {
  unsigned Checked = EmptyChannels ? N : N + 1;
  for (int64_t S : Shape(In.Shape).take_back(Checked))
    if (S == 0)
      return reject("input has an empty dimension (" + shapeText(In.Shape) + ")");
  return llvm::Error::success();
}

struct Window {
  Sizes Kernel, Stride, Padding, Dilation;
  bool Ceil = false;
};

llvm::Error readList(const OpArgs &A, llvm::StringRef Name, unsigned N, Sizes &Out) {
  llvm::Expected<Sizes> L = intList(A, Name, N);
  if (!L)
    return L.takeError();
  Out = std::move(*L);
  return llvm::Error::success();
}

llvm::Error readWindow(const OpArgs &A, unsigned N, bool IsMax, Window &W) {
  if (llvm::Error E = readList(A, "kernel_size", N, W.Kernel))
    return E;
  W.Stride = W.Kernel;
  if (!A.ints("stride").empty())
    if (llvm::Error E = readList(A, "stride", N, W.Stride))
      return E;
  if (llvm::Error E = readList(A, "padding", N, W.Padding))
    return E;
  W.Dilation.assign(N, 1);
  if (IsMax)
    if (llvm::Error E = readList(A, "dilation", N, W.Dilation))
      return E;
  W.Ceil = A.boolean("ceil_mode");
  if (llvm::Error E = requireAtLeast("kernel_size", W.Kernel, 1))
    return E;
  if (llvm::Error E = requireAtLeast("stride", W.Stride, 1))
    return E;
  if (llvm::Error E = requireAtLeast("dilation", W.Dilation, 1))
    return E;
  if (llvm::Error E = requireAtLeast("padding", W.Padding, 0))
    return E;
  for (unsigned I = 0; I < N; ++I)
    if (W.Padding[I] > W.Kernel[I] / 2)
      return reject("padding " + Twine(W.Padding[I]) + " is more than half of the kernel size " +
                    Twine(W.Kernel[I]));
  return llvm::Error::success();
}

/// LibTorch's pooling_output_shape. In ceil mode the last window must start
/// inside the input or the left padding.
int64_t pooledSize(int64_t In, const Window &W, unsigned I) {
  int64_t Stride = W.Stride[I];
  int64_t Room = saturatingAdd(In, 2 * W.Padding[I]) - reach(W.Kernel[I], W.Dilation[I]);
  if (W.Ceil)
    Room = saturatingAdd(Room, Stride - 1);
  // Rounded down, below zero too.
  int64_t Out = Room / Stride + (Room < 0 && Room % Stride != 0 ? 0 : 1);
  if (W.Ceil && saturatingMul(Out - 1, Stride) >= saturatingAdd(In, W.Padding[I]))
    --Out;
  return Out;
}

llvm::Expected<TensorType> pool(const OpArgs &A, unsigned N, bool IsMax, int64_t LeastSize) {
  const TensorType &In = A.tensor("self");
  if (llvm::Error E = requireSpatial(In, N))
    return E;
  Window W;
  if (llvm::Error E = readWindow(A, N, IsMax, W))
    return E;
  if (llvm::Error E = requireFilled(In, N, /*EmptyChannels=*/false))
    return E;
  TensorType Out = In;
  for (unsigned I = 0; I < N; ++I) {
    int64_t &Size = Out.Shape[Out.Shape.size() - N + I];
    int64_t InSize = Size;
    Size = pooledSize(InSize, W, I);
    if (Size < LeastSize)
      return reject("input size " + Twine(InSize) + " is too small for kernel size " +
                    Twine(W.Kernel[I]) + ": the output size would be " + Twine(Size));
  }
  return Out;
}

template <unsigned N> llvm::Expected<Results> maxResult(const OpArgs &A) {
  if (llvm::Error E = requireReal("input", A.tensor("self")))
    return E;
  // max_pool1d has its own kernel, which returns an empty result.
  llvm::Expected<TensorType> Out = pool(A, N, /*IsMax=*/true, N == 1 ? 0 : 1);
  if (!Out)
    return Out.takeError();
  return one(std::move(*Out));
}
template <unsigned N> llvm::Expected<Results> maxIndexResult(const OpArgs &A) {
  if (llvm::Error E = requireReal("input", A.tensor("self")))
    return E;
  llvm::Expected<TensorType> Out = pool(A, N, /*IsMax=*/true, 1);
  if (!Out)
    return Out.takeError();
  return two(*Out, TensorType(DType::Int64, Out->Shape));
}
template <unsigned N> llvm::Expected<Results> averageResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (In.Type != DType::Int64)
    if (llvm::Error E = requireReal("input", In))
      return E;
  if (N > 1 && !A.isNone("divisor_override") && A.integer("divisor_override") == 0)
    return reject("divisor_override must not be 0");
  llvm::Expected<TensorType> Out = pool(A, N, /*IsMax=*/false, 1);
  if (!Out)
    return Out.takeError();
  // Padding does not help avg_pool3d: the kernel must fit into the input itself.
  Sizes Kernel = *intList(A, "kernel_size", N);
  for (unsigned I = 0; N == 3 && I < N; ++I)
    if (int64_t Size = In.Shape[In.Shape.size() - N + I]; Size < Kernel[I])
      return reject("input size " + Twine(Size) + " is smaller than kernel size " +
                    Twine(Kernel[I]));
  return one(std::move(*Out));
}

llvm::Expected<TensorType> adapt(const OpArgs &A, unsigned N, bool EmptyChannels) {
  TensorType Out = A.tensor("self");
  if (llvm::Error E = requireSpatial(Out, N))
    return E;
  llvm::Expected<Sizes> Wanted = exactList(A, "output_size", N);
  if (!Wanted)
    return Wanted.takeError();
  if (llvm::Error E = requireAtLeast("output_size", *Wanted, 0))
    return E;
  if (llvm::Error E = requireReal("input", Out))
    return E;
  if (llvm::Error E = requireFilled(Out, N, EmptyChannels))
    return E;
  std::copy(Wanted->begin(), Wanted->end(), Out.Shape.end() - N);
  return Out;
}
template <unsigned N> llvm::Expected<Results> adaptiveAverageResult(const OpArgs &A) {
  llvm::Expected<TensorType> Out = adapt(A, N, /*EmptyChannels=*/N != 3);
  if (!Out)
    return Out.takeError();
  return one(std::move(*Out));
}
template <unsigned N> llvm::Expected<Results> adaptiveMaxResult(const OpArgs &A) {
  llvm::Expected<TensorType> Out = adapt(A, N, /*EmptyChannels=*/false);
  if (!Out)
    return Out.takeError();
  return two(*Out, TensorType(DType::Int64, Out->Shape));
}

template <unsigned N> llvm::Expected<Results> fractionalResult(const OpArgs &A) {
  llvm::Expected<Sizes> Kernel = exactList(A, "kernel_size", N);
  if (!Kernel)
    return Kernel.takeError();
  if (llvm::Error E = requireAtLeast("kernel_size", *Kernel, 1))
    return E;
  if (llvm::Error E = requireSameType(A, "self", "random_samples"))
    return E;
  const TensorType &In = A.tensor("self");
  llvm::Expected<TensorType> Out = adapt(A, N, /*EmptyChannels=*/false);
  if (!Out)
    return Out.takeError();
  for (unsigned I = 0; I < N; ++I) {
    size_t D = In.Shape.size() - N + I;
    if (saturatingAdd(Out->Shape[D], (*Kernel)[I] - 1) > In.Shape[D])
      return reject("kernel size " + Twine((*Kernel)[I]) + " and output size " +
                    Twine(Out->Shape[D]) + " are too large for the input size " +
                    Twine(In.Shape[D]));
  }
  return two(*Out, TensorType(DType::Int64, Out->Shape));
}

template <unsigned N> llvm::Expected<Results> unpoolResult(const OpArgs &A) {
  const TensorType &Indices = A.tensor("indices"), &In = A.tensor("self");
  if (Indices.Type != DType::Int64)
    return reject("indices must be int64, got " + dtypeName(Indices.Type));
  if (Indices.Shape != In.Shape)
    return reject("indices are " + shapeText(Indices.Shape) + ", input is " +
                  shapeText(In.Shape));
  if (N == 3) {
    llvm::Expected<Sizes> Stride = exactList(A, "stride", N);
    if (!Stride)
      return Stride.takeError();
    if (llvm::Error E = requireAtLeast("stride", *Stride, 1))
      return E;
    llvm::Expected<Sizes> Padding = exactList(A, "padding", N);
    if (!Padding)
      return Padding.takeError();
  }
  llvm::Expected<TensorType> Out = adapt(A, N, /*EmptyChannels=*/false);
  if (!Out)
    return Out.takeError();
  return one(std::move(*Out));
}

/// One step per element of every window.
template <unsigned N> CostFeatures windowCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures F = memoryCost(A, Out);
  Sizes Kernel = A.ints("kernel_size");
  if (Kernel.size() == 1)
    Kernel.assign(N, Kernel[0]);
  F.ElementOps = saturatingMul(Out[0].elements(), elementsOf(Kernel));
  return F;
}

constexpr llvm::StringLiteral Max1dSamples[] = {
    "aten::max_pool1d self=f32[1,4,9] kernel_size=[2] -> f32[1,4,4]",
    "aten::max_pool1d self=f32[4,9] kernel_size=[2] ceil_mode=true -> f32[4,5]",
    "aten::max_pool1d self=f32[1,4,2] kernel_size=[3] -> f32[1,4,0]",
    "aten::max_pool1d self=f32[9] kernel_size=[2] -> error",
    "aten::max_pool1d self=f32[1,4,9] kernel_size=[3] padding=[2] -> error",
    "aten::max_pool1d self=f32[1,4,9] kernel_size=[3] stride=[0] -> error",
    "aten::max_pool1d self=f32[1,4,0] kernel_size=[3] -> error",
};
constexpr llvm::StringLiteral Max1dIndexSamples[] = {
    "aten::max_pool1d_with_indices self=f32[1,4,9] kernel_size=[2] -> f32[1,4,4] i64[1,4,4]",
    "aten::max_pool1d_with_indices self=f32[4,9] kernel_size=[2] -> f32[4,4] i64[4,4]",
    "aten::max_pool1d_with_indices self=f32[1,4,2] kernel_size=[3] -> error",
};
constexpr llvm::StringLiteral Max2dSamples[] = {
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[2,2] -> f32[1,4,4,4]",
    "aten::max_pool2d self=f32[4,9,9] kernel_size=[2,2] -> f32[4,4,4]",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=3 stride=2 -> f32[1,4,4,4]",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[2,2] ceil_mode=true -> f32[1,4,5,5]",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] stride=[2,2] padding=[1,1] "
    "ceil_mode=true -> f32[1,4,5,5]",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] dilation=[4,4] -> f32[1,4,1,1]",
    "aten::max_pool2d self=f32[1,4,2,2] kernel_size=[3,3] ceil_mode=true -> f32[1,4,1,1]",
    "aten::max_pool2d self=f32[0,4,9,9] kernel_size=[2,2] -> f32[0,4,4,4]",
    "aten::max_pool2d self=f32[9,9] kernel_size=[2,2] -> error",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3,3] -> error",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] stride=[0,1] -> error",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[0,3] -> error",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] padding=[2,2] -> error",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] padding=[-1,-1] -> error",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] dilation=[0,1] -> error",
    "aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] dilation=[5,4] -> error",
    "aten::max_pool2d self=f32[1,4,2,2] kernel_size=[3,3] -> error",
    "aten::max_pool2d self=f32[1,4,2,2] kernel_size=[3,3] stride=[1,1] ceil_mode=true -> error",
    "aten::max_pool2d self=f32[1,0,9,9] kernel_size=[2,2] -> error",
    "aten::max_pool2d self=i64[1,4,9,9] kernel_size=[2,2] -> error",
};
constexpr llvm::StringLiteral Max2dIndexSamples[] = {
    "aten::max_pool2d_with_indices self=f32[1,4,9,9] kernel_size=[2,2] ceil_mode=true "
    "-> f32[1,4,5,5] i64[1,4,5,5]",
    "aten::max_pool2d_with_indices self=f32[4,9,9] kernel_size=[2,2] -> f32[4,4,4] i64[4,4,4]",
    "aten::max_pool2d_with_indices self=f32[1,4,2,2] kernel_size=[3,3] -> error",
};
constexpr llvm::StringLiteral Max3dSamples[] = {
    "aten::max_pool3d self=f32[1,4,9,8,7] kernel_size=[2,2,2] -> f32[1,4,4,4,3]",
    "aten::max_pool3d self=f32[4,9,9,9] kernel_size=[1,2,2] -> f32[4,9,4,4]",
    "aten::max_pool3d self=f32[9,9,9] kernel_size=[2,2,2] -> error",
    "aten::max_pool3d self=f32[1,4,1,9,9] kernel_size=[2,2,2] -> error",
};
constexpr llvm::StringLiteral Max3dIndexSamples[] = {
    "aten::max_pool3d_with_indices self=f32[1,4,9,9,9] kernel_size=[2,2,2] ceil_mode=true "
    "-> f32[1,4,5,5,5] i64[1,4,5,5,5]",
    "aten::max_pool3d_with_indices self=f32[9,9,9] kernel_size=[2,2,2] -> error",
};
constexpr llvm::StringLiteral Average1dSamples[] = {
    "aten::avg_pool1d self=f32[1,4,9] kernel_size=[2] -> f32[1,4,4]",
    "aten::avg_pool1d self=i64[4,9] kernel_size=[3] stride=[2] padding=[1] -> i64[4,5]",
    "aten::avg_pool1d self=f32[9] kernel_size=[2] -> error",
    "aten::avg_pool1d self=f32[1,4,9] kernel_size=[3] padding=[2] -> error",
};
constexpr llvm::StringLiteral Average2dSamples[] = {
    "aten::avg_pool2d self=f32[1,4,9,9] kernel_size=[2,2] -> f32[1,4,4,4]",
    "aten::avg_pool2d self=f32[4,9,9] kernel_size=[2,2] ceil_mode=true -> f32[4,5,5]",
    "aten::avg_pool2d self=f32[1,4,9,9] kernel_size=[3,3] divisor_override=2 -> f32[1,4,3,3]",
    "aten::avg_pool2d self=i64[1,4,9,9] kernel_size=[3,3] -> i64[1,4,3,3]",
    "aten::avg_pool2d self=f32[9,9] kernel_size=[2,2] -> error",
    "aten::avg_pool2d self=f32[1,4,9,9] kernel_size=[3,3] padding=[2,2] -> error",
    "aten::avg_pool2d self=f32[1,4,9,9] kernel_size=[3,3] stride=[0,0] -> error",
    "aten::avg_pool2d self=f32[1,4,9,9] kernel_size=[3,3] divisor_override=0 -> error",
    "aten::avg_pool2d self=f32[1,4,2,2] kernel_size=[3,3] -> error",
    "aten::avg_pool2d self=i32[1,4,9,9] kernel_size=[3,3] -> error",
};
constexpr llvm::StringLiteral Average3dSamples[] = {
    "aten::avg_pool3d self=f32[1,4,9,9,9] kernel_size=[5,1,1] stride=[1,1,1] -> f32[1,4,5,9,9]",
    "aten::avg_pool3d self=f32[4,9,9,9] kernel_size=[2,2,2] ceil_mode=true -> f32[4,5,5,5]",
    "aten::avg_pool3d self=f32[9,9,9] kernel_size=[2,2,2] -> error",
    "aten::avg_pool3d self=f32[4,1,9,9] kernel_size=[2,2,2] ceil_mode=true -> error",
    "aten::avg_pool3d self=f32[1,4,9,9,9] kernel_size=[2,2,2] padding=[2,2,2] -> error",
};
constexpr llvm::StringLiteral AdaptiveAverage1dSamples[] = {
    "aten::adaptive_avg_pool1d self=f32[1,4,9] output_size=[3] -> f32[1,4,3]",
    "aten::adaptive_avg_pool1d self=f32[4,9] output_size=[1] -> f32[4,1]",
    "aten::adaptive_avg_pool1d self=f32[9] output_size=[3] -> error",
    "aten::adaptive_avg_pool1d self=f32[1,4,9] output_size=[3,3] -> error",
    "aten::adaptive_avg_pool1d self=f32[4,0] output_size=[2] -> error",
};
constexpr llvm::StringLiteral AdaptiveAverage2dSamples[] = {
    "aten::adaptive_avg_pool2d self=f32[1,4,9,9] output_size=[1,1] -> f32[1,4,1,1]",
    "aten::adaptive_avg_pool2d self=f32[4,9,9] output_size=[3,4] -> f32[4,3,4]",
    "aten::adaptive_avg_pool2d self=f32[1,4,9,9] output_size=[20,20] -> f32[1,4,20,20]",
    "aten::adaptive_avg_pool2d self=f32[1,4,9,9] output_size=[0,0] -> f32[1,4,0,0]",
    "aten::adaptive_avg_pool2d self=f32[9,9] output_size=[3,4] -> error",
    "aten::adaptive_avg_pool2d self=f32[1,4,9,9] output_size=[3] -> error",
    "aten::adaptive_avg_pool2d self=f32[1,4,9,9] output_size=[-1,-1] -> error",
    "aten::adaptive_avg_pool2d self=f32[1,4,0,9] output_size=[2,2] -> error",
    "aten::adaptive_avg_pool2d self=i64[1,4,9,9] output_size=[2,2] -> error",
};
constexpr llvm::StringLiteral AdaptiveAverage3dSamples[] = {
    "aten::adaptive_avg_pool3d self=f32[1,4,9,9,9] output_size=[3,2,1] -> f32[1,4,3,2,1]",
    "aten::adaptive_avg_pool3d self=f32[4,9,9,9] output_size=[1,1,1] -> f32[4,1,1,1]",
    "aten::adaptive_avg_pool3d self=f32[9,9,9] output_size=[2,2,2] -> error",
    "aten::adaptive_avg_pool3d self=i64[1,4,9,9,9] output_size=[2,2,2] -> error",
};
constexpr llvm::StringLiteral AdaptiveMax1dSamples[] = {
    "aten::adaptive_max_pool1d self=f32[1,4,9] output_size=[3] -> f32[1,4,3] i64[1,4,3]",
    "aten::adaptive_max_pool1d self=f32[4,9] output_size=[3] -> f32[4,3] i64[4,3]",
    "aten::adaptive_max_pool1d self=f32[9] output_size=[3] -> error",
};
constexpr llvm::StringLiteral AdaptiveMax2dSamples[] = {
    "aten::adaptive_max_pool2d self=f32[1,4,9,9] output_size=[3,3] -> f32[1,4,3,3] i64[1,4,3,3]",
    "aten::adaptive_max_pool2d self=f32[4,9,9] output_size=[1,1] -> f32[4,1,1] i64[4,1,1]",
    "aten::adaptive_max_pool2d self=f32[9,9] output_size=[3,3] -> error",
    "aten::adaptive_max_pool2d self=f32[9,9,9] output_size=[3] -> error",
    "aten::adaptive_max_pool2d self=f32[1,0,9,9] output_size=[2,2] -> error",
};
constexpr llvm::StringLiteral AdaptiveMax3dSamples[] = {
    "aten::adaptive_max_pool3d self=f32[1,4,9,9,9] output_size=[3,3,3] "
    "-> f32[1,4,3,3,3] i64[1,4,3,3,3]",
    "aten::adaptive_max_pool3d self=f32[9,9,9] output_size=[3,3,3] -> error",
};
constexpr llvm::StringLiteral Fractional2dSamples[] = {
    "aten::fractional_max_pool2d self=f32[1,4,9,9] kernel_size=[2,2] output_size=[8,8] "
    "random_samples=f32[1,4,2] -> f32[1,4,8,8] i64[1,4,8,8]",
    "aten::fractional_max_pool2d self=f32[4,9,9] kernel_size=[2,2] output_size=[5,5] "
    "random_samples=f32[1,4,2] -> f32[4,5,5] i64[4,5,5]",
    "aten::fractional_max_pool2d self=f32[1,4,9,9] kernel_size=[2,2] output_size=[9,9] "
    "random_samples=f32[1,4,2] -> error",
    "aten::fractional_max_pool2d self=f32[1,4,9,9] kernel_size=[2] output_size=[8,8] "
    "random_samples=f32[1,4,2] -> error",
};
constexpr llvm::StringLiteral Fractional3dSamples[] = {
    "aten::fractional_max_pool3d self=f32[1,4,9,9,9] kernel_size=[2,2,2] output_size=[5,5,5] "
    "random_samples=f32[1,4,3] -> f32[1,4,5,5,5] i64[1,4,5,5,5]",
    "aten::fractional_max_pool3d self=f32[1,4,9,9,9] kernel_size=[2,2,2] output_size=[9,9,9] "
    "random_samples=f32[1,4,3] -> error",
};
constexpr llvm::StringLiteral Unpool2dSamples[] = {
    "aten::max_unpool2d self=f32[1,4,3,3] indices=i64[1,4,3,3] output_size=[6,6] -> f32[1,4,6,6]",
    "aten::max_unpool2d self=f32[4,3,3] indices=i64[4,3,3] output_size=[6,6] -> f32[4,6,6]",
    "aten::max_unpool2d self=f32[3,3] indices=i64[3,3] output_size=[6,6] -> error",
    "aten::max_unpool2d self=f32[1,4,3,3] indices=i64[1,4,3,2] output_size=[6,6] -> error",
    "aten::max_unpool2d self=f32[1,4,3,3] indices=f32[1,4,3,3] output_size=[6,6] -> error",
    "aten::max_unpool2d self=f32[1,4,3,3] indices=i64[1,4,3,3] output_size=[6] -> error",
    "aten::max_unpool2d self=f32[1,4,0,3] indices=i64[1,4,0,3] output_size=[6,6] -> error",
};
constexpr llvm::StringLiteral Unpool3dSamples[] = {
    "aten::max_unpool3d self=f32[1,4,3,3,3] indices=i64[1,4,3,3,3] output_size=[6,6,6] "
    "stride=[2,2,2] padding=[0,0,0] -> f32[1,4,6,6,6]",
    "aten::max_unpool3d self=f32[3,3,3] indices=i64[3,3,3] output_size=[6,6,6] stride=[2,2,2] "
    "padding=[0,0,0] -> error",
    "aten::max_unpool3d self=f32[4,3,3,3] indices=i64[4,3,3,3] output_size=[6,6,6] "
    "stride=[0,2,2] padding=[0,0,0] -> error",
};

constexpr llvm::StringLiteral Sweeps1d[] = {
    "self=f32[B:1..64,C:8..256,L:64..8192] kernel_size=[k:{2,3}] stride=[2]",
};
// Stems (k 3, s 2, p 1), VGG-like halving, detector's k 5, s 1, p 2.
constexpr llvm::StringLiteral Sweeps2d[] = {
    "self=f32[B:1..64,C:8..512,H:4..224,H] kernel_size=[2,2] stride=[2,2]",
    "self=f32[B:1..32,C:32..512,H:7..112,H] kernel_size=[3,3] stride=[s:{1,2},s] padding=[1,1]",
    "self=f32[B:1..8,C:64..512,H:10..40,H] kernel_size=[5,5] stride=[1,1] padding=[2,2]",
};
constexpr llvm::StringLiteral Sweeps3d[] = {
    "self=f32[B:1..4,C:8..64,T:4..32,H:8..64,H] kernel_size=[2,2,2] stride=[2,2,2]",
};
constexpr llvm::StringLiteral Average3dSweeps[] = {
    "self=f32[B:1..4,C:8..64,T:4..32,H:8..64,H] kernel_size=[2,2,2] stride=[2,2,2]",
    "self=f32[B:1..8,1,C:64..256,H:13..56,H] kernel_size=[5,1,1] stride=[1,1,1]",
};
constexpr llvm::StringLiteral Adaptive1dSweeps[] = {
    "self=f32[B:1..64,C:8..512,L:16..4096] output_size=[o:{1,2,7,16}]",
};
constexpr llvm::StringLiteral Adaptive2dSweeps[] = {
    "self=f32[B:1..64,C:64..2048,H:2..28,H] output_size=[1,1]",
    "self=f32[B:1..64,C:64..1024,H:7..56,H] output_size=[o:{2,6,7},o]",
};
constexpr llvm::StringLiteral Adaptive3dSweeps[] = {
    "self=f32[B:1..8,C:16..512,T:2..16,H:4..28,H] output_size=[1,1,1]",
};

constexpr OpDef Ops[] = {
    {"aten::max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], "
     "int[1] dilation=[1], bool ceil_mode=False) -> Tensor",
     maxResult<1>, windowCost<1>, Storage::New, Max1dSamples, Sweeps1d},
    {"aten::max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] "
     "padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> (Tensor, Tensor)",
     maxIndexResult<1>, windowCost<1>, Storage::New, Max1dIndexSamples},
    {"aten::max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, "
     "int[2] dilation=1, bool ceil_mode=False) -> Tensor",
     maxResult<2>, windowCost<2>, Storage::New, Max2dSamples, Sweeps2d},
    {"aten::max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] "
     "padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",
     maxIndexResult<2>, windowCost<2>, Storage::New, Max2dIndexSamples},
    {"aten::max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, "
     "int[3] dilation=1, bool ceil_mode=False) -> Tensor",
     maxResult<3>, windowCost<3>, Storage::New, Max3dSamples, Sweeps3d},
    {"aten::max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] "
     "padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",
     maxIndexResult<3>, windowCost<3>, Storage::New, Max3dIndexSamples},
    {"aten::avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], bool "
     "ceil_mode=False, bool count_include_pad=True) -> Tensor",
     averageResult<1>, windowCost<1>, Storage::New, Average1dSamples, Sweeps1d},
    {"aten::avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool "
     "ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor",
     averageResult<2>, windowCost<2>, Storage::New, Average2dSamples, Sweeps2d},
    {"aten::avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool "
     "ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor",
     averageResult<3>, windowCost<3>, Storage::New, Average3dSamples, Average3dSweeps},
    {"aten::adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor",
     adaptiveAverageResult<1>, reductionCost<1>, Storage::New, AdaptiveAverage1dSamples,
     Adaptive1dSweeps},
    {"aten::adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor",
     adaptiveAverageResult<2>, reductionCost<1>, Storage::New, AdaptiveAverage2dSamples,
     Adaptive2dSweeps},
    {"aten::adaptive_avg_pool3d(Tensor self, int[3] output_size) -> Tensor",
     adaptiveAverageResult<3>, reductionCost<1>, Storage::New, AdaptiveAverage3dSamples,
     Adaptive3dSweeps},
    {"aten::adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)",
     adaptiveMaxResult<1>, reductionCost<1>, Storage::New, AdaptiveMax1dSamples},
    {"aten::adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)",
     adaptiveMaxResult<2>, reductionCost<1>, Storage::New, AdaptiveMax2dSamples, Adaptive2dSweeps},
    {"aten::adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)",
     adaptiveMaxResult<3>, reductionCost<1>, Storage::New, AdaptiveMax3dSamples},
    {"aten::fractional_max_pool2d(Tensor self, int[2] kernel_size, int[2] output_size, Tensor "
     "random_samples) -> (Tensor, Tensor)",
     fractionalResult<2>, windowCost<2>, Storage::New, Fractional2dSamples},
    {"aten::fractional_max_pool3d(Tensor self, int[3] kernel_size, int[3] output_size, Tensor "
     "random_samples) -> (Tensor, Tensor)",
     fractionalResult<3>, windowCost<3>, Storage::New, Fractional3dSamples},
    {"aten::max_unpool2d(Tensor self, Tensor indices, int[2] output_size) -> Tensor",
     unpoolResult<2>, reductionCost<1>, Storage::New, Unpool2dSamples},
    {"aten::max_unpool3d(Tensor self, Tensor indices, int[3] output_size, int[3] stride, int[3] "
     "padding) -> Tensor",
     unpoolResult<3>, reductionCost<1>, Storage::New, Unpool3dSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> poolingOps() { return Ops; }
} // namespace energy::torch
