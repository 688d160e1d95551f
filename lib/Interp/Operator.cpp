/// \file
/// Built-in operators and conversions on numbers, strings, pointers and iterators.
#include "Interp/Machine.h"
#include "clang/AST/ASTContext.h"
#include <cmath>

using namespace clang;
using namespace energy;
using namespace energy::interp;

Value Machine::convertNumber(const Value &V, QualType To) {
  To = To.getCanonicalType();
  if (To->isBooleanType())
    return truth(V);
  if (To->isFloatingType()) {
    auto D = V.number();
    if (!D)
      return V;
    return To->isSpecificBuiltinType(BuiltinType::Float) ? static_cast<double>(static_cast<float>(*D))
                                                         : *D;
  }
  if (!To->isIntegralOrEnumerationType())
    return V;
  int64_t I;
  if (auto *D = V.as<double>()) {
    if (!(std::abs(*D) < 9.2e18))
      return unknown("a floating-point value that no integer holds");
    I = static_cast<int64_t>(*D);
  } else if (auto N = V.integer()) {
    I = *N;
  } else {
    return V;
  }
  unsigned Width = static_cast<unsigned>(Unit.context().getTypeSize(To));
  if (Width >= 64)
    return I;
  uint64_t Mask = (uint64_t(1) << Width) - 1, Low = static_cast<uint64_t>(I) & Mask;
  if (To->isSignedIntegerOrEnumerationType() && (Low >> (Width - 1)))
    Low |= ~Mask;
  return static_cast<int64_t>(Low);
}

Value Machine::truth(const Value &V) {
  if (V.isUnknown())
    return V;
  if (V.isNull())
    return false;
  if (auto N = V.number())
    return *N != 0;
  if (auto *T = V.get<TensorBox>()) {
    if (!T->Arg.known() || T->Data.size() != 1)
      return unknown("a branch depends on the contents of a tensor");
    return T->Data[0] != 0;
  }
  return true;
}

std::variant<bool, UnknownId> Machine::condition(const Expr *E) {
  Value V = truth(value(E));
  if (auto *B = V.as<bool>())
    return *B;
  return *V.as<UnknownId>();
}

namespace {

Value integerBinary(Machine &M, BinaryOperatorKind Op, int64_t L, int64_t R, QualType T,
                    const Expr *E) {
  bool Unsigned = T->isUnsignedIntegerOrEnumerationType();
  auto UL = static_cast<uint64_t>(L), UR = static_cast<uint64_t>(R);
  int64_t Out = 0;
  switch (Op) {
  case BO_Add:
    if (__builtin_add_overflow(L, R, &Out) && !Unsigned)
      return M.unknown("integer overflow", E);
    break;
  case BO_Sub:
    if (__builtin_sub_overflow(L, R, &Out) && !Unsigned)
      return M.unknown("integer overflow", E);
    break;
  case BO_Mul:
    if (__builtin_mul_overflow(L, R, &Out) && !Unsigned)
      return M.unknown("integer overflow", E);
    break;
  case BO_Div:
  case BO_Rem:
    if (R == 0)
      return M.unknown("division by zero", E);
    if (Unsigned)
      Out = static_cast<int64_t>(Op == BO_Div ? UL / UR : UL % UR);
    else if (R == -1)
      Out = Op == BO_Div ? -L : 0;
    else
      Out = Op == BO_Div ? L / R : L % R;
    break;
  case BO_Shl:
    Out = UR < 64 ? static_cast<int64_t>(UL << UR) : 0;
    break;
  case BO_Shr:
    Out = UR >= 64 ? 0 : Unsigned ? static_cast<int64_t>(UL >> UR) : L >> R;
    break;
  case BO_And:
    Out = L & R;
    break;
  case BO_Or:
    Out = L | R;
    break;
  case BO_Xor:
    Out = L ^ R;
    break;
  default:
    return M.unknown("an operator on integers that is not interpreted", E);
  }
  return M.convertNumber(Out, T);
}

Value floatBinary(Machine &M, BinaryOperatorKind Op, double L, double R, QualType T,
                  const Expr *E) {
  switch (Op) {
  case BO_Add:
    return M.convertNumber(L + R, T);
  case BO_Sub:
    return M.convertNumber(L - R, T);
  case BO_Mul:
    return M.convertNumber(L * R, T);
  case BO_Div:
    return M.convertNumber(L / R, T);
  default:
    return M.unknown("an operator on floating-point numbers that is not interpreted", E);
  }
}

/// Whether \p V, a device or the type of one, is another than the CPU, where
/// everything lies unless the code names a device.
std::optional<bool> elsewhere(const Value &V) {
  if (V.integer())
    return *V.integer() != 0;
  if (V.str())
    return !llvm::StringRef(*V.str()).starts_with_insensitive("cpu");
  auto *D = V.get<Tagged>();
  if (!D || D->Tag != "Device")
    return std::nullopt;
  return D->Items.empty() ? false : elsewhere(D->Items[0]);
}

std::optional<int> order(const Value &L, const Value &R, bool Unsigned) {
  auto *A = L.as<int64_t>(), *B = R.as<int64_t>();
  if (A && B && Unsigned) {
    auto X = static_cast<uint64_t>(*A), Y = static_cast<uint64_t>(*B);
    return X < Y ? -1 : X > Y;
  }
  if (auto *I = L.as<Iterator>())
    if (auto *J = R.as<Iterator>())
      return I->Index < J->Index ? -1 : I->Index > J->Index;
  auto *P = L.as<Ref>(), *Q = R.as<Ref>();
  if (P && Q) {
    const Object *O = P->Target->V.get<Object>();
    bool Same = P->Target == Q->Target || (O && O == Q->Target->V.get<Object>());
    return Same ? 0 : 1;
  }
  if (L.isNull() != R.isNull())
    return 1;
  if (L.get<Tagged>() || R.get<Tagged>())
    if (auto Here = elsewhere(L), There = elsewhere(R); Here && There)
      return *Here == *There ? 0 : 1;
  return compare(L, R);
}

Value comparison(BinaryOperatorKind Op, int Order) {
  switch (Op) {
  case BO_LT:
    return Order < 0;
  case BO_GT:
    return Order > 0;
  case BO_LE:
    return Order <= 0;
  case BO_GE:
    return Order >= 0;
  case BO_EQ:
    return Order == 0;
  default:
    return Order != 0;
  }
}

Result assignBuiltIn(Machine &M, const BinaryOperator *E) {
  Cell *L = M.place(E->getLHS());
  Value R = M.value(E->getRHS());
  M.Mem.write(L, R);
  return L;
}

Result compoundAssign(Machine &M, const CompoundAssignOperator *E) {
  Value R = M.value(E->getRHS());
  Cell *L = M.place(E->getLHS());
  // A tensor keeps its shape whatever is added in place; what does not compile has no operator.
  if (const TensorBox *T = L->V.get<TensorBox>(); T && T->Arg.known() && R.isUnknown()) {
    M.Builder.setLocation(M.span(E));
    (void)M.Builder.unknownCall("an in-place operator", 1, *R.as<UnknownId>());
    return L;
  }
  Value Left = E->getComputationLHSType()->isArithmeticType()
                   ? M.convertNumber(L->V, E->getComputationLHSType())
                   : L->V;
  BinaryOperatorKind Op = BinaryOperator::getOpForCompoundAssignment(E->getOpcode());
  Value V = M.binary(Op, Left, R, E->getComputationResultType(), E);
  M.Mem.write(L, M.convertNumber(V, E->getType()));
  return L;
}

Result logical(Machine &M, const BinaryOperator *E) {
  bool IsAnd = E->getOpcode() == BO_LAnd;
  auto L = M.condition(E->getLHS());
  if (auto *B = std::get_if<bool>(&L); B && *B != IsAnd)
    return Value(!IsAnd);
  auto R = M.condition(E->getRHS());
  if (auto *B = std::get_if<bool>(&R); B && (*B != IsAnd || std::holds_alternative<bool>(L)))
    return Value(*B);
  return Value(std::holds_alternative<UnknownId>(L) ? std::get<UnknownId>(L)
                                                    : std::get<UnknownId>(R));
}

Result increment(Machine &M, const UnaryOperator *E) {
  Cell *C = M.place(E->getSubExpr());
  Value Old = C->V;
  int64_t Step = E->isIncrementOp() ? 1 : -1;
  Value New = Old;
  if (Old.as<int64_t>() || Old.as<bool>())
    New = M.binary(BO_Add, Old, Step, E->getType(), E);
  else if (auto *D = Old.as<double>())
    New = *D + static_cast<double>(Step);
  else if (auto *I = Old.as<Iterator>())
    New = Iterator{I->InList, I->InMap, I->Index + Step, I->Reverse};
  M.Mem.write(C, New);
  if (E->isPrefix())
    return C;
  return Old;
}

Result dereference(Machine &M, const UnaryOperator *E) {
  Value V = M.value(E->getSubExpr());
  if (auto *R = V.as<Ref>())
    return R->Target;
  if (auto *I = V.as<Iterator>()) {
    if (I->InList && I->Index >= 0 && I->Index < static_cast<int64_t>(I->InList->Items.size()))
      return I->InList->Items[static_cast<size_t>(I->Index)];
    if (I->InMap && I->Index >= 0 && I->Index < static_cast<int64_t>(I->InMap->Entries.size()))
      return M.Mem.pairOf(I->InMap->Entries[static_cast<size_t>(I->Index)]);
    return M.unknown("an iterator is dereferenced outside its container", E);
  }
  if (V.isNull())
    return M.unknown("a null pointer is dereferenced", E);
  return V;
}

Result unary(Machine &M, const UnaryOperator *E) {
  switch (E->getOpcode()) {
  case UO_PreInc:
  case UO_PreDec:
  case UO_PostInc:
  case UO_PostDec:
    return increment(M, E);
  case UO_AddrOf: {
    Result R = M.eval(E->getSubExpr());
    if (R.value().get<Closure>())
      return R.value();
    return Value(Ref{R.Place ? R.Place : M.Mem.cell(R.V)});
  }
  case UO_Deref:
    return dereference(M, E);
  case UO_LNot: {
    Value V = M.truth(M.value(E->getSubExpr()));
    return V.as<bool>() ? Value(!*V.as<bool>()) : V;
  }
  default:
    break;
  }
  Value V = M.value(E->getSubExpr());
  if (E->getOpcode() == UO_Minus) {
    if (auto *D = V.as<double>())
      return Value(-*D);
    if (V.integer())
      return integerBinary(M, BO_Sub, 0, *V.integer(), E->getType(), E);
  }
  if (E->getOpcode() == UO_Not && V.integer())
    return M.convertNumber(~*V.integer(), E->getType());
  return V;
}

} // namespace

Value Machine::binary(BinaryOperatorKind Op, const Value &L, const Value &R, QualType T,
                      const Expr *E) {
  if (L.isUnknown() || R.isUnknown())
    return L.isUnknown() ? L : R;
  if (BinaryOperator::isComparisonOp(Op)) {
    bool Unsigned = false;
    if (const auto *B = dyn_cast_or_null<BinaryOperator>(E))
      Unsigned = B->getLHS()->getType()->isUnsignedIntegerOrEnumerationType();
    if (auto O = order(L, R, Unsigned))
      return comparison(Op, *O);
    return unknown("a comparison of " + describe(L) + " with " + describe(R), E);
  }
  if (auto *I = L.as<Iterator>()) {
    if (auto *J = R.as<Iterator>(); J && Op == BO_Sub)
      return I->Index - J->Index;
    if (auto N = R.integer(); N && (Op == BO_Add || Op == BO_Sub))
      return Iterator{I->InList, I->InMap, Op == BO_Add ? I->Index + *N : I->Index - *N, I->Reverse};
  }
  if (L.as<double>() || R.as<double>() || (T->isFloatingType() && L.isNumber() && R.isNumber()))
    if (L.number() && R.number())
      return floatBinary(*this, Op, *L.number(), *R.number(), T, E);
  if (L.integer() && R.integer())
    return integerBinary(*this, Op, *L.integer(), *R.integer(), T, E);
  return unknown("an operator on " + describe(L) + " and " + describe(R), E);
}

/// C++20 writes `a < b` as `(a <=> b) < 0` and `a != b` as `!(a == b)`.
Result Machine::evalRewritten(const CXXRewrittenBinaryOperator *E) {
  CXXRewrittenBinaryOperator::DecomposedForm Form = E->getDecomposedForm();
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(Form.InnerBinOp);
  if (!Call || Call->getOperator() != OO_Spaceship || !Call->getDirectCallee() || Unit.isUserDecl(Call->getDirectCallee()))
    return eval(E->getSemanticForm());
  Value L = value(Form.LHS), R = value(Form.RHS);
  return binary(Form.Opcode, L, R, E->getType(), E);
}

Result Machine::evalOperator(const Expr *E) {
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return unary(*this, U);
  if (const auto *C = dyn_cast<CompoundAssignOperator>(E))
    return compoundAssign(*this, C);
  const auto *B = cast<BinaryOperator>(E);
  if (B->getOpcode() == BO_Assign)
    return assignBuiltIn(*this, B);
  if (B->isLogicalOp())
    return logical(*this, B);
  if (B->getOpcode() == BO_Comma) {
    eval(B->getLHS());
    return eval(B->getRHS());
  }
  if (B->isPtrMemOp())
    return unknown("a pointer to a member", E);
  Value L = value(B->getLHS()), R = value(B->getRHS());
  return binary(B->getOpcode(), L, R, B->getType(), E);
}
