/// \file
/// Free functions of the standard library and of C10: mathematics, moves,
/// tuples, smart pointers, checks.
#include "Interp/StdRules.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include <cmath>
#include <limits>

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// A function of doubles; an integer result type gets an integer.
template <double (*F)(double)> Result math1(LibraryCall &C) {
  auto X = C.arg(0).number();
  return X ? C.machine().convertNumber(F(*X), C.E->getType()) : C.arg(0);
}
template <double (*F)(double, double)> Result math2(LibraryCall &C) {
  Value A = C.arg(0), B = C.arg(1);
  if (!A.number() || !B.number())
    return A.number() ? B : A;
  return C.machine().convertNumber(F(*A.number(), *B.number()), C.E->getType());
}
Result absolute(LibraryCall &C) {
  Value V = C.arg(0);
  if (auto *I = V.as<int64_t>())
    return Value(std::abs(*I));
  return V.number() ? Value(std::abs(*V.number())) : V;
}
template <bool Max> Result extreme(LibraryCall &C) {
  Machine &M = C.machine();
  std::vector<Result> All;
  if (const List *L = C.arg(0).get<List>(); L && C.size() == 1) {
    for (Cell *Item : L->Items)
      All.push_back(Item);
  } else {
    for (unsigned I = 0; I < std::min(C.size(), 2u); ++I)
      All.push_back(C.result(I));
  }
  if (All.empty())
    return M.unknown("the largest of no values", C.E);
  Result Best = All[0];
  for (const Result &R : All) {
    if (R.value().isUnknown())
      return R.value();
    auto Order = compare(R.value(), Best.value());
    if (!Order)
      return M.unknown("values that cannot be compared", C.E);
    if (Max ? *Order > 0 : *Order < 0)
      Best = R;
  }
  return Best;
}
Result clampValue(LibraryCall &C) {
  Value V = C.arg(0), Lo = C.arg(1), Hi = C.arg(2);
  for (const Value &X : {V, Lo, Hi})
    if (X.isUnknown())
      return X;
  return compare(V, Lo).value_or(0) < 0 ? Lo : compare(V, Hi).value_or(0) > 0 ? Hi : V;
}
Result greatestDivisor(LibraryCall &C) {
  auto A = C.integer(0), B = C.integer(1);
  if (!A || !B)
    return A ? C.arg(1) : C.arg(0);
  return Value(static_cast<int64_t>(std::abs(*B) == 0 ? std::abs(*A) : std::__gcd(std::abs(*A), std::abs(*B))));
}

Result first(LibraryCall &C) { return C.result(0); }
Result addressOf(LibraryCall &C) { return Value(Ref{C.place(0)}); }
Result exchange(LibraryCall &C) {
  Value Old = C.arg(0), New = C.arg(1);
  C.machine().Mem.write(C.place(0), New);
  return Old;
}
Result swapTwo(LibraryCall &C) {
  Cell *A = C.place(0), *B = C.place(1);
  Value Old = A->V;
  C.machine().Mem.write(A, B->V);
  C.machine().Mem.write(B, Old);
  return Value(Null());
}

/// The I-th explicit template argument of the function called, as a type.
QualType functionTypeArgument(const FunctionDecl *F, unsigned I) {
  const TemplateArgumentList *Args = F->getTemplateSpecializationArgs();
  if (!Args)
    return {};
  llvm::SmallVector<TemplateArgument, 4> Flat;
  for (const TemplateArgument &A : Args->asArray()) {
    if (A.getKind() == TemplateArgument::Pack)
      Flat.append(A.pack_begin(), A.pack_end());
    else
      Flat.push_back(A);
  }
  return I < Flat.size() && Flat[I].getKind() == TemplateArgument::Type ? Flat[I].getAsType() : QualType();
}
std::optional<int64_t> functionIntegerArgument(const FunctionDecl *F, unsigned I) {
  const TemplateArgumentList *Args = F->getTemplateSpecializationArgs();
  if (!Args || I >= Args->size() || Args->get(I).getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return Args->get(I).getAsIntegral().getExtValue();
}

Result getPart(LibraryCall &C) {
  Value V = C.arg(0);
  const List *L = V.get<List>();
  auto I = functionIntegerArgument(C.Callee, 0);
  if (I && L && *I < static_cast<int64_t>(L->Items.size()))
    return L->Items[static_cast<size_t>(*I)];
  if (!I && !V.isUnknown()) // std::get<T>(variant)
    return C.result(0);
  return C.machine().unexpected("a part of", V, C.E);
}
Result getIf(LibraryCall &C) { return C.arg(0); }

/// holds_alternative<T>: the value carries its kind.
Result holdsAlternative(LibraryCall &C) {
  Value V = C.arg(0);
  QualType T = functionTypeArgument(C.Callee, 0);
  if (V.isUnknown() || T.isNull())
    return V;
  if (C.machine().Kinds.of(T) == TypeKind::Enum)
    return Value(V.str() && "k" + *V.str() == T->getAsCXXRecordDecl()->getName().str());
  return Value(C.machine().fit(V, T) > 0);
}

Result makeTuple(LibraryCall &C) {
  List *L = C.machine().Mem.list();
  for (const Value &V : C.values())
    L->Items.push_back(C.machine().Mem.cell(C.machine().Mem.copy(V)));
  return Value(L);
}
Result tie(LibraryCall &C) {
  List *L = C.machine().Mem.list();
  for (unsigned I = 0; I < C.size(); ++I)
    L->Items.push_back(C.place(I));
  return Value(L);
}
Result tupleCat(LibraryCall &C) {
  List *L = C.machine().Mem.list();
  for (const Value &V : C.values())
    if (const List *Part = V.get<List>())
      L->Items.insert(L->Items.end(), Part->Items.begin(), Part->Items.end());
  return Value(L);
}

/// make_shared<T>(args...): T constructed, and a pointer to it.
Result makeShared(LibraryCall &C) {
  Machine &M = C.machine();
  QualType T = functionTypeArgument(C.Callee, 0);
  std::vector<Result> Args;
  for (unsigned I = 0; I < C.size(); ++I)
    Args.push_back(C.result(I));
  if (M.stopped())
    return Value(M.Stopped);
  if (T.isNull())
    return M.unknown("the type of make_shared is not known", C.E);
  Value V = M.constructType(T, Args, C.E);
  if (Object *O = V.get<Object>())
    return Value(Ref{O->Home});
  return V.isUnknown() ? V : Value(Ref{M.Mem.cell(V)});
}

Result dynamicPointerCast(LibraryCall &C) {
  Machine &M = C.machine();
  Value V = C.arg(0);
  Object *O = M.moduleOf(V);
  QualType T = functionTypeArgument(C.Callee, 0);
  if (!O || T.isNull() || !O->Class || !T->getAsCXXRecordDecl())
    return V;
  return findBase(O->Class, qualifiedName(T->getAsCXXRecordDecl())) ? V : Value(Null());
}

Result limits(LibraryCall &C) {
  QualType T = C.E->getType();
  llvm::StringRef Name = C.Callee->getName();
  if (T->isFloatingType()) {
    bool Single = T->isSpecificBuiltinType(BuiltinType::Float);
    using F = std::numeric_limits<float>;
    using D = std::numeric_limits<double>;
    if (Name == "infinity")
      return Value(D::infinity());
    if (Name == "quiet_NaN")
      return Value(D::quiet_NaN());
    if (Name == "epsilon")
      return Value(Single ? static_cast<double>(F::epsilon()) : D::epsilon());
    if (Name == "min")
      return Value(Single ? static_cast<double>(F::min()) : D::min());
    double Max = Single ? static_cast<double>(F::max()) : D::max();
    return Value(Name == "lowest" ? -Max : Max);
  }
  auto Width = static_cast<unsigned>(C.machine().Unit.context().getTypeSize(T));
  bool Signed = T->isSignedIntegerType();
  llvm::APInt V = Name == "max" ? (Signed ? llvm::APInt::getSignedMaxValue(Width) : llvm::APInt::getMaxValue(Width))
                                : (Signed ? llvm::APInt::getSignedMinValue(Width) : llvm::APInt::getMinValue(Width));
  return Value(Signed ? V.getSExtValue() : static_cast<int64_t>(V.getZExtValue()));
}

Result fails(LibraryCall &C) {
  std::string What;
  for (const Value &V : C.values())
    if (V.str() && What.empty() && V.str()->find(' ') != std::string::npos)
      What = *V.str();
  return C.machine().throws(What.empty() ? "a check in the code fails" : "a check in the code fails: " + What, C.E);
}
/// The text of a TORCH_CHECK, for the reason when it fails.
Result checkMessage(LibraryCall &C) {
  std::string Text;
  for (const Value &V : C.values(1))
    Text += C.machine().textOf(V);
  return C.machine().Mem.string(Text);
}
Result exits(LibraryCall &C) { return C.machine().throws("the code ends the program here", C.E); }

Result bindFunction(LibraryCall &C) {
  Machine &M = C.machine();
  Value F = C.arg(0);
  Closure *Old = F.get<Closure>();
  if (!Old)
    return M.unexpected("std::bind of", F, C.E);
  Closure *New = M.Mem.closure();
  *New = *Old;
  New->IsBind = true;
  New->Bound = C.values(1);
  return Value(New);
}
Result invokeFunction(LibraryCall &C) {
  std::vector<Result> Args;
  for (unsigned I = 1; I < C.size(); ++I)
    Args.push_back(C.result(I));
  return C.machine().callValue(C.arg(0), Args, C.E);
}

/// ==, !=, <, ... of strings, containers, iterators, pointers and optionals.
Result compareValues(LibraryCall &C) {
  static const llvm::DenseMap<int, BinaryOperatorKind> Ops = {
      {OO_EqualEqual, BO_EQ}, {OO_ExclaimEqual, BO_NE}, {OO_Less, BO_LT},
      {OO_Greater, BO_GT}, {OO_LessEqual, BO_LE}, {OO_GreaterEqual, BO_GE}};
  Value L = C.This ? C.self() : C.arg(0), R = C.arg(C.This ? 0 : 1);
  return C.machine().binary(Ops.lookup(C.Callee->getOverloadedOperator()), L, R, C.E->getType(), C.E);
}
Result subtract(LibraryCall &C) {
  return C.machine().binary(BO_Sub, C.arg(0), C.arg(1), C.E->getType(), C.E);
}
Result random(LibraryCall &C) { return C.machine().unknown("a random number is used", C.E); }
Result time(LibraryCall &C) { return C.machine().unknown("the time is used", C.E); }
Result environment(LibraryCall &C) { return C.machine().unknown("the environment is read", C.E); }

double roundHalfAway(double X) { return std::round(X); }
double logBase2(double X) { return std::log2(X); }

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::utilityRows() {
  static const std::vector<LibraryRow> Rows = [] {
    std::vector<LibraryRow> R = {
        {"std::max", extreme<true>}, {"std::min", extreme<false>}, {"std::clamp", clampValue},
        {"std::gcd", greatestDivisor}, {"std::__gcd", greatestDivisor}, {"std::abs", absolute},
        {"abs", absolute},
        {"__builtin_expect", first}, {"c10::detail::torchCheckMsgImpl", checkMessage},
        {"std::move", first}, {"std::forward", first}, {"std::as_const", first}, {"std::ref", addressOf},
        {"std::cref", addressOf}, {"std::addressof", addressOf}, {"std::exchange", exchange},
        {"std::swap", swapTwo}, {"std::get", getPart}, {"c10::get", getPart}, {"std::get_if", getIf},
        {"c10::get_if", getIf}, {"std::any_cast", first},
        {"std::holds_alternative", holdsAlternative}, {"c10::holds_alternative", holdsAlternative},
        {"std::make_pair", makeTuple}, {"std::make_tuple", makeTuple},
        {"std::forward_as_tuple", tie}, {"std::tie", tie}, {"std::tuple_cat", tupleCat},
        {"std::make_shared", makeShared}, {"std::make_unique", makeShared},
        {"c10::make_intrusive", makeShared}, {"std::make_optional", first}, {"c10::make_optional", first},
        {"std::dynamic_pointer_cast", dynamicPointerCast}, {"std::static_pointer_cast", first},
        {"std::const_pointer_cast", first}, {"c10::makeArrayRef", first},
        {"std::numeric_limits::max", limits}, {"std::numeric_limits::min", limits},
        {"std::numeric_limits::lowest", limits}, {"std::numeric_limits::infinity", limits},
        {"std::numeric_limits::epsilon", limits}, {"std::numeric_limits::quiet_NaN", limits},
        {"c10::detail::torchCheckFail", fails}, {"c10::detail::torchInternalAssertFail", fails},
        {"c10::ThrowError", fails}, {"__assert_fail", fails}, {"exit", exits}, {"std::exit", exits},
        {"abort", exits}, {"std::abort", exits}, {"std::terminate", exits},
        {"std::bind", bindFunction}, {"std::invoke", invokeFunction},
        {"std::uniform_real_distribution::operator()", random},
        {"std::uniform_int_distribution::operator()", random},
        {"std::normal_distribution::operator()", random},
        {"std::bernoulli_distribution::operator()", random},
        {"std::mersenne_twister_engine::operator()", random},
        {"std::linear_congruential_engine::operator()", random},
        {"std::random_device::operator()", random},
        {"rand", random}, {"std::rand", random}, {"srand", nothing}, {"std::srand", nothing},
        {"time", time}, {"std::time", time}, {"clock", time}, {"getenv", environment},
        {"std::getenv", environment}, {"c10::str", [](LibraryCall &C) -> Result {
           std::string S;
           for (const Value &V : C.values())
             S += C.machine().textOf(V);
           return C.machine().Mem.string(std::move(S));
         }},
        {"c10::warn", nothing}, {"c10::Warning::warn", nothing},
        {"std::operator-", subtract}, {"__gnu_cxx::operator-", subtract},
    };
    struct Math {
      llvm::StringLiteral Plain, Std, Float;
      LibraryRule Rule;
    };
    static const Math Functions[] = {
        {"pow", "std::pow", "powf", math2<std::pow>},     {"fmod", "std::fmod", "fmodf", math2<std::fmod>},
        {"fmax", "std::fmax", "fmaxf", math2<std::fmax>}, {"fmin", "std::fmin", "fminf", math2<std::fmin>},
        {"atan2", "std::atan2", "atan2f", math2<std::atan2>},
        {"sqrt", "std::sqrt", "sqrtf", math1<std::sqrt>}, {"exp", "std::exp", "expf", math1<std::exp>},
        {"log", "std::log", "logf", math1<std::log>},     {"log2", "std::log2", "log2f", math1<logBase2>},
        {"log10", "std::log10", "log10f", math1<std::log10>},
        {"floor", "std::floor", "floorf", math1<std::floor>}, {"ceil", "std::ceil", "ceilf", math1<std::ceil>},
        {"round", "std::round", "roundf", math1<roundHalfAway>}, {"trunc", "std::trunc", "truncf", math1<std::trunc>},
        {"lround", "std::lround", "lroundf", math1<roundHalfAway>},
        {"llround", "std::llround", "llroundf", math1<roundHalfAway>},
        {"rint", "std::rint", "rintf", math1<std::nearbyint>}, {"lrint", "std::lrint", "lrintf", math1<std::nearbyint>},
        {"nearbyint", "std::nearbyint", "nearbyintf", math1<std::nearbyint>},
        {"sin", "std::sin", "sinf", math1<std::sin>},     {"cos", "std::cos", "cosf", math1<std::cos>},
        {"tan", "std::tan", "tanf", math1<std::tan>},     {"tanh", "std::tanh", "tanhf", math1<std::tanh>},
        {"fabs", "std::fabs", "fabsf", math1<std::fabs>}, {"exp2", "std::exp2", "exp2f", math1<std::exp2>},
        {"cbrt", "std::cbrt", "cbrtf", math1<std::cbrt>}};
    for (const Math &F : Functions) {
      R.push_back({F.Plain, F.Rule});
      R.push_back({F.Std, F.Rule});
      R.push_back({F.Float, F.Rule});
    }
    static constexpr llvm::StringLiteral Comparisons[] = {
        "std::operator==", "std::operator!=", "std::operator<", "std::operator>", "std::operator<=",
        "std::operator>=", "std::__detail::operator==", "std::__detail::operator!=",
        "__gnu_cxx::operator==", "__gnu_cxx::operator!=", "__gnu_cxx::operator<",
        "c10::operator==", "c10::operator!=", "c10::operator<", "Optional::operator==",
        "Optional::operator!=", "List::operator==", "List::operator!=", "Iterator::operator==",
        "Iterator::operator!=", "Iterator::operator<", "JsonIterator::operator==", "JsonIterator::operator!=", "Device::operator==",
        "Device::operator!="};
    for (llvm::StringLiteral Name : Comparisons)
      R.push_back({Name, compareValues});
    return R;
  }();
  return Rows;
}
