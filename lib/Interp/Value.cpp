#include "Interp/Value.h"
#include <cmath>

using namespace energy;
using namespace energy::interp;

std::optional<int64_t> Value::integer() const {
  if (auto *I = as<int64_t>())
    return *I;
  if (auto *B = as<bool>())
    return *B;
  if (auto *D = as<double>())
    if (std::abs(*D) < 9e15 && *D == std::floor(*D))
      return static_cast<int64_t>(*D);
  return std::nullopt;
}

std::optional<double> Value::number() const {
  if (auto *D = as<double>())
    return *D;
  if (auto *I = as<int64_t>())
    return static_cast<double>(*I);
  if (auto *B = as<bool>())
    return *B;
  return std::nullopt;
}

MapEntry *Map::find(const Value &Key) {
  for (MapEntry &E : Entries)
    if (compare(E.Key, Key) == 0)
      return &E;
  return nullptr;
}

/// Of two sequences, by their first difference.
template <class Sequence, class ValueOf>
static std::optional<int> compareItems(const Sequence &A, const Sequence &B, ValueOf Of) {
  for (size_t I = 0; I < std::min(A.size(), B.size()); ++I) {
    auto C = compare(Of(A[I]), Of(B[I]));
    if (!C || *C != 0)
      return C;
  }
  return A.size() < B.size() ? -1 : A.size() > B.size();
}

std::optional<int> interp::compare(const Value &A, const Value &B) {
  if (A.str() && B.str()) {
    int C = A.str()->compare(*B.str());
    return C < 0 ? -1 : C > 0;
  }
  if (A.as<int64_t>() && B.as<int64_t>())
    return *A.as<int64_t>() < *B.as<int64_t>() ? -1 : *A.as<int64_t>() > *B.as<int64_t>();
  auto X = A.number(), Y = B.number();
  if (X && Y)
    return *X < *Y ? -1 : *X > *Y;
  if (A.as<DType>() && B.as<DType>())
    return static_cast<int>(*A.as<DType>()) - static_cast<int>(*B.as<DType>());
  if (A.isNull() && B.isNull())
    return 0;
  if (A.as<Ref>() && B.as<Ref>()) // where things lie in memory is not known: any order will do
    return A.as<Ref>()->Target == B.as<Ref>()->Target ? 0 : 1;
  if (const List *LA = A.get<List>(), *LB = B.get<List>(); LA && LB)
    return compareItems(LA->Items, LB->Items, [](const Cell *C) -> const Value & { return C->V; });
  // A device, say.
  if (const Tagged *TA = A.get<Tagged>(), *TB = B.get<Tagged>(); TA && TB && TA->Tag == TB->Tag)
    return compareItems(TA->Items, TB->Items, [](const Value &V) -> const Value & { return V; });
  return std::nullopt;
}

bool interp::same(const Value &A, const Value &B) {
  if (A.index() != B.index())
    return false;
  if (auto *R = A.as<Ref>())
    return R->Target == B.as<Ref>()->Target;
  if (auto *I = A.as<Iterator>()) {
    const Iterator &J = *B.as<Iterator>();
    return I->InList == J.InList && I->InMap == J.InMap && I->Index == J.Index;
  }
  if (A.isNull())
    return true;
  if (A.get<TensorBox>() || A.get<Object>() || A.get<Map>() || A.get<Closure>() || A.get<Tagged>())
    return A.get<TensorBox>() == B.get<TensorBox>() && A.get<Object>() == B.get<Object>() &&
           A.get<Map>() == B.get<Map>() && A.get<Closure>() == B.get<Closure>() &&
           A.get<Tagged>() == B.get<Tagged>();
  return compare(A, B) == 0;
}

std::string interp::describe(const Value &V) {
  if (V.isNull())
    return "nothing";
  if (V.isUnknown())
    return "an unknown value";
  if (auto *B = V.as<bool>())
    return *B ? "true" : "false";
  if (auto *I = V.as<int64_t>())
    return std::to_string(*I);
  if (auto *D = V.as<double>())
    return std::to_string(*D);
  if (auto *S = V.str())
    return '"' + *S + '"';
  if (auto *T = V.get<TensorBox>()) {
    if (!T->Arg.Defined)
      return "an undefined tensor";
    return T->Arg.known() ? "a tensor " + shapeText(T->Arg.Type.Shape) : "a tensor of unknown shape";
  }
  if (auto *L = V.get<List>())
    return "a list of " + std::to_string(L->Items.size());
  if (auto *O = V.get<Object>())
    return "an object of class '" + (O->Class ? O->Class->getNameAsString() : "?") + "'";
  if (V.get<Map>())
    return "a map";
  if (V.get<Closure>())
    return "a function";
  if (auto *T = V.get<Tagged>())
    return T->Tag.str();
  if (V.as<DType>())
    return dtypeName(*V.as<DType>()).str();
  return V.as<Ref>() ? "a pointer" : "an iterator";
}
