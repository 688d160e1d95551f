// discover(): one walk over the user's declarations collects facts (classes, what
// each function constructs and calls), then the relations are computed from them.
#include "Frontend/SemaQueries.h"
#include "Frontend/SourceModel.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace energy::frontend {
namespace {
using clang::CXXRecordDecl;
using clang::FunctionDecl;
using ClassSet = llvm::SmallVector<const CXXRecordDecl *, 4>;

/// A template's members are those of its pattern: every instantiation counts as it.
const CXXRecordDecl *patternOf(const CXXRecordDecl *Class) {
  if (const CXXRecordDecl *Pattern = Class->getTemplateInstantiationPattern())
    Class = Pattern;
  return Class->getCanonicalDecl();
}
const FunctionDecl *patternOf(const FunctionDecl *F) {
  if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
    F = Pattern;
  return F->getCanonicalDecl();
}

/// What a function, or a class's member initialisers, constructs and calls.
struct Activity {
  ClassSet Constructs;
  llvm::SmallVector<const FunctionDecl *, 8> Calls;
};

struct SeenSite {
  const CXXRecordDecl *Class;
  ConstructionSite Site;
};
struct SeenCall {
  const CXXRecordDecl *Class;
  CallSite Site;
};
struct SeenVariable {
  const clang::VarDecl *Variable;
  const CXXRecordDecl *Module;
  const FunctionDecl *Function;
};

struct Facts {
  std::vector<const CXXRecordDecl *> Classes; ///< module classes: definitions, patterns
  llvm::DenseMap<const CXXRecordDecl *, ClassSet> Instantiations;       ///< by pattern
  llvm::DenseMap<const CXXRecordDecl *, const CXXRecordDecl *> Holders; ///< by module pattern
  llvm::MapVector<const FunctionDecl *, Activity> Functions;            ///< by pattern
  llvm::MapVector<const CXXRecordDecl *, Activity> Initialisers;        ///< by class pattern
  std::vector<SeenSite> Sites;
  std::vector<SeenCall> Calls;
  std::vector<SeenVariable> Variables;
  std::vector<UserCall> UserCalls;
  std::vector<const FunctionDecl *> Bodies; ///< user's functions with a body
};

const clang::Expr *bare(const clang::Expr *E) {
  while (E) {
    const clang::Expr *Next = E->IgnoreUnlessSpelledInSource()->IgnoreImplicit();
    if (auto *Cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(Next))
      Next = Cast->getSubExpr();
    if (Next == E)
      return E;
    E = Next;
  }
  return E;
}

/// The variable that `net` in `net->f()`, `net(x)`, `(*net).f()` names.
const clang::VarDecl *objectVariable(const clang::Expr *E) {
  for (unsigned I = 0; E && I < 8; ++I) {
    E = E->IgnoreParenImpCasts();
    if (auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(E))
      return llvm::dyn_cast<clang::VarDecl>(Ref->getDecl());
    if (auto *Operator = llvm::dyn_cast<clang::CXXOperatorCallExpr>(E)) {
      if (Operator->getNumArgs() == 0)
        return nullptr;
      E = Operator->getArg(0);
    } else if (auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E)) {
      E = Unary->getSubExpr();
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

class FactCollector : public clang::RecursiveASTVisitor<FactCollector> {
public:
  FactCollector(ParsedUnit &Unit, Facts &Out) : Unit(Unit), Out(Out) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return false; }

  bool TraverseDecl(clang::Decl *D) {
    auto *F = llvm::dyn_cast_or_null<FunctionDecl>(D);
    auto *Class = llvm::dyn_cast_or_null<CXXRecordDecl>(D);
    const FunctionDecl *OuterFunction = Function;
    const CXXRecordDecl *OuterRecord = Record;
    if (F) {
      Function = F;
      auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(F);
      Record = Method ? Method->getParent() : nullptr;
    } else if (Class) {
      Function = nullptr;
      Record = Class;
    }
    bool Result = RecursiveASTVisitor::TraverseDecl(D);
    Function = OuterFunction;
    Record = OuterRecord;
    return Result;
  }

  bool VisitCXXRecordDecl(CXXRecordDecl *Class) {
    if (!Class->isThisDeclarationADefinition() || Class->isLambda() || !Class->getIdentifier())
      return true;
    if (const CXXRecordDecl *Module = heldModule(Class)) {
      Out.Holders.try_emplace(patternOf(Module), Class);
      return true;
    }
    if (!isModuleClass(Class))
      return true;
    if (llvm::isa<clang::ClassTemplateSpecializationDecl>(Class) &&
        !llvm::isa<clang::ClassTemplatePartialSpecializationDecl>(Class))
      Out.Instantiations[patternOf(Class)].push_back(Class);
    if (patternOf(Class) == Class->getCanonicalDecl())
      Out.Classes.push_back(Class);
    return true;
  }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (F->doesThisDeclarationHaveABody() && !F->isTemplateInstantiation())
      Out.Bodies.push_back(F);
    return true;
  }

  bool VisitVarDecl(clang::VarDecl *Variable) {
    if (const clang::Expr *Init = bare(Variable->getInit()))
      InitialisedBy[Init] = Variable;
    if (!llvm::isa<clang::ParmVarDecl>(Variable))
      if (const CXXRecordDecl *Module = moduleOf(Variable->getType()))
        Out.Variables.push_back({Variable, Module, Function});
    return true;
  }

  bool VisitCXXConstructExpr(clang::CXXConstructExpr *E) {
    const clang::CXXConstructorDecl *Constructor = E->getConstructor();
    const CXXRecordDecl *Class = Constructor->getParent();
    activity().Calls.push_back(patternOf(Constructor));
    if (Constructor->isCopyOrMoveConstructor())
      return true;
    if (const CXXRecordDecl *Module = heldModule(Class)) {
      // ModuleHolder(nullptr) is empty, ModuleHolder(shared_ptr) holds what exists.
      if (!wrapsExisting(E, Module))
        addSite(Module, E, {E->getArgs(), E->getNumArgs()});
    } else if (isModuleClass(Class)) {
      addSite(Class, E, {E->getArgs(), E->getNumArgs()});
    } else {
      addUserCall(Constructor, E, {E->getArgs(), E->getNumArgs()});
    }
    return true;
  }

  bool VisitCallExpr(clang::CallExpr *E) {
    const FunctionDecl *Callee = E->getDirectCallee();
    if (!Callee)
      return true;
    if (Unit.isUserDecl(Callee))
      activity().Calls.push_back(patternOf(Callee));
    if (const CXXRecordDecl *Made = madeClass(Callee))
      addMade(Made, E);
    auto *Operator = llvm::dyn_cast<clang::CXXOperatorCallExpr>(E);
    bool TakesObject = Operator && llvm::isa<clang::CXXMethodDecl>(Callee);
    addUserCall(Callee, E, llvm::ArrayRef(E->getArgs(), E->getNumArgs()).drop_front(TakesObject));
    addModuleCall(E, Callee);
    return true;
  }

private:
  ParsedUnit &Unit;
  Facts &Out;
  const FunctionDecl *Function = nullptr;
  const CXXRecordDecl *Record = nullptr;
  llvm::DenseMap<const clang::Expr *, const clang::VarDecl *> InitialisedBy;

  Activity &activity() {
    if (Function)
      return Out.Functions[patternOf(Function)];
    return Out.Initialisers[Record ? patternOf(Record) : nullptr];
  }
  bool insideModule() const { return Record && isModuleClass(Record); }

  static bool wrapsExisting(const clang::CXXConstructExpr *E, const CXXRecordDecl *Module) {
    if (E->getNumArgs() != 1)
      return false;
    clang::QualType Type = E->getArg(0)->getType();
    const CXXRecordDecl *Given = moduleOf(Type);
    return Type->isNullPtrType() || (Given && patternOf(Given) == patternOf(Module));
  }

  /// The class that make_shared or make_unique constructs.
  static const CXXRecordDecl *madeClass(const FunctionDecl *Callee) {
    if (!Callee->getIdentifier() || !Callee->isInStdNamespace() ||
        (Callee->getName() != "make_shared" && Callee->getName() != "make_unique"))
      return nullptr;
    const clang::TemplateArgumentList *Arguments = Callee->getTemplateSpecializationArgs();
    if (!Arguments || Arguments->size() == 0 ||
        Arguments->get(0).getKind() != clang::TemplateArgument::Type)
      return nullptr;
    return Arguments->get(0).getAsType()->getAsCXXRecordDecl();
  }

  /// Which of its constructors is called shows only in the library's code.
  void addMade(const CXXRecordDecl *Class, clang::CallExpr *E) {
    const CXXRecordDecl *Module = heldModule(Class);
    if (Module || isModuleClass(Class))
      addSite(Module ? Module : Class, E, {E->getArgs(), E->getNumArgs()});
    else if (Unit.isUserDecl(Class) && Class->hasDefinition())
      for (const clang::CXXConstructorDecl *Constructor : Class->getDefinition()->ctors())
        if (!Constructor->isImplicit() && !Constructor->isDeleted()) {
          activity().Calls.push_back(patternOf(Constructor));
          if (takes(Constructor, E->getNumArgs()))
            addUserCall(Constructor, E, {E->getArgs(), E->getNumArgs()});
        }
  }

  static bool takes(const clang::CXXConstructorDecl *Constructor, unsigned Count) {
    return !Constructor->isCopyOrMoveConstructor() && Count >= Constructor->getMinRequiredArguments() &&
           (Count <= Constructor->getNumParams() || Constructor->isVariadic());
  }

  void addSite(const CXXRecordDecl *Module, const clang::Expr *E,
               llvm::ArrayRef<const clang::Expr *> Arguments) {
    activity().Constructs.push_back(patternOf(Module));
    if (insideModule() || E->isTypeDependent())
      return;
    ConstructionSite Site;
    Site.Construction = E;
    for (const clang::Expr *Argument : Arguments)
      if (!llvm::isa<clang::CXXDefaultArgExpr>(Argument))
        Site.Arguments.push_back(Argument);
    Site.Function = Function;
    Site.Variable = InitialisedBy.lookup(E);
    Site.Location = Unit.span(E->getBeginLoc());
    Out.Sites.push_back({patternOf(Module), std::move(Site)});
  }

  void addUserCall(const FunctionDecl *Callee, const clang::Expr *E,
                   llvm::ArrayRef<const clang::Expr *> Arguments) {
    if (insideModule() || E->isTypeDependent() || !Unit.isUserDecl(Callee))
      return;
    UserCall Call{Callee, E, {}};
    for (const clang::Expr *Argument : Arguments)
      if (!llvm::isa<clang::CXXDefaultArgExpr>(Argument))
        Call.Arguments.push_back(Argument);
    Out.UserCalls.push_back(std::move(Call));
  }

  void addModuleCall(clang::CallExpr *E, const FunctionDecl *Callee) {
    if (insideModule() || E->isTypeDependent())
      return;
    const clang::Expr *Object = nullptr;
    auto *Operator = llvm::dyn_cast<clang::CXXOperatorCallExpr>(E);
    if (auto *Member = llvm::dyn_cast<clang::CXXMemberCallExpr>(E)) {
      if (callsForward(E) || Unit.isUserDecl(Callee))
        Object = Member->getImplicitObjectArgument();
    } else if (Operator && Operator->getOperator() == clang::OO_Call && E->getNumArgs() > 0) {
      Object = E->getArg(0);
    }
    const CXXRecordDecl *Module = Object ? moduleOf(Object->getType()) : nullptr;
    if (Module)
      Out.Calls.push_back(
          {patternOf(Module), {E, Function, objectVariable(Object), Unit.span(E->getBeginLoc())}});
  }
};

/// Turns facts into the model.
class ModelBuilder {
public:
  ModelBuilder(ParsedUnit &Unit, Facts &Seen) : Unit(Unit), Seen(Seen) {}

  SourceModel run() {
    for (const CXXRecordDecl *Class : Seen.Classes)
      addClass(Class);
    for (unsigned I = 0; I < Model.Classes.size(); ++I)
      relate(I);
    for (const SeenSite &S : Seen.Sites)
      if (ModuleClass *C = classOf(S.Class))
        C->Constructions.push_back(S.Site);
    for (const SeenCall &S : Seen.Calls)
      if (ModuleClass *C = classOf(S.Class); C && isEntered(*C, S.Site.Call))
        C->Calls.push_back(S.Site);
    releaseParts();
    breakCycles();
    addFunctions();
    addVariables();
    Model.Calls = std::move(Seen.UserCalls);
    return std::move(Model);
  }

private:
  ParsedUnit &Unit;
  Facts &Seen;
  SourceModel Model;
  llvm::DenseMap<const CXXRecordDecl *, unsigned> IndexOf; ///< by pattern
  llvm::SmallPtrSet<const FunctionDecl *, 32> UsedByModules;

  ModuleClass *classOf(const CXXRecordDecl *Class) {
    auto It = IndexOf.find(patternOf(Class));
    return It == IndexOf.end() ? nullptr : &Model.Classes[It->second];
  }

  void addClass(const CXXRecordDecl *Class) {
    if (!IndexOf.try_emplace(patternOf(Class), Model.Classes.size()).second)
      return;
    ModuleClass C;
    C.Decl = Class;
    C.Template = Class->getDescribedClassTemplate();
    C.Name = Class->getQualifiedNameAsString();
    C.Location = Unit.span(Class->getLocation());
    C.IsAbstract = Class->isAbstract();
    C.InMainFile = Unit.isMainFile(Class->getLocation());
    if (const CXXRecordDecl *Holder = Seen.Holders.lookup(patternOf(Class))) {
      C.Holder = Holder;
      C.HolderName = Holder->getQualifiedNameAsString();
    }
    for (const CXXRecordDecl *Instance : Seen.Instantiations.lookup(patternOf(Class)))
      C.Instantiations.push_back(Instance);
    addMethods(C);
    Model.Classes.push_back(std::move(C));
  }

  void addMethods(ModuleClass &C) {
    for (const clang::CXXConstructorDecl *K : C.Decl->ctors())
      if (!K->isCopyOrMoveConstructor() && !K->isImplicit() && !K->isDeleted())
        C.Constructors.push_back(K);
    for (const clang::Decl *D : C.Decl->decls())
      if (auto *Template = llvm::dyn_cast<clang::FunctionTemplateDecl>(D))
        if (auto *K = llvm::dyn_cast<clang::CXXConstructorDecl>(Template->getTemplatedDecl()))
          C.Constructors.push_back(K);
    C.HasDefaultConstructor = C.Constructors.empty() ||
                              llvm::any_of(C.Constructors, [](const clang::CXXConstructorDecl *K) {
                                return K->getMinRequiredArguments() == 0;
                              });
    for (const clang::CXXMethodDecl *M : C.Decl->methods()) {
      bool Written = !M->isImplicit() && !M->isDefaulted() && !M->isDeleted();
      if (Written && !M->isPureVirtual() && !M->isDefined())
        C.LacksDefinitions = true;
      const FunctionDecl *Definition = M->getDefinition();
      if (Definition && Written && Unit.isMainFile(Definition->getLocation()))
        C.InMainFile = true;
    }
    addForwards(C, C.Decl, 0);
    if (C.Forwards.empty() && !C.IsSequential)
      C.Entries = findEntries(Unit, C);
  }

  /// \p Call is one of forward() or of an entry.
  static bool isEntered(const ModuleClass &C, const clang::CallExpr *Call) {
    return C.Entries.empty() ? callsForward(Call) : llvm::any_of(C.Entries, [&](const clang::CXXMethodDecl *M) {
      return M->getDeclName() == Call->getDirectCallee()->getDeclName();
    });
  }

  /// The class's own forwards, else those of its nearest user-written base.
  void addForwards(ModuleClass &C, const CXXRecordDecl *From, unsigned Depth) {
    if (!From || !(From = From->getDefinition()) || Depth > 16)
      return;
    if (From->getIdentifier() && From->getName() == "SequentialImpl" && !Unit.isUserDecl(From))
      C.IsSequential = true;
    if (!Unit.isUserDecl(From) || !C.Forwards.empty())
      return;
    auto Add = [&](const clang::Decl *D) {
      auto *M = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(D);
      if (M && M->getIdentifier() && M->getName() == "forward")
        C.Forwards.push_back(M);
    };
    for (const clang::Decl *D : From->decls()) {
      auto *Template = llvm::dyn_cast<clang::FunctionTemplateDecl>(D);
      Add(Template ? Template->getTemplatedDecl() : D);
    }
    if (!C.Forwards.empty())
      return;
    for (const clang::CXXBaseSpecifier &Base : From->bases()) {
      const CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl();
      if (!Class)
        if (auto *Special = Base.getType()->getAs<clang::TemplateSpecializationType>())
          if (auto *Template = Special->getTemplateName().getAsTemplateDecl())
            Class = llvm::dyn_cast_or_null<CXXRecordDecl>(Template->getTemplatedDecl());
      addForwards(C, Class, Depth + 1);
    }
  }

  /// What class \p Index holds and constructs, and which classes it derives from.
  void relate(unsigned Index) {
    llvm::SmallVector<const CXXRecordDecl *, 8> Parts;
    std::vector<const CXXRecordDecl *> Definitions = {Model.Classes[Index].Decl};
    llvm::append_range(Definitions, Model.Classes[Index].Instantiations);
    llvm::SmallVector<const FunctionDecl *, 16> Work;
    for (const CXXRecordDecl *Class : Definitions) {
      for (const clang::FieldDecl *Field : Class->fields())
        modulesIn(Field->getType(), Parts);
      for (const clang::CXXBaseSpecifier &Base : Class->bases())
        addBase(Index, Base.getType()->getAsCXXRecordDecl());
    }
    const CXXRecordDecl *Pattern = patternOf(Model.Classes[Index].Decl);
    if (auto It = Seen.Initialisers.find(Pattern); It != Seen.Initialisers.end()) {
      llvm::append_range(Parts, It->second.Constructs);
      llvm::append_range(Work, It->second.Calls);
    }
    for (auto &Entry : Seen.Functions) {
      auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(Entry.first);
      if (Method && patternOf(Method->getParent()) == Pattern)
        Work.push_back(Entry.first);
    }
    follow(Work, Parts, Model.Classes[Index]);
    for (const CXXRecordDecl *Part : Parts) {
      auto It = IndexOf.find(patternOf(Part));
      bool Related = derivesFrom(Part, Pattern) || derivesFrom(Pattern, patternOf(Part));
      if (It != IndexOf.end() && It->second != Index && !Related &&
          !llvm::is_contained(Model.Classes[It->second].ContainedIn, Index))
        Model.Classes[It->second].ContainedIn.push_back(Index);
    }
  }

  /// A base that constructs what derives from it (`Cloneable<Net>`'s clone, a factory
  /// method) is not what contains it, nor is a class what contains its base.
  bool derivesFrom(const CXXRecordDecl *Class, const CXXRecordDecl *Pattern) {
    Class = Class->getDefinition();
    return Class && llvm::any_of(Class->bases(), [&](const clang::CXXBaseSpecifier &Base) {
      const CXXRecordDecl *From = Base.getType()->getAsCXXRecordDecl();
      return From && (patternOf(From) == Pattern || derivesFrom(From, Pattern));
    });
  }

  /// Adds what the functions in \p Work, and those they call, construct. Stops at
  /// the methods of other module classes: their parts are theirs.
  void follow(llvm::SmallVectorImpl<const FunctionDecl *> &Work,
              llvm::SmallVectorImpl<const CXXRecordDecl *> &Parts, ModuleClass &Self) {
    llvm::SmallPtrSet<const FunctionDecl *, 32> Done;
    while (!Work.empty()) {
      const FunctionDecl *F = Work.pop_back_val();
      auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(F);
      bool Foreign =
          Method && isModuleClass(Method->getParent()) && patternOf(Method->getParent()) != patternOf(Self.Decl);
      if (Foreign || !Done.insert(F).second)
        continue;
      UsedByModules.insert(F);
      if (!F->isDefined() && Unit.isUserDecl(F) && !F->isImplicit())
        Self.UndefinedHelpers.push_back(F);
      auto It = Seen.Functions.find(F);
      if (It == Seen.Functions.end())
        continue;
      llvm::append_range(Parts, It->second.Constructs);
      llvm::append_range(Work, It->second.Calls);
    }
    llvm::sort(Self.UndefinedHelpers, [](const FunctionDecl *A, const FunctionDecl *B) {
      return A->getLocation() < B->getLocation();
    });
  }

  void addBase(unsigned Index, const CXXRecordDecl *Base) {
    ModuleClass *C = Base ? classOf(Base) : nullptr;
    if (!C)
      return;
    C->IsBase = true;
    auto Number = static_cast<unsigned>(C - Model.Classes.data());
    if (!llvm::is_contained(Model.Classes[Index].DerivedFrom, Number))
      Model.Classes[Index].DerivedFrom.push_back(Number);
  }

  /// Marks what \p Outer contains, directly or not, and is not marked yet.
  void markParts(unsigned Outer, std::vector<bool> &Marked) {
    for (unsigned I = 0; I < Model.Classes.size(); ++I)
      if (!Marked[I] && llvm::is_contained(Model.Classes[I].ContainedIn, Outer)) {
        Marked[I] = true;
        markParts(I, Marked);
      }
  }

  /// What only modules contain that nothing calls, such as a pair of networks that are trained
  /// together, is called itself.
  void releaseParts() {
    std::vector<bool> Within(Model.Classes.size());
    for (unsigned I = 0; I < Model.Classes.size(); ++I)
      if (Model.Classes[I].isCallable())
        markParts(I, Within);
    for (unsigned I = 0; I < Model.Classes.size(); ++I)
      if (!Within[I])
        Model.Classes[I].ContainedIn.clear();
  }

  /// Classes that only contain each other have no root: the one constructed outside,
  /// else the first in the source, becomes one.
  void breakCycles() {
    std::vector<bool> Reached(Model.Classes.size());
    auto Reach = [&](unsigned From) {
      Reached[From] = true;
      markParts(From, Reached);
    };
    for (unsigned I = 0; I < Model.Classes.size(); ++I)
      if (Model.Classes[I].ContainedIn.empty())
        Reach(I);
    for (bool WantConstructed : {true, false})
      for (unsigned I = 0; I < Model.Classes.size(); ++I) {
        if (Reached[I] || (WantConstructed && Model.Classes[I].Constructions.empty()))
          continue;
        Model.Classes[I].ContainedIn.clear();
        Reach(I);
      }
  }

  void addFunctions() {
    for (const FunctionDecl *F : Seen.Bodies) {
      auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(F);
      if (F->isMain() || (Method && (!Method->isStatic() || isModuleClass(Method->getParent()))) ||
          !moduleOf(F->getReturnType()))
        continue;
      Model.Functions.push_back({F, F->getQualifiedNameAsString(), Unit.span(F->getLocation()),
                                 UsedByModules.contains(patternOf(F))});
    }
  }

  /// `auto *conv = module->as<Conv2d>()`: a part of a model, seen as its class.
  static bool looksAtExisting(const clang::Stmt *Init) {
    if (!Init)
      return false;
    if (llvm::isa<clang::CXXDynamicCastExpr>(Init))
      return true;
    const auto *Call = llvm::dyn_cast<clang::CallExpr>(Init);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (Callee && Callee->getIdentifier() &&
        llvm::is_contained({"as", "dynamic_pointer_cast", "static_pointer_cast"}, Callee->getName()))
      return true;
    if (const auto *Construct = llvm::dyn_cast<clang::CXXConstructExpr>(Init); Construct && Construct->getNumArgs() == 1)
      if (const auto *Given = llvm::dyn_cast<clang::DeclRefExpr>(Construct->getArg(0)->IgnoreImplicit()))
        return moduleOf(Given->getType()) != nullptr;
    return llvm::any_of(Init->children(), looksAtExisting);
  }

  /// A function from tensors to tensors is an operation, and a layer that it makes a part of that.
  static bool isOperation(const FunctionDecl *F) {
    auto IsTensor = [](clang::QualType T) {
      const CXXRecordDecl *Class = T.getNonReferenceType()->getAsCXXRecordDecl();
      return Class && Class->getIdentifier() && Class->getName() == "Tensor";
    };
    return IsTensor(F->getReturnType()) && llvm::any_of(F->parameters(), [&](const clang::ParmVarDecl *P) {
      return IsTensor(P->getType());
    });
  }

  void addVariables() {
    for (const SeenVariable &S : Seen.Variables) {
      bool OfUser = classOf(S.Module) || Unit.isUserDecl(S.Module);
      llvm::StringRef Type = S.Module->getIdentifier() ? S.Module->getName() : "";
      Type.consume_back("Impl");
      auto *Method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(S.Function);
      bool InModule = Method && isModuleClass(Method->getParent());
      bool Helper = S.Function && (UsedByModules.contains(patternOf(S.Function)) || isOperation(S.Function) ||
                                   moduleOf(S.Function->getReturnType()));
      bool Plain = S.Variable->hasLocalStorage() || S.Variable->isFileVarDecl();
      if (OfUser || InModule || Helper || !Plain || Type == "Module" || Type.ends_with("Loss") ||
          S.Variable->getType()->isReferenceType() || looksAtExisting(S.Variable->getInit()))
        continue;
      ModelVariable V{S.Variable,
                      S.Variable->getNameAsString(),
                      Type.str(),
                      Unit.span(S.Variable->getLocation()),
                      {}};
      for (const SeenCall &Call : Seen.Calls)
        if (Call.Site.Variable == S.Variable)
          V.Calls.push_back(Call.Site);
      Model.Variables.push_back(std::move(V));
    }
  }
};

} // namespace

SourceModel discover(ParsedUnit &Unit) {
  completeModuleTemplates(Unit);
  Facts Seen;
  FactCollector Collector(Unit, Seen);
  for (clang::Decl *D : Unit.userDecls())
    Collector.TraverseDecl(D);
  return ModelBuilder(Unit, Seen).run();
}

} // namespace energy::frontend
