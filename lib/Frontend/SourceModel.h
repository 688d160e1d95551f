/// \file
/// Which modules a unit defines, before anything is interpreted: classes derived
/// from torch::nn::Module, where they are constructed and called, which contain
/// which, and the functions and variables that are models themselves.
/// Refers to the AST of one ParsedUnit and lives no longer than it.
#pragma once
#include "Frontend/ParsedUnit.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

namespace energy::frontend {

/// A place that constructs a module: `Net(10)`, `std::make_shared<NetImpl>(10)`,
/// `new NetImpl(10)`, `Net net(10);`, `Net net;`.
struct ConstructionSite {
  /// A CXXConstructExpr, or the call of make_shared/make_unique.
  const clang::Expr *Construction = nullptr;
  /// The constructor's arguments as written.
  llvm::SmallVector<const clang::Expr *, 4> Arguments;
  const clang::FunctionDecl *Function = nullptr; ///< it stands in; null: at file scope
  const clang::VarDecl *Variable = nullptr;      ///< initialised by it, if any
  SourceSpan Location;
};

/// `net->forward(x)`, `net(x)` or a call of an entry, outside any module.
struct CallSite {
  const clang::CallExpr *Call = nullptr;
  const clang::FunctionDecl *Function = nullptr;
  const clang::VarDecl *Variable = nullptr; ///< called on, if it is a plain variable
  SourceSpan Location;
};

/// A call of a function of the user's outside module classes, or the construction of an
/// object of a class that is no module (Callee: its constructor).
struct UserCall {
  const clang::FunctionDecl *Callee = nullptr;
  const clang::Expr *Call = nullptr;
  llvm::SmallVector<const clang::Expr *, 4> Arguments; ///< as written
};

struct ModuleClass {
  const clang::CXXRecordDecl *Decl = nullptr; ///< the definition; a template's pattern
  const clang::ClassTemplateDecl *Template = nullptr;
  /// Complete instantiations of Template in this unit.
  llvm::SmallVector<const clang::CXXRecordDecl *, 2> Instantiations;
  std::string Name;       ///< qualified: "models::VGGImpl"
  std::string HolderName; ///< qualified, "models::VGG" made by TORCH_MODULE; or empty
  const clang::CXXRecordDecl *Holder = nullptr;
  SourceSpan Location;
  llvm::SmallVector<const clang::CXXConstructorDecl *, 2> Constructors; ///< not copy or move
  /// Methods named forward, overloads and inherited user-written ones included.
  llvm::SmallVector<const clang::CXXMethodDecl *, 2> Forwards;
  /// Without a forward: the public methods that take tensors through layers and return
  /// tensors, one of each name, and each a model of its own ("Agent::getValue").
  llvm::SmallVector<const clang::CXXMethodDecl *, 2> Entries;
  bool HasDefaultConstructor = false; ///< constructible without arguments
  bool IsAbstract = false;            ///< has pure virtual methods
  bool IsSequential = false;          ///< derives from SequentialImpl: forward is LibTorch's
  /// The body of a constructor or forward is in no file parsed so far.
  bool LacksDefinitions = false;
  /// Functions of the user's that it uses and that have no body here, in source order.
  std::vector<const clang::FunctionDecl *> UndefinedHelpers;
  std::vector<unsigned> ContainedIn;           ///< indices into SourceModel::Classes
  std::vector<unsigned> DerivedFrom;           ///< user's module classes that are bases
  std::vector<ConstructionSite> Constructions; ///< outside modules
  std::vector<CallSite> Calls;                 ///< outside modules
  bool InMainFile = false;                     ///< defined or implemented in the file given
  bool IsBase = false;                         ///< another module class of the user derives from it

  /// "VGG" of "models::VGG"/"models::VGGImpl": what --model and messages use.
  std::string displayName() const;
  /// It has a forward or other entries.
  bool isCallable() const { return !Forwards.empty() || IsSequential || !Entries.empty(); }
  /// No file that was read defines its forward or constructs it: it is not in use.
  bool isOnlyDeclared() const;
  /// Nothing callable contains it, it is callable, and it is neither abstract, nor a base
  /// class that nobody constructs, nor a template that nobody instantiates.
  bool isRoot() const;
};

/// A free or static function that returns a module (`Sequential make_net()`).
struct ModelFunction {
  const clang::FunctionDecl *Decl = nullptr;
  std::string Name;
  SourceSpan Location;
  bool CalledByModule = false; ///< a helper of a module class: not a model itself
};

/// A variable outside module classes whose type is a LibTorch module:
/// `torch::nn::Sequential net(...)` in main.
struct ModelVariable {
  const clang::VarDecl *Decl = nullptr;
  std::string Name;
  std::string Type; ///< "Sequential"
  SourceSpan Location;
  std::vector<CallSite> Calls;
};

struct SourceModel {
  std::vector<ModuleClass> Classes; ///< in source order
  std::vector<ModelFunction> Functions;
  std::vector<ModelVariable> Variables;
  std::vector<UserCall> Calls; ///< in source order

  /// By class name, holder name, or the last part of either; null when absent.
  const ModuleClass *find(llvm::StringRef Name) const;
  const ModuleClass *find(const clang::CXXRecordDecl *Class) const;
  /// Namespaces that hold module classes, for ParsedUnit::expression().
  std::vector<std::string> namespaces() const;
};

SourceModel discover(ParsedUnit &Unit);

/// Instantiates the members of the user's module templates.
void completeModuleTemplates(ParsedUnit &Unit);
/// ModuleClass::Entries of a class without a forward.
llvm::SmallVector<const clang::CXXMethodDecl *, 2> findEntries(ParsedUnit &Unit, const ModuleClass &C);

/// `net->forward(x)` or `net(x)`.
bool callsForward(const clang::CallExpr *Call);

/// Derives from torch::nn::Module (or is it).
bool isModuleClass(const clang::CXXRecordDecl *Class);
/// For ModuleHolder<T> or a class derived from it: T; else null.
const clang::CXXRecordDecl *heldModule(const clang::CXXRecordDecl *Class);
/// The module that a value of \p Type is or refers to: a module class, a holder, a
/// pointer, reference or smart pointer to one; null otherwise.
const clang::CXXRecordDecl *moduleOf(clang::QualType Type);
/// Every module class that a value of \p Type holds, through containers, tuples,
/// pointers and plain structs; appended to \p Out.
void modulesIn(clang::QualType Type, llvm::SmallVectorImpl<const clang::CXXRecordDecl *> &Out);

} // namespace energy::frontend
