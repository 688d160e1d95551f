/// \file
/// LU factorisation: linalg_lu_factor and lu_unpack.
#include "Torch/OpDef.h"

using namespace energy;
using namespace energy::torch;

namespace {

llvm::Expected<Results> luFactorRule(const OpArgs &A) {
  const TensorType &M = A.tensor("A");
  if (M.rank() < 2)
    return reject("A must have at least 2 dimensions, not " + llvm::Twine(M.rank()));
  if (dtypeKind(M.Type) < DTypeKind::Float)
    return reject("A must be of a floating-point or complex type");
  Sizes Pivots(M.Shape.begin(), M.Shape.end() - 2);
  Pivots.push_back(std::min(M.Shape.end()[-1], M.Shape.end()[-2]));
  return Results{M, TensorType(DType::Int32, Pivots)};
}

llvm::Expected<Results> luUnpackRule(const OpArgs &A) {
  const TensorType &M = A.tensor("LU_data");
  if (M.rank() < 2)
    return reject("LU_data must have at least 2 dimensions, not " + llvm::Twine(M.rank()));
  if (A.boolean("unpack_pivots") && A.tensor("LU_pivots").Type != DType::Int32)
    return reject("LU_pivots must be of type int32");
  int64_t Rows = M.Shape.end()[-2], Columns = M.Shape.end()[-1], K = std::min(Rows, Columns);
  auto Matrix = [&](bool Wanted, int64_t R, int64_t C) {
    if (!Wanted)
      return TensorType(M.Type, {0});
    Sizes S(M.Shape.begin(), M.Shape.end() - 2);
    S.push_back(R);
    S.push_back(C);
    return TensorType(M.Type, S);
  };
  bool Data = A.boolean("unpack_data");
  return Results{Matrix(A.boolean("unpack_pivots"), Rows, Rows), Matrix(Data, Rows, K),
                 Matrix(Data, K, Columns)};
}

/// Two thirds of n^3 multiply-adds are counted as element operations: factorising is
/// no matrix product.
CostFeatures luCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures F;
  for (const TensorArg &T : A.call().tensorInputs())
    F.BytesRead = saturatingAdd(F.BytesRead, T.Type.bytes());
  for (const TensorType &T : Out) {
    F.BytesWritten = saturatingAdd(F.BytesWritten, T.bytes());
    F.Elements = saturatingAdd(F.Elements, T.elements());
  }
  F.BytesAllocated = F.BytesWritten;
  int64_t N = Out.front().rank() >= 1 ? Out.front().Shape.back() : 1;
  F.ElementOps = saturatingMul(Out.front().elements(), std::max<int64_t>(1, 2 * N / 3));
  return F;
}

constexpr llvm::StringLiteral FactorSamples[] = {
    "aten::linalg_lu_factor A=f32[3,3] -> f32[3,3] i32[3]",
    "aten::linalg_lu_factor A=f64[2,4,3] -> f64[2,4,3] i32[2,3]",
    "aten::linalg_lu_factor A=f32[3] -> error",
};
constexpr llvm::StringLiteral UnpackSamples[] = {
    "aten::lu_unpack LU_data=f32[3,3] LU_pivots=i32[3] unpack_pivots=false -> f32[0] f32[3,3] f32[3,3]",
    "aten::lu_unpack LU_data=f32[4,3] LU_pivots=i32[3] unpack_pivots=false -> f32[0] f32[4,3] f32[3,3]",
    "aten::lu_unpack LU_data=f32[3] LU_pivots=i32[1] -> error",
};

const OpDef Ops[] = {
    {"aten::linalg_lu_factor(Tensor A, *, bool pivot=True) -> (Tensor LU, Tensor pivots)",
     luFactorRule, luCost, Storage::New, FactorSamples},
    {"aten::lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool "
     "unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)",
     luUnpackRule, luCost, Storage::New, UnpackSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> luOps() { return Ops; }
} // namespace energy::torch
