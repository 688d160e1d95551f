/// \file
/// torch::nn::Module and the containers: children, handles. What is registered where stands
/// in TorchRegistration.cpp, LibTorch's own layers are made in TorchLayer.cpp.
#include "Interp/StdRules.h"
#include "Torch/Layer.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

void collectTensors(Object *O, bool Buffers, const std::string &Prefix, bool Recurse,
                    std::vector<std::pair<std::string, TensorBox *>> &Out) {
  for (const NamedTensor &T : Buffers ? O->Module->Buffers : O->Module->Parameters)
    Out.push_back({Prefix + T.Name, T.Tensor});
  if (Recurse)
    for (const NamedChild &C : O->Module->Children)
      if (Object *Child = C.Module->V.get<Object>(); Child && Child->Module)
        collectTensors(Child, Buffers, Prefix + C.Name + ".", true, Out);
}

template <bool Buffers, bool Named> Result moduleTensors(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  std::vector<std::pair<std::string, TensorBox *>> All;
  Value Recurse = C.size() ? M.truth(C.arg(0)) : Value(true);
  collectTensors(Self, Buffers, "", !Recurse.as<bool>() || *Recurse.as<bool>(), All);
  if (Named) {
    Map *Out = M.Mem.map(false);
    for (auto &[Name, T] : All)
      Out->Entries.push_back({M.Mem.string(Name), M.Mem.cell(T), nullptr});
    return Value(Out);
  }
  List *Out = M.Mem.list();
  for (auto &[Name, T] : All)
    Out->Items.push_back(M.Mem.cell(T));
  return Value(Out);
}

void collectModules(Object *O, const std::string &Path, std::vector<std::pair<std::string, Cell *>> &Out) {
  for (const NamedChild &C : O->Module->Children) {
    std::string ChildPath = Path.empty() ? C.Name : Path + "." + C.Name;
    Out.push_back({ChildPath, C.Module});
    if (Object *Child = C.Module->V.get<Object>(); Child && Child->Module)
      collectModules(Child, ChildPath, Out);
  }
}

template <bool Recurse, bool Named> Result childModules(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  std::vector<std::pair<std::string, Cell *>> All;
  if (Recurse) {
    Value IncludeSelf = M.truth(C.size() > (Named ? 1u : 0u) ? C.arg(Named ? 1 : 0) : Value(true));
    if (!IncludeSelf.as<bool>() || *IncludeSelf.as<bool>())
      All.push_back({"", Self->Home});
    collectModules(Self, "", All);
  } else {
    for (const NamedChild &N : Self->Module->Children)
      All.push_back({N.Name, N.Module});
  }
  if (Named) {
    Map *Out = M.Mem.map(false);
    for (auto &[Name, Where] : All)
      Out->Entries.push_back({M.Mem.string(Name), M.Mem.cell(Ref{Where}), nullptr});
    return Value(Out);
  }
  List *Out = M.Mem.list();
  for (auto &[Name, Where] : All)
    Out->Items.push_back(M.Mem.cell(Ref{Where}));
  return Value(Out);
}

void setTraining(Object *O, bool Training) {
  O->Module->Training = Training;
  for (const NamedChild &C : O->Module->Children)
    if (Object *Child = C.Module->V.get<Object>(); Child && Child->Module)
      setTraining(Child, Training);
}

/// train() within the model follows --training; eval() always holds.
Result train(LibraryCall &C) {
  Machine &M = C.machine();
  Value On = C.size() ? M.truth(C.arg(0)) : Value(true);
  if (Object *Self = selfModule(C))
    setTraining(Self, M.Options.Training && (!On.as<bool>() || *On.as<bool>()));
  return Value(Null());
}
Result evalMode(LibraryCall &C) {
  if (Object *Self = selfModule(C))
    setTraining(Self, false);
  return Value(Null());
}
Result isTraining(LibraryCall &C) {
  Object *Self = selfModule(C);
  return Value(Self ? Self->Module->Training : C.machine().Options.Training);
}

/// The name that the constructor gave to torch::nn::Module, else that of the class.
Result moduleName(LibraryCall &C) {
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  const std::string &Type = Self->Module->Type;
  if (!Self->Class) // a layer within a layer
    return C.machine().Mem.string("torch::nn::" + Type + "Impl");
  return C.machine().Mem.string(Type == Self->Class->getName() ? qualifiedName(Self->Class) : Type);
}

/// sequential[i], list->at<T>(i), ptr(i), dict["name"].
Result childAt(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  auto &Children = Self->Module->Children;
  if (auto *Name = C.arg(0).str()) {
    for (const NamedChild &N : Children)
      if (N.Name == *Name)
        return C.Callee->getNameAsString() == "at" ? Result(N.Module) : Result(Value(Ref{N.Module}));
    return M.unknown("there is no module '" + *Name + "'", C.E);
  }
  auto I = C.integer(0);
  if (!I)
    return C.arg(0).isUnknown() ? C.arg(0) : M.unknown("the index of a module is not known", C.E);
  if (*I < 0 || *I >= static_cast<int64_t>(Children.size()))
    return M.unknown("there is no module " + llvm::Twine(*I) + " of " + llvm::Twine(Children.size()), C.E);
  Cell *Child = Children[static_cast<size_t>(*I)].Module;
  // at<T>() is a reference to the module itself, ptr() and [] a pointer to it.
  if (C.Callee->getNameAsString() == "at")
    return Child;
  return Value(Ref{Child});
}

Result childCount(LibraryCall &C) {
  Object *Self = selfModule(C);
  return Self ? Value(static_cast<int64_t>(Self->Module->Children.size())) : notAModule(C);
}
Result childrenEmpty(LibraryCall &C) {
  Object *Self = selfModule(C);
  return Self ? Value(Self->Module->Children.empty()) : notAModule(C);
}
Result hasChild(LibraryCall &C) {
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  std::string Name = C.machine().textOf(C.arg(0));
  return Value(llvm::any_of(Self->Module->Children, [&](const NamedChild &N) { return N.Name == Name; }));
}
Result clearChildren(LibraryCall &C) {
  if (Object *Self = selfModule(C)) {
    C.machine().Mem.touch(Self->Module);
    Self->Module->Children.clear();
  }
  return Value(Null());
}
template <bool AtEnd> Result childIterator(LibraryCall &C) {
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  List *L = C.machine().Mem.list();
  for (const NamedChild &N : Self->Module->Children)
    L->Items.push_back(C.machine().Mem.cell(Ref{N.Module}));
  // begin() and end() of one container have to share a list: it is kept by object.
  List *&Kept = C.machine().ChildLists[Self];
  if (!Kept || Kept->Items.size() != L->Items.size())
    Kept = L;
  return Value(Iterator{Kept, nullptr, AtEnd ? static_cast<int64_t>(Kept->Items.size()) : 0, false});
}
Result dictKeys(LibraryCall &C) {
  List *L = C.machine().Mem.list();
  if (Object *Self = selfModule(C))
    for (const NamedChild &N : Self->Module->Children)
      L->Items.push_back(C.machine().Mem.cell(C.machine().Mem.string(N.Name)));
  return Value(L);
}
Result dictValues(LibraryCall &C) {
  List *L = C.machine().Mem.list();
  if (Object *Self = selfModule(C))
    for (const NamedChild &N : Self->Module->Children)
      L->Items.push_back(C.machine().Mem.cell(Ref{N.Module}));
  return Value(L);
}
Result dictItems(LibraryCall &C) {
  Map *Out = C.machine().Mem.map(false);
  if (Object *Self = selfModule(C))
    for (const NamedChild &N : Self->Module->Children)
      Out->Entries.push_back({C.machine().Mem.string(N.Name), C.machine().Mem.cell(Ref{N.Module}), nullptr});
  return Value(Out);
}

std::vector<Result> results(LibraryCall &C) {
  std::vector<Result> Out;
  for (unsigned I = 0; I < C.size(); ++I)
    Out.push_back(C.result(I));
  return Out;
}

Result callForward(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (Self)
    return M.forward(Self->Home, results(C), C.E);
  if (C.self().isNull())
    return M.unknown("forward() of an empty module holder", C.E);
  return M.callValue(C.self(), results(C), C.E);
}

/// A call of LibTorch's forward() itself, as in `SequentialImpl::forward(x)`.
Result callOwnForward(LibraryCall &C) {
  Object *Self = selfModule(C);
  return Self ? C.machine().libraryForward(Self, results(C), C.E) : notAModule(C);
}

/// holder->, *holder, holder.get(), holder.ptr(), shared_from_this().
Result pointerItself(LibraryCall &C) {
  Object *Self = selfModule(C);
  if (Self)
    return Value(Ref{Self->Home});
  return C.self();
}
Result pointee(LibraryCall &C) {
  if (auto *R = C.self().as<Ref>())
    return R->Target;
  if (C.self().isNull())
    return C.machine().unknown("an empty module holder is dereferenced", C.E);
  return C.This;
}

/// module.as<T>(), any.get<T>(), dynamic_pointer_cast: null when the class is another.
Result asClass(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  QualType To = C.E->getType();
  bool Pointer = To->isPointerType();
  if (Pointer)
    To = To->getPointeeType();
  const CXXRecordDecl *Wanted = To.getNonReferenceType()->getAsCXXRecordDecl();
  if (Wanted && M.Kinds.of(Wanted) == TypeKind::Holder)
    Wanted = frontend::heldModule(Wanted);
  if (!Self)
    return notAModule(C);
  if (Wanted && Self->Class && !findBase(Self->Class, qualifiedName(Wanted)))
    return Pointer ? Result(Value(Null()))
                   : Result(M.unknown("a module of class '" + Self->Class->getName() +
                                          "' is used as '" + Wanted->getName() + "'", C.E));
  if (Pointer || M.Kinds.of(To) == TypeKind::Holder)
    return Value(Ref{Self->Home});
  return Self->Home;
}

Result isEmpty(LibraryCall &C) { return Value(C.self().isNull()); }
Result ownModule(LibraryCall &C) { return C.This; }
Result cloneModule(LibraryCall &C) {
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  return Value(Ref{C.machine().cloneModule(Self)->Home});
}

/// apply(f) runs f on every module.
Result applyToModules(LibraryCall &C) {
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  std::vector<std::pair<std::string, Cell *>> All;
  collectModules(Self, "", All);
  All.push_back({"", Self->Home});
  Value F = C.arg(0);
  for (auto &[Name, Where] : All) {
    (void)Name;
    C.machine().callValue(F, {Result(Where)}, C.E);
  }
  return Value(Null());
}

Result assignHolder(LibraryCall &C) {
  Machine &M = C.machine();
  Value V = M.adapt(C.arg(0), QualType(C.Callee->getParamDecl(0)->getType()));
  if (Object *O = V.get<Object>(); O && O->Held) {
    M.assign(C.This, V);
    return C.This;
  } else if (O) {
    V = Ref{O->Home};
  }
  M.Mem.write(C.This, V);
  return C.This;
}

Result pretty(LibraryCall &C) { return C.machine().Mem.string(""); }

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::moduleRows() {
  static const LibraryRow Rows[] = {
      {"Module::parameters", moduleTensors<false, false>},
      {"Module::named_parameters", moduleTensors<false, true>},
      {"Module::buffers", moduleTensors<true, false>},
      {"Module::named_buffers", moduleTensors<true, true>},
      {"Module::children", childModules<false, false>},
      {"Module::named_children", childModules<false, true>},
      {"Module::modules", childModules<true, false>},
      {"Module::named_modules", childModules<true, true>},
      {"Module::train", train},
      {"Module::eval", evalMode},
      {"Module::is_training", isTraining},
      {"Module::name", moduleName},
      {"Module::operator[]", childAt},
      {"Module::at", childAt},
      {"Module::ptr", childAt},
      {"Module::size", childCount},
      {"Module::is_empty", childrenEmpty},
      {"Module::empty", childrenEmpty},
      {"Module::contains", hasChild},
      {"Module::clear", clearChildren},
      {"Module::begin", childIterator<false>},
      {"Module::end", childIterator<true>},
      {"Module::keys", dictKeys},
      {"Module::values", dictValues},
      {"Module::items", dictItems},
      {"Module::forward", callOwnForward},
      {"Module::operator()", callForward},
      {"Module::to", nothing},
      {"Module::zero_grad", nothing},
      {"Module::save", nothing},
      {"Module::load", nothing},
      {"Module::reset", nothing},
      {"Module::reset_parameters", nothing},
      {"Module::flatten_parameters", nothing},
      {"Module::pretty_print", nothing},
      {"Module::clone", cloneModule},
      {"Module::apply", applyToModules},
      {"Module::as", asClass},
      {"Module::shared_from_this", pointerItself},
      {"std::enable_shared_from_this::shared_from_this", pointerItself},
      {"Holder::operator->", pointerItself},
      {"Holder::operator*", pointee},
      {"Holder::ptr", pointerItself},
      {"Holder::get", pointerItself},
      {"Holder::operator()", callForward},
      {"Holder::operator[]", [](LibraryCall &C) { return childAt(C); }},
      {"Holder::is_empty", isEmpty},
      {"Holder::operator bool", [](LibraryCall &C) -> Result { return Value(!C.self().isNull()); }},
      {"Holder::operator=", assignHolder},
      {"Holder::operator conversion", [](LibraryCall &C) -> Result {
         if (C.E->getType()->isBooleanType())
           return Value(!C.self().isNull());
         return pointerItself(C);
       }},
      {"AnyModule::forward", callForward},
      {"AnyModule::any_forward", callForward},
      {"AnyModule::get", asClass},
      {"AnyModule::ptr", pointerItself},
      {"AnyModule::is_empty", isEmpty},
      {"AnyModule::operator=", assignHolder},
      {"AnyModule::clone", cloneModule},
      {"NamedAnyModule::module",
       [](LibraryCall &C) -> Result {
         List *L = C.self().get<List>();
         return L && L->Items.size() == 2 ? Result(L->Items[1]) : Result(C.This);
       }},
      {"NamedAnyModule::name",
       [](LibraryCall &C) -> Result {
         List *L = C.self().get<List>();
         return L && L->Items.size() == 2 ? Result(L->Items[0]) : Result(C.This);
       }},
      {"torch::nn::operator<<", ownModule},
      {"torch::nn::pretty_print", pretty},
  };
  return Rows;
}

Object *Machine::cloneModule(Object *Old) {
  Object *New = Mem.copy(Old).get<Object>();
  const ModuleNode Node = Builder.graph().module(Old->Module->Node);
  New->Module->Node = Builder.addModule(energy::ModuleId::Root, "", Node.Type, Node.Construction);
  for (auto *Tensors : {&New->Module->Parameters, &New->Module->Buffers})
    for (NamedTensor &T : *Tensors) {
      TensorBox *Box = Mem.tensor(T.Tensor->Arg);
      if (Box->Arg.known())
        Box->Arg = Builder.addParameter(New->Module->Node, T.Name, Box->Arg.Type,
                                        Tensors == &New->Module->Buffers);
      T.Tensor = Box;
    }
  for (NamedChild &C : New->Module->Children)
    if (Object *Child = C.Module->V.get<Object>(); Child && Child->Module) {
      Cell *Was = C.Module;
      C.Module = cloneModule(Child)->Home;
      if (New->Module->Layer) { // its rule finds its submodules in the graph
        ModuleNode &Own = Builder.graph().module(C.Module->V.get<Object>()->Module->Node);
        Own.Parent = New->Module->Node;
        Own.Path = C.Name;
        Own.Options = Builder.graph().module(Child->Module->Node).Options;
      }
      // Members that pointed to the old child point to the new one.
      for (auto &[Field, Where] : New->Fields)
        if (auto *R = Where->V.as<Ref>(); R && R->Target->V.get<Object>() == Was->V.get<Object>())
          Where->V = Ref{C.Module};
    }
  return New;
}

void Machine::nameModules(Object *Root) {
  ModelGraph &G = Builder.graph();
  std::set<uint32_t> Seen;
  auto Visit = [&](Object *O, std::string Path, energy::ModuleId Parent, auto &Self) -> void {
    if (!O || !O->Module || !Seen.insert(static_cast<uint32_t>(O->Module->Node)).second)
      return;
    ModuleNode &Node = G.module(O->Module->Node);
    Node.Path = Path;
    Node.Parent = Parent;
    Node.Registered = true;
    for (const NamedChild &C : O->Module->Children)
      Self(C.Module->V.get<Object>(), Path.empty() ? C.Name : Path + "." + C.Name, O->Module->Node, Self);
  };
  Visit(Root, "", Root->Module->Node, Visit);
}
