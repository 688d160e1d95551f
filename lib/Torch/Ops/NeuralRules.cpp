#include "Torch/Ops/NeuralRules.h"
#include "llvm/Support/Format.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {
/// Names under which ATen schemas take parameters and buffers of a model.
bool namesWeights(llvm::StringRef Name) {
  static constexpr llvm::StringLiteral Exact[] = {"params", "running_mean", "running_var", "w_ih",
                                                  "w_hh",   "b_ih",         "b_hh"};
  return llvm::is_contained(Exact, Name) || Name.contains("weight") || Name.contains("bias");
}
int64_t tensorBytes(const ArgValue &V) {
  int64_t Bytes = 0;
  if (auto *T = V.as<TensorArg>(); T && T->known())
    Bytes = T->Type.bytes();
  if (auto *L = V.as<std::vector<TensorArg>>())
    for (const TensorArg &T : *L)
      if (T.known())
        Bytes = saturatingAdd(Bytes, T.Type.bytes());
  return Bytes;
}
} // namespace

CostFeatures torch::layerCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out, int64_t Steps) {
  CostFeatures F = memoryCost(A, Out);
  for (const NamedArg &Arg : A.call().Args)
    if (namesWeights(Arg.Name))
      F.BytesWeights = saturatingAdd(F.BytesWeights, tensorBytes(Arg.Value));
  F.ElementOps = Steps;
  return F;
}

llvm::Expected<Sizes> torch::intList(const OpArgs &A, llvm::StringRef Name, unsigned N) {
  Sizes L = A.ints(Name);
  if (L.size() == 1)
    return Sizes(N, L.front());
  if (L.size() != N)
    return reject(Name + " must be one number or a list of " + Twine(N) + ", got " + listText(L));
  return L;
}

llvm::Expected<Sizes> torch::exactList(const OpArgs &A, llvm::StringRef Name, unsigned N) {
  Sizes L = A.ints(Name);
  if (L.size() != N)
    return reject(Name + " must be a list of " + Twine(N) + ", got " + listText(L));
  return L;
}

llvm::Error torch::requireAtLeast(llvm::StringRef Name, Shape Values, int64_t Least) {
  for (int64_t V : Values)
    if (V < Least)
      return reject(Name + " must be at least " + Twine(Least) + ", got " + Twine(V));
  return llvm::Error::success();
}

int64_t torch::reach(int64_t Kernel, int64_t Dilation) {
  return saturatingAdd(saturatingMul(Dilation, Kernel - 1), 1);
}

std::string torch::rankText(const TensorType &T) {
  return (Twine(T.rank()) + "-D (" + shapeText(T.Shape) + ")").str();
}

std::string torch::numberText(double Number) {
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::format("%g", Number);
  return Text;
}

llvm::Error torch::requireFloating(llvm::StringRef Name, const TensorType &T) {
  if (!isInteger(T.Type))
    return llvm::Error::success();
  return reject(Name + " must be a floating-point tensor, got " + dtypeName(T.Type));
}
llvm::Error torch::requireReal(llvm::StringRef Name, const TensorType &T) {
  if (isComplex(T.Type))
    return reject(Name + " must be a real tensor, got " + dtypeName(T.Type));
  return requireFloating(Name, T);
}

llvm::Error torch::requireSpatial(const TensorType &In, unsigned N) {
  if (In.rank() == N + 1 || In.rank() == N + 2)
    return llvm::Error::success();
  return reject("input must be " + Twine(N + 1) + "-D (unbatched) or " + Twine(N + 2) +
                "-D (batched), got " + rankText(In));
}

llvm::Error torch::requireVector(const OpArgs &A, llvm::StringRef Name, int64_t Elements) {
  const TensorType *T = A.tensorIf(Name);
  if (!T || (T->rank() == 1 && T->Shape[0] == Elements))
    return llvm::Error::success();
  return reject(Name + " must have " + Twine(Elements) + " elements, got " + shapeText(T->Shape));
}
