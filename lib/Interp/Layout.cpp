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

/// Operators that allocate their result through a TensorIterator.
bool isElementwise(llvm::StringRef Name) {
  static const llvm::StringSet<> Names = {
      "abs", "acos", "acosh", "add", "add_", "addcdiv", "addcmul", "asin", "asinh", "atan", "atan2", "atanh",
      "bernoulli", "bitwise_and", "bitwise_not", "bitwise_or", "bitwise_xor", "ceil", "celu", "clamp", "clamp_max",
      "clamp_min", "clip", "copy_", "copysign", "cos", "cosh", "digamma", "div", "div_", "dropout", "elu", "elu_",
      "eq", "erf", "erfc", "erfinv", "exp", "exp2", "expm1", "feature_dropout", "fill_", "floor", "fmod", "frac",
      "ge", "gelu", "gt", "hardsigmoid", "hardswish", "hardtanh", "hardtanh_", "hypot", "isfinite", "isinf", "isnan",
      "le", "leaky_relu", "leaky_relu_", "lerp", "lgamma", "log", "log10", "log1p", "log2", "logical_and",
      "logical_not", "logical_or", "logical_xor", "lt", "maximum", "minimum", "mish", "mul", "mul_", "nan_to_num",
      "ne", "neg", "pow", "reciprocal", "relu", "relu6", "relu_", "remainder", "round", "rsqrt", "rsub", "selu",
      "sgn", "sigmoid", "sign", "silu", "silu_", "sin", "sinh", "softplus", "sqrt", "square", "sub", "sub_", "tan",
      "tanh", "threshold", "trunc", "where", "xlogy"};
  return Names.contains(Name);
}

/// Operators that make a tensor in the layout of another.
bool keepsLayout(llvm::StringRef Name) {
  static const llvm::StringSet<> Names = {"alias", "clone", "detach", "masked_fill", "to", "zeros_like", "ones_like",
                                          "empty_like", "rand_like", "randn_like", "type_as"};
  return Names.contains(Name);
}

/// Of a tensor without holes whose dimensions lie in the order \p Inner, the innermost first.
Strides denseStrides(llvm::ArrayRef<int64_t> Shape, llvm::ArrayRef<size_t> Inner) {
  Strides Out(Shape.size(), 1);
  int64_t Next = 1;
  for (size_t I : Inner) {
    Out[I] = Next;
    Next = saturatingMul(Next, std::max<int64_t>(Shape[I], 1));
  }
  return Out;
}

/// The strides of \p O broadcast to \p Shape, 0 where an element is repeated.
Strides broadcastStrides(const Operand &O, llvm::ArrayRef<int64_t> Shape) {
  Strides S(Shape.size(), 0);
  const size_t Extra = Shape.size() - std::min(Shape.size(), O.Shape.size());
  for (size_t I = 0; I + Extra < Shape.size(); ++I)
    S[I + Extra] = O.Shape[I] == 1 && Shape[I + Extra] != 1 ? 0 : O.Of[I];
  return S;
}

/// TensorIterator::reorder_dimensions() and the result that it allocates: the dimensions in the
/// order that the operands' strides ask for, the first of them before the others, without holes.
Strides elementwiseStrides(llvm::ArrayRef<Operand> Operands, llvm::ArrayRef<int64_t> Shape) {
  auto IsPlain = [&](const Operand &O) { return Shape.equals(O.Shape) && isContiguous(O.Shape, O.Of); };
  if (llvm::all_of(Operands, IsPlain))
    return contiguousStrides(Shape);
  std::vector<Strides> Each;
  for (const Operand &O : Operands)
    Each.push_back(broadcastStrides(O, Shape));
  /// Above 0: \p A is to be outside of \p B. 0: the operands do not tell.
  auto Compare = [&](size_t A, size_t B) {
    for (const Strides &S : Each) {
      if (S[A] == 0 || S[B] == 0)
        continue;
      if (S[A] != S[B])
        return S[A] < S[B] ? -1 : 1;
      if (Shape[A] > Shape[B])
        return 1;
    }
    return 0;
  };
  std::vector<size_t> Order; // the innermost first
  for (size_t I = Shape.size(); I-- > 0;)
    Order.push_back(I);
  for (size_t I = 1; I < Order.size(); ++I)
    for (size_t Outer = I, Inner = I; Inner-- > 0;) {
      const int C = Compare(Order[Inner], Order[Outer]);
      if (C < 0)
        break;
      if (C > 0)
        std::swap(Order[Inner], Order[Outer]), Outer = Inner;
    }
  return denseStrides(Shape, Order);
}

/// The dimensions in the same order, and no holes. None when a dimension is broadcast.
std::optional<Strides> withoutHoles(llvm::ArrayRef<int64_t> Shape, const Strides &S) {
  std::vector<size_t> Inner; // dimensions, the innermost first
  for (size_t I = Shape.size(); I-- > 0; Inner.push_back(I))
    if (S[I] == 0 && Shape[I] > 1)
      return std::nullopt;
  llvm::sort(Inner, [&](size_t A, size_t B) { return S[A] != S[B] ? S[A] < S[B] : A > B; });
  return denseStrides(Shape, Inner);
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

Strides energy::interp::resultStrides(llvm::StringRef Op, const OpCall &C, const Operand &Self,
                                      llvm::ArrayRef<Operand> Operands, const TensorType &Out) {
  const Strides &Of = Self.Of;
  Strides S = Of;
  size_t Rank = Self.Shape.size();
  if (isElementwise(Op))
    return elementwiseStrides(Operands, Out.Shape);
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
