#include "Interp/Interpreter.h"
#include "Interp/Input.h"
#include "Interp/Machine.h"
#include "Interp/Prune.h"
#include "clang/AST/ASTContext.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

/// What is to be reconstructed: a class with constructor arguments, or an expression.
struct Target : CalledModel {
  const Expr *Expression = nullptr;
  const FunctionDecl *Function = nullptr;
  /// Class is a part of this model: the part is what is reconstructed.
  const frontend::ModuleClass *Container = nullptr;
  std::string Name, Text;
};

/// The entry that stands for a class without forward().
DeclarationName firstEntry(const frontend::ModuleClass &C) {
  return C.Entries.empty() ? DeclarationName() : C.Entries.front()->getDeclName();
}

/// \p T, or a target for each of its entries when its class has no forward().
std::vector<Target> byEntry(const Target &T) {
  if (!T.Class || T.Class->Entries.empty() || T.Entry)
    return {T};
  std::vector<Target> Targets(T.Class->Entries.size(), T);
  for (auto [Each, Method] : llvm::zip(Targets, T.Class->Entries)) {
    Each.Entry = Method->getDeclName();
    Each.Name += "::" + Method->getNameAsString();
    Each.Text += "::" + Method->getNameAsString();
  }
  return Targets;
}

/// Values computed up to here are data for what follows.
void endConstruction(ModelGraph &G) {
  for (ValueInfo &V : G.Values)
    if (V.From == ValueInfo::Origin::Result)
      V.From = ValueInfo::Origin::Constant;
  G.Calls.clear();
  for (Unknown &U : G.Unknowns) // no call of the model
    U.HidesCalls = 0;
}

void eraseOtherUnknowns(ModelGraph &G, UnknownId Stop) {
  const Unknown *Kept = &G.unknown(Stop);
  std::vector<Unknown> Rest;
  UnknownId NewStop = UnknownId::None;
  for (Unknown &U : G.Unknowns)
    if (&U == Kept || !U.Give.empty()) {
      if (&U == Kept)
        NewStop = UnknownId(Rest.size());
      Rest.push_back(std::move(U));
    }
  G.Unknowns = std::move(Rest);
  for (ModuleNode &N : G.Modules) // sizes that are not known now have this reason
    for (Parameter &P : N.Parameters)
      if (P.Value.Unknown != UnknownId::None)
        P.Value.Unknown = NewStop;
}

/// The modules that are the root's or that a call runs in, and those around them.
std::vector<bool> neededModules(const ModelGraph &G) {
  std::vector<bool> Needed(G.Modules.size());
  for (uint32_t I = 0; I < G.Modules.size(); ++I)
    Needed[I] = G.Modules[I].Registered;
  for (const OpCall &C : G.Calls)
    for (auto I = static_cast<uint32_t>(C.Module); !Needed[I];
         I = static_cast<uint32_t>(G.Modules[I].Parent))
      Needed[I] = true;
  return Needed;
}

/// Puts the root first, gives modules that nothing registers a readable path, and
/// drops those that belong to something else of the program.
void orderModules(ModelGraph &G, Machine &M, Object *Root) {
  for (ModuleNode &N : G.Modules)
    N.Registered = false;
  M.nameModules(Root);
  std::vector<bool> Needed = neededModules(G);
  std::vector<uint32_t> Order, NewIndex(G.Modules.size());
  auto RootId = static_cast<uint32_t>(Root->Module->Node);
  Order.push_back(RootId);
  for (uint32_t I = 0; I < G.Modules.size(); ++I)
    if (I != RootId && G.Modules[I].Registered)
      Order.push_back(I);
  for (uint32_t I = 0; I < G.Modules.size(); ++I)
    if (!G.Modules[I].Registered && I != RootId && Needed[I])
      Order.push_back(I);
  std::vector<ModuleNode> Sorted;
  for (uint32_t New = 0; New < Order.size(); ++New) {
    NewIndex[Order[New]] = New;
    Sorted.push_back(std::move(G.Modules[Order[New]]));
  }
  G.Modules = std::move(Sorted);
  for (ModuleNode &N : G.Modules) {
    N.Parent = energy::ModuleId(NewIndex[static_cast<uint32_t>(N.Parent)]);
    for (Parameter &P : N.Parameters)
      if (P.Value.Id != ValueId::None)
        G.Values[static_cast<uint32_t>(P.Value.Id)].Name = N.Path.empty() ? P.Name : N.Path + "." + P.Name;
  }
  for (OpCall &C : G.Calls)
    C.Module = energy::ModuleId(NewIndex[static_cast<uint32_t>(C.Module)]);
}

class Reconstruction {
  frontend::Project &Project;
  frontend::ParsedUnit &Unit;
  const frontend::SourceModel &Source;
  const InterpOptions &Options;
  std::vector<frontend::DeclaredOption> ProgramOptions; ///< that the program declares
  uint64_t Work = 0;     ///< of all runs of a model: inputs that are tried share one limit
  uint64_t FileWork = 0; ///< of the models before
  std::vector<frontend::WantedDefinition> Undefined; ///< see Machine::Undefined; of the runs of a model
  Object *Container = nullptr; ///< of the run in progress, when its target is a part
  std::vector<NamedSize> Constants; ///< integers of the program
  std::vector<NamedSize> Named; ///< constructor arguments of the model, then constants of the program

public:
  Reconstruction(frontend::Project &Project, frontend::ParsedUnit &Unit,
                 const frontend::SourceModel &Source, const InterpOptions &Options)
      : Project(Project), Unit(Unit), Source(Source), Options(Options),
        ProgramOptions(frontend::declaredOptions(Unit)) {
    collectConstants(Unit.userDecls());
  }

  ModelGraph runBest(const Target &T, std::vector<frontend::WantedDefinition> &UndefinedOfAll) {
    FileWork += std::exchange(Work, 0);
    Undefined.clear();
    ModelGraph G = T.Container ? runPart(T) : runAny(T);
    if (!G.Unknowns.empty())
      llvm::append_range(UndefinedOfAll, Undefined);
    return G;
  }

private:
  ModelGraph runAny(const Target &T) {
    InputChoice Chosen;
    return runAny(T, Chosen);
  }
  ModelGraph runAny(const Target &T, InputChoice &Chosen) {
    return chooseInputs(Options, Source, T, [&](const InputChoice &I) { return run(T, I); }, [this] { return Work; }, Named, Chosen);
  }

  /// A part is called with what its container passes on, unless inputs are given or
  /// that is not known.
  ModelGraph runPart(const Target &T) {
    InputChoice Chosen, OfContainer;
    if (Options.Inputs.empty()) {
      Target Whole;
      Whole.Class = T.Container;
      Whole.Entry = firstEntry(*T.Container);
      Whole.Name = T.Container->displayName();
      runAny(Whole, OfContainer);
      auto RunWithin = [&](InputChoice Inputs) {
        Inputs.OfContainer = &OfContainer;
        return run(T, Inputs);
      };
      ModelGraph G = chooseInputs(Options, Source, T, RunWithin, [this] { return Work; }, Named, Chosen);
      if (G.understoodCalls())
        return G;
    }
    return runAny(T);
  }

  /// One run: construct the model, then forward() on these inputs.
  ModelGraph run(const Target &T, const InputChoice &Inputs) {
    ModelGraph G;
    G.Name = T.Name;
    if (T.Class) {
      G.Class = T.Class->Decl->getNameAsString();
      G.Location = T.Class->Location;
    } else if (const Decl *Own = T.Variable ? static_cast<const Decl *>(T.Variable) : T.Function) {
      G.Location = Unit.span(Own->getLocation()); // its class is LibTorch's, or one of many that are made so
    }
    G.Expression = T.Text;
    Machine M(Project, Unit, Options, G);
    M.Program = &Source;
    M.Steps = Work;
    M.StepLimit = MaxFileSteps - std::min(MaxFileSteps, FileWork);
    M.Undefined = std::move(Undefined);
    runOn(M, T, Inputs, G);
    Work = M.work();
    Undefined = std::move(M.Undefined);
    return G;
  }

  void runOn(Machine &M, const Target &T, const InputChoice &Inputs, ModelGraph &G) {
    readProgramOptions(M, ProgramOptions);
    Frame Outer;
    M.Top = &Outer;
    M.LazyLocals = true;
    Value Model = construct(M, T);
    M.LazyLocals = false;
    Object *Root = M.moduleOf(Model);
    endConstruction(G);
    if (!Root) {
      if (!M.stopped())
        M.unexpected("the model could not be constructed: it is", Model);
      else // what ended the constructor, and what could be given: the rest only happened on the way
        eraseOtherUnknowns(G, M.Stopped);
      if (G.Modules.empty())
        M.Builder.addModule(energy::ModuleId::Root, "", G.Class, G.Location);
      return;
    }
    if (G.Class.empty() && Root->Class) {
      G.Class = Root->Class->getNameAsString();
      if (!G.Location.valid())
        G.Location = Unit.span(Root->Class->getLocation());
      if (const frontend::ModuleClass *C = T.Expression ? Source.find(Root->Class) : nullptr)
        G.Name = C->displayName(); // of what a factory makes
    }
    M.Stopped = UnknownId::None;
    M.StopIsThrow = M.StopIsLimit = false;
    M.Entry = T.Entry;
    std::vector<Result> Args = Inputs.OfContainer ? inputsFromContainer(M, *T.Container, Root, Inputs, G)
                                                  : makeInputs(M, Root, Inputs, G);
    M.nameModules(Root); // an error names the layer
    M.StopAtRejection = Inputs.Trying;
    Value Out = M.enter(Root, Args).value();
    if (M.stopped() && M.StopIsThrow && !M.StopIsLimit)
      G.Unknowns[static_cast<size_t>(M.Stopped)].Throws = true;
    collectOutputs(M, Out, G);
    orderModules(G, M, Root);
    bool Explained = llvm::any_of(G.Outputs, [](const TensorArg &T) { return T.Unknown != UnknownId::None; });
    if (Explained || !G.Calls.empty())
      pruneUnknowns(G);
  }

  Value construct(Machine &M, const Target &T) {
    if (T.Expression)
      return M.value(T.Expression);
    if (T.Variable)
      return M.lazyLocal(T.Variable)->V;
    if (T.Function) {
      std::vector<Result> Args;
      return M.invoke(T.Function, nullptr, Args, nullptr).value();
    }
    if (T.Container)
      return constructPart(M, T);
    return constructClass(M, *T.Class);
  }

  Value constructClass(Machine &M, const frontend::ModuleClass &C) {
    if (!C.Template)
      return constructClass(M, C, C.Decl);
    if (C.Instantiations.empty())
      return M.stop("class template '" + C.Name + "' is not instantiated in the files that were read");
    return constructClass(M, C, C.Instantiations.front());
  }

  /// The integers that the model is constructed with, by the names of the parameters, before those of
  /// the program.
  void noteSizes(const CXXConstructorDecl *Ctor, llvm::ArrayRef<Result> Args) {
    Named.clear();
    for (const ParmVarDecl *P : Ctor ? Ctor->parameters() : llvm::ArrayRef<ParmVarDecl *>()) {
      const unsigned I = P->getFunctionScopeIndex();
      if (I >= Args.size())
        addConstant(*P, defaultArgument(P), Named);
      else if (const int64_t *Size = Args[I].value().as<int64_t>())
        Named.push_back({P->getNameAsString(), *Size});
    }
    llvm::append_range(Named, Constants);
  }
  void addConstant(const VarDecl &V, const Expr *Init, std::vector<NamedSize> &To) {
    Expr::EvalResult Constant;
    if (V.getType()->isIntegerType() && Init && !Init->isValueDependent() && Init->EvaluateAsInt(Constant, Unit.context()))
      To.push_back({V.getNameAsString(), Constant.Val.getInt().getExtValue()});
  }
  template <class Decls> void collectConstants(const Decls &All) {
    for (const Decl *D : All)
      if (const auto *N = dyn_cast<NamespaceDecl>(D))
        collectConstants(N->decls());
      else if (const auto *V = dyn_cast<VarDecl>(D); V && (V->getType().isConstQualified() || V->isConstexpr()))
        addConstant(*V, V->getInit(), Constants);
  }

  /// The container with everything in it; of that, the first object of the part's class.
  Value constructPart(Machine &M, const Target &T) {
    const CXXRecordDecl *R = T.Class->Instantiations.empty() ? T.Class->Decl : T.Class->Instantiations.front();
    M.Watched = R->getCanonicalDecl();
    Container = M.moduleOf(constructClass(M, *T.Container));
    if (!M.WatchedObject)
      return M.stop("'" + T.Container->displayName() + "' makes no '" + T.Name + "'");
    return Ref{M.WatchedObject};
  }

  /// Runs the container up to its end and takes what the part was called with.
  std::vector<Result> inputsFromContainer(Machine &M, const frontend::ModuleClass &Outside, Object *&Root,
                                          const InputChoice &Inputs, ModelGraph &G) {
    if (!Container)
      return makeInputs(M, Root, Inputs, G);
    const DeclarationName Entry = std::exchange(M.Entry, firstEntry(Outside));
    std::vector<Result> Outer = makeInputs(M, Container, *Inputs.OfContainer, G);
    M.enter(Container, Outer);
    M.Entry = Entry;
    M.Stopped = UnknownId::None;
    M.StopIsThrow = M.StopIsLimit = false;
    bool Assumed = llvm::any_of(G.Inputs, [](const ModelInput &I) { return I.Basis == "assumed"; });
    G.Inputs.clear();
    G.Findings.clear();
    endConstruction(G);
    M.nameModules(Container);
    if (Object *Called = M.WatchedCalled ? M.moduleOf(M.WatchedObject->V) : nullptr)
      Root = Called;
    std::string Path = G.module(Root->Module->Node).Path;
    std::string Whole = Container->Module->Type;
    llvm::StringRef Shown = Whole;
    Shown.consume_back("Impl");
    G.Assumptions.push_back("as " + (Path.empty() ? "a part" : "'" + Path + "'") + " of '" + Shown.str() + "'");
    auto Known = [](const Value &V) {
      const TensorBox *T = V.get<TensorBox>();
      return T ? T->Arg.known() : !V.isUnknown();
    };
    if (!M.WatchedCalled || !llvm::all_of(M.WatchedArguments, Known))
      return makeInputs(M, Root, Inputs, G);
    InputOrigin Passed;
    Passed.Basis = Assumed ? "assumed" : "inferred";
    Passed.Note = "what '" + Shown.str() + "' passes on";
    Passed.Batch = Inputs.Batch;
    return inputsAsCalled(M, Root, M.WatchedArguments, Passed, G);
  }

  std::vector<Result> argumentsAt(Machine &M, const frontend::ConstructionSite &Site) {
    OutsideModel Outside(M, Site.Construction);
    return M.evalArgs(Site.Arguments);
  }

  /// In this order: as the program constructs it, from the program's options, by
  /// default, and else with arguments that are unknown.
  Value constructClass(Machine &M, const frontend::ModuleClass &C, const CXXRecordDecl *R) {
    std::optional<std::vector<Result>> Partly;
    for (const frontend::ConstructionSite &Site : C.Constructions) {
      std::vector<Result> Args = argumentsAt(M, Site);
      M.Stopped = UnknownId::None;
      M.StopIsThrow = false;
      const CXXConstructorDecl *Ctor = M.chooseConstructor(R, Args);
      if (Ctor)
        M.fillUnknown(Ctor, Args);
      bool Known = llvm::none_of(Args, [](const Result &A) { return A.value().isUnknown(); });
      if (Known)
        noteSizes(Ctor, Args);
      if (Known && (!Args.empty() || C.HasDefaultConstructor))
        return M.constructObject(R, Args, Site.Construction);
      if (!Partly && !Args.empty())
        Partly = std::move(Args);
    }
    const CXXConstructorDecl *Best = chooseConstructor(M, R, nullptr);
    if (Partly && !(Best && Best->getMinRequiredArguments() == 0))
      return M.constructObject(R, *Partly, nullptr);
    Value Made = constructBy(M, C, R, Best);
    if (const CXXConstructorDecl *Other = leftEmpty(M, Made) ? chooseConstructor(M, R, Best) : nullptr)
      return constructBy(M, C, R, Other);
    return Made;
  }

  /// `Net() {}` beside the constructor that makes the layers: no module is registered, and
  /// members that would refer to some are null.
  static bool leftEmpty(Machine &M, const Value &Made) {
    const Object *O = M.moduleOf(Made);
    return O && O->Module->Children.empty() && llvm::any_of(O->Fields, [&](const auto &Field) {
             TypeKind K = M.Kinds.of(Field.first->getType());
             return (K == TypeKind::Holder || K == TypeKind::RawPointer) && Field.second->V.isNull();
           });
  }

  Value constructBy(Machine &M, const frontend::ModuleClass &C, const CXXRecordDecl *R, const CXXConstructorDecl *Ctor) {
    std::vector<Result> Args;
    if (Ctor)
      Args = M.argumentsFor(Ctor, C.displayName());
    noteSizes(Ctor, Args);
    return M.constructObject(R, Args, nullptr, Ctor);
  }

  /// The one that takes the program's options, else the one that needs the fewest arguments;
  /// none that is \p Except. Null when there is none.
  static const CXXConstructorDecl *chooseConstructor(Machine &M, const CXXRecordDecl *R,
                                                     const CXXConstructorDecl *Except) {
    const CXXConstructorDecl *Best = nullptr;
    for (const CXXConstructorDecl *Ctor : R->ctors()) {
      if (Ctor->isCopyOrMoveConstructor() || Ctor->isDeleted() || Ctor == Except)
        continue;
      if (llvm::any_of(Ctor->parameters(), [&](const ParmVarDecl *P) {
            return M.Kinds.of(P->getType()) == TypeKind::ProgramOptions;
          }))
        return Ctor;
      if (!Best || Ctor->getMinRequiredArguments() < Best->getMinRequiredArguments())
        Best = Ctor;
    }
    return Best;
  }

  void collectOutputs(Machine &M, const Value &V, ModelGraph &G) {
    if (const List *L = V.get<List>()) {
      for (const Cell *C : L->Items)
        collectOutputs(M, C->V, G);
      return;
    }
    if (const Object *O = V.get<Object>(); O && !O->Module) {
      std::vector<std::pair<const FieldDecl *, Cell *>> Fields(O->Fields.begin(), O->Fields.end());
      llvm::sort(Fields, [](const auto &A, const auto &B) { return A.first->getLocation() < B.first->getLocation(); });
      for (auto [Field, C] : Fields)
        collectOutputs(M, C->V, G);
      return;
    }
    if (V.get<TensorBox>() || V.isUnknown())
      G.Outputs.push_back(M.toTensor(V));
  }
};

/// The root model that contains \p C, directly or not; one that is constructed
/// somewhere before others. Null when a class of the main file contains it.
const frontend::ModuleClass *containerOf(const frontend::SourceModel &Source, const frontend::ModuleClass &C) {
  std::vector<bool> Seen(Source.Classes.size());
  llvm::SmallVector<unsigned, 8> Work(C.ContainedIn.begin(), C.ContainedIn.end());
  const frontend::ModuleClass *Found = nullptr;
  while (!Work.empty()) {
    unsigned I = Work.pop_back_val();
    const frontend::ModuleClass &Outer = Source.Classes[I];
    if (Seen[I])
      continue;
    Seen[I] = true;
    if (Outer.InMainFile)
      return nullptr;
    if (Outer.isRoot() && (!Found || (Found->Constructions.empty() && !Outer.Constructions.empty())))
      Found = &Outer;
    Work.append(Outer.ContainedIn.begin(), Outer.ContainedIn.end());
  }
  return Found;
}

/// \p Linked are the files that were read only for what this one needs of them: their
/// functions and variables are their own models.
std::vector<Target> findTargets(const frontend::SourceModel &Source, llvm::ArrayRef<std::string> Linked,
                                bool InMainFileOnly) {
  std::vector<Target> Targets;
  auto AddClass = [&](const frontend::ModuleClass &C, const frontend::ModuleClass *Container) {
    Target T;
    T.Class = &C;
    T.Container = Container;
    T.Name = C.displayName();
    T.Text = C.Decl->getNameAsString();
    llvm::append_range(Targets, byEntry(T));
  };
  for (const frontend::ModuleClass &C : Source.Classes)
    if (C.isRoot() && (InMainFileOnly ? C.InMainFile : !C.isOnlyDeclared()))
      AddClass(C, nullptr);
    else if (const frontend::ModuleClass *Container =
                 InMainFileOnly && C.InMainFile && !C.IsAbstract && !C.Forwards.empty() ? containerOf(Source, C) : nullptr)
      AddClass(C, Container);
  auto IsOwn = [&](const SourceSpan &At) { return !InMainFileOnly || !llvm::is_contained(Linked, At.File); };
  for (const frontend::ModelFunction &F : Source.Functions)
    if (!F.CalledByModule && F.Decl->getMinRequiredArguments() == 0 && IsOwn(F.Location)) {
      Target T;
      T.Function = F.Decl;
      T.Name = F.Name;
      T.Text = F.Name + "()";
      Targets.push_back(T);
    }
  for (const frontend::ModelVariable &V : Source.Variables) {
    if (!IsOwn(V.Location))
      continue;
    Target T;
    T.Variable = V.Decl;
    T.Name = V.Name;
    T.Text = V.Name;
    Targets.push_back(T);
  }
  return Targets;
}

} // namespace

llvm::Expected<std::vector<ModelGraph>>
energy::interp::reconstruct(frontend::Project &Project, frontend::ParsedUnit &Unit, const InterpOptions &Options,
                            std::vector<frontend::WantedDefinition> &Undefined) {
  std::vector<ModelGraph> Graphs;
  frontend::SourceModel Source = frontend::discover(Unit);
  auto RunAll = [&](frontend::ParsedUnit &In, const frontend::SourceModel &Model,
                    llvm::ArrayRef<Target> Targets) {
    Reconstruction R(Project, In, Model, Options);
    for (const Target &T : Targets)
      Graphs.push_back(R.runBest(T, Undefined));
  };
  if (Options.Models.empty()) {
    std::vector<Target> Own = findTargets(Source, Unit.linkedFiles(), true);
    // A file that only uses the models of its headers is about those.
    RunAll(Unit, Source, Own.empty() ? findTargets(Source, Unit.linkedFiles(), false) : Own);
    return Graphs;
  }
  std::vector<Target> All = findTargets(Source, Unit.linkedFiles(), false);
  for (const std::string &Wanted : Options.Models) {
    std::vector<Target> Found;
    for (const Target &T : All)
      if (T.Name == Wanted || T.Text == Wanted)
        Found.push_back(T);
    if (const frontend::ModuleClass *C = Found.empty() ? Source.find(Wanted) : nullptr) {
      Target T;
      T.Class = C;
      T.Name = C->displayName();
      T.Text = C->Decl->getNameAsString();
      Found.push_back(T);
    }
    if (!Found.empty()) {
      RunAll(Unit, Source, byEntry(Found.front()));
      continue;
    }
    llvm::Expected<const Expr *> Expression = Unit.expression(Wanted, Source.namespaces(), Project.options());
    if (!Expression)
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "model '" + Wanted + "' is neither a module class nor a valid expression: " +
                                         llvm::toString(Expression.takeError()));
    // It can name classes that the file does not, from a template.
    frontend::SourceModel Model = frontend::discover(Unit);
    Target T;
    T.Expression = *Expression;
    T.Name = llvm::StringRef(Wanted).split('(').first.str();
    T.Text = Wanted;
    T.Class = Model.find(T.Name);
    RunAll(Unit, Model, byEntry(T));
  }
  return Graphs;
}
