/// \file
/// Reading and writing elements whose positions are the values of a tensor.
/// Whether an index is in range depends on data and is not checked. A boolean mask
/// picks a number of elements that depends on data.
#include "Torch/Rules.h"
#include "llvm/ADT/StringExtras.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
bool isMask(const TensorType &T) { return T.Type == DType::Bool || T.Type == DType::UInt8; }

/// x[i, :, j]: one entry per dimension of the tensor, null for ':'.
struct Indices {
  llvm::SmallVector<const TensorType *, 6> ByDim;
  bool Masked = false;
};
/// A mask covers as many dimensions as it has, and must have their sizes.
llvm::Error addMask(Indices &I, const TensorType &Self, const TensorType &Mask) {
  for (size_t K = 0; K < Mask.Shape.size(); ++K) {
    size_t D = I.ByDim.size() + K;
    if (D < Self.Shape.size() && Mask.Shape[K] != Self.Shape[D])
      return reject("the mask of " + shapeText(Mask.Shape) + " does not fit the tensor of " +
                    shapeText(Self.Shape) + " at dimension " + Twine(D));
  }
  I.Masked = true;
  I.ByDim.append(Mask.Shape.size(), nullptr);
  return llvm::Error::success();
}
llvm::Expected<Indices> readIndices(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  Indices I;
  for (const TensorType *T : A.tensors("indices")) {
    if (!T) {
      I.ByDim.push_back(nullptr);
    } else if (isMask(*T)) {
      if (llvm::Error E = addMask(I, Self, *T))
        return E;
    } else if (T->Type == DType::Int64 || T->Type == DType::Int32) { // int32 since LibTorch 2
      I.ByDim.push_back(T);
    } else {
      return reject("an index must be of type int64, int32, bool or uint8, not " + dtypeName(T->Type));
    }
  }
  if (I.ByDim.size() > Self.Shape.size())
    return reject(Twine(I.ByDim.size()) + " indices for a tensor of " + Twine(Self.rank()) +
                  " dimensions");
  I.ByDim.resize(Self.Shape.size(), nullptr);
  return I;
}
/// Sizes of x[indices] without masks. The indexed dimensions collapse into the
/// broadcast index sizes, in place when they are neighbours, else in front.
llvm::Expected<Sizes> indexedSizes(Shape Self, const Indices &I) {
  llvm::SmallVector<const TensorType *, 6> Given;
  llvm::SmallVector<size_t, 6> Where;
  for (size_t D = 0; D < I.ByDim.size(); ++D)
    if (I.ByDim[D]) {
      Given.push_back(I.ByDim[D]);
      Where.push_back(D);
    }
  llvm::Expected<Sizes> Picked = broadcast(Given);
  if (!Picked || Where.empty())
    return Where.empty() ? Sizes(Self.begin(), Self.end()) : std::move(Picked);
  for (size_t D : Where)
    if (Self[D] == 0 && elementsOf(*Picked) != 0)
      return reject("dimension " + Twine(D) + " of size 0 has no element to pick");
  bool Neighbours = Where.back() - Where.front() + 1 == Where.size();
  Sizes Out;
  if (!Neighbours)
    Out = *Picked;
  for (size_t D = 0; D < Self.size(); ++D) {
    if (Neighbours && D == Where.front())
      Out.append(Picked->begin(), Picked->end());
    if (!I.ByDim[D])
      Out.push_back(Self[D]);
  }
  return Out;
}
llvm::Expected<Results> indexRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self");
  llvm::Expected<Indices> I = readIndices(A);
  if (!I)
    return I.takeError();
  if (I->Masked)
    return dataDependent("how many elements a boolean mask picks is not known");
  llvm::Expected<Sizes> Out = indexedSizes(Self.Shape, *I);
  if (!Out)
    return Out.takeError();
  return Results{TensorType(Self.Type, *Out)};
}
llvm::Expected<Results> indexPutRule(const OpArgs &A) {
  llvm::Expected<Indices> I = readIndices(A);
  if (!I)
    return I.takeError();
  // One value under a mask is masked_fill, which converts it.
  if (I->Masked && A.tensor("values").elements() == 1)
    return likeSelf(A);
  if (llvm::Error E = requireSameType(A, "self", "values"))
    return E;
  if (I->Masked)
    return likeSelf(A);
  llvm::Expected<Sizes> Target = indexedSizes(A.tensor("self").Shape, *I);
  if (!Target)
    return Target.takeError();
  if (llvm::Error E = checkExpands(A.tensor("values").Shape, *Target))
    return E;
  return likeSelf(A);
}

llvm::Error requireIndex(const OpArgs &A, bool Int32Too = false, llvm::StringRef Name = "index") {
  DType T = A.tensor(Name).Type;
  if (T == DType::Int64 || (Int32Too && T == DType::Int32))
    return llvm::Error::success();
  return reject("'" + Name + "' must be of type int64, not " + dtypeName(T));
}
/// No index is in range of a dimension of size 0.
llvm::Error requireSource(const OpArgs &A, int64_t Dim) {
  const TensorType &Self = A.tensor("self");
  if (Self.Shape.empty() || Self.Shape[at(Dim)] != 0 || A.tensor("index").elements() == 0)
    return llvm::Error::success();
  return reject("dimension " + Twine(Dim) + " of size 0 has no element to pick");
}
/// A list of positions along `dim`: a vector or a scalar.
llvm::Expected<int64_t> positionsDim(const OpArgs &A, bool Int32Too) {
  if (llvm::Error E = requireIndex(A, Int32Too))
    return E;
  if (A.tensor("index").rank() > 1)
    return reject("'index' must be a vector, not " + shapeText(A.tensor("index").Shape));
  return wrapDim(A.integer("dim"), A.tensor("self").rank());
}
llvm::Expected<Results> indexSelectRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = positionsDim(A, true);
  if (!D)
    return D.takeError();
  TensorType Out = A.tensor("self");
  if (llvm::Error E = requireSource(A, *D))
    return E;
  if (!Out.Shape.empty())
    Out.Shape[at(*D)] = A.tensor("index").elements();
  else if (A.tensor("index").elements() != 1)
    return reject("a scalar tensor has one element to select, not " +
                  Twine(A.tensor("index").elements()));
  return Results{Out};
}
llvm::Expected<Results> indexFillRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = positionsDim(A, false);
  if (!D)
    return D.takeError();
  if (const TensorType *Value = A.call().tensor("value"); Value && !Value->Shape.empty())
    return reject("'value' must be a scalar tensor, not " + shapeText(Value->Shape));
  return likeSelf(A);
}
/// index_add and index_copy: slices of `source` go to the positions.
template <bool Int32Too> llvm::Expected<Results> indexSourceRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = positionsDim(A, Int32Too);
  if (!D)
    return D.takeError();
  if (llvm::Error E = requireSameType(A, "self", "source"))
    return E;
  Sizes Self = A.tensor("self").Shape, Source = A.tensor("source").Shape;
  if (Self.size() != Source.size())
    return reject("'self' has " + Twine(Self.size()) + " dimensions, 'source' " +
                  Twine(Source.size()));
  if (Self.empty())
    return likeSelf(A);
  if (Source[at(*D)] != A.tensor("index").elements())
    return reject("'index' has " + Twine(A.tensor("index").elements()) +
                  " positions, 'source' has " + Twine(Source[at(*D)]) + " slices");
  Self[at(*D)] = Source[at(*D)];
  if (Self != Source)
    return reject("slices of " + shapeText(Source) + " along dimension " + Twine(*D) +
                  " do not fit into " + shapeText(A.tensor("self").Shape));
  return likeSelf(A);
}

/// `index` may not be larger than \p Other, apart from dimension \p Free.
llvm::Error checkWithin(Shape Index, Shape Other, int64_t Free, llvm::StringRef Name) {
  for (size_t D = 0; D < Index.size() && D < Other.size(); ++D)
    if (static_cast<int64_t>(D) != Free && Index[D] > Other[D])
      return reject("'index' of " + shapeText(Index) + " exceeds '" + Name + "' of " +
                    shapeText(Other) + " at dimension " + Twine(D));
  return llvm::Error::success();
}
llvm::Error requireRank(const OpArgs &A, llvm::StringRef Name) {
  int64_t Index = std::max<int64_t>(A.tensor("index").rank(), 1);
  int64_t Other = std::max<int64_t>(A.tensor(Name).rank(), 1);
  if (Index == Other)
    return llvm::Error::success();
  return reject("'index' has " + Twine(Index) + " dimensions, '" + Name + "' " + Twine(Other));
}
llvm::Expected<Results> gatherRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self"), &Index = A.tensor("index");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Self.rank());
  if (!D)
    return D.takeError();
  if (llvm::Error E = requireIndex(A))
    return E;
  TensorType Out(Self.Type, Index.Shape);
  if (Index.elements() == 0)
    return Results{Out};
  if (llvm::Error E = requireRank(A, "self"))
    return E;
  if (llvm::Error E = checkWithin(Index.Shape, Self.Shape, *D, "self"))
    return E;
  if (llvm::Error E = requireSource(A, *D))
    return E;
  return Results{Out};
}
llvm::Expected<Results> scatterRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self"), &Index = A.tensor("index");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Self.rank());
  if (!D)
    return D.takeError();
  const TensorType *Source = A.call().tensor("src");
  if (llvm::Error E = requireIndex(A))
    return E;
  if (Source)
    if (llvm::Error E = requireSameType(A, "self", "src"))
      return E;
  if (Index.elements() == 0)
    return likeSelf(A);
  if (llvm::Error E = requireRank(A, "self"))
    return E;
  if (llvm::Error E = checkWithin(Index.Shape, Self.Shape, *D, "self"))
    return E;
  if (llvm::Error E = requireSource(A, *D))
    return E;
  if (Source) {
    if (llvm::Error E = requireRank(A, "src"))
      return E;
    if (llvm::Error E = checkWithin(Index.Shape, Source->Shape, -1, "src"))
      return E;
  }
  return likeSelf(A);
}
llvm::Error checkReduce(const OpArgs &A, llvm::ArrayRef<llvm::StringRef> Allowed) {
  std::string Reduce = A.text("reduce");
  if (llvm::is_contained(Allowed, Reduce))
    return llvm::Error::success();
  return reject("reduction '" + Reduce + "' is not one of " + llvm::join(Allowed, ", "));
}
llvm::Expected<Results> indexReduceRule(const OpArgs &A) {
  if (llvm::Error E = checkReduce(A, {"prod", "mean", "amax", "amin"}))
    return E;
  return indexSourceRule<true>(A);
}
/// A copy of `self` whose view (select, slice, diagonal, same arguments) is `src`.
template <Word View> llvm::Expected<Results> intoViewRule(const OpArgs &A) {
  llvm::Expected<Results> Part = findOp(View)->Def->Result(A);
  if (!Part)
    return Part;
  if ((*Part)[0].Shape != A.tensor("src").Shape)
    return reject("'src' is " + shapeText(A.tensor("src").Shape) + ", the part to replace " +
                  shapeText((*Part)[0].Shape));
  return likeSelf(A);
}
llvm::Expected<Results> scatterWithRule(const OpArgs &A) {
  if (llvm::Error E = checkReduce(A, {"add", "multiply"}))
    return E;
  return scatterRule(A);
}
llvm::Expected<Results> scatterReduceRule(const OpArgs &A) {
  if (llvm::Error E = checkReduce(A, {"sum", "prod", "mean", "amax", "amin"}))
    return E;
  return scatterRule(A);
}

llvm::Expected<Results> takeRule(const OpArgs &A) {
  if (llvm::Error E = requireIndex(A))
    return E;
  if (A.tensor("self").elements() == 0 && A.tensor("index").elements() != 0)
    return reject("there is nothing to take from an empty tensor");
  return Results{TensorType(A.tensor("self").Type, A.tensor("index").Shape)};
}
llvm::Expected<Results> takeAlongRule(const OpArgs &A) {
  const TensorType &Self = A.tensor("self"), &Index = A.tensor("indices");
  if (llvm::Error E = requireIndex(A, false, "indices"))
    return E;
  if (A.isNone("dim"))
    return Results{TensorType(Self.Type, {Index.elements()})};
  if (Self.rank() != Index.rank())
    return reject("'self' has " + Twine(Self.rank()) + " dimensions, 'indices' " +
                  Twine(Index.rank()));
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Self.rank());
  if (!D)
    return D.takeError();
  Sizes Source = Self.Shape;
  if (!Source.empty())
    Source[at(*D)] = Index.Shape[at(*D)];
  llvm::Expected<Sizes> Out = broadcast(Source, Index.Shape);
  if (!Out)
    return Out.takeError();
  return Results{TensorType(Self.Type, *Out)};
}
llvm::Expected<Results> putRule(const OpArgs &A) {
  if (llvm::Error E = requireIndex(A))
    return E;
  if (llvm::Error E = requireSameType(A, "self", "source"))
    return E;
  if (A.tensor("index").elements() != A.tensor("source").elements())
    return reject("'index' has " + Twine(A.tensor("index").elements()) + " elements, 'source' " +
                  Twine(A.tensor("source").elements()));
  return likeSelf(A);
}
llvm::Error checkMask(const OpArgs &A) {
  if (isMask(A.tensor("mask")))
    return llvm::Error::success();
  return reject("the mask must be of type bool, not " + dtypeName(A.tensor("mask").Type));
}
llvm::Expected<Results> maskedSelectRule(const OpArgs &A) {
  if (llvm::Error E = checkMask(A))
    return E;
  llvm::Expected<Sizes> S = broadcast(A.tensor("self").Shape, A.tensor("mask").Shape);
  if (!S)
    return S.takeError();
  return dataDependent("how many elements a boolean mask picks is not known");
}
llvm::Expected<Results> maskedScatterRule(const OpArgs &A) {
  if (llvm::Error E = checkMask(A))
    return E;
  if (llvm::Error E = requireSameType(A, "self", "source"))
    return E;
  llvm::Expected<Sizes> S = broadcast(A.tensor("self").Shape, A.tensor("mask").Shape);
  if (!S)
    return S.takeError();
  return Results{TensorType(A.tensor("self").Type, *S)};
}
llvm::Expected<Results> oneHotRule(const OpArgs &A) {
  if (llvm::Error E = requireIndex(A, false, "self"))
    return E;
  TensorType Out = A.tensor("self");
  int64_t Classes = A.integer("num_classes");
  if (Classes < -1 || (Classes == 0 && Out.elements() != 0) ||
      (Classes == -1 && Out.elements() == 0))
    return reject("'num_classes' must be positive, not " + Twine(Classes));
  if (Classes == -1)
    return dataDependent("the number of classes is the largest index plus one");
  Out.Shape.push_back(Classes);
  return Results{Out};
}

/// Reads the index and what it picks, writes that much.
template <Word Name> CostFeatures pickByCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = pickCost(A, Out);
  C.BytesRead = saturatingAdd(C.BytesRead, A.tensor(Name).bytes());
  return C;
}
CostFeatures indexCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = pickCost(A, Out);
  for (const TensorType *T : A.tensors("indices"))
    if (T)
      C.BytesRead = saturatingAdd(C.BytesRead, T->bytes());
  return C;
}
/// Out of place, `self` is copied before the elements are written.
template <Word Source, bool InPlace>
CostFeatures writeAtCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C;
  const TensorType *Values = A.call().tensor(Source);
  int64_t Bytes = Values ? Values->bytes() : 0;
  for (const TensorArg &T : A.call().tensorInputs())
    C.BytesRead = saturatingAdd(C.BytesRead, T.Type.bytes());
  C.BytesWritten = saturatingAdd(Bytes, InPlace ? 0 : Out[0].bytes());
  if (InPlace)
    C.BytesRead -= std::min(C.BytesRead, A.tensor("self").bytes());
  return C;
}
template <Word Source> constexpr CostRule WriteCost = writeAtCost<Source, false>;
template <Word Source> constexpr CostRule WriteIntoCost = writeAtCost<Source, true>;

constexpr llvm::StringLiteral IndexSamples[] = {
    "self=f32[4,5] indices=[i64[3]] -> f32[3,5]",
    "self=f32[4,5] indices=[None,i64[3]] -> f32[4,3]",
    "self=f32[4,5] indices=[i64[3],i64[3]] -> f32[3]",
    "self=f32[4,5] indices=[i64[2,1],i64[3]] -> f32[2,3]",
    "self=f32[4,5,6] indices=[i64[2],None,i64[2]] -> f32[2,5]",
    "self=f32[4,5,6] indices=[None,i64[2],i64[2]] -> f32[4,2]",
    "self=f32[4,5] indices=[i64[]] -> f32[5]",
    "self=f32[4,5] indices=[b8[4,5]]",
    "self=f32[4,5] indices=[b8[5]] -> error",
    "self=f32[4] indices=[i64[2],i64[2]] -> error",
    "self=f32[4,5] indices=[i64[2],i64[3]] -> error",
    "self=f32[4,5] indices=[f32[2]] -> error",
    "self=f32[4] indices=[i16[2]] -> error",
};
constexpr llvm::StringLiteral IndexPutSamples[] = {
    "self=f32[4,5] indices=[i64[3]] values=f32[3,5] -> f32[4,5]",
    "self=f32[4,5] indices=[i64[3]] values=f32[5] -> f32[4,5]",
    "self=f32[4,5] indices=[None,i64[3]] values=f32[] -> f32[4,5]",
    "self=f32[4,5] indices=[b8[4,5]] values=f32[] -> f32[4,5]",
    "self=i64[4,5] indices=[b8[4,5]] values=f32[] -> i64[4,5]",
    "self=f32[4,5] indices=[i64[3]] values=f32[4,5] -> error",
    "self=f32[4,5] indices=[i64[3]] values=f64[5] -> error",
};
constexpr llvm::StringLiteral IndexSelectSamples[] = {
    "self=f32[4,5] dim=0 index=i64[3] -> f32[3,5]", "self=f32[4,5] dim=-1 index=i32[2] -> f32[4,2]",
    "self=f32[4,5] dim=0 index=i64[] -> f32[1,5]",  "self=f32[4,5] dim=2 index=i64[3] -> error",
    "self=f32[4,5] dim=0 index=i64[3,1] -> error",  "self=f32[4,5] dim=0 index=f32[3] -> error",
};
constexpr llvm::StringLiteral IndexFillSamples[] = {
    "self=f32[4,5] dim=0 index=i64[3] value=1 -> f32[4,5]",
    "self=f32[4,5] dim=2 index=i64[3] value=1 -> error",
    "self=f32[4,5] dim=0 index=i64[3,1] value=1 -> error",
};
constexpr llvm::StringLiteral IndexFillTensorSamples[] = {
    "self=f32[4,5] dim=0 index=i64[3] value=f32[] -> f32[4,5]",
    "self=f32[4,5] dim=0 index=i64[3] value=f32[3] -> error",
};
constexpr llvm::StringLiteral IndexAddSamples[] = {
    "self=f32[4,5] dim=0 index=i64[3] source=f32[3,5] -> f32[4,5]",
    "self=f32[4,5] dim=1 index=i64[2] source=f32[4,2] -> f32[4,5]",
    "self=f32[4,5] dim=0 index=i64[2] source=f32[3,5] -> error",
    "self=f32[4,5] dim=0 index=i64[3] source=f32[3,4] -> error",
    "self=f32[4,5] dim=0 index=i64[3] source=f64[3,5] -> error",
};
constexpr llvm::StringLiteral IndexReduceSamples[] = {
    "self=f32[4,5] dim=0 index=i64[3] source=f32[3,5] reduce=\"amax\" -> f32[4,5]",
    "self=f32[4,5] dim=0 index=i64[3] source=f32[3,5] reduce=\"sum\" -> error",
    "self=f32[4,5] dim=0 index=i64[2] source=f32[3,5] reduce=\"amax\" -> error",
};
constexpr llvm::StringLiteral SelectScatterSamples[] = {
    "self=f32[4,5] src=f32[5] dim=0 index=2 -> f32[4,5]",
    "self=f32[4,5] src=f32[4] dim=0 index=2 -> error",
};
constexpr llvm::StringLiteral SliceScatterSamples[] = {
    "self=f32[4,5] src=f32[2,5] start=1 end=3 -> f32[4,5]",
    "self=f32[4,5] src=f32[3,5] start=1 end=3 -> error",
};
constexpr llvm::StringLiteral DiagonalScatterSamples[] = {
    "self=f32[4,5] src=f32[4] -> f32[4,5]",
    "self=f32[4,5] src=f32[5] -> error",
};
constexpr llvm::StringLiteral GatherSamples[] = {
    "self=f32[4,5] dim=1 index=i64[4,2] -> f32[4,2]",
    "self=f32[4,5] dim=0 index=i64[7,5] -> f32[7,5]",
    "self=f32[4,5] dim=1 index=i64[3,9] -> f32[3,9]",
    "self=f32[4] dim=0 index=i64[] -> f32[]",
    "self=f32[4,5] dim=1 index=i64[5,2] -> error",
    "self=f32[4,5] dim=1 index=i64[4] -> error",
    "self=f32[4,5] dim=1 index=i32[4,2] -> error",
    "self=f32[4,5] dim=2 index=i64[4,2] -> error",
};
constexpr llvm::StringLiteral ScatterSamples[] = {
    "self=f32[4,5] dim=1 index=i64[4,2] src=f32[4,2] -> f32[4,5]",
    "self=f32[4,5] dim=0 index=i64[2,3] src=f32[3,3] -> f32[4,5]",
    "self=f32[4,5] dim=1 index=i64[4,2] src=f32[3,2] -> error",
    "self=f32[4,5] dim=1 index=i64[5,2] src=f32[5,2] -> error",
    "self=f32[4,5] dim=1 index=i64[4,2] src=i64[4,2] -> error",
    "self=f32[4,5] dim=1 index=f32[4,2] src=f32[4,2] -> error",
};
constexpr llvm::StringLiteral ScatterValueSamples[] = {
    "self=f32[4,5] dim=1 index=i64[4,2] value=1 -> f32[4,5]",
    "self=f32[4,5] dim=1 index=i64[5,2] value=1 -> error",
};
constexpr llvm::StringLiteral ScatterWithSamples[] = {
    "self=f32[4,5] dim=1 index=i64[4,2] src=f32[4,2] reduce=\"add\" -> f32[4,5]",
    "self=f32[4,5] dim=1 index=i64[4,2] src=f32[4,2] reduce=\"none\" -> error",
};
constexpr llvm::StringLiteral ScatterValueWithSamples[] = {
    "self=f32[4,5] dim=1 index=i64[4,2] value=2 reduce=\"multiply\" -> f32[4,5]",
    "self=f32[4,5] dim=1 index=i64[4,2] value=2 reduce=\"none\" -> error",
};
constexpr llvm::StringLiteral ScatterReduceSamples[] = {
    "self=f32[4,5] dim=1 index=i64[4,2] src=f32[4,2] reduce=\"mean\" -> f32[4,5]",
    "self=f32[4,5] dim=1 index=i64[4,2] src=f32[4,2] reduce=\"add\" -> error",
    "self=f32[4,5] dim=1 index=i64[5,2] src=f32[5,2] reduce=\"sum\" -> error",
};
constexpr llvm::StringLiteral TakeSamples[] = {
    "self=f32[4,5] index=i64[2,3] -> f32[2,3]",
    "self=f32[4] index=f32[2] -> error",
    "self=f32[0] index=i64[2] -> error",
};
constexpr llvm::StringLiteral TakeAlongSamples[] = {
    "self=f32[4,5] indices=i64[2,3] -> f32[6]",
    "self=f32[4,5] indices=i64[4,2] dim=1 -> f32[4,2]",
    "self=f32[1,5] indices=i64[4,2] dim=1 -> f32[4,2]",
    "self=f32[4,5] indices=i64[3,2] dim=1 -> error",
    "self=f32[4,5] indices=i64[2] dim=1 -> error",
};
constexpr llvm::StringLiteral PutSamples[] = {
    "self=f32[4,5] index=i64[3] source=f32[3] -> f32[4,5]",
    "self=f32[4,5] index=i64[3] source=f32[2] -> error",
};
constexpr llvm::StringLiteral MaskedSelectSamples[] = {
    "self=f32[4,5] mask=b8[5]",
    "self=f32[4,5] mask=b8[4] -> error",
    "self=f32[4,5] mask=f32[5] -> error",
};
constexpr llvm::StringLiteral MaskedScatterSamples[] = {
    "self=f32[4,5] mask=b8[5] source=f32[20] -> f32[4,5]",
    "self=f32[4,5] mask=b8[4] source=f32[20] -> error",
    "self=f32[4,5] mask=b8[5] source=i64[20] -> error",
};
constexpr llvm::StringLiteral OneHotSamples[] = {
    "self=i64[4] num_classes=10 -> i64[4,10]",
    "self=i64[2,3] num_classes=5 -> i64[2,3,5]",
    "self=i64[4]",
    "self=f32[4] num_classes=10 -> error",
    "self=i64[4] num_classes=-2 -> error",
};
constexpr llvm::StringLiteral SelectSweeps[] = {
    "self=f32[N:16..65536,M:8..1024] dim=0 index=i64[K:1..4096]"};
constexpr llvm::StringLiteral GatherSweeps[] = {
    "self=f32[N:16..4096,M:8..1024] dim=1 index=i64[N,K:1..256]"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor",
     indexRule, indexCost, Storage::New, IndexSamples},
    {"aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor",
     indexPutRule, WriteCost<"values">, Storage::New, IndexPutSamples},
    {"aten::index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)",
     indexPutRule, WriteIntoCost<"values">, Storage::InPlace, IndexPutSamples},
    {"aten::index_select(Tensor self, int dim, Tensor index) -> Tensor",
     indexSelectRule, pickByCost<"index">, Storage::New, IndexSelectSamples, SelectSweeps},
    {"aten::index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor",
     indexFillRule, WriteCost<"value">, Storage::New, IndexFillSamples},
    {"aten::index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)",
     indexFillRule, WriteIntoCost<"value">, Storage::InPlace, IndexFillSamples},
    {"aten::index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor",
     indexFillRule, WriteCost<"value">, Storage::New, IndexFillTensorSamples},
    {"aten::index_fill_.int_Tensor(Tensor(a!) self, int dim, Tensor index, Tensor value) -> Tensor(a!)",
     indexFillRule, WriteIntoCost<"value">, Storage::InPlace, IndexFillTensorSamples},
    {"aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor",
     indexSourceRule<true>, WriteCost<"source">, Storage::New, IndexAddSamples},
    {"aten::index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!)",
     indexSourceRule<true>, WriteIntoCost<"source">, Storage::InPlace, IndexAddSamples},
    {"aten::index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor",
     indexSourceRule<false>, WriteCost<"source">, Storage::New, IndexAddSamples},
    {"aten::index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!)",
     indexSourceRule<false>, WriteIntoCost<"source">, Storage::InPlace, IndexAddSamples},
    {"aten::index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor",
     indexReduceRule, WriteCost<"source">, Storage::New, IndexReduceSamples},
    {"aten::index_reduce_(Tensor(a!) self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor(a!)",
     indexReduceRule, WriteIntoCost<"source">, Storage::InPlace, IndexReduceSamples},
    {"aten::select_scatter(Tensor self, Tensor src, int dim, int index) -> Tensor",
     intoViewRule<"aten::select.int">, WriteCost<"src">, Storage::New, SelectScatterSamples},
    {"aten::slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor",
     intoViewRule<"aten::slice.Tensor">, WriteCost<"src">, Storage::New, SliceScatterSamples},
    {"aten::diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor",
     intoViewRule<"aten::diagonal">, WriteCost<"src">, Storage::New, DiagonalScatterSamples},
    {"aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor",
     gatherRule, pickByCost<"index">, Storage::New, GatherSamples, GatherSweeps},
    {"aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor",
     scatterRule, WriteCost<"src">, Storage::New, ScatterSamples},
    {"aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor",
     scatterRule, WriteCost<"src">, Storage::New, ScatterSamples},
    {"aten::scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)",
     scatterRule, WriteIntoCost<"src">, Storage::InPlace, ScatterSamples},
    {"aten::scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)",
     scatterRule, WriteIntoCost<"src">, Storage::InPlace, ScatterSamples},
    {"aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor",
     scatterRule, WriteCost<"index">, Storage::New, ScatterValueSamples},
    {"aten::scatter_.value(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)",
     scatterRule, WriteIntoCost<"index">, Storage::InPlace, ScatterValueSamples},
    {"aten::scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor",
     scatterWithRule, WriteCost<"src">, Storage::New, ScatterWithSamples},
    {"aten::scatter_.reduce(Tensor(a!) self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor(a!)",
     scatterWithRule, WriteIntoCost<"src">, Storage::InPlace, ScatterWithSamples},
    {"aten::scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor",
     scatterWithRule, WriteCost<"index">, Storage::New, ScatterValueWithSamples},
    {"aten::scatter_.value_reduce(Tensor(a!) self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor(a!)",
     scatterWithRule, WriteIntoCost<"index">, Storage::InPlace, ScatterValueWithSamples},
    {"aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor",
     scatterReduceRule, WriteCost<"src">, Storage::New, ScatterReduceSamples},
    {"aten::scatter_reduce_.two(Tensor(a!) self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(a!)",
     scatterReduceRule, WriteIntoCost<"src">, Storage::InPlace, ScatterReduceSamples},
    {"aten::take(Tensor self, Tensor index) -> Tensor",
     takeRule, pickByCost<"index">, Storage::New, TakeSamples},
    {"aten::take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor",
     takeAlongRule, pickByCost<"indices">, Storage::New, TakeAlongSamples},
    {"aten::put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor",
     putRule, WriteCost<"source">, Storage::New, PutSamples},
    {"aten::put_(Tensor(a!) self, Tensor index, Tensor source, bool accumulate=False) -> Tensor(a!)",
     putRule, WriteIntoCost<"source">, Storage::InPlace, PutSamples},
    {"aten::masked_select(Tensor self, Tensor mask) -> Tensor",
     maskedSelectRule, nullptr, Storage::New, MaskedSelectSamples},
    {"aten::masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor",
     maskedScatterRule, memoryCost, Storage::New, MaskedScatterSamples},
    {"aten::masked_scatter_(Tensor(a!) self, Tensor mask, Tensor source) -> Tensor(a!)",
     inPlace<maskedScatterRule>, memoryCost, Storage::InPlace, MaskedScatterSamples},
    {"aten::one_hot(Tensor self, int num_classes=-1) -> Tensor",
     oneHotRule, memoryCost, Storage::New, OneHotSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::indexingOps() { return Ops; }
