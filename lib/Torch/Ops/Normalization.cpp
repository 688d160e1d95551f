/// \file
/// Batch, instance, layer and group normalization. That a training batch needs
/// more than one value per channel is a check of torch::nn::functional, not of
/// these operators.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

llvm::Error checkPerChannel(const OpArgs &A, llvm::StringRef Name, int64_t Channels) {
  const TensorType *T = A.tensorIf(Name);
  if (!T || T->elements() == Channels)
    return llvm::Error::success();
  return reject("input has " + Twine(Channels) + " channels, " + Name + " expects " +
                Twine(T->elements()));
}

/// Parameters have the input's type; float32 ones also serve 16-bit inputs.
llvm::Error checkParameterType(const OpArgs &A, llvm::StringRef Name, bool MayBeWider) {
  const TensorType &In = A.tensor("input");
  const TensorType *T = A.tensorIf(Name);
  if (!T || T->Type == In.Type ||
      (MayBeWider && T->Type == DType::Float32 && dtypeBytes(In.Type) == 2))
    return llvm::Error::success();
  return requireSameType(A, "input", Name);
}

constexpr llvm::StringLiteral BatchNormTensors[] = {"running_mean", "running_var", "weight",
                                                    "bias"};

/// What batch_norm and instance_norm have in common. UsesRunning: the running
/// statistics are needed.
llvm::Expected<Results> channelNorm(const OpArgs &A, bool UsesRunning) {
  const TensorType &In = A.tensor("input");
  if (In.rank() < 2)
    return reject("input must have at least 2 dimensions, got " + rankText(In));
  if (UsesRunning && (!A.tensorIf("running_mean") || !A.tensorIf("running_var")))
    return reject("evaluation needs running_mean and running_var; without them use batch "
                  "statistics");
  for (llvm::StringRef Name : BatchNormTensors)
    if (llvm::Error E = checkPerChannel(A, Name, In.Shape[1]))
      return E;
  if (llvm::Error E = requireReal("input", In))
    return E;
  for (llvm::StringRef Name : BatchNormTensors)
    if (llvm::Error E = checkParameterType(A, Name, /*MayBeWider=*/true))
      return E;
  return one(In);
}

llvm::Expected<Results> batchNormResult(const OpArgs &A) {
  return channelNorm(A, !A.boolean("training"));
}
llvm::Expected<Results> instanceNormResult(const OpArgs &A) {
  return channelNorm(A, !A.boolean("use_input_stats"));
}
/// The saved mean and inverse deviation are empty in evaluation.
llvm::Expected<Results> nativeBatchNormResult(const OpArgs &A) {
  llvm::Expected<Results> Out = batchNormResult(A);
  if (!Out)
    return Out;
  const TensorType &In = A.tensor("input");
  DType Type = dtypeBytes(In.Type) == 2 ? DType::Float32 : In.Type;
  TensorType Saved(Type, {A.boolean("training") ? In.Shape[1] : 0});
  Out->push_back(Saved);
  Out->push_back(Saved);
  return Out;
}

llvm::Expected<Results> layerNormResult(const OpArgs &A) {
  const TensorType &In = A.tensor("input");
  Sizes Normalized = A.ints("normalized_shape");
  if (Normalized.empty())
    return reject("normalized_shape must not be empty");
  for (llvm::StringRef Name : {"weight", "bias"}) {
    const TensorType *T = A.tensorIf(Name);
    if (T && T->Shape != Normalized)
      return reject(Name + " is " + shapeText(T->Shape) + ", normalized_shape is " +
                    shapeText(Normalized));
  }
  if (In.Shape.size() < Normalized.size() ||
      Shape(In.Shape).take_back(Normalized.size()) != Shape(Normalized))
    return reject("input is " + shapeText(In.Shape) + ", its last dimensions must be " +
                  shapeText(Normalized));
  if (llvm::Error E = requireReal("input", In))
    return E;
  for (llvm::StringRef Name : {"weight", "bias"})
    if (llvm::Error E = checkParameterType(A, Name, /*MayBeWider=*/false))
      return E;
  return one(In);
}
/// Mean and inverse deviation keep the normalized dimensions with size 1.
llvm::Expected<Results> nativeLayerNormResult(const OpArgs &A) {
  llvm::Expected<Results> Out = layerNormResult(A);
  if (!Out)
    return Out;
  TensorType Saved = A.tensor("input");
  std::fill(Saved.Shape.end() - static_cast<ptrdiff_t>(A.ints("normalized_shape").size()),
            Saved.Shape.end(), 1);
  Out->push_back(Saved);
  Out->push_back(Saved);
  return Out;
}

llvm::Expected<Results> groupNorm(const OpArgs &A, int64_t Groups) {
  const TensorType &In = A.tensor("input");
  if (In.rank() < 2)
    return reject("input must have at least 2 dimensions, got " + rankText(In));
  if (Groups < 1)
    return reject("the number of groups must be at least 1, got " + Twine(Groups));
  int64_t Channels = In.Shape[1];
  if (Channels % Groups != 0)
    return reject("input has " + Twine(Channels) + " channels, not a multiple of " +
                  Twine(Groups) + " groups");
  for (llvm::StringRef Name : {"weight", "bias"})
    if (llvm::Error E = requireVector(A, Name, Channels))
      return E;
  if (llvm::Error E = requireReal("input", In))
    return E;
  for (llvm::StringRef Name : {"weight", "bias"})
    if (llvm::Error E = checkParameterType(A, Name, /*MayBeWider=*/false))
      return E;
  return one(In);
}
llvm::Expected<Results> groupNormResult(const OpArgs &A) {
  return groupNorm(A, A.integer("num_groups"));
}
llvm::Expected<Results> nativeGroupNormResult(const OpArgs &A) {
  llvm::Expected<Results> Out = groupNorm(A, A.integer("group"));
  if (!Out)
    return Out;
  Sizes Given = {A.integer("N"), A.integer("C"), A.integer("HxW")};
  if (elementsOf(Given) != A.tensor("input").elements())
    return reject("N, C and HxW (" + listText(Given) + ") do not describe an input of " +
                  shapeText(A.tensor("input").Shape));
  TensorType Saved(A.tensor("input").Type, {A.integer("N"), A.integer("group")});
  Out->push_back(Saved);
  Out->push_back(Saved);
  return Out;
}

/// Scale and shift in evaluation; the sums of the statistics come on top.
constexpr int AffineSteps = 2, StatisticsSteps = 4;

CostFeatures batchNormCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return A.boolean("training") ? layerCost<AffineSteps + StatisticsSteps>(A, Out)
                               : layerCost<AffineSteps>(A, Out);
}
constexpr CostRule normCost = layerCost<AffineSteps + StatisticsSteps>;

constexpr llvm::StringLiteral BatchNormSamples[] = {
    "aten::batch_norm input=f32[2,3,4,4] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> f32[2,3,4,4]",
    "aten::batch_norm input=f32[2,3] weight=None bias=None running_mean=f32[3] "
    "running_var=f32[3] training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> f32[2,3]",
    "aten::batch_norm input=f32[2,3,4] weight=f32[3] bias=f32[3] running_mean=None "
    "running_var=None training=true momentum=0.1 eps=1e-05 cudnn_enabled=true -> f32[2,3,4]",
    "aten::batch_norm input=f32[1,3] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=true momentum=0.1 eps=1e-05 cudnn_enabled=true -> f32[1,3]",
    "aten::batch_norm input=bf16[2,3,4] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> bf16[2,3,4]",
    "aten::batch_norm input=f32[2,3,4,4] weight=f32[4] bias=f32[4] running_mean=f32[4] "
    "running_var=f32[4] training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
    "aten::batch_norm input=f32[2,3,4,4] weight=f32[3] bias=f32[2] running_mean=f32[3] "
    "running_var=f32[3] training=true momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
    "aten::batch_norm input=f32[2,3,4] weight=f32[3] bias=f32[3] running_mean=None "
    "running_var=None training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
    "aten::batch_norm input=f32[3] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
    "aten::batch_norm input=i64[2,3,4] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
    "aten::batch_norm input=f64[2,3,4] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
};
constexpr llvm::StringLiteral NativeBatchNormSamples[] = {
    "aten::native_batch_norm input=f32[2,3,4,4] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=false momentum=0.1 eps=1e-05 -> f32[2,3,4,4] f32[0] f32[0]",
    "aten::native_batch_norm input=f32[2,3,4,4] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=true momentum=0.1 eps=1e-05 -> f32[2,3,4,4] f32[3] f32[3]",
    "aten::native_batch_norm input=i64[2,3,4,4] weight=f32[3] bias=f32[3] running_mean=f32[3] "
    "running_var=f32[3] training=true momentum=0.1 eps=1e-05 -> error",
};
constexpr llvm::StringLiteral InstanceNormSamples[] = {
    "aten::instance_norm input=f32[2,3,4,4] weight=f32[3] bias=f32[3] running_mean=None "
    "running_var=None use_input_stats=true momentum=0.1 eps=1e-05 cudnn_enabled=true "
    "-> f32[2,3,4,4]",
    "aten::instance_norm input=f32[2,3,4] weight=None bias=None running_mean=f32[3] "
    "running_var=f32[3] use_input_stats=false momentum=0.1 eps=1e-05 cudnn_enabled=true "
    "-> f32[2,3,4]",
    "aten::instance_norm input=f32[2,3,4,4] weight=f32[4] bias=f32[4] running_mean=None "
    "running_var=None use_input_stats=true momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
    "aten::instance_norm input=f32[2,3,4,4] weight=None bias=None running_mean=None "
    "running_var=None use_input_stats=false momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
    "aten::instance_norm input=f32[3] weight=None bias=None running_mean=None "
    "running_var=None use_input_stats=true momentum=0.1 eps=1e-05 cudnn_enabled=true -> error",
};
constexpr llvm::StringLiteral LayerNormSamples[] = {
    "aten::layer_norm input=f32[2,5,16] normalized_shape=[16] weight=f32[16] bias=f32[16] "
    "-> f32[2,5,16]",
    "aten::layer_norm input=f32[2,5,16] normalized_shape=[5,16] weight=f32[5,16] bias=f32[5,16] "
    "-> f32[2,5,16]",
    "aten::layer_norm input=f32[2,5,16] normalized_shape=[16] -> f32[2,5,16]",
    "aten::layer_norm input=f32[2,5,16] normalized_shape=[5] weight=f32[5] bias=f32[5] -> error",
    "aten::layer_norm input=f32[2,5,16] normalized_shape=[16] weight=f32[5] bias=f32[16] -> error",
    "aten::layer_norm input=f32[2,5,16] normalized_shape=[] -> error",
    "aten::layer_norm input=f32[16] normalized_shape=[2,16] -> error",
    "aten::layer_norm input=i64[2,5,16] normalized_shape=[16] -> error",
    "aten::layer_norm input=f64[2,5,16] normalized_shape=[16] weight=f32[16] bias=f32[16] "
    "-> error",
};
constexpr llvm::StringLiteral NativeLayerNormSamples[] = {
    "aten::native_layer_norm input=f32[2,5,16] normalized_shape=[16] weight=f32[16] bias=f32[16] "
    "eps=1e-05 -> f32[2,5,16] f32[2,5,1] f32[2,5,1]",
    "aten::native_layer_norm input=f32[2,5,16] normalized_shape=[5] weight=None bias=None "
    "eps=1e-05 -> error",
};
constexpr llvm::StringLiteral GroupNormSamples[] = {
    "aten::group_norm input=f32[2,6,4,4] num_groups=3 weight=f32[6] bias=f32[6] -> f32[2,6,4,4]",
    "aten::group_norm input=f32[2,6] num_groups=6 -> f32[2,6]",
    "aten::group_norm input=f32[6] num_groups=3 weight=f32[6] bias=f32[6] -> error",
    "aten::group_norm input=f32[2,6,4,4] num_groups=4 weight=f32[6] bias=f32[6] -> error",
    "aten::group_norm input=f32[2,6,4,4] num_groups=0 -> error",
    "aten::group_norm input=f32[2,6,4,4] num_groups=3 weight=f32[5] bias=f32[6] -> error",
    "aten::group_norm input=i64[2,6,4,4] num_groups=3 -> error",
    "aten::group_norm input=f64[2,6,4,4] num_groups=3 weight=f32[6] bias=f32[6] -> error",
};
constexpr llvm::StringLiteral NativeGroupNormSamples[] = {
    "aten::native_group_norm input=f32[2,6,4,4] weight=f32[6] bias=f32[6] N=2 C=6 HxW=16 group=3 "
    "eps=1e-05 -> f32[2,6,4,4] f32[2,3] f32[2,3]",
    "aten::native_group_norm input=f32[2,6,4,4] weight=f32[6] bias=f32[6] N=2 C=6 HxW=16 group=4 "
    "eps=1e-05 -> error",
};

constexpr llvm::StringLiteral BatchNormSweeps[] = {
    "input=f32[B:1..64,C:8..1024,H:4..112,H] weight=f32[C] bias=f32[C] "
    "running_mean=f32[C] running_var=f32[C] training=false momentum=0.1 eps=1e-05 "
    "cudnn_enabled=true",
    "input=f32[B:2..64,C:8..512,H:4..56,H] weight=f32[C] bias=f32[C] "
    "running_mean=f32[C] running_var=f32[C] training=true momentum=0.1 eps=1e-05 "
    "cudnn_enabled=true",
    "input=f32[B:1..256,C:16..4096] weight=f32[C] bias=f32[C] "
    "running_mean=f32[C] running_var=f32[C] training=false momentum=0.1 eps=1e-05 "
    "cudnn_enabled=true",
};
constexpr llvm::StringLiteral InstanceNormSweeps[] = {
    "input=f32[B:1..16,C:8..512,H:8..128,H] weight=None bias=None "
    "running_mean=None running_var=None use_input_stats=true momentum=0.1 eps=1e-05 "
    "cudnn_enabled=true",
};
constexpr llvm::StringLiteral LayerNormSweeps[] = {
    "input=f32[B:1..32,T:1..1024,D:64..4096] normalized_shape=[D] weight=f32[D] "
    "bias=f32[D]",
    "input=f32[B:1..32,C:8..256,H:4..64,H] normalized_shape=[C,H,H] "
    "weight=f32[C,H,H] bias=f32[C,H,H]",
};
constexpr llvm::StringLiteral GroupNormSweeps[] = {
    "input=f32[B:1..16,C:{32,64,128,256,512,1024},H:4..128,H] "
    "num_groups=g:{1,8,32} weight=f32[C] bias=f32[C]",
};

constexpr OpDef Ops[] = {
    {"aten::batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? "
     "running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor",
     batchNormResult, batchNormCost, Storage::New, BatchNormSamples, BatchNormSweeps},
    {"aten::native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, "
     "Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)",
     nativeBatchNormResult, batchNormCost, Storage::New, NativeBatchNormSamples},
    {"aten::instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, "
     "Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) "
     "-> Tensor",
     instanceNormResult, normCost, Storage::New, InstanceNormSamples, InstanceNormSweeps},
    {"aten::layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? "
     "bias=None, float eps=1.0000000000000001e-05, bool cudnn_enable=True) -> Tensor",
     layerNormResult, normCost, Storage::New, LayerNormSamples, LayerNormSweeps},
    {"aten::native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? "
     "bias, float eps) -> (Tensor, Tensor, Tensor)",
     nativeLayerNormResult, normCost, Storage::New, NativeLayerNormSamples},
    {"aten::group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float "
     "eps=1.0000000000000001e-05, bool cudnn_enabled=True) -> Tensor",
     groupNormResult, normCost, Storage::New, GroupNormSamples, GroupNormSweeps},
    {"aten::native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, "
     "SymInt HxW, int group, float eps) -> (Tensor, Tensor, Tensor)",
     nativeGroupNormResult, normCost, Storage::New, NativeGroupNormSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> normalizationOps() { return Ops; }
} // namespace energy::torch
