/// \file
/// Losses between two tensors and distances. A loss reduces to a scalar (mean, sum)
/// or stays as it is (none); LibTorch passes the reduction as 0, 1, 2. Losses
/// against class indices are in ClassLoss.cpp.
#include "Torch/Ops/LossRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

/// `self` and `target` broadcast and promoted.
llvm::Expected<TensorType> pairOf(const OpArgs &A, unsigned Types, llvm::StringRef X,
                                  llvm::StringRef Y) {
  llvm::Expected<Results> R = pointwise(A, Types, {X, Y});
  if (!R)
    return R.takeError();
  return R->front();
}

template <unsigned Types, Word X = "self", Word Y = "target">
llvm::Expected<Results> pairLoss(const OpArgs &A) {
  llvm::Expected<TensorType> Each = pairOf(A, Types, X, Y);
  if (!Each)
    return Each.takeError();
  return reduced(A, std::move(*Each));
}

/// Integers have no mean.
llvm::Expected<Results> meanlessLoss(const OpArgs &A, llvm::Expected<TensorType> Each) {
  if (!Each)
    return Each.takeError();
  if (isInteger(Each->Type) && A.integer("reduction") == Mean)
    return reject("the mean of a tensor of type " + dtypeName(Each->Type) + " is not defined");
  return reduced(A, std::move(*Each));
}
llvm::Expected<Results> l1Result(const OpArgs &A) {
  return meanlessLoss(A, pairOf(A, Promote, "self", "target"));
}
/// Where the target is 1 the input counts, elsewhere margin minus the input.
llvm::Expected<Results> hingeResult(const OpArgs &A) {
  llvm::Expected<TensorType> Each = pairOf(A, Promote, "self", "target");
  if (!Each)
    return Each.takeError();
  Each->Type = A.tensor("self").Type;
  if (Each->Type == DType::Bool)
    return reject("the operator is not defined for bool operands");
  return meanlessLoss(A, std::move(Each));
}

llvm::Expected<Results> smoothL1Result(const OpArgs &A) {
  if (A.number("beta") < 0)
    return reject("beta must not be negative, got " + numberText(A.number("beta")));
  return pairLoss<FloatOnly | NoComplex>(A);
}
llvm::Expected<Results> huberResult(const OpArgs &A) {
  if (A.number("delta") <= 0)
    return reject("delta must be positive, got " + numberText(A.number("delta")));
  llvm::Expected<TensorType> Each = pairOf(A, FloatOnly | NoComplex, "self", "target");
  if (!Each)
    return Each.takeError();
  Each->Type = A.tensor("self").Type;
  if (llvm::Error E = requireReal("input", *Each))
    return E;
  return reduced(A, std::move(*Each));
}

Sizes squeezed(Shape S) {
  Sizes Out;
  llvm::copy_if(S, std::back_inserter(Out), [](int64_t Size) { return Size != 1; });
  return Out;
}

/// Probabilities of one type. LibTorch drops dimensions of size 1 before it compares, so
/// that 4x1 and 4 match; torch::nn::functional insists on equal sizes.
llvm::Expected<Results> crossEntropyResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  llvm::Expected<Sizes> Both = broadcast(squeezed(In.Shape), squeezed(Target.Shape));
  if (!Both) {
    llvm::consumeError(Both.takeError());
    return reject("target is " + shapeText(Target.Shape) + ", input is " + shapeText(In.Shape));
  }
  if (llvm::Error E = requireReal("input", In))
    return E;
  if (llvm::Error E = requireSameType(A, "self", "target"))
    return E;
  if (const TensorType *Weight = A.tensorIf("weight"))
    if (llvm::Error E = checkExpands(Weight->Shape, In.Shape))
      return E;
  return reduced(A, In);
}

/// The result of the element-wise part is written over a tensor like the target.
llvm::Expected<Results> logitsResult(const OpArgs &A) {
  const TensorType &Target = A.tensor("target");
  llvm::Expected<TensorType> Each = pairOf(A, FloatOnly, "self", "target");
  if (!Each)
    return Each.takeError();
  if (Each->Shape != Target.Shape)
    return reject("target is " + shapeText(Target.Shape) + ", input is " +
                  shapeText(A.tensor("self").Shape));
  for (llvm::StringRef Name : {"self", "target"})
    if (llvm::Error E = requireReal(Name, A.tensor(Name)))
      return E;
  Each->Type = Target.Type;
  for (llvm::StringRef Name : {"weight", "pos_weight"})
    if (const TensorType *Weight = A.tensorIf(Name))
      if (llvm::Error E = checkExpands(Weight->Shape, Target.Shape))
        return E;
  return reduced(A, std::move(*Each));
}

llvm::Expected<Results> divergenceResult(const OpArgs &A) {
  for (llvm::StringRef Name : {"self", "target"})
    if (isInteger(A.tensor(Name).Type))
      return reject(Name + " must be a floating-point tensor, got " +
                    dtypeName(A.tensor(Name).Type));
  return pairLoss<Promote>(A);
}

/// log(1 + exp(-y x)) is computed in a tensor like the input.
llvm::Expected<Results> softMarginResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), &Target = A.tensor("target");
  if (llvm::Error E = requireFloating("input", In))
    return E;
  if (llvm::Error E = checkExpands(Target.Shape, In.Shape))
    return E;
  if (!canCast(Target.Type, In.Type))
    return requireSameType(A, "self", "target");
  return reduced(A, In);
}

llvm::Expected<Results> rankingResult(const OpArgs &A) {
  llvm::Expected<TensorType> Each = pairOf(A, Promote | NoComplex, "input1", "input2");
  if (!Each)
    return Each.takeError();
  const TensorType &Target = A.tensor("target");
  llvm::Expected<Sizes> Out = broadcast(Each->Shape, Target.Shape);
  if (!Out)
    return Out.takeError();
  DType Type = promoteAll({torch::operand(*Each), torch::operand(Target)});
  return meanlessLoss(A, TensorType(Type, *Out));
}

llvm::Expected<Results> similarityResult(const OpArgs &A) {
  llvm::Expected<TensorType> Both = pairOf(A, FloatOnly | NoComplex, "x1", "x2");
  if (!Both)
    return Both.takeError();
  llvm::Expected<int64_t> Dim = wrapDim(A.integer("dim"), Both->rank());
  if (!Dim)
    return Dim.takeError();
  return one(TensorType(Both->Type, reducedSizes(Both->Shape, *Dim, /*KeepDim=*/false)));
}

TensorType withoutLast(TensorType T, bool KeepDim) {
  if (T.Shape.empty())
    return T;
  if (KeepDim)
    T.Shape.back() = 1;
  else
    T.Shape.pop_back();
  return T;
}

llvm::Expected<Results> distanceResult(const OpArgs &A) {
  llvm::Expected<TensorType> Both = pairOf(A, ToFloat | NoBoolOperand | NoComplex, "x1", "x2");
  if (!Both)
    return Both.takeError();
  return one(withoutLast(std::move(*Both), A.boolean("keepdim")));
}

/// Distances of all pairs among N rows: N (N - 1) / 2.
llvm::Expected<Results> ownPairsResult(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (In.rank() != 2)
    return reject("input must be 2-D, got " + rankText(In));
  if (llvm::Error E = requireReal("input", In))
    return E;
  if (A.number("p") < 0)
    return reject("p must not be negative, got " + numberText(A.number("p")));
  int64_t Rows = In.Shape[0];
  return one(TensorType(In.Type, {Rows < 2 ? 0 : saturatingMul(Rows, Rows - 1) / 2}));
}
/// Three steps for each coordinate of each pair.
CostFeatures pairsCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures F = memoryCost(A, Out);
  int64_t Coordinates = A.call().tensorInputs().front().Type.Shape.back();
  F.ElementOps = saturatingMul(Out[0].elements(), saturatingMul(Coordinates, 3));
  return F;
}

llvm::Expected<Results> cosineResult(const OpArgs &A) {
  const TensorType &X = A.tensor("input1"), &Y = A.tensor("input2"), &Target = A.tensor("target");
  if (Target.rank() > 1)
    return reject("target must be a scalar or a vector, got " + rankText(Target));
  if (X.rank() != Target.rank() + 1 || Y.rank() != Target.rank() + 1)
    return reject("a " + Twine(Target.rank()) + "-D target needs " + Twine(Target.rank() + 1) +
                  "-D inputs, got " + rankText(X) + " and " + rankText(Y));
  llvm::Expected<TensorType> Both = pairOf(A, FloatOnly | NoComplex, "input1", "input2");
  if (!Both)
    return Both.takeError();
  TensorType Each = withoutLast(std::move(*Both), /*KeepDim=*/false);
  llvm::Expected<Sizes> Out = broadcast(Each.Shape, Target.Shape);
  if (!Out)
    return Out.takeError();
  Each.Type = promoteAll({torch::operand(Each), torch::operand(Target)});
  Each.Shape = std::move(*Out);
  return reduced(A, std::move(Each));
}

llvm::Expected<Results> tripletResult(const OpArgs &A) {
  const TensorType &Anchor = A.tensor("anchor");
  for (llvm::StringRef Name : {"positive", "negative"})
    if (A.tensor(Name).rank() != Anchor.rank())
      return reject("anchor is " + rankText(Anchor) + ", " + Name + " is " +
                    rankText(A.tensor(Name)));
  llvm::Expected<Results> Both = pointwise(A, ToFloat | NoBoolOperand, {"anchor", "positive", "negative"});
  if (!Both)
    return Both;
  return reduced(A, withoutLast(std::move(Both->front()), /*KeepDim=*/false));
}

/// The larger operand decides how many elements there are.
template <int StepsPerElement>
CostFeatures distanceCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures F = memoryCost(A, Out);
  int64_t Elements = 0;
  for (const TensorArg &T : A.call().tensorInputs())
    Elements = std::max(Elements, T.Type.elements());
  F.ElementOps = saturatingMul(Elements, StepsPerElement);
  return F;
}

constexpr llvm::StringLiteral MseSamples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,3] target=f32[2,1] reduction=0 -> f32[2,3]",
    "self=f32[2,3] target=i64[2,3] -> f32[]",
    "self=f32[2,3] target=f64[2,3] reduction=2 -> f64[]",
    "self=f32[2,3] target=f32[2,2] -> error",
    "self=i64[2,3] target=i64[2,3] -> error",
};
constexpr llvm::StringLiteral L1Samples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=i64[2,3] target=i64[2,3] reduction=0 -> i64[2,3]",
    "self=i64[2,3] target=i64[2,3] -> error",
    "self=f32[2,3] target=f32[2,2] -> error",
};
constexpr llvm::StringLiteral SmoothL1Samples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,3] target=f32[2,1] reduction=0 beta=0.0 -> f32[2,3]",
    "self=f32[2,3] target=f32[2,3] beta=-1.0 -> error",
    "self=i64[2,3] target=i64[2,3] -> error",
};
constexpr llvm::StringLiteral HuberSamples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,3] target=f64[2,1] reduction=0 -> f32[2,3]",
    "self=f32[2,3] target=f32[2,3] delta=0.0 -> error",
    "self=f32[2,3] target=f32[2,2] -> error",
};
constexpr llvm::StringLiteral BceSamples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,3] target=f32[2,3] weight=f32[3] reduction=0 -> f32[2,3]",
    "self=f32[4,1] target=f32[4] reduction=0 -> f32[4,1]",
    "self=f32[2,3] target=f32[2,3] weight=f32[2] -> error",
    "self=f32[2,3] target=f32[2,1] -> error",
    "self=f32[2,3] target=f32[6] -> error",
    "self=f32[2,3] target=i64[2,3] -> error",
    "self=f32[2,3] target=f64[2,3] -> error",
};
constexpr llvm::StringLiteral LogitsSamples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,1] target=f32[2,3] reduction=0 -> f32[2,3]",
    "self=f32[2,3] target=f32[2,3] weight=f32[3] pos_weight=f32[3] reduction=2 -> f32[]",
    "self=f32[2,3] target=f32[2,1] -> error",
    "self=f32[2,3] target=f32[2] -> error",
    "self=f32[2,3] target=i64[2,3] -> error",
    "self=f32[2,3] target=f32[2,3] pos_weight=f32[2] -> error",
};
constexpr llvm::StringLiteral DivergenceSamples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,3] target=f32[3] reduction=0 log_target=true -> f32[2,3]",
    "self=f32[2,3] target=f32[2] -> error",
    "self=f32[2,3] target=i64[2,3] -> error",
};
constexpr llvm::StringLiteral SoftMarginSamples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,3] target=f32[3] reduction=0 -> f32[2,3]",
    "self=f32[2,3] target=f64[2,3] reduction=0 -> f32[2,3]",
    "self=f32[1,3] target=f32[2,3] -> error",
    "self=f32[2,3] target=f32[2] -> error",
    "self=i64[2,3] target=i64[2,3] -> error",
};
constexpr llvm::StringLiteral HingeSamples[] = {
    "self=f32[2,3] target=f32[2,3] -> f32[]",
    "self=f32[2,3] target=i64[3] reduction=0 -> f32[2,3]",
    "self=f32[2,3] target=i64[2] -> error",
};
constexpr llvm::StringLiteral PoissonSamples[] = {
    "input=f32[2,3] target=f32[2,3] log_input=true full=false eps=1e-08 reduction=1 -> f32[]",
    "input=f32[2,3] target=f32[3] log_input=true full=true eps=1e-08 reduction=0 -> f32[2,3]",
    "input=f32[2,3] target=f32[2] log_input=true full=true eps=1e-08 reduction=0 -> error",
};
constexpr llvm::StringLiteral RankingSamples[] = {
    "input1=f32[2] input2=f32[2] target=f32[2] -> f32[]",
    "input1=f32[2] input2=f32[1] target=i64[2] reduction=0 -> f32[2]",
    "input1=f32[2] input2=f32[3] target=f32[2] -> error",
};
constexpr llvm::StringLiteral SimilaritySamples[] = {
    "x1=f32[2,3] x2=f32[2,3] -> f32[2]",
    "x1=f32[2,3,4] x2=f32[1,3,4] dim=-1 -> f32[2,3]",
    "x1=f32[3] x2=f32[3] dim=0 -> f32[]",
    "x1=f32[2,3] x2=f64[2,3] -> f64[2]",
    "x1=f32[2,3] x2=f32[2,4] -> error",
    "x1=f32[3] x2=f32[3] -> error",
    "x1=i64[2,3] x2=i64[2,3] -> error",
};
constexpr llvm::StringLiteral DistanceSamples[] = {
    "x1=f32[2,3] x2=f32[2,3] -> f32[2]",
    "x1=i64[2,3] x2=i64[3] keepdim=true -> f32[2,1]",
    "x1=f32[2,3] x2=f32[2,4] -> error",
};
constexpr llvm::StringLiteral OwnPairsSamples[] = {
    "self=f32[4,3] -> f32[6]",
    "self=f32[1,3] -> f32[0]",
    "self=f32[3] -> error",
    "self=i64[4,3] -> error",
    "self=f32[4,3] p=-1.0 -> error",
};
constexpr llvm::StringLiteral CosineSamples[] = {
    "input1=f32[2,3] input2=f32[2,3] target=i64[2] -> f32[]",
    "input1=f32[2,3] input2=f32[2,3] target=f32[2] reduction=0 -> f32[2]",
    "input1=f32[3] input2=f32[3] target=f32[] -> f32[]",
    "input1=f32[2,3] input2=f32[2,3] target=f32[] -> error",
    "input1=f32[2,3] input2=f32[2,3] target=f32[2,1] -> error",
    "input1=f32[2,3] input2=f32[2,4] target=f32[2] -> error",
    "input1=f32[2,3] input2=f32[2,3] target=f32[3] -> error",
};
constexpr llvm::StringLiteral TripletSamples[] = {
    "anchor=f32[2,3] positive=f32[2,3] negative=f32[2,3] -> f32[]",
    "anchor=f32[2,3] positive=f32[1,3] negative=f32[2,3] reduction=0 swap=true -> f32[2]",
    "anchor=f32[3] positive=f32[3] negative=f32[3] reduction=0 -> f32[]",
    "anchor=f32[2,3] positive=f32[2,3] negative=f32[3] -> error",
    "anchor=f32[2,3] positive=f32[2,4] negative=f32[2,3] -> error",
};

constexpr llvm::StringLiteral PairSweeps[] = {
    "self=f32[B:1..256,D:1..16384] target=f32[B,D]",
};

constexpr OpDef Ops[] = {
    {"aten::mse_loss(Tensor self, Tensor target, int reduction=1) -> Tensor",
     pairLoss<FloatOnly | NoComplex>, distanceCost<3>, Storage::New, MseSamples, PairSweeps},
    {"aten::l1_loss(Tensor self, Tensor target, int reduction=1) -> Tensor", l1Result,
     distanceCost<3>, Storage::New, L1Samples, PairSweeps},
    {"aten::smooth_l1_loss(Tensor self, Tensor target, int reduction=1, float beta=1.) -> Tensor",
     smoothL1Result, distanceCost<6>, Storage::New, SmoothL1Samples, PairSweeps},
    {"aten::huber_loss(Tensor self, Tensor target, int reduction=1, float delta=1.) -> Tensor",
     huberResult, distanceCost<6>, Storage::New, HuberSamples},
    {"aten::binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1) "
     "-> Tensor",
     crossEntropyResult, distanceCost<8>, Storage::New, BceSamples, PairSweeps},
    {"aten::binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, "
     "Tensor? pos_weight=None, int reduction=1) -> Tensor",
     logitsResult, distanceCost<10>, Storage::New, LogitsSamples, PairSweeps},
    {"aten::kl_div(Tensor self, Tensor target, int reduction=1, *, bool log_target=False) -> "
     "Tensor",
     divergenceResult, distanceCost<4>, Storage::New, DivergenceSamples, PairSweeps},
    {"aten::soft_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor",
     softMarginResult, distanceCost<5>, Storage::New, SoftMarginSamples},
    {"aten::hinge_embedding_loss(Tensor self, Tensor target, float margin=1., int reduction=1) -> "
     "Tensor",
     hingeResult, distanceCost<6>, Storage::New, HingeSamples},
    {"aten::poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, "
     "int reduction) -> Tensor",
     pairLoss<FloatOnly, "input", "target">, distanceCost<4>, Storage::New, PoissonSamples},
    {"aten::margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., int "
     "reduction=1) -> Tensor",
     rankingResult, distanceCost<5>, Storage::New, RankingSamples},
    {"aten::cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor",
     similarityResult, distanceCost<6>, Storage::New, SimilaritySamples},
    {"aten::pairwise_distance(Tensor x1, Tensor x2, float p=2., float eps=9.9999999999999995e-07, "
     "bool keepdim=False) -> Tensor",
     distanceResult, distanceCost<4>, Storage::New, DistanceSamples},
    {"aten::pdist(Tensor self, float p=2.) -> Tensor", ownPairsResult, pairsCost, Storage::New,
     OwnPairsSamples},
    {"aten::cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., "
     "int reduction=1) -> Tensor",
     cosineResult, distanceCost<6>, Storage::New, CosineSamples},
    {"aten::triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1., "
     "float p=2., float eps=9.9999999999999995e-07, bool swap=False, int reduction=1) -> Tensor",
     tripletResult, distanceCost<8>, Storage::New, TripletSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> lossOps() { return Ops; }
} // namespace energy::torch
