/// \file
/// Making LibTorch's own modules: containers from their arguments, layers from
/// their options, Functional from a function and its bound arguments.
#include "Frontend/SemaQueries.h"
#include "Interp/Machine.h"
#include "Torch/Layer.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

Value Machine::newFunctional(Closure *F, llvm::ArrayRef<Result> Bound, const Expr *E) {
  Object *O = Mem.object(nullptr);
  O->Module = Mem.module();
  O->Module->Node = Builder.addModule(energy::ModuleId::Root, "", "Functional", span(E));
  O->Module->Type = "Functional";
  if (Bound.empty()) {
    O->Module->Function = F;
    return O;
  }
  Closure *B = Mem.closure();
  *B = *F;
  B->IsBind = true;
  B->Bound = {Mem.tagged("placeholder", {static_cast<int64_t>(1)})};
  for (const Result &A : Bound)
    B->Bound.push_back(A.value());
  O->Module->Function = B;
  return O;
}

namespace {
void fillContainer(Machine &M, Object *O, llvm::ArrayRef<Result> Args, const Expr *E) {
  auto Add = [&](const Value &V) {
    const List *Pair = V.get<List>();
    if (Pair && Pair->Items.size() == 2 && Pair->Items[0]->V.str())
      return M.addChild(O, *Pair->Items[0]->V.str(), Pair->Items[1]->V);
    if (M.moduleOf(V))
      return M.addChild(O, "", V);
    if (Closure *F = V.get<Closure>())
      return M.addChild(O, "", M.newFunctional(F, {}, E));
    if (!V.isNull())
      M.addUnknownChild(O, "", V, E);
  };
  for (const Result &A : Args) {
    Value V = A.value();
    if (V.get<Object>() && A.Place)
      V = Ref{M.Mem.copy(V).get<Object>()->Home};
    if (const Map *Entries = V.get<Map>()) {
      for (const MapEntry &Entry : Entries->Entries)
        M.addChild(O, M.textOf(Entry.Key), Entry.Item->V);
      continue;
    }
    const List *L = V.get<List>();
    bool IsPair = L && L->Items.size() == 2 && L->Items[0]->V.str();
    if (!L || IsPair) {
      Add(V);
      continue;
    }
    if (L->Why != UnknownId::None)
      M.addUnknownChild(O, "", L->Why, E);
    for (const Cell *Item : L->Items)
      Add(Item->V);
  }
}
/// The submodules that buildLayer() made, as objects: they are named, counted
/// and reached through members like any other child.
void adoptSubmodules(Machine &M, Object *O) {
  ModelGraph &G = M.Builder.graph();
  for (size_t I = static_cast<size_t>(O->Module->Node) + 1; I < G.Modules.size(); ++I) {
    const ModuleNode &Node = G.Modules[I];
    if (Node.Parent != O->Module->Node || Node.Path.empty())
      continue;
    Object *Child = M.Mem.object(nullptr);
    Child->Module = M.Mem.module();
    Child->Module->Node = static_cast<energy::ModuleId>(I);
    Child->Module->Type = Node.Type;
    Child->Module->Layer = torch::findLayer(Node.Type);
    Child->Module->Training = O->Module->Training;
    for (const Parameter &P : Node.Parameters)
      (P.IsBuffer ? Child->Module->Buffers : Child->Module->Parameters)
          .push_back({P.Name, M.Mem.tensor(P.Value)});
    llvm::StringRef Path = Node.Path;
    M.addChild(O, Path.contains('.') ? Path.rsplit('.').second : Path, Child);
    adoptSubmodules(M, Child);
  }
}
const FieldDecl *fieldNamed(const CXXRecordDecl *R, llvm::StringRef Name) {
  if (!R || !R->hasDefinition())
    return nullptr;
  for (const FieldDecl *F : R->fields())
    if (F->getName() == Name || (F->getName().ends_with("_") && F->getName().drop_back() == Name))
      return F;
  for (const CXXBaseSpecifier &B : R->bases())
    if (const FieldDecl *F = fieldNamed(B.getType()->getAsCXXRecordDecl(), Name))
      return F;
  return nullptr;
}
} // namespace

const CXXRecordDecl *energy::interp::optionsClassOf(Machine &M, const CXXRecordDecl *Impl) {
  if (!Impl || !Impl->hasDefinition())
    return nullptr;
  for (const CXXConstructorDecl *C : Impl->ctors())
    if (C->getNumParams() >= 1 && M.Kinds.of(C->getParamDecl(0)->getType()) == TypeKind::Options)
      return C->getParamDecl(0)->getType().getNonReferenceType()->getAsCXXRecordDecl();
  for (const FieldDecl *F : Impl->fields())
    if (F->getName() == "options")
      return F->getType()->getAsCXXRecordDecl();
  for (const CXXBaseSpecifier &B : Impl->bases())
    if (const CXXRecordDecl *R = optionsClassOf(M, B.getType()->getAsCXXRecordDecl()))
      return R;
  return nullptr;
}

Value Machine::constructOptions(const CXXRecordDecl *R, llvm::ArrayRef<Result> Args, const Expr *E,
                                const CXXConstructorDecl *Ctor) {
  // `Conv2d(8, 16, 3)` may be the first use of its options, a template.
  const CXXRecordDecl *Complete = frontend::completeClass(Unit, R);
  if (!Complete)
    return unknown("the options class '" + R->getName() + "' has no definition", E);
  R = Complete;
  Object *O = Mem.object(R);
  if (!Ctor)
    Ctor = chooseConstructor(R, Args);
  if (!Ctor && !Args.empty()) { // inherited constructors
    for (const CXXBaseSpecifier &B : R->bases())
      if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl())
        if (!Ctor)
          Ctor = chooseConstructor(Base, Args);
    if (!Ctor)
      return unknown("no constructor of '" + R->getName() + "' takes these arguments", E);
  }
  // LibTorch's option constructors store each parameter in the field of its name.
  for (unsigned I = 0; Ctor && I < Ctor->getNumParams(); ++I) {
    const ParmVarDecl *P = Ctor->getParamDecl(I);
    llvm::StringRef Name = P->getName();
    const FieldDecl *F = fieldNamed(R, Name);
    // `encoder_layer_options`: the field is a module that is made with them.
    if (!F && I < Args.size() && Name.consume_back("_options") && (F = fieldNamed(R, Name))) {
      O->Fields[F->getCanonicalDecl()] = Mem.cell(constructType(F->getType(), Args[I], E));
      continue;
    }
    const Expr *Default = I < Args.size() ? nullptr : frontend::defaultArgument(Unit, Ctor, P);
    if (F && (I < Args.size() || Default))
      O->Fields[F->getCanonicalDecl()] =
          Mem.cell(adapt(Mem.copy(Default ? value(Default) : Args[I].value()), F->getType()));
  }
  return O;
}

void Machine::initLayer(Object *O, const CXXRecordDecl *Impl, llvm::ArrayRef<Result> Args,
                        const Expr *E) {
  auto Derives = [&](llvm::StringRef Name) { return findBase(Impl, Name) != nullptr; };
  if (Derives("torch::nn::FunctionalImpl")) {
    if (!Args.empty())
      if (Closure *F = Args[0].value().get<Closure>())
        O->Module->Function = newFunctional(F, Args.drop_front(), E).get<Object>()->Module->Function;
    if (O->Module->Function.isNull())
      O->Module->Function = unknown("the function of a Functional is not known", E);
    return;
  }
  if (Derives("torch::nn::SequentialImpl"))
    O->Module->IsSequential = true;
  if (O->Module->IsSequential || Derives("torch::nn::ModuleListImpl") ||
      Derives("torch::nn::ModuleDictImpl"))
    return fillContainer(*this, O, Args, E);
  llvm::StringRef Name = Impl->getName();
  Name.consume_back("Impl");
  const torch::LayerDef *Layer = torch::findLayer(Name);
  if (!Layer && Impl->getName() == "Module" && Args.size() == 1 && Args[0].value().str())
    O->Module->Type = *Args[0].value().str();
  if (!Layer)
    return; // torch::nn::Module itself, Cloneable, or a class without a row
  O->Module->Layer = Layer;
  const CXXRecordDecl *OptionsClass = optionsClassOf(*this, Impl);
  if (Args.size() == 1 && Args[0].value().get<Object>())
    O->Module->Options = Mem.cell(Mem.copy(Args[0].value()));
  else if (OptionsClass)
    O->Module->Options = Mem.cell(constructOptions(OptionsClass, Args, E, nullptr));
  torch::buildLayer(*Layer, Builder, O->Module->Node, layerOptions(O));
  for (const Parameter &P : Builder.graph().module(O->Module->Node).Parameters)
    (P.IsBuffer ? O->Module->Buffers : O->Module->Parameters)
        .push_back({P.Name, Mem.tensor(P.Value)});
  adoptSubmodules(*this, O);
}

Value Machine::newLayer(const CXXRecordDecl *Impl, llvm::ArrayRef<Result> Args, const Expr *E) {
  Object *O = Mem.object(Impl);
  O->Module = Mem.module();
  O->Module->Training = Options.Training;
  llvm::StringRef Name = Impl->getName();
  Name.consume_back("Impl");
  O->Module->Type = Impl->getNameAsString();
  O->Module->Node = Builder.addModule(energy::ModuleId::Root, "", Name, span(E));
  initLayer(O, Impl, Args, E);
  return O;
}

std::vector<NamedArg> Machine::layerOptions(Object *Layer) {
  if (!Layer->Module->Options)
    return Builder.graph().module(Layer->Module->Node).Options;
  std::vector<NamedArg> Args = optionArgs(Layer->Module->Options->V);
  Builder.graph().module(Layer->Module->Node).Options = Args;
  return Args;
}

namespace {
/// An option that holds a module is told to the layer's rule by its type.
ArgValue heldType(Machine &M, const Object *Held) {
  if (Held->Module->Layer)
    return Held->Module->Layer->Name.str();
  return M.Builder.unknown("an option holds a module of class '" + Held->Module->Type +
                           "', which is not LibTorch's own");
}
} // namespace

std::vector<NamedArg> Machine::optionArgs(const Value &V) {
  std::vector<NamedArg> Out;
  Object *O = V.get<Object>();
  if (!O || !O->Class)
    return Out;
  auto Collect = [&](const CXXRecordDecl *R, auto &Self) -> void {
    for (const CXXBaseSpecifier &B : R->bases())
      if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl(); Base && Base->hasDefinition())
        Self(Base->getDefinition(), Self);
    for (const FieldDecl *F : R->fields()) {
      llvm::StringRef Name = F->getName();
      Name.consume_back("_");
      Value Set = field(O, F)->V;
      // An option that its class's constructor, whose body is in LibTorch, would
      // have set: the layer's rule knows what it defaults to.
      if (auto *U = Set.as<UnknownId>(); U && *U == Uninitialised)
        Set = Null();
      Object *Held = moduleOf(Set);
      Out.push_back({Name.str(), Held ? ArgValue(heldType(*this, Held)) : toArg(Set)});
      if (Held && Held->Module->Layer)
        for (NamedArg &A : layerOptions(Held))
          Out.push_back({(Name + "." + A.Name).str(), std::move(A.Value)});
    }
  };
  if (O->Class->hasDefinition())
    Collect(O->Class->getDefinition(), Collect);
  return Out;
}
