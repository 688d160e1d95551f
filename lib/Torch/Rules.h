/// \file
/// Building blocks of the operators' result and cost rules: dimension numbers,
/// broadcasting, type promotion, reductions, and the generic costs. A rule
/// that needs more than these is written out in its family's file. Strides are
/// not modelled: every tensor is taken to be contiguous.
#pragma once
#include "Torch/OpDef.h"
#include <algorithm>

namespace energy::torch {

using Shape = llvm::ArrayRef<int64_t>;

/// \name Dimensions
/// @{
/// A wrapped dimension as an index.
inline size_t at(int64_t Dim) { return static_cast<size_t>(Dim); }
/// -1 is the last dimension; a scalar has the dimension 0 as well.
llvm::Expected<int64_t> wrapDim(int64_t Dim, int64_t Rank);
/// All of \p Dims, none of them twice.
llvm::Expected<Sizes> wrapDims(Shape Dims, int64_t Rank);
/// "[2, 3]"
std::string listText(Shape Dims);
/// Replaces a -1 so that the element counts agree (view, reshape, unflatten).
llvm::Expected<Sizes> inferSizes(Shape Wanted, int64_t Elements);
llvm::Error checkSizes(Shape Wanted); ///< rejects a negative size
int64_t elementsOf(Shape S);          ///< saturating product
/// @}

/// \name Broadcasting
/// @{
llvm::Expected<Sizes> broadcast(Shape A, Shape B);
llvm::Expected<Sizes> broadcast(llvm::ArrayRef<const TensorType *> Operands);
/// Fails unless \p From can be expanded to exactly \p To.
llvm::Error checkExpands(Shape From, Shape To);
/// @}

/// \name Type promotion
/// @{
constexpr DType DefaultFloat = DType::Float32;
constexpr DType DefaultInt = DType::Int64;

/// What one operand contributes: a tensor with dimensions outranks a scalar
/// tensor, which outranks a C++ number.
struct Operand {
  DType Type;
  enum Rank : uint8_t { Number, ScalarTensor, Dimensioned } From;
};
Operand operand(const TensorType &T);
/// The named argument, a tensor or a Scalar; nullopt when None.
std::optional<Operand> operand(const OpArgs &A, llvm::StringRef Name);
DType promoteAll(llvm::ArrayRef<Operand> Operands);
inline bool isFloat(DType T) { return dtypeKind(T) == DTypeKind::Float; }
inline bool isComplex(DType T) { return dtypeKind(T) == DTypeKind::Complex; }
inline bool isInteger(DType T) { return dtypeKind(T) <= DTypeKind::Int; } ///< bool too
/// The type that an integer tensor takes in exp(), division, ...
inline DType toFloat(DType T) { return isInteger(T) ? DefaultFloat : T; }
/// May a result of type \p From be stored in an existing tensor of type \p To?
bool canCast(DType From, DType To);
/// The real type of a complex one.
DType realType(DType T);
/// The complex type whose real type \p T is; of another type, complex64.
DType complexType(DType T);
llvm::Error requireType(const OpArgs &A, llvm::StringRef Name, DType Wanted);
llvm::Error requireSameType(const OpArgs &A, llvm::StringRef X, llvm::StringRef Y);
/// The value of a Scalar argument is a floating point number.
bool isFloatNumber(const OpArgs &A, llvm::StringRef Name);
/// @}

/// \name Result rules
/// @{
/// A string as template argument.
template <size_t N> struct Word {
  char Text[N] = {};
  constexpr Word(const char (&S)[N]) { std::copy_n(S, N, Text); }
  operator llvm::StringRef() const { return {Text, N - 1}; }
};

/// What an element-wise operator does with its operands' types.
enum TypeRule : unsigned {
  Promote = 0,            ///< the result has the promoted type
  ToFloat = 1u << 0,      ///< as Promote, but integers become the default float
  ToBool = 1u << 1,       ///< the result is bool
  LikeFirst = 1u << 2,    ///< the result has the first operand's type
  NoBoolOperand = 1u << 3,
  NoBool = 1u << 4,       ///< rejects the promoted type bool
  NoComplex = 1u << 5,    ///< rejects a complex promoted type
  IntegerOnly = 1u << 6,  ///< rejects a promoted type that is not integer or bool
  FloatOnly = 1u << 7,    ///< rejects an integer or bool promoted type
  SameTypes = 1u << 8,    ///< rejects tensors of different types
};
/// Operands (tensors or Scalars; None is skipped) broadcast, types by \p Types.
llvm::Expected<Results> pointwise(const OpArgs &A, unsigned Types,
                                  llvm::ArrayRef<llvm::StringRef> Operands);
template <unsigned Types, Word... Names> llvm::Expected<Results> pointwise(const OpArgs &A) {
  return pointwise(A, Types, {llvm::StringRef(Names)...});
}
/// The result of \p Rule must fit into `self`, which is returned.
llvm::Expected<Results> intoSelf(const OpArgs &A, llvm::Expected<Results> Computed);
template <ResultRule Rule> llvm::Expected<Results> inPlace(const OpArgs &A) {
  return intoSelf(A, Rule(A));
}
/// The first result has the type and sizes of the named tensor.
template <Word Name> llvm::Expected<Results> like(const OpArgs &A) {
  return Results{A.tensor(Name)};
}
inline llvm::Expected<Results> likeSelf(const OpArgs &A) { return Results{A.tensor("self")}; }

/// Sizes after reducing \p Dims (already wrapped).
Sizes reducedSizes(Shape In, Shape Dims, bool KeepDim);
/// `dim` as int[]? or int or int?; all dimensions when empty, None or not in the schema.
llvm::Expected<Sizes> reducedDims(const OpArgs &A, const TensorType &In);
/// @}

/// \name Cost rules. Elements and BytesAllocated are filled in by evaluate().
/// @{
inline CostFeatures noCost(const OpArgs &, llvm::ArrayRef<TensorType>) { return {}; }
/// Reads every tensor operand once, writes every result once.
CostFeatures memoryCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out);
/// memoryCost() and \p Steps operations per result element.
template <int Steps = 1>
CostFeatures pointwiseCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  C.ElementOps = saturatingMul(Steps, Out.empty() ? 0 : Out[0].elements());
  return C;
}
/// memoryCost() and \p Steps operations per element of the first tensor operand.
CostFeatures reductionCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out, int64_t Steps);
template <int Steps = 1>
CostFeatures reductionCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return reductionCost(A, Out, Steps);
}
/// Writes the results, reads nothing (zeros, fill_).
CostFeatures writeCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out);
/// writeCost() and \p Steps operations to make each element.
template <int Steps> CostFeatures makeCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = writeCost(A, Out);
  C.ElementOps = saturatingMul(Steps, Out[0].elements());
  return C;
}
constexpr CostRule RandomCost = makeCost<4>; ///< of a random number
/// Reads as many bytes as it writes (gather, index_select: only what is picked).
CostFeatures pickCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out);
/// @}

/// \name The families, defined in Ops/
/// @{
#define OP_FAMILY(Function, Title) llvm::ArrayRef<OpDef> Function();
#include "Torch/Families.def"
/// @}

} // namespace energy::torch
