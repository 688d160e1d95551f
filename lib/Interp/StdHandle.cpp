/// \file
/// Things that lead to one value: std::optional and std::variant, smart and raw
/// pointers, iterators, std::function: their methods.
#include "Interp/StdRules.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

Result hasValue(LibraryCall &C) {
  Value V = C.self();
  if (auto *T = V.get<TensorBox>(); T && C.machine().Kinds.of(cast<CXXMethodDecl>(C.Callee)->getParent()) == TypeKind::Optional)
    return Value(true);
  return V.isUnknown() ? V : Value(!V.isNull());
}
Result optionalValue(LibraryCall &C) {
  if (C.self().isNull())
    return C.machine().unknown("the value of an empty optional", C.E);
  return C.This;
}
/// To bool, or from c10::optional to std::optional.
Result optionalConversion(LibraryCall &C) {
  return C.E->getType()->isBooleanType() ? hasValue(C) : Result(C.machine().Mem.copy(C.self()));
}
Result valueOr(LibraryCall &C) { return C.self().isNull() ? C.arg(0) : C.self(); }
Result setNull(LibraryCall &C) {
  C.machine().Mem.write(C.This, C.size() ? C.arg(0) : Value(Null()));
  return Value(Null());
}
Result emplaceValue(LibraryCall &C) {
  Machine &M = C.machine();
  QualType T = typeArgument(M.Unit.context().getRecordType(cast<CXXMethodDecl>(C.Callee)->getParent()), 0);
  std::vector<Result> Args;
  for (unsigned I = 0; I < C.size(); ++I)
    Args.push_back(C.result(I));
  M.Mem.write(C.This, T.isNull() ? C.arg(0) : M.constructType(T, Args, C.E));
  return C.This;
}

Result pointerDereference(LibraryCall &C) {
  if (auto *R = C.self().as<Ref>())
    return R->Target;
  if (C.self().isNull())
    return C.machine().unknown("a null pointer is dereferenced", C.E);
  return C.This;
}
Result pointerGet(LibraryCall &C) { return C.self(); }
Result releasePointer(LibraryCall &C) {
  Value V = C.self();
  C.machine().Mem.write(C.This, Null());
  return V;
}
Result assignPointer(LibraryCall &C) {
  C.machine().Mem.write(C.This, C.arg(0));
  return C.This;
}
Result pointerConversion(LibraryCall &C) {
  if (C.E->getType()->isBooleanType())
    return Value(!C.self().isNull());
  return pointerDereference(C);
}

Iterator *selfIterator(LibraryCall &C) { return std::get_if<Iterator>(&C.This->V); }
Result iteratorDereference(LibraryCall &C) {
  Machine &M = C.machine();
  Iterator *I = selfIterator(C);
  if (!I)
    return C.self().isUnknown() ? C.self() : M.unknown("an iterator is expected", C.E);
  int64_t N = I->InList ? length(I->InList) : I->InMap ? static_cast<int64_t>(I->InMap->Entries.size()) : 0;
  int64_t At = I->Reverse ? N - 1 - I->Index : I->Index;
  if (At < 0 || At >= N)
    return M.unknown("an iterator is dereferenced outside its container", C.E);
  Cell *Item = I->InList ? I->InList->Items[static_cast<size_t>(At)]
                         : M.Mem.pairOf(I->InMap->Entries[static_cast<size_t>(At)]);
  return Item;
}
Result iteratorArrow(LibraryCall &C) {
  Result R = iteratorDereference(C);
  return R.Place ? Value(Ref{R.Place}) : R.V;
}
template <int Step> Result iteratorStep(LibraryCall &C) {
  Iterator *I = selfIterator(C);
  if (!I)
    return C.self();
  Value Old = *I;
  Iterator New = *I;
  New.Index += Step;
  C.machine().Mem.write(C.This, New);
  bool Postfix = C.size() > 0;
  return Postfix ? Result(Old) : Result(C.This);
}
template <int Sign, bool InPlace> Result iteratorAdd(LibraryCall &C) {
  Iterator *I = selfIterator(C);
  Value Other = C.arg(0);
  if (I && Other.as<Iterator>())
    return Value(I->Index - Other.as<Iterator>()->Index);
  auto N = Other.integer();
  if (!I || !N)
    return I ? Other : C.self();
  Iterator New = *I;
  New.Index += Sign * *N;
  if (!InPlace)
    return Value(New);
  C.machine().Mem.write(C.This, New);
  return C.This;
}
/// base() of a reverse iterator.
Result iteratorBase(LibraryCall &C) {
  Iterator *I = selfIterator(C);
  if (!I || !I->Reverse)
    return C.self();
  auto N = static_cast<int64_t>(I->InList ? I->InList->Items.size() : I->InMap ? I->InMap->Entries.size() : 0);
  return Value(Iterator{I->InList, I->InMap, N - I->Index, false});
}
Result iteratorIndex(LibraryCall &C) {
  Iterator *I = selfIterator(C);
  auto N = C.integer(0);
  if (!I || !N || !I->InList || I->Index + *N < 0 || I->Index + *N >= length(I->InList))
    return C.machine().unknown("an iterator is used outside its container", C.E);
  return I->InList->Items[static_cast<size_t>(I->Index + *N)];
}

Result callFunction(LibraryCall &C) {
  std::vector<Result> Args;
  for (unsigned I = 0; I < C.size(); ++I)
    Args.push_back(C.result(I));
  return C.machine().callValue(C.self(), Args, C.E);
}

/// IValue::isTensor() and the like.
template <class Kind> Result variantIs(LibraryCall &C) {
  Value V = C.self();
  return V.isUnknown() ? V : Value(V.get<Kind>() != nullptr);
}
/// IValue::toTuple(), which is a pointer.
Result variantPointer(LibraryCall &C) { return Value(Ref{C.This}); }
/// IValue::toInt() and the like.
Result variantNumber(LibraryCall &C) { return C.machine().convertNumber(C.self(), C.E->getType()); }

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::handleRows() {
  static const LibraryRow Rows[] = {
      {"Optional::has_value", hasValue}, {"Optional::operator conversion", optionalConversion},
      {"Optional::value", optionalValue}, {"Optional::operator*", optionalValue},
      {"Optional::operator->", [](LibraryCall &C) -> Result {
         if (C.self().isNull())
           return C.machine().unknown("the value of an empty optional", C.E);
         return Value(Ref{C.This});
       }},
      {"Optional::value_or", valueOr}, {"Optional::reset", setNull}, {"Optional::emplace", emplaceValue},
      {"Optional::operator=", assignValue}, {"Optional::swap", swapValues},
      {"Variant::operator=", assignValue}, {"Variant::emplace", emplaceValue},
      {"Variant::has_value", hasValue}, {"Variant::isTensor", variantIs<TensorBox>},
      {"Variant::isTuple", variantIs<List>}, {"Variant::isList", variantIs<List>},
      {"Variant::isTensorList", variantIs<List>},
      {"Variant::isNone", [](LibraryCall &C) -> Result { return Value(C.self().isNull()); }},
      {"Variant::toTensor", itself}, {"Variant::toTensorVector", itself}, {"Variant::toTensorList", itself},
      {"Variant::toList", itself}, {"Variant::toTuple", variantPointer}, {"Variant::toTupleRef", itself},
      {"Variant::toInt", variantNumber}, {"Variant::toDouble", variantNumber}, {"Variant::toBool", variantNumber},
      {"c10::ivalue::Tuple::elements", itself},
      {"Pointer::operator->", pointerGet}, {"Pointer::get", pointerGet},
      {"Pointer::operator*", pointerDereference}, {"Pointer::operator conversion", pointerConversion},
      {"Pointer::operator=", assignPointer}, {"Pointer::reset", setNull}, {"Pointer::lock", pointerGet},
      {"Pointer::release", releasePointer}, {"Pointer::swap", swapValues},
      {"Pointer::use_count", [](LibraryCall &) -> Result { return Value(static_cast<int64_t>(1)); }},
      {"Pointer::operator()", callFunction},
      {"Pointer::operator[]", [](LibraryCall &C) -> Result {
         if (auto *I = C.self().as<Iterator>(); I && I->InList && C.integer(0) && *C.integer(0) >= 0 && *C.integer(0) < length(I->InList))
           return I->InList->Items[static_cast<size_t>(*C.integer(0))];
         return C.machine().unknown("an element of an array pointer", C.E);
       }},
      {"Iterator::operator*", iteratorDereference}, {"Iterator::operator->", iteratorArrow},
      {"Iterator::operator++", iteratorStep<1>}, {"Iterator::operator--", iteratorStep<-1>},
      {"Iterator::operator+", iteratorAdd<1, false>}, {"Iterator::operator-", iteratorAdd<-1, false>},
      {"Iterator::operator+=", iteratorAdd<1, true>}, {"Iterator::operator-=", iteratorAdd<-1, true>},
      {"JsonIterator::operator++", iteratorStep<1>}, {"JsonIterator::operator--", iteratorStep<-1>},
      {"JsonIterator::operator+", iteratorAdd<1, false>}, {"JsonIterator::operator-", iteratorAdd<-1, false>},
      {"JsonIterator::operator=", assignPointer}, {"Iterator::base", iteratorBase},
      {"Iterator::operator[]", iteratorIndex}, {"Iterator::operator=", assignPointer},
      {"Function::operator()", callFunction}, {"Function::operator conversion", hasValue},
      {"Function::operator=", assignPointer},
  };
  return Rows;
}
