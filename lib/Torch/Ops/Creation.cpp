/// \file
/// New tensors: constants, ranges, windows and random numbers, by sizes or in the
/// likeness of another tensor. The numbers drawn depend on a generator; sizes never do.
#include "Torch/Rules.h"
#include <cmath>

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
llvm::Expected<Results> vectorOf(DType Type, int64_t Length) {
  if (Length < 0)
    return reject("negative size " + Twine(Length));
  return Results{TensorType(Type, {Length})};
}

/// `size` and `dtype`; the default type when the schema's is None.
llvm::Expected<Results> sizeRule(const OpArgs &A) {
  if (llvm::Error E = checkSizes(A.ints("size")))
    return E;
  return Results{TensorType(A.dtype("dtype").value_or(DefaultFloat), A.ints("size"))};
}
llvm::Expected<Results> randomSizeRule(const OpArgs &A) {
  if (isInteger(A.dtype("dtype").value_or(DefaultFloat)))
    return reject("this distribution has no " + dtypeName(*A.dtype("dtype")) + " values");
  return sizeRule(A);
}
/// full: the type follows from the value.
llvm::Expected<Results> fullRule(const OpArgs &A) {
  if (llvm::Error E = checkSizes(A.ints("size")))
    return E;
  DType Type = A.dtype("dtype").value_or(operand(A, "fill_value")->Type);
  return Results{TensorType(Type, A.ints("size"))};
}
llvm::Expected<Results> scalarTensorRule(const OpArgs &A) {
  return Results{TensorType(A.dtype("dtype").value_or(DefaultFloat), {})};
}
llvm::Expected<Results> likeRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  return Results{TensorType(A.dtype("dtype").value_or(Self.Type), Self.Shape)};
}
llvm::Expected<Results> randomLikeRule(const OpArgs &A) {
  DType Type = A.dtype("dtype").value_or(A.tensor("self").Type);
  if (isInteger(Type))
    return reject("this distribution has no " + dtypeName(Type) + " values");
  return likeRule(A);
}
llvm::Expected<Results> newRule(const OpArgs &A) {
  if (llvm::Error E = checkSizes(A.ints("size")))
    return E;
  DType Type = A.dtype("dtype").value_or(A.tensor("self").Type);
  return Results{TensorType(Type, A.ints("size"))};
}
llvm::Expected<Results> emptyStridedRule(const OpArgs &A) {
  if (A.ints("size").size() != A.ints("stride").size())
    return reject("sizes " + listText(A.ints("size")) + " and strides " +
                  listText(A.ints("stride")) + " differ in number");
  return sizeRule(A);
}

double numberOr(const OpArgs &A, llvm::StringRef Name, double IfAbsent) {
  return A.call().number(Name).value_or(IfAbsent);
}
/// Integers when every bound is one.
DType rangeType(const OpArgs &A) {
  for (llvm::StringRef Name : {"start", "end", "step"})
    if (isFloatNumber(A, Name))
      return A.dtype("dtype").value_or(DefaultFloat);
  return A.dtype("dtype").value_or(DefaultInt);
}
llvm::Expected<double> stepCount(const OpArgs &A) {
  double Start = numberOr(A, "start", 0), End = A.number("end"), Step = numberOr(A, "step", 1);
  if (Step == 0 || !std::isfinite(Step))
    return reject("the step of a range must not be zero");
  if (!std::isfinite(Start) || !std::isfinite(End))
    return reject("the bounds of a range must be finite");
  double Count = (End - Start) / Step;
  if (Count < 0)
    return reject("the step has the wrong sign for a range from " + std::to_string(Start) + " to " +
                  std::to_string(End));
  constexpr double Most = 9e18;
  return std::min(Count, Most);
}
llvm::Expected<Results> arangeRule(const OpArgs &A) {
  llvm::Expected<double> Count = stepCount(A);
  if (!Count)
    return Count.takeError();
  return vectorOf(rangeType(A), static_cast<int64_t>(std::ceil(*Count)));
}
/// range() includes its end and makes floats.
llvm::Expected<Results> rangeRule(const OpArgs &A) {
  llvm::Expected<double> Count = stepCount(A);
  if (!Count)
    return Count.takeError();
  return vectorOf(A.dtype("dtype").value_or(DefaultFloat),
                  static_cast<int64_t>(std::floor(*Count)) + 1);
}
llvm::Expected<Results> linspaceRule(const OpArgs &A) {
  return vectorOf(A.dtype("dtype").value_or(DefaultFloat), A.integer("steps"));
}
llvm::Expected<Results> eyeRule(const OpArgs &A) {
  int64_t Rows = A.integer("n"), Columns = A.call().integer("m").value_or(Rows);
  if (llvm::Error E = checkSizes({Rows, Columns}))
    return E;
  return Results{TensorType(A.dtype("dtype").value_or(DefaultFloat), {Rows, Columns})};
}
llvm::Expected<Results> windowRule(const OpArgs &A) {
  DType Type = A.dtype("dtype").value_or(DefaultFloat);
  if (!isFloat(Type))
    return reject("a window needs a floating point type, not " + dtypeName(Type));
  return vectorOf(Type, A.integer("window_length"));
}
/// Positions in the lower (or upper) triangle: how many lie on or below the diagonal.
int64_t lowerCount(int64_t Rows, int64_t Columns, int64_t Offset) {
  int64_t Count = 0;
  for (int64_t R = 0; R < Rows; ++R) {
    int64_t InRow = std::clamp<int64_t>(saturatingAdd(R + 1, Offset), 0, Columns);
    if (InRow == Columns) // and so are all rows below
      return saturatingAdd(Count, saturatingMul(Columns, Rows - R));
    Count = saturatingAdd(Count, InRow);
  }
  return Count;
}
template <bool Upper> llvm::Expected<Results> triangleRule(const OpArgs &A) {
  int64_t Rows = A.integer("row"), Columns = A.integer("col"), Offset = A.integer("offset");
  if (llvm::Error E = checkSizes({Rows, Columns}))
    return E;
  if (Rows > INT32_MAX || Columns > INT32_MAX || std::abs(Offset) > INT32_MAX)
    return reject("the matrix is too large");
  int64_t Count = Upper ? Rows * Columns - lowerCount(Rows, Columns, Offset - 1)
                        : lowerCount(Rows, Columns, Offset);
  return Results{TensorType(A.dtype("dtype").value_or(DefaultInt), {2, Count})};
}
llvm::Expected<Results> randintRule(const OpArgs &A) {
  int64_t Low = A.call().integer("low").value_or(0);
  if (Low >= A.integer("high"))
    return reject("no integer lies in the range from " + Twine(Low) + " to below " +
                  Twine(A.integer("high")));
  return sizeRule(A);
}
llvm::Expected<Results> randintLikeRule(const OpArgs &A) {
  int64_t Low = A.call().integer("low").value_or(0);
  if (Low >= A.integer("high"))
    return reject("no integer lies in the range from " + Twine(Low) + " to below " +
                  Twine(A.integer("high")));
  return likeRule(A);
}
llvm::Expected<Results> randpermRule(const OpArgs &A) {
  return vectorOf(A.dtype("dtype").value_or(DefaultInt), A.integer("n"));
}
llvm::Expected<Results> normalSizeRule(const OpArgs &A) {
  if (A.number("std") < 0)
    return reject("the standard deviation is negative");
  return randomSizeRule(A);
}
llvm::Expected<Results> fillDiagonalRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  if (Self.rank() < 2)
    return reject("a diagonal needs at least 2 dimensions, the input has " + Twine(Self.rank()));
  if (Self.rank() > 2 && !llvm::all_equal(Self.Shape))
    return reject("all sizes must be equal for more than 2 dimensions, not " +
                  shapeText(Self.Shape));
  return likeSelf(A);
}

constexpr llvm::StringLiteral SizeSamples[] = {
    "size=[2,3] -> f32[2,3]",
    "size=[] -> f32[]",
    "size=[0,2] dtype=dtype:int64 -> i64[0,2]",
    "size=[-1] -> error",
};
constexpr llvm::StringLiteral RandomSamples[] = {
    "size=[2,3] -> f32[2,3]",
    "size=[2] dtype=dtype:float64 -> f64[2]",
    "size=[-1] -> error",
    "size=[2] dtype=dtype:int64 -> error",
};
constexpr llvm::StringLiteral GeneratorSamples[] = {
    "size=[2,3] generator=None -> f32[2,3]",
    "size=[-1] generator=None -> error",
};
constexpr llvm::StringLiteral EmptyStridedSamples[] = {
    "size=[2,3] stride=[3,1] -> f32[2,3]",
    "size=[2,3] stride=[1] -> error",
};
constexpr llvm::StringLiteral FullSamples[] = {
    "size=[2,3] fill_value=0.5 -> f32[2,3]", "size=[2] fill_value=1 -> i64[2]",
    "size=[2] fill_value=true -> b8[2]",     "size=[2] fill_value=1 dtype=dtype:float32 -> f32[2]",
    "size=[-1] fill_value=1 -> error",
};
constexpr llvm::StringLiteral ScalarSamples[] = {
    "s=1.5 -> f32[]",
    "s=1 dtype=dtype:int64 -> i64[]",
    "s=1 -> f32[]",
};
constexpr llvm::StringLiteral LikeSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=f32[2] dtype=dtype:int64 -> i64[2]",
    "self=b8[] -> b8[]",
};
constexpr llvm::StringLiteral FullLikeSamples[] = {
    "self=f32[2,3] fill_value=1 -> f32[2,3]",
    "self=i64[2] fill_value=1 dtype=dtype:float32 -> f32[2]",
};
constexpr llvm::StringLiteral RandomLikeSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[2] dtype=dtype:float32 -> f32[2]",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral NewSamples[] = {
    "self=f64[1] size=[2,3] -> f64[2,3]",
    "self=f32[1] size=[2] dtype=dtype:int64 -> i64[2]",
    "self=f32[1] size=[-1] -> error",
};
constexpr llvm::StringLiteral NewFullSamples[] = {
    "self=f64[1] size=[2,3] fill_value=1 -> f64[2,3]",
    "self=f32[1] size=[-1] fill_value=1 -> error",
};
constexpr llvm::StringLiteral ArangeEndSamples[] = {
    "end=5 -> i64[5]", "end=2.5 -> f32[3]", "end=5 dtype=dtype:float32 -> f32[5]",
    "end=0 -> i64[0]", "end=-1 -> error",
};
constexpr llvm::StringLiteral ArangeStartSamples[] = {
    "start=2 end=5 -> i64[3]",
    "start=0.5 end=3 -> f32[3]",
    "start=5 end=2 -> error",
};
constexpr llvm::StringLiteral ArangeStepSamples[] = {
    "start=0 end=10 step=3 -> i64[4]",   "start=10 end=0 step=-3 -> i64[4]",
    "start=0 end=1 step=0.1 -> f32[10]", "start=0 end=10 step=2 dtype=dtype:float32 -> f32[5]",
    "start=0 end=10 step=0 -> error",    "start=0 end=10 step=-1 -> error",
};
constexpr llvm::StringLiteral RangeSamples[] = {
    "start=0 end=4 -> f32[5]",
    "start=4 end=0 -> error",
};
constexpr llvm::StringLiteral RangeStepSamples[] = {
    "start=0 end=5 step=2 -> f32[3]",
    "start=0 end=5 step=0 -> error",
};
constexpr llvm::StringLiteral LinspaceSamples[] = {
    "start=0 end=1 steps=5 -> f32[5]",
    "start=0 end=1 steps=0 -> f32[0]",
    "start=0.0 end=1.0 steps=5 dtype=dtype:float64 -> f64[5]",
    "start=0 end=1 steps=-1 -> error",
};
constexpr llvm::StringLiteral EyeSamples[] = {
    "n=3 -> f32[3,3]",
    "n=0 -> f32[0,0]",
    "n=2 dtype=dtype:int64 -> i64[2,2]",
    "n=-1 -> error",
};
constexpr llvm::StringLiteral EyeRectangleSamples[] = {"n=3 m=4 -> f32[3,4]", "n=3 m=-1 -> error"};
constexpr llvm::StringLiteral WindowSamples[] = {
    "window_length=8 -> f32[8]",
    "window_length=1 dtype=dtype:float64 -> f64[1]",
    "window_length=-1 -> error",
    "window_length=8 dtype=dtype:int64 -> error",
};
constexpr llvm::StringLiteral PeriodicWindowSamples[] = {
    "window_length=8 periodic=false -> f32[8]",
    "window_length=-1 periodic=true -> error",
};
constexpr llvm::StringLiteral TrilSamples[] = {
    "row=3 col=4 -> i64[2,6]",
    "row=4 col=3 offset=1 -> i64[2,11]",
    "row=3 col=3 offset=-1 -> i64[2,3]",
    "row=-1 col=3 -> error",
};
constexpr llvm::StringLiteral TriuSamples[] = {
    "row=3 col=4 -> i64[2,9]",
    "row=4 col=3 offset=1 -> i64[2,3]",
    "row=3 col=3 offset=-1 -> i64[2,8]",
    "row=-1 col=3 -> error",
};
constexpr llvm::StringLiteral RandintSamples[] = {
    "high=10 size=[2,3] -> i64[2,3]",
    "high=10 size=[2] dtype=dtype:float32 -> f32[2]",
    "high=0 size=[2] -> error",
    "high=10 size=[-1] -> error",
};
constexpr llvm::StringLiteral RandintLowSamples[] = {
    "low=-5 high=10 size=[2,3] -> i64[2,3]",
    "low=10 high=5 size=[2] -> error",
};
constexpr llvm::StringLiteral RandintLikeSamples[] = {
    "self=f32[2,3] high=10 -> f32[2,3]",
    "self=f32[2,3] high=0 -> error",
};
constexpr llvm::StringLiteral RandintLowLikeSamples[] = {
    "self=f32[2,3] low=-5 high=10 -> f32[2,3]",
    "self=f32[2,3] low=5 high=5 -> error",
};
constexpr llvm::StringLiteral RandpermSamples[] = {"n=5 -> i64[5]", "n=0 -> i64[0]",
                                                   "n=-1 -> error"};
constexpr llvm::StringLiteral RandintGeneratorSamples[] = {
    "high=10 size=[2,3] generator=None -> i64[2,3]",
    "high=0 size=[2] generator=None -> error",
};
constexpr llvm::StringLiteral RandintLowGeneratorSamples[] = {
    "low=-5 high=10 size=[2,3] generator=None -> i64[2,3]",
    "low=10 high=5 size=[2] generator=None -> error",
};
constexpr llvm::StringLiteral RandpermGeneratorSamples[] = {
    "n=5 generator=None -> i64[5]",
    "n=-1 generator=None -> error",
};
constexpr llvm::StringLiteral KaiserSamples[] = {
    "window_length=8 periodic=true beta=12.0 -> f32[8]",
    "window_length=-1 periodic=true beta=12.0 -> error",
};
constexpr llvm::StringLiteral HammingSamples[] = {
    "window_length=8 periodic=true alpha=0.5 -> f32[8]",
    "window_length=-1 periodic=true alpha=0.5 -> error",
};
constexpr llvm::StringLiteral FillDiagonalSamples[] = {
    "self=f32[3,4] fill_value=1 -> f32[3,4]",
    "self=f32[3,3,3] fill_value=1 -> f32[3,3,3]",
    "self=f32[3] fill_value=1 -> error",
    "self=f32[3,3,4] fill_value=1 -> error",
};
constexpr llvm::StringLiteral NormalSizeSamples[] = {
    "mean=0.0 std=1.0 size=[2,3] -> f32[2,3]",
    "mean=0.0 std=-1.0 size=[2] -> error",
};
constexpr llvm::StringLiteral MakeSweeps[] = {"size=[N:64..16777216]"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     sizeRule, writeCost, Storage::New, SizeSamples, MakeSweeps},
    {"aten::ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     sizeRule, writeCost, Storage::New, SizeSamples},
    {"aten::empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     sizeRule, nullptr, Storage::New, SizeSamples},
    {"aten::empty_strided(SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     emptyStridedRule, nullptr, Storage::New, EmptyStridedSamples},
    {"aten::full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     fullRule, writeCost, Storage::New, FullSamples},
    {"aten::scalar_tensor(Scalar s, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     scalarTensorRule, writeCost, Storage::New, ScalarSamples},
    {"aten::zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     likeRule, writeCost, Storage::New, LikeSamples},
    {"aten::ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     likeRule, writeCost, Storage::New, LikeSamples},
    {"aten::empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     likeRule, nullptr, Storage::New, LikeSamples},
    {"aten::full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     likeRule, writeCost, Storage::New, FullLikeSamples},
    {"aten::new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     newRule, writeCost, Storage::New, NewSamples},
    {"aten::new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     newRule, writeCost, Storage::New, NewSamples},
    {"aten::new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     newRule, nullptr, Storage::New, NewSamples},
    {"aten::new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     newRule, writeCost, Storage::New, NewFullSamples},
    {"aten::arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     arangeRule, makeCost<1>, Storage::New, ArangeEndSamples},
    {"aten::arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     arangeRule, makeCost<1>, Storage::New, ArangeStartSamples},
    {"aten::arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     arangeRule, makeCost<1>, Storage::New, ArangeStepSamples},
    {"aten::range(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     rangeRule, makeCost<1>, Storage::New, RangeSamples},
    {"aten::range.step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     rangeRule, makeCost<1>, Storage::New, RangeStepSamples},
    {"aten::linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     linspaceRule, makeCost<2>, Storage::New, LinspaceSamples},
    {"aten::logspace(Scalar start, Scalar end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     linspaceRule, makeCost<2>, Storage::New, LinspaceSamples},
    {"aten::eye(int n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     eyeRule, writeCost, Storage::New, EyeSamples},
    {"aten::eye.m(int n, int m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     eyeRule, writeCost, Storage::New, EyeRectangleSamples},
    {"aten::hann_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, WindowSamples},
    {"aten::hamming_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, WindowSamples},
    {"aten::blackman_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, WindowSamples},
    {"aten::bartlett_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, WindowSamples},
    {"aten::kaiser_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, WindowSamples},
    {"aten::hann_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, PeriodicWindowSamples},
    {"aten::hamming_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, PeriodicWindowSamples},
    {"aten::blackman_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, PeriodicWindowSamples},
    {"aten::bartlett_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, PeriodicWindowSamples},
    {"aten::kaiser_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, PeriodicWindowSamples},
    {"aten::tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     triangleRule<false>, writeCost, Storage::New, TrilSamples},
    {"aten::triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     triangleRule<true>, writeCost, Storage::New, TriuSamples},
    {"aten::rand(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randomSizeRule, RandomCost, Storage::New, RandomSamples, MakeSweeps},
    {"aten::randn(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randomSizeRule, RandomCost, Storage::New, RandomSamples, MakeSweeps},
    {"aten::rand.generator(int[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randomSizeRule, RandomCost, Storage::New, GeneratorSamples},
    {"aten::randn.generator(int[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randomSizeRule, RandomCost, Storage::New, GeneratorSamples},
    {"aten::rand_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     randomLikeRule, RandomCost, Storage::New, RandomLikeSamples},
    {"aten::randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     randomLikeRule, RandomCost, Storage::New, RandomLikeSamples},
    {"aten::randint(int high, int[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randintRule, RandomCost, Storage::New, RandintSamples},
    {"aten::randint.low(int low, int high, int[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randintRule, RandomCost, Storage::New, RandintLowSamples},
    {"aten::randint_like(Tensor self, int high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     randintLikeRule, RandomCost, Storage::New, RandintLikeSamples},
    {"aten::randint_like.low_dtype(Tensor self, int low, int high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
     randintLikeRule, RandomCost, Storage::New, RandintLowLikeSamples},
    {"aten::randint.generator(int high, int[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randintRule, RandomCost, Storage::New, RandintGeneratorSamples},
    {"aten::randint.low_generator(int low, int high, int[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randintRule, RandomCost, Storage::New, RandintLowGeneratorSamples},
    {"aten::randperm.generator(int n, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randpermRule, RandomCost, Storage::New, RandpermGeneratorSamples},
    {"aten::kaiser_window.beta(int window_length, bool periodic, float beta, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, KaiserSamples},
    {"aten::hamming_window.periodic_alpha(int window_length, bool periodic, float alpha, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     windowRule, makeCost<4>, Storage::New, HammingSamples},
    {"aten::fill_diagonal_(Tensor(a!) self, Scalar fill_value, bool wrap=False) -> Tensor(a!)",
     fillDiagonalRule, nullptr, Storage::InPlace, FillDiagonalSamples},
    {"aten::randperm(int n, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     randpermRule, RandomCost, Storage::New, RandpermSamples},
    {"aten::normal.float_float(float mean, float std, int[] size, *, Generator? generator=None, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
     normalSizeRule, RandomCost, Storage::New, NormalSizeSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::creationOps() { return Ops; }
