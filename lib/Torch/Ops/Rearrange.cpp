/// \file
/// Copies in another order, size or type: repeat, flip, roll, tril, diag,
/// clone, contiguous, to. contiguous() is charged as a copy, for it is called where one
/// is needed; to() only when the type changes or a copy is asked for.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
/// Room for the offset of a diagonal.
int64_t distance(int64_t Offset) { return Offset >= 0 ? Offset : saturatingMul(Offset, -1); }

llvm::Expected<Results> repeated(const TensorType &In, Sizes Repeats) {
  if (llvm::Error E = checkSizes(Repeats))
    return E;
  size_t Lead = Repeats.size() - In.Shape.size();
  for (size_t I = Lead; I < Repeats.size(); ++I)
    Repeats[I] = saturatingMul(Repeats[I], In.Shape[I - Lead]);
  return Results{TensorType(In.Type, Repeats)};
}
llvm::Expected<Results> repeatRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  Sizes Repeats = A.ints("repeats");
  if (Repeats.size() < In.Shape.size())
    return reject("the repeats " + listText(Repeats) + " must name at least the " +
                  Twine(In.rank()) + " dimensions of the input");
  return repeated(In, Repeats);
}
llvm::Expected<Results> tileRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  Sizes Repeats = A.ints("dims");
  while (Repeats.size() < In.Shape.size())
    Repeats.insert(Repeats.begin(), 1);
  return repeated(In, Repeats);
}
llvm::Expected<Results> repeatInterleaveRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  int64_t Repeats = A.integer("repeats");
  if (Repeats < 0)
    return reject("repeats must not be negative, but is " + Twine(Repeats));
  if (A.isNone("dim"))
    return Results{TensorType(Out.Type, {saturatingMul(Out.elements(), Repeats)})};
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Out.rank());
  if (!D)
    return D.takeError();
  if (Out.Shape.empty())
    Out.Shape.push_back(1);
  Out.Shape[at(*D)] = saturatingMul(Out.Shape[at(*D)], Repeats);
  return Results{Out};
}
llvm::Expected<Results> repeatByTensorRule(const OpArgs &A) {
  const TensorType &Repeats = A.tensor("repeats"), *Self = A.call().tensor("self");
  if (Repeats.rank() > 1 || (!Self && Repeats.rank() != 1))
    return reject("'repeats' must be a vector, not " + shapeText(Repeats.Shape));
  if (Repeats.Type != DType::Int64 && Repeats.Type != DType::Int32)
    return reject("'repeats' must be integers, not " + dtypeName(Repeats.Type));
  if (Self) {
    bool Flat = A.isNone("dim");
    llvm::Expected<int64_t> D = wrapDim(Flat ? 0 : A.integer("dim"), Self->rank());
    if (!D)
      return D.takeError();
    int64_t Size = Flat || Self->Shape.empty() ? Self->elements() : Self->Shape[at(*D)];
    if (Repeats.elements() != 1 && Repeats.elements() != Size)
      return reject("there are " + Twine(Repeats.elements()) + " repeats for " + Twine(Size) +
                    " elements");
  }

  return dataDependent("the repeats are the values of a tensor");
}

llvm::Expected<Results> flipRule(const OpArgs &A) {
  llvm::Expected<Sizes> Dims = wrapDims(A.ints("dims"), A.tensor("self").rank());
  if (!Dims)
    return Dims.takeError();
  return likeSelf(A);
}
template <int64_t MinRank> llvm::Expected<Results> minRankRule(const OpArgs &A) {
  if (A.tensor("self").rank() < MinRank)
    return reject("the input needs at least " + Twine(MinRank) + " dimensions, it has " +
                  Twine(A.tensor("self").rank()));
  return likeSelf(A);
}
llvm::Expected<Results> rollRule(const OpArgs &A) {
  Sizes Shifts = A.ints("shifts"), Dims = A.ints("dims");
  if (Shifts.empty())
    return reject("'shifts' is empty");
  if (Shifts.size() != std::max<size_t>(Dims.size(), 1))
    return reject("shifts " + listText(Shifts) + " and dims " + listText(Dims) +
                  " differ in number");
  for (int64_t D : Dims)
    if (llvm::Expected<int64_t> W = wrapDim(D, A.tensor("self").rank()); !W)
      return W.takeError();
  return likeSelf(A);
}
llvm::Expected<Results> rot90Rule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  llvm::Expected<Sizes> Dims = wrapDims(A.ints("dims"), Out.rank());
  if (!Dims)
    return Dims.takeError();
  if (Dims->size() != 2 || Out.rank() < 2)
    return reject("a rotation needs two dimensions to turn in, got " + listText(A.ints("dims")) +
                  " and a tensor of " + Twine(Out.rank()) + " dimensions");
  if (A.integer("k") % 2 != 0)
    std::swap(Out.Shape[at((*Dims)[0])], Out.Shape[at((*Dims)[1])]);
  return Results{Out};
}

/// A vector becomes a diagonal matrix, a matrix its diagonal.
llvm::Expected<Results> diagRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  int64_t Offset = A.integer("diagonal");
  if (In.rank() == 1) {
    int64_t Side = saturatingAdd(In.Shape[0], distance(Offset));
    return Results{TensorType(In.Type, {Side, Side})};
  }
  if (In.rank() != 2)
    return reject("diag needs a vector or a matrix, not " + shapeText(In.Shape));
  int64_t Length = Offset >= 0 ? std::min(In.Shape[0], saturatingAdd(In.Shape[1], -Offset))
                               : std::min(saturatingAdd(In.Shape[0], Offset), In.Shape[1]);
  return Results{TensorType(In.Type, {std::max<int64_t>(Length, 0)})};
}
llvm::Expected<Results> diagEmbedRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  if (In.Shape.empty())
    return reject("diag_embed needs at least 1 dimension");
  llvm::Expected<Sizes> Dims = wrapDims({A.integer("dim1"), A.integer("dim2")}, In.rank() + 1);
  if (!Dims)
    return Dims.takeError();
  int64_t Side = saturatingAdd(In.Shape.back(), distance(A.integer("offset")));
  Sizes Out(In.Shape.begin(), In.Shape.end() - 1);
  llvm::sort(*Dims);
  for (int64_t D : *Dims)
    Out.insert(Out.begin() + D, Side);
  return Results{TensorType(In.Type, Out)};
}
llvm::Expected<Results> diagflatRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  int64_t Side = saturatingAdd(In.elements(), distance(A.integer("offset")));
  return Results{TensorType(In.Type, {Side, Side})};
}
llvm::Expected<Results> diffRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  if (Out.Shape.empty())
    return reject("diff needs at least 1 dimension");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Out.rank());
  if (!D)
    return D.takeError();
  int64_t &Size = Out.Shape[at(*D)];
  for (llvm::StringRef Name : {"prepend", "append"})
    if (const TensorType *T = A.tensorIf(Name)) {
      if (T->rank() != Out.rank())
        return reject("'" + Name + "' must have " + Twine(Out.rank()) + " dimensions");
      Size = saturatingAdd(Size, T->Shape[at(*D)]);
      Out.Type = promote(Out.Type, T->Type);
    }
  int64_t N = A.integer("n");
  if (N < 0)
    return reject("the order of the difference is negative: " + Twine(N));
  Size = std::max<int64_t>(Size - N, 0);
  return Results{Out};
}

llvm::Expected<Results> toRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  Out.Type = A.dtype("dtype").value_or(Out.Type);
  return Results{Out};
}
template <DType To> llvm::Expected<Results> castRule(const OpArgs &A) {
  return Results{TensorType(To, A.tensor("self").Shape)};
}
llvm::Expected<Results> toOtherRule(const OpArgs &A) {
  return Results{TensorType(A.tensor("other").Type, A.tensor("self").Shape)};
}
/// item(): a C++ number, so no tensor results.
llvm::Expected<Results> itemRule(const OpArgs &A) {
  if (A.tensor("self").elements() != 1)
    return reject("a tensor of " + Twine(A.tensor("self").elements()) +
                  " elements is not one number");
  return Results{};
}
llvm::Expected<Results> renormRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  if (A.number("p") <= 0 || A.number("maxnorm") < 0)
    return reject("renorm needs a positive 'p' and a 'maxnorm' that is not negative");
  if (isInteger(Self.Type))
    return reject("renorm is not defined for " + dtypeName(Self.Type) + " tensors");
  if (Self.rank() < 2)
    return reject("renorm needs at least 2 dimensions, the input has " + Twine(Self.rank()));
  if (llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Self.rank()); !D)
    return D.takeError();
  return likeSelf(A);
}
llvm::Expected<Results> gradRule(const OpArgs &A) {
  if (A.boolean("requires_grad") && isInteger(A.tensor("self").Type))
    return reject("a tensor of type " + dtypeName(A.tensor("self").Type) + " has no gradient");
  return likeSelf(A);
}
llvm::Expected<Results> noTensorRule(const OpArgs &) { return Results{}; }

CostFeatures copyCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = writeCost(A, Out);
  C.BytesRead = A.tensor("self").bytes();
  return C;
}
CostFeatures toCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  bool Copies = A.call().boolean("copy").value_or(false);
  return Copies || Out[0].Type != A.tensor("self").Type ? copyCost(A, Out) : CostFeatures();
}

constexpr llvm::StringLiteral RepeatSamples[] = {
    "self=f32[2,3] repeats=[2,1] -> f32[4,3]", "self=f32[3] repeats=[4,2] -> f32[4,6]",
    "self=f32[] repeats=[2] -> f32[2]",        "self=f32[2] repeats=[0] -> f32[0]",
    "self=f32[2,3] repeats=[2] -> error",      "self=f32[2] repeats=[-1] -> error",
};
constexpr llvm::StringLiteral TileSamples[] = {
    "self=f32[2,3] dims=[2] -> f32[2,6]",
    "self=f32[3] dims=[4,2] -> f32[4,6]",
    "self=f32[2] dims=[-1] -> error",
};
constexpr llvm::StringLiteral InterleaveSamples[] = {
    "self=f32[2,3] repeats=2 -> f32[12]",
    "self=f32[2,3] repeats=2 dim=1 -> f32[2,6]",
    "self=f32[2,3] repeats=2 dim=2 -> error",
    "self=f32[2,3] repeats=-1 -> error",
};
constexpr llvm::StringLiteral InterleaveByTensorSamples[] = {"self=f32[2,3] repeats=i64[3] dim=1"};
constexpr llvm::StringLiteral InterleaveTensorSamples[] = {"repeats=i64[3]"};
constexpr llvm::StringLiteral FlipSamples[] = {
    "self=f32[2,3] dims=[0] -> f32[2,3]",
    "self=f32[2,3] dims=[1,-2] -> f32[2,3]",
    "self=f32[2,3] dims=[2] -> error",
    "self=f32[2,3] dims=[0,0] -> error",
};
constexpr llvm::StringLiteral FliplrSamples[] = {"self=f32[2,3] -> f32[2,3]",
                                                 "self=f32[3] -> error"};
constexpr llvm::StringLiteral FlipudSamples[] = {"self=f32[3] -> f32[3]", "self=f32[] -> error"};
constexpr llvm::StringLiteral TriangleSamples[] = {
    "self=f32[3,4] -> f32[3,4]",
    "self=b8[2,3,4] diagonal=1 -> b8[2,3,4]",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral RollSamples[] = {
    "self=f32[2,3] shifts=[1] -> f32[2,3]", "self=f32[2,3] shifts=[1,-1] dims=[0,1] -> f32[2,3]",
    "self=f32[2,3] shifts=[1,2] -> error",  "self=f32[2,3] shifts=[1] dims=[2] -> error",
    "self=f32[2,3] shifts=[] -> error",
};
constexpr llvm::StringLiteral Rot90Samples[] = {
    "self=f32[2,3] -> f32[3,2]",         "self=f32[2,3,4] k=3 dims=[1,2] -> f32[2,4,3]",
    "self=f32[2,3] k=2 -> f32[2,3]",     "self=f32[3] -> error",
    "self=f32[2,3] dims=[0,0] -> error",
};
constexpr llvm::StringLiteral DiagSamples[] = {
    "self=f32[3] -> f32[3,3]",  "self=f32[3] diagonal=-2 -> f32[5,5]",
    "self=f32[3,4] -> f32[3]",  "self=f32[3,4] diagonal=3 -> f32[1]",
    "self=f32[2,3,4] -> error",
};
constexpr llvm::StringLiteral DiagEmbedSamples[] = {
    "self=f32[2,3] -> f32[2,3,3]",
    "self=f32[2,3] offset=1 dim1=0 dim2=2 -> f32[4,2,4]",
    "self=f32[2,3] dim1=0 dim2=0 -> error",
};
constexpr llvm::StringLiteral DiagflatSamples[] = {
    "self=f32[2,3] -> f32[6,6]",
    "self=f32[2] offset=1 -> f32[3,3]",
};
constexpr llvm::StringLiteral DiffSamples[] = {
    "self=f32[2,5] -> f32[2,4]",
    "self=f32[5,2] n=2 dim=0 -> f32[3,2]",
    "self=f32[5] prepend=f32[1] -> f32[5]",
    "self=f32[] -> error",
    "self=f32[2,5] dim=2 -> error",
};
constexpr llvm::StringLiteral SameSamples[] = {"self=f32[2,3] -> f32[2,3]", "self=i64[] -> i64[]"};
constexpr llvm::StringLiteral ToTypeSamples[] = {
    "self=f32[2,3] dtype=dtype:float64 -> f64[2,3]",
    "self=i64[2] dtype=dtype:float32 copy=true -> f32[2]",
};
constexpr llvm::StringLiteral CastByteSamples[] = {"self=b8[2,3] -> u8[2,3]", "self=u8[2] -> u8[2]"};
constexpr llvm::StringLiteral CastCharSamples[] = {"self=b8[2,3] -> i8[2,3]", "self=i8[2] -> i8[2]"};
constexpr llvm::StringLiteral CastDoubleSamples[] = {"self=b8[2,3] -> f64[2,3]", "self=f64[2] -> f64[2]"};
constexpr llvm::StringLiteral CastFloatSamples[] = {"self=b8[2,3] -> f32[2,3]", "self=f32[2] -> f32[2]"};
constexpr llvm::StringLiteral CastHalfSamples[] = {"self=b8[2,3] -> f16[2,3]", "self=f16[2] -> f16[2]"};
constexpr llvm::StringLiteral CastIntSamples[] = {"self=b8[2,3] -> i32[2,3]", "self=i32[2] -> i32[2]"};
constexpr llvm::StringLiteral CastLongSamples[] = {"self=b8[2,3] -> i64[2,3]", "self=i64[2] -> i64[2]"};
constexpr llvm::StringLiteral CastShortSamples[] = {"self=b8[2,3] -> i16[2,3]", "self=i16[2] -> i16[2]"};
constexpr llvm::StringLiteral ToOptionsSamples[] = {
    "self=f32[2,3] dtype=dtype:float64 -> f64[2,3]",
    "self=f32[2,3] device=\"cpu\" -> f32[2,3]",
};
constexpr llvm::StringLiteral ToDeviceSamples[] = {
    "self=f32[2,3] device=\"cpu\" dtype=dtype:float64 -> f64[2,3]",
};
constexpr llvm::StringLiteral ToOtherSamples[] = {"self=f32[2,3] other=i64[4] -> i64[2,3]"};
constexpr llvm::StringLiteral ToCopySamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=f32[2,3] dtype=dtype:bool -> b8[2,3]",
};
constexpr llvm::StringLiteral ItemSamples[] = {
    "self=f32[] ->",
    "self=f32[1,1] ->",
    "self=f32[2] -> error",
};
constexpr llvm::StringLiteral RenormSamples[] = {
    "self=f32[2,3] p=2 dim=0 maxnorm=1 -> f32[2,3]",
    "self=f32[3] p=2 dim=0 maxnorm=1 -> error",
    "self=f32[2,3] p=0 dim=0 maxnorm=1 -> error",
    "self=f32[2,3] p=2 dim=2 maxnorm=1 -> error",
};
constexpr llvm::StringLiteral ScalarSamples[] = {"self=f32[] ->"};
constexpr llvm::StringLiteral GradSamples[] = {
    "self=f32[2,3] -> f32[2,3]",
    "self=i64[2] requires_grad=false -> i64[2]",
    "self=i64[2] -> error",
};
constexpr llvm::StringLiteral CompatibleSamples[] = {"self=f32[2] from=f32[3] ->"};
constexpr llvm::StringLiteral EqualSamples[] = {"self=f32[2] other=f32[2] ->"};
constexpr llvm::StringLiteral CopySweeps[] = {"self=f32[N:64..16777216]"};
constexpr llvm::StringLiteral RepeatSweeps[] = {
    "self=f32[N:16..65536,M:1..64] repeats=[R:1..8,S:1..8]"};
constexpr llvm::StringLiteral ToSweeps[] = {"self=i64[N:64..16777216] dtype=dtype:float32"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::repeat(Tensor self, SymInt[] repeats) -> Tensor",
     repeatRule, memoryCost, Storage::New, RepeatSamples, RepeatSweeps},
    {"aten::tile(Tensor self, int[] dims) -> Tensor",
     tileRule, memoryCost, Storage::New, TileSamples},
    {"aten::repeat_interleave.self_int(Tensor self, int repeats, int? dim=None, *, int? output_size=None) -> Tensor",
     repeatInterleaveRule, memoryCost, Storage::New, InterleaveSamples},
    {"aten::repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, int? output_size=None) -> Tensor",
     repeatByTensorRule, nullptr, Storage::New, InterleaveByTensorSamples},
    {"aten::repeat_interleave.Tensor(Tensor repeats, *, int? output_size=None) -> Tensor",
     repeatByTensorRule, nullptr, Storage::New, InterleaveTensorSamples},
    {"aten::flip(Tensor self, int[] dims) -> Tensor",
     flipRule, memoryCost, Storage::New, FlipSamples},
    {"aten::fliplr(Tensor self) -> Tensor",
     minRankRule<2>, memoryCost, Storage::New, FliplrSamples},
    {"aten::flipud(Tensor self) -> Tensor",
     minRankRule<1>, memoryCost, Storage::New, FlipudSamples},
    {"aten::roll(Tensor self, int[1] shifts, int[1] dims=[]) -> Tensor",
     rollRule, memoryCost, Storage::New, RollSamples},
    {"aten::rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor",
     rot90Rule, memoryCost, Storage::New, Rot90Samples},
    {"aten::tril(Tensor self, int diagonal=0) -> Tensor",
     minRankRule<2>, memoryCost, Storage::New, TriangleSamples},
    {"aten::triu(Tensor self, int diagonal=0) -> Tensor",
     minRankRule<2>, memoryCost, Storage::New, TriangleSamples},
    {"aten::tril_(Tensor(a!) self, int diagonal=0) -> Tensor(a!)",
     minRankRule<2>, memoryCost, Storage::InPlace, TriangleSamples},
    {"aten::triu_(Tensor(a!) self, int diagonal=0) -> Tensor(a!)",
     minRankRule<2>, memoryCost, Storage::InPlace, TriangleSamples},
    {"aten::diag(Tensor self, int diagonal=0) -> Tensor",
     diagRule, memoryCost, Storage::New, DiagSamples},
    {"aten::diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor",
     diagEmbedRule, memoryCost, Storage::New, DiagEmbedSamples},
    {"aten::diagflat(Tensor self, int offset=0) -> Tensor",
     diagflatRule, memoryCost, Storage::New, DiagflatSamples},
    {"aten::diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor",
     diffRule, pointwiseCost<>, Storage::New, DiffSamples},
    {"aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor",
     likeSelf, copyCost, Storage::New, SameSamples, CopySweeps},
    {"aten::contiguous(Tensor(a) self, *, MemoryFormat memory_format=0) -> Tensor(a)",
     likeSelf, copyCost, Storage::MayAlias, SameSamples},
    {"aten::to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)",
     toRule, toCost, Storage::MayAlias, ToTypeSamples, ToSweeps},
    {"aten::to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)",
     toRule, toCost, Storage::MayAlias, ToOptionsSamples},
    {"aten::to.device(Tensor(a) self, Device device, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)",
     toRule, toCost, Storage::MayAlias, ToDeviceSamples},
    {"aten::to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)",
     toOtherRule, toCost, Storage::MayAlias, ToOtherSamples},
    {"aten::type_as(Tensor self, Tensor other) -> Tensor",
     toOtherRule, toCost, Storage::MayAlias, ToOtherSamples},
    {"aten::_cast_Byte(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::UInt8>, toCost, Storage::MayAlias, CastByteSamples},
    {"aten::_cast_Char(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::Int8>, toCost, Storage::MayAlias, CastCharSamples},
    {"aten::_cast_Double(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::Float64>, toCost, Storage::MayAlias, CastDoubleSamples},
    {"aten::_cast_Float(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::Float32>, toCost, Storage::MayAlias, CastFloatSamples},
    {"aten::_cast_Half(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::Float16>, toCost, Storage::MayAlias, CastHalfSamples},
    {"aten::_cast_Int(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::Int32>, toCost, Storage::MayAlias, CastIntSamples},
    {"aten::_cast_Long(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::Int64>, toCost, Storage::MayAlias, CastLongSamples},
    {"aten::_cast_Short(Tensor self, bool non_blocking=False) -> Tensor",
     castRule<DType::Int16>, toCost, Storage::MayAlias, CastShortSamples},
    {"aten::_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor",
     toRule, copyCost, Storage::New, ToCopySamples},
    {"aten::renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor",
     renormRule, pointwiseCost<3>, Storage::New, RenormSamples},
    {"aten::renorm_(Tensor(a!) self, Scalar p, int dim, Scalar maxnorm) -> Tensor(a!)",
     renormRule, pointwiseCost<3>, Storage::InPlace, RenormSamples},
    {"aten::item(Tensor self) -> Scalar",
     itemRule, nullptr, Storage::View, ItemSamples},
    {"aten::_local_scalar_dense(Tensor self) -> Scalar",
     noTensorRule, nullptr, Storage::View, ScalarSamples},
    {"aten::_has_compatible_shallow_copy_type(Tensor self, Tensor from) -> bool",
     noTensorRule, nullptr, Storage::View, CompatibleSamples},
    {"aten::equal(Tensor self, Tensor other) -> bool",
     noTensorRule, memoryCost, Storage::View, EqualSamples},
    {"aten::requires_grad_(Tensor(a!) self, bool requires_grad=True) -> Tensor(a!)",
     gradRule, nullptr, Storage::InPlace, GradSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::rearrangeOps() { return Ops; }
