#include "Interp/Layout.h"
#include "llvm/ADT/StringSet.h"

using namespace energy;
using namespace energy::interp;

Strides energy::interp::contiguousStrides(llvm::ArrayRef<int64_t> Shape) {
  Strides S(Shape.size(), 1);
  for (size_t I = Shape.size(); I-- > 1;)
    S[I - 1] = saturatingMul(S[I], std::max<int64_t>(Shape[I], 1));
  return S;
}

bool energy::interp::isContiguous(llvm::ArrayRef<int64_t> Shape, const Strides &S) {
  int64_t Expected = 1;
  for (size_t I = Shape.size(); I-- > 0;) {
    if (Shape[I] == 0)
      return true;
    if (Shape[I] != 1 && S[I] != Expected)
      return false;
    Expected = saturatingMul(Expected, Shape[I]);
  }
  return true;
}

namespace {

/// Element-wise operators keep the order of an operand's dimensions in memory.
bool keepsLayout(llvm::StringRef Name) {
  static const llvm::StringSet<> Names = {
      "abs", "add", "add_", "alias", "bernoulli", "clamp", "clamp_min", "clone", "copy_", "cos", "detach",
      "div", "div_", "dropout", "elu", "elu_", "erf", "exp", "feature_dropout", "fill_", "gelu",
      "hardswish", "hardtanh", "hardtanh_", "leaky_relu", "leaky_relu_", "log", "masked_fill", "mul",
      "mul_", "neg", "pow", "relu", "relu_", "rsqrt", "sigmoid", "silu", "silu_", "sin", "softplus",
      "sqrt", "sub", "sub_", "tanh", "to", "where", "zeros_like", "ones_like", "empty_like", "rand_like",
      "randn_like", "type_as"};
  return Names.contains(Name);
}

/// What TensorIterator allocates for an operand: its dimensions in the same order, and
/// no holes. None when a dimension is broadcast: the other operands decide then.
std::optional<Strides> withoutHoles(llvm::ArrayRef<int64_t> Shape, const Strides &S) {
  std::vector<size_t> Inner; // dimensions, the innermost first
  for (size_t I = Shape.size(); I-- > 0; Inner.push_back(I))
    if (S[I] == 0 && Shape[I] > 1)
      return std::nullopt;
  llvm::sort(Inner, [&](size_t A, size_t B) { return S[A] != S[B] ? S[A] < S[B] : A > B; });
  Strides Out(Shape.size(), 1);
  int64_t Next = 1;
  for (size_t I : Inner) {
    Out[I] = Next;
    Next = saturatingMul(Next, std::max<int64_t>(Shape[I], 1));
  }
  return Out;
}

/// at::detail::computeStride: the strides of a view, when there is one.
std::optional<Strides> viewStrides(llvm::ArrayRef<int64_t> Old, const Strides &S,
                                   llvm::ArrayRef<int64_t> New) {
  Strides Out(New.size(), 1);
  if (Old.empty() || New.empty())
    return Out;
  auto View = static_cast<int64_t>(New.size()) - 1;
  int64_t Base = S.back(), OldCount = 1, NewCount = 1;
  for (auto I = static_cast<int64_t>(Old.size()) - 1; I >= 0; --I) {
    auto U = static_cast<size_t>(I);
    OldCount *= Old[U];
    if (I != 0 && (Old[U - 1] == 1 || S[U - 1] == OldCount * Base))
      continue;
    while (View >= 0 && (NewCount < OldCount || New[static_cast<size_t>(View)] == 1)) {
      Out[static_cast<size_t>(View)] = NewCount * Base;
      NewCount *= New[static_cast<size_t>(View)];
      --View;
    }
    if (NewCount != OldCount)
      return std::nullopt;
    if (I > 0) {
      Base = S[U - 1];
      OldCount = NewCount = 1;
    }
  }
  return View == -1 ? std::optional(Out) : std::nullopt;
}

size_t dimension(const OpCall &C, llvm::StringRef Name, size_t Rank) {
  int64_t D = C.integer(Name).value_or(0), N = static_cast<int64_t>(Rank);
  return static_cast<size_t>(std::clamp<int64_t>(D < 0 ? D + N : D, 0, std::max<int64_t>(N - 1, 0)));
}

} // namespace

Strides energy::interp::resultStrides(llvm::StringRef Op, const OpCall &C, const TensorType &Self,
                                      const Strides &Of, const TensorType &Out) {
  Strides S = Of;
  size_t Rank = Self.Shape.size();
  if (Of.size() != Rank || Rank == 0)
    return contiguousStrides(Out.Shape);
  if (Op == "permute") {
    const ArgValue *Dims = C.find("dims");
    const auto *L = Dims ? Dims->as<std::vector<int64_t>>() : nullptr;
    for (size_t I = 0; L && I < Rank && I < L->size(); ++I)
      S[I] = Of[static_cast<size_t>((*L)[I] < 0 ? (*L)[I] + static_cast<int64_t>(Rank) : (*L)[I])];
  } else if (Op == "transpose" || Op == "swapaxes" || Op == "swapdims") {
    std::swap(S[dimension(C, "dim0", Rank)], S[dimension(C, "dim1", Rank)]);
  } else if (Op == "t" || Op == "numpy_T" || Op == "mT") {
    std::reverse(S.begin(), S.end());
  } else if (Op == "select" || Op == "unbind") {
    S.erase(S.begin() + static_cast<std::ptrdiff_t>(dimension(C, "dim", Rank)));
  } else if (Op == "slice") {
    S[dimension(C, "dim", Rank)] *= C.integer("step").value_or(1);
  } else if (Op == "narrow" || Op == "chunk" || Op == "split" || Op == "split_with_sizes") {
    // the same strides over fewer elements
  } else if (Op == "unsqueeze") {
    int64_t D = C.integer("dim").value_or(0), N = static_cast<int64_t>(Rank) + 1;
    S.insert(S.begin() + std::clamp<int64_t>(D < 0 ? D + N : D, 0, N - 1), 1);
  } else if (Op == "squeeze") {
    S.clear();
    size_t Next = 0; // dimensions of size 1 go; those that stay keep their order
    for (size_t I = 0; I < Rank; ++I)
      if (Next < Out.Shape.size() && Self.Shape[I] == Out.Shape[Next] &&
          (Self.Shape[I] != 1 || Rank - I <= Out.Shape.size() - Next))
        S.push_back(Of[I]), ++Next;
  } else if (Op == "expand" || Op == "expand_as" || Op == "broadcast_to") {
    size_t Extra = Out.Shape.size() - Rank;
    S.assign(Out.Shape.size(), 0);
    for (size_t I = 0; I < Rank; ++I)
      S[I + Extra] = Self.Shape[I] == Out.Shape[I + Extra] ? Of[I] : 0;
  } else if (Op == "view" || Op == "reshape" || Op == "flatten" || Op == "unflatten" || Op == "view_as") {
    S = viewStrides(Self.Shape, Of, Out.Shape).value_or(contiguousStrides(Out.Shape));
  } else if (keepsLayout(Op) && Self.Shape == Out.Shape) {
    S = withoutHoles(Self.Shape, Of).value_or(contiguousStrides(Out.Shape));
  } else {
    S = contiguousStrides(Out.Shape);
  }
  return S.size() == Out.Shape.size() ? S : contiguousStrides(Out.Shape);
}
