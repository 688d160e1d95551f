/// \file
/// Overload resolution on values: how well a value fits a parameter's type, which
/// constructor that chooses, and what the value becomes when it is passed.
#include "Frontend/SemaQueries.h"
#include "Interp/Machine.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

int Machine::fit(const Value &V, QualType Param) {
  if (V.isUnknown())
    return 1;
  QualType T = Param.getNonReferenceType().getCanonicalType();
  auto IsA = [&](const Object *O) {
    const CXXRecordDecl *R = T->getAsCXXRecordDecl();
    if (T->isPointerType())
      R = T->getPointeeCXXRecordDecl();
    if (!O || !O->Class || !R)
      return 0;
    return O->Class->getCanonicalDecl() == R->getCanonicalDecl() ? 5
           : findBase(O->Class, qualifiedName(R))                ? 3
                                                                 : 0;
  };
  switch (Kinds.of(T)) {
  case TypeKind::Number:
    if (V.as<DType>())
      return T->isEnumeralType() ? 4 : 0;
    if (V.as<bool>())
      return T->isBooleanType() ? 5 : 2;
    if (V.as<int64_t>())
      return T->isBooleanType() ? 1 : T->isIntegralOrEnumerationType() ? 4 : 2;
    return V.as<double>() ? (T->isFloatingType() ? 4 : 2) : 0;
  case TypeKind::String:
    return V.str() ? 4 : 0;
  case TypeKind::RawPointer:
    if (V.str())
      return T->getPointeeType()->isCharType() ? 4 : 0;
    return V.isNull() ? 3 : V.as<Ref>() ? std::max(IsA(moduleOf(V)), 1) : V.as<Iterator>() ? 2 : 0;
  case TypeKind::Tensor:
    return V.get<TensorBox>() ? 4 : 0;
  case TypeKind::List:
  case TypeKind::Tuple:
    return V.get<List>() ? 4 : V.isNumber() ? 2 : 0;
  case TypeKind::Map:
  case TypeKind::Set:
    return V.get<Map>() ? 4 : V.get<List>() ? 1 : 0;
  case TypeKind::Optional:
    if (V.isNull())
      return 3;
    return std::max(0, fit(V, typeArgument(T, 0)) - 1);
  case TypeKind::Options:
    if (V.get<Object>())
      return IsA(V.get<Object>());
    return V.isNumber() || V.get<List>() ? 1 : 0;
  case TypeKind::Holder:
  case TypeKind::SmartPointer: {
    if (V.isNull())
      return 3;
    Object *O = moduleOf(V);
    if (!O)
      return V.as<Ref>() ? 2 : 0;
    const CXXRecordDecl *Held = Kinds.of(T) == TypeKind::Holder
                                    ? frontend::heldModule(T->getAsCXXRecordDecl())
                                    : typeArgument(T, 0)->getAsCXXRecordDecl();
    return Held && O->Class && findBase(O->Class, qualifiedName(Held)) ? 4 : 0;
  }
  case TypeKind::Function:
    return V.get<Closure>() ? 4 : 0;
  case TypeKind::AnyModule:
    return moduleOf(V) || V.isNull() ? 3 : 0;
  case TypeKind::Module:
  case TypeKind::User:
    if (V.get<List>())
      return 1;
    return IsA(V.get<Object>());
  default:
    return 1;
  }
}

/// Whether only a template can construct \p R from nothing, `template <class... Args> Net(Args &&...)`.
static bool isMadeByTemplate(const CXXRecordDecl *R) {
  return !R->needsImplicitDefaultConstructor() &&
         llvm::none_of(R->ctors(), [](const CXXConstructorDecl *C) { return C->isDefaultConstructor(); }) &&
         llvm::any_of(R->decls(), [](const Decl *D) {
           const auto *T = dyn_cast<FunctionTemplateDecl>(D);
           return T && isa<CXXConstructorDecl>(T->getTemplatedDecl());
         });
}

const CXXConstructorDecl *Machine::forwardedTo(const CXXRecordDecl *R, size_t Count,
                                               const Expr *E) {
  llvm::ArrayRef<const Expr *> Written;
  if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(E))
    Written = llvm::ArrayRef(Made->getArgs(), Made->getNumArgs());
  else if (const auto *Call = dyn_cast_or_null<CallExpr>(E); Call && !isa<CXXOperatorCallExpr>(E))
    Written = llvm::ArrayRef(Call->getArgs(), Call->getNumArgs());
  if (Count == 0 ? !isMadeByTemplate(R) : Written.size() != Count)
    return nullptr;
  if (Count == 0)
    Written = {};
  auto [It, New] = Forwarded.try_emplace({E, R}, nullptr);
  if (!New)
    return It->second;
  const Expr *Whole = frontend::constructExpr(Unit, R, Written, E ? E->getExprLoc() : R->getLocation());
  const auto *Chosen = Whole ? dyn_cast<CXXConstructExpr>(Whole->IgnoreImplicit()) : nullptr;
  // An inherited constructor has no body of its own: the bases' are chosen on values.
  if (Chosen && !Chosen->getConstructor()->isInheritingConstructor())
    It->second = Chosen->getConstructor();
  return It->second;
}

const CXXConstructorDecl *Machine::chooseConstructor(const CXXRecordDecl *R,
                                                     llvm::ArrayRef<Result> Args) {
  const CXXConstructorDecl *Best = nullptr;
  int BestFit = -1;
  if (!R->hasDefinition())
    return nullptr;
  for (const CXXConstructorDecl *C : R->getDefinition()->ctors()) {
    if (C->isDeleted() || C->getMinRequiredArguments() > Args.size() ||
        (C->getNumParams() < Args.size() && !C->isVariadic()))
      continue;
    int Fit = 1;
    for (unsigned I = 0; I < Args.size() && I < C->getNumParams(); ++I) {
      int One = fit(Args[I].value(), C->getParamDecl(I)->getType());
      if (One == 0) {
        Fit = 0;
        break;
      }
      Fit += One;
    }
    if (Fit > 0 && Fit > BestFit) {
      Best = C;
      BestFit = Fit;
    }
  }
  return Best;
}

Value Machine::adapt(const Value &V, QualType T) {
  if (T.isNull() || V.isUnknown())
    return V;
  switch (Kinds.of(T)) {
  case TypeKind::Number:
    return V.isNumber() ? convertNumber(V, T.getNonReferenceType()) : V;
  case TypeKind::List:
    return V.isNumber() ? constructType(T, {Result(V)}, nullptr) : V;
  case TypeKind::Optional: {
    QualType Inner = typeArgument(T, 0);
    return V.isNull() || Inner.isNull() ? V : adapt(V, Inner);
  }
  case TypeKind::Options:
  case TypeKind::TensorOptions:
    if (V.isNumber() || V.get<List>() || V.as<DType>())
      return constructType(T.getNonReferenceType(), {Result(V)}, nullptr);
    return V;
  case TypeKind::Holder:
  case TypeKind::AnyModule:
    if (Object *O = V.get<Object>(); O && O->Module)
      return Ref{O->Home};
    else if (O && O->Held && !extendsHolder(T.getNonReferenceType()->getAsCXXRecordDecl()))
      return O->Held->V;
    return V;
  default:
    return V;
  }
}
