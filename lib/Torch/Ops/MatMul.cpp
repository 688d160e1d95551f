/// \file
/// Products of matrices and vectors. One multiply-accumulate per multiplication that
/// the definition needs; the type of all operands must be the same.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
template <Word Name> llvm::Error requireRank(const OpArgs &A, int64_t Rank) {
  const TensorType &T = A.tensor(Name);
  if (T.rank() == Rank)
    return llvm::Error::success();
  return reject("'" + llvm::StringRef(Name) + "' must have " + Twine(Rank) +
                " dimensions, but is " + shapeText(T.Shape));
}
llvm::Error checkInner(Shape X, int64_t K1, Shape Y, int64_t K2) {
  if (K1 == K2)
    return llvm::Error::success();
  return reject("inner sizes " + Twine(K1) + " and " + Twine(K2) + " do not match (" +
                shapeText(X) + " and " + shapeText(Y) + ")");
}

template <Word X, Word Y> llvm::Expected<Results> mmRule(const OpArgs &A) {
  if (llvm::Error E = requireRank<X>(A, 2))
    return E;
  if (llvm::Error E = requireRank<Y>(A, 2))
    return E;
  if (llvm::Error E = requireSameType(A, X, Y))
    return E;
  const TensorType &P = A.tensor(X), &Q = A.tensor(Y);
  if (llvm::Error E = checkInner(P.Shape, P.Shape[1], Q.Shape, Q.Shape[0]))
    return E;
  return Results{TensorType(P.Type, {P.Shape[0], Q.Shape[1]})};
}
template <Word X, Word Y> llvm::Expected<Results> bmmRule(const OpArgs &A) {
  if (llvm::Error E = requireRank<X>(A, 3))
    return E;
  if (llvm::Error E = requireRank<Y>(A, 3))
    return E;
  if (llvm::Error E = requireSameType(A, X, Y))
    return E;
  const TensorType &P = A.tensor(X), &Q = A.tensor(Y);
  if (P.Shape[0] != Q.Shape[0])
    return reject("batch sizes " + Twine(P.Shape[0]) + " and " + Twine(Q.Shape[0]) + " differ");
  if (llvm::Error E = checkInner(P.Shape, P.Shape[2], Q.Shape, Q.Shape[1]))
    return E;
  return Results{TensorType(P.Type, {P.Shape[0], P.Shape[1], Q.Shape[2]})};
}
template <Word X, Word Y> llvm::Expected<Results> mvRule(const OpArgs &A) {
  if (llvm::Error E = requireRank<X>(A, 2))
    return E;
  if (llvm::Error E = requireRank<Y>(A, 1))
    return E;
  if (llvm::Error E = requireSameType(A, X, Y))
    return E;
  const TensorType &P = A.tensor(X), &Q = A.tensor(Y);
  if (llvm::Error E = checkInner(P.Shape, P.Shape[1], Q.Shape, Q.Shape[0]))
    return E;
  return Results{TensorType(P.Type, {P.Shape[0]})};
}
template <Word X, Word Y> llvm::Expected<Results> dotRule(const OpArgs &A) {
  if (llvm::Error E = requireRank<X>(A, 1))
    return E;
  if (llvm::Error E = requireRank<Y>(A, 1))
    return E;
  if (llvm::Error E = requireSameType(A, X, Y))
    return E;
  const TensorType &P = A.tensor(X), &Q = A.tensor(Y);
  if (llvm::Error E = checkInner(P.Shape, P.Shape[0], Q.Shape, Q.Shape[0]))
    return E;
  return Results{TensorType(P.Type, {})};
}
template <Word X, Word Y> llvm::Expected<Results> outerRule(const OpArgs &A) {
  if (llvm::Error E = requireRank<X>(A, 1))
    return E;
  if (llvm::Error E = requireRank<Y>(A, 1))
    return E;
  const TensorType &P = A.tensor(X), &Q = A.tensor(Y);
  Operand Both[] = {operand(P), operand(Q)};
  return Results{TensorType(promoteAll(Both), {P.Shape[0], Q.Shape[0]})};
}
/// Vectors are rows on the left and columns on the right; the dimensions before
/// the last two broadcast.
llvm::Expected<Results> matmulRule(const OpArgs &A) {
  const TensorType &X = A.tensor("self"), &Y = A.tensor("other");
  if (X.Shape.empty() || Y.Shape.empty())
    return reject("matmul needs tensors with at least 1 dimension (" + shapeText(X.Shape) +
                  " and " + shapeText(Y.Shape) + ")");
  if (llvm::Error E = requireSameType(A, "self", "other"))
    return E;
  Sizes P = X.Shape, Q = Y.Shape;
  if (X.rank() == 1)
    P.insert(P.begin(), 1);
  if (Y.rank() == 1)
    Q.push_back(1);
  if (llvm::Error E = checkInner(X.Shape, P.back(), Y.Shape, Q[Q.size() - 2]))
    return E;
  llvm::Expected<Sizes> Out = broadcast(Shape(P).drop_back(2), Shape(Q).drop_back(2));
  if (!Out)
    return Out.takeError();
  if (X.rank() > 1)
    Out->push_back(P[P.size() - 2]);
  if (Y.rank() > 1)
    Out->push_back(Q.back());
  return Results{TensorType(X.Type, *Out)};
}
/// `self` is added to the product and must expand to it.
template <ResultRule Product> llvm::Expected<Results> addedRule(const OpArgs &A) {
  llvm::Expected<Results> Out = Product(A);
  if (!Out)
    return Out;
  const TensorType &Self = A.tensor("self");
  if (Self.Type != (*Out)[0].Type)
    return reject("'self' is of type " + dtypeName(Self.Type) + ", the product of type " +
                  dtypeName((*Out)[0].Type));
  if (llvm::Error E = checkExpands(Self.Shape, (*Out)[0].Shape))
    return E;
  return Out;
}
/// addbmm sums the batch.
llvm::Expected<Results> summedBmmRule(const OpArgs &A) {
  llvm::Expected<Results> Out = bmmRule<"batch1", "batch2">(A);
  if (Out)
    (*Out)[0].Shape.erase((*Out)[0].Shape.begin());
  return Out;
}
constexpr auto AddmmRule = addedRule<mmRule<"mat1", "mat2">>;
constexpr auto BaddbmmRule = addedRule<bmmRule<"batch1", "batch2">>;
constexpr auto AddbmmRule = addedRule<summedBmmRule>;
constexpr auto AddmvRule = addedRule<mvRule<"mat", "vec">>;
/// addr multiplies and adds element by element, so the types promote.
llvm::Expected<Results> addrRule(const OpArgs &A) {
  llvm::Expected<Results> Out = outerRule<"vec1", "vec2">(A);
  if (!Out)
    return Out;
  const TensorType &Self = A.tensor("self");
  if (llvm::Error E = checkExpands(Self.Shape, (*Out)[0].Shape))
    return E;
  Operand All[] = {operand(Self), operand((*Out)[0])};
  (*Out)[0].Type = promoteAll(All);
  return Out;
}

llvm::Expected<Results> innerRule(const OpArgs &A) {
  const TensorType &X = A.tensor("self"), &Y = A.tensor("other");
  Sizes Out = X.Shape;
  if (X.Shape.empty() || Y.Shape.empty()) {
    Out.append(Y.Shape);
    Operand Both[] = {operand(X), operand(Y)};
    return Results{TensorType(promoteAll(Both), Out)};
  }
  if (llvm::Error E = requireSameType(A, "self", "other"))
    return E;
  if (llvm::Error E = checkInner(X.Shape, X.Shape.back(), Y.Shape, Y.Shape.back()))
    return E;
  Out.pop_back();
  Out.append(Y.Shape.begin(), Y.Shape.end() - 1);
  return Results{TensorType(X.Type, Out)};
}
/// The size of a wrapped or negative dimension; a scalar has one of size 1.
int64_t sizeAt(const TensorType &T, int64_t Dim) {
  return T.Shape.empty() ? 1 : T.Shape[static_cast<size_t>(Dim < 0 ? Dim + T.rank() : Dim)];
}
llvm::Expected<Results> tensordotRule(const OpArgs &A) {
  const TensorType &X = A.tensor("self"), &Y = A.tensor("other");
  if (A.ints("dims_self").size() != A.ints("dims_other").size())
    return reject("dims_self and dims_other differ in number");
  llvm::Expected<Sizes> DX = wrapDims(A.ints("dims_self"), X.rank());
  if (!DX)
    return DX.takeError();
  llvm::Expected<Sizes> DY = wrapDims(A.ints("dims_other"), Y.rank());
  if (!DY)
    return DY.takeError();
  for (size_t I = 0; I < DX->size(); ++I) {
    int64_t P = sizeAt(X, (*DX)[I]), Q = sizeAt(Y, (*DY)[I]);
    if (P != Q && P != 1 && Q != 1)
      return reject("contracted sizes " + Twine(P) + " and " + Twine(Q) + " do not match");
  }
  if (llvm::Error E = requireSameType(A, "self", "other"))
    return E;
  Sizes Out = reducedSizes(X.Shape, *DX, false);
  Out.append(reducedSizes(Y.Shape, *DY, false));
  return Results{TensorType(X.Type, Out)};
}
template <Word List> llvm::Expected<Results> chainRule(const OpArgs &A) {
  llvm::SmallVector<const TensorType *, 4> Ts = A.tensors(List);
  if (Ts.empty())
    return reject("the list of matrices is empty");
  for (size_t I = 0; I < Ts.size(); ++I) {
    if (Ts[I]->rank() != 2)
      return reject("tensor " + Twine(I) + " is not a matrix (" + shapeText(Ts[I]->Shape) + ")");
    if (Ts[I]->Type != Ts[0]->Type)
      return reject("the matrices differ in type");
    if (I)
      if (llvm::Error E =
              checkInner(Ts[I - 1]->Shape, Ts[I - 1]->Shape[1], Ts[I]->Shape, Ts[I]->Shape[0]))
        return E;
  }
  return Results{TensorType(Ts[0]->Type, {Ts[0]->Shape[0], Ts.back()->Shape[1]})};
}
llvm::Expected<Results> kronRule(const OpArgs &A) {
  const TensorType &X = A.tensor("self"), &Y = A.tensor("other");
  size_t Rank = std::max(X.Shape.size(), Y.Shape.size());
  Sizes Out(Rank, 1);
  for (size_t I = 0; I < Rank; ++I) {
    int64_t P = I < X.Shape.size() ? X.Shape[X.Shape.size() - 1 - I] : 1;
    int64_t Q = I < Y.Shape.size() ? Y.Shape[Y.Shape.size() - 1 - I] : 1;
    Out[Rank - 1 - I] = saturatingMul(P, Q);
  }
  Operand Both[] = {operand(X), operand(Y)};
  return Results{TensorType(promoteAll(Both), Out)};
}
/// The dimension of size 3: the given one, or the first.
llvm::Expected<Results> crossRule(const OpArgs &A) {
  const TensorType &X = A.tensor("self"), &Y = A.tensor("other");
  if (X.rank() != Y.rank())
    return reject("the operands have " + Twine(X.rank()) + " and " + Twine(Y.rank()) +
                  " dimensions");
  llvm::Expected<Sizes> Out = broadcast(X.Shape, Y.Shape);
  if (!Out)
    return Out.takeError();
  int64_t Dim = 0;
  if (A.isNone("dim")) {
    Dim = llvm::find(X.Shape, 3) - X.Shape.begin();
    if (Dim == X.rank())
      return reject("no dimension of " + shapeText(X.Shape) + " has size 3");
  } else {
    llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), X.rank());
    if (!D)
      return D.takeError();
    Dim = *D;
  }
  if (X.Shape.empty() || X.Shape[static_cast<size_t>(Dim)] != 3 ||
      Y.Shape[static_cast<size_t>(Dim)] != 3)
    return reject("dimension " + Twine(Dim) + " must have size 3 (" + shapeText(X.Shape) + " and " +
                  shapeText(Y.Shape) + ")");
  Operand Both[] = {operand(X), operand(Y)};
  return Results{TensorType(promoteAll(Both), *Out)};
}
/// Distances between the rows of two batches of matrices.
llvm::Expected<Results> cdistRule(const OpArgs &A) {
  const TensorType &X = A.tensor("x1"), &Y = A.tensor("x2");
  if (!isFloat(X.Type) || !isFloat(Y.Type))
    return reject("cdist needs floating point tensors");
  if (llvm::Error E = requireSameType(A, "x1", "x2"))
    return E;
  if (X.rank() < 2 || Y.rank() < 2)
    return reject("cdist needs matrices (" + shapeText(X.Shape) + " and " + shapeText(Y.Shape) +
                  ")");
  if (X.Shape.back() != Y.Shape.back())
    return reject("rows of " + Twine(X.Shape.back()) + " and " + Twine(Y.Shape.back()) +
                  " elements have no distance");
  if (A.number("p") < 0)
    return reject("'p' must not be negative");
  llvm::Expected<Sizes> Out = broadcast(Shape(X.Shape).drop_back(2), Shape(Y.Shape).drop_back(2));
  if (!Out)
    return Out.takeError();
  Out->push_back(X.Shape[X.Shape.size() - 2]);
  Out->push_back(Y.Shape[Y.Shape.size() - 2]);
  return Results{TensorType(promote(X.Type, Y.Type), *Out)};
}
llvm::Expected<Results> vecdotRule(const OpArgs &A) {
  llvm::Expected<Results> Both = pointwise<Promote, "x", "y">(A);
  if (!Both)
    return Both;
  if (llvm::Error E = requireSameType(A, "x", "y"))
    return E;
  if (isInteger((*Both)[0].Type))
    return reject("linalg_vecdot needs floating point tensors");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), (*Both)[0].rank());
  if (!D)
    return D.takeError();
  return Results{TensorType((*Both)[0].Type, reducedSizes((*Both)[0].Shape, {*D}, false))};
}

/// Each result element takes one multiply-accumulate per element of the last
/// dimension of \p Left. \p Adds counts the addition of `self`.
template <Word Left, int Adds = 0>
CostFeatures productCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  Shape L = A.tensor(Left).Shape;
  C.Macs = saturatingMul(Out[0].elements(), L.empty() ? 1 : L.back());
  C.ElementOps = saturatingMul(Adds, Out[0].elements());
  return C;
}
/// Each result element is a product of two numbers.
template <int Adds = 0> CostFeatures outerCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  C.Macs = Out[0].elements();
  C.ElementOps = saturatingMul(Adds, Out[0].elements());
  return C;
}
CostFeatures addbmmCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = productCost<"batch1", 1>(A, Out);
  C.Macs = saturatingMul(C.Macs, A.tensor("batch1").Shape[0]);
  return C;
}
CostFeatures tensordotCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  C.Macs = Out[0].elements();
  const TensorType &X = A.tensor("self"), &Y = A.tensor("other");
  Sizes DX = A.ints("dims_self"), DY = A.ints("dims_other");
  for (size_t I = 0; I < DX.size(); ++I)
    C.Macs = saturatingMul(C.Macs, std::min(sizeAt(X, DX[I]), sizeAt(Y, DY[I])));
  return C;
}
/// The cheapest order of a matrix chain, as linalg_multi_dot finds it.
template <Word List> CostFeatures chainCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  llvm::SmallVector<const TensorType *, 4> Ts = A.tensors(List);
  size_t N = Ts.size();
  auto Side = [&](size_t I) { return I < N ? Ts[I]->Shape[0] : Ts[N - 1]->Shape[1]; };
  std::vector<std::vector<int64_t>> Best(N, std::vector<int64_t>(N, 0));
  for (size_t Length = 2; Length <= N; ++Length)
    for (size_t I = 0; I + Length <= N; ++I) {
      size_t J = I + Length - 1;
      Best[I][J] = INT64_MAX;
      for (size_t K = I; K < J; ++K) {
        int64_t Join = saturatingMul(saturatingMul(Side(I), Side(K + 1)), Side(J + 1));
        Best[I][J] =
            std::min(Best[I][J], saturatingAdd(saturatingAdd(Best[I][K], Best[K + 1][J]), Join));
      }
    }
  C.Macs = Best[0][N - 1];
  return C;
}
CostFeatures cdistCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  C.ElementOps = saturatingMul(3, saturatingMul(Out[0].elements(), A.tensor("x1").Shape.back()));
  return C;
}

constexpr llvm::StringLiteral MmSamples[] = {
    "self=f32[2,3] mat2=f32[3,4] -> f32[2,4]", "self=f32[0,3] mat2=f32[3,4] -> f32[0,4]",
    "self=f32[2,3] mat2=f32[2,4] -> error",    "self=f32[2,3] mat2=f32[3] -> error",
    "self=f32[2,3] mat2=f64[3,4] -> error",
};
constexpr llvm::StringLiteral BmmSamples[] = {
    "self=f32[5,2,3] mat2=f32[5,3,4] -> f32[5,2,4]",
    "self=f32[5,2,3] mat2=f32[4,3,4] -> error",
    "self=f32[5,2,3] mat2=f32[5,2,4] -> error",
    "self=f32[2,3] mat2=f32[3,4] -> error",
};
constexpr llvm::StringLiteral MatmulSamples[] = {
    "self=f32[2,3] other=f32[3,4] -> f32[2,4]",
    "self=f32[3] other=f32[3] -> f32[]",
    "self=f32[2,3] other=f32[3] -> f32[2]",
    "self=f32[3] other=f32[3,4] -> f32[4]",
    "self=f32[5,2,3] other=f32[3,4] -> f32[5,2,4]",
    "self=f32[5,1,2,3] other=f32[6,3,4] -> f32[5,6,2,4]",
    "self=f32[5,2,3] other=f32[3] -> f32[5,2]",
    "self=f32[3] other=f32[5,3,4] -> f32[5,4]",
    "self=f32[2,3] other=f32[2,4] -> error",
    "self=f32[5,2,3] other=f32[4,3,4] -> error",
    "self=f32[] other=f32[3] -> error",
    "self=f32[2,3] other=i64[3,4] -> error",
};
constexpr llvm::StringLiteral AddmmSamples[] = {
    "self=f32[2,4] mat1=f32[2,3] mat2=f32[3,4] -> f32[2,4]",
    "self=f32[4] mat1=f32[2,3] mat2=f32[3,4] -> f32[2,4]",
    "self=f32[3] mat1=f32[2,3] mat2=f32[3,4] -> error",
    "self=f32[4] mat1=f32[2,3] mat2=f32[4,4] -> error",
};
constexpr llvm::StringLiteral IntoAddmmSamples[] = {
    "self=f32[2,4] mat1=f32[2,3] mat2=f32[3,4] -> f32[2,4]",
    "self=f32[4] mat1=f32[2,3] mat2=f32[3,4] -> error",
};
constexpr llvm::StringLiteral BaddbmmSamples[] = {
    "self=f32[5,2,4] batch1=f32[5,2,3] batch2=f32[5,3,4] -> f32[5,2,4]",
    "self=f32[2,4] batch1=f32[5,2,3] batch2=f32[5,3,4] -> f32[5,2,4]",
    "self=f32[3] batch1=f32[5,2,3] batch2=f32[5,3,4] -> error",
    "self=f32[4] batch1=f32[5,2,3] batch2=f32[4,3,4] -> error",
};
constexpr llvm::StringLiteral IntoBaddbmmSamples[] = {
    "self=f32[5,2,4] batch1=f32[5,2,3] batch2=f32[5,3,4] -> f32[5,2,4]",
    "self=f32[5,2,3] batch1=f32[5,2,3] batch2=f32[5,3,4] -> error",
};
constexpr llvm::StringLiteral AddbmmSamples[] = {
    "self=f32[2,4] batch1=f32[5,2,3] batch2=f32[5,3,4] -> f32[2,4]",
    "self=f32[3] batch1=f32[5,2,3] batch2=f32[5,3,4] -> error",
};
constexpr llvm::StringLiteral AddmvSamples[] = {
    "self=f32[2] mat=f32[2,3] vec=f32[3] -> f32[2]",
    "self=f32[2] mat=f32[2,3] vec=f32[2] -> error",
    "self=f32[3] mat=f32[2,3] vec=f32[3] -> error",
};
constexpr llvm::StringLiteral AddrSamples[] = {
    "self=f32[2,3] vec1=f32[2] vec2=f32[3] -> f32[2,3]",
    "self=f32[2] vec1=f32[2] vec2=f32[3] -> error",
};
constexpr llvm::StringLiteral IntoAddrSamples[] = {
    "self=f32[2,3] vec1=f32[2] vec2=f32[3] -> f32[2,3]",
    "self=f32[3] vec1=f32[2] vec2=f32[3] -> error",
};
constexpr llvm::StringLiteral MvSamples[] = {
    "self=f32[2,3] vec=f32[3] -> f32[2]",
    "self=f32[2,3] vec=f32[2] -> error",
    "self=f32[3] vec=f32[3] -> error",
};
constexpr llvm::StringLiteral DotSamples[] = {
    "self=f32[3] tensor=f32[3] -> f32[]",
    "self=f32[3] tensor=f32[2] -> error",
    "self=f32[3,1] tensor=f32[3] -> error",
};
constexpr llvm::StringLiteral VdotSamples[] = {
    "self=f32[3] other=f32[3] -> f32[]",
    "self=f32[3] other=f32[2] -> error",
};
constexpr llvm::StringLiteral OuterSamples[] = {
    "self=f32[2] vec2=f32[3] -> f32[2,3]",
    "self=f32[2,1] vec2=f32[3] -> error",
};
constexpr llvm::StringLiteral InnerSamples[] = {
    "self=f32[2,3] other=f32[4,3] -> f32[2,4]",
    "self=f32[] other=f32[3] -> f32[3]",
    "self=f32[2,3] other=f32[4,2] -> error",
};
constexpr llvm::StringLiteral TensordotSamples[] = {
    "self=f32[2,3,4] other=f32[4,3,5] dims_self=[1,2] dims_other=[1,0] -> f32[2,5]",
    "self=f32[2] other=f32[3] dims_self=[] dims_other=[] -> f32[2,3]",
    "self=f32[2,3] other=f32[4,5] dims_self=[1] dims_other=[0] -> error",
    "self=f32[2,3] other=f32[3,5] dims_self=[1] dims_other=[0,1] -> error",
};
constexpr llvm::StringLiteral ChainSamples[] = {
    "matrices=[f32[2,3],f32[3,4],f32[4,5]] -> f32[2,5]",
    "matrices=[f32[2,3],f32[4,5]] -> error",
};
constexpr llvm::StringLiteral MultiDotSamples[] = {
    "tensors=[f32[2,3],f32[3,4],f32[4,5]] -> f32[2,5]",
    "tensors=[f32[2,3],f32[4,5]] -> error",
};
constexpr llvm::StringLiteral KronSamples[] = {
    "self=f32[2,3] other=f32[4,5] -> f32[8,15]",
    "self=f32[2] other=f32[3,4] -> f32[3,8]",
};
constexpr llvm::StringLiteral CrossSamples[] = {
    "self=f32[2,3] other=f32[2,3] -> f32[2,3]",
    "self=f32[3,4] other=f32[3,4] dim=0 -> f32[3,4]",
    "self=f32[2,4] other=f32[2,4] -> error",
    "self=f32[2,3] other=f32[2,3] dim=0 -> error",
};
constexpr llvm::StringLiteral LinalgCrossSamples[] = {
    "self=f32[2,3] other=f32[1,3] -> f32[2,3]",
    "self=f32[2,4] other=f32[2,4] -> error",
};
constexpr llvm::StringLiteral CdistSamples[] = {
    "x1=f32[5,3] x2=f32[7,3] -> f32[5,7]",
    "x1=f32[2,5,3] x2=f32[7,3] p=1.0 -> f32[2,5,7]",
    "x1=f32[5,3] x2=f32[7,2] -> error",
    "x1=f32[3] x2=f32[7,3] -> error",
};
constexpr llvm::StringLiteral VecdotSamples[] = {
    "x=f32[2,3] y=f32[3] -> f32[2]",
    "x=f32[2,3] y=f32[2] -> error",
};
constexpr llvm::StringLiteral MmSweeps[] = {"self=f32[M:1..2048,K:1..2048] mat2=f32[K,N:1..2048]"};
constexpr llvm::StringLiteral BmmSweeps[] = {
    "self=f32[B:1..64,M:1..512,K:8..512] mat2=f32[B,K,N:8..512]"};
constexpr llvm::StringLiteral MatmulSweeps[] = {
    "self=f32[B:1..16,H:1..16,T:8..512,D:{32,64,128}] other=f32[B,H,D,T]",
    "self=f32[B:1..16,T:8..512,D:64..1024] other=f32[D,E:64..1024]",
};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::mm(Tensor self, Tensor mat2) -> Tensor",
     mmRule<"self", "mat2">, productCost<"self">, Storage::New, MmSamples, MmSweeps},
    {"aten::bmm(Tensor self, Tensor mat2) -> Tensor",
     bmmRule<"self", "mat2">, productCost<"self">, Storage::New, BmmSamples, BmmSweeps},
    {"aten::matmul(Tensor self, Tensor other) -> Tensor",
     matmulRule, productCost<"self">, Storage::New, MatmulSamples, MatmulSweeps},
    {"aten::linalg_matmul(Tensor self, Tensor other) -> Tensor",
     matmulRule, productCost<"self">, Storage::New, MatmulSamples},
    {"aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     AddmmRule, productCost<"mat1", 1>, Storage::New, AddmmSamples},
    {"aten::addmm_(Tensor(a!) self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)",
     inPlace<AddmmRule>, productCost<"mat1", 1>, Storage::InPlace, IntoAddmmSamples},
    {"aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     BaddbmmRule, productCost<"batch1", 1>, Storage::New, BaddbmmSamples},
    {"aten::baddbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)",
     inPlace<BaddbmmRule>, productCost<"batch1", 1>, Storage::InPlace, IntoBaddbmmSamples},
    {"aten::addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     AddbmmRule, addbmmCost, Storage::New, AddbmmSamples},
    {"aten::addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     AddmvRule, productCost<"mat", 1>, Storage::New, AddmvSamples},
    {"aten::addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     addrRule, outerCost<1>, Storage::New, AddrSamples},
    {"aten::addbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)",
     AddbmmRule, addbmmCost, Storage::InPlace, AddbmmSamples},
    {"aten::addmv_(Tensor(a!) self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)",
     inPlace<AddmvRule>, productCost<"mat", 1>, Storage::InPlace, AddmvSamples},
    {"aten::addr_(Tensor(a!) self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)",
     inPlace<addrRule>, outerCost<1>, Storage::InPlace, IntoAddrSamples},
    {"aten::mv(Tensor self, Tensor vec) -> Tensor",
     mvRule<"self", "vec">, productCost<"self">, Storage::New, MvSamples},
    {"aten::dot(Tensor self, Tensor tensor) -> Tensor",
     dotRule<"self", "tensor">, productCost<"self">, Storage::New, DotSamples},
    {"aten::vdot(Tensor self, Tensor other) -> Tensor",
     dotRule<"self", "other">, productCost<"self">, Storage::New, VdotSamples},
    {"aten::outer(Tensor self, Tensor vec2) -> Tensor",
     outerRule<"self", "vec2">, outerCost<>, Storage::New, OuterSamples},
    {"aten::ger(Tensor self, Tensor vec2) -> Tensor",
     outerRule<"self", "vec2">, outerCost<>, Storage::New, OuterSamples},
    {"aten::inner(Tensor self, Tensor other) -> Tensor",
     innerRule, productCost<"self">, Storage::New, InnerSamples},
    {"aten::tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor",
     tensordotRule, tensordotCost, Storage::New, TensordotSamples},
    {"aten::chain_matmul(Tensor[] matrices) -> Tensor",
     chainRule<"matrices">, chainCost<"matrices">, Storage::New, ChainSamples},
    {"aten::linalg_multi_dot(Tensor[] tensors) -> Tensor",
     chainRule<"tensors">, chainCost<"tensors">, Storage::New, MultiDotSamples},
    {"aten::kron(Tensor self, Tensor other) -> Tensor",
     kronRule, outerCost<>, Storage::New, KronSamples},
    {"aten::cross(Tensor self, Tensor other, int? dim=None) -> Tensor",
     crossRule, pointwiseCost<3>, Storage::New, CrossSamples},
    {"aten::linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor",
     crossRule, pointwiseCost<3>, Storage::New, LinalgCrossSamples},
    {"aten::cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor",
     cdistRule, cdistCost, Storage::New, CdistSamples},
    {"aten::linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor",
     vecdotRule, memoryCost, Storage::New, VecdotSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::matmulOps() { return Ops; }
