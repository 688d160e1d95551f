/// \file
/// Random numbers drawn into a tensor, or from distributions that a tensor holds. The numbers
/// depend on a generator; sizes never do.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
/// uniform_, normal_, ...: floats only.
llvm::Expected<Results> drawIntoRule(const OpArgs &A) {
  if (isInteger(A.tensor("self").Type))
    return reject("this distribution has no " + dtypeName(A.tensor("self").Type) + " values");
  return likeSelf(A);
}
/// exponential_, poisson, ...: no complex numbers either.
llvm::Expected<Results> drawRealRule(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("this distribution has no complex values");
  return drawIntoRule(A);
}
llvm::Expected<Results> drawRangeRule(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("there are no complex integers to draw");
  int64_t From = A.call().integer("from").value_or(0);
  if (const ArgValue *To = A.call().find("to"); !To->isNone() && From >= A.integer("to"))
    return reject("no integer lies in the range from " + Twine(From) + " to below " +
                  Twine(A.integer("to")));
  return likeSelf(A);
}
/// normal(mean, std) with tensors: they broadcast, the type is the mean's.
template <Word... Names> llvm::Expected<Results> normalRule(const OpArgs &A) {
  return pointwise<(LikeFirst | FloatOnly), Names...>(A);
}
llvm::Expected<Results> geometricRule(const OpArgs &A) {
  if (!(A.number("p") > 0 && A.number("p") < 1))
    return reject("the probability must lie between 0 and 1");
  return likeSelf(A);
}
llvm::Expected<Results> bernoulliTensorRule(const OpArgs &A) {
  if (!isFloat(A.tensor("p").Type))
    return reject("'p' must be a floating point tensor");
  if (isComplex(A.tensor("self").Type))
    return reject("this distribution has no complex values");
  if (llvm::Error E = checkExpands(A.tensor("p").Shape, A.tensor("self").Shape))
    return E;
  return likeSelf(A);
}
llvm::Expected<Results> bernoulliRule(const OpArgs &A) {
  if (A.call().number("p") && !(A.number("p") >= 0 && A.number("p") <= 1))
    return reject("the probability must lie between 0 and 1");
  if (isComplex(A.tensor("self").Type))
    return reject("this distribution has no complex values");
  return likeSelf(A);
}
llvm::Expected<Results> multinomialRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (In.rank() != 1 && In.rank() != 2)
    return reject("the probabilities must be a vector or a matrix, not " + shapeText(In.Shape));
  if (!isFloat(In.Type))
    return reject("the probabilities must be floating point numbers, not " + dtypeName(In.Type));
  int64_t Samples = A.integer("num_samples");
  if (Samples <= 0 || (!A.boolean("replacement") && Samples > In.Shape.back()))
    return reject("cannot draw " + Twine(Samples) + " of " + Twine(In.Shape.back()) +
                  " categories without replacement");
  Sizes Out = In.Shape;
  Out.back() = Samples;
  return Results{TensorType(DefaultInt, Out)};
}

constexpr llvm::StringLiteral RandomToSamples[] = {
    "self=i64[2,3] to=5 -> i64[2,3]",
    "self=i64[2,3] to=0 -> error",
};
constexpr llvm::StringLiteral RandomFromSamples[] = {
    "self=i64[2,3] from=2 to=5 -> i64[2,3]",
    "self=i64[2,3] from=2 to=None -> i64[2,3]",
    "self=i64[2,3] from=5 to=2 -> error",
};
constexpr llvm::StringLiteral GeometricSamples[] = {
    "self=f32[2,3] p=0.5 -> f32[2,3]",
    "self=f32[2,3] p=1.5 -> error",
};
constexpr llvm::StringLiteral NormalBothSamples[] = {
    "mean=f32[2,3] std=f32[2,3] -> f32[2,3]",
    "mean=f32[2] std=f32[3] -> error",
};
constexpr llvm::StringLiteral NormalMeanSamples[] = {
    "mean=f32[2,3] std=0.5 -> f32[2,3]",
    "mean=i64[2] std=0.5 -> error",
};
constexpr llvm::StringLiteral NormalStdSamples[] = {
    "mean=0.5 std=f32[2,3] -> f32[2,3]",
    "mean=0.5 std=i64[2] -> error",
};
constexpr llvm::StringLiteral DrawSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=f64[] -> f64[]",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral RandomIntoSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[2] -> i64[2]",
};
constexpr llvm::StringLiteral BernoulliSamples[] = {
    "self=f32[2,3] p=0.5 -> f32[2,3]",
    "self=f32[2,3] p=1.5 -> error",
};
constexpr llvm::StringLiteral BernoulliSelfSamples[] = {"self=f32[2,3] -> f32[2,3]"};
constexpr llvm::StringLiteral BernoulliTensorSamples[] = {
    "self=f32[2,3] p=f32[2,3] -> f32[2,3]",
    "self=f32[2,3] p=f32[3] -> f32[2,3]",
    "self=f32[2,3] p=f32[2] -> error",
    "self=f32[2,3] p=i64[3] -> error",
};
constexpr llvm::StringLiteral MultinomialSamples[] = {
    "self=f32[4] num_samples=2 -> i64[2]",
    "self=f32[3,4] num_samples=6 replacement=true -> i64[3,6]",
    "self=f32[4] num_samples=5 -> error",
    "self=f32[4] num_samples=0 -> error",
    "self=f32[2,3,4] num_samples=1 -> error",
    "self=i64[4] num_samples=1 -> error",
};

// clang-format off
constexpr OpDef Ops[] = {
    {"aten::random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!)",
     drawRangeRule, RandomCost, Storage::InPlace, RandomToSamples},
    {"aten::random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)",
     drawRangeRule, RandomCost, Storage::InPlace, RandomFromSamples},
    {"aten::geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!)",
     geometricRule, RandomCost, Storage::InPlace, GeometricSamples},
    {"aten::poisson(Tensor self, Generator? generator=None) -> Tensor",
     drawRealRule, pointwiseCost<8>, Storage::New, DrawSamples},
    {"aten::bernoulli.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor",
     bernoulliTensorRule, RandomCost, Storage::New, BernoulliTensorSamples},
    {"aten::normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor",
     normalRule<"mean", "std">, pointwiseCost<6>, Storage::New, NormalBothSamples},
    {"aten::normal.Tensor_float(Tensor mean, float std=1., *, Generator? generator=None) -> Tensor",
     normalRule<"mean">, pointwiseCost<6>, Storage::New, NormalMeanSamples},
    {"aten::normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor",
     normalRule<"std">, pointwiseCost<6>, Storage::New, NormalStdSamples},
    {"aten::normal_(Tensor(a!) self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor(a!)",
     drawIntoRule, RandomCost, Storage::InPlace, DrawSamples},
    {"aten::uniform_(Tensor(a!) self, float from=0., float to=1., *, Generator? generator=None) -> Tensor(a!)",
     drawIntoRule, RandomCost, Storage::InPlace, DrawSamples},
    {"aten::exponential_(Tensor(a!) self, float lambd=1., *, Generator? generator=None) -> Tensor(a!)",
     drawRealRule, RandomCost, Storage::InPlace, DrawSamples},
    {"aten::cauchy_(Tensor(a!) self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor(a!)",
     drawRealRule, RandomCost, Storage::InPlace, DrawSamples},
    {"aten::log_normal_(Tensor(a!) self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor(a!)",
     drawRealRule, RandomCost, Storage::InPlace, DrawSamples},
    {"aten::random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)",
     likeSelf, RandomCost, Storage::InPlace, RandomIntoSamples},
    {"aten::bernoulli(Tensor self, *, Generator? generator=None) -> Tensor",
     drawRealRule, pointwiseCost<4>, Storage::New, BernoulliSelfSamples},
    {"aten::bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor",
     bernoulliRule, RandomCost, Storage::New, BernoulliSamples},
    {"aten::bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)",
     bernoulliRule, RandomCost, Storage::InPlace, BernoulliSamples},
    {"aten::bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)",
     bernoulliTensorRule, RandomCost, Storage::InPlace, BernoulliTensorSamples},
    {"aten::multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor",
     multinomialRule, memoryCost, Storage::New, MultinomialSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::drawingOps() { return Ops; }
