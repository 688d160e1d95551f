/// \file
/// Sorting, selecting the largest, and running totals along one dimension.
#include "Torch/Rules.h"
#include "llvm/Support/MathExtras.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
llvm::Error checkDim(const OpArgs &A) {
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), A.tensor("self").rank());
  return D ? llvm::Error::success() : D.takeError();
}
/// How many elements there are along `dim`; a scalar has one.
int64_t sizeAlongDim(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  int64_t Dim = A.call().integer("dim").value_or(0);
  return In.Shape.empty() ? 1 : In.Shape[static_cast<size_t>(Dim < 0 ? Dim + In.rank() : Dim)];
}
Results valuesAndIndices(DType Type, Shape S) {
  return {TensorType(Type, S), TensorType(DefaultInt, S)};
}
llvm::Error requireOrder(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("complex numbers have no order");
  return checkDim(A);
}

llvm::Expected<Results> sortRule(const OpArgs &A) {
  if (llvm::Error E = requireOrder(A))
    return E;
  return valuesAndIndices(A.tensor("self").Type, A.tensor("self").Shape);
}
llvm::Expected<Results> argsortRule(const OpArgs &A) {
  if (llvm::Error E = requireOrder(A))
    return E;
  return Results{TensorType(DefaultInt, A.tensor("self").Shape)};
}
llvm::Expected<Results> topkRule(const OpArgs &A) {
  if (llvm::Error E = requireOrder(A))
    return E;
  if (A.tensor("self").Type == DType::Bool)
    return reject("topk is not defined for bool operands");
  int64_t K = A.integer("k");
  if (K < 0 || K > sizeAlongDim(A))
    return reject("k " + Twine(K) + " is out of range for a dimension of size " +
                  Twine(sizeAlongDim(A)));
  TensorType Out = A.tensor("self");
  if (!Out.Shape.empty())
    Out.Shape[static_cast<size_t>(*wrapDim(A.integer("dim"), Out.rank()))] = K;
  return valuesAndIndices(Out.Type, Out.Shape);
}
/// kthvalue and mode: one value of each slice.
llvm::Expected<Results> pickRule(const OpArgs &A) {
  if (llvm::Error E = requireOrder(A))
    return E;
  int64_t Size = sizeAlongDim(A), K = A.call().integer("k").value_or(1);
  if (K < 1 || K > Size)
    return reject("k " + Twine(K) + " is out of range for a dimension of size " + Twine(Size));
  const TensorType &In = A.tensor("self");
  Sizes Dims{*wrapDim(A.integer("dim"), In.rank())};
  return valuesAndIndices(In.Type, reducedSizes(In.Shape, Dims, A.boolean("keepdim")));
}

llvm::Expected<Results> cumulativeRule(const OpArgs &A) {
  if (llvm::Error E = checkDim(A))
    return E;
  const TensorType &In = A.tensor("self");
  DType Type = A.dtype("dtype").value_or(isInteger(In.Type) ? DefaultInt : In.Type);
  return Results{TensorType(Type, In.Shape)};
}
/// In place, the type stays; a `dtype` must name it.
llvm::Expected<Results> cumulativeIntoRule(const OpArgs &A) {
  if (llvm::Error E = checkDim(A))
    return E;
  DType Type = A.tensor("self").Type;
  if (A.dtype("dtype").value_or(Type) != Type)
    return reject("'self' is of type " + dtypeName(Type) + ", 'dtype' is " +
                  dtypeName(*A.dtype("dtype")));
  return likeSelf(A);
}
llvm::Expected<Results> logcumsumexpRule(const OpArgs &A) {
  if (!isFloat(A.tensor("self").Type))
    return reject("logcumsumexp needs a floating point tensor");
  if (llvm::Error E = checkDim(A))
    return E;
  return likeSelf(A);
}
llvm::Expected<Results> uniqueRule(const OpArgs &A) {
  if (A.call().integer("dim"))
    if (llvm::Error E = checkDim(A))
      return E;

  return dataDependent("the number of different values is not known");
}

/// About log2(n) comparisons for each element.
CostFeatures sortCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  int64_t Steps = llvm::Log2_64_Ceil(static_cast<uint64_t>(std::max<int64_t>(sizeAlongDim(A), 2)));
  return reductionCost(A, Out, Steps);
}

constexpr llvm::StringLiteral SortSamples[] = {
    "self=f32[2,3] -> f32[2,3] i64[2,3]",
    "self=i64[2,3] dim=0 descending=true -> i64[2,3] i64[2,3]",
    "self=f32[] -> f32[] i64[]",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral StableSortSamples[] = {
    "self=f32[2,3] stable=true -> f32[2,3] i64[2,3]",
    "self=f32[2,3] stable=true dim=2 -> error",
};
constexpr llvm::StringLiteral ArgsortSamples[] = {
    "self=f32[2,3] -> i64[2,3]",
    "self=f32[2,3] dim=0 descending=true -> i64[2,3]",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral StableArgsortSamples[] = {
    "self=f32[2,3] stable=true -> i64[2,3]",
    "self=f32[2,3] stable=true dim=2 -> error",
};
constexpr llvm::StringLiteral TopkSamples[] = {
    "self=f32[2,5] k=3 -> f32[2,3] i64[2,3]", "self=f32[5,2] k=2 dim=0 -> f32[2,2] i64[2,2]",
    "self=f32[] k=1 -> f32[] i64[]",          "self=f32[2,5] k=6 -> error",
    "self=f32[2,5] k=1 dim=2 -> error",
};
constexpr llvm::StringLiteral KthSamples[] = {
    "self=f32[2,5] k=3 -> f32[2] i64[2]",
    "self=f32[5,2] k=2 dim=0 keepdim=true -> f32[1,2] i64[1,2]",
    "self=f32[2,5] k=6 -> error",
    "self=f32[2,5] k=0 -> error",
};
constexpr llvm::StringLiteral ModeSamples[] = {
    "self=f32[2,5] -> f32[2] i64[2]",
    "self=i64[5,2] dim=0 keepdim=true -> i64[1,2] i64[1,2]",
    "self=f32[2,5] dim=2 -> error",
};
constexpr llvm::StringLiteral CumulativeSamples[] = {
    "self=f32[2,3] dim=1 -> f32[2,3]",
    "self=i32[3] dim=0 -> i64[3]",
    "self=f32[3] dim=0 dtype=dtype:float64 -> f64[3]",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral IntoCumulativeSamples[] = {
    "self=f32[2,3] dim=1 -> f32[2,3]",
    "self=i32[3] dim=0 -> i32[3]",
    "self=f32[3] dim=0 dtype=dtype:float64 -> error",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral LogcumsumexpSamples[] = {
    "self=f32[2,3] dim=1 -> f32[2,3]",
    "self=i64[3] dim=0 -> error",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral CummaxSamples[] = {
    "self=f32[2,3] dim=1 -> f32[2,3] i64[2,3]",
    "self=f32[2,3] dim=2 -> error",
};
constexpr llvm::StringLiteral MsortSamples[] = {"self=f32[2,3] -> f32[2,3]"};
constexpr llvm::StringLiteral UniqueSamples[] = {"self=f32[2,3]"};
constexpr llvm::StringLiteral UniqueDimSamples[] = {"self=f32[2,3] dim=1"};
constexpr llvm::StringLiteral SortSweeps[] = {"self=f32[N:1..256,M:8..16384] dim=1"};
constexpr llvm::StringLiteral TopkSweeps[] = {"self=f32[N:1..256,M:8..16384] k=K:1..5 dim=1"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)",
     sortRule, sortCost, Storage::New, SortSamples, SortSweeps},
    {"aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)",
     sortRule, sortCost, Storage::New, StableSortSamples},
    {"aten::argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor",
     argsortRule, sortCost, Storage::New, ArgsortSamples},
    {"aten::argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor",
     argsortRule, sortCost, Storage::New, StableArgsortSamples},
    {"aten::msort(Tensor self) -> Tensor",
     likeSelf, sortCost, Storage::New, MsortSamples},
    {"aten::topk(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)",
     topkRule, reductionCost<2>, Storage::New, TopkSamples, TopkSweeps},
    {"aten::kthvalue(Tensor self, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)",
     pickRule, reductionCost<2>, Storage::New, KthSamples},
    {"aten::mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)",
     pickRule, sortCost, Storage::New, ModeSamples},
    {"aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor",
     cumulativeRule, pointwiseCost<>, Storage::New, CumulativeSamples},
    {"aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor",
     cumulativeRule, pointwiseCost<>, Storage::New, CumulativeSamples},
    {"aten::cumsum_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)",
     cumulativeIntoRule, pointwiseCost<>, Storage::InPlace, IntoCumulativeSamples},
    {"aten::cumprod_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)",
     cumulativeIntoRule, pointwiseCost<>, Storage::InPlace, IntoCumulativeSamples},
    {"aten::logcumsumexp(Tensor self, int dim) -> Tensor",
     logcumsumexpRule, pointwiseCost<3>, Storage::New, LogcumsumexpSamples},
    {"aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)",
     sortRule, pointwiseCost<>, Storage::New, CummaxSamples},
    {"aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)",
     sortRule, pointwiseCost<>, Storage::New, CummaxSamples},
    {"aten::_unique(Tensor self, bool sorted=True, bool return_inverse=False) -> (Tensor, Tensor)",
     uniqueRule, nullptr, Storage::New, UniqueSamples},
    {"aten::_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)",
     uniqueRule, nullptr, Storage::New, UniqueSamples},
    {"aten::unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, Tensor)",
     uniqueRule, nullptr, Storage::New, UniqueSamples},
    {"aten::unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)",
     uniqueRule, nullptr, Storage::New, UniqueDimSamples},
    {"aten::unique_dim_consecutive(Tensor self, int dim, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)",
     uniqueRule, nullptr, Storage::New, UniqueDimSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::sortingOps() { return Ops; }
