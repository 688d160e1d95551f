/// \file
/// Activation functions, in place and not, with softmax and the gated units.
/// Steps count each elementary function (exp, log, tanh, erf, division) as one.
/// Half precision is accepted everywhere, as on a GPU; LibTorch's CPU kernels lack it.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

constexpr unsigned Real = FloatOnly | NoComplex;
constexpr ResultRule realResult = pointwise<Real, "self">;
constexpr ResultRule numberResult = pointwise<(NoBool | NoComplex), "self">;
constexpr ResultRule floatResult = pointwise<FloatOnly, "self">;
constexpr ResultRule toFloatResult = pointwise<ToFloat, "self">;

llvm::Expected<Results> celuResult(const OpArgs &A) {
  if (A.number("alpha") == 0)
    return reject("alpha must not be 0");
  return realResult(A);
}

llvm::Expected<Results> geluResult(const OpArgs &A) {
  std::string How = A.text("approximate");
  if (How != "none" && How != "tanh")
    return reject("approximate must be 'none' or 'tanh', got '" + How + "'");
  return realResult(A);
}

llvm::Expected<Results> hardtanhResult(const OpArgs &A) {
  bool Negative = A.number("min_val") < 0 || A.number("max_val") < 0;
  if (Negative && A.tensor("self").Type == DType::UInt8)
    return reject("an unsigned tensor has no negative limits");
  return numberResult(A);
}

llvm::Expected<Results> softshrinkResult(const OpArgs &A) {
  if (A.number("lambd") < 0)
    return reject("lambd must not be negative, got " + numberText(A.number("lambd")));
  return realResult(A);
}

llvm::Expected<Results> rreluResult(const OpArgs &A) {
  if (A.number("lower") > A.number("upper"))
    return reject("lower " + numberText(A.number("lower")) + " must not exceed upper " +
                  numberText(A.number("upper")));
  return realResult(A);
}

llvm::Expected<Results> preluResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Weight = A.tensor("weight");
  if (llvm::Error E = requireReal("input", In))
    return E;
  if (llvm::Error E = requireSameType(A, "self", "weight"))
    return E;
  if (Weight.rank() > 1)
    return reject("weight must be a vector, got " + rankText(Weight));
  int64_t Channels = In.rank() < 2 ? 1 : In.Shape[1];
  if (Weight.elements() != 1 && Weight.elements() != Channels)
    return reject("weight has " + Twine(Weight.elements()) + " parameters, input has " +
                  Twine(Channels) + " channels");
  return likeSelf(A);
}

llvm::Expected<Results> gluResult(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  if (llvm::Error E = requireReal("input", Out))
    return E;
  if (Out.rank() == 0)
    return reject("a scalar cannot be halved");
  llvm::Expected<int64_t> Dim = wrapDim(A.integer("dim"), Out.rank());
  if (!Dim)
    return Dim.takeError();
  int64_t &Size = Out.Shape[static_cast<size_t>(*Dim)];
  if (Size % 2 != 0)
    return reject("dimension " + Twine(*Dim) + " must be even to be halved, got size " +
                  Twine(Size));
  Size /= 2;
  return one(std::move(Out));
}

llvm::Expected<Results> softmaxResult(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  llvm::Expected<int64_t> Dim = wrapDim(A.integer("dim"), Out.rank());
  if (!Dim)
    return Dim.takeError();
  Out.Type = A.dtype("dtype").value_or(Out.Type);
  if (llvm::Error E = requireReal("input", Out))
    return E;
  return one(std::move(Out));
}

constexpr llvm::StringLiteral RealSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=f32[] -> f32[]",
    "self=f32[0,4] -> f32[0,4]",
    "self=f64[2,4] -> f64[2,4]",
    "self=i64[2,4] -> error",
    "self=b8[2,4] -> error",
    "self=c64[2,4] -> error",
};
constexpr llvm::StringLiteral SiluSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=bf16[2,4] -> bf16[2,4]",
    "self=c64[2,4] -> c64[2,4]",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral NumberSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=bf16[2,4] -> bf16[2,4]",
    "self=i64[2,4] -> i64[2,4]",
    "self=b8[2,4] -> error",
    "self=c64[2,4] -> error",
};
constexpr llvm::StringLiteral HardtanhSamples[] = {
    "self=f32[2,4] min_val=0.0 max_val=6.0 -> f32[2,4]",
    "self=i64[2,4] -> i64[2,4]",
    "self=u8[2,4] min_val=0 max_val=6 -> u8[2,4]",
    "self=u8[2,4] -> error",
    "self=b8[2,4] -> error",
};
constexpr llvm::StringLiteral ToFloatSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=i64[2,4] -> f32[2,4]",
    "self=b8[2,4] -> f32[2,4]",
    "self=c64[2,4] -> c64[2,4]",
};
constexpr llvm::StringLiteral FloatInPlaceSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=c64[2,4] -> c64[2,4]",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral EluSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=f32[2,4] alpha=2 -> f32[2,4]",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral CeluSamples[] = {
    "self=f32[2,4] alpha=0.5 -> f32[2,4]",
    "self=f32[2,4] alpha=0.0 -> error",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral GeluSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=f32[2,4] approximate=\"tanh\" -> f32[2,4]",
    "self=f32[2,4] approximate=\"fast\" -> error",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral SoftshrinkSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=f32[2,4] lambd=-1.0 -> error",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral RreluSamples[] = {
    "self=f32[2,4] -> f32[2,4]",
    "self=f32[2,4] training=true -> f32[2,4]",
    "self=f32[2,4] lower=0.5 upper=0.1 -> error",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral ThresholdSamples[] = {
    "self=f32[2,4] threshold=0.1 value=20.0 -> f32[2,4]",
    "self=i64[2,4] threshold=0.1 value=20.0 -> i64[2,4]",
    "self=b8[2,4] threshold=0.1 value=20.0 -> error",
};
constexpr llvm::StringLiteral PreluSamples[] = {
    "self=f32[2,4] weight=f32[1] -> f32[2,4]",
    "self=f32[2,4,3] weight=f32[4] -> f32[2,4,3]",
    "self=f32[] weight=f32[1] -> f32[]",
    "self=f32[2,4,3] weight=f32[3] -> error",
    "self=f32[4] weight=f32[4] -> error",
    "self=f32[2,4,3] weight=f32[4,1] -> error",
    "self=f32[2,4] weight=f64[4] -> error",
    "self=i64[2,4] weight=i64[4] -> error",
};
constexpr llvm::StringLiteral GluSamples[] = {
    "self=f32[2,4] -> f32[2,2]",
    "self=f32[2,4] dim=0 -> f32[1,4]",
    "self=f32[3,4] dim=0 -> error",
    "self=f32[2,4] dim=2 -> error",
    "self=f32[] -> error",
    "self=i64[2,4] -> error",
};
constexpr llvm::StringLiteral SoftmaxSamples[] = {
    "self=f32[2,4] dim=1 -> f32[2,4]",
    "self=f32[2,4] dim=-1 dtype=dtype:float64 -> f64[2,4]",
    "self=i64[2,4] dim=0 dtype=dtype:float32 -> f32[2,4]",
    "self=f32[] dim=-1 -> f32[]",
    "self=f32[2,4] dim=2 -> error",
    "self=f32[2,4] dim=-3 -> error",
    "self=i64[2,4] dim=1 -> error",
    "self=f32[2,4] dim=1 dtype=dtype:int64 -> error",
};

// Feature maps from large and shallow to small and deep, and token matrices.
constexpr llvm::StringLiteral MapSweeps[] = {
    "self=f32[B:1..32,C:16..1024,H:4..112,H]",
    "self=f32[B:1..32,T:1..1024,D:64..4096]",
};
constexpr llvm::StringLiteral PreluSweeps[] = {
    "self=f32[B:1..64,C:16..512,H:4..112,H] weight=f32[C]",
};
constexpr llvm::StringLiteral GluSweeps[] = {
    "self=f32[B:1..32,C:{32,64,128,256,512},H:4..64,H] dim=1",
};
constexpr llvm::StringLiteral SoftmaxSweeps[] = {
    "self=f32[B:1..32,h:{1,4,8,12},T:16..1024,T] dim=-1",
    "self=f32[B:1..256,D:10..50000] dim=1",
    "self=f32[B:1..8,C:2..150,H:32..256,H] dim=1",
};

constexpr OpDef Ops[] = {
    {"aten::relu(Tensor self) -> Tensor", numberResult, pointwiseCost<1>, Storage::New,
     NumberSamples, MapSweeps},
    {"aten::relu_(Tensor(a!) self) -> Tensor(a!)", numberResult, pointwiseCost<1>,
     Storage::InPlace, NumberSamples, MapSweeps},
    {"aten::relu6(Tensor self) -> Tensor", numberResult, pointwiseCost<2>, Storage::New,
     NumberSamples, MapSweeps},
    {"aten::relu6_(Tensor(a!) self) -> Tensor(a!)", numberResult, pointwiseCost<2>,
     Storage::InPlace, NumberSamples, MapSweeps},
    {"aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor", realResult,
     pointwiseCost<2>, Storage::New, RealSamples, MapSweeps},
    {"aten::leaky_relu_(Tensor(a!) self, Scalar negative_slope=0.01) -> Tensor(a!)", realResult,
     pointwiseCost<2>, Storage::InPlace, RealSamples, MapSweeps},
    {"aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor",
     realResult, pointwiseCost<4>, Storage::New, EluSamples, MapSweeps},
    {"aten::elu_(Tensor(a!) self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> "
     "Tensor(a!)",
     realResult, pointwiseCost<4>, Storage::InPlace, EluSamples, MapSweeps},
    {"aten::selu(Tensor self) -> Tensor", realResult, pointwiseCost<4>, Storage::New, RealSamples,
     MapSweeps},
    {"aten::selu_(Tensor(a!) self) -> Tensor(a!)", realResult, pointwiseCost<4>, Storage::InPlace,
     RealSamples, MapSweeps},
    {"aten::celu(Tensor self, Scalar alpha=1.) -> Tensor", celuResult, pointwiseCost<4>,
     Storage::New, CeluSamples, MapSweeps},
    {"aten::celu_(Tensor(a!) self, Scalar alpha=1.) -> Tensor(a!)", celuResult, pointwiseCost<4>,
     Storage::InPlace, CeluSamples, MapSweeps},
    {"aten::silu(Tensor self) -> Tensor", floatResult, pointwiseCost<4>, Storage::New, SiluSamples,
     MapSweeps},
    {"aten::silu_(Tensor(a!) self) -> Tensor(a!)", floatResult, pointwiseCost<4>, Storage::InPlace,
     SiluSamples, MapSweeps},
    {"aten::gelu(Tensor self, *, str approximate=\"none\") -> Tensor", geluResult,
     pointwiseCost<5>, Storage::New, GeluSamples, MapSweeps},
    {"aten::gelu_(Tensor(a!) self, *, str approximate=\"none\") -> Tensor(a!)", geluResult,
     pointwiseCost<5>, Storage::InPlace, GeluSamples, MapSweeps},
    {"aten::mish(Tensor self) -> Tensor", realResult, pointwiseCost<4>, Storage::New, RealSamples,
     MapSweeps},
    {"aten::mish_(Tensor(a!) self) -> Tensor(a!)", realResult, pointwiseCost<4>, Storage::InPlace,
     RealSamples, MapSweeps},
    {"aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor", hardtanhResult,
     pointwiseCost<2>, Storage::New, HardtanhSamples, MapSweeps},
    {"aten::hardtanh_(Tensor(a!) self, Scalar min_val=-1, Scalar max_val=1) -> Tensor(a!)",
     hardtanhResult, pointwiseCost<2>, Storage::InPlace, HardtanhSamples, MapSweeps},
    {"aten::hardswish(Tensor self) -> Tensor", realResult, pointwiseCost<5>, Storage::New,
     RealSamples, MapSweeps},
    {"aten::hardswish_(Tensor(a!) self) -> Tensor(a!)", realResult, pointwiseCost<5>,
     Storage::InPlace, RealSamples, MapSweeps},
    {"aten::hardsigmoid(Tensor self) -> Tensor", realResult, pointwiseCost<4>, Storage::New,
     RealSamples, MapSweeps},
    {"aten::hardsigmoid_(Tensor(a!) self) -> Tensor(a!)", realResult, pointwiseCost<4>,
     Storage::InPlace, RealSamples, MapSweeps},
    {"aten::sigmoid(Tensor self) -> Tensor", toFloatResult, pointwiseCost<3>, Storage::New,
     ToFloatSamples, MapSweeps},
    {"aten::sigmoid_(Tensor(a!) self) -> Tensor(a!)", inPlace<toFloatResult>, pointwiseCost<3>,
     Storage::InPlace, FloatInPlaceSamples, MapSweeps},
    {"aten::tanh(Tensor self) -> Tensor", toFloatResult, pointwiseCost<1>, Storage::New,
     ToFloatSamples, MapSweeps},
    {"aten::tanh_(Tensor(a!) self) -> Tensor(a!)", inPlace<toFloatResult>, pointwiseCost<1>,
     Storage::InPlace, FloatInPlaceSamples, MapSweeps},
    {"aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor", realResult,
     pointwiseCost<4>, Storage::New, RealSamples, MapSweeps},
    {"aten::log_sigmoid(Tensor self) -> Tensor", realResult, pointwiseCost<4>, Storage::New,
     RealSamples, MapSweeps},
    {"aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor", realResult, pointwiseCost<2>,
     Storage::New, RealSamples, MapSweeps},
    {"aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor", softshrinkResult,
     pointwiseCost<3>, Storage::New, SoftshrinkSamples, MapSweeps},
    {"aten::rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool "
     "training=False, Generator? generator=None) -> Tensor",
     rreluResult, pointwiseCost<2>, Storage::New, RreluSamples, MapSweeps},
    {"aten::rrelu_(Tensor(a!) self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool "
     "training=False, Generator? generator=None) -> Tensor(a!)",
     rreluResult, pointwiseCost<2>, Storage::InPlace, RreluSamples, MapSweeps},
    {"aten::threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor", numberResult,
     pointwiseCost<2>, Storage::New, ThresholdSamples},
    {"aten::threshold_(Tensor(a!) self, Scalar threshold, Scalar value) -> Tensor(a!)",
     numberResult, pointwiseCost<2>, Storage::InPlace, ThresholdSamples},
    {"aten::prelu(Tensor self, Tensor weight) -> Tensor", preluResult, layerCost<2>, Storage::New,
     PreluSamples, PreluSweeps},
    {"aten::glu(Tensor self, int dim=-1) -> Tensor", gluResult, pointwiseCost<4>, Storage::New,
     GluSamples, GluSweeps},
    {"aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor", softmaxResult,
     pointwiseCost<5>, Storage::New, SoftmaxSamples, SoftmaxSweeps},
    {"aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor",
     softmaxResult, pointwiseCost<5>, Storage::New, SoftmaxSamples, SoftmaxSweeps},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> activationOps() { return Ops; }
} // namespace energy::torch
