/// \file
/// Modules, parameters and buffers that modules register, and modules that containers take in.
#include "Interp/StdRules.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

Object *energy::interp::selfModule(LibraryCall &C) { return C.This ? C.machine().moduleOf(C.self()) : nullptr; }

Result energy::interp::notAModule(LibraryCall &C) {
  return C.machine().unexpected("'" + C.Callee->getNameAsString() + "' is called on",
                                C.This ? C.self() : Value(Null()), C.E);
}

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

/// LibTorch throws for some names that a \p Kind is registered with; \p Same are those of that
/// kind that the module has.
template <class Entries> void refuseName(LibraryCall &C, llvm::StringRef Kind, const Entries &Same) {
  const std::string *Name = C.arg(0).str();
  if (!Name || C.machine().Condition != UnknownId::None)
    return;
  const bool Taken = llvm::any_of(Same, [&](const auto &Entry) { return Entry.Name == *Name; });
  if (!Name->empty() && !llvm::StringRef(*Name).contains('.') && !Taken)
    return;
  C.machine().Builder.rejected("'" + C.Callee->getName() + "' rejects the name of a " + Kind + ": " +
                               (Name->empty() ? "it is empty"
                                : Taken       ? "'" + *Name + "' is registered already"
                                              : "'" + *Name + "' contains a dot"));
}

Result registerModule(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  Value Child = C.arg(1);
  Object *O = M.moduleOf(Child);
  if (!O)
    return Child.isNull() ? M.unknown("an empty module is registered", C.E) : Child;
  refuseName(C, "module", Self->Module->Children);
  Value Handle = Child.get<Object>() && !C.result(1).Place ? Value(Ref{O->Home}) : Child;
  M.addChild(Self, M.textOf(C.arg(0)), Handle);
  // register_module(name, shared_ptr) and (name, holder) return what they were given.
  return Child.get<Object>() ? Value(Ref{O->Home}) : Child;
}

Result replaceModule(LibraryCall &C) {
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  Object *New = C.machine().moduleOf(C.arg(1));
  std::string Name = C.machine().textOf(C.arg(0));
  if (!New)
    return C.arg(1);
  C.machine().Mem.touch(Self->Module);
  for (NamedChild &Child : Self->Module->Children)
    if (Child.Name == Name)
      Child.Module = New->Home;
  return C.arg(1);
}

Result unregisterModule(LibraryCall &C) {
  if (Object *Self = selfModule(C)) {
    std::string Name = C.machine().textOf(C.arg(0));
    C.machine().Mem.touch(Self->Module);
    llvm::erase_if(Self->Module->Children, [&](const NamedChild &N) { return N.Name == Name; });
  }
  return Value(Null());
}

template <bool IsBuffer> Result registerTensor(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  auto &Entries = IsBuffer ? Self->Module->Buffers : Self->Module->Parameters;
  refuseName(C, IsBuffer ? "buffer" : "parameter", Entries);
  Value V = C.arg(1);
  std::string Name = M.textOf(C.arg(0));
  TensorBox *T = V.get<TensorBox>();
  if (!T)
    T = M.Mem.tensor(M.toTensor(V));
  if (T->Arg.known()) {
    Value Wanted = C.size() < 3 ? Value(true) : M.truth(C.arg(2));
    bool Trainable = !Wanted.as<bool>() || *Wanted.as<bool>();
    M.Mem.touch(T);
    T->Arg = M.Builder.addParameter(Self->Module->Node, Name, T->Arg.Type, IsBuffer,
                                    !IsBuffer && Trainable);
  }
  M.Mem.touch(Self->Module);
  Entries.push_back({Name, T});
  return Value(T);
}

/// push_back(module), push_back(name, module), push_back(NamedAnyModule).
Result pushBack(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  Value Name = Null(), Child = C.arg(0);
  if (C.size() >= 2 || Child.str()) {
    Name = Child;
    Child = C.arg(1);
  } else if (const List *Pair = Child.get<List>(); Pair && Pair->Items.size() == 2) {
    Child = Pair->Items[1]->V;
    Name = Pair->Items[0]->V;
  }
  if (!M.moduleOf(Child)) {
    if (Closure *F = Child.get<Closure>()) {
      Child = M.newFunctional(F, {}, C.E);
    } else {
      M.addUnknownChild(Self, M.textOf(Name), Child, C.E);
      return Value(Null());
    }
  }
  if (Child.get<Object>() && C.result(C.size() - 1).Place)
    Child = Ref{M.Mem.copy(Child).get<Object>()->Home};
  M.addChild(Self, M.textOf(Name), Child);
  return Value(Null());
}

Result insertModule(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  auto At = C.integer(0);
  Object *Child = M.moduleOf(C.arg(1));
  if (!Self || !At || !Child || *At < 0 || *At > static_cast<int64_t>(Self->Module->Children.size()))
    return M.unknown("a module is inserted at a place that is not known", C.E);
  M.Mem.touch(Self->Module);
  auto &Children = Self->Module->Children;
  Children.insert(Children.begin() + *At, {"", Child->Home});
  for (size_t I = 0; I < Children.size(); ++I)
    Children[I].Name = std::to_string(I);
  return Value(Null());
}

Result extendModules(LibraryCall &C) {
  Machine &M = C.machine();
  Object *Self = selfModule(C);
  if (!Self)
    return notAModule(C);
  Value Source = C.arg(0);
  if (Object *Other = M.moduleOf(Source)) {
    std::vector<NamedChild> Children = Other->Module->Children;
    for (const NamedChild &N : Children)
      M.addChild(Self, Self->Module->Type == "ModuleDictImpl" ? N.Name : "", Ref{N.Module});
  } else if (const List *L = Source.get<List>()) {
    for (const Cell *Item : L->Items) {
      const List *Pair = Item->V.get<List>(); // {"name", module}
      bool Named = Pair && Pair->Items.size() == 2;
      M.addChild(Self, Named ? M.textOf(Pair->Items[0]->V) : "", Named ? Pair->Items[1]->V : Item->V);
    }
  } else if (const Map *Entries = Source.get<Map>()) {
    for (const MapEntry &E : Entries->Entries)
      M.addChild(Self, M.textOf(E.Key), E.Item->V);
  }
  return C.This;
}

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::registrationRows() {
  static const LibraryRow Rows[] = {
      {"Module::register_module", registerModule},
      {"Module::replace_module", replaceModule},
      {"Module::unregister_module", unregisterModule},
      {"Module::register_parameter", registerTensor<false>},
      {"Module::register_buffer", registerTensor<true>},
      {"Module::push_back", pushBack},
      {"Module::insert", insertModule},
      {"Module::extend", extendModules},
      {"Module::update", extendModules},
  };
  return Rows;
}

void Machine::addChild(Object *Parent, llvm::StringRef Name, const Value &Child) {
  Object *O = moduleOf(Child);
  if (!O)
    return;
  if (Name.size() > MaxNameSize) {
    stop("the name of a module is longer than " + llvm::Twine(MaxNameSize) + " characters");
    StopIsLimit = true;
    return;
  }
  Mem.touch(Parent->Module);
  Mem.charge(Name.size() + Parent->Module->Children.size()); // both are gone through
  std::string Given = Name.empty() ? std::to_string(Parent->Module->Children.size()) : Name.str();
  for (NamedChild &C : Parent->Module->Children)
    if (C.Name == Given) { // a dictionary's update()
      C.Module = O->Home;
      return;
    }
  Parent->Module->Children.push_back({Given, O->Home});
}

void Machine::addUnknownChild(Object *Parent, llvm::StringRef Name, const Value &Child,
                              const Expr *E) {
  Object *O = Mem.object(nullptr);
  O->Module = Mem.module();
  O->Module->Node = Builder.addModule(energy::ModuleId::Root, "", "?", span(E));
  O->Module->Function = unexpected("a module is expected, not", Child, E);
  addChild(Parent, Name, O);
}
