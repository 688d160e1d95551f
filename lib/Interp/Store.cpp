#include "Interp/Store.h"

using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"
} // namespace

bool Store::full() const { return Bytes > MaxMemory; }

Object *Store::object(const clang::CXXRecordDecl *Class) {
  charge(sizeof(Object));
  Object *O = &Objects.emplace_back();
  O->Class = Class;
  O->Home = cell(O);
  return O;
}

List *Store::list(llvm::ArrayRef<Value> Items) {
  List *L = list();
  for (const Value &V : Items)
    L->Items.push_back(cell(V));
  return L;
}

Map *Store::map(bool Sorted) {
  Map *M = &Maps.emplace_back();
  M->Sorted = Sorted;
  return M;
}

Value Store::copy(const Value &V) {
  if (full())
    return V;
  if (const List *L = V.get<List>()) {
    List *New = list();
    New->Why = L->Why;
    New->Items.reserve(L->Items.size());
    for (const Cell *C : L->Items)
      New->Items.push_back(cell(copy(C->V)));
    return New;
  }
  if (const Map *M = V.get<Map>()) {
    Map *New = map(M->Sorted);
    for (const MapEntry &E : M->Entries)
      New->Entries.push_back({copy(E.Key), E.Item ? cell(copy(E.Item->V)) : nullptr, nullptr});
    return New;
  }
  if (const Object *O = V.get<Object>()) {
    Object *New = object(O->Class);
    for (auto [Field, C] : O->Fields)
      New->Fields[Field] = cell(copy(C->V));
    if (O->Module) {
      New->Module = module();
      *New->Module = *O->Module;
    }
    if (O->Held)
      New->Held = cell(O->Held->V);
    return New;
  }
  return V;
}

Cell *Store::pairOf(MapEntry &E) {
  if (!E.Item)
    return cell(E.Key);
  if (!E.Pair) {
    List *L = list();
    L->Items = {cell(E.Key), E.Item};
    E.Pair = cell(L);
  }
  return E.Pair;
}

template <class T> void Store::saveWhole(T *Changed, uint64_t Size) {
  charge(sizeof(T) + Size);
  Trials.back().push_back({nullptr, {}, std::pair(Changed, *Changed)});
}
void Store::touch(List *L) {
  if (!Trials.empty())
    saveWhole(L, L->Items.size() * sizeof(Cell *));
}
void Store::touch(Map *M) {
  if (!Trials.empty())
    saveWhole(M, M->Entries.size() * sizeof(MapEntry));
}
void Store::touch(TensorBox *T) {
  if (!Trials.empty())
    saveWhole(T, T->Data.size() * sizeof(double));
}
void Store::touch(ModuleState *M) {
  if (!Trials.empty())
    saveWhole(M, M->Children.size() * sizeof(NamedChild));
}

void Store::swap(Change &C) {
  if (C.Where)
    std::swap(C.Where->V, C.Old);
  else
    std::visit(
        [](auto &W) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(W)>, std::monostate>)
            std::swap(*W.first, W.second);
        },
        C.Whole);
}

Store::Log Store::endTrial() {
  Log Changes = std::move(Trials.back());
  Trials.pop_back();
  for (auto It = Changes.rbegin(); It != Changes.rend(); ++It)
    swap(*It);
  return Changes;
}

void Store::redo(const Log &Changes) {
  for (const Change &C : Changes) {
    if (C.Where) {
      write(C.Where, C.Old);
      continue;
    }
    std::visit(
        [&](const auto &W) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(W)>, std::monostate>) {
            touch(W.first);
            *W.first = W.second;
          }
        },
        C.Whole);
  }
}

void Store::keepTrial() {
  Log Changes = std::move(Trials.back());
  Trials.pop_back();
  if (!Trials.empty())
    Trials.back().insert(Trials.back().end(), Changes.begin(), Changes.end());
}
