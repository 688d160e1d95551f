/// \file
/// Views of a part of a tensor: ranges, single entries, diagonals and windows. They cost nothing.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
llvm::Error requireRank(const OpArgs &A, llvm::StringRef What) {
  if (A.tensor("self").rank() > 0)
    return llvm::Error::success();
  return reject(What + " cannot be applied to a scalar tensor");
}
llvm::Expected<Results> narrowRule(const OpArgs &A) {
  if (llvm::Error E = requireRank(A, "narrow"))
    return E;
  TensorType Out = A.tensor("self");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Out.rank());
  if (!D)
    return D.takeError();
  int64_t Size = Out.Shape[at(*D)], Start = A.integer("start"), Length = A.integer("length");
  if (Start < -Size || Start > Size || Length < 0 ||
      saturatingAdd(Start < 0 ? Start + Size : Start, Length) > Size)
    return reject("start " + Twine(Start) + " and length " + Twine(Length) + " exceed dimension " +
                  Twine(*D) + " of size " + Twine(Size));
  Out.Shape[at(*D)] = Length;
  return Results{Out};
}
llvm::Expected<Results> selectRule(const OpArgs &A) {
  if (llvm::Error E = requireRank(A, "select"))
    return E;
  TensorType Out = A.tensor("self");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Out.rank());
  if (!D)
    return D.takeError();
  int64_t Size = Out.Shape[at(*D)], Index = A.integer("index");
  if (Index < -Size || Index >= Size)
    return reject("index " + Twine(Index) + " is out of range for dimension " + Twine(*D) +
                  " of size " + Twine(Size));
  Out.Shape.erase(Out.Shape.begin() + *D);
  return Results{Out};
}
/// Bounds are clamped as in Python; None is the whole range.
llvm::Expected<Results> sliceRule(const OpArgs &A) {
  if (llvm::Error E = requireRank(A, "slice"))
    return E;
  TensorType Out = A.tensor("self");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), Out.rank());
  if (!D)
    return D.takeError();
  int64_t &Size = Out.Shape[at(*D)], Step = A.integer("step");
  if (Step <= 0)
    return reject("the step of a slice must be positive, not " + Twine(Step));
  auto Bound = [&](llvm::StringRef Name, int64_t IfNone) {
    int64_t B = A.call().integer(Name).value_or(IfNone);
    return std::clamp<int64_t>(B < 0 ? saturatingAdd(B, Size) : B, 0, Size);
  };
  int64_t Start = Bound("start", 0), End = std::max(Bound("end", Size), Start);
  Size = (End - Start) / Step + ((End - Start) % Step != 0);
  return Results{Out};
}
llvm::Expected<Results> diagonalOf(const TensorType &In, int64_t Offset, int64_t Dim1,
                                   int64_t Dim2) {
  llvm::Expected<Sizes> Dims = wrapDims({Dim1, Dim2}, In.rank());
  if (!Dims)
    return Dims.takeError();
  if (In.rank() < 2)
    return reject("a diagonal needs at least 2 dimensions, the input has " + Twine(In.rank()));
  int64_t Rows = In.Shape[at((*Dims)[0])], Columns = In.Shape[at((*Dims)[1])];
  int64_t Length = Offset >= 0 ? std::min(Rows, saturatingAdd(Columns, -Offset))
                               : std::min(saturatingAdd(Rows, Offset), Columns);
  Sizes Out = reducedSizes(In.Shape, *Dims, false);
  Out.push_back(std::max<int64_t>(Length, 0));
  return Results{TensorType(In.Type, Out)};
}
llvm::Expected<Results> diagonalRule(const OpArgs &A) {
  return diagonalOf(A.tensor("self"), A.integer("offset"), A.integer("dim1"), A.integer("dim2"));
}
llvm::Expected<Results> linalgDiagonalRule(const OpArgs &A) {
  return diagonalOf(A.tensor("A"), A.integer("offset"), A.integer("dim1"), A.integer("dim2"));
}
llvm::Expected<Results> unfoldRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  llvm::Expected<int64_t> D = wrapDim(A.integer("dimension"), Out.rank());
  if (!D)
    return D.takeError();
  int64_t Window = A.integer("size"), Step = A.integer("step");
  int64_t Size = Out.Shape.empty() ? 1 : Out.Shape[at(*D)];
  if (Window < 0 || Window > Size)
    return reject("a window of " + Twine(Window) + " does not fit into dimension " + Twine(*D) +
                  " of size " + Twine(Size));
  if (Step <= 0)
    return reject("the step must be positive, not " + Twine(Step));
  if (!Out.Shape.empty())
    Out.Shape[at(*D)] = (Size - Window) / Step + 1;
  Out.Shape.push_back(Window);
  return Results{Out};
}
llvm::Expected<Results> narrowTensorRule(const OpArgs &A) {
  const TensorType &Start = A.tensor("start");
  if (!Start.Shape.empty() || !isInteger(Start.Type))
    return reject("'start' must be an integer scalar tensor, not " + Start.str());
  if (llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), A.tensor("self").rank()); !D)
    return D.takeError();
  return dataDependent("'start' is the value of a tensor");
}

constexpr llvm::StringLiteral NarrowSamples[] = {
    "self=f32[4,3] dim=0 start=1 length=2 -> f32[2,3]",
    "self=f32[4,3] dim=1 start=3 length=0 -> f32[4,0]",
    "self=f32[4,3] dim=0 start=-2 length=2 -> f32[2,3]",
    "self=f32[4,3] dim=0 start=3 length=2 -> error",
    "self=f32[4,3] dim=2 start=0 length=1 -> error",
    "self=f32[] dim=0 start=0 length=1 -> error",
};
constexpr llvm::StringLiteral NarrowTensorSamples[] = {"self=f32[4,3] dim=0 start=i64[] length=2"};
constexpr llvm::StringLiteral SelectSamples[] = {
    "self=f32[4,3] dim=0 index=1 -> f32[3]", "self=f32[4,3] dim=-1 index=-1 -> f32[4]",
    "self=f32[3] dim=0 index=2 -> f32[]",    "self=f32[4,3] dim=1 index=3 -> error",
    "self=f32[4,3] dim=1 index=-4 -> error", "self=f32[] dim=0 index=0 -> error",
    "self=f32[4,3] dim=2 index=0 -> error",
};
constexpr llvm::StringLiteral SliceSamples[] = {
    "self=f32[10,3] dim=0 start=2 end=8 -> f32[6,3]",
    "self=f32[10,3] start=1 step=2 -> f32[5,3]",
    "self=f32[10] start=-3 -> f32[3]",
    "self=f32[10] end=-3 -> f32[7]",
    "self=f32[10] start=5 end=100 -> f32[5]",
    "self=f32[10] start=5 end=2 -> f32[0]",
    "self=f32[10] start=-20 end=4 -> f32[4]",
    "self=f32[10,3] dim=1 end=9223372036854775807 step=2 -> f32[10,2]",
    "self=f32[10] step=0 -> error",
    "self=f32[10] dim=1 -> error",
    "self=f32[] -> error",
};
constexpr llvm::StringLiteral DiagonalSamples[] = {
    "self=f32[3,4] -> f32[3]",
    "self=f32[3,4] offset=2 -> f32[2]",
    "self=f32[3,4] offset=-5 -> f32[0]",
    "self=f32[2,3,4] dim1=1 dim2=2 -> f32[2,3]",
    "self=f32[3] -> error",
    "self=f32[3,4] dim1=1 dim2=1 -> error",
};
constexpr llvm::StringLiteral LinalgDiagonalSamples[] = {
    "A=f32[2,3,4] -> f32[2,3]",
    "A=f32[3] -> error",
};
constexpr llvm::StringLiteral UnfoldSamples[] = {
    "self=f32[2,10] dimension=1 size=3 step=2 -> f32[2,4,3]",
    "self=f32[10] dimension=0 size=10 step=1 -> f32[1,10]",
    "self=f32[10] dimension=0 size=11 step=1 -> error",
    "self=f32[10] dimension=0 size=2 step=0 -> error",
};

// clang-format off
constexpr OpDef Ops[] = {
    {"aten::narrow(Tensor(a) self, int dim, int start, int length) -> Tensor(a)",
     narrowRule, nullptr, Storage::View, NarrowSamples},
    {"aten::narrow.Tensor(Tensor(a) self, int dim, Tensor start, int length) -> Tensor(a)",
     narrowTensorRule, nullptr, Storage::View, NarrowTensorSamples},
    {"aten::select.int(Tensor(a) self, int dim, int index) -> Tensor(a)",
     selectRule, nullptr, Storage::View, SelectSamples},
    {"aten::slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)",
     sliceRule, nullptr, Storage::View, SliceSamples},
    {"aten::diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)",
     diagonalRule, nullptr, Storage::View, DiagonalSamples},
    {"aten::linalg_diagonal(Tensor(a) A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor(a)",
     linalgDiagonalRule, nullptr, Storage::View, LinalgDiagonalSamples},
    {"aten::unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)",
     unfoldRule, nullptr, Storage::View, UnfoldSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::partViewOps() { return Ops; }
