/// \file
/// Views: other sizes over the same storage. They cost nothing. view() and
/// reshape() of a tensor whose strides forbid it are not told apart, because strides
/// are not modelled.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
llvm::Expected<Results> withShape(const OpArgs &A, llvm::Expected<Sizes> S) {
  if (!S)
    return S.takeError();
  return Results{TensorType(A.tensor("self").Type, *S)};
}

template <Word Name> llvm::Expected<Results> viewRule(const OpArgs &A) {
  return withShape(A, inferSizes(A.ints(Name), A.tensor("self").elements()));
}
llvm::Expected<Results> viewAsRule(const OpArgs &A) {
  return withShape(A, inferSizes(A.tensor("other").Shape, A.tensor("self").elements()));
}
/// The same bytes read as another type: the last size grows or shrinks.
llvm::Expected<Results> viewTypeRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  int64_t From = dtypeBytes(Out.Type), To = dtypeBytes(*A.dtype("dtype"));
  Out.Type = *A.dtype("dtype");
  if (From == To)
    return Results{Out};
  if (Out.Shape.empty())
    return reject("a scalar tensor cannot be viewed as a type of another size");
  int64_t Bytes = saturatingMul(Out.Shape.back(), From);
  if (Bytes % To != 0)
    return reject("the last dimension of " + Twine(Out.Shape.back()) +
                  " elements cannot be viewed as " + dtypeName(Out.Type));
  Out.Shape.back() = Bytes / To;
  return Results{Out};
}
llvm::Expected<Results> flattenRule(const OpArgs &A) {
  const TensorType &In = A.tensor("self");
  llvm::Expected<int64_t> First = wrapDim(A.integer("start_dim"), In.rank());
  if (!First)
    return First.takeError();
  llvm::Expected<int64_t> Last = wrapDim(A.integer("end_dim"), In.rank());
  if (!Last)
    return Last.takeError();
  if (*First > *Last)
    return reject("start_dim " + Twine(*First) + " comes after end_dim " + Twine(*Last));
  if (In.Shape.empty())
    return withShape(A, Sizes{1});
  Shape S = In.Shape;
  Sizes Out(S.begin(), S.begin() + *First);
  Out.push_back(elementsOf(S.slice(at(*First), at(*Last - *First + 1))));
  Out.append(S.begin() + *Last + 1, S.end());
  return withShape(A, Out);
}
llvm::Expected<Results> unflattenRule(const OpArgs &A) {
  Shape In = A.tensor("self").Shape;
  Sizes Parts = A.ints("sizes");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), A.tensor("self").rank());
  if (!D)
    return D.takeError();
  if (Parts.empty() || In.empty())
    return reject("unflatten needs a dimension to split and at least one size");
  llvm::Expected<Sizes> Inferred = inferSizes(Parts, In[at(*D)]);
  if (!Inferred)
    return Inferred.takeError();
  Sizes Out(In.begin(), In.begin() + *D);
  Out.append(Inferred->begin(), Inferred->end());
  Out.append(In.begin() + *D + 1, In.end());
  return withShape(A, Out);
}
llvm::Expected<Results> ravelRule(const OpArgs &A) {
  return withShape(A, Sizes{A.tensor("self").elements()});
}

llvm::Expected<Sizes> permuted(Shape In, Shape Order) {
  if (Order.size() != In.size())
    return reject("the order " + listText(Order) + " names " + Twine(Order.size()) +
                  " dimensions, the input has " + Twine(In.size()));
  llvm::Expected<Sizes> Dims = wrapDims(Order, static_cast<int64_t>(In.size()));
  if (!Dims)
    return Dims.takeError();
  Sizes Out;
  for (int64_t D : *Dims)
    Out.push_back(In[at(D)]);
  return Out;
}
llvm::Expected<Results> permuteRule(const OpArgs &A) {
  return withShape(A, permuted(A.tensor("self").Shape, A.ints("dims")));
}
llvm::Expected<Sizes> swapped(const TensorType &In, int64_t X, int64_t Y) {
  llvm::Expected<int64_t> DX = wrapDim(X, In.rank());
  if (!DX)
    return DX.takeError();
  llvm::Expected<int64_t> DY = wrapDim(Y, In.rank());
  if (!DY)
    return DY.takeError();
  Sizes Out = In.Shape;
  if (!Out.empty())
    std::swap(Out[at(*DX)], Out[at(*DY)]);
  return Out;
}
template <Word X, Word Y> llvm::Expected<Results> swapRule(const OpArgs &A) {
  return withShape(A, swapped(A.tensor("self"), A.integer(X), A.integer(Y)));
}
llvm::Expected<Results> tRule(const OpArgs &A) {
  Sizes Out = A.tensor("self").Shape;
  if (Out.size() > 2)
    return reject("t() needs at most 2 dimensions, the input has " + Twine(Out.size()) +
                  "; use transpose()");
  std::reverse(Out.begin(), Out.end());
  return withShape(A, Out);
}
llvm::Expected<Results> reverseDimsRule(const OpArgs &A) {
  Sizes Out = A.tensor("self").Shape;
  std::reverse(Out.begin(), Out.end());
  return withShape(A, Out);
}
llvm::Expected<Results> matrixTransposeRule(const OpArgs &A) {
  if (A.tensor("self").Shape.empty()) // deprecated, but accepted
    return likeSelf(A);
  if (A.tensor("self").rank() < 2)
    return reject("a matrix transpose needs at least 2 dimensions, the input has " +
                  Twine(A.tensor("self").rank()));
  return withShape(A, swapped(A.tensor("self"), -1, -2));
}
llvm::Expected<Results> matrixHRule(const OpArgs &A) {
  if (A.tensor("self").rank() != 2 && A.tensor("self").rank() != 0)
    return reject("H needs a matrix, not " + shapeText(A.tensor("self").Shape));
  return matrixTransposeRule(A);
}
llvm::Expected<Sizes> moved(Shape In, Shape From, Shape To) {
  auto Rank = static_cast<int64_t>(In.size());
  if (From.size() != To.size())
    return reject("source " + listText(From) + " and destination " + listText(To) +
                  " name different numbers of dimensions");
  llvm::Expected<Sizes> Source = wrapDims(From, Rank);
  if (!Source)
    return Source.takeError();
  llvm::Expected<Sizes> Target = wrapDims(To, Rank);
  if (!Target)
    return Target.takeError();
  if (In.empty())
    return Sizes();
  Sizes Order(In.size(), -1);
  for (size_t I = 0; I < Source->size(); ++I)
    Order[at((*Target)[I])] = (*Source)[I];
  int64_t Next = 0;
  for (int64_t &D : Order) {
    if (D >= 0)
      continue;
    while (llvm::is_contained(*Source, Next))
      ++Next;
    D = Next++;
  }
  return permuted(In, Order);
}
llvm::Expected<Results> movedimRule(const OpArgs &A) {
  Shape In = A.tensor("self").Shape;
  return withShape(A, moved(In, {A.integer("source")}, {A.integer("destination")}));
}
llvm::Expected<Results> movedimsRule(const OpArgs &A) {
  return withShape(A, moved(A.tensor("self").Shape, A.ints("source"), A.ints("destination")));
}

llvm::Expected<Results> squeezeRule(const OpArgs &A) {
  Sizes Out = A.tensor("self").Shape;
  llvm::erase(Out, 1);
  return withShape(A, Out);
}
llvm::Expected<Results> squeezeDimRule(const OpArgs &A) {
  Sizes Out = A.tensor("self").Shape;
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), A.tensor("self").rank());
  if (!D)
    return D.takeError();
  if (!Out.empty() && Out[at(*D)] == 1)
    Out.erase(Out.begin() + *D);
  return withShape(A, Out);
}
llvm::Expected<Results> unsqueezeRule(const OpArgs &A) {
  Sizes Out = A.tensor("self").Shape;
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), A.tensor("self").rank() + 1);
  if (!D)
    return D.takeError();
  Out.insert(Out.begin() + *D, 1);
  return withShape(A, Out);
}

/// -1 keeps a size that is already there.
llvm::Expected<Sizes> expanded(Shape From, Shape Wanted) {
  Sizes To(Wanted.begin(), Wanted.end());
  if (From.size() > To.size())
    return reject("a tensor of " + Twine(From.size()) + " dimensions (" + shapeText(From) +
                  ") cannot be expanded to " + listText(Wanted));
  size_t Lead = To.size() - From.size();
  for (size_t I = Lead; I < To.size(); ++I)
    if (To[I] == -1)
      To[I] = From[I - Lead];
  if (llvm::Error E = checkSizes(To))
    return E;
  if (llvm::Error E = checkExpands(From, To))
    return E;
  return To;
}
llvm::Expected<Results> expandRule(const OpArgs &A) {
  return withShape(A, expanded(A.tensor("self").Shape, A.ints("size")));
}
llvm::Expected<Results> expandAsRule(const OpArgs &A) {
  return withShape(A, expanded(A.tensor("self").Shape, A.tensor("other").Shape));
}
llvm::Expected<Results> asStridedRule(const OpArgs &A) {
  Sizes Size = A.ints("size"), Stride = A.ints("stride");
  if (Size.size() != Stride.size())
    return reject("sizes " + listText(Size) + " and strides " + listText(Stride) +
                  " differ in number");
  if (llvm::Error E = checkSizes(Size))
    return E;
  int64_t Last = A.call().integer("storage_offset").value_or(0);
  for (size_t I = 0; I < Size.size(); ++I) {
    if (Stride[I] < 0)
      return reject("negative stride " + Twine(Stride[I]));
    Last = saturatingAdd(Last, saturatingMul(std::max<int64_t>(Size[I] - 1, 0), Stride[I]));
  }
  if (elementsOf(Size) > 0 && Last >= A.tensor("self").elements())
    return reject("sizes " + listText(Size) + " with strides " + listText(Stride) +
                  " reach beyond the storage of " + Twine(A.tensor("self").elements()) +
                  " elements");
  return withShape(A, Size);
}
/// atleast_Nd: ones are added before, and in 3-D one after, the sizes.
template <int N> llvm::Expected<Results> atLeastRule(const OpArgs &A) {
  Sizes S = A.tensor("self").Shape;
  if (S.empty())
    S.push_back(1);
  if (N >= 2 && S.size() == 1)
    S.insert(S.begin(), 1);
  if (N >= 3 && S.size() == 2)
    S.push_back(1);
  return withShape(A, S);
}

constexpr llvm::StringLiteral ViewSamples[] = {
    "self=f32[2,3,4] size=[6,4] -> f32[6,4]",
    "self=f32[2,3,4] size=[-1,4] -> f32[6,4]",
    "self=f32[2,3,4] size=[2,-1] -> f32[2,12]",
    "self=f32[] size=[1] -> f32[1]",
    "self=f32[1] size=[] -> f32[]",
    "self=f32[0,3] size=[3,0] -> f32[3,0]",
    "self=f32[0] size=[-1] -> f32[0]",
    "self=f32[2,3] size=[4] -> error",
    "self=f32[2,3] size=[-1,4] -> error",
    "self=f32[2,3] size=[-1,-1] -> error",
    "self=f32[0] size=[-1,0] -> error",
    "self=f32[2,3] size=[-2,3] -> error",
};
constexpr llvm::StringLiteral ReshapeSamples[] = {
    "self=f32[2,3,4] shape=[6,-1] -> f32[6,4]",
    "self=f32[2,3] shape=[6] -> f32[6]",
    "self=f32[2,3] shape=[4,2] -> error",
    "self=f32[2,3] shape=[-1,5] -> error",
};
constexpr llvm::StringLiteral ViewAsSamples[] = {
    "self=f32[2,3,4] other=i64[6,4] -> f32[6,4]",
    "self=f32[2,3] other=f32[4] -> error",
};
constexpr llvm::StringLiteral ViewTypeSamples[] = {
    "self=f32[2,3] dtype=dtype:int32 -> i32[2,3]",
    "self=f32[2,3] dtype=dtype:uint8 -> u8[2,12]",
    "self=f32[2,4] dtype=dtype:float64 -> f64[2,2]",
    "self=f32[2,3] dtype=dtype:float64 -> error",
};
constexpr llvm::StringLiteral FlattenSamples[] = {
    "self=f32[2,3,4] -> f32[24]",
    "self=f32[2,3,4] start_dim=1 -> f32[2,12]",
    "self=f32[2,3,4] start_dim=0 end_dim=1 -> f32[6,4]",
    "self=f32[] -> f32[1]",
    "self=f32[2,0,4] start_dim=1 -> f32[2,0]",
    "self=f32[2,3,4] start_dim=2 end_dim=1 -> error",
    "self=f32[2,3] start_dim=2 -> error",
};
constexpr llvm::StringLiteral UnflattenSamples[] = {
    "self=f32[2,12] dim=1 sizes=[3,4] -> f32[2,3,4]",
    "self=f32[2,12] dim=-1 sizes=[3,-1] -> f32[2,3,4]",
    "self=f32[2,12] dim=1 sizes=[3,5] -> error",
    "self=f32[2,12] dim=2 sizes=[3,4] -> error",
};
constexpr llvm::StringLiteral RavelSamples[] = {"self=f32[2,3] -> f32[6]", "self=f32[] -> f32[1]"};
constexpr llvm::StringLiteral PermuteSamples[] = {
    "self=f32[2,3,4] dims=[2,0,1] -> f32[4,2,3]",
    "self=f32[2,3] dims=[-1,0] -> f32[3,2]",
    "self=f32[] dims=[] -> f32[]",
    "self=f32[2,3,4] dims=[0,1] -> error",
    "self=f32[2,3] dims=[0,0] -> error",
    "self=f32[2,3] dims=[0,2] -> error",
};
constexpr llvm::StringLiteral TransposeSamples[] = {
    "self=f32[2,3,4] dim0=1 dim1=2 -> f32[2,4,3]",
    "self=f32[2,3] dim0=-1 dim1=-2 -> f32[3,2]",
    "self=f32[] dim0=0 dim1=-1 -> f32[]",
    "self=f32[2,3] dim0=0 dim1=2 -> error",
};
constexpr llvm::StringLiteral SwapaxesSamples[] = {
    "self=f32[2,3,4] axis0=1 axis1=2 -> f32[2,4,3]",
    "self=f32[2,3] axis0=0 axis1=2 -> error",
};
constexpr llvm::StringLiteral TSamples[] = {
    "self=f32[2,3] -> f32[3,2]",
    "self=f32[3] -> f32[3]",
    "self=f32[] -> f32[]",
    "self=f32[2,3,4] -> error",
};
constexpr llvm::StringLiteral NumpyTSamples[] = {
    "self=f32[2,3] -> f32[3,2]",
    "self=f32[2,3,4] -> f32[4,3,2]",
};
constexpr llvm::StringLiteral MTSamples[] = {
    "self=f32[2,3,4] -> f32[2,4,3]",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral MatrixHSamples[] = {
    "self=f32[2,3] -> f32[3,2]",
    "self=f32[2,3,4] -> error",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral MovedimSamples[] = {
    "self=f32[2,3,4] source=0 destination=2 -> f32[3,4,2]",
    "self=f32[2,3,4] source=-1 destination=0 -> f32[4,2,3]",
    "self=f32[2,3] source=0 destination=2 -> error",
};
constexpr llvm::StringLiteral MovedimsSamples[] = {
    "self=f32[2,3,4,5] source=[0,1] destination=[2,0] -> f32[3,4,2,5]",
    "self=f32[2,3] source=[0] destination=[0,1] -> error",
    "self=f32[2,3] source=[0,0] destination=[0,1] -> error",
};
constexpr llvm::StringLiteral SqueezeSamples[] = {
    "self=f32[2,1,3,1] -> f32[2,3]",
    "self=f32[1] -> f32[]",
    "self=f32[] -> f32[]",
};
constexpr llvm::StringLiteral SqueezeDimSamples[] = {
    "self=f32[2,1,3] dim=1 -> f32[2,3]", "self=f32[2,1,3] dim=0 -> f32[2,1,3]",
    "self=f32[2,1] dim=-1 -> f32[2]",    "self=f32[] dim=0 -> f32[]",
    "self=f32[2,1] dim=2 -> error",
};
constexpr llvm::StringLiteral UnsqueezeSamples[] = {
    "self=f32[2,3] dim=0 -> f32[1,2,3]",  "self=f32[2,3] dim=2 -> f32[2,3,1]",
    "self=f32[2,3] dim=-1 -> f32[2,3,1]", "self=f32[] dim=0 -> f32[1]",
    "self=f32[2,3] dim=3 -> error",
};
constexpr llvm::StringLiteral ExpandSamples[] = {
    "self=f32[3,1] size=[3,4] -> f32[3,4]", "self=f32[1,3] size=[2,-1] -> f32[2,3]",
    "self=f32[3] size=[2,3] -> f32[2,3]",   "self=f32[] size=[2] -> f32[2]",
    "self=f32[1] size=[0] -> f32[0]",       "self=f32[2,3] size=[4,3] -> error",
    "self=f32[2,3] size=[3] -> error",      "self=f32[3] size=[-1,3] -> error",
};
constexpr llvm::StringLiteral BroadcastToSamples[] = {
    "self=f32[3,1] size=[3,4] -> f32[3,4]",
    "self=f32[2,3] size=[4,3] -> error",
};
constexpr llvm::StringLiteral ExpandAsSamples[] = {
    "self=f32[3,1] other=i64[2,3,4] -> f32[2,3,4]",
    "self=f32[2,3] other=f32[3] -> error",
    "self=f32[2,3] other=f32[4,3] -> error",
};
constexpr llvm::StringLiteral AsStridedSamples[] = {
    "self=f32[12] size=[3,2] stride=[4,1] -> f32[3,2]",
    "self=f32[12] size=[3,4] stride=[4,1] storage_offset=1 -> error",
    "self=f32[12] size=[3,4] stride=[4] -> error",
};
constexpr llvm::StringLiteral SameSamples[] = {"self=f32[2,3] -> f32[2,3]", "self=i64[] -> i64[]"};
constexpr llvm::StringLiteral AtLeast1Samples[] = {"self=f32[] -> f32[1]", "self=f32[2] -> f32[2]"};
constexpr llvm::StringLiteral AtLeast2Samples[] = {"self=f32[] -> f32[1,1]",
                                                   "self=f32[2] -> f32[1,2]"};
constexpr llvm::StringLiteral AtLeast3Samples[] = {
    "self=f32[] -> f32[1,1,1]",
    "self=f32[2] -> f32[1,2,1]",
    "self=f32[2,3] -> f32[2,3,1]",
};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::view(Tensor(a) self, SymInt[] size) -> Tensor(a)",
     viewRule<"size">, nullptr, Storage::View, ViewSamples},
    {"aten::view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)",
     viewTypeRule, nullptr, Storage::View, ViewTypeSamples},
    {"aten::view_as(Tensor(a) self, Tensor other) -> Tensor(a)",
     viewAsRule, nullptr, Storage::View, ViewAsSamples},
    {"aten::reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)",
     viewRule<"shape">, nullptr, Storage::MayAlias, ReshapeSamples},
    {"aten::reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)",
     viewAsRule, nullptr, Storage::MayAlias, ViewAsSamples},
    {"aten::flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)",
     flattenRule, nullptr, Storage::MayAlias, FlattenSamples},
    {"aten::unflatten.int(Tensor(a) self, int dim, int[] sizes) -> Tensor(a)",
     unflattenRule, nullptr, Storage::View, UnflattenSamples},
    {"aten::ravel(Tensor(a) self) -> Tensor(a)",
     ravelRule, nullptr, Storage::MayAlias, RavelSamples},
    {"aten::permute(Tensor(a) self, int[] dims) -> Tensor(a)",
     permuteRule, nullptr, Storage::View, PermuteSamples},
    {"aten::transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)",
     swapRule<"dim0", "dim1">, nullptr, Storage::View, TransposeSamples},
    {"aten::transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)",
     swapRule<"dim0", "dim1">, nullptr, Storage::InPlace, TransposeSamples},
    {"aten::swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)",
     swapRule<"dim0", "dim1">, nullptr, Storage::View, TransposeSamples},
    {"aten::swapdims_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)",
     swapRule<"dim0", "dim1">, nullptr, Storage::InPlace, TransposeSamples},
    {"aten::swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)",
     swapRule<"axis0", "axis1">, nullptr, Storage::View, SwapaxesSamples},
    {"aten::swapaxes_(Tensor(a!) self, int axis0, int axis1) -> Tensor(a!)",
     swapRule<"axis0", "axis1">, nullptr, Storage::InPlace, SwapaxesSamples},
    {"aten::t(Tensor(a) self) -> Tensor(a)",
     tRule, nullptr, Storage::View, TSamples},
    {"aten::t_(Tensor(a!) self) -> Tensor(a!)",
     tRule, nullptr, Storage::InPlace, TSamples},
    {"aten::numpy_T(Tensor(a) self) -> Tensor(a)",
     reverseDimsRule, nullptr, Storage::View, NumpyTSamples},
    {"aten::mT(Tensor(a) self) -> Tensor(a)",
     matrixTransposeRule, nullptr, Storage::View, MTSamples},
    {"aten::mH(Tensor(a) self) -> Tensor(a)",
     matrixTransposeRule, nullptr, Storage::View, MTSamples},
    {"aten::adjoint(Tensor(a) self) -> Tensor(a)",
     matrixTransposeRule, nullptr, Storage::View, MTSamples},
    {"aten::matrix_H(Tensor(a) self) -> Tensor(a)",
     matrixHRule, nullptr, Storage::View, MatrixHSamples},
    {"aten::movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)",
     movedimRule, nullptr, Storage::View, MovedimSamples},
    {"aten::moveaxis.int(Tensor(a) self, int source, int destination) -> Tensor(a)",
     movedimRule, nullptr, Storage::View, MovedimSamples},
    {"aten::movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)",
     movedimsRule, nullptr, Storage::View, MovedimsSamples},
    {"aten::moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)",
     movedimsRule, nullptr, Storage::View, MovedimsSamples},
    {"aten::squeeze(Tensor(a) self) -> Tensor(a)",
     squeezeRule, nullptr, Storage::View, SqueezeSamples},
    {"aten::squeeze_(Tensor(a!) self) -> Tensor(a!)",
     squeezeRule, nullptr, Storage::InPlace, SqueezeSamples},
    {"aten::squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)",
     squeezeDimRule, nullptr, Storage::View, SqueezeDimSamples},
    {"aten::squeeze_.dim(Tensor(a!) self, int dim) -> Tensor(a!)",
     squeezeDimRule, nullptr, Storage::InPlace, SqueezeDimSamples},
    {"aten::unsqueeze(Tensor(a) self, int dim) -> Tensor(a)",
     unsqueezeRule, nullptr, Storage::View, UnsqueezeSamples},
    {"aten::unsqueeze_(Tensor(a!) self, int dim) -> Tensor(a!)",
     unsqueezeRule, nullptr, Storage::InPlace, UnsqueezeSamples},
    {"aten::expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)",
     expandRule, nullptr, Storage::View, ExpandSamples},
    {"aten::broadcast_to(Tensor(a) self, int[] size) -> Tensor(a)",
     expandRule, nullptr, Storage::View, BroadcastToSamples},
    {"aten::expand_as(Tensor(a) self, Tensor other) -> Tensor(a)",
     expandAsRule, nullptr, Storage::View, ExpandAsSamples},
    {"aten::as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)",
     asStridedRule, nullptr, Storage::View, AsStridedSamples},
    {"aten::alias(Tensor(a) self) -> Tensor(a)",
     likeSelf, nullptr, Storage::View, SameSamples},
    {"aten::detach(Tensor(a) self) -> Tensor(a)",
     likeSelf, nullptr, Storage::View, SameSamples},
    {"aten::conj(Tensor(a) self) -> Tensor(a)",
     likeSelf, nullptr, Storage::View, SameSamples},
    {"aten::resolve_conj(Tensor(a) self) -> Tensor(a)",
     likeSelf, nullptr, Storage::View, SameSamples},
    {"aten::resolve_neg(Tensor(a) self) -> Tensor(a)",
     likeSelf, nullptr, Storage::View, SameSamples},
    {"aten::lift_fresh(Tensor(a) self) -> Tensor(a)",
     likeSelf, nullptr, Storage::View, SameSamples},
    {"aten::detach_(Tensor(a!) self) -> Tensor(a!)",
     likeSelf, nullptr, Storage::InPlace, SameSamples},
    {"aten::atleast_1d(Tensor self) -> Tensor",
     atLeastRule<1>, nullptr, Storage::View, AtLeast1Samples},
    {"aten::atleast_2d(Tensor self) -> Tensor",
     atLeastRule<2>, nullptr, Storage::View, AtLeast2Samples},
    {"aten::atleast_3d(Tensor self) -> Tensor",
     atLeastRule<3>, nullptr, Storage::View, AtLeast3Samples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::viewOps() { return Ops; }
