/// \file
/// Statements, and joining what two arms of an unknown branch did.
#include "Interp/Json.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

void bindPieces(Machine &M, const DecompositionDecl *D, Cell *C) {
  List *L = C->V.get<List>();
  Object *O = C->V.get<Object>();
  unsigned I = 0;
  auto Field = O ? O->Class->field_begin() : RecordDecl::field_iterator();
  for (const BindingDecl *B : D->bindings()) {
    Cell *Piece = nullptr;
    if (L && L->Why == UnknownId::None && I < L->Items.size())
      Piece = L->Items[I];
    else if (O && Field != O->Class->field_end())
      Piece = M.field(O, *Field++);
    else
      Piece = M.Mem.cell(M.unexpected("'" + B->getName() + "' is bound to a part of", C->V));
    M.Top->Locals[B] = Piece;
    ++I;
  }
}

void bindVariable(Machine &M, const VarDecl *V, Cell *C) {
  M.Top->Locals[V] = C;
  if (const auto *D = dyn_cast<DecompositionDecl>(V))
    bindPieces(M, D, C);
}

Flow execIf(Machine &M, const IfStmt *S) {
  if (S->getInit())
    if (Flow F = M.exec(S->getInit()); F != Flow::Next)
      return F;
  if (const VarDecl *V = S->getConditionVariable())
    M.declare(V);
  if (S->isConsteval())
    return S->getElse() ? M.exec(S->getElse()) : Flow::Next;
  auto C = M.condition(S->getCond());
  if (M.stopped())
    return Flow::Stop;
  auto Arm = [&](bool Taken) {
    const Stmt *A = Taken ? S->getThen() : S->getElse();
    return A ? M.exec(A) : Flow::Next;
  };
  if (auto *B = std::get_if<bool>(&C))
    return Arm(*B);
  return M.fork(std::get<UnknownId>(C), [&] { return Arm(true); }, [&] { return Arm(false); });
}

/// One trip of a loop; true when the loop goes on.
bool goesOn(Flow &F) {
  if (F == Flow::Break) {
    F = Flow::Next;
    return false;
  }
  if (F == Flow::Continue)
    F = Flow::Next;
  return F == Flow::Next;
}

/// A loop whose trips are not told apart: what one changes is not known afterwards.
Flow oneTripForAll(Machine &M, UnknownId Why, llvm::function_ref<void()> Trip) {
  M.fork(Why, [&] { Trip(); return M.stopped() ? Flow::Stop : Flow::Next; }, [] { return Flow::Next; });
  return M.stopped() ? Flow::Stop : Flow::Next;
}

/// Shared by for, while and do. Condition and increment may be null.
Flow execLoop(Machine &M, const Expr *Cond, const VarDecl *CondVariable, const Expr *Inc,
              const Stmt *Body, bool TestFirst) {
  for (uint64_t Trip = 0;; ++Trip) {
    if (Trip == MaxLoopTrips) {
      M.stop("a loop runs more than " + llvm::Twine(MaxLoopTrips) + " times", Cond);
      M.StopIsLimit = true;
      return Flow::Stop;
    }
    if (Cond && (TestFirst || Trip)) {
      if (CondVariable)
        M.declare(CondVariable);
      auto C = M.condition(Cond);
      if (M.stopped())
        return Flow::Stop;
      if (auto *Why = std::get_if<UnknownId>(&C))
        return oneTripForAll(M, *Why, [&] { M.exec(Body); });
      if (!std::get<bool>(C))
        return Flow::Next;
    }
    Flow F = M.exec(Body);
    if (!goesOn(F))
      return F;
    if (Inc)
      M.eval(Inc);
    if (!M.spend())
      return Flow::Stop;
  }
}

/// A loop over so many numbers that they are data, not sizes: one trip stands for all, and
/// what it may write is unknown afterwards.
Flow execDataLoop(Machine &M, const CXXForRangeStmt *S, List &Numbers, llvm::function_ref<Flow(Cell *)> Trip) {
  UnknownId Why = M.unknownId("a loop over " + llvm::Twine(Numbers.Items.size()) + " numbers is not run one by one",
                              S->getRangeInit());
  Flow Ended = oneTripForAll(M, Why, [&] { Trip(M.Mem.cell(Value(Why))); });
  QualType Item = S->getLoopVariable()->getType();
  if (Item->isReferenceType() && !Item->getPointeeType().isConstQualified())
    for (Cell *Number : Numbers.Items)
      Number->V = Why;
  return Ended;
}

Flow execRangeFor(Machine &M, const CXXForRangeStmt *S) {
  if (S->getInit())
    if (Flow F = M.exec(S->getInit()); F != Flow::Next)
      return F;
  Value Range = M.value(S->getRangeInit());
  if (M.stopped())
    return Flow::Stop;
  for (int I = 0; I < 3 && Range.as<Ref>(); ++I)
    Range = Range.as<Ref>()->Target->V;
  if (M.Kinds.of(S->getRangeInit()->getType()) == TypeKind::Json)
    Range = jsonItems(M, Range);
  const VarDecl *V = S->getLoopVariable();
  auto Trip = [&](Cell *Item) {
    bindVariable(M, V, V->getType()->isReferenceType() ? Item : M.Mem.cell(M.Mem.copy(Item->V)));
    return M.exec(S->getBody());
  };
  if (Object *O = Range.get<Object>(); O && O->Module) {
    std::vector<NamedChild> Children = O->Module->Children;
    for (const NamedChild &C : Children) {
      Flow F = Trip(M.Mem.cell(Ref{C.Module}));
      if (!goesOn(F))
        return F;
    }
    return Flow::Next;
  }
  if (List *L = Range.get<List>(); L && L->Why == UnknownId::None) {
    if (L->Items.size() > MaxLoopNumbers && V->getType().getNonReferenceType()->isFloatingType())
      return execDataLoop(M, S, *L, Trip);
    for (size_t I = 0; I < L->Items.size() && I < MaxLoopTrips; ++I) {
      Flow F = Trip(L->Items[I]);
      if (!goesOn(F))
        return F;
    }
    return Flow::Next;
  }
  if (Map *Entries = Range.get<Map>()) {
    for (size_t I = 0; I < Entries->Entries.size(); ++I) {
      Flow F = Trip(M.Mem.pairOf(Entries->Entries[I]));
      if (!goesOn(F))
        return F;
    }
    return Flow::Next;
  }
  if (const std::string *Text = Range.str()) {
    for (char C : *Text) {
      Flow F = Trip(M.Mem.cell(static_cast<int64_t>(C)));
      if (!goesOn(F))
        return F;
    }
    return Flow::Next;
  }
  UnknownId Why = Range.isUnknown() ? *Range.as<UnknownId>()
                                    : M.unknownId("a loop over " + describe(Range), S->getRangeInit());
  if (const List *L = Range.get<List>())
    Why = L->Why;
  return oneTripForAll(M, Why, [&] { Trip(M.Mem.cell(Value(Why))); });
}

/// Looks through nested labels: `case 1: case 2: default: stmt`.
bool labelMatches(Machine &M, const Stmt *&S, const Value &V, bool &IsDefault) {
  bool Match = false;
  while (const auto *Label = dyn_cast<SwitchCase>(S)) {
    if (const auto *C = dyn_cast<CaseStmt>(Label)) {
      Value L = M.value(C->getLHS());
      Match |= compare(L, V) == 0;
    } else {
      IsDefault = true;
    }
    S = Label->getSubStmt();
  }
  return Match;
}

Flow execSwitch(Machine &M, const SwitchStmt *S) {
  if (S->getInit())
    M.exec(S->getInit());
  if (const VarDecl *V = S->getConditionVariable())
    M.declare(V);
  Value V = M.value(S->getCond());
  if (M.stopped())
    return Flow::Stop;
  const auto *Body = dyn_cast<CompoundStmt>(S->getBody());
  if (!Body)
    return Flow::Next;
  std::vector<const Stmt *> Statements(Body->body_begin(), Body->body_end());
  std::optional<size_t> Start, Default;
  for (size_t I = 0; I < Statements.size() && !Start; ++I) {
    bool IsDefault = false;
    if (labelMatches(M, Statements[I], V, IsDefault) && !V.isUnknown())
      Start = I;
    if (IsDefault)
      Default = I;
  }
  if (V.isUnknown()) {
    M.stop("a switch on a value that is not known: " +
               M.Builder.graph().unknown(*V.as<UnknownId>()).Reason, S->getCond());
    return Flow::Stop;
  }
  if (!Start)
    Start = Default;
  for (size_t I = Start.value_or(Statements.size()); I < Statements.size(); ++I) {
    const Stmt *Inner = Statements[I];
    while (const auto *Label = dyn_cast<SwitchCase>(Inner))
      Inner = Label->getSubStmt();
    Flow F = M.exec(Inner);
    if (F == Flow::Break)
      return Flow::Next;
    if (F != Flow::Next)
      return F;
  }
  return Flow::Next;
}

Flow execReturn(Machine &M, const ReturnStmt *S) {
  Frame *F = M.Top;
  F->Returned = Null();
  F->ReturnedPlace = nullptr;
  if (const Expr *E = S->getRetValue()) {
    Result R = M.eval(E);
    F->Returned = R.value();
    if (F->Function && F->Function->getReturnType()->isReferenceType())
      F->ReturnedPlace = R.Place;
  }
  return M.stopped() ? Flow::Stop : Flow::Return;
}

Flow execTry(Machine &M, const CXXTryStmt *S) {
  Flow F = M.exec(S->getTryBlock());
  if (F != Flow::Stop || !M.StopIsThrow || M.StopIsLimit || S->getNumHandlers() == 0)
    return F;
  M.Stopped = UnknownId::None;
  M.StopIsThrow = false;
  const CXXCatchStmt *Handler = S->getHandler(0);
  if (const VarDecl *V = Handler->getExceptionDecl())
    M.Top->Locals[V] = M.Mem.cell(M.Mem.tagged("exception"));
  return M.exec(Handler->getHandlerBlock());
}

Value joinValues(const Value &A, const Value &B, UnknownId Why) {
  if (same(A, B))
    return A;
  const TensorBox *TA = A.get<TensorBox>(), *TB = B.get<TensorBox>();
  if (TA && TB && TA->Arg.known() && TB->Arg.known() && TA->Arg.Type == TB->Arg.Type)
    return A;
  return Why;
}

/// Applies both arms' writes where they agree, Unknown where they differ.
void joinWrites(Machine &M, const Store::Log &A, const Store::Log &B, UnknownId Why) {
  llvm::DenseMap<Cell *, std::pair<std::optional<Value>, std::optional<Value>>> Cells;
  for (const Store::Change &C : A)
    if (C.Where)
      Cells[C.Where].first = C.Old;
  for (const Store::Change &C : B)
    if (C.Where)
      Cells[C.Where].second = C.Old;
  for (auto &[Where, Values] : Cells)
    M.Mem.write(Where, joinValues(Values.first.value_or(Where->V), Values.second.value_or(Where->V),
                                  Why));
  auto JoinWhole = [&](const Store::Log &Log) {
    for (const Store::Change &C : Log) {
      if (auto *L = std::get_if<std::pair<List *, List>>(&C.Whole)) {
        M.Mem.touch(L->first);
        L->first->Why = Why;
      } else if (auto *T = std::get_if<std::pair<TensorBox *, TensorBox>>(&C.Whole)) {
        M.Mem.touch(T->first);
        if (!(T->first->Arg.known() && T->second.Arg.known() &&
              T->first->Arg.Type == T->second.Arg.Type))
          T->first->Arg = TensorArg::unknown(Why);
        T->first->Data.clear();
      }
    }
  };
  JoinWhole(A);
  JoinWhole(B);
}

} // namespace

Flow Machine::fork(UnknownId Why, llvm::function_ref<Flow()> Then,
                   llvm::function_ref<Flow()> Else) {
  std::vector<OpCall> &Calls = Builder.graph().Calls;
  UnknownId Outer = Condition;
  if (Condition == UnknownId::None)
    Condition = Why;
  struct Arm {
    Flow F;
    Store::Log Log;
    Value Returned;
    size_t Begin, End;
    bool Threw;
  };
  auto Run = [&](llvm::function_ref<Flow()> Body) {
    Arm A;
    A.Begin = Calls.size();
    Mem.beginTrial();
    A.F = Body();
    A.Log = Mem.endTrial();
    A.End = Calls.size();
    A.Returned = Top ? Top->Returned : Value(Null());
    A.Threw = A.F == Flow::Stop && !StopIsLimit;
    if (A.Threw) {
      Stopped = UnknownId::None;
      StopIsThrow = false;
    }
    return A;
  };
  Arm A = Run(Then);
  Arm B = stopped() ? Arm{Flow::Stop, {}, Value(Null()), 0, 0, false} : Run(Else);
  Condition = Outer;
  if (stopped())
    return Flow::Stop;
  // An arm that throws rejects its condition: the program that goes on took the other.
  if (A.Threw != B.Threw) {
    const Arm &Taken = A.Threw ? B : A;
    Mem.redo(Taken.Log);
    if (Top)
      Top->Returned = Taken.Returned;
    return Taken.F;
  }
  for (size_t I = A.Begin; I < Calls.size(); ++I)
    if (Calls[I].understood()) {
      Calls[I].Unknown = Why;
      ++Builder.graph().Unknowns[static_cast<uint32_t>(Why)].HidesCalls;
    }
  if (A.Threw) {
    stop("both arms of a branch on an unknown value throw");
    return Flow::Stop;
  }
  if (A.F == Flow::Return && B.F == Flow::Return) {
    joinWrites(*this, A.Log, B.Log, Why);
    Top->Returned = joinValues(A.Returned, B.Returned, Why);
    return Flow::Return;
  }
  if (A.F == Flow::Return || B.F == Flow::Return) {
    const Arm &Left = A.F == Flow::Return ? A : B, &Goes = A.F == Flow::Return ? B : A;
    Mem.redo(Goes.Log);
    Top->Pending = Top->HasPending ? joinValues(Top->Pending, Left.Returned, Why) : Left.Returned;
    Top->HasPending = true;
    Top->PendingWhy = Why;
    return Goes.F;
  }
  joinWrites(*this, A.Log, B.Log, Why);
  return A.F == B.F ? A.F : Flow::Next;
}

void Machine::declare(const VarDecl *V) {
  if (V->hasGlobalStorage()) {
    global(V);
    return;
  }
  const Expr *Init = V->getInit();
  if (!Init) {
    bindVariable(*this, V, Mem.cell(valueAtDeclaration(V)));
    return;
  }
  if (V->getType()->isReferenceType())
    return bindVariable(*this, V, place(Init));
  Value Initial = value(Init);
  // `T x = list[0];` of a type whose copy constructor does not show in the AST.
  bindVariable(*this, V, Mem.cell(Init->isGLValue() ? Mem.copy(Initial) : Initial));
}

Flow Machine::exec(const Stmt *S) {
  if (!S)
    return Flow::Next;
  if (!spend())
    return Flow::Stop;
  switch (S->getStmtClass()) {
  case Stmt::CompoundStmtClass:
    for (const Stmt *Child : cast<CompoundStmt>(S)->body())
      if (Flow F = exec(Child); F != Flow::Next)
        return F;
    return Flow::Next;
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        declare(V);
    return stopped() ? Flow::Stop : Flow::Next;
  case Stmt::IfStmtClass:
    return execIf(*this, cast<IfStmt>(S));
  case Stmt::ForStmtClass: {
    const auto *F = cast<ForStmt>(S);
    if (F->getInit())
      if (Flow Init = exec(F->getInit()); Init != Flow::Next)
        return Init;
    return execLoop(*this, F->getCond(), F->getConditionVariable(), F->getInc(), F->getBody(), true);
  }
  case Stmt::WhileStmtClass: {
    const auto *W = cast<WhileStmt>(S);
    return execLoop(*this, W->getCond(), W->getConditionVariable(), nullptr, W->getBody(), true);
  }
  case Stmt::DoStmtClass:
    return execLoop(*this, cast<DoStmt>(S)->getCond(), nullptr, nullptr, cast<DoStmt>(S)->getBody(),
                    false);
  case Stmt::CXXForRangeStmtClass:
    return execRangeFor(*this, cast<CXXForRangeStmt>(S));
  case Stmt::SwitchStmtClass:
    return execSwitch(*this, cast<SwitchStmt>(S));
  case Stmt::ReturnStmtClass:
    return execReturn(*this, cast<ReturnStmt>(S));
  case Stmt::BreakStmtClass:
    return Flow::Break;
  case Stmt::ContinueStmtClass:
    return Flow::Continue;
  case Stmt::CXXTryStmtClass:
    return execTry(*this, cast<CXXTryStmt>(S));
  case Stmt::AttributedStmtClass:
    return exec(cast<AttributedStmt>(S)->getSubStmt());
  case Stmt::LabelStmtClass:
    return exec(cast<LabelStmt>(S)->getSubStmt());
  case Stmt::NullStmtClass:
    return Flow::Next;
  default:
    if (const auto *E = dyn_cast<Expr>(S)) {
      eval(E);
      return stopped() ? Flow::Stop : Flow::Next;
    }
    stop(llvm::Twine("a statement of a kind that is not interpreted (") + S->getStmtClassName() + ")");
    return Flow::Stop;
  }
}
