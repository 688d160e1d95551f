/// \file
/// The values that local variables of a function have at a place in it, without
/// running the function: a variable's initialiser, then the statements before the
/// place that change it, in order, each evaluated in the same way.
#include "Interp/Machine.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

bool mentions(const Stmt *S, const VarDecl *V) {
  if (!S)
    return false;
  if (const auto *R = dyn_cast<DeclRefExpr>(S))
    return R->getDecl() == V;
  return llvm::any_of(S->children(), [&](const Stmt *Child) { return mentions(Child, V); });
}

bool runsModel(const FunctionDecl *F) {
  return F->getOverloadedOperator() == OO_Call ||
         (F->getIdentifier() && (F->getName() == "forward" || F->getName() == "backward"));
}

/// train(), to(), zero_grad(): what torch::nn::Module itself offers changes no layer,
/// except where it registers one.
bool keepsLayers(const CXXMethodDecl *Method) {
  return Method->getIdentifier() && Method->getParent()->getQualifiedNameAsString() == "torch::nn::Module" &&
         !Method->getName().contains("register") && Method->getName() != "replace_module";
}

/// What gives access to something; what is done with that may change it.
bool onlyAccesses(OverloadedOperatorKind Operator) {
  return Operator == OO_Subscript || Operator == OO_Arrow || Operator == OO_Star;
}

bool changesThroughCall(const CallExpr *Call, const VarDecl *V) {
  const FunctionDecl *F = Call->getDirectCallee();
  if (!F || runsModel(F))
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  unsigned First = 0;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
    if (Method && !Method->isConst() && !keepsLayers(Method) && mentions(Member->getImplicitObjectArgument(), V))
      return true;
  } else if (isa<CXXOperatorCallExpr>(Call) && Method && Method->isInstance()) {
    First = 1;
    if (!Method->isConst() && !onlyAccesses(F->getOverloadedOperator()) && mentions(Call->getArg(0), V))
      return true;
    if (cast<CXXOperatorCallExpr>(Call)->isAssignmentOp() && mentions(Call->getArg(0), V))
      return true;
  }
  for (unsigned I = First; I < Call->getNumArgs() && I - First < F->getNumParams(); ++I) {
    QualType T = F->getParamDecl(I - First)->getType();
    const auto *Whole = dyn_cast<DeclRefExpr>(Call->getArg(I)->IgnoreParenImpCasts());
    if (Whole && Whole->getDecl() == V && T->isLValueReferenceType() &&
        !T->getPointeeType().isConstQualified())
      return true;
  }
  return false;
}

bool changes(const Stmt *S, const VarDecl *V) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *B = dyn_cast<BinaryOperator>(S); B && B->isAssignmentOp() && mentions(B->getLHS(), V))
    return true;
  if (const auto *U = dyn_cast<UnaryOperator>(S); U && U->isIncrementDecrementOp() && mentions(U->getSubExpr(), V))
    return true;
  if (const auto *Call = dyn_cast<CallExpr>(S); Call && changesThroughCall(Call, V))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) { return changes(Child, V); });
}

/// The statements that change \p V, from its declaration up to \p Until (the end
/// of its block when invalid). Of a branch or a loop around the place itself only
/// the part before it counts.
void collectChanges(const ASTContext &Context, const Stmt *S, const VarDecl *V, SourceLocation Until,
                    std::vector<const Stmt *> &Out) {
  const SourceManager &Sources = Context.getSourceManager();
  for (const Stmt *Child : S->children()) {
    if (!Child || isa<LambdaExpr>(Child))
      continue;
    SourceLocation Begin = Sources.getExpansionLoc(Child->getBeginLoc());
    SourceLocation End = Sources.getExpansionLoc(Child->getEndLoc());
    if (Until.isValid() && !Sources.isBeforeInTranslationUnit(Begin, Until))
      return;
    bool Around = Until.isValid() && !Sources.isBeforeInTranslationUnit(End, Until);
    bool AroundVariable = !Sources.isBeforeInTranslationUnit(V->getLocation(), Begin) &&
                          !Sources.isBeforeInTranslationUnit(End, V->getLocation());
    if (Around || (AroundVariable && !isa<DeclStmt>(Child))) {
      collectChanges(Context, Child, V, Until, Out);
      continue;
    }
    if (!isa<DeclStmt>(Child) && changes(Child, V))
      Out.push_back(Child);
  }
}

} // namespace

OutsideModel::OutsideModel(Machine &M, const Expr *Place)
    : M(M), Lazy(M.LazyLocals), Until(M.LazyUntil), Judged(M.Builder.isJudging()) {
  M.LazyLocals = true;
  M.LazyUntil = Place ? M.Unit.context().getSourceManager().getExpansionLoc(Place->getBeginLoc()) : SourceLocation();
  M.Builder.setJudging(false);
}
OutsideModel::~OutsideModel() {
  M.LazyLocals = Lazy;
  M.LazyUntil = Until;
  M.Builder.setJudging(Judged);
}

Cell *Machine::lazyLocal(const VarDecl *V) {
  if (auto It = LazyInProgress.find(V); It != LazyInProgress.end())
    return It->second;
  std::vector<const Stmt *> Changes;
  const auto *F = dyn_cast<FunctionDecl>(V->getDeclContext());
  if (LazyLocals && F && F->getBody() && !V->getType()->isReferenceType())
    collectChanges(Unit.context(), F->getBody(), V, LazyUntil, Changes);
  auto [It, New] = LazyValues.try_emplace({V, static_cast<unsigned>(Changes.size())}, nullptr);
  if (!New && It->second)
    return It->second;
  Cell *C = It->second = Mem.cell(Null());
  Frame Outside;
  CallScope Scope(*this, Outside);
  SourceLocation Place = std::exchange(LazyUntil, V->getLocation());
  LazyInProgress[V] = C; // a variable that depends on itself sees what it is so far
  const auto *P = dyn_cast<ParmVarDecl>(V);
  C->V = P              ? parameterFromCaller(P)
         : V->getInit() ? Mem.copy(value(V->getInit()))
                        : valueAtDeclaration(V);
  for (const Stmt *Change : Changes)
    applyChange(Change, C);
  LazyInProgress.erase(V);
  LazyUntil = Place;
  return C;
}

/// Evaluates a statement that changes the variable in \p C, within a small budget.
void Machine::applyChange(const Stmt *Change, Cell *C) {
  constexpr uint64_t Budget = 100'000;
  if (stopped() || !LazyApplying.insert(Change).second)
    return;
  LazyUntil = Unit.context().getSourceManager().getExpansionLoc(Change->getBeginLoc());
  uint64_t Left = MaxSteps - std::min(Steps, MaxSteps);
  Steps = std::max(Steps, MaxSteps - Budget);
  uint64_t Begin = Steps;
  exec(Change);
  Steps = MaxSteps - Left + (Steps - Begin);
  if (stopped()) {
    // Such as train(net, ...): a long way through the program, which trains the layers.
    if (moduleOf(C->V)) {
      SourceSpan At = Unit.span(Change->getBeginLoc());
      Builder.graph().Assumptions.push_back("what starts at " + llvm::sys::path::filename(At.File).str() + ":" + std::to_string(At.Line) +
                                            " is too long to follow and changes no layer");
    } else {
      C->V = Stopped;
    }
    Stopped = UnknownId::None;
    StopIsLimit = StopIsThrow = false;
  }
  LazyApplying.erase(Change);
}
