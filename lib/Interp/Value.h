/// \file
/// The abstract values that the interpreter computes with. Concrete wherever
/// the program is: an integer is an integer. What is not known is an UnknownId
/// with its first reason. Everything that C++ can refer to lives in a Cell of the
/// Store; a Value is a small handle. Copying a Value never copies what it
/// refers to: Store::copy() does what a C++ copy constructor does.
#pragma once
#include "IR/ModelGraph.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>
#include <variant>
#include <vector>

namespace energy::torch {
struct LayerDef;
}

namespace energy::interp {

struct Cell;
struct Object;
struct List;
struct Map;
struct Closure;
struct TensorBox;
struct Tagged;

/// nullptr, nullopt, None, void, an empty std::function.
struct Null {};
/// A pointer of any kind: raw, shared_ptr, unique_ptr, a ModuleHolder, reference_wrapper.
struct Ref {
  Cell *Target;
};
/// An iterator into a List or a Map; Index may be one past the end.
struct Iterator {
  List *InList = nullptr;
  Map *InMap = nullptr;
  int64_t Index = 0;
  bool Reverse = false;
};

struct Value : std::variant<Null, UnknownId, bool, int64_t, double, const std::string *, DType,
                            TensorBox *, Object *, Ref, List *, Map *, Closure *, Iterator,
                            Tagged *> {
  using variant::variant;
  const variant &base() const { return *this; }
  /// The alternative T, or a null pointer; of a temporary it would dangle.
  template <class T> const T *as() const & { return std::get_if<T>(&base()); }
  template <class T> const T *as() const && = delete;
  /// For the alternatives that are pointers themselves: the pointer, or null.
  template <class T> T *get() const {
    T *const *P = std::get_if<T *>(&base());
    return P ? *P : nullptr;
  }
  bool isNull() const { return as<Null>() != nullptr; }
  bool isUnknown() const { return as<UnknownId>() != nullptr; }
  const std::string *str() const {
    auto *P = as<const std::string *>();
    return P ? *P : nullptr;
  }
  bool isNumber() const { return as<bool>() || as<int64_t>() || as<double>(); }
  /// An integer, boolean or integral floating value as an integer.
  std::optional<int64_t> integer() const;
  std::optional<double> number() const;
};

struct Cell {
  Value V;
};

/// What evaluating an expression gives: a place in memory (a glvalue), or a value.
struct Result {
  Value V;
  Cell *Place = nullptr;
  Result(Value V) : V(V) {}
  Result(Cell *Place) : Place(Place) {}
  const Value &value() const { return Place ? Place->V : V; }
};

/// A tensor has identity: handles share it, in-place operations change it.
struct TensorBox {
  TensorArg Arg;
  /// Values of a small tensor whose contents the program fixed (arange,
  /// tensor({..}), linspace), row-major; empty when not known.
  std::vector<double> Data;
  /// In elements; empty for a contiguous tensor.
  Sizes Strides;
  /// The elements, once a pointer to them was taken: what is written there is not in Data.
  List *Memory = nullptr;
};

struct NamedChild {
  std::string Name;
  Cell *Module = nullptr; ///< holds an Object*
};
struct NamedTensor {
  std::string Name;
  TensorBox *Tensor = nullptr;
};

/// The torch::nn::Module part of an object.
struct ModuleState {
  ModuleId Node = ModuleId::Root;
  const energy::torch::LayerDef *Layer = nullptr;
  Cell *Options = nullptr;
  std::vector<NamedChild> Children; ///< registered, in order; elements of a container
  std::vector<NamedTensor> Parameters, Buffers;
  Value Function; ///< of a torch::nn::Functional
  bool Training = false;
  bool IsSequential = false;
  std::string Type;
};

/// An instance of a class that the interpreter runs by its definition. Base
/// subobjects share the one field table.
struct Object {
  const clang::CXXRecordDecl *Class = nullptr;
  Cell *Home = nullptr; ///< the cell that holds this object
  llvm::SmallDenseMap<const clang::FieldDecl *, Cell *, 8> Fields;
  ModuleState *Module = nullptr;
  /// Of a class derived from a ModuleHolder: what that base is, a Ref to the module or Null.
  Cell *Held = nullptr;
};

struct List {
  /// Set when the contents depend on a condition that is not known.
  UnknownId Why = UnknownId::None;
  std::vector<Cell *> Items;
  /// Of the characters that iterators of a string show: the string.
  Cell *Text = nullptr;
};

struct MapEntry {
  Value Key;
  Cell *Item; ///< null in a set
  Cell *Pair = nullptr; ///< the std::pair that an iterator shows, made on demand
};
struct Map {
  bool Sorted = true; ///< std::map; false: insertion order (OrderedDict, unordered_map)
  std::vector<MapEntry> Entries;
  MapEntry *find(const Value &Key);
};

/// A lambda, a function, or a std::bind of one.
struct Closure {
  const clang::FunctionDecl *Function = nullptr;
  llvm::SmallDenseMap<const clang::ValueDecl *, Cell *, 4> Captures;
  Cell *This = nullptr;
  std::vector<Value> Bound; ///< arguments of std::bind; placeholders are Tagged "_N"
  bool IsBind = false;
  std::vector<Cell *> BoundRefs;
};

/// A LibTorch value that is only carried around: "Slice", "TensorOptions",
/// "Device", "Ellipsis", "Generator", ...
struct Tagged {
  llvm::StringRef Tag;
  std::vector<Value> Items;
};

/// Structural equality as far as joining branches needs it.
bool same(const Value &A, const Value &B);
/// Order of map keys: numbers, then strings. Nullopt when not comparable.
std::optional<int> compare(const Value &A, const Value &B);
/// For messages: "int 3", "string \"a\"", "tensor 1x3x8x8".
std::string describe(const Value &V);

} // namespace energy::interp
