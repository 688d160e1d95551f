/// \file
/// Padding of the last dimensions: constant, reflecting, replicating, circular.
/// The pad list is [left, right] of the last dimension, then of the one before
/// it, and so on; negative values crop.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

enum class Mode : int64_t { Reflect, Replicate, Circular, Constant };

llvm::Expected<Results> constant(const TensorType &In, Shape Pad) {
  if (Pad.size() % 2 != 0)
    return reject("the pad list must have an even length, got " + listText(Pad));
  if (Pad.size() / 2 > In.Shape.size())
    return reject("pad " + listText(Pad) + " covers more dimensions than the input " +
                  rankText(In) + " has");
  TensorType Out = In;
  for (size_t I = 0; I < Pad.size() / 2; ++I) {
    int64_t &Size = Out.Shape[Out.Shape.size() - 1 - I];
    int64_t Wanted = saturatingAdd(saturatingAdd(Size, Pad[2 * I]), Pad[2 * I + 1]);
    if (Wanted < 0)
      return reject("pad " + listText(Pad) + " makes size " + Twine(Size) + " negative");
    Size = Wanted;
  }
  return one(std::move(Out));
}

/// Limits of one dimension in a mode that fills from the input itself.
llvm::Error checkFill(Mode How, int64_t Size, int64_t Left, int64_t Right) {
  int64_t Most = How == Mode::Reflect ? Size - 1 : Size;
  if (How != Mode::Replicate && std::max(Left, Right) > Most)
    return reject("padding " + Twine(std::max(Left, Right)) + " is too large for size " +
                  Twine(Size) + (How == Mode::Reflect ? " when reflecting" : " when wrapping"));
  int64_t Out = saturatingAdd(saturatingAdd(Size, Left), Right);
  int64_t Least = How == Mode::Circular ? 0 : 1;
  if (Out < Least)
    return reject("padding (" + Twine(Left) + ", " + Twine(Right) + ") leaves nothing of size " +
                  Twine(Size));
  return llvm::Error::success();
}

/// Pads N dimensions from the input's own values.
llvm::Expected<Results> fill(const TensorType &In, Shape Pad, Mode How, unsigned N) {
  if (llvm::Error E = requireSpatial(In, N))
    return E;
  if (How == Mode::Circular && In.rank() != N + 2)
    return reject("circular padding needs a " + Twine(N + 2) + "-D (batched) input, got " +
                  rankText(In));
  if (How != Mode::Circular) {
    if (llvm::Error E = requireFloating("input", In))
      return E;
    for (int64_t S : Shape(In.Shape).take_back(N + 1))
      if (S == 0)
        return reject("input has an empty dimension (" + shapeText(In.Shape) + ")");
  }
  for (unsigned I = 0; I < N; ++I)
    if (llvm::Error E =
            checkFill(How, In.Shape[In.Shape.size() - 1 - I], Pad[2 * I], Pad[2 * I + 1]))
      return E;
  return constant(In, Pad);
}

llvm::Expected<Results> padded(const OpArgs &A, Mode How) {
  const TensorType &In = A.tensor("self");
  Sizes Pad = A.ints("pad");
  if (How == Mode::Constant)
    return constant(In, Pad);
  if (Pad.size() % 2 != 0)
    return reject("the pad list must have an even length, got " + listText(Pad));
  if (!A.isNone("value") && A.number("value") != 0)
    return reject("only constant padding takes a value");
  unsigned N = static_cast<unsigned>(Pad.size() / 2);
  if (N < 1 || N > 3 || (In.rank() != N + 1 && In.rank() != N + 2))
    return reject("pad " + listText(Pad) + " does not suit a " + rankText(In) +
                  " input: non-constant padding pads the last 1, 2 or 3 dimensions of an input "
                  "with 1 or 2 dimensions more");
  return fill(In, Pad, How, N);
}

llvm::Expected<Results> enumResult(const OpArgs &A) {
  int64_t How = A.integer("mode");
  if (How < 0 || How > static_cast<int64_t>(Mode::Constant))
    return reject("unknown padding mode " + Twine(How));
  return padded(A, static_cast<Mode>(How));
}
llvm::Expected<Results> textResult(const OpArgs &A) {
  static constexpr std::pair<llvm::StringLiteral, Mode> Modes[] = {{"reflect", Mode::Reflect},
                                                                   {"replicate", Mode::Replicate},
                                                                   {"circular", Mode::Circular},
                                                                   {"constant", Mode::Constant}};
  std::string Text = A.text("mode");
  for (const auto &[Name, How] : Modes)
    if (Name == Text)
      return padded(A, How);
  return reject("padding mode must be 'constant', 'reflect', 'replicate' or 'circular', got '" +
                Text + "'");
}
llvm::Expected<Results> constantResult(const OpArgs &A) {
  return constant(A.tensor("self"), A.ints("pad"));
}
template <Mode How, unsigned N> llvm::Expected<Results> fillResult(const OpArgs &A) {
  llvm::Expected<Sizes> Pad = exactList(A, "padding", 2 * N);
  if (!Pad)
    return Pad.takeError();
  return fill(A.tensor("self"), *Pad, How, N);
}

constexpr llvm::StringLiteral EnumSamples[] = {
    "aten::_pad_enum self=f32[1,3,4,4] pad=[1,2,1,1] mode=0 -> f32[1,3,6,7]",
    "aten::_pad_enum self=f32[1,3,4,4] pad=[1,2,1,1] mode=1 -> f32[1,3,6,7]",
    "aten::_pad_enum self=f32[1,3,4,4] pad=[1,2,1,1] mode=2 -> f32[1,3,6,7]",
    "aten::_pad_enum self=f32[1,3,4,4] pad=[1,2,1,1] mode=3 -> f32[1,3,6,7]",
    "aten::_pad_enum self=f32[1,3,4,4] pad=[1,2,1,1] mode=4 -> error",
    "aten::_pad_enum self=f32[1,3,4,4] pad=[1,2,1] mode=1 -> error",
    "aten::_pad_enum self=f32[1,3,4,4] pad=[0,1,0,0,0,0,1,0] mode=0 -> error",
};
constexpr llvm::StringLiteral PadSamples[] = {
    "aten::pad self=f32[1,3,4,4] pad=[1,2] value=2.0 -> f32[1,3,4,7]",
    "aten::pad self=f32[1,3,4,4] pad=[1,2,3,3] mode=\"reflect\" -> f32[1,3,10,7]",
    "aten::pad self=f32[3,4,4] pad=[1,2] mode=\"reflect\" -> f32[3,4,7]",
    "aten::pad self=f32[4,4] pad=[1,2] mode=\"reflect\" value=0.0 -> f32[4,7]",
    "aten::pad self=f32[1,3,4,4] pad=[1,2,7,9] mode=\"replicate\" -> f32[1,3,20,7]",
    "aten::pad self=f32[1,3,4,4] pad=[-1,-2,1,1] mode=\"replicate\" -> f32[1,3,6,1]",
    "aten::pad self=f32[1,3,4,4,4] pad=[1,2,1,1,4,4] mode=\"circular\" -> f32[1,3,12,6,7]",
    "aten::pad self=i64[1,3,4,4] pad=[1,2,1,1] mode=\"circular\" -> i64[1,3,6,7]",
    "aten::pad self=f32[1,3,4,4] pad=[1,2,3,4] mode=\"reflect\" -> error",
    "aten::pad self=f32[1,3,4,4] pad=[1,2] mode=\"reflect\" -> error",
    "aten::pad self=f32[4] pad=[1,2] mode=\"reflect\" -> error",
    "aten::pad self=f32[1,3,4,4] pad=[1,2,5,4] mode=\"circular\" -> error",
    "aten::pad self=f32[3,4,4] pad=[1,2,1,2] mode=\"circular\" -> error",
    "aten::pad self=f32[1,3,4,4] pad=[-3,-2,1,1] mode=\"replicate\" -> error",
    "aten::pad self=f32[1,3,4,4] pad=[1,2,1,1] mode=\"reflect\" value=2.0 -> error",
    "aten::pad self=f32[1,3,4,4] pad=[1,2] mode=\"mirror\" -> error",
    "aten::pad self=i64[1,3,4,4] pad=[1,2,1,1] mode=\"reflect\" -> error",
    "aten::pad self=f32[1,0,4,4] pad=[1,2,1,1] mode=\"reflect\" -> error",
};
constexpr llvm::StringLiteral ConstantSamples[] = {
    "aten::constant_pad_nd self=f32[1,3,4,4] pad=[1,2,3,4] -> f32[1,3,11,7]",
    "aten::constant_pad_nd self=f32[1,3,4,4] pad=[-1,-2] value=1 -> f32[1,3,4,1]",
    "aten::constant_pad_nd self=b8[4] pad=[1,1] -> b8[6]",
    "aten::constant_pad_nd self=f32[1,3,4,4] pad=[] -> f32[1,3,4,4]",
    "aten::constant_pad_nd self=f32[1,3,4,4] pad=[-3,-2] -> error",
    "aten::constant_pad_nd self=f32[1,3,4,4] pad=[1,2,3] -> error",
    "aten::constant_pad_nd self=f32[4] pad=[1,1,1,1] -> error",
};
constexpr llvm::StringLiteral Reflection1dSamples[] = {
    "aten::reflection_pad1d self=f32[3,4] padding=[1,2] -> f32[3,7]",
    "aten::reflection_pad1d self=f32[2,3,4] padding=[3,3] -> f32[2,3,10]",
    "aten::reflection_pad1d self=f32[2,3,4] padding=[4,3] -> error",
    "aten::reflection_pad1d self=f32[4] padding=[1,1] -> error",
};
constexpr llvm::StringLiteral Reflection2dSamples[] = {
    "aten::reflection_pad2d self=f32[2,3,4,4] padding=[1,1,2,2] -> f32[2,3,8,6]",
    "aten::reflection_pad2d self=f32[3,4,4] padding=1 -> f32[3,6,6]",
    "aten::reflection_pad2d self=f32[3,4,4] padding=[4,0,0,0] -> error",
    "aten::reflection_pad2d self=f32[4,4] padding=[1,1,1,1] -> error",
};
constexpr llvm::StringLiteral Reflection3dSamples[] = {
    "aten::reflection_pad3d self=f32[2,3,4,4,4] padding=[1,1,1,1,2,2] -> f32[2,3,8,6,6]",
    "aten::reflection_pad3d self=f32[3,4,4,4] padding=[1,1,1,1,1,1] -> f32[3,6,6,6]",
    "aten::reflection_pad3d self=f32[3,4,4,4] padding=[1,1,1,1,4,1] -> error",
};
constexpr llvm::StringLiteral Replication1dSamples[] = {
    "aten::replication_pad1d self=f32[2,3,4] padding=[7,7] -> f32[2,3,18]",
    "aten::replication_pad1d self=f32[3,4] padding=[-2,-1] -> f32[3,1]",
    "aten::replication_pad1d self=f32[2,3,4] padding=[-2,-2] -> error",
    "aten::replication_pad1d self=f32[4] padding=[1,1] -> error",
};
constexpr llvm::StringLiteral Replication2dSamples[] = {
    "aten::replication_pad2d self=f32[2,3,4,4] padding=[1,1,2,2] -> f32[2,3,8,6]",
    "aten::replication_pad2d self=f32[4,4] padding=[1,1,1,1] -> error",
    "aten::replication_pad2d self=f32[2,0,4,4] padding=[1,1,1,1] -> error",
    "aten::replication_pad2d self=i64[2,3,4,4] padding=[1,1,1,1] -> error",
};
constexpr llvm::StringLiteral Replication3dSamples[] = {
    "aten::replication_pad3d self=f32[2,3,4,4,4] padding=[1,1,1,1,2,2] -> f32[2,3,8,6,6]",
    "aten::replication_pad3d self=f32[4,4,4] padding=[1,1,1,1,1,1] -> error",
};

constexpr llvm::StringLiteral EnumSweeps[] = {
    "self=f32[B:1..16,C:3..256,H:8..256,H] pad=[p:1..4,p,p,p] mode=m:{0,1,3}",
};
constexpr llvm::StringLiteral ConstantSweeps[] = {
    "self=f32[B:1..16,C:3..256,H:8..256,H] pad=[p:1..4,p,p,p]",
};

constexpr OpDef Ops[] = {
    {"aten::_pad_enum(Tensor self, int[] pad, int mode, float? value=None) -> Tensor", enumResult,
     pointwiseCost<0>, Storage::New, EnumSamples, EnumSweeps},
    {"aten::pad(Tensor self, int[] pad, str mode=\"constant\", float? value=None) -> Tensor",
     textResult, pointwiseCost<0>, Storage::New, PadSamples},
    {"aten::constant_pad_nd(Tensor self, int[] pad, Scalar value=0) -> Tensor", constantResult,
     pointwiseCost<0>, Storage::New, ConstantSamples, ConstantSweeps},
    {"aten::reflection_pad1d(Tensor self, int[2] padding) -> Tensor",
     fillResult<Mode::Reflect, 1>, pointwiseCost<0>, Storage::New, Reflection1dSamples},
    {"aten::reflection_pad2d(Tensor self, int[4] padding) -> Tensor",
     fillResult<Mode::Reflect, 2>, pointwiseCost<0>, Storage::New, Reflection2dSamples},
    {"aten::reflection_pad3d(Tensor self, int[6] padding) -> Tensor",
     fillResult<Mode::Reflect, 3>, pointwiseCost<0>, Storage::New, Reflection3dSamples},
    {"aten::replication_pad1d(Tensor self, int[2] padding) -> Tensor",
     fillResult<Mode::Replicate, 1>, pointwiseCost<0>, Storage::New, Replication1dSamples},
    {"aten::replication_pad2d(Tensor self, int[4] padding) -> Tensor",
     fillResult<Mode::Replicate, 2>, pointwiseCost<0>, Storage::New, Replication2dSamples},
    {"aten::replication_pad3d(Tensor self, int[6] padding) -> Tensor",
     fillResult<Mode::Replicate, 3>, pointwiseCost<0>, Storage::New, Replication3dSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> paddingOps() { return Ops; }
} // namespace energy::torch
