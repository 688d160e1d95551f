/// \file
/// One call of an ATen operator with concrete arguments: the common currency of
/// the analyzer, of the energy models and, through its text form OpLine, of
/// measuring and fitting.
#pragma once
#include "IR/SourceSpan.h"
#include "IR/TensorType.h"
#include "Schema/OpLine.h"
#include "llvm/Support/Error.h"
#include <variant>
#include <vector>

namespace energy {

enum class ValueId : uint32_t { None = UINT32_MAX };   ///< index into ModelGraph::Values
enum class UnknownId : uint32_t { None = UINT32_MAX }; ///< index into ModelGraph::Unknowns
enum class ModuleId : uint32_t { Root = 0 };           ///< index into ModelGraph::Modules

/// A tensor operand or result. Three states: known (Type is true), unknown
/// (Unknown says why; Type is meaningless), undefined (an absent optional or
/// a default-constructed tensor).
struct TensorArg {
  TensorType Type;
  ValueId Id = ValueId::None;
  UnknownId Unknown = UnknownId::None;
  bool Defined = true;

  TensorArg() = default;
  TensorArg(TensorType Type, ValueId Id = ValueId::None) : Type(std::move(Type)), Id(Id) {}
  static TensorArg undefined() {
    TensorArg T;
    T.Defined = false;
    return T;
  }
  static TensorArg unknown(UnknownId Why) {
    TensorArg T;
    T.Unknown = Why;
    return T;
  }
  bool known() const { return Defined && Unknown == UnknownId::None; }
};

/// An argument's value. monostate is None; UnknownId is a value that the
/// analysis could not determine.
struct ArgValue
    : std::variant<std::monostate, TensorArg, std::vector<TensorArg>, int64_t, double, bool,
                   std::string, std::vector<int64_t>, std::vector<double>, std::vector<bool>,
                   DType, UnknownId> {
  using variant::variant;
  ArgValue(int V) : variant(static_cast<int64_t>(V)) {}
  ArgValue(const char *S) : variant(std::string(S)) {}
  ArgValue(const Sizes &S) : variant(std::vector<int64_t>(S.begin(), S.end())) {}
  ArgValue(TensorType T) : variant(TensorArg(std::move(T))) {}
  const variant &base() const { return *this; }
  template <class T> const T *as() const { return std::get_if<T>(&base()); }
  bool isNone() const { return as<std::monostate>() != nullptr; }
  /// The reason when the value, or a tensor in it, is unknown; else None.
  UnknownId unknown() const;
};

struct NamedArg {
  std::string Name;
  ArgValue Value;
};

/// One operator call.
struct OpCall {
  std::string Op; ///< "aten::add.Tensor"
  std::vector<NamedArg> Args; ///< in schema order; schema defaults filled in
  std::vector<TensorArg> Results;
  /// Set when the result could not be determined; the call still happened.
  UnknownId Unknown = UnknownId::None;
  ModuleId Module = ModuleId::Root; ///< innermost module whose forward made it
  uint64_t Repeat = 1; ///< how often the call happens in a row (a summarised loop)
  SourceSpan Location; ///< the call in the user's code

  bool understood() const { return Unknown == UnknownId::None; }
  const ArgValue *find(llvm::StringRef Name) const;
  /// The first tensor argument of that name; null when absent or undefined.
  const TensorType *tensor(llvm::StringRef Name) const;
  std::optional<int64_t> integer(llvm::StringRef Name) const;
  std::optional<double> number(llvm::StringRef Name) const;
  std::optional<bool> boolean(llvm::StringRef Name) const;
  /// An int[N] argument; a single integer or one-element list stands for all N.
  std::optional<Sizes> ints(llvm::StringRef Name, unsigned N) const;
  /// "aten::add" of "aten::add.Tensor".
  llvm::StringRef baseName() const;
  /// Every defined tensor argument in order, lists flattened.
  std::vector<TensorArg> tensorInputs() const;
};

/// Text form and back. Converting to text drops ids, module and location.
OpLine toOpLine(const OpCall &Call);
llvm::Expected<OpCall> fromOpLine(const OpLine &Line);

} // namespace energy
