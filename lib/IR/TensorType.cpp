#include "IR/TensorType.h"
#include <algorithm>
#include <limits>

using namespace energy;

namespace {
struct Row {
  llvm::StringLiteral Name, Code;
  int64_t Bytes;
  DTypeKind Kind;
};
constexpr Row Rows[] = {
#define DTYPE(Enumerator, Name, Code, Bytes, TheKind)                            \
  {Name, Code, Bytes, DTypeKind::TheKind},
#include "Schema/DTypes.def"
};
const Row &row(DType T) { return Rows[static_cast<unsigned>(T)]; }
template <class Match> std::optional<DType> findRow(Match M) {
  for (unsigned I = 0; I < std::size(Rows); ++I)
    if (M(Rows[I]))
      return static_cast<DType>(I);
  return std::nullopt;
}
} // namespace

llvm::StringRef energy::dtypeName(DType T) { return row(T).Name; }
llvm::StringRef energy::dtypeCode(DType T) { return row(T).Code; }
DTypeKind energy::dtypeKind(DType T) { return row(T).Kind; }
int64_t energy::dtypeBytes(DType T) { return row(T).Bytes; }
std::optional<DType> energy::dtypeFromName(llvm::StringRef Name) {
  return findRow([&](const Row &R) { return R.Name == Name; });
}
std::optional<DType> energy::dtypeFromCode(llvm::StringRef Code) {
  return findRow([&](const Row &R) { return R.Code == Code; });
}

DType energy::promote(DType A, DType B) {
  if (A == B)
    return A;
  if (dtypeKind(A) != dtypeKind(B))
    return dtypeKind(A) < dtypeKind(B) ? B : A;
  auto Is = [&](DType X, DType Y) { return (A == X && B == Y) || (A == Y && B == X); };
  // No 8-bit type holds both, and no 16-bit float either.
  if (Is(DType::UInt8, DType::Int8))
    return DType::Int16;
  if (Is(DType::Float16, DType::BFloat16))
    return DType::Float32;
  return std::max(A, B);
}

int64_t energy::saturatingMul(int64_t A, int64_t B) {
  int64_t R;
  return __builtin_mul_overflow(A, B, &R) ? std::numeric_limits<int64_t>::max() : R;
}
int64_t energy::saturatingAdd(int64_t A, int64_t B) {
  int64_t R;
  return __builtin_add_overflow(A, B, &R) ? std::numeric_limits<int64_t>::max() : R;
}

int64_t TensorType::elements() const {
  int64_t N = 1;
  for (int64_t S : Shape) {
    if (S == 0)
      return 0;
    N = saturatingMul(N, S);
  }
  return N;
}
int64_t TensorType::bytes() const { return saturatingMul(elements(), dtypeBytes(Type)); }

std::string TensorType::str() const {
  std::string S = dtypeCode(Type).str() + "[";
  for (size_t I = 0; I < Shape.size(); ++I)
    S += (I ? "," : "") + std::to_string(Shape[I]);
  return S + "]";
}

std::string energy::shapeText(llvm::ArrayRef<int64_t> Shape) {
  if (Shape.empty())
    return "scalar";
  std::string S;
  for (size_t I = 0; I < Shape.size(); ++I)
    S += (I ? "x" : "") + std::to_string(Shape[I]);
  return S;
}
