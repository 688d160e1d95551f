/// \file
/// std::vector and its kin, maps and sets, pairs and tuples: their methods.
#include "Interp/StdRules.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

/// The list a method is called on; on failure sets \p Why.
List *selfList(LibraryCall &C, Value &Why) {
  List *L = C.self().get<List>();
  if (L && L->Why == UnknownId::None)
    return L;
  Why = L ? Value(L->Why)
        : C.machine().unexpected("a container is expected, not", C.self(), C.E);
  return nullptr;
}
Map *selfMap(LibraryCall &C, Value &Why) {
  Map *M = C.self().get<Map>();
  if (!M)
    Why = C.machine().unexpected("a map is expected, not", C.self(), C.E);
  return M;
}

bool roomFor(LibraryCall &C, uint64_t N) {
  if (N <= MaxListSize)
    return true;
  C.machine().stop("a container grows beyond " + llvm::Twine(MaxListSize) + " elements", C.E);
  C.machine().StopIsLimit = true;
  return false;
}

Result listSize(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  return L ? Value(length(L)) : Why;
}
Result listEmpty(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  return L ? Value(L->Items.empty()) : Why;
}

Result listAt(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  List *L = selfList(C, Why);
  if (!L)
    return Why;
  auto I = C.integer(0);
  if (!I)
    return C.arg(0).isUnknown() ? C.arg(0) : M.unknown("the index of a container is not known", C.E);
  if (*I < 0 || *I >= length(L))
    return M.impossible("index " + llvm::Twine(*I) + " is outside a container of " +
                         llvm::Twine(length(L)) + " elements", C.E);
  return L->Items[static_cast<size_t>(*I)];
}
template <bool Last> Result listEnd(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  if (!L)
    return Why;
  if (L->Items.empty())
    return C.machine().unknown("the first or last element of an empty container", C.E);
  return Last ? L->Items.back() : L->Items.front();
}

QualType elementType(LibraryCall &C) {
  const auto *Method = dyn_cast<CXXMethodDecl>(C.Callee);
  return Method ? typeArgument(C.machine().Unit.context().getRecordType(Method->getParent()), 0) : QualType();
}

Result listPush(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  List *L = selfList(C, Why);
  if (!L || !roomFor(C, L->Items.size() + 1))
    return Why;
  Value V = C.arg(0);
  QualType Element = elementType(C);
  if (!Element.isNull())
    V = M.adapt(V, Element);
  Cell *New = M.Mem.cell(M.Mem.copy(V));
  M.Mem.touch(L);
  L->Items.push_back(New);
  return Value(Null());
}
Result listPushFront(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  if (!L || !roomFor(C, L->Items.size() + 1))
    return Why;
  Cell *New = C.machine().Mem.cell(C.machine().Mem.copy(C.arg(0)));
  C.machine().Mem.touch(L);
  L->Items.insert(L->Items.begin(), New);
  return Value(Null());
}
Result listEmplace(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  List *L = selfList(C, Why);
  if (!L || !roomFor(C, L->Items.size() + 1))
    return Why;
  std::vector<Result> Args;
  for (unsigned I = 0; I < C.size(); ++I)
    Args.push_back(C.result(I));
  QualType Element = elementType(C);
  Value V = Element.isNull() ? (Args.empty() ? Value(Null()) : M.Mem.copy(Args[0].value()))
                             : M.constructType(Element, Args, C.E);
  M.Mem.touch(L);
  L->Items.push_back(M.Mem.cell(V));
  return L->Items.back();
}
template <bool Front> Result listPop(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  if (!L || L->Items.empty())
    return Why;
  C.machine().Mem.touch(L);
  L->Items.erase(Front ? L->Items.begin() : L->Items.end() - 1);
  return Value(Null());
}
/// std::queue takes from the front, std::stack from the back.
Result listPopByKind(LibraryCall &C) {
  return qualifiedName(cast<CXXMethodDecl>(C.Callee)->getParent()) == "std::queue" ? listPop<true>(C)
                                                                                  : listPop<false>(C);
}
Result listClear(LibraryCall &C) {
  if (List *L = C.self().get<List>()) {
    C.machine().Mem.touch(L);
    L->Items.clear();
    L->Why = UnknownId::None;
  } else if (Map *Entries = C.self().get<Map>()) {
    C.machine().Mem.touch(Entries);
    Entries->Entries.clear();
  }
  return Value(Null());
}

/// From here on the contents are not known, because \p Cause is not.
Value loseContents(LibraryCall &C, List *L, const Value &Cause) {
  Machine &M = C.machine();
  M.Mem.touch(L);
  const UnknownId *Why = Cause.as<UnknownId>();
  L->Why = Why ? *Why : M.unknownId("a container is filled with what is not known", C.E);
  return L->Why;
}
Result listResize(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  List *L = selfList(C, Why);
  auto N = C.integer(0);
  if (!L)
    return Why;
  if (!N)
    return loseContents(C, L, C.arg(0));
  if (*N < 0 || !roomFor(C, static_cast<uint64_t>(*N)))
    return Value(Null());
  M.Mem.touch(L);
  while (length(L) > *N)
    L->Items.pop_back();
  QualType Element = elementType(C);
  while (length(L) < *N)
    L->Items.push_back(M.Mem.cell(C.size() > 1 ? M.Mem.copy(C.arg(1))
                                  : Element.isNull() || Element->isArithmeticType() ? Value(static_cast<int64_t>(0))
                                                     : M.zeroValue(Element)));
  return Value(Null());
}
/// assign(n, value), assign(first, last), assign({...}).
Result listAssign(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  List *L = selfList(C, Why);
  if (!L)
    return Why;
  std::vector<Result> Args;
  for (unsigned I = 0; I < C.size(); ++I)
    Args.push_back(C.result(I));
  Value New = M.constructType(M.Unit.context().getRecordType(cast<CXXMethodDecl>(C.Callee)->getParent()), Args, C.E);
  const List *From = New.get<List>();
  if (!From)
    return loseContents(C, L, New);
  M.Mem.touch(L);
  *L = *From;
  return Value(Null());
}

/// insert(pos, value), insert(pos, n, value), insert(pos, first, last), insert(pos, {...}).
Result listInsert(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  List *L = selfList(C, Why);
  if (!L)
    return Why;
  Value Where = C.arg(0);
  auto *At = Where.as<Iterator>();
  if (!At)
    return loseContents(C, L, M.unknown("insertion at a place that is not known", C.E));
  std::vector<Cell *> New;
  Value Second = C.arg(1), Third = C.arg(2);
  if (auto *B = Second.as<Iterator>(); B && Third.as<Iterator>()) {
    for (int64_t I = B->Index; B->InList && I < Third.as<Iterator>()->Index && I < length(B->InList); ++I)
      New.push_back(M.Mem.cell(M.Mem.copy(B->InList->Items[static_cast<size_t>(I)]->V)));
  } else if (C.size() == 3 && Second.isUnknown()) {
    return loseContents(C, L, Second);
  } else if (C.size() == 3 && Second.integer()) {
    if (!roomFor(C, static_cast<uint64_t>(*Second.integer())))
      return Value(Null());
    for (int64_t I = 0; I < *Second.integer(); ++I)
      New.push_back(M.Mem.cell(M.Mem.copy(Third)));
  } else if (const List *Items = Second.get<List>();
             Items && C.machine().Kinds.of(elementType(C)) != TypeKind::List &&
             C.machine().Kinds.of(elementType(C)) != TypeKind::Tuple) {
    for (const Cell *Item : Items->Items)
      New.push_back(M.Mem.cell(M.Mem.copy(Item->V)));
  } else {
    New.push_back(M.Mem.cell(M.Mem.copy(Second)));
  }
  int64_t Index = std::clamp<int64_t>(At->Index, 0, length(L));
  M.Mem.touch(L);
  L->Items.insert(L->Items.begin() + Index, New.begin(), New.end());
  return Value(Iterator{L, nullptr, Index, false});
}
Result listErase(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  if (!L)
    return Why;
  Value First = C.arg(0), Last = C.arg(1);
  auto *B = First.as<Iterator>(), *E = Last.as<Iterator>();
  if (!B)
    return loseContents(C, L, C.machine().unknown("erasure at a place that is not known", C.E));
  int64_t From = std::clamp<int64_t>(B->Index, 0, length(L));
  int64_t To = E ? std::clamp<int64_t>(E->Index, From, length(L)) : std::min(From + 1, length(L));
  C.machine().Mem.touch(L);
  L->Items.erase(L->Items.begin() + From, L->Items.begin() + To);
  return Value(Iterator{L, nullptr, From, false});
}

template <bool AtEnd, bool Reverse> Result iterate(LibraryCall &C) {
  Value V = C.self();
  if (List *L = V.get<List>(); L && L->Why == UnknownId::None)
    return Value(Iterator{L, nullptr, AtEnd ? length(L) : 0, Reverse});
  if (Map *Entries = V.get<Map>())
    return Value(Iterator{nullptr, Entries, AtEnd ? static_cast<int64_t>(Entries->Entries.size()) : 0, Reverse});
  if (auto *S = V.str()) {
    List *L = C.machine().Mem.list();
    L->Text = C.This;
    for (char Ch : *S)
      L->Items.push_back(C.machine().Mem.cell(static_cast<int64_t>(Ch)));
    return Value(Iterator{L, nullptr, AtEnd ? length(L) : 0, Reverse});
  }
  return C.machine().unexpected("an iterator of", V, C.E);
}

/// vec() of ArrayRef, data() and the like: a copy, or the first element.
Result listCopy(LibraryCall &C) { return C.machine().Mem.copy(C.self()); }
Result listData(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  return L ? Value(Iterator{L, nullptr, 0, false}) : Why;
}
Result listSlice(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  auto From = C.integer(0), N = C.integer(1);
  if (!L || !From)
    return L ? C.arg(0) : Why;
  List *Out = C.machine().Mem.list();
  for (int64_t I = *From; I < length(L) && (!N || I < *From + *N); ++I)
    Out->Items.push_back(L->Items[static_cast<size_t>(I)]);
  return Value(Out);
}
Result mapAt(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  Map *Entries = selfMap(C, Why);
  Value Key = C.arg(0);
  if (!Entries || Key.isUnknown())
    return Entries ? Key : Why;
  if (MapEntry *E = Entries->find(Key))
    return E->Item ? Result(E->Item) : Result(E->Key);
  // OrderedDict's operator[] takes an index too.
  if (auto I = Key.integer(); I && !Entries->Sorted && *I >= 0 && *I < static_cast<int64_t>(Entries->Entries.size()) &&
                              !Entries->Entries.empty() && Entries->Entries[0].Key.str())
    return M.Mem.pairOf(Entries->Entries[static_cast<size_t>(*I)]);
  bool Creates = C.Callee->getOverloadedOperator() == OO_Subscript;
  QualType Item = typeArgument(M.Unit.context().getRecordType(cast<CXXMethodDecl>(C.Callee)->getParent()), 1);
  if (!Creates || Item.isNull())
    return M.throws("key " + describe(Key) + " is not in the map", C.E);
  Cell *New = M.Mem.cell(Item->isArithmeticType() ? M.convertNumber(static_cast<int64_t>(0), Item)
                                                  : M.zeroValue(Item));
  M.mapInsert(Entries, Key, New);
  return New;
}
Result mapFind(LibraryCall &C) {
  Value Why;
  Map *Entries = selfMap(C, Why);
  if (!Entries || C.arg(0).isUnknown())
    return Entries ? C.arg(0) : Why;
  MapEntry *E = Entries->find(C.arg(0));
  if (C.Callee->getReturnType()->isPointerType())
    return E && E->Item ? Value(Ref{E->Item}) : Value(Null());
  int64_t I = E ? E - Entries->Entries.data() : static_cast<int64_t>(Entries->Entries.size());
  return Value(Iterator{nullptr, Entries, I, false});
}
Result mapCount(LibraryCall &C) {
  if (auto *T = C.self().get<Tagged>(); T && T->Tag == "ProgramOptions") // derives from std::map
    return C.machine().countProgramOption(C);
  Value Why;
  Map *Entries = selfMap(C, Why);
  if (!Entries || C.arg(0).isUnknown())
    return Entries ? C.arg(0) : Why;
  bool Found = Entries->find(C.arg(0)) != nullptr;
  return C.E->getType()->isBooleanType() ? Value(Found) : Value(static_cast<int64_t>(Found));
}
Result mapSize(LibraryCall &C) {
  Value Why;
  Map *Entries = selfMap(C, Why);
  return Entries ? Value(static_cast<int64_t>(Entries->Entries.size())) : Why;
}
Result mapEmpty(LibraryCall &C) {
  Value Why;
  Map *Entries = selfMap(C, Why);
  return Entries ? Value(Entries->Entries.empty()) : Why;
}
/// insert({k, v}), insert(k, v), emplace(k, v), insert_or_assign(k, v), insert(first, last).
Result mapInsertRule(LibraryCall &C) {
  Machine &M = C.machine();
  Value Why;
  Map *Entries = selfMap(C, Why);
  if (!Entries)
    return Why;
  Value Key = C.arg(0), Item = C.arg(1);
  bool IsSet = M.Kinds.of(cast<CXXMethodDecl>(C.Callee)->getParent()) == TypeKind::Set;
  if (const List *Pair = Key.get<List>(); Pair && C.size() == 1 && !IsSet && Pair->Items.size() == 2) {
    Item = Pair->Items[1]->V;
    Key = Pair->Items[0]->V;
  }
  bool Overwrites = C.Callee->getName() == "insert_or_assign";
  MapEntry *Old = Entries->find(Key);
  if (Old && Overwrites)
    M.Mem.write(Old->Item, M.Mem.copy(Item));
  QualType Type = typeArgument(M.Unit.context().getRecordType(cast<CXXMethodDecl>(C.Callee)->getParent()), 1);
  M.mapInsert(Entries, Key, IsSet ? nullptr : M.Mem.cell(Type.isNull() ? M.Mem.copy(Item) : M.adapt(M.Mem.copy(Item), Type)));
  int64_t At = Entries->find(Key) - Entries->Entries.data();
  return Value(M.Mem.list({Value(Iterator{nullptr, Entries, At, false}), Value(Old == nullptr)}));
}
Result mapErase(LibraryCall &C) {
  Value Why;
  Map *Entries = selfMap(C, Why);
  if (!Entries)
    return Why;
  Value Key = C.arg(0);
  MapEntry *E = nullptr;
  if (auto *I = Key.as<Iterator>(); I && I->Index < static_cast<int64_t>(Entries->Entries.size()))
    E = &Entries->Entries[static_cast<size_t>(I->Index)];
  else
    E = Entries->find(Key);
  if (!E)
    return Value(static_cast<int64_t>(0));
  C.machine().Mem.touch(Entries);
  Entries->Entries.erase(Entries->Entries.begin() + (E - Entries->Entries.data()));
  return Value(static_cast<int64_t>(1));
}
template <bool Keys> Result mapParts(LibraryCall &C) {
  Value Why;
  Map *Entries = selfMap(C, Why);
  if (!Entries)
    return Why;
  List *L = C.machine().Mem.list();
  for (MapEntry &E : Entries->Entries)
    L->Items.push_back(Keys ? C.machine().Mem.cell(E.Key) : E.Item);
  return Value(L);
}
template <unsigned N> Result part(LibraryCall &C) {
  Value Why;
  List *L = selfList(C, Why);
  if (!L)
    return Why;
  return N < L->Items.size() ? Result(L->Items[N]) : Result(C.machine().unknown("a part of a pair", C.E));
}

Result stackTop(LibraryCall &C) { return listEnd<true>(C); }

} // namespace

Result energy::interp::assignValue(LibraryCall &C) {
  Machine &M = C.machine();
  const auto *Method = dyn_cast<CXXMethodDecl>(C.Callee);
  Value V = C.arg(0);
  if (Method && Method->getNumParams() == 1 && M.Kinds.of(Method->getParent()) != TypeKind::Tuple) {
    QualType T = M.Unit.context().getRecordType(Method->getParent());
    if (V.get<List>() && M.Kinds.of(T) == TypeKind::Map)
      V = M.constructType(T, {Result(V)}, C.E);
  }
  // std::tie(a, b) = f(): the places of the tuple on the left.
  List *L = C.self().get<List>(), *R = V.get<List>();
  if (Method && M.Kinds.of(Method->getParent()) == TypeKind::Tuple && L && R && L->Items.size() == R->Items.size()) {
    for (size_t I = 0; I < L->Items.size(); ++I)
      M.assign(L->Items[I], R->Items[I]->V);
    return C.This;
  }
  if (Method && M.Kinds.of(Method->getParent()) == TypeKind::Tuple && L && V.isUnknown()) {
    for (Cell *Item : L->Items)
      M.Mem.write(Item, V);
    return C.This;
  }
  M.assign(C.This, V);
  return C.This;
}
Result energy::interp::swapValues(LibraryCall &C) {
  Cell *Other = C.place(0);
  Value Mine = C.self();
  C.machine().Mem.write(C.This, Other->V);
  C.machine().Mem.write(Other, Mine);
  return Value(Null());
}

llvm::ArrayRef<LibraryRow> energy::interp::containerRows() {
  static const LibraryRow Rows[] = {
      {"List::size", listSize}, {"List::empty", listEmpty}, {"List::operator[]", listAt},
      {"List::at", listAt}, {"List::front", listEnd<false>}, {"List::back", listEnd<true>},
      {"List::top", stackTop}, {"List::push_back", listPush}, {"List::push", listPush},
      {"List::push_front", listPushFront}, {"List::emplace_back", listEmplace},
      {"List::emplace", listEmplace}, {"List::pop_back", listPop<false>}, {"List::pop", listPopByKind},
      {"List::pop_front", listPop<true>}, {"List::clear", listClear}, {"List::resize", listResize},
      {"List::reserve", nothing}, {"List::shrink_to_fit", nothing}, {"List::assign", listAssign},
      {"List::insert", listInsert}, {"List::erase", listErase}, {"List::swap", swapValues},
      {"List::begin", iterate<false, false>}, {"List::end", iterate<true, false>},
      {"List::cbegin", iterate<false, false>}, {"List::cend", iterate<true, false>},
      {"List::rbegin", iterate<false, true>}, {"List::rend", iterate<true, true>},
      {"List::vec", listCopy}, {"List::data", listData}, {"List::slice", listSlice},
      {"List::operator=", assignValue}, {"List::operator->", [](LibraryCall &C) -> Result { return Value(Ref{C.This}); }},
      {"List::operator*", [](LibraryCall &C) -> Result { return C.This; }},
      {"List::operator conversion", [](LibraryCall &C) -> Result { return C.This; }},
      {"List::fill", [](LibraryCall &C) -> Result {
         if (List *L = C.self().get<List>())
           for (Cell *Item : L->Items)
             C.machine().Mem.write(Item, C.machine().Mem.copy(C.arg(0)));
         return Value(Null());
       }},
      {"String::begin", iterate<false, false>}, {"String::end", iterate<true, false>},
      {"String::cbegin", iterate<false, false>}, {"String::cend", iterate<true, false>},
      {"String::rbegin", iterate<false, true>}, {"String::rend", iterate<true, true>},
      {"Tuple::operator=", assignValue}, {"Tuple::swap", swapValues},
      {"Tuple::key", part<0>}, {"Tuple::value", part<1>}, {"Tuple::pair", [](LibraryCall &C) -> Result { return C.This; }},
      {"Tuple::operator*", part<1>}, {"Tuple::operator->", [](LibraryCall &C) -> Result {
         Result R = part<1>(C);
         return R.Place ? Value(Ref{R.Place}) : R.V;
       }},
      {"Map::operator[]", mapAt}, {"Map::at", mapAt}, {"Map::find", mapFind}, {"Map::count", mapCount},
      {"Map::contains", mapCount}, {"Map::size", mapSize}, {"Map::is_empty", mapEmpty},
      {"Map::empty", mapEmpty}, {"Map::insert", mapInsertRule}, {"Map::emplace", mapInsertRule},
      {"Map::try_emplace", mapInsertRule}, {"Map::insert_or_assign", mapInsertRule},
      {"Map::update", nothing}, {"Map::erase", mapErase}, {"Map::clear", listClear},
      {"Map::keys", mapParts<true>}, {"Map::values", mapParts<false>},
      {"Map::pairs", [](LibraryCall &C) -> Result { return C.This; }},
      {"Map::items", [](LibraryCall &C) -> Result { return C.This; }},
      {"Map::reserve", nothing}, {"Map::begin", iterate<false, false>}, {"Map::end", iterate<true, false>},
      {"Map::cbegin", iterate<false, false>}, {"Map::cend", iterate<true, false>},
      {"Map::rbegin", iterate<false, true>}, {"Map::rend", iterate<true, true>},
      {"Map::operator=", assignValue}, {"Map::front", [](LibraryCall &C) -> Result {
         Map *Entries = C.self().get<Map>();
         if (!Entries || Entries->Entries.empty())
           return C.machine().unknown("the first entry of an empty map", C.E);
         return C.machine().Mem.pairOf(Entries->Entries.front());
       }},
      {"Set::insert", mapInsertRule}, {"Set::emplace", mapInsertRule}, {"Set::find", mapFind},
      {"Set::count", mapCount}, {"Set::contains", mapCount}, {"Set::size", mapSize},
      {"Set::empty", mapEmpty}, {"Set::erase", mapErase}, {"Set::clear", listClear},
      {"Set::begin", iterate<false, false>}, {"Set::end", iterate<true, false>},
      {"Set::operator=", assignValue},
  };
  return Rows;
}
