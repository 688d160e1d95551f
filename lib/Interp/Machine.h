/// \file
/// The abstract machine: walks Clang's AST of the user's functions with
/// abstract values, and hands library calls to models of them. One machine
/// reconstructs one model. Split by what is evaluated: Expr, Operator, Stmt,
/// Call, Construct, Library (dispatch), Std*, Torch*. Errors never throw: an
/// expression that cannot be evaluated is Unknown with the reason, and what stops
/// a function (throw, a limit) sets Stop until something catches it.
#pragma once
#include "Frontend/ParsedUnit.h"
#include "Frontend/Project.h"
#include "Interp/Interpreter.h"
#include "Interp/Store.h"
#include "Interp/TypeKind.h"
#include "Torch/GraphBuilder.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/StringMap.h"
#include <set>

namespace energy::interp {

enum class Flow : uint8_t { Next, Break, Continue, Return, Stop };

/// One call of a function of the user's.
struct Frame {
  const clang::FunctionDecl *Function = nullptr;
  Frame *Caller = nullptr;
  Cell *This = nullptr;
  const Closure *Lambda = nullptr;
  llvm::DenseMap<const clang::ValueDecl *, Cell *> Locals;
  Value Returned;
  Cell *ReturnedPlace = nullptr;
  /// A return inside a branch whose condition is unknown: joined at the end.
  bool HasPending = false;
  Value Pending;
  UnknownId PendingWhy = UnknownId::None;
};

class Machine;

/// A call of a library function, with its arguments not yet evaluated.
class LibraryCall {
  Machine &M;
  std::vector<std::optional<Result>> Done;

public:
  const clang::Expr *E = nullptr; ///< the call expression
  const clang::FunctionDecl *Callee = nullptr;
  llvm::ArrayRef<const clang::Expr *> Args; ///< object argument of an operator not included
  Cell *This = nullptr; ///< of a method or member operator

  LibraryCall(Machine &M) : M(M) {}
  Machine &machine() { return M; }
  /// Number of arguments written (default arguments do not count).
  unsigned size() const { return static_cast<unsigned>(Args.empty() ? Done.size() : Args.size()); }
  const Result &result(unsigned I);
  Value arg(unsigned I);      ///< Null when absent
  Cell *place(unsigned I);
  std::optional<int64_t> integer(unsigned I);
  const Value &self() const { return This->V; }
  /// The arguments from \p First on, evaluated.
  std::vector<Value> values(unsigned First = 0);
  /// For a call whose arguments are values already.
  void setValues(std::vector<Result> Values);
};

using LibraryRule = Result (*)(LibraryCall &);
struct LibraryRow {
  llvm::StringLiteral Name; ///< qualified, without template arguments
  LibraryRule Rule;
};

class Machine {
public:
  Machine(frontend::Project &Project, frontend::ParsedUnit &Unit, const InterpOptions &Options,
          ModelGraph &Graph);

  frontend::Project &Project;
  frontend::ParsedUnit &Unit;
  const InterpOptions &Options;
  torch::GraphBuilder Builder;
  Store Mem;
  TypeKinds Kinds;
  Frame *Top = nullptr;

  /// \name Evaluating (Expr.cpp, Operator.cpp)
  /// @{
  Result eval(const clang::Expr *E);
  Value value(const clang::Expr *E) { return eval(E).value(); }
  Cell *place(const clang::Expr *E);
  Result evalOperator(const clang::Expr *E); ///< built-in operators
  Result evalRewritten(const clang::CXXRewrittenBinaryOperator *E);
  /// A condition: true, false, or the reason why it is unknown.
  std::variant<bool, UnknownId> condition(const clang::Expr *E);
  Value truth(const Value &V); ///< Bool or Unknown
  Value binary(clang::BinaryOperatorKind Op, const Value &L, const Value &R, clang::QualType T,
               const clang::Expr *E);
  Value convertNumber(const Value &V, clang::QualType To);
  /// @}

  /// \name Statements (Stmt.cpp)
  /// @{
  Flow exec(const clang::Stmt *S);
  void declare(const clang::VarDecl *V);
  /// @}

  /// \name Calls (Call.cpp)
  /// @{
  Result evalCall(const clang::CallExpr *E);
  /// A call that Clang could not resolve, as in code for another LibTorch: the
  /// candidate that fits the values.
  Result callUnresolved(const clang::Expr *Callee, llvm::ArrayRef<const clang::Expr *> Args,
                        const clang::Expr *E);
  /// Without trailing default arguments: the callee's declaration has them.
  std::vector<Result> evalArgs(llvm::ArrayRef<const clang::Expr *> Args);
  bool bindParameters(Frame &F, const clang::FunctionDecl *Fn, llvm::ArrayRef<Result> Args);
  /// Calls \p F with values; arguments left out take their C++ defaults.
  Result invoke(const clang::FunctionDecl *F, Cell *This, llvm::ArrayRef<Result> Args,
                const clang::Expr *E, const Closure *Lambda = nullptr);
  Result callValue(const Value &Callee, llvm::ArrayRef<Result> Args, const clang::Expr *E);
  /// The function that a virtual call on \p This reaches.
  const clang::CXXMethodDecl *dynamicTarget(const clang::CXXMethodDecl *F, Cell *This);
  /// The definition with a body, instantiated or parsed on demand; null if none.
  const clang::FunctionDecl *bodyOf(const clang::FunctionDecl *F);
  /// Runs forward() of the module in \p Module (an Object), layer or user's.
  Result forward(Cell *Module, llvm::ArrayRef<Result> Args, const clang::Expr *E);
  /// The method that the model is called by instead of forward(); empty when it has one.
  clang::DeclarationName Entry;
  clang::DeclarationName forwardName();
  /// The user's overloads of \p Name in the nearest class of \p O that has any.
  llvm::SmallVector<const clang::CXXMethodDecl *, 2> userMethods(const Object *O, clang::DeclarationName Name);
  /// Calls the model.
  Result enter(Object *Root, llvm::ArrayRef<Result> Args);
  /// LibTorch's own forward() of a layer, Sequential or Functional.
  Result libraryForward(Object *Module, llvm::ArrayRef<Result> Args, const clang::Expr *E);
  Result runSequential(Object *Module, llvm::ArrayRef<Result> Args, const clang::Expr *E);
  Value runLayer(Object *Layer, llvm::ArrayRef<Result> Args);
  /// @}

  /// \name Objects (Construct.cpp)
  /// @{
  Result construct(const clang::CXXConstructExpr *E);
  /// A value of type \p T made from constructor arguments.
  Value constructType(clang::QualType T, llvm::ArrayRef<Result> Args, const clang::Expr *E,
                      const clang::CXXConstructorDecl *Ctor = nullptr);
  Value constructObject(const clang::CXXRecordDecl *R, llvm::ArrayRef<Result> Args,
                        const clang::Expr *E, const clang::CXXConstructorDecl *Ctor = nullptr);
  Value defaultValue(clang::QualType T, const clang::Expr *E = nullptr);
  /// What `T()` is: numbers are zero.
  Value zeroValue(clang::QualType T);
  /// What a variable or member declared without an initialiser is: a number is unknown by name.
  Value valueAtDeclaration(const clang::ValueDecl *D);
  /// Runs a constructor (or default initialisation, when null) on \p O, bases first.
  void runConstructor(Object *O, const clang::CXXRecordDecl *R,
                      const clang::CXXConstructorDecl *Ctor, llvm::ArrayRef<Result> Args,
                      const clang::Expr *E);
  Value constructOptions(const clang::CXXRecordDecl *R, llvm::ArrayRef<Result> Args,
                         const clang::Expr *E, const clang::CXXConstructorDecl *Ctor);
  /// The constructor of \p R that the call \p E, which forwards its \p Count arguments
  /// (make_shared, a ModuleHolder), leads to; null when Clang finds none.
  const clang::CXXConstructorDecl *forwardedTo(const clang::CXXRecordDecl *R, size_t Count,
                                               const clang::Expr *E);
  const clang::CXXConstructorDecl *chooseConstructor(const clang::CXXRecordDecl *R,
                                                     llvm::ArrayRef<Result> Args);
  /// How well a value fits a parameter: 0 not at all, larger is better.
  int fit(const Value &V, clang::QualType Param);
  /// Adapts \p V to a parameter, variable or field of type \p T: wraps a number
  /// into a list for ExpandingArray, and so on.
  Value adapt(const Value &V, clang::QualType T);
  Cell *field(Object *O, const clang::FieldDecl *F);
  /// A class of the user's, derived from a ModuleHolder, that adds members or constructors: its
  /// values are objects. Any other holder (TORCH_MODULE) is only a pointer to its module.
  bool extendsHolder(const clang::CXXRecordDecl *R);
  /// Inserts unless the key is there; \p Item is null in a set.
  void mapInsert(Map *Into, const Value &Key, Cell *Item);
  /// @}

  /// \name Library (Library.cpp and the Std*, Torch* models)
  /// @{
  Result callLibrary(LibraryCall &C);
  /// An at::/torch:: function, Tensor method or operator by its ATen name.
  Result callOp(LibraryCall &C);
  Value callOp(llvm::StringRef Name, std::vector<NamedArg> Args);
  /// A method or index of \p Self: its result inherits what the layout allows.
  Value callOn(const Value &Self, llvm::StringRef Name, std::vector<NamedArg> Args);
  void trackLayout(const TensorBox *Self, llvm::ArrayRef<const TensorBox *> Operands, const Value &Out);
  /// A call of an operator that is not understood: recorded, result unknown.
  Result unknownCall(LibraryCall &C, const llvm::Twine &Why);
  /// What is passed by reference to a function that is not understood may have been written.
  void forgetOutputs(LibraryCall &C, UnknownId Why);
  ArgValue toArg(const Value &V);
  TensorArg toTensor(const Value &V);
  Value fromTensor(TensorArg T) { return Mem.tensor(std::move(T)); }
  /// Distributes flattened tensors into a value of the C++ type \p T.
  Value fromTensors(std::vector<TensorArg> Flat, clang::QualType T);
  Object *moduleOf(const Value &V); ///< the module object behind any handle, or null
  /// The options of a torch::nn layer as the layer rules want them.
  std::vector<NamedArg> layerOptions(Object *Layer);
  std::vector<NamedArg> optionArgs(const Value &Options);
  /// Makes \p O the library module of class \p Impl.
  void initLayer(Object *O, const clang::CXXRecordDecl *Impl, llvm::ArrayRef<Result> Args,
                 const clang::Expr *E);
  Value newLayer(const clang::CXXRecordDecl *Impl, llvm::ArrayRef<Result> Args,
                 const clang::Expr *E);
  /// Assignment: an object is overwritten in place, anything else replaced.
  void assign(Cell *To, const Value &From);
  Value newFunctional(Closure *F, llvm::ArrayRef<Result> Bound, const clang::Expr *E);
  Object *cloneModule(Object *Old);
  /// A child whose forward is unknown with \p Child's reason.
  void addUnknownChild(Object *Parent, llvm::StringRef Name, const Value &Child,
                       const clang::Expr *E);
  llvm::DenseMap<Object *, List *> ChildLists; ///< what begin() and end() iterate
  void addChild(Object *Parent, llvm::StringRef Name, const Value &Child);
  std::string textOf(const Value &V);
  /// @}

  /// \name Not knowing
  /// @{
  Value unknown(const llvm::Twine &Why, const clang::Expr *E = nullptr, llvm::StringRef Give = "");
  UnknownId unknownId(const llvm::Twine &Why, const clang::Expr *E = nullptr,
                      llvm::StringRef Give = "");
  UnknownId unknownAt(SourceSpan Place, const llvm::Twine &Why, llvm::StringRef Give = "");
  SourceSpan span(const clang::Expr *E);
  /// A value of another kind than the code needs: "<Why> <what it is>", or the reason
  /// why it is unknown.
  Value unexpected(const llvm::Twine &Why, const Value &V, const clang::Expr *E = nullptr);
  /// Says what Clang says about it: an API that moved, a class whose header is missing.
  Value doesNotCompile(clang::SourceRange Code);
  /// Whether \p V is initialised in the source by what does not compile, which its declaration lost.
  bool lostInitializer(const clang::VarDecl *V) const;
  /// Ends evaluation, with a reason. Returns Unknown.
  Value stop(const llvm::Twine &Why, const clang::Expr *E = nullptr);
  /// The same up to the next catch: the program or the library that it calls throws.
  Value throws(const llvm::Twine &Why, const clang::Expr *E);
  /// What the program computes here would throw: with the inputs that are tried, perhaps.
  Value impossible(const llvm::Twine &Why, const clang::Expr *E);
  bool stopped() const { return Stopped != UnknownId::None; }
  /// @}

  /// Functions of the user's that were to be run and have no body in the files read.
  std::vector<frontend::WantedDefinition> Undefined;
  void noteUndefined(const clang::FunctionDecl *F);
  UnknownId Stopped = UnknownId::None;
  llvm::DenseMap<std::pair<const clang::Expr *, const clang::CXXRecordDecl *>,
                 const clang::CXXConstructorDecl *> Forwarded;
  UnknownId Uninitialised = UnknownId::None; ///< made on first use
  bool StopIsLimit = false; ///< a limit: no catch clause continues after it
  bool StopIsThrow = false;
  /// Set while evaluating under a condition that is not known.
  UnknownId Condition = UnknownId::None;
  bool StopAtRejection = false; ///< inputs are being tried: what follows an error tells nothing
  uint64_t Steps = 0;
  uint64_t StepLimit = 0; ///< for this model, of what its file may take
  unsigned Depth = 0;
  /// Counts a step; false when the limit of work or of memory is reached.
  bool spend(const clang::Expr *E = nullptr);
  /// What the runs of this model cost so far, in steps: values and calls that were made count too.
  uint64_t work() const;

  llvm::DenseMap<const clang::VarDecl *, Cell *> Globals;
  Cell *global(const clang::VarDecl *V);
  /// Names and defaults of command-line options, filled by ProgramOptions.cpp.
  std::map<std::string, Value> ProgramOptions;
  Value programOption(llvm::StringRef Name, const clang::Expr *E);
  /// The text that --set gives; null when it gives none.
  const std::string *noteSetOption(llvm::StringRef Name);
  /// The text of an option as a value of the type that the program declares.
  Value optionAs(llvm::StringRef Text, clang::QualType To);
  Result countProgramOption(LibraryCall &C);
  /// What --set says about the variable, parameter or field \p Name.
  std::optional<Value> setting(llvm::StringRef Name, clang::QualType T);
  /// Whether the text of --set can say a value of this type.
  bool takesSetting(clang::QualType T);

  /// \name The first object of a class, and what its forward() is called with
  /// @{
  const clang::CXXRecordDecl *Watched = nullptr;
  Cell *WatchedObject = nullptr;
  std::vector<Value> WatchedArguments;
  bool WatchedCalled = false;
  void watchCall(const clang::FunctionDecl *F, Cell *This, llvm::ArrayRef<Result> Args);
  /// @}

  /// \name Places in functions that are not run (CallSite.cpp)
  /// While constructor arguments and inputs are read off a place, local variables
  /// of its function are evaluated on demand, as they are there.
  /// @{
  bool LazyLocals = false;
  clang::SourceLocation LazyUntil; ///< the place; invalid: the end of the function
  /// By variable and by how many statements changed it before the place.
  std::map<std::pair<const clang::VarDecl *, unsigned>, Cell *> LazyValues;
  llvm::DenseMap<const clang::VarDecl *, Cell *> LazyInProgress;
  std::set<const clang::Stmt *> LazyApplying;
  Cell *lazyLocal(const clang::VarDecl *V);
  void applyChange(const clang::Stmt *Change, Cell *C);
  /// What the program calls the function of \p P with; --set and then callers tell (Caller.cpp).
  Value parameterFromCaller(const clang::ParmVarDecl *P);
  /// The object of class \p R that the program makes, for `this` in a function that is not run.
  Value objectOfCaller(const clang::CXXRecordDecl *R, const clang::Expr *E);
  const frontend::SourceModel *Program = nullptr;
  unsigned CallerDepth = 0;
  llvm::DenseMap<const clang::CXXRecordDecl *, Cell *> OutsideObjects;
  /// @}
  /// Constructor arguments that no place in the source tells: from --set, or what the type
  /// alone says; the others are unknown, all with one reason that says what to give.
  std::vector<Result> argumentsFor(const clang::CXXConstructorDecl *Ctor, llvm::StringRef Model);
  /// The first variant, for a parameter whose type is an enumeration of the user's.
  std::optional<Value> firstEnumerator(const clang::ParmVarDecl *P);
  /// Replaces arguments that a place in the source leaves unknown, where --set or their type tells them.
  void fillUnknown(const clang::CXXConstructorDecl *Ctor, std::vector<Result> &Args);

  /// Runs \p Then and \p Else under an unknown condition and joins what they did.
  Flow fork(UnknownId Why, llvm::function_ref<Flow()> Then, llvm::function_ref<Flow()> Else);
  /// Gives every module its path from the root, in registration order.
  void nameModules(Object *Root);

private:
  llvm::DenseMap<const clang::FunctionDecl *, std::string> Names;
  llvm::DenseMap<const clang::FunctionDecl *, LibraryRule> Rules;

public:
  const std::string &nameOf(const clang::FunctionDecl *F);
  LibraryRule ruleFor(const clang::FunctionDecl *F);
};

/// The options class that a library module's constructor takes; null when none.
const clang::CXXRecordDecl *optionsClassOf(Machine &M, const clang::CXXRecordDecl *Impl);

/// While it lives the machine evaluates what stands at a place outside the model:
/// what LibTorch would reject there is unknown, not an error of the model.
class OutsideModel {
  Machine &M;
  bool Lazy;
  clang::SourceLocation Until;
  bool Judged;

public:
  OutsideModel(Machine &M, const clang::Expr *Place);
  ~OutsideModel();
  OutsideModel(const OutsideModel &) = delete;
  OutsideModel &operator=(const OutsideModel &) = delete;
};

/// Restores what a call changes for its duration.
class CallScope {
  Machine &M;
  Frame *Caller;
  energy::ModuleId Module;

public:
  CallScope(Machine &M, Frame &F) : M(M), Caller(M.Top), Module(M.Builder.module()) {
    F.Caller = Caller;
    M.Top = &F;
    ++M.Depth;
  }
  ~CallScope() {
    M.Top = Caller;
    M.Builder.setModule(Module);
    --M.Depth;
  }
  CallScope(const CallScope &) = delete;
  CallScope &operator=(const CallScope &) = delete;
};

/// Tables of library models, one per file.
llvm::ArrayRef<LibraryRow> containerRows();
llvm::ArrayRef<LibraryRow> handleRows();
llvm::ArrayRef<LibraryRow> stringRows();
llvm::ArrayRef<LibraryRow> utilityRows();
llvm::ArrayRef<LibraryRow> algorithmRows();
llvm::ArrayRef<LibraryRow> moduleRows();
llvm::ArrayRef<LibraryRow> registrationRows();
llvm::ArrayRef<LibraryRow> tensorRows();
llvm::ArrayRef<LibraryRow> indexRows(); ///< part of tensorRows()
llvm::ArrayRef<LibraryRow> programOptionRows();

/// Null when the parameter has none.
const clang::Expr *defaultArgument(const clang::ParmVarDecl *P);

} // namespace energy::interp
