/// \file
/// <algorithm>, <numeric> and <iterator> over lists.
#include "Interp/Machine.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// The half-open range given by two iterators; false when it is not one.
struct Range {
  List *L = nullptr;
  int64_t Begin = 0, End = 0;
  bool Reverse = false;
  Cell *operator[](int64_t I) const {
    int64_t N = static_cast<int64_t>(L->Items.size());
    return L->Items[static_cast<size_t>(Reverse ? N - 1 - I : I)];
  }
};
bool range(LibraryCall &C, unsigned First, Range &R) {
  auto A = C.arg(First), B = C.arg(First + 1);
  auto *I = A.as<Iterator>(), *J = B.as<Iterator>();
  if (!I || !J)
    return false;
  R.L = I->InList;
  if (I->InMap) {
    R.L = C.machine().Mem.list();
    for (MapEntry &E : I->InMap->Entries)
      R.L->Items.push_back(C.machine().Mem.pairOf(E));
  }
  if (!R.L || R.L->Why != UnknownId::None)
    return false;
  C.machine().Mem.charge(R.L->Items.size() * sizeof(Cell *)); // all are gone through
  R.Begin = I->Index;
  R.End = std::min<int64_t>(J->Index, static_cast<int64_t>(R.L->Items.size()));
  R.Reverse = I->Reverse;
  return R.Begin >= 0;
}
Value notARange(LibraryCall &C) {
  for (const Value &V : C.values())
    if (V.isUnknown())
      return V;
  return C.machine().unknown("'" + C.machine().nameOf(C.Callee) + "' over a range that is not known", C.E);
}
Value at(const Range &R, int64_t I) { return Iterator{R.L, nullptr, I, R.Reverse}; }

Value call(LibraryCall &C, unsigned F, llvm::ArrayRef<Result> Args) {
  return C.machine().callValue(C.arg(F), Args, C.E).value();
}

Result accumulate(LibraryCall &C) {
  Machine &M = C.machine();
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  Value Sum = C.arg(2);
  for (int64_t I = R.Begin; I < R.End && !M.stopped(); ++I) {
    if (C.size() > 3) {
      Value F = C.arg(3);
      if (auto *T = F.get<Tagged>()) // std::multiplies<>, std::plus<>
        Sum = M.binary(T->Tag.contains("multiplies") ? BO_Mul : BO_Add, Sum, R[I]->V, C.E->getType(), C.E);
      else
        Sum = call(C, 3, {Result(Sum), Result(R[I])});
    } else if (Sum.str()) {
      Sum = M.Mem.string(*Sum.str() + M.textOf(R[I]->V));
    } else {
      Sum = M.binary(BO_Add, Sum, R[I]->V, C.E->getType(), C.E);
    }
  }
  return Sum;
}
Result forEach(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  for (int64_t I = R.Begin; I < R.End && !C.machine().stopped(); ++I)
    call(C, 2, {Result(R[I])});
  return C.arg(2);
}

/// After a change through iterators: characters are those of a string, which changes too.
void changed(Machine &M, const List *L) {
  if (!L || !L->Text)
    return;
  std::string Text;
  for (const Cell *C : L->Items)
    Text += static_cast<char>(C->V.integer().value_or(' '));
  M.Mem.charge(Text.size());
  M.Mem.write(L->Text, M.Mem.string(Text));
}

/// Writes through an output iterator: into the list, or appending for back_inserter.
void output(LibraryCall &C, Value &Out, const Value &V) {
  Machine &M = C.machine();
  if (auto *T = Out.get<Tagged>(); T && T->Tag == "inserter") {
    if (List *L = T->Items[0].get<List>()) {
      M.Mem.touch(L);
      L->Items.push_back(M.Mem.cell(M.Mem.copy(V)));
    }
    return;
  }
  if (auto *I = Out.as<Iterator>(); I && I->InList && I->Index < static_cast<int64_t>(I->InList->Items.size())) {
    M.Mem.write(I->InList->Items[static_cast<size_t>(I->Index)], M.Mem.copy(V));
    Out = Iterator{I->InList, nullptr, I->Index + 1, I->Reverse};
  }
}
Result transform(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  bool Binary = C.size() > 4;
  Value Out = C.arg(Binary ? 3 : 2);
  Value Second = Binary ? C.arg(2) : Value(Null());
  std::optional<Iterator> Other = Second.as<Iterator>() ? std::optional(*Second.as<Iterator>()) : std::nullopt;
  for (int64_t I = R.Begin; I < R.End && !C.machine().stopped(); ++I) {
    std::vector<Result> Args = {Result(R[I])};
    if (Other && Other->InList && Other->Index < static_cast<int64_t>(Other->InList->Items.size()))
      Args.push_back(Other->InList->Items[static_cast<size_t>(Other->Index++)]);
    output(C, Out, call(C, Binary ? 4 : 3, Args));
  }
  if (auto *Written = Out.as<Iterator>())
    changed(C.machine(), Written->InList);
  return Out;
}
template <bool If> Result copyRange(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  Value Out = C.arg(2);
  std::vector<Value> Source;
  for (int64_t I = R.Begin; I < R.End; ++I)
    Source.push_back(R[I]->V);
  for (const Value &V : Source) {
    Value Chosen = If ? C.machine().truth(call(C, 3, {Result(V)})) : Value(true);
    if (Chosen.isUnknown())
      return Chosen;
    if (*Chosen.as<bool>())
      output(C, Out, V);
  }
  return Out;
}
Result fill(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  for (int64_t I = R.Begin; I < R.End; ++I)
    C.machine().Mem.write(R[I], C.machine().Mem.copy(C.arg(2)));
  return Value(Null());
}
Result iota(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  Value V = C.arg(2);
  for (int64_t I = R.Begin; I < R.End; ++I) {
    C.machine().Mem.write(R[I], V);
    V = V.as<double>() ? Value(*V.as<double>() + 1) : V.integer() ? Value(*V.integer() + 1) : V;
  }
  return Value(Null());
}
Result reverse(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R) || R.Reverse)
    return notARange(C);
  C.machine().Mem.touch(R.L);
  std::reverse(R.L->Items.begin() + R.Begin, R.L->Items.begin() + R.End);
  changed(C.machine(), R.L);
  return Value(Null());
}
Result sort(LibraryCall &C) {
  Machine &M = C.machine();
  Range R;
  if (!range(C, 0, R) || R.Reverse)
    return notARange(C);
  bool Unknown = false;
  auto Less = [&](Cell *A, Cell *B) {
    if (C.size() > 2) {
      Value F = C.arg(2);
      if (F.get<Tagged>())
        return compare(A->V, B->V).value_or(0) > 0; // std::greater
      Value T = M.truth(call(C, 2, {Result(A), Result(B)}));
      Unknown |= !T.as<bool>();
      return T.as<bool>() && *T.as<bool>();
    }
    auto Order = compare(A->V, B->V);
    Unknown |= !Order;
    return Order.value_or(0) < 0;
  };
  M.Mem.touch(R.L);
  // Insertion sort: tolerates a comparison that is not an order.
  for (int64_t I = R.Begin + 1; I < R.End && !M.stopped(); ++I)
    for (int64_t J = I; J > R.Begin && Less(R.L->Items[static_cast<size_t>(J)], R.L->Items[static_cast<size_t>(J - 1)]); --J)
      std::swap(R.L->Items[static_cast<size_t>(J)], R.L->Items[static_cast<size_t>(J - 1)]);
  if (Unknown)
    R.L->Why = M.unknownId("a sort whose order is not known", C.E);
  return Value(Null());
}

template <bool UsePredicate> Result find(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  for (int64_t I = R.Begin; I < R.End; ++I) {
    Value Match = UsePredicate ? C.machine().truth(call(C, 2, {Result(R[I])}))
                               : Value(compare(R[I]->V, C.arg(2)) == 0);
    if (Match.isUnknown())
      return Match;
    if (*Match.as<bool>())
      return at(R, I);
  }
  return at(R, R.End);
}
/// remove, remove_if: what stays moves to the front; returns the new end.
template <bool UsePredicate> Result remove(LibraryCall &C) {
  Machine &M = C.machine();
  Range R;
  if (!range(C, 0, R) || R.Reverse)
    return notARange(C);
  int64_t Out = R.Begin;
  for (int64_t I = R.Begin; I < R.End; ++I) {
    Value Match = UsePredicate ? M.truth(call(C, 2, {Result(R[I])})) : Value(compare(R[I]->V, C.arg(2)) == 0);
    if (Match.isUnknown())
      return Match;
    if (!*Match.as<bool>())
      M.Mem.write(R[Out++], R[I]->V);
  }
  changed(M, R.L);
  return at(R, Out);
}
enum class Quantifier { Any, All, None, Count };
template <Quantifier Q, bool UsePredicate> Result quantify(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  int64_t Count = 0;
  for (int64_t I = R.Begin; I < R.End; ++I) {
    Value Match = UsePredicate ? C.machine().truth(call(C, 2, {Result(R[I])}))
                               : Value(compare(R[I]->V, C.arg(2)) == 0);
    if (Match.isUnknown())
      return Match;
    Count += *Match.as<bool>();
  }
  switch (Q) {
  case Quantifier::Any: return Value(Count > 0);
  case Quantifier::All: return Value(Count == R.End - R.Begin);
  case Quantifier::None: return Value(Count == 0);
  case Quantifier::Count: return Value(Count);
  }
  return Value(Null());
}
template <bool Max> Result extremeElement(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  int64_t Best = R.Begin;
  for (int64_t I = R.Begin; I < R.End; ++I)
    if (auto Order = compare(R[I]->V, R[Best]->V); Order && (Max ? *Order > 0 : *Order < 0))
      Best = I;
  return at(R, Best);
}

Result backInserter(LibraryCall &C) { return Value(C.machine().Mem.tagged("inserter", {C.arg(0)})); }

Iterator whole(const Value &V, bool AtEnd, bool Reverse) {
  if (List *L = V.get<List>())
    return {L, nullptr, AtEnd ? static_cast<int64_t>(L->Items.size()) : 0, Reverse};
  Map *M = V.get<Map>();
  return {nullptr, M, AtEnd && M ? static_cast<int64_t>(M->Entries.size()) : 0, Reverse};
}
template <bool AtEnd, bool Reverse> Result beginEnd(LibraryCall &C) {
  Value V = C.arg(0);
  if (!V.get<List>() && !V.get<Map>())
    return C.machine().unexpected("an iterator of", V, C.E);
  return Value(whole(V, AtEnd, Reverse));
}
Result sizeOf(LibraryCall &C) {
  Value V = C.arg(0);
  if (List *L = V.get<List>())
    return Value(static_cast<int64_t>(L->Items.size()));
  if (Map *M = V.get<Map>())
    return Value(static_cast<int64_t>(M->Entries.size()));
  return C.machine().unexpected("the size of", V, C.E);
}
Result distance(LibraryCall &C) {
  Value A = C.arg(0), B = C.arg(1);
  if (!A.as<Iterator>() || !B.as<Iterator>())
    return notARange(C);
  return Value(B.as<Iterator>()->Index - A.as<Iterator>()->Index);
}
template <int Sign> Result step(LibraryCall &C) {
  Value A = C.arg(0);
  int64_t N = C.size() > 1 ? C.integer(1).value_or(1) : 1;
  if (auto *I = A.as<Iterator>())
    return Value(Iterator{I->InList, I->InMap, I->Index + Sign * N, I->Reverse});
  return notARange(C);
}
Result advance(LibraryCall &C) {
  Cell *Place = C.place(0);
  if (auto *I = Place->V.as<Iterator>(); I && C.integer(1))
    C.machine().Mem.write(Place, Iterator{I->InList, I->InMap, I->Index + *C.integer(1), I->Reverse});
  return Value(Null());
}
Result generate(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  for (int64_t I = R.Begin; I < R.End && !C.machine().stopped(); ++I)
    C.machine().Mem.write(R[I], call(C, 2, {}));
  return Value(Null());
}
Result shuffle(LibraryCall &C) {
  Range R;
  if (!range(C, 0, R))
    return notARange(C);
  R.L->Why = C.machine().unknownId("the order of a shuffled container", C.E);
  return Value(Null());
}

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::algorithmRows() {
  static const LibraryRow Rows[] = {
      {"std::accumulate", accumulate}, {"std::reduce", accumulate}, {"std::for_each", forEach},
      {"std::transform", transform}, {"std::copy", copyRange<false>}, {"std::move_backward", copyRange<false>},
      {"std::copy_if", copyRange<true>}, {"std::fill", fill}, {"std::iota", iota},
      {"std::reverse", reverse}, {"std::sort", sort}, {"std::stable_sort", sort},
      {"std::find", find<false>}, {"std::find_if", find<true>},
      {"std::remove", remove<false>}, {"std::remove_if", remove<true>},
      {"std::any_of", quantify<Quantifier::Any, true>}, {"std::all_of", quantify<Quantifier::All, true>},
      {"std::none_of", quantify<Quantifier::None, true>},
      {"std::count_if", quantify<Quantifier::Count, true>}, {"std::count", quantify<Quantifier::Count, false>},
      {"std::max_element", extremeElement<true>}, {"std::min_element", extremeElement<false>},
      {"std::back_inserter", backInserter}, {"std::begin", beginEnd<false, false>},
      {"std::end", beginEnd<true, false>}, {"std::cbegin", beginEnd<false, false>},
      {"std::cend", beginEnd<true, false>}, {"std::rbegin", beginEnd<false, true>},
      {"std::rend", beginEnd<true, true>}, {"std::size", sizeOf}, {"std::distance", distance},
      {"std::next", step<1>}, {"std::prev", step<-1>}, {"std::advance", advance},
      {"std::generate", generate}, {"std::shuffle", shuffle}, {"std::random_shuffle", shuffle},
  };
  return Rows;
}
