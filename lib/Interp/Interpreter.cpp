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
struct Target {
  const frontend::ModuleClass *Class = nullptr;
  const Expr *Expression = nullptr;
  const VarDecl *Variable = nullptr;
  const FunctionDecl *Function = nullptr;
  std::string Name, Text;
};

/// Values computed while constructing are data when forward() runs.
void endConstruction(ModelGraph &G) {
  for (ValueInfo &V : G.Values)
    if (V.From == ValueInfo::Origin::Result)
      V.From = ValueInfo::Origin::Constant;
  G.Calls.clear();
}

void eraseOtherUnknowns(ModelGraph &G, UnknownId Stop) {
  const Unknown *Kept = &G.unknown(Stop);
  std::vector<Unknown> Rest;
  for (Unknown &U : G.Unknowns)
    if (&U == Kept || !U.Give.empty())
      Rest.push_back(std::move(U));
  G.Unknowns = std::move(Rest);
}

/// Puts the root first and gives modules that nothing registers a readable path.
void orderModules(ModelGraph &G, Machine &M, Object *Root) {
  for (ModuleNode &N : G.Modules)
    N.Registered = false;
  M.nameModules(Root);
  std::vector<uint32_t> Order, NewIndex(G.Modules.size());
  auto RootId = static_cast<uint32_t>(Root->Module->Node);
  Order.push_back(RootId);
  for (uint32_t I = 0; I < G.Modules.size(); ++I)
    if (I != RootId && G.Modules[I].Registered)
      Order.push_back(I);
  for (uint32_t I = 0; I < G.Modules.size(); ++I)
    if (!G.Modules[I].Registered && I != RootId)
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
  const InterpOptions &Options;
  uint64_t Work = 0;     ///< of all runs of a model: inputs that are tried share one limit
  uint64_t FileWork = 0; ///< of the models before

public:
  Reconstruction(frontend::Project &Project, frontend::ParsedUnit &Unit,
                 const InterpOptions &Options)
      : Project(Project), Unit(Unit), Options(Options) {}

  ModelGraph runBest(const frontend::SourceModel &Source, const Target &T) {
    FileWork += std::exchange(Work, 0);
    return chooseInputs(Options, Source, T.Class, T.Variable,
                        [&](const InputChoice &I) { return run(T, I); });
  }

private:
  /// One run: construct the model, then forward() on these inputs.
  ModelGraph run(const Target &T, const InputChoice &Inputs) {
    ModelGraph G;
    G.Name = T.Name;
    if (T.Class) {
      G.Class = T.Class->Decl->getNameAsString();
      G.Location = T.Class->Location;
    }
    G.Expression = T.Text;
    Machine M(Project, Unit, Options, G);
    M.Steps = Work;
    M.StepLimit = MaxFileSteps - std::min(MaxFileSteps, FileWork);
    runOn(M, T, Inputs, G);
    Work = M.work();
    return G;
  }

  void runOn(Machine &M, const Target &T, const InputChoice &Inputs, ModelGraph &G) {
    readProgramOptions(M);
    Frame Outer;
    M.Top = &Outer;
    M.LazyLocals = true;
    Value Model = construct(M, T);
    M.LazyLocals = false;
    Object *Root = M.moduleOf(Model);
    endConstruction(G);
    if (!Root) {
      if (!M.stopped())
        M.unknown("the model could not be constructed: " + describe(Model));
      else // what ended the constructor, and what could be given: the rest only happened on the way
        eraseOtherUnknowns(G, M.Stopped);
      if (G.Modules.empty())
        M.Builder.addModule(energy::ModuleId::Root, "", G.Class, G.Location);
      return;
    }
    if (G.Class.empty() && Root->Class) {
      G.Class = Root->Class->getNameAsString();
      G.Location = Unit.span(Root->Class->getLocation());
    }
    M.Stopped = UnknownId::None;
    M.StopIsThrow = M.StopIsLimit = false;
    std::vector<Result> Args = makeInputs(M, Root, Inputs, G);
    Value Out = M.forward(Root->Home, Args, nullptr).value();
    collectOutputs(M, Out, G);
    orderModules(G, M, Root);
    if (!G.Calls.empty())
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
    const frontend::ModuleClass &C = *T.Class;
    const CXXRecordDecl *R = C.Decl;
    if (C.Template) {
      if (C.Instantiations.empty())
        return M.stop("class template '" + C.Name + "' is not instantiated in the files that were read");
      R = C.Instantiations.front();
    }
    return constructClass(M, C, R);
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
      bool Known = llvm::none_of(Args, [](const Result &A) { return A.value().isUnknown(); });
      if (Known && (!Args.empty() || C.HasDefaultConstructor))
        return M.constructObject(R, Args, Site.Construction);
      if (!Partly && !Args.empty())
        Partly = std::move(Args);
    }
    const CXXConstructorDecl *Best = nullptr;
    for (const CXXConstructorDecl *Ctor : R->ctors()) {
      if (Ctor->isCopyOrMoveConstructor() || Ctor->isDeleted())
        continue;
      if (llvm::any_of(Ctor->parameters(), [&](const ParmVarDecl *P) {
            return M.Kinds.of(P->getType()) == TypeKind::ProgramOptions;
          })) {
        Best = Ctor;
        break;
      }
      if (!Best || Ctor->getMinRequiredArguments() < Best->getMinRequiredArguments())
        Best = Ctor;
    }
    if (Partly && !(Best && Best->getMinRequiredArguments() == 0))
      return M.constructObject(R, *Partly, nullptr);
    std::vector<Result> Args;
    for (unsigned I = 0; Best && I < Best->getMinRequiredArguments(); ++I)
      Args.push_back(M.argumentFor(Best->getParamDecl(I), C.displayName()));
    return M.constructObject(R, Args, nullptr, Best);
  }

  void collectOutputs(Machine &M, const Value &V, ModelGraph &G) {
    if (const List *L = V.get<List>()) {
      for (const Cell *C : L->Items)
        collectOutputs(M, C->V, G);
      return;
    }
    if (const Object *O = V.get<Object>(); O && !O->Module) {
      for (auto [Field, C] : O->Fields)
        collectOutputs(M, C->V, G);
      return;
    }
    if (V.get<TensorBox>() || V.isUnknown())
      G.Outputs.push_back(M.toTensor(V));
  }
};

std::vector<Target> findTargets(const frontend::SourceModel &Source, bool InMainFileOnly) {
  std::vector<Target> Targets;
  for (const frontend::ModuleClass &C : Source.Classes)
    if (C.isRoot() && (!InMainFileOnly || C.InMainFile)) {
      Target T;
      T.Class = &C;
      T.Name = C.displayName();
      T.Text = C.Decl->getNameAsString();
      Targets.push_back(T);
    }
  for (const frontend::ModelFunction &F : Source.Functions)
    if (!F.CalledByModule && F.Decl->getMinRequiredArguments() == 0) {
      Target T;
      T.Function = F.Decl;
      T.Name = F.Name;
      T.Text = F.Name + "()";
      Targets.push_back(T);
    }
  for (const frontend::ModelVariable &V : Source.Variables) {
    Target T;
    T.Variable = V.Decl;
    T.Name = V.Name;
    T.Text = V.Name;
    Targets.push_back(T);
  }
  return Targets;
}

} // namespace

llvm::Expected<std::vector<ModelGraph>> energy::interp::reconstruct(frontend::Project &Project,
                                                                    frontend::ParsedUnit &Unit,
                                                                    const InterpOptions &Options) {
  std::vector<ModelGraph> Graphs;
  frontend::SourceModel Source = frontend::discover(Unit);
  auto RunAll = [&](frontend::ParsedUnit &In, const frontend::SourceModel &Model,
                    llvm::ArrayRef<Target> Targets) {
    Reconstruction R(Project, In, Options);
    for (const Target &T : Targets)
      Graphs.push_back(R.runBest(Model, T));
  };
  if (Options.Models.empty()) {
    std::vector<Target> Own = findTargets(Source, true);
    // A file that only uses the models of its headers is about those.
    RunAll(Unit, Source, Own.empty() ? findTargets(Source, false) : Own);
    return Graphs;
  }
  std::vector<Target> All = findTargets(Source, false);
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
      RunAll(Unit, Source, Found.front());
      continue;
    }
    auto Fresh = Project.parseFresh(Unit.file(), frontend::modelSuffix({Wanted}, Source.namespaces()),
                                    Unit.linkedFiles().vec());
    if (!Fresh)
      return Fresh.takeError();
    Target T;
    T.Expression = (*Fresh)->modelExpression();
    T.Name = llvm::StringRef(Wanted).split('(').first.str();
    T.Text = Wanted;
    if (!T.Expression || !(*Fresh)->suffixDiagnostics().empty()) {
      std::string Why;
      for (const frontend::SourceDiagnostic &D : (*Fresh)->suffixDiagnostics())
        if (Why.empty() && D.Severity == frontend::SourceDiagnostic::Level::Error)
          Why = D.Message;
      if (!T.Expression || !Why.empty())
        return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                       "model '" + Wanted + "' is neither a module class nor a valid expression" +
                                           (Why.empty() ? "" : ": " + Why));
    }
    frontend::SourceModel Model = frontend::discover(**Fresh);
    T.Class = Model.find(T.Name);
    RunAll(**Fresh, Model, T);
  }
  return Graphs;
}
