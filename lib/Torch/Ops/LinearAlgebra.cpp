/// \file
/// Inverses, decompositions and determinants.
/// Whether a matrix is singular depends on data and is not checked. The step counts are
/// the textbook leading terms for n x n matrices, per batch element.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
llvm::Error requireMatrix(const OpArgs &A, llvm::StringRef Name, bool Square) {
  const TensorType &T = A.tensor(Name);
  if (T.rank() < 2)
    return reject("'" + Name + "' must be a matrix or a batch of matrices, not " +
                  shapeText(T.Shape));
  if (isInteger(T.Type))
    return reject("'" + Name + "' must be of a floating point type, not " + dtypeName(T.Type));
  if (Square && T.Shape.back() != T.Shape[T.Shape.size() - 2])
    return reject("'" + Name + "' must be a batch of square matrices, not " + shapeText(T.Shape));
  return llvm::Error::success();
}
Sizes batchOf(const TensorType &T) { return Sizes(T.Shape.begin(), T.Shape.end() - 2); }
Sizes with(Sizes Batch, std::initializer_list<int64_t> More) {
  Batch.append(More.begin(), More.end());
  return Batch;
}

template <Word Name> llvm::Expected<Results> squareRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, Name, true))
    return E;
  return Results{A.tensor(Name)};
}
template <Word Name> llvm::Expected<Results> squareInfoRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, Name, true))
    return E;
  return Results{A.tensor(Name), TensorType(DType::Int32, batchOf(A.tensor(Name)))};
}
template <Word Name> llvm::Expected<Results> detRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, Name, true))
    return E;
  return Results{TensorType(A.tensor(Name).Type, batchOf(A.tensor(Name)))};
}
template <Word Name> llvm::Expected<Results> slogdetRule(const OpArgs &A) {
  llvm::Expected<Results> Out = detRule<Name>(A);
  if (Out)
    Out->emplace_back(realType((*Out)[0].Type), (*Out)[0].Shape);
  return Out;
}
llvm::Expected<Results> solveRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "A", true))
    return E;
  if (llvm::Error E = requireSameType(A, "A", "B"))
    return E;
  const TensorType &M = A.tensor("A"), &B = A.tensor("B");
  int64_t N = M.Shape.back();
  Sizes Batch = batchOf(M);
  // B is a batch of vectors when its sizes are A's without the last.
  bool Vectors =
      B.rank() == 1 || (B.rank() + 1 == M.rank() && Shape(B.Shape) == Shape(M.Shape).drop_back());
  if (Vectors) {
    if (B.Shape.back() != N || !A.boolean("left"))
      return reject("'A' is " + shapeText(M.Shape) + ", but 'B' " + shapeText(B.Shape));
    return Results{TensorType(M.Type, with(Batch, {N}))};
  }
  if (B.rank() < 2)
    return reject("'B' must be a matrix or a vector, not " + shapeText(B.Shape));
  bool Left = A.boolean("left");
  int64_t Rows = B.Shape[B.Shape.size() - 2], Columns = B.Shape.back();
  if ((Left ? Rows : Columns) != N)
    return reject("'A' is " + shapeText(M.Shape) + ", but 'B' " + shapeText(B.Shape));
  llvm::Expected<Sizes> All = broadcast(Batch, batchOf(B));
  if (!All)
    return All.takeError();
  return Results{TensorType(M.Type, with(*All, {Rows, Columns}))};
}
llvm::Expected<Results> qrRule(const OpArgs &A, llvm::StringRef Name, bool Reduced) {
  if (llvm::Error E = requireMatrix(A, Name, false))
    return E;
  const TensorType &M = A.tensor(Name);
  int64_t Rows = M.Shape[M.Shape.size() - 2], Columns = M.Shape.back();
  int64_t K = Reduced ? std::min(Rows, Columns) : Rows;
  return Results{TensorType(M.Type, with(batchOf(M), {Rows, K})),
                 TensorType(M.Type, with(batchOf(M), {K, Columns}))};
}
llvm::Expected<Results> linalgQrRule(const OpArgs &A) {
  std::string Mode = A.text("mode");
  if (Mode == "reduced" || Mode == "complete")
    return qrRule(A, "A", Mode == "reduced");
  if (Mode != "r")
    return reject("mode '" + Mode + "' is not 'reduced', 'complete' or 'r'");
  llvm::Expected<Results> Out = qrRule(A, "A", true);
  if (Out)
    (*Out)[0] = TensorType((*Out)[0].Type, {0});
  return Out;
}
llvm::Expected<Results> oldQrRule(const OpArgs &A) { return qrRule(A, "self", A.boolean("some")); }
Results svdOf(const TensorType &M, bool Full, bool Transposed) {
  int64_t Rows = M.Shape[M.Shape.size() - 2], Columns = M.Shape.back();
  int64_t K = std::min(Rows, Columns);
  int64_t Left = Full ? Rows : K, Right = Full ? Columns : K;
  Sizes V = Transposed ? with(batchOf(M), {Right, Columns}) : with(batchOf(M), {Columns, Right});
  return {TensorType(M.Type, with(batchOf(M), {Rows, Left})),
          TensorType(realType(M.Type), with(batchOf(M), {K})), TensorType(M.Type, V)};
}
llvm::Expected<Results> linalgSvdRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "A", false))
    return E;
  return svdOf(A.tensor("A"), A.boolean("full_matrices"), true);
}
llvm::Expected<Results> oldSvdRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "self", false))
    return E;
  return svdOf(A.tensor("self"), !A.boolean("some") || !A.boolean("compute_uv"), false);
}
llvm::Expected<Results> svdvalsRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "A", false))
    return E;
  return Results{svdOf(A.tensor("A"), false, true)[1]};
}
template <bool Vectors> llvm::Expected<Results> eighRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "self", true))
    return E;
  const TensorType &M = A.tensor("self");
  Results Out{TensorType(realType(M.Type), with(batchOf(M), {M.Shape.back()}))};
  if (Vectors)
    Out.push_back(M);
  return Out;
}
/// Eigenvalues of a general matrix are complex.
template <bool Vectors> llvm::Expected<Results> eigRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "self", true))
    return E;
  TensorType M = A.tensor("self");
  M.Type = complexType(M.Type);
  Results Out{TensorType(M.Type, with(batchOf(M), {M.Shape.back()}))};
  if (Vectors)
    Out.push_back(M);
  return Out;
}
llvm::Expected<Results> pinvRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "self", false))
    return E;
  TensorType Out = A.tensor("self");
  std::swap(Out.Shape.back(), Out.Shape[Out.Shape.size() - 2]);
  return Results{Out};
}
/// A tolerance for each matrix; batches broadcast.
llvm::Expected<Results> pinvTensorRule(const OpArgs &A) {
  llvm::Expected<Results> Out = pinvRule(A);
  if (!Out)
    return Out;
  TensorType &M = (*Out)[0];
  llvm::Expected<Sizes> Batch = broadcast(batchOf(M), A.tensor("rcond").Shape);
  if (!Batch)
    return Batch.takeError();
  M.Shape = with(*Batch, {M.Shape[M.Shape.size() - 2], M.Shape.back()});
  return Out;
}
llvm::Expected<Results> powerRule(const OpArgs &A) { return squareRule<"self">(A); }

llvm::Expected<Results> solveTriangularRule(const OpArgs &A) {
  if (llvm::Error E = requireMatrix(A, "self", true))
    return E;
  if (llvm::Error E = requireMatrix(A, "B", false))
    return E;
  if (llvm::Error E = requireSameType(A, "self", "B"))
    return E;
  const TensorType &M = A.tensor("self"), &B = A.tensor("B");
  int64_t Rows = B.Shape[B.Shape.size() - 2], Columns = B.Shape.back();
  if ((A.boolean("left") ? Rows : Columns) != M.Shape.back())
    return reject("'self' is " + shapeText(M.Shape) + ", but 'B' " + shapeText(B.Shape));
  llvm::Expected<Sizes> Batch = broadcast(batchOf(M), batchOf(B));
  if (!Batch)
    return Batch.takeError();
  return Results{TensorType(M.Type, with(*Batch, {Rows, Columns}))};
}

/// Steps * n^3 for each matrix, n its smaller side.
template <int Steps> CostFeatures cubicCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  const TensorType M = A.call().tensorInputs()[0].Type;
  if (M.rank() >= 2)
    C.ElementOps = saturatingMul(
        Steps, saturatingMul(M.elements(), std::min(M.Shape.back(), M.Shape[M.Shape.size() - 2])));
  return C;
}
constexpr llvm::StringLiteral InverseSamples[] = {
    "self=f32[1,1] -> f32[1,1]", "self=f32[4,3,3] -> f32[4,3,3]", "self=f32[2,3] -> error",
    "self=f32[3] -> error",      "self=i64[1,1] -> error",
};
constexpr llvm::StringLiteral LinalgInvSamples[] = {
    "A=f32[3,3] -> f32[3,3]",
    "A=f32[4,3,3] -> f32[4,3,3]",
    "A=f32[2,3] -> error",
    "A=f32[3] -> error",
};
constexpr llvm::StringLiteral InvExSamples[] = {
    "A=f32[4,3,3] -> f32[4,3,3] i32[4]",
    "A=f32[2,3] -> error",
};
constexpr llvm::StringLiteral DetSamples[] = {
    "self=f32[3,3] -> f32[]",
    "self=f32[4,3,3] -> f32[4]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral LinalgDetSamples[] = {
    "A=f32[3,3] -> f32[]",
    "A=f32[4,3,3] -> f32[4]",
    "A=f32[2,3] -> error",
};
constexpr llvm::StringLiteral SlogdetSamples[] = {
    "self=f32[4,3,3] -> f32[4] f32[4]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral LinalgSlogdetSamples[] = {
    "A=f32[4,3,3] -> f32[4] f32[4]",
    "A=f32[2,3] -> error",
};
constexpr llvm::StringLiteral SolveSamples[] = {
    "A=f32[3,3] B=f32[3,2] -> f32[3,2]",
    "A=f32[3,3] B=f32[3] -> f32[3]",
    "A=f32[4,3,3] B=f32[4,3] -> f32[4,3]",
    "A=f32[4,3,3] B=f32[3,2] -> f32[4,3,2]",
    "A=f32[3,3] B=f32[2,3] left=false -> f32[2,3]",
    "A=f32[3,3] B=f32[2,3] -> error",
    "A=f32[2,3] B=f32[2] -> error",
};
constexpr llvm::StringLiteral CholeskySamples[] = {
    "self=f32[1,1] -> f32[1,1]",
    "self=f32[4,1,1] -> f32[4,1,1]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral LinalgQrSamples[] = {
    "A=f32[4,3] -> f32[4,3] f32[3,3]",
    "A=f32[4,3] mode=\"complete\" -> f32[4,4] f32[4,3]",
    "A=f32[2,3,5] -> f32[2,3,3] f32[2,3,5]",
    "A=f32[4,3] mode=\"r\" -> f32[0] f32[3,3]",
    "A=f32[3] -> error",
    "A=f32[4,3] mode=\"full\" -> error",
};
constexpr llvm::StringLiteral QrSamples[] = {
    "self=f32[4,3] -> f32[4,3] f32[3,3]",
    "self=f32[4,3] some=false -> f32[4,4] f32[4,3]",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral LinalgSvdSamples[] = {
    "A=f32[4,3] -> f32[4,4] f32[3] f32[3,3]",
    "A=f32[2,4,3] full_matrices=false -> f32[2,4,3] f32[2,3] f32[2,3,3]",
    "A=f32[3] -> error",
};
constexpr llvm::StringLiteral SvdSamples[] = {
    "self=f32[4,3] -> f32[4,3] f32[3] f32[3,3]",
    "self=f32[3,4] some=false -> f32[3,3] f32[3] f32[4,4]",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral SvdvalsSamples[] = {"A=f32[2,4,3] -> f32[2,3]", "A=f32[3] -> error"};
constexpr llvm::StringLiteral EighSamples[] = {
    "self=f32[2,3,3] -> f32[2,3] f32[2,3,3]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral EigvalshSamples[] = {
    "self=f32[2,3,3] -> f32[2,3]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral EigSamples[] = {
    "self=f32[2,3,3] -> c64[2,3] c64[2,3,3]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral EigvalsSamples[] = {
    "self=f32[2,3,3] -> c64[2,3]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral PinvSamples[] = {
    "self=f32[4,3] -> f32[3,4]",
    "self=f32[2,4,3] -> f32[2,3,4]",
    "self=f32[3] -> error",
};
constexpr llvm::StringLiteral PinvNumberSamples[] = {
    "self=f32[4,3] rcond=1e-15 -> f32[3,4]",
    "self=f32[3] rcond=1e-15 -> error",
};
constexpr llvm::StringLiteral PinvTensorSamples[] = {
    "self=f32[4,3] rcond=f32[] -> f32[3,4]",
    "self=f32[3] rcond=f32[] -> error",
};
constexpr llvm::StringLiteral SolveTriangularSamples[] = {
    "self=f32[3,3] B=f32[3,2] upper=true -> f32[3,2]",
    "self=f32[4,3,3] B=f32[2,3] upper=false left=false -> f32[4,2,3]",
    "self=f32[3,3] B=f32[2,3] upper=true -> error",
    "self=f32[2,3] B=f32[3,2] upper=true -> error",
};
constexpr llvm::StringLiteral PowerSamples[] = {
    "self=f32[3,3] n=3 -> f32[3,3]",
    "self=f32[2,3] n=2 -> error",
};
constexpr llvm::StringLiteral ExpSamples[] = {
    "self=f32[2,3,3] -> f32[2,3,3]",
    "self=f32[2,3] -> error",
};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::inverse(Tensor self) -> Tensor",
     squareRule<"self">, cubicCost<2>, Storage::New, InverseSamples},
    {"aten::linalg_inv(Tensor A) -> Tensor",
     squareRule<"A">, cubicCost<2>, Storage::New, LinalgInvSamples},
    {"aten::linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info)",
     squareInfoRule<"A">, cubicCost<2>, Storage::New, InvExSamples},
    {"aten::det(Tensor self) -> Tensor",
     detRule<"self">, cubicCost<1>, Storage::New, DetSamples},
    {"aten::linalg_det(Tensor A) -> Tensor",
     detRule<"A">, cubicCost<1>, Storage::New, LinalgDetSamples},
    {"aten::logdet(Tensor self) -> Tensor",
     detRule<"self">, cubicCost<1>, Storage::New, DetSamples},
    {"aten::slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)",
     slogdetRule<"self">, cubicCost<1>, Storage::New, SlogdetSamples},
    {"aten::linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet)",
     slogdetRule<"A">, cubicCost<1>, Storage::New, LinalgSlogdetSamples},
    {"aten::linalg_solve(Tensor A, Tensor B, *, bool left=True) -> Tensor",
     solveRule, cubicCost<1>, Storage::New, SolveSamples},
    {"aten::cholesky(Tensor self, bool upper=False) -> Tensor",
     squareRule<"self">, cubicCost<1>, Storage::New, CholeskySamples},
    {"aten::linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor",
     squareRule<"self">, cubicCost<1>, Storage::New, CholeskySamples},
    {"aten::linalg_qr(Tensor A, str mode=\"reduced\") -> (Tensor Q, Tensor R)",
     linalgQrRule, cubicCost<4>, Storage::New, LinalgQrSamples},
    {"aten::qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)",
     oldQrRule, cubicCost<4>, Storage::New, QrSamples},
    {"aten::linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)",
     linalgSvdRule, cubicCost<20>, Storage::New, LinalgSvdSamples},
    {"aten::svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)",
     oldSvdRule, cubicCost<20>, Storage::New, SvdSamples},
    {"aten::linalg_svdvals(Tensor A, *, str? driver=None) -> Tensor",
     svdvalsRule, cubicCost<4>, Storage::New, SvdvalsSamples},
    {"aten::linalg_eigh(Tensor self, str UPLO=\"L\") -> (Tensor eigenvalues, Tensor eigenvectors)",
     eighRule<true>, cubicCost<9>, Storage::New, EighSamples},
    {"aten::linalg_eigvalsh(Tensor self, str UPLO=\"L\") -> Tensor",
     eighRule<false>, cubicCost<2>, Storage::New, EigvalshSamples},
    {"aten::linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)",
     eigRule<true>, cubicCost<25>, Storage::New, EigSamples},
    {"aten::linalg_eigvals(Tensor self) -> Tensor",
     eigRule<false>, cubicCost<10>, Storage::New, EigvalsSamples},
    {"aten::pinverse(Tensor self, float rcond=1.0000000000000001e-15) -> Tensor",
     pinvRule, cubicCost<22>, Storage::New, PinvSamples},
    {"aten::linalg_pinv.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor",
     pinvRule, cubicCost<22>, Storage::New, PinvSamples},
    {"aten::linalg_pinv(Tensor self, float rcond, bool hermitian=False) -> Tensor",
     pinvRule, cubicCost<22>, Storage::New, PinvNumberSamples},
    {"aten::linalg_pinv.rcond_tensor(Tensor self, Tensor rcond, bool hermitian=False) -> Tensor",
     pinvTensorRule, cubicCost<22>, Storage::New, PinvTensorSamples},
    {"aten::linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor",
     solveTriangularRule, cubicCost<1>, Storage::New, SolveTriangularSamples},
    {"aten::matrix_power(Tensor self, int n) -> Tensor",
     powerRule, cubicCost<2>, Storage::New, PowerSamples},
    {"aten::linalg_matrix_power(Tensor self, int n) -> Tensor",
     powerRule, cubicCost<2>, Storage::New, PowerSamples},
    {"aten::matrix_exp(Tensor self) -> Tensor",
     powerRule, cubicCost<10>, Storage::New, ExpSamples},
    {"aten::linalg_matrix_exp(Tensor self) -> Tensor",
     powerRule, cubicCost<10>, Storage::New, ExpSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::linearAlgebraOps() { return Ops; }
