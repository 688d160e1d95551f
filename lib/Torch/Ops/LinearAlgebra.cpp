/// \file
/// Inverses, decompositions, determinants, and the Fourier transforms' sizes.
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
  if (!isComplex(M.Type))
    M.Type = M.Type == DType::Float64 ? DType::Complex128 : DType::Complex64;
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

/// \name Fourier transforms of one dimension
/// @{
/// The dimension to transform and its length, `n` points of it.
struct Transform {
  int64_t Dim, Points;
};
llvm::Expected<Transform> transformOf(const OpArgs &A, int64_t IfNone) {
  llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), A.tensor("self").rank());
  if (!D)
    return D.takeError();
  int64_t Points = A.isNone("n") ? IfNone : A.integer("n");
  if (A.tensor("self").Shape.empty() || Points < 1)
    return reject("a Fourier transform needs at least one point, not " + Twine(Points));
  return Transform{*D, Points};
}
int64_t lastDim(const OpArgs &A) {
  Shape S = A.tensor("self").Shape;
  int64_t D = A.integer("dim"), Rank = static_cast<int64_t>(S.size());
  D = D < 0 ? D + Rank : D;
  return D >= 0 && D < Rank ? S[static_cast<size_t>(D)] : 0;
}
DType complexType(DType T) {
  if (isComplex(T))
    return T;
  return T == DType::Float64 ? DType::Complex128 : DType::Complex64;
}
llvm::Expected<Results> fftRule(const OpArgs &A) {
  llvm::Expected<Transform> T = transformOf(A, lastDim(A));
  if (!T)
    return T.takeError();
  TensorType Out = A.tensor("self");
  Out.Type = complexType(Out.Type);
  Out.Shape[static_cast<size_t>(T->Dim)] = T->Points;
  return Results{Out};
}
llvm::Expected<Results> rfftRule(const OpArgs &A) {
  if (isComplex(A.tensor("self").Type))
    return reject("rfft needs a real tensor");
  llvm::Expected<Results> Out = fftRule(A);
  if (Out) {
    llvm::Expected<int64_t> D = wrapDim(A.integer("dim"), A.tensor("self").rank());
    int64_t &Size = (*Out)[0].Shape[static_cast<size_t>(llvm::cantFail(std::move(D)))];
    Size = Size / 2 + 1;
  }
  return Out;
}
llvm::Expected<Results> irfftRule(const OpArgs &A) {
  llvm::Expected<Transform> T = transformOf(A, saturatingMul(2, lastDim(A) - 1));
  if (!T)
    return T.takeError();
  TensorType Out = A.tensor("self");
  Out.Type = realType(complexType(Out.Type));
  Out.Shape[static_cast<size_t>(T->Dim)] = T->Points;
  return Results{Out};
}
llvm::Expected<Results> shiftRule(const OpArgs &A) {
  if (!A.isNone("dim"))
    for (int64_t D : A.ints("dim"))
      if (llvm::Expected<int64_t> W = wrapDim(D, A.tensor("self").rank()); !W)
        return W.takeError();
  return likeSelf(A);
}
/// @}

/// \name Short-time Fourier transform
/// @{
int64_t hopOf(const OpArgs &A) {
  return A.isNone("hop_length") ? A.integer("n_fft") / 4 : A.integer("hop_length");
}
/// `self` is one signal or a batch of them; frames of n_fft points, hop apart.
llvm::Expected<Results> stftRule(const OpArgs &A) {
  TensorType In = A.tensor("self");
  int64_t Points = A.integer("n_fft");
  if (In.rank() != 1 && In.rank() != 2)
    return reject("stft needs a signal or a batch of signals, not " + shapeText(In.Shape));
  if (isInteger(In.Type))
    return reject("stft needs a floating point or complex signal, not " + dtypeName(In.Type));
  int64_t Length = In.Shape.back();
  if (A.call().boolean("center").value_or(false)) {
    if (A.text("pad_mode") == "reflect" && Points / 2 >= Length)
      return reject("a signal of " + Twine(Length) + " points cannot be reflected by " +
                    Twine(Points / 2));
    Length = saturatingAdd(Length, saturatingMul(2, Points / 2));
  }
  if (Points <= 0 || Points > Length)
    return reject("n_fft " + Twine(Points) + " must be positive and at most " + Twine(Length));
  int64_t Hop = hopOf(A), Window = A.isNone("win_length") ? Points : A.integer("win_length");
  if (Hop <= 0)
    return reject("the hop must be positive, not " + Twine(Hop));
  if (Window <= 0 || Window > Points)
    return reject("win_length " + Twine(Window) + " must lie between 1 and n_fft " + Twine(Points));
  const TensorType *W = A.tensorIf("window");
  if (W && (W->rank() != 1 || W->Shape[0] != Window))
    return reject("the window must be a vector of " + Twine(Window) + " elements");
  bool IsComplex = isComplex(In.Type) || (W && isComplex(W->Type));
  bool OneSided = A.call().boolean("onesided").value_or(!IsComplex);
  if (OneSided && IsComplex)
    return reject("a complex signal has no one-sided transform");
  Sizes Out(In.Shape.begin(), In.Shape.end() - 1);
  Out.append({OneSided ? Points / 2 + 1 : Points, (Length - Points) / Hop + 1});
  DType Type = complexType(In.Type);
  if (!A.call().boolean("return_complex").value_or(IsComplex)) {
    Type = realType(Type);
    Out.push_back(2);
  }
  return Results{TensorType(Type, Out)};
}
/// @}

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

/// About 5 log2(n_fft) operations for each point of each frame.
CostFeatures stftCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  int64_t Log = 1;
  for (int64_t N = A.integer("n_fft"); N > 2; N /= 2)
    ++Log;
  C.ElementOps = saturatingMul(5 * Log, saturatingMul(2, Out[0].elements()));
  return C;
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
/// About 5 n log2(n) operations; bounded by 5 * 32 per element.
CostFeatures fftCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  int64_t Steps = 0;
  for (int64_t N = std::max<int64_t>(lastDim(A), 2); N > 1 && Steps < 32; N /= 2)
    ++Steps;
  return reductionCost(A, Out, 5 * Steps);
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
constexpr llvm::StringLiteral StftSamples[] = {
    "self=f32[100] n_fft=16 return_complex=true -> c64[9,22]",
    "self=f32[2,100] n_fft=16 hop_length=8 window=f32[16] return_complex=true -> c64[2,9,11]",
    "self=f32[100] n_fft=16 onesided=false return_complex=false -> f32[16,22,2]",
    "self=f32[10] n_fft=16 return_complex=true -> error",
    "self=f32[100] n_fft=16 window=f32[8] return_complex=true -> error",
    "self=f32[1,2,100] n_fft=16 return_complex=true -> error",
};
constexpr llvm::StringLiteral StftCenterSamples[] = {
    "self=f32[100] n_fft=16 return_complex=true -> c64[9,26]",
    "self=f32[2,100] n_fft=16 hop_length=8 center=false return_complex=true -> c64[2,9,11]",
    "self=f32[8] n_fft=16 return_complex=true -> error",
};
constexpr llvm::StringLiteral PowerSamples[] = {
    "self=f32[3,3] n=3 -> f32[3,3]",
    "self=f32[2,3] n=2 -> error",
};
constexpr llvm::StringLiteral ExpSamples[] = {
    "self=f32[2,3,3] -> f32[2,3,3]",
    "self=f32[2,3] -> error",
};
constexpr llvm::StringLiteral FftSamples[] = {
    "self=f32[2,8] -> c64[2,8]",
    "self=c64[8,2] dim=0 n=4 -> c64[4,2]",
    "self=f32[2,8] dim=2 -> error",
    "self=f32[2,8] n=0 -> error",
};
constexpr llvm::StringLiteral RfftSamples[] = {
    "self=f32[2,8] -> c64[2,5]",
    "self=f32[2,8] n=5 -> c64[2,3]",
    "self=c64[8] -> error",
};
constexpr llvm::StringLiteral IrfftSamples[] = {
    "self=c64[2,5] -> f32[2,8]",
    "self=c64[2,5] n=9 -> f32[2,9]",
    "self=c64[2,1] -> error",
};
constexpr llvm::StringLiteral ShiftSamples[] = {
    "self=f32[2,8] -> f32[2,8]",
    "self=f32[2,8] dim=[1] -> f32[2,8]",
    "self=f32[2,8] dim=[2] -> error",
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
    {"aten::stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool normalized=False, bool? onesided=None, bool? return_complex=None) -> Tensor",
     stftRule, stftCost, Storage::New, StftSamples},
    {"aten::stft.center(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, str pad_mode=\"reflect\", bool normalized=False, bool? onesided=None, bool? return_complex=None) -> Tensor",
     stftRule, stftCost, Storage::New, StftCenterSamples},
    {"aten::matrix_power(Tensor self, int n) -> Tensor",
     powerRule, cubicCost<2>, Storage::New, PowerSamples},
    {"aten::linalg_matrix_power(Tensor self, int n) -> Tensor",
     powerRule, cubicCost<2>, Storage::New, PowerSamples},
    {"aten::matrix_exp(Tensor self) -> Tensor",
     powerRule, cubicCost<10>, Storage::New, ExpSamples},
    {"aten::linalg_matrix_exp(Tensor self) -> Tensor",
     powerRule, cubicCost<10>, Storage::New, ExpSamples},
    {"aten::fft_fft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     fftRule, fftCost, Storage::New, FftSamples},
    {"aten::fft_ifft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     fftRule, fftCost, Storage::New, FftSamples},
    {"aten::fft_rfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     rfftRule, fftCost, Storage::New, RfftSamples},
    {"aten::fft_irfft(Tensor self, int? n=None, int dim=-1, str? norm=None) -> Tensor",
     irfftRule, fftCost, Storage::New, IrfftSamples},
    {"aten::fft_fftshift(Tensor self, int[1]? dim=None) -> Tensor",
     shiftRule, memoryCost, Storage::New, ShiftSamples},
    {"aten::fft_ifftshift(Tensor self, int[1]? dim=None) -> Tensor",
     shiftRule, memoryCost, Storage::New, ShiftSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::linearAlgebraOps() { return Ops; }
