/// \file
/// Which of the library types that the interpreter models a C++ type is, by the
/// qualified name of its class. Everything else is a class to interpret.
#pragma once
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include <string>

namespace energy::interp {

enum class TypeKind : uint8_t {
  Other,       ///< not a class, or a class that is not modelled
  User,        ///< a class interpreted by its definition
  Number,      ///< integer, enumeration, floating point, bool
  RawPointer,
  Tensor,
  Scalar,      ///< c10::Scalar, c10::SymInt: the number itself
  List,        ///< vector, array, deque, initializer_list, ArrayRef, ExpandingArray, ...
  Tuple,       ///< pair, tuple: a list of fixed size
  String,
  Map,         ///< map, unordered_map, OrderedDict
  Set,
  Optional,    ///< the value itself, or Null
  Variant,     ///< the value itself
  SmartPointer,///< shared_ptr, unique_ptr, weak_ptr, reference_wrapper
  Function,    ///< std::function
  Holder,      ///< derives from torch::nn::ModuleHolder
  AnyModule,   ///< AnyModule: a pointer to the module
  NamedAnyModule,
  Module,      ///< derives from torch::nn::Module
  Options,     ///< torch::nn::*Options: an object with fields
  TensorOptions,
  TensorIndex, ///< passes its value through
  Slice,
  Device,
  Iterator,
  Stream,
  Enum,        ///< torch::enumtype::kX: the string "X"
  Json,        ///< nlohmann::json: Null, a number, a string, a List or a Map
  JsonIterator,
  ProgramOptions, ///< parsed command line: variables_map, cxxopts::ParseResult, ...
};

/// "torch::nn::Conv2dImpl": inline and anonymous namespaces and template
/// arguments left out.
std::string qualifiedName(const clang::NamedDecl *D);

class TypeKinds {
  llvm::DenseMap<const clang::CXXRecordDecl *, TypeKind> Known;
  TypeKind classify(const clang::CXXRecordDecl *R);

public:
  /// at::Tensor, once a type of that name was met; else null.
  const clang::CXXRecordDecl *TensorClass = nullptr;
  TypeKind of(clang::QualType T);
  TypeKind of(const clang::CXXRecordDecl *R);
};

/// \p R or a base of it has that qualified name; returns the one that has.
const clang::CXXRecordDecl *findBase(const clang::CXXRecordDecl *R, llvm::StringRef Name);
/// The I-th template argument when it is a type; null type otherwise.
clang::QualType typeArgument(clang::QualType T, unsigned I);

} // namespace energy::interp
