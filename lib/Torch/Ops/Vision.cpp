/// \file
/// Pixels and patches: pixel and channel shuffling, sampling on a grid, and
/// taking an image apart into sliding blocks and back.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

llvm::Error checkShuffle(const TensorType &In, llvm::StringRef Name, int64_t Factor) {
  if (In.rank() < 3)
    return reject("input must have at least 3 dimensions, got " + rankText(In));
  return requireAtLeast(Name, Factor, 1);
}

llvm::Expected<Results> pixelShuffleResult(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  int64_t R = A.integer("upscale_factor");
  if (llvm::Error E = checkShuffle(Out, "upscale_factor", R))
    return E;
  int64_t &Channels = Out.Shape.end()[-3];
  int64_t Square = saturatingMul(R, R);
  if (Channels % Square != 0)
    return reject("input has " + Twine(Channels) + " channels, not a multiple of " +
                  Twine(Square));
  Channels /= Square;
  Out.Shape.end()[-2] = saturatingMul(Out.Shape.end()[-2], R);
  Out.Shape.end()[-1] = saturatingMul(Out.Shape.end()[-1], R);
  return one(std::move(Out));
}

llvm::Expected<Results> pixelUnshuffleResult(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  int64_t R = A.integer("downscale_factor");
  if (llvm::Error E = checkShuffle(Out, "downscale_factor", R))
    return E;
  for (int64_t *Size : {Out.Shape.end() - 2, Out.Shape.end() - 1}) {
    if (*Size % R != 0)
      return reject("input is " + shapeText(A.tensor("self").Shape) + ", its size " +
                    Twine(*Size) + " is not a multiple of " + Twine(R));
    *Size /= R;
  }
  Out.Shape.end()[-3] = saturatingMul(Out.Shape.end()[-3], saturatingMul(R, R));
  return one(std::move(Out));
}

llvm::Expected<Results> channelShuffleResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  int64_t Groups = A.integer("groups");
  if (llvm::Error E = checkShuffle(In, "groups", Groups))
    return E;
  if (In.Shape[1] % Groups != 0)
    return reject("input has " + Twine(In.Shape[1]) + " channels, not a multiple of " +
                  Twine(Groups) + " groups");
  return one(In);
}

/// Numbers as in LibTorch's GridSamplerInterpolation.
constexpr int64_t BicubicInterpolation = 2;

llvm::Expected<Results> sample(const OpArgs &A, unsigned N) {
  const TensorType &In = A.tensor("input"), &Grid = A.tensor("grid");
  if (In.rank() != N + 2 || Grid.rank() != In.rank())
    return reject("input and grid must be " + Twine(N + 2) + "-D, got " + rankText(In) +
                  " and " + rankText(Grid));
  if (In.Shape[0] != Grid.Shape[0])
    return reject("input has batch size " + Twine(In.Shape[0]) + ", grid has " +
                  Twine(Grid.Shape[0]));
  if (Grid.Shape.back() != N)
    return reject("the grid's last dimension must be " + Twine(N) + ", got " +
                  Twine(Grid.Shape.back()));
  for (int64_t S : Shape(In.Shape).drop_front(2))
    if (S == 0)
      return reject("input has an empty dimension (" + shapeText(In.Shape) + ")");
  if (llvm::Error E = requireReal("input", In))
    return E;
  if (llvm::Error E = requireSameType(A, "input", "grid"))
    return E;
  TensorType Out = In;
  std::copy(Grid.Shape.begin() + 1, Grid.Shape.end() - 1, Out.Shape.begin() + 2);
  return one(std::move(Out));
}
template <unsigned N> llvm::Expected<Results> sampleResult(const OpArgs &A) {
  return sample(A, N);
}
llvm::Expected<Results> anySampleResult(const OpArgs &A) {
  int64_t Rank = A.tensor("input").rank();
  if (Rank != 4 && Rank != 5)
    return reject("input must be 4-D or 5-D, got " + rankText(A.tensor("input")));
  if (Rank == 5 && A.integer("interpolation_mode") == BicubicInterpolation)
    return reject("bicubic interpolation needs a 4-D input, got " + rankText(A.tensor("input")));
  return sample(A, Rank == 5 ? 3 : 2);
}

llvm::Expected<Results> affineGridResult(const OpArgs &A) {
  const TensorType &Theta = A.tensor("theta");
  Sizes Size = A.ints("size");
  if (Size.size() != 4 && Size.size() != 5)
    return reject("size must be a list of 4 or 5, got " + listText(Size));
  int64_t N = static_cast<int64_t>(Size.size()) - 2;
  if (llvm::Error E = requireAtLeast("size", Size, 0))
    return E;
  Sizes Wanted = {Size[0], N, N + 1};
  if (Theta.Shape != Wanted)
    return reject("theta is " + shapeText(Theta.Shape) + ", expected " + shapeText(Wanted));
  TensorType Out(Theta.Type, {Size[0]});
  Out.Shape.append(Size.begin() + 2, Size.end());
  Out.Shape.push_back(N);
  return one(std::move(Out));
}

/// The window of im2col and col2im.
struct Blocks {
  Sizes Kernel, Dilation, Padding, Stride;
};

llvm::Expected<Blocks> readBlocks(const OpArgs &A) {
  Blocks B;
  std::pair<llvm::StringRef, Sizes *> Lists[] = {{"kernel_size", &B.Kernel},
                                                 {"dilation", &B.Dilation},
                                                 {"padding", &B.Padding},
                                                 {"stride", &B.Stride}};
  for (auto &[Name, List] : Lists) {
    llvm::Expected<Sizes> L = exactList(A, Name, 2);
    if (!L)
      return L.takeError();
    if (llvm::Error E = requireAtLeast(Name, *L, Name == "padding" ? 0 : 1))
      return E;
    *List = std::move(*L);
  }
  return B;
}

/// How many blocks fit into an image.
llvm::Expected<int64_t> countBlocks(const Blocks &B, Shape Image) {
  int64_t Count = 1;
  for (unsigned I = 0; I < 2; ++I) {
    int64_t Room = saturatingAdd(Image[I], saturatingMul(2, B.Padding[I])) -
                   reach(B.Kernel[I], B.Dilation[I]);
    if (Room < 0)
      return reject("a block of " + shapeText(B.Kernel) + " does not fit into " +
                    shapeText(Image));
    Count = saturatingMul(Count, Room / B.Stride[I] + 1);
  }
  return Count;
}

/// Rank with a batch dimension or one less; only the batch may be empty.
llvm::Error checkBatched(const TensorType &In, unsigned Rank) {
  if (In.rank() != Rank && In.rank() != Rank - 1)
    return reject("input must be " + Twine(Rank - 1) + "-D (unbatched) or " + Twine(Rank) +
                  "-D (batched), got " + rankText(In));
  for (int64_t S : Shape(In.Shape).take_back(Rank - 1))
    if (S == 0)
      return reject("input has an empty dimension (" + shapeText(In.Shape) + ")");
  return requireFloating("input", In);
}

llvm::Expected<Results> im2colResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  llvm::Expected<Blocks> B = readBlocks(A);
  if (!B)
    return B.takeError();
  if (llvm::Error E = checkBatched(In, 4))
    return E;
  llvm::Expected<int64_t> Count = countBlocks(*B, Shape(In.Shape).take_back(2));
  if (!Count)
    return Count.takeError();
  TensorType Out(In.Type, Shape(In.Shape).drop_back(2));
  Out.Shape.back() = saturatingMul(Out.Shape.back(), elementsOf(B->Kernel));
  Out.Shape.push_back(*Count);
  return one(std::move(Out));
}

llvm::Expected<Results> col2imResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  llvm::Expected<Sizes> Image = exactList(A, "output_size", 2);
  if (!Image)
    return Image.takeError();
  llvm::Expected<Blocks> B = readBlocks(A);
  if (!B)
    return B.takeError();
  if (llvm::Error E = checkBatched(In, 3))
    return E;
  int64_t Rows = In.Shape.end()[-2], Columns = In.Shape.end()[-1];
  int64_t PerBlock = elementsOf(B->Kernel);
  if (Rows % PerBlock != 0)
    return reject("input has " + Twine(Rows) + " rows, not a multiple of the block's " +
                  Twine(PerBlock) + " elements");
  if (llvm::Error E = requireAtLeast("output_size", *Image, 1))
    return E;
  llvm::Expected<int64_t> Count = countBlocks(*B, *Image);
  if (!Count)
    return Count.takeError();
  if (*Count != Columns)
    return reject("input has " + Twine(Columns) + " blocks, " + shapeText(*Image) + " holds " +
                  Twine(*Count));
  TensorType Out(In.Type, Shape(In.Shape).drop_back(2));
  Out.Shape.push_back(Rows / PerBlock);
  Out.Shape.append(Image->begin(), Image->end());
  return one(std::move(Out));
}

constexpr llvm::StringLiteral PixelShuffleSamples[] = {
    "aten::pixel_shuffle self=f32[1,12,4,4] upscale_factor=2 -> f32[1,3,8,8]",
    "aten::pixel_shuffle self=i64[12,4,5] upscale_factor=2 -> i64[3,8,10]",
    "aten::pixel_shuffle self=f32[4,4] upscale_factor=2 -> error",
    "aten::pixel_shuffle self=f32[1,10,4,4] upscale_factor=2 -> error",
    "aten::pixel_shuffle self=f32[1,12,4,4] upscale_factor=0 -> error",
};
constexpr llvm::StringLiteral PixelUnshuffleSamples[] = {
    "aten::pixel_unshuffle self=f32[1,3,4,6] downscale_factor=2 -> f32[1,12,2,3]",
    "aten::pixel_unshuffle self=f32[1,3,5,4] downscale_factor=2 -> error",
    "aten::pixel_unshuffle self=f32[1,3,4,5] downscale_factor=2 -> error",
    "aten::pixel_unshuffle self=f32[4,4] downscale_factor=2 -> error",
    "aten::pixel_unshuffle self=f32[1,3,4,4] downscale_factor=0 -> error",
};
constexpr llvm::StringLiteral ChannelShuffleSamples[] = {
    "aten::channel_shuffle self=f32[1,6,4,4] groups=3 -> f32[1,6,4,4]",
    "aten::channel_shuffle self=i64[2,6,4] groups=2 -> i64[2,6,4]",
    "aten::channel_shuffle self=f32[1,6,4,4] groups=4 -> error",
    "aten::channel_shuffle self=f32[1,6,4,4] groups=0 -> error",
    "aten::channel_shuffle self=f32[6,4] groups=2 -> error",
};
constexpr llvm::StringLiteral SamplerSamples[] = {
    "aten::grid_sampler input=f32[1,3,4,4] grid=f32[1,8,9,2] interpolation_mode=0 padding_mode=0 "
    "align_corners=false -> f32[1,3,8,9]",
    "aten::grid_sampler input=f32[1,3,4,4,4] grid=f32[1,8,9,7,3] interpolation_mode=1 "
    "padding_mode=1 align_corners=false -> f32[1,3,8,9,7]",
    "aten::grid_sampler input=f32[1,3,4,4] grid=f32[2,8,9,2] interpolation_mode=0 padding_mode=0 "
    "align_corners=false -> error",
    "aten::grid_sampler input=f32[1,3,4,4] grid=f32[1,8,9,3] interpolation_mode=0 padding_mode=0 "
    "align_corners=false -> error",
    "aten::grid_sampler input=f32[1,3,4,4,4] grid=f32[1,8,9,7,3] interpolation_mode=2 "
    "padding_mode=0 align_corners=false -> error",
    "aten::grid_sampler input=f32[1,3,4] grid=f32[1,8,2] interpolation_mode=0 padding_mode=0 "
    "align_corners=false -> error",
    "aten::grid_sampler input=f64[1,3,4,4] grid=f32[1,8,9,2] interpolation_mode=0 padding_mode=0 "
    "align_corners=false -> error",
    "aten::grid_sampler input=f32[1,3,0,4] grid=f32[1,8,9,2] interpolation_mode=0 padding_mode=0 "
    "align_corners=false -> error",
};
constexpr llvm::StringLiteral Sampler2dSamples[] = {
    "aten::grid_sampler_2d input=f32[1,3,4,4] grid=f32[1,8,9,2] interpolation_mode=0 "
    "padding_mode=0 align_corners=false -> f32[1,3,8,9]",
    "aten::grid_sampler_2d input=f32[2,3,4,4] grid=f32[1,8,9,2] interpolation_mode=0 "
    "padding_mode=0 align_corners=false -> error",
};
constexpr llvm::StringLiteral Sampler3dSamples[] = {
    "aten::grid_sampler_3d input=f32[1,3,4,4,4] grid=f32[1,8,9,7,3] interpolation_mode=0 "
    "padding_mode=0 align_corners=false -> f32[1,3,8,9,7]",
    "aten::grid_sampler_3d input=f32[1,3,4,4,4] grid=f32[1,8,9,7,2] interpolation_mode=0 "
    "padding_mode=0 align_corners=false -> error",
};
constexpr llvm::StringLiteral AffineGridSamples[] = {
    "aten::affine_grid_generator theta=f32[2,2,3] size=[2,3,4,5] align_corners=false "
    "-> f32[2,4,5,2]",
    "aten::affine_grid_generator theta=f32[2,3,4] size=[2,3,4,5,6] align_corners=false "
    "-> f32[2,4,5,6,3]",
    "aten::affine_grid_generator theta=f32[2,3,4] size=[2,3,4,5] align_corners=false -> error",
    "aten::affine_grid_generator theta=f32[2,2,3] size=[2,3,4] align_corners=false -> error",
    "aten::affine_grid_generator theta=f32[3,2,3] size=[2,3,4,5] align_corners=false -> error",
};
constexpr llvm::StringLiteral Im2colSamples[] = {
    "aten::im2col self=f32[1,3,8,8] kernel_size=[2,2] dilation=[1,1] padding=[0,0] stride=[2,2] "
    "-> f32[1,12,16]",
    "aten::im2col self=f32[3,8,8] kernel_size=[3,3] dilation=[2,2] padding=[1,1] stride=[1,1] "
    "-> f32[27,36]",
    "aten::im2col self=f32[8,8] kernel_size=[2,2] dilation=[1,1] padding=[0,0] stride=[2,2] "
    "-> error",
    "aten::im2col self=f32[1,3,8,8] kernel_size=[9,9] dilation=[1,1] padding=[0,0] stride=[2,2] "
    "-> error",
    "aten::im2col self=f32[1,3,8,8] kernel_size=[2,2] dilation=[1,1] padding=[-1,0] stride=[2,2] "
    "-> error",
    "aten::im2col self=f32[1,3,8,8] kernel_size=[2,2] dilation=[1,1] padding=[0,0] stride=[0,2] "
    "-> error",
    "aten::im2col self=f32[1,0,8,8] kernel_size=[2,2] dilation=[1,1] padding=[0,0] stride=[2,2] "
    "-> error",
};
constexpr llvm::StringLiteral Col2imSamples[] = {
    "aten::col2im self=f32[1,12,16] output_size=[8,8] kernel_size=[2,2] dilation=[1,1] "
    "padding=[0,0] stride=[2,2] -> f32[1,3,8,8]",
    "aten::col2im self=f32[12,16] output_size=[8,8] kernel_size=[2,2] dilation=[1,1] "
    "padding=[0,0] stride=[2,2] -> f32[3,8,8]",
    "aten::col2im self=f32[1,13,16] output_size=[8,8] kernel_size=[2,2] dilation=[1,1] "
    "padding=[0,0] stride=[2,2] -> error",
    "aten::col2im self=f32[1,12,15] output_size=[8,8] kernel_size=[2,2] dilation=[1,1] "
    "padding=[0,0] stride=[2,2] -> error",
    "aten::col2im self=f32[12] output_size=[8,8] kernel_size=[2,2] dilation=[1,1] "
    "padding=[0,0] stride=[2,2] -> error",
};

constexpr llvm::StringLiteral PixelShuffleSweeps[] = {
    "self=f32[B:1..16,C:{12,64,256,512},H:8..128,H] upscale_factor=2",
};
constexpr llvm::StringLiteral ChannelShuffleSweeps[] = {
    "self=f32[B:1..32,C:{48,96,192,384},H:7..56,H] groups=g:{2,3,4}",
};
constexpr llvm::StringLiteral SamplerSweeps[] = {
    "input=f32[B:1..16,C:1..256,H:16..256,H] grid=f32[B,G:16..256,G,2] "
    "interpolation_mode=0 padding_mode=0 align_corners=false",
};
constexpr llvm::StringLiteral Im2colSweeps[] = {
    "self=f32[B:1..16,C:1..256,H:8..128,H] kernel_size=[k:{2,3},k] dilation=[1,1] "
    "padding=[0,0] stride=[s:{1,2},s]",
};
constexpr llvm::StringLiteral Col2imSweeps[] = {
    "self=f32[B:1..16,C:{16,64,256,1024},256] output_size=[32,32] kernel_size=[2,2] "
    "dilation=[1,1] padding=[0,0] stride=[2,2]",
    "self=f32[B:1..16,C:{16,64,256},4096] output_size=[128,128] kernel_size=[2,2] "
    "dilation=[1,1] padding=[0,0] stride=[2,2]",
};

constexpr OpDef Ops[] = {
    {"aten::pixel_shuffle(Tensor self, int upscale_factor) -> Tensor", pixelShuffleResult,
     pointwiseCost<0>, Storage::New, PixelShuffleSamples, PixelShuffleSweeps},
    {"aten::pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor", pixelUnshuffleResult,
     pointwiseCost<0>, Storage::New, PixelUnshuffleSamples},
    {"aten::channel_shuffle(Tensor self, int groups) -> Tensor", channelShuffleResult,
     pointwiseCost<0>, Storage::New, ChannelShuffleSamples, ChannelShuffleSweeps},
    // Four neighbours, each weighted by two distances, and the addressing.
    {"aten::grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool "
     "align_corners) -> Tensor",
     anySampleResult, pointwiseCost<20>, Storage::New, SamplerSamples, SamplerSweeps},
    {"aten::grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, "
     "bool align_corners) -> Tensor",
     sampleResult<2>, pointwiseCost<20>, Storage::New, Sampler2dSamples},
    {"aten::grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, "
     "bool align_corners) -> Tensor",
     sampleResult<3>, pointwiseCost<40>, Storage::New, Sampler3dSamples},
    // An inner product of 3 or 4 terms; not counted as a matrix product.
    {"aten::affine_grid_generator(Tensor theta, int[] size, bool align_corners) -> Tensor",
     affineGridResult, pointwiseCost<6>, Storage::New, AffineGridSamples},
    {"aten::im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] "
     "stride) -> Tensor",
     im2colResult, pointwiseCost<0>, Storage::New, Im2colSamples, Im2colSweeps},
    {"aten::col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] "
     "padding, int[2] stride) -> Tensor",
     col2imResult, reductionCost<1>, Storage::New, Col2imSamples, Col2imSweeps},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> visionOps() { return Ops; }
} // namespace energy::torch
