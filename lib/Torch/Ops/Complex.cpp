/// \file
/// Complex numbers from their parts, and their parts. Views cost nothing.
#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
llvm::Expected<Results> complexRule(const OpArgs &A, llvm::StringRef X, llvm::StringRef Y) {
  if (llvm::Error E = requireSameType(A, X, Y))
    return E;
  DType T = A.tensor(X).Type;
  if (T != DType::Float32 && T != DType::Float64 && T != DType::Float16)
    return reject("complex numbers are made of floating point numbers, not of " + dtypeName(T));
  llvm::Expected<Sizes> S = broadcast(A.tensor(X).Shape, A.tensor(Y).Shape);
  if (!S)
    return S.takeError();
  return Results{TensorType(complexType(T), *S)};
}
template <Word X, Word Y> llvm::Expected<Results> complexRule(const OpArgs &A) {
  return complexRule(A, X, Y);
}
llvm::Expected<Results> viewAsRealRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  if (!isComplex(Out.Type))
    return reject("view_as_real needs a complex tensor, not " + dtypeName(Out.Type));
  Out.Type = realType(Out.Type);
  Out.Shape.push_back(2);
  return Results{Out};
}
llvm::Expected<Results> viewAsComplexRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  if (Out.Type != DType::Float32 && Out.Type != DType::Float64 && Out.Type != DType::Float16)
    return reject("view_as_complex needs a floating point tensor, not " + dtypeName(Out.Type));
  if (Out.Shape.empty() || Out.Shape.back() != 2)
    return reject("the last dimension must have size 2 (" + shapeText(Out.Shape) + ")");
  Out.Type = complexType(Out.Type);
  Out.Shape.pop_back();
  return Results{Out};
}
llvm::Expected<Results> realRule(const OpArgs &A) {
  TensorType Out = A.tensor("self");
  Out.Type = realType(Out.Type);
  return Results{Out};
}
llvm::Expected<Results> imagRule(const OpArgs &A) {
  if (!isComplex(A.tensor("self").Type))
    return reject("imag needs a complex tensor, not " + dtypeName(A.tensor("self").Type));
  return realRule(A);
}

constexpr llvm::StringLiteral ComplexSamples[] = {
    "real=f32[2,3] imag=f32[3] -> c64[2,3]",
    "real=f32[2] imag=f64[2] -> error",
    "real=i64[2] imag=i64[2] -> error",
    "real=f32[2] imag=f32[3] -> error",
};
constexpr llvm::StringLiteral PolarSamples[] = {
    "abs=f32[2,3] angle=f32[3] -> c64[2,3]",
    "abs=f32[2] angle=f64[2] -> error",
};
constexpr llvm::StringLiteral ViewAsRealSamples[] = {
    "self=c64[2,3] -> f32[2,3,2]",
    "self=f32[2] -> error",
};
constexpr llvm::StringLiteral ViewAsComplexSamples[] = {
    "self=f32[3,2] -> c64[3]",
    "self=f32[3] -> error",
    "self=i64[3,2] -> error",
};
constexpr llvm::StringLiteral RealSamples[] = {"self=c64[2] -> f32[2]", "self=f32[2] -> f32[2]"};
constexpr llvm::StringLiteral ImagSamples[] = {"self=c64[2] -> f32[2]", "self=f32[2] -> error"};

// clang-format off
constexpr OpDef Ops[] = {
    {"aten::complex(Tensor real, Tensor imag) -> Tensor",
     complexRule<"real", "imag">, memoryCost, Storage::New, ComplexSamples},
    {"aten::polar(Tensor abs, Tensor angle) -> Tensor",
     complexRule<"abs", "angle">, pointwiseCost<4>, Storage::New, PolarSamples},
    {"aten::view_as_real(Tensor(a) self) -> Tensor(a)",
     viewAsRealRule, nullptr, Storage::View, ViewAsRealSamples},
    {"aten::view_as_complex(Tensor(a) self) -> Tensor(a)",
     viewAsComplexRule, nullptr, Storage::View, ViewAsComplexSamples},
    {"aten::real(Tensor(a) self) -> Tensor(a)",
     realRule, nullptr, Storage::View, RealSamples},
    {"aten::imag(Tensor(a) self) -> Tensor(a)",
     imagRule, nullptr, Storage::View, ImagSamples},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::complexOps() { return Ops; }
