/// \file
/// Reductions over all or some dimensions: sum, mean, max, std, norm, all, ...
/// No `dim`, or an empty list, reduces over every dimension.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
bool keepDim(const OpArgs &A) { return A.call().boolean("keepdim").value_or(false); }
std::optional<DType> wantedType(const OpArgs &A) {
  return A.call().find("dtype") ? A.dtype("dtype") : std::nullopt;
}

/// One result of type \p Out.
llvm::Expected<Results> reduce(const OpArgs &A, DType Out) {
  const TensorType &In = A.tensor("self");
  llvm::Expected<Sizes> Dims = reducedDims(A, In);
  if (!Dims)
    return Dims.takeError();
  return Results{TensorType(Out, reducedSizes(In.Shape, *Dims, keepDim(A)))};
}
/// max, argmax, ...: there is no largest of no elements.
llvm::Error requireElements(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (isComplex(In.Type))
    return reject("complex numbers have no order");
  llvm::Expected<Sizes> Dims = reducedDims(A, In);
  if (!Dims)
    return Dims.takeError();
  for (int64_t D : *Dims)
    if (D < In.rank() && In.Shape[static_cast<size_t>(D)] == 0)
      return reject("the input has no elements along dimension " + Twine(D));
  return llvm::Error::success();
}

llvm::Expected<Results> sumRule(const OpArgs &A) {
  DType In = A.tensor("self").Type;
  return reduce(A, wantedType(A).value_or(isInteger(In) ? DefaultInt : In));
}
llvm::Expected<Results> nansumRule(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("nansum is not defined for complex operands");
  return sumRule(A);
}
llvm::Expected<Results> meanRule(const OpArgs &A) {
  DType Out = wantedType(A).value_or(A.tensor("self").Type);
  if (isInteger(Out))
    return reject("the mean of a tensor of type " + dtypeName(A.tensor("self").Type) +
                  " needs a floating point 'dtype'");
  return reduce(A, Out);
}
llvm::Expected<Results> nanmeanRule(const OpArgs &A) {
  if (!isFloat(A.tensor("self").Type))
    return reject("nanmean needs a floating point tensor");
  return meanRule(A);
}
llvm::Expected<Results> extremeRule(const OpArgs &A) {
  if (llvm::Error E = requireElements(A))
    return E;
  return reduce(A, A.tensor("self").Type);
}
/// max.dim, min.dim: the values and where they were.
llvm::Expected<Results> extremeAtRule(const OpArgs &A) {
  llvm::Expected<Results> Out = extremeRule(A);
  if (Out)
    Out->emplace_back(DefaultInt, (*Out)[0].Shape);
  return Out;
}
llvm::Expected<Results> aminmaxRule(const OpArgs &A) {
  llvm::Expected<Results> Out = extremeRule(A);
  if (Out)
    Out->push_back(TensorType((*Out)[0]));
  return Out;
}
llvm::Expected<Results> argRule(const OpArgs &A) {
  if (llvm::Error E = requireElements(A))
    return E;
  if (A.tensor("self").Type == DType::Bool)
    return reject("the operator is not defined for bool operands");
  return reduce(A, DefaultInt);
}
/// all and any keep uint8, the boolean type of old.
llvm::Expected<Results> testRule(const OpArgs &A) {
  return reduce(A, A.tensor("self").Type == DType::UInt8 ? DType::UInt8 : DType::Bool);
}
/// median of everything; the type stays.
llvm::Expected<Results> medianRule(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("complex numbers have no order");
  return reduce(A, A.tensor("self").Type);
}
llvm::Expected<Results> medianAtRule(const OpArgs &A) {
  if (A.tensor("self").Type == DType::Bool)
    return reject("median is not defined for bool operands");
  return extremeAtRule(A);
}
llvm::Expected<Results> countRule(const OpArgs &A) { return reduce(A, DefaultInt); }

llvm::Expected<Results> deviationRule(const OpArgs &A) {
  DType In = A.tensor("self").Type;
  if (isInteger(In))
    return reject("std and var need a floating point or complex tensor, not " + dtypeName(In));
  return reduce(A, realType(In));
}
llvm::Expected<Results> deviationAndMeanRule(const OpArgs &A) {
  llvm::Expected<Results> Out = deviationRule(A);
  if (Out)
    Out->emplace_back(A.tensor("self").Type, (*Out)[0].Shape);
  return Out;
}
llvm::Expected<Results> normRule(const OpArgs &A) {
  DType In = wantedType(A).value_or(A.tensor("self").Type);
  if (isInteger(In))
    return reject("a norm needs a floating point or complex tensor, not " + dtypeName(In));
  return reduce(A, realType(In));
}
llvm::Expected<Results> logsumexpRule(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("logsumexp is not defined for complex operands");
  return reduce(A, toFloat(A.tensor("self").Type));
}
/// A norm of the last two dimensions, or of the two given.
llvm::Expected<Results> matrixNormRule(const OpArgs &A) {
  if (A.tensor("self").rank() < 2)
    return reject("a matrix norm needs at least 2 dimensions, the input has " +
                  Twine(A.tensor("self").rank()));
  if (A.ints("dim").size() != 2)
    return reject("a matrix norm needs 2 dimensions, not " + listText(A.ints("dim")));
  return normRule(A);
}
/// linalg_norm: with 'ord' but no 'dim' the input must be a vector or a matrix.
llvm::Expected<Results> linalgNormRule(const OpArgs &A) {
  if (!A.isNone("ord") && A.isNone("dim") && A.tensor("self").rank() > 2)
    return reject("with 'ord' and no 'dim' the input must be a vector or a matrix, not " +
                  shapeText(A.tensor("self").Shape));
  if (!A.isNone("dim") && (A.ints("dim").empty() || A.ints("dim").size() > 2) && !A.isNone("ord"))
    return reject("'dim' must name one or two dimensions");
  return normRule(A);
}
/// 'ord' is "fro" or "nuc": a norm of matrices.
llvm::Expected<Results> linalgNormNameRule(const OpArgs &A) {
  int64_t Count =
      A.isNone("dim") ? A.tensor("self").rank() : static_cast<int64_t>(A.ints("dim").size());
  if (A.text("ord") != "fro" && A.text("ord") != "nuc")
    return reject("'ord' must be 'fro' or 'nuc', not '" + A.text("ord") + "'");
  if (Count != 2)
    return reject("a matrix norm needs 2 dimensions, not " + Twine(Count));
  return normRule(A);
}
/// Several quantiles become the first dimension.
llvm::Expected<Results> quantileRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self"), *Q = A.call().tensor("q");
  if (In.Type != DType::Float32 && In.Type != DType::Float64)
    return reject("quantile needs a tensor of type float32 or float64, not " + dtypeName(In.Type));
  if (In.elements() == 0)
    return reject("quantile needs at least one element");
  if (Q && (Q->Type != In.Type || Q->rank() > 1))
    return reject("'q' must be a number or a vector of type " + dtypeName(In.Type));
  if (!Q && !(A.number("q") >= 0 && A.number("q") <= 1))
    return reject("'q' must lie between 0 and 1");
  llvm::StringRef Known[] = {"linear", "lower", "higher", "midpoint", "nearest"};
  if (!llvm::is_contained(Known, A.text("interpolation")))
    return reject("interpolation '" + A.text("interpolation") + "' is not known");
  llvm::Expected<Results> Out = reduce(A, In.Type);
  if (Out && Q && Q->rank() == 1)
    (*Out)[0].Shape.insert((*Out)[0].Shape.begin(), Q->Shape[0]);
  return Out;
}
/// A C++ bool: no tensor results.
llvm::Expected<Results> closeRule(const OpArgs &A) {
  if (llvm::Error E = requireSameType(A, "self", "other"))
    return E;
  llvm::Expected<Results> Both = pointwise<ToBool, "self", "other">(A);
  if (!Both)
    return Both;
  return Results{};
}
llvm::Expected<Results> isNonzeroRule(const OpArgs &A) {
  if (A.tensor("self").elements() != 1)
    return reject("the truth of a tensor of " + Twine(A.tensor("self").elements()) +
                  " elements is ambiguous");
  return Results{};
}
llvm::Expected<Results> trapezoidRule(const OpArgs &A) {
  const TensorType &In = A.tensor("y");
  if (In.Type == DType::Bool)
    return reject("the operator is not defined for bool operands");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), In.rank());
  if (!D)
    return D.takeError();
  if (In.Shape.empty())
    return reject("an integral needs at least 1 dimension");
  return Results{TensorType(toFloat(In.Type), reducedSizes(In.Shape, {*D}, false))};
}
llvm::Expected<Results> distRule(const OpArgs &A) {
  llvm::Expected<Results> Both = pointwise<(Promote | FloatOnly), "self", "other">(A);
  if (!Both)
    return Both;
  return Results{TensorType(realType((*Both)[0].Type), {})};
}
llvm::Expected<Results> traceRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (In.rank() != 2)
    return reject("trace needs a matrix, not a tensor of " + Twine(In.rank()) + " dimensions");
  return Results{TensorType(isInteger(In.Type) ? DefaultInt : In.Type, {})};
}

constexpr llvm::StringLiteral SumSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=i32[2,3] -> i64[]",
    "self=b8[4] -> i64[]",
    "self=f32[0] -> f32[]",
    "self=f32[2] dtype=dtype:float64 -> f64[]",
};
constexpr llvm::StringLiteral SumDimSamples[] = {
    "self=f32[2,3,4] dim=[1] -> f32[2,4]",
    "self=f32[2,3,4] dim=[-1,0] -> f32[3]",
    "self=f32[2,3,4] dim=[1] keepdim=true -> f32[2,1,4]",
    "self=f32[2,3] dim=[] -> f32[]",
    "self=f32[2,3] dim=None keepdim=true -> f32[1,1]",
    "self=i32[2,3] dim=[0] -> i64[3]",
    "self=f32[] dim=[0] -> f32[]",
    "self=f32[0,3] dim=[0] -> f32[3]",
    "self=f32[2,3] dim=[2] -> error",
    "self=f32[2,3] dim=[0,0] -> error",
};
constexpr llvm::StringLiteral ProdDimSamples[] = {
    "self=f32[2,3,4] dim=1 -> f32[2,4]",
    "self=i32[2,3] dim=-1 keepdim=true -> i64[2,1]",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral MeanSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=i64[2] dtype=dtype:float32 -> f32[]",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral MeanDimSamples[] = {
    "self=f32[2,3,4,5] dim=[2,3] -> f32[2,3]",
    "self=f32[2,3] dim=[1] keepdim=true -> f32[2,1]",
    "self=f32[2,3] dim=[2] -> error",
    "self=i64[2,3] dim=[1] -> error",
};
constexpr llvm::StringLiteral NanMeanSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=f32[2,3] dim=[1] keepdim=true -> f32[2,1]",
    "self=i64[2,3] -> error",
};
constexpr llvm::StringLiteral NanSumSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=f32[2,3] dim=[1] keepdim=true -> f32[2,1]",
    "self=c64[2,3] -> error",
};
constexpr llvm::StringLiteral MaxSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=i64[] -> i64[]",
    "self=f32[0] -> error",
    "self=c64[2] -> error",
};
constexpr llvm::StringLiteral MaxDimSamples[] = {
    "self=f32[2,3] dim=1 -> f32[2] i64[2]",
    "self=f32[2,3] dim=-2 keepdim=true -> f32[1,3] i64[1,3]",
    "self=f32[] dim=0 -> f32[] i64[]",
    "self=f32[0,3] dim=1 -> f32[0] i64[0]",
    "self=f32[0,3] dim=0 -> error",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral AmaxSamples[] = {
    "self=f32[2,3,4] dim=[1,2] -> f32[2]",
    "self=f32[2,3] -> f32[]",
    "self=f32[2,3] dim=[0] keepdim=true -> f32[1,3]",
    "self=f32[0,3] dim=[0] -> error",
    "self=f32[2,3] dim=[2] -> error",
};
constexpr llvm::StringLiteral AminmaxSamples[] = {
    "self=f32[2,3] -> f32[] f32[]",
    "self=f32[2,3] dim=1 keepdim=true -> f32[2,1] f32[2,1]",
    "self=f32[0] -> error",
};
constexpr llvm::StringLiteral ArgSamples[] = {
    "self=f32[2,3] -> i64[]",
    "self=f32[2,3] dim=1 -> i64[2]",
    "self=f32[2,3] dim=-1 keepdim=true -> i64[2,1]",
    "self=f32[0] -> error",
    "self=f32[2,3] dim=2 -> error",
    "self=b8[2] -> error",
};
constexpr llvm::StringLiteral TestSamples[] = {
    "self=b8[2,3] -> b8[]",
    "self=f32[2,3] -> b8[]",
    "self=u8[2] -> u8[]",
    "self=b8[0] -> b8[]",
};
constexpr llvm::StringLiteral TestDimSamples[] = {
    "self=b8[2,3] dim=1 -> b8[2]",
    "self=f32[2,3] dim=0 keepdim=true -> b8[1,3]",
    "self=b8[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral MedianSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=i64[5] -> i64[]",
    "self=c64[2] -> error",
};
constexpr llvm::StringLiteral CountSamples[] = {
    "self=f32[2,3] -> i64[]",
    "self=b8[2,3] dim=1 -> i64[2]",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral CountDimSamples[] = {
    "self=f32[2,3,4] dim=[0,2] -> i64[3]",
    "self=f32[2,3] dim=[2] -> error",
};
constexpr llvm::StringLiteral DeviationSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=f64[4] unbiased=false -> f64[]",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral DeviationDimSamples[] = {
    "self=f32[2,3,4] dim=[1] -> f32[2,4]",
    "self=f32[2,3] dim=[1] unbiased=false keepdim=true -> f32[2,1]",
    "self=f32[2,3] dim=[2] -> error",
    "self=i64[2,3] dim=[1] -> error",
};
constexpr llvm::StringLiteral DeviationCorrectionSamples[] = {
    "self=f32[2,3,4] dim=[1] correction=1 -> f32[2,4]",
    "self=f32[2,3] dim=None correction=0 keepdim=true -> f32[1,1]",
    "self=f32[2,3] dim=[2] correction=1 -> error",
};
constexpr llvm::StringLiteral DeviationMeanSamples[] = {
    "self=f32[2,3] -> f32[] f32[]",
    "self=c64[4] -> f32[] c64[]",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral DeviationMeanDimSamples[] = {
    "self=f32[2,3,4] dim=[1] -> f32[2,4] f32[2,4]",
    "self=f32[2,3] dim=[2] -> error",
};
constexpr llvm::StringLiteral DeviationMeanCorrectionSamples[] = {
    "self=f32[2,3,4] dim=[1] correction=1 -> f32[2,4] f32[2,4]",
    "self=f32[2,3] dim=[2] correction=1 -> error",
};
constexpr llvm::StringLiteral NormSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=f32[2,3] p=1 -> f32[]",
    "self=c64[3] -> f32[]",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral NormDimSamples[] = {
    "self=f32[2,3,4] p=2 dim=[1] -> f32[2,4]",
    "self=f32[2,3] p=None dim=[1] keepdim=true -> f32[2,1]",
    "self=f32[2,3] p=2 dim=[2] -> error",
    "self=i64[2,3] p=2 dim=[1] -> error",
};
constexpr llvm::StringLiteral NormTypeSamples[] = {
    "self=f32[2,3] p=2 dtype=dtype:float64 -> f64[]",
    "self=f32[2] p=2 dtype=dtype:int64 -> error",
};
constexpr llvm::StringLiteral NormDimTypeSamples[] = {
    "self=f32[2,3] p=2 dim=[1] keepdim=true dtype=dtype:float64 -> f64[2,1]",
    "self=f32[2,3] p=2 dim=[2] keepdim=false dtype=dtype:float64 -> error",
};
constexpr llvm::StringLiteral LinalgNormSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=f32[2,3,4] dim=[1] -> f32[2,4]",
    "self=f32[2,3] ord=2 dim=[1] keepdim=true -> f32[2,1]",
    "self=f32[2,3,4] ord=1 -> error",
    "self=i64[2] -> error",
    "self=f32[2,3] dim=[2] -> error",
};
constexpr llvm::StringLiteral VectorNormSamples[] = {
    "self=f32[2,3] -> f32[]",
    "self=f32[2,3] ord=1 dim=[1] -> f32[2]",
    "self=f32[2,3] dim=[2] -> error",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral MatrixNormSamples[] = {
    "self=f32[2,3,4] ord=1 -> f32[2]",
    "self=f32[3] ord=1 -> error",
};
constexpr llvm::StringLiteral LinalgNormNameSamples[] = {
    "self=f32[2,3] ord=\"fro\" -> f32[]",
    "self=f32[2,3,4] ord=\"nuc\" dim=[1,2] -> f32[2]",
    "self=f32[3] ord=\"fro\" -> error",
    "self=f32[2,3] ord=\"inf\" -> error",
};
constexpr llvm::StringLiteral MatrixNormNameSamples[] = {
    "self=f32[2,3,4] -> f32[2]",
    "self=f32[2,3] keepdim=true -> f32[1,1]",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral QuantileSamples[] = {
    "self=f32[2,3] q=f32[4] dim=1 -> f32[4,2]",
    "self=f32[2,3] q=f32[] -> f32[]",
    "self=f32[2,3] q=f32[4] dim=0 keepdim=true -> f32[4,1,3]",
    "self=i64[2] q=f32[] -> error",
    "self=f32[2,3] q=f32[2,2] -> error",
    "self=f32[2,3] q=f32[4] dim=2 -> error",
};
constexpr llvm::StringLiteral QuantileNumberSamples[] = {
    "self=f32[2,3] q=0.5 -> f32[]",
    "self=f32[2,3] q=0.5 dim=1 keepdim=true -> f32[2,1]",
    "self=f32[2,3] q=1.5 -> error",
    "self=f32[0] q=0.5 -> error",
};
constexpr llvm::StringLiteral CloseSamples[] = {
    "self=f32[2,3] other=f32[3] ->",
    "self=f32[2] other=f64[2] -> error",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral IsNonzeroSamples[] = {"self=f32[1] ->", "self=f32[2] -> error"};
constexpr llvm::StringLiteral TrapezoidSamples[] = {
    "y=f32[2,5] -> f32[2]",
    "y=f32[2,5] dim=0 -> f32[5]",
    "y=f32[2,5] dim=2 -> error",
};
constexpr llvm::StringLiteral FrobeniusSamples[] = {"self=f32[2,3] -> f32[]"};
constexpr llvm::StringLiteral FrobeniusDimSamples[] = {
    "self=f32[2,3,4] dim=[1,2] -> f32[2]",
    "self=f32[2,3] dim=[1] keepdim=true -> f32[2,1]",
    "self=f32[2,3] dim=[2] -> error",
};
constexpr llvm::StringLiteral LogsumexpSamples[] = {
    "self=f32[2,3] dim=[1] -> f32[2]",
    "self=f32[2,3] dim=[1] keepdim=true -> f32[2,1]",
    "self=f32[2,3] dim=[2] -> error",
};
constexpr llvm::StringLiteral DistSamples[] = {
    "self=f32[2,3] other=f32[3] -> f32[]",
    "self=f32[2] other=f32[3] -> error",
};
constexpr llvm::StringLiteral TraceSamples[] = {
    "self=f32[3,4] -> f32[]",
    "self=i32[2,2] -> i64[]",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral RowSweeps[] = {"self=f32[B:1..64,C:1..1024,H:1..64,H] dim=[2,3]",
                                             "self=f32[N:1..4096,M:8..4096] dim=[1]"};
constexpr llvm::StringLiteral AtSweeps[] = {"self=f32[N:1..4096,M:8..4096] dim=1"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor",
     sumRule, reductionCost<>, Storage::New, SumSamples},
    {"aten::prod(Tensor self, *, ScalarType? dtype=None) -> Tensor",
     sumRule, reductionCost<>, Storage::New, SumSamples},
    {"aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     sumRule, reductionCost<>, Storage::New, SumDimSamples, RowSweeps},
    {"aten::prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     sumRule, reductionCost<>, Storage::New, ProdDimSamples},
    {"aten::nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     nansumRule, reductionCost<2>, Storage::New, NanSumSamples},
    {"aten::mean(Tensor self, *, ScalarType? dtype=None) -> Tensor",
     meanRule, reductionCost<>, Storage::New, MeanSamples},
    {"aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     meanRule, reductionCost<>, Storage::New, MeanDimSamples, RowSweeps},
    {"aten::nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     nanmeanRule, reductionCost<3>, Storage::New, NanMeanSamples},
    {"aten::max(Tensor self) -> Tensor",
     extremeRule, reductionCost<>, Storage::New, MaxSamples},
    {"aten::min(Tensor self) -> Tensor",
     extremeRule, reductionCost<>, Storage::New, MaxSamples},
    {"aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
     extremeAtRule, reductionCost<>, Storage::New, MaxDimSamples, AtSweeps},
    {"aten::min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
     extremeAtRule, reductionCost<>, Storage::New, MaxDimSamples},
    {"aten::amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor",
     extremeRule, reductionCost<>, Storage::New, AmaxSamples},
    {"aten::amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor",
     extremeRule, reductionCost<>, Storage::New, AmaxSamples},
    {"aten::aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)",
     aminmaxRule, reductionCost<2>, Storage::New, AminmaxSamples},
    {"aten::argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor",
     argRule, reductionCost<>, Storage::New, ArgSamples},
    {"aten::argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor",
     argRule, reductionCost<>, Storage::New, ArgSamples},
    {"aten::all(Tensor self) -> Tensor",
     testRule, reductionCost<>, Storage::New, TestSamples},
    {"aten::any(Tensor self) -> Tensor",
     testRule, reductionCost<>, Storage::New, TestSamples},
    {"aten::all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor",
     testRule, reductionCost<>, Storage::New, TestDimSamples},
    {"aten::any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor",
     testRule, reductionCost<>, Storage::New, TestDimSamples},
    {"aten::median(Tensor self) -> Tensor",
     medianRule, reductionCost<2>, Storage::New, MedianSamples},
    {"aten::nanmedian(Tensor self) -> Tensor",
     medianRule, reductionCost<2>, Storage::New, MedianSamples},
    {"aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
     medianAtRule, reductionCost<2>, Storage::New, MaxDimSamples},
    {"aten::nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
     medianAtRule, reductionCost<2>, Storage::New, MaxDimSamples},
    {"aten::count_nonzero(Tensor self, int? dim=None) -> Tensor",
     countRule, reductionCost<>, Storage::New, CountSamples},
    {"aten::count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor",
     countRule, reductionCost<>, Storage::New, CountDimSamples},
    {"aten::std(Tensor self, bool unbiased=True) -> Tensor",
     deviationRule, reductionCost<3>, Storage::New, DeviationSamples},
    {"aten::var(Tensor self, bool unbiased=True) -> Tensor",
     deviationRule, reductionCost<3>, Storage::New, DeviationSamples},
    {"aten::std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor",
     deviationRule, reductionCost<3>, Storage::New, DeviationDimSamples, RowSweeps},
    {"aten::var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor",
     deviationRule, reductionCost<3>, Storage::New, DeviationDimSamples, RowSweeps},
    {"aten::std.correction(Tensor self, int[1]? dim, *, int? correction, bool keepdim=False) -> Tensor",
     deviationRule, reductionCost<3>, Storage::New, DeviationCorrectionSamples},
    {"aten::var.correction(Tensor self, int[1]? dim, *, int? correction, bool keepdim=False) -> Tensor",
     deviationRule, reductionCost<3>, Storage::New, DeviationCorrectionSamples},
    {"aten::std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)",
     deviationAndMeanRule, reductionCost<3>, Storage::New, DeviationMeanSamples},
    {"aten::var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)",
     deviationAndMeanRule, reductionCost<3>, Storage::New, DeviationMeanSamples},
    {"aten::std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)",
     deviationAndMeanRule, reductionCost<3>, Storage::New, DeviationMeanDimSamples},
    {"aten::var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)",
     deviationAndMeanRule, reductionCost<3>, Storage::New, DeviationMeanDimSamples},
    {"aten::std_mean.correction(Tensor self, int[1]? dim, *, int? correction, bool keepdim=False) -> (Tensor, Tensor)",
     deviationAndMeanRule, reductionCost<3>, Storage::New, DeviationMeanCorrectionSamples},
    {"aten::var_mean.correction(Tensor self, int[1]? dim, *, int? correction, bool keepdim=False) -> (Tensor, Tensor)",
     deviationAndMeanRule, reductionCost<3>, Storage::New, DeviationMeanCorrectionSamples},
    {"aten::norm.Scalar(Tensor self, Scalar p=2) -> Tensor",
     normRule, reductionCost<2>, Storage::New, NormSamples},
    {"aten::norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor",
     normRule, reductionCost<2>, Storage::New, NormDimSamples},
    {"aten::norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor",
     normRule, reductionCost<2>, Storage::New, NormTypeSamples},
    {"aten::norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor",
     normRule, reductionCost<2>, Storage::New, NormDimTypeSamples},
    {"aten::linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     linalgNormRule, reductionCost<2>, Storage::New, LinalgNormSamples},
    {"aten::linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     normRule, reductionCost<2>, Storage::New, VectorNormSamples},
    {"aten::linalg_matrix_norm(Tensor self, Scalar ord, int[] dim=[-2, -1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     matrixNormRule, reductionCost<2>, Storage::New, MatrixNormSamples},
    {"aten::linalg_norm.ord_str(Tensor self, str ord, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     linalgNormNameRule, reductionCost<2>, Storage::New, LinalgNormNameSamples},
    {"aten::linalg_matrix_norm.str_ord(Tensor self, str ord=\"fro\", int[] dim=[-2, -1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
     matrixNormRule, reductionCost<2>, Storage::New, MatrixNormNameSamples},
    {"aten::quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation=\"linear\") -> Tensor",
     quantileRule, reductionCost<8>, Storage::New, QuantileSamples},
    {"aten::nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation=\"linear\") -> Tensor",
     quantileRule, reductionCost<8>, Storage::New, QuantileSamples},
    {"aten::quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation=\"linear\") -> Tensor",
     quantileRule, reductionCost<8>, Storage::New, QuantileNumberSamples},
    {"aten::nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation=\"linear\") -> Tensor",
     quantileRule, reductionCost<8>, Storage::New, QuantileNumberSamples},
    {"aten::allclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> bool",
     closeRule, memoryCost, Storage::View, CloseSamples},
    {"aten::is_nonzero(Tensor self) -> bool",
     isNonzeroRule, nullptr, Storage::View, IsNonzeroSamples},
    {"aten::trapz.dx(Tensor y, *, float dx=1., int dim=-1) -> Tensor",
     trapezoidRule, reductionCost<2>, Storage::New, TrapezoidSamples},
    {"aten::trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor",
     trapezoidRule, reductionCost<2>, Storage::New, TrapezoidSamples},
    {"aten::frobenius_norm(Tensor self) -> Tensor",
     normRule, reductionCost<2>, Storage::New, FrobeniusSamples},
    {"aten::frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
     normRule, reductionCost<2>, Storage::New, FrobeniusDimSamples},
    {"aten::logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
     logsumexpRule, reductionCost<3>, Storage::New, LogsumexpSamples},
    {"aten::special_logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor",
     logsumexpRule, reductionCost<3>, Storage::New, LogsumexpSamples},
    {"aten::dist(Tensor self, Tensor other, Scalar p=2) -> Tensor",
     distRule, reductionCost<3>, Storage::New, DistSamples},
    {"aten::trace(Tensor self) -> Tensor",
     traceRule, pickCost, Storage::New, TraceSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::reductionOps() { return Ops; }
