/// \file
/// Where values lie and how many there are: searches in sorted values, histograms, positions of
/// what is not zero.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
llvm::Expected<Results> nonzeroRule(const OpArgs &) {
  return dataDependent("how many elements are not zero is not known");
}
DType positionType(const OpArgs &A) { return A.boolean("out_int32") ? DType::Int32 : DType::Int64; }
llvm::Expected<Results> searchsortedRule(const OpArgs &A) {
  const TensorType &Sorted = A.tensor("sorted_sequence");
  const TensorType *Values = A.call().tensor("self");
  if (Sorted.Shape.empty())
    return reject("'sorted_sequence' must have at least 1 dimension");
  if (isComplex(Sorted.Type) || (Values && isComplex(Values->Type)))
    return reject("complex numbers have no order");
  if (!Values) {
    if (Sorted.rank() != 1)
      return reject("one number can be searched in a vector only, not in " +
                    shapeText(Sorted.Shape));
    return Results{TensorType(positionType(A), {})};
  }
  bool SameRows = Sorted.rank() == Values->rank() &&
                  Shape(Sorted.Shape).drop_back() == Shape(Values->Shape).drop_back();
  if (Sorted.rank() != 1 && !SameRows)
    return reject("the rows of 'sorted_sequence' (" + shapeText(Sorted.Shape) + ") and 'self' (" +
                  shapeText(Values->Shape) + ") do not match");
  return Results{TensorType(positionType(A), Values->Shape)};
}
llvm::Expected<Results> bucketizeRule(const OpArgs &A) {
  if (A.tensor("boundaries").rank() != 1)
    return reject("'boundaries' must be a vector, not " + shapeText(A.tensor("boundaries").Shape));
  const TensorType *Values = A.call().tensor("self");
  if (isComplex(A.tensor("boundaries").Type) || (Values && isComplex(Values->Type)))
    return reject("complex numbers have no order");
  return Results{TensorType(positionType(A), Values ? Shape(Values->Shape) : Shape())};
}
llvm::Expected<Results> bincountRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (In.rank() != 1 || !isInteger(In.Type) || In.Type == DType::Bool)
    return reject("bincount needs a vector of integers, not " + In.str());
  return dataDependent("the number of bins is the largest value plus one");
}
llvm::Expected<Results> histcRule(const OpArgs &A) {
  if (!isFloat(A.tensor("self").Type))
    return reject("histc needs a floating point tensor");
  if (A.integer("bins") <= 0)
    return reject("'bins' must be positive, not " + Twine(A.integer("bins")));
  return Results{TensorType(A.tensor("self").Type, {A.integer("bins")})};
}

constexpr llvm::StringLiteral NonzeroSamples[] = {"self=f32[4,5]"};
constexpr llvm::StringLiteral WhereSamples[] = {"condition=b8[4,5]"};
constexpr llvm::StringLiteral SearchSamples[] = {
    "sorted_sequence=f32[8] self=f32[2,3] -> i64[2,3]",
    "sorted_sequence=f32[2,8] self=f32[2,3] out_int32=true -> i32[2,3]",
    "sorted_sequence=f32[2,8] self=f32[3,3] -> error",
    "sorted_sequence=f32[8] self=f64[3] -> i64[3]",
};
constexpr llvm::StringLiteral SearchNumberSamples[] = {
    "sorted_sequence=f32[8] self=0.5 -> i64[]",
    "sorted_sequence=f32[2,8] self=0.5 -> error",
};
constexpr llvm::StringLiteral BucketizeSamples[] = {
    "self=f32[2,3] boundaries=f32[8] -> i64[2,3]",
    "self=f32[2,3] boundaries=f32[2,8] -> error",
    "self=f32[2] boundaries=f64[8] -> i64[2]",
};
constexpr llvm::StringLiteral BucketizeNumberSamples[] = {
    "self=0.5 boundaries=f32[8] -> i64[]",
    "self=0.5 boundaries=f32[2,8] -> error",
};
constexpr llvm::StringLiteral BincountSamples[] = {
    "self=i64[8]",
    "self=i64[2,4] -> error",
    "self=f32[8] -> error",
};
constexpr llvm::StringLiteral HistcSamples[] = {
    "self=f32[8] bins=10 -> f32[10]",
    "self=f32[8] bins=0 -> error",
    "self=i64[8] -> error",
};

// clang-format off
constexpr OpDef Ops[] = {
    {"aten::nonzero(Tensor self) -> Tensor",
     nonzeroRule, nullptr, Storage::New, NonzeroSamples},
    {"aten::nonzero_numpy(Tensor self) -> Tensor[]",
     nonzeroRule, nullptr, Storage::New, NonzeroSamples},
    {"aten::argwhere(Tensor self) -> Tensor",
     nonzeroRule, nullptr, Storage::New, NonzeroSamples},
    {"aten::where(Tensor condition) -> Tensor[]",
     nonzeroRule, nullptr, Storage::New, WhereSamples},
    {"aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor",
     searchsortedRule, pointwiseCost<8>, Storage::New, SearchSamples},
    {"aten::searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor",
     searchsortedRule, pointwiseCost<8>, Storage::New, SearchNumberSamples},
    {"aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
     bucketizeRule, pointwiseCost<8>, Storage::New, BucketizeSamples},
    {"aten::bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor",
     bucketizeRule, pointwiseCost<8>, Storage::New, BucketizeNumberSamples},
    {"aten::bincount(Tensor self, Tensor? weights=None, int minlength=0) -> Tensor",
     bincountRule, nullptr, Storage::New, BincountSamples},
    {"aten::histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor",
     histcRule, reductionCost<3>, Storage::New, HistcSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::countingOps() { return Ops; }
