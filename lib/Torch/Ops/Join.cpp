/// \file
/// Putting tensors together (copies) and taking them apart (views).
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
using Tensors = llvm::SmallVector<TensorType, 4>;

/// The tensors of a list that must not be empty.
llvm::Expected<Tensors> listOf(const OpArgs &A) {
  Tensors Out;
  for (const TensorType *T : A.tensors("tensors"))
    Out.push_back(*T);
  if (Out.empty())
    return reject("the list of tensors is empty");
  return Out;
}
DType commonType(llvm::ArrayRef<TensorType> List) {
  llvm::SmallVector<Operand, 4> Operands;
  for (const TensorType &T : List)
    Operands.push_back(operand(T));
  return promoteAll(Operands);
}

/// An empty vector joins with anything, as it always did.
bool isSkipped(const TensorType &T) { return T.rank() == 1 && T.Shape[0] == 0; }

llvm::Expected<Results> concatenate(llvm::ArrayRef<TensorType> List, int64_t Dim) {
  const TensorType *First = llvm::find_if(List, [](auto &T) { return !isSkipped(T); });
  for (size_t I = 0; I < List.size(); ++I)
    if (List[I].Shape.empty())
      return reject("tensor " + Twine(I) + " is a scalar and cannot be concatenated");
  TensorType Out = First == List.end() ? List[0] : *First;
  llvm::Expected<int64_t> D = wrapDim(Dim, Out.rank());
  if (!D)
    return D.takeError();
  Out.Type = commonType(List);
  int64_t Total = 0;
  for (size_t I = 0; I < List.size(); ++I) {
    if (isSkipped(List[I]))
      continue;
    Shape S = List[I].Shape;
    if (S.size() != Out.Shape.size())
      return reject("tensor " + Twine(I) + " has " + Twine(S.size()) + " dimensions (" +
                    shapeText(S) + "), the first one " + Twine(Out.Shape.size()) + " (" +
                    shapeText(First->Shape) + ")");
    for (size_t K = 0; K < S.size(); ++K)
      if (K != at(*D) && S[K] != First->Shape[K])
        return reject("sizes " + Twine(First->Shape[K]) + " and " + Twine(S[K]) +
                      " do not match at dimension " + Twine(K) + " (" + shapeText(First->Shape) +
                      " and " + shapeText(S) + ", concatenated along dimension " + Twine(*D) + ")");
    Total = saturatingAdd(Total, S[at(*D)]);
  }
  Out.Shape[at(*D)] = Total;
  return Results{Out};
}
llvm::Expected<Results> catRule(const OpArgs &A) {
  llvm::Expected<Tensors> List = listOf(A);
  if (!List)
    return List.takeError();
  return concatenate(*List, A.integer("dim"));
}
llvm::Expected<Results> stackRule(const OpArgs &A) {
  llvm::Expected<Tensors> List = listOf(A);
  if (!List)
    return List.takeError();
  TensorType Out = List->front();
  for (size_t I = 1; I < List->size(); ++I)
    if ((*List)[I].Shape != Out.Shape)
      return reject("tensor 0 has size " + shapeText(Out.Shape) + ", tensor " + Twine(I) + " " +
                    shapeText((*List)[I].Shape));
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Out.rank() + 1);
  if (!D)
    return D.takeError();
  Out.Type = commonType(*List);
  Out.Shape.insert(Out.Shape.begin() + *D, static_cast<int64_t>(List->size()));
  return Results{Out};
}

/// atleast_Nd of each tensor, then cat.
template <int N> void raise(TensorType &T) {
  if (T.Shape.empty())
    T.Shape.push_back(1);
  if (N >= 2 && T.Shape.size() == 1)
    T.Shape.insert(T.Shape.begin(), 1);
  if (N >= 3 && T.Shape.size() == 2)
    T.Shape.push_back(1);
}
template <int N> llvm::Expected<Results> raisedCatRule(const OpArgs &A) {
  llvm::Expected<Tensors> List = listOf(A);
  if (!List)
    return List.takeError();
  llvm::for_each(*List, raise<N>);
  constexpr int64_t Dims[] = {0, 0, 0, 2};
  if (N == 1)
    return concatenate(*List, List->front().rank() == 1 ? 0 : 1);
  return concatenate(*List, Dims[N]);
}
llvm::Expected<Results> columnStackRule(const OpArgs &A) {
  llvm::Expected<Tensors> List = listOf(A);
  if (!List)
    return List.takeError();
  for (TensorType &T : *List)
    if (T.rank() <= 1)
      T.Shape = {T.elements(), 1};
  return concatenate(*List, 1);
}
llvm::Expected<Results> blockDiagRule(const OpArgs &A) {
  llvm::Expected<Tensors> List = listOf(A);
  if (!List)
    return List.takeError();
  Sizes Out{0, 0};
  for (TensorType &T : *List) {
    raise<2>(T);
    if (T.rank() != 2)
      return reject("block_diag takes tensors of at most 2 dimensions, not " + Twine(T.rank()));
    Out[0] = saturatingAdd(Out[0], T.Shape[0]);
    Out[1] = saturatingAdd(Out[1], T.Shape[1]);
  }
  return Results{TensorType(commonType(*List), Out)};
}
template <int N> llvm::Expected<Results> raiseAllRule(const OpArgs &A) {
  Results Out;
  for (const TensorType *T : A.tensors("tensors"))
    raise<N>(Out.emplace_back(*T));
  return Out;
}
llvm::Expected<Results> cartesianRule(const OpArgs &A) {
  llvm::Expected<Tensors> List = listOf(A);
  if (!List)
    return List.takeError();
  Sizes Out{1, static_cast<int64_t>(List->size())};
  for (const TensorType &T : *List) {
    if (T.rank() != 1)
      return reject("cartesian_prod takes vectors, not " + shapeText(T.Shape));
    if (T.Type != List->front().Type)
      return reject("cartesian_prod takes tensors of one type");
    Out[0] = saturatingMul(Out[0], T.Shape[0]);
  }
  if (List->size() == 1)
    Out.pop_back();
  return Results{TensorType(List->front().Type, Out)};
}
llvm::Expected<Results> splitByTensorRule(const OpArgs &) {
  return dataDependent("the indices are the values of a tensor");
}
llvm::Expected<Results> meshgrid(const OpArgs &A, bool Swap) {
  llvm::Expected<Tensors> List = listOf(A);
  if (!List)
    return List.takeError();
  Sizes Out;
  for (const TensorType &T : *List) {
    if (T.rank() > 1)
      return reject("meshgrid takes vectors and scalars, not " + shapeText(T.Shape));
    if (T.Type != List->front().Type)
      return reject("meshgrid takes tensors of one type");
    Out.push_back(T.elements());
  }
  if (Swap && Out.size() >= 2)
    std::swap(Out[0], Out[1]);
  return Results(List->size(), TensorType(List->front().Type, Out));
}
llvm::Expected<Results> meshgridRule(const OpArgs &A) { return meshgrid(A, false); }
llvm::Expected<Results> meshgridIndexingRule(const OpArgs &A) {
  std::string Indexing = A.text("indexing");
  if (Indexing != "ij" && Indexing != "xy")
    return reject("indexing '" + Indexing + "' is not 'ij' or 'xy'");
  return meshgrid(A, Indexing == "xy");
}
llvm::Expected<Results> broadcastTensorsRule(const OpArgs &A) {
  llvm::Expected<Sizes> Common = broadcast(A.tensors("tensors"));
  if (!Common)
    return Common.takeError();
  Results Out;
  for (const TensorType *T : A.tensors("tensors"))
    Out.emplace_back(T->Type, *Common);
  return Out;
}

/// The dimension to take apart. A scalar tensor has none.
llvm::Expected<int64_t> splitDim(const OpArgs &A) {
  if (A.tensor("self").Shape.empty())
    return reject("a scalar tensor cannot be split");
  return wrapDim(A.call().integer("dim").value_or(0), A.tensor("self").rank());
}
Results pieces(const TensorType &In, int64_t Dim, Shape Lengths) {
  Results Out;
  for (int64_t L : Lengths) {
    Out.push_back(TensorType(In));
    Out.back().Shape[at(Dim)] = L;
  }
  return Out;
}
constexpr int64_t MaxPieces = 1 << 20;

llvm::Expected<Results> splitEvery(const OpArgs &A, int64_t Dim, int64_t Length) {
  const TensorType &In = A.tensor("self");
  int64_t Size = In.Shape[at(Dim)];
  if (Length < 0 || (Length == 0 && Size != 0))
    return reject("the size of a piece must be positive, not " + Twine(Length));
  Sizes Lengths;
  if (Length == 0 || Size == 0)
    return pieces(In, Dim, {Size});
  if (Size / Length > MaxPieces)
    return reject("more than " + Twine(MaxPieces) + " pieces");
  for (int64_t Left = Size; Left > 0; Left -= Length)
    Lengths.push_back(std::min(Left, Length));
  return pieces(In, Dim, Lengths);
}
llvm::Expected<Results> splitRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = splitDim(A);
  if (!D)
    return D.takeError();
  return splitEvery(A, *D, A.integer("split_size"));
}
llvm::Expected<Results> chunkRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = splitDim(A);
  if (!D)
    return D.takeError();
  int64_t Chunks = A.integer("chunks"), Size = A.tensor("self").Shape[at(*D)];
  if (Chunks <= 0 || Chunks > MaxPieces)
    return reject("the number of chunks must be positive, not " + Twine(Chunks));
  if (Size == 0)
    return pieces(A.tensor("self"), *D, Sizes(at(Chunks), 0));
  return splitEvery(A, *D, (Size - 1) / Chunks + 1);
}
template <Word Name> llvm::Expected<Results> splitSizesRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = splitDim(A);
  if (!D)
    return D.takeError();
  Sizes Lengths = A.ints(Name);
  if (llvm::Error E = checkSizes(Lengths))
    return E;
  int64_t Sum = 0, Size = A.tensor("self").Shape[at(*D)];
  for (int64_t L : Lengths)
    Sum = saturatingAdd(Sum, L);
  if (Sum != Size)
    return reject("split sizes " + listText(Lengths) + " add up to " + Twine(Sum) +
                  ", but dimension " + Twine(*D) + " has size " + Twine(Size));
  return pieces(A.tensor("self"), *D, Lengths);
}
llvm::Expected<Results> unbindRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = splitDim(A);
  if (!D)
    return D.takeError();
  TensorType Out = A.tensor("self");
  int64_t Count = Out.Shape[at(*D)];
  if (Count > MaxPieces)
    return reject("more than " + Twine(MaxPieces) + " pieces");
  Out.Shape.erase(Out.Shape.begin() + *D);
  return Results(at(Count), Out);
}

llvm::Expected<Results> splitSections(const OpArgs &A, int64_t Dim, int64_t Sections) {
  if (Sections <= 0 || Sections > MaxPieces)
    return reject("the number of sections must be positive, not " + Twine(Sections));
  int64_t Size = A.tensor("self").Shape[at(Dim)];
  Sizes Lengths;
  for (int64_t I = 0; I < Sections; ++I)
    Lengths.push_back(Size / Sections + (I < Size % Sections));
  return pieces(A.tensor("self"), Dim, Lengths);
}
/// The pieces between the indices, each clamped as a slice's bounds are.
llvm::Expected<Results> splitAt(const OpArgs &A, int64_t Dim, Shape Indices) {
  int64_t Size = A.tensor("self").Shape[at(Dim)], Start = 0;
  Sizes Lengths;
  auto Piece = [&](int64_t From, int64_t To) {
    From = std::clamp<int64_t>(From < 0 ? saturatingAdd(From, Size) : From, 0, Size);
    To = std::clamp<int64_t>(To < 0 ? saturatingAdd(To, Size) : To, 0, Size);
    Lengths.push_back(std::max<int64_t>(To - From, 0));
  };
  for (int64_t I : Indices) {
    Piece(Start, I);
    Start = I;
  }
  Piece(Start, Size);
  return pieces(A.tensor("self"), Dim, Lengths);
}
llvm::Expected<Results> tensorSplitRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = splitDim(A);
  if (!D)
    return D.takeError();
  return splitSections(A, *D, A.integer("sections"));
}
llvm::Expected<Results> tensorSplitAtRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = splitDim(A);
  if (!D)
    return D.takeError();
  return splitAt(A, *D, A.ints("indices"));
}
/// hsplit, vsplit, dsplit: the dimension follows from the name.
template <int64_t MinRank, int64_t Dim> llvm::Expected<int64_t> namedDim(const OpArgs &A) {
  int64_t Rank = A.tensor("self").rank();
  if (Rank < MinRank)
    return reject("the input needs at least " + Twine(MinRank) + " dimensions, it has " +
                  Twine(Rank));
  return Dim == 1 && Rank == 1 ? 0 : Dim;
}
template <int64_t MinRank, int64_t Dim> llvm::Expected<Results> namedSplitRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = namedDim<MinRank, Dim>(A);
  if (!D)
    return D.takeError();
  int64_t Sections = A.integer("sections"), Size = A.tensor("self").Shape[at(*D)];
  if (Sections == 0 || Size % Sections != 0)
    return reject("dimension " + Twine(*D) + " of size " + Twine(Size) + " cannot be split into " +
                  Twine(Sections) + " equal sections");
  return splitSections(A, *D, Sections);
}
template <int64_t MinRank, int64_t Dim> llvm::Expected<Results> namedSplitAtRule(const OpArgs &A) {
  llvm::Expected<int64_t> D = namedDim<MinRank, Dim>(A);
  if (!D)
    return D.takeError();
  return splitAt(A, *D, A.ints("indices"));
}

constexpr llvm::StringLiteral CatSamples[] = {
    "tensors=[f32[1,2],f32[1,3]] dim=1 -> f32[1,5]",
    "tensors=[f32[2,3],f32[4,3]] -> f32[6,3]",
    "tensors=[f32[2,3,4],f32[2,5,4],f32[2,1,4]] dim=-2 -> f32[2,9,4]",
    "tensors=[f32[2],i64[3]] -> f32[5]",
    "tensors=[f32[0],f32[2,3]] dim=1 -> f32[2,3]",
    "tensors=[f32[2,0],f32[2,3]] dim=1 -> f32[2,3]",
    "tensors=[f32[1,2],f32[2,3]] dim=1 -> error",
    "tensors=[f32[2],f32[2,3]] -> error",
    "tensors=[f32[],f32[]] -> error",
    "tensors=[f32[2,3]] dim=2 -> error",
    "tensors=[] -> error",
};
constexpr llvm::StringLiteral StackSamples[] = {
    "tensors=[f32[2,3],f32[2,3]] -> f32[2,2,3]",
    "tensors=[f32[2,3],f32[2,3]] dim=-1 -> f32[2,3,2]",
    "tensors=[f32[],f32[],f32[]] -> f32[3]",
    "tensors=[f32[2],i64[2]] -> f32[2,2]",
    "tensors=[f32[2,3],f32[2,4]] -> error",
    "tensors=[f32[2],f32[2]] dim=2 -> error",
    "tensors=[] -> error",
};
constexpr llvm::StringLiteral HstackSamples[] = {
    "tensors=[f32[2],f32[3]] -> f32[5]",
    "tensors=[f32[2,1],f32[2,3]] -> f32[2,4]",
    "tensors=[f32[],f32[]] -> f32[2]",
    "tensors=[f32[2,1],f32[3,1]] -> error",
};
constexpr llvm::StringLiteral VstackSamples[] = {
    "tensors=[f32[3],f32[3]] -> f32[2,3]",
    "tensors=[f32[2,3],f32[3]] -> f32[3,3]",
    "tensors=[f32[2],f32[3]] -> error",
};
constexpr llvm::StringLiteral DstackSamples[] = {
    "tensors=[f32[3],f32[3]] -> f32[1,3,2]",
    "tensors=[f32[2,3],f32[2,3]] -> f32[2,3,2]",
    "tensors=[f32[2],f32[3]] -> error",
};
constexpr llvm::StringLiteral ColumnStackSamples[] = {
    "tensors=[f32[3],f32[3,2]] -> f32[3,3]",
    "tensors=[f32[2],f32[3]] -> error",
};
constexpr llvm::StringLiteral BlockDiagSamples[] = {
    "tensors=[f32[2,3],f32[4],f32[]] -> f32[4,8]",
    "tensors=[f32[1,2,3]] -> error",
};
constexpr llvm::StringLiteral CartesianSamples[] = {
    "tensors=[f32[2],f32[3]] -> f32[6,2]",
    "tensors=[f32[2]] -> f32[2]",
    "tensors=[f32[2,3]] -> error",
};
constexpr llvm::StringLiteral AtLeast1Samples[] = {"tensors=[f32[],f32[2]] -> f32[1] f32[2]"};
constexpr llvm::StringLiteral AtLeast2Samples[] = {"tensors=[f32[],f32[2]] -> f32[1,1] f32[1,2]"};
constexpr llvm::StringLiteral AtLeast3Samples[] = {
    "tensors=[f32[],f32[2,3]] -> f32[1,1,1] f32[2,3,1]"};
constexpr llvm::StringLiteral SplitByTensorSamples[] = {
    "self=f32[4] tensor_indices_or_sections=i64[2]"};
constexpr llvm::StringLiteral MeshgridSamples[] = {
    "tensors=[f32[2],f32[3]] -> f32[2,3] f32[2,3]",
    "tensors=[f32[2],f32[]] -> f32[2,1] f32[2,1]",
    "tensors=[f32[2,3]] -> error",
    "tensors=[f32[2],i64[3]] -> error",
};
constexpr llvm::StringLiteral MeshgridIndexingSamples[] = {
    "tensors=[f32[2],f32[3]] indexing=\"ij\" -> f32[2,3] f32[2,3]",
    "tensors=[f32[2],f32[3],f32[4]] indexing=\"xy\" -> f32[3,2,4] f32[3,2,4] f32[3,2,4]",
    "tensors=[f32[2],f32[3]] indexing=\"yx\" -> error",
};
constexpr llvm::StringLiteral BroadcastTensorsSamples[] = {
    "tensors=[f32[2,1],i64[3]] -> f32[2,3] i64[2,3]",
    "tensors=[f32[2],f32[3]] -> error",
};
constexpr llvm::StringLiteral ChunkSamples[] = {
    "self=f32[4,6] chunks=3 dim=1 -> f32[4,2] f32[4,2] f32[4,2]",
    "self=f32[5] chunks=2 -> f32[3] f32[2]",
    "self=f32[5] chunks=4 -> f32[2] f32[2] f32[1]",
    "self=f32[5] chunks=0 -> error",
    "self=f32[] chunks=1 -> error",
    "self=f32[5] chunks=2 dim=1 -> error",
};
constexpr llvm::StringLiteral SplitSamples[] = {
    "self=f32[5,2] split_size=2 -> f32[2,2] f32[2,2] f32[1,2]",
    "self=f32[2,6] split_size=3 dim=-1 -> f32[2,3] f32[2,3]",
    "self=f32[0] split_size=0 -> f32[0]",
    "self=f32[5] split_size=0 -> error",
    "self=f32[5] split_size=-1 -> error",
    "self=f32[5] split_size=2 dim=1 -> error",
};
constexpr llvm::StringLiteral SplitListSamples[] = {
    "self=f32[5,2] split_size=[1,4] -> f32[1,2] f32[4,2]",
    "self=f32[5] split_size=[2,2] -> error",
    "self=f32[5] split_size=[6,-1] -> error",
};
constexpr llvm::StringLiteral SplitSizesSamples[] = {
    "self=f32[5,2] split_sizes=[1,4] -> f32[1,2] f32[4,2]",
    "self=f32[2,5] split_sizes=[2,3] dim=1 -> f32[2,2] f32[2,3]",
    "self=f32[5] split_sizes=[2,2] -> error",
};
constexpr llvm::StringLiteral UnbindSamples[] = {
    "self=f32[3,2] -> f32[2] f32[2] f32[2]",
    "self=f32[3,2] dim=-1 -> f32[3] f32[3]",
    "self=f32[] -> error",
    "self=f32[3] dim=1 -> error",
};
constexpr llvm::StringLiteral TensorSplitSamples[] = {
    "self=f32[7] sections=3 -> f32[3] f32[2] f32[2]",
    "self=f32[2] sections=3 -> f32[1] f32[1] f32[0]",
    "self=f32[7] sections=0 -> error",
};
constexpr llvm::StringLiteral TensorSplitAtSamples[] = {
    "self=f32[7] indices=[2,5] -> f32[2] f32[3] f32[2]",
    "self=f32[7] indices=[-2,20] -> f32[5] f32[2] f32[0]",
    "self=f32[] indices=[0] -> error",
};
constexpr llvm::StringLiteral HsplitSamples[] = {
    "self=f32[2,4] sections=2 -> f32[2,2] f32[2,2]",
    "self=f32[4] sections=2 -> f32[2] f32[2]",
    "self=f32[2,4] sections=3 -> error",
    "self=f32[] sections=1 -> error",
};
constexpr llvm::StringLiteral VsplitSamples[] = {
    "self=f32[4,2] sections=2 -> f32[2,2] f32[2,2]",
    "self=f32[4] sections=2 -> error",
};
constexpr llvm::StringLiteral DsplitSamples[] = {
    "self=f32[2,3,4] sections=2 -> f32[2,3,2] f32[2,3,2]",
    "self=f32[2,4] sections=2 -> error",
};
constexpr llvm::StringLiteral HsplitAtSamples[] = {
    "self=f32[2,4] indices=[1] -> f32[2,1] f32[2,3]",
    "self=f32[] indices=[1] -> error",
};
constexpr llvm::StringLiteral VsplitAtSamples[] = {
    "self=f32[4,2] indices=[1] -> f32[1,2] f32[3,2]",
    "self=f32[4] indices=[1] -> error",
};
constexpr llvm::StringLiteral DsplitAtSamples[] = {
    "self=f32[2,3,4] indices=[1] -> f32[2,3,1] f32[2,3,3]",
    "self=f32[2,4] indices=[1] -> error",
};
constexpr llvm::StringLiteral CatSweeps[] = {
    "tensors=[f32[B:1..64,C:1..512,H:4..128,H],f32[B,D:1..512,H,H]] dim=1"};
constexpr llvm::StringLiteral StackSweeps[] = {
    "tensors=[f32[B:1..64,T:1..512,C:8..512],f32[B,T,C]] dim=1"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::cat(Tensor[] tensors, int dim=0) -> Tensor",
     catRule, memoryCost, Storage::New, CatSamples, CatSweeps},
    {"aten::concat(Tensor[] tensors, int dim=0) -> Tensor",
     catRule, memoryCost, Storage::New, CatSamples},
    {"aten::concatenate(Tensor[] tensors, int dim=0) -> Tensor",
     catRule, memoryCost, Storage::New, CatSamples},
    {"aten::stack(Tensor[] tensors, int dim=0) -> Tensor",
     stackRule, memoryCost, Storage::New, StackSamples, StackSweeps},
    {"aten::hstack(Tensor[] tensors) -> Tensor",
     raisedCatRule<1>, memoryCost, Storage::New, HstackSamples},
    {"aten::vstack(Tensor[] tensors) -> Tensor",
     raisedCatRule<2>, memoryCost, Storage::New, VstackSamples},
    {"aten::row_stack(Tensor[] tensors) -> Tensor",
     raisedCatRule<2>, memoryCost, Storage::New, VstackSamples},
    {"aten::dstack(Tensor[] tensors) -> Tensor",
     raisedCatRule<3>, memoryCost, Storage::New, DstackSamples},
    {"aten::column_stack(Tensor[] tensors) -> Tensor",
     columnStackRule, memoryCost, Storage::New, ColumnStackSamples},
    {"aten::block_diag(Tensor[] tensors) -> Tensor",
     blockDiagRule, memoryCost, Storage::New, BlockDiagSamples},
    {"aten::cartesian_prod(Tensor[] tensors) -> Tensor",
     cartesianRule, memoryCost, Storage::New, CartesianSamples},
    {"aten::atleast_1d.Sequence(Tensor[] tensors) -> Tensor[]",
     raiseAllRule<1>, nullptr, Storage::View, AtLeast1Samples},
    {"aten::atleast_2d.Sequence(Tensor[] tensors) -> Tensor[]",
     raiseAllRule<2>, nullptr, Storage::View, AtLeast2Samples},
    {"aten::atleast_3d.Sequence(Tensor[] tensors) -> Tensor[]",
     raiseAllRule<3>, nullptr, Storage::View, AtLeast3Samples},
    {"aten::tensor_split.tensor_indices_or_sections(Tensor(a -> *) self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor(a)[]",
     splitByTensorRule, nullptr, Storage::View, SplitByTensorSamples},
    {"aten::meshgrid(Tensor[] tensors) -> Tensor[]",
     meshgridRule, nullptr, Storage::View, MeshgridSamples},
    {"aten::meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]",
     meshgridIndexingRule, nullptr, Storage::View, MeshgridIndexingSamples},
    {"aten::broadcast_tensors(Tensor[] tensors) -> Tensor[]",
     broadcastTensorsRule, nullptr, Storage::View, BroadcastTensorsSamples},
    {"aten::chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]",
     chunkRule, nullptr, Storage::View, ChunkSamples},
    {"aten::unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]",
     chunkRule, nullptr, Storage::View, ChunkSamples},
    {"aten::split.Tensor(Tensor(a -> *) self, int split_size, int dim=0) -> Tensor(a)[]",
     splitRule, nullptr, Storage::View, SplitSamples},
    {"aten::unsafe_split.Tensor(Tensor self, int split_size, int dim=0) -> Tensor[]",
     splitRule, nullptr, Storage::View, SplitSamples},
    {"aten::split.sizes(Tensor(a -> *) self, int[] split_size, int dim=0) -> Tensor(a)[]",
     splitSizesRule<"split_size">, nullptr, Storage::View, SplitListSamples},
    {"aten::split_with_sizes(Tensor(a -> *) self, int[] split_sizes, int dim=0) -> Tensor(a)[]",
     splitSizesRule<"split_sizes">, nullptr, Storage::View, SplitSizesSamples},
    {"aten::unsafe_split_with_sizes(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]",
     splitSizesRule<"split_sizes">, nullptr, Storage::View, SplitSizesSamples},
    {"aten::unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]",
     unbindRule, nullptr, Storage::View, UnbindSamples},
    {"aten::tensor_split.sections(Tensor(a -> *) self, int sections, int dim=0) -> Tensor(a)[]",
     tensorSplitRule, nullptr, Storage::View, TensorSplitSamples},
    {"aten::tensor_split.indices(Tensor(a -> *) self, int[] indices, int dim=0) -> Tensor(a)[]",
     tensorSplitAtRule, nullptr, Storage::View, TensorSplitAtSamples},
    {"aten::hsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]",
     namedSplitRule<1, 1>, nullptr, Storage::View, HsplitSamples},
    {"aten::vsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]",
     namedSplitRule<2, 0>, nullptr, Storage::View, VsplitSamples},
    {"aten::dsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]",
     namedSplitRule<3, 2>, nullptr, Storage::View, DsplitSamples},
    {"aten::hsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]",
     namedSplitAtRule<1, 1>, nullptr, Storage::View, HsplitAtSamples},
    {"aten::vsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]",
     namedSplitAtRule<2, 0>, nullptr, Storage::View, VsplitAtSamples},
    {"aten::dsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]",
     namedSplitAtRule<3, 2>, nullptr, Storage::View, DsplitAtSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::joinOps() { return Ops; }
