/// \file
/// Element type and sizes of one tensor. Sizes are always concrete: a tensor
/// whose sizes are not known is not a TensorType but an UnknownId with a reason.
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>

namespace energy {

enum class DType : uint8_t {
#define DTYPE(Enumerator, Name, Code, Bytes, Kind) Enumerator,
#include "Schema/DTypes.def"
};
enum class DTypeKind : uint8_t { Bool, Int, Float, Complex };

llvm::StringRef dtypeName(DType T); ///< "float32"
llvm::StringRef dtypeCode(DType T); ///< "f32"
DTypeKind dtypeKind(DType T);
int64_t dtypeBytes(DType T);
std::optional<DType> dtypeFromName(llvm::StringRef Name);
std::optional<DType> dtypeFromCode(llvm::StringRef Code);
/// The type of a binary operation's result, by LibTorch's promotion of two
/// tensors of dimension >= 1.
DType promote(DType A, DType B);

using Sizes = llvm::SmallVector<int64_t, 6>;

struct TensorType {
  DType Type = DType::Float32;
  Sizes Shape;

  TensorType() = default;
  TensorType(DType Type, llvm::ArrayRef<int64_t> Shape)
      : Type(Type), Shape(Shape.begin(), Shape.end()) {}

  int64_t rank() const { return static_cast<int64_t>(Shape.size()); }
  /// Product of the sizes, saturating at INT64_MAX.
  int64_t elements() const;
  int64_t bytes() const; ///< saturating
  std::string str() const; ///< "f32[1,3,224,224]"
  friend bool operator==(const TensorType &A, const TensorType &B) {
    return A.Type == B.Type && A.Shape == B.Shape;
  }
};

int64_t saturatingMul(int64_t A, int64_t B);
int64_t saturatingAdd(int64_t A, int64_t B);
std::string shapeText(llvm::ArrayRef<int64_t> Shape); ///< "1x3x224x224", "scalar"

} // namespace energy
