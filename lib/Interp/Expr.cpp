/// \file
/// Expressions that are not calls and not arithmetic.
#include "Interp/StdStream.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

Cell *Machine::place(const Expr *E) {
  Result R = eval(E);
  return R.Place ? R.Place : Mem.cell(R.V);
}

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"
// About as long as a step takes.
constexpr uint64_t BytesPerStep = 64;
constexpr uint64_t StepsPerCall = 64;
} // namespace

uint64_t Machine::work() const {
  return Steps + Mem.bytes() / BytesPerStep + Builder.graph().Calls.size() * StepsPerCall;
}

bool Machine::spend(const Expr *E) {
  if (stopped())
    return false;
  ++Steps;
  if (StopAtRejection && Condition == UnknownId::None && !Builder.graph().Findings.empty()) {
    stop("shape error above", E);
    StopIsLimit = true;
    return false;
  }
  if (work() > MaxSteps)
    stop("the model takes more than " + llvm::Twine(MaxSteps) + " steps to interpret", E);
  else if (work() > StepLimit)
    stop("the models of this file take more than " + llvm::Twine(MaxFileSteps) + " steps to interpret", E);
  else if (Mem.full())
    stop("the model's values take more than " + llvm::Twine(MaxMemory) + " bytes", E);
  else if (Builder.graph().Calls.size() > MaxCalls)
    stop("the model makes more than " + llvm::Twine(MaxCalls) + " operator calls", E);
  else if (Builder.graph().Modules.size() > MaxModules)
    stop("the model has more than " + llvm::Twine(MaxModules) + " modules", E);
  else
    return true;
  StopIsLimit = true;
  return false;
}

namespace {

/// A call that does not compile names its function first.
bool namesFunction(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Name = dyn_cast<DeclRefExpr>(E))
    return isa<FunctionDecl>(Name->getDecl());
  if (const auto *Name = dyn_cast<MemberExpr>(E))
    return isa<CXXMethodDecl>(Name->getMemberDecl());
  return isa<OverloadExpr>(E);
}

Result evalStringLiteral(Machine &M, const StringLiteral *S) {
  if (S->getCharByteWidth() != 1)
    return M.unknown("a wide string literal", S);
  return M.Mem.string(S->getString().str());
}

/// A library constant that is carried by name: torch::kMean, torch::indexing::None.
std::optional<Value> libraryConstant(Machine &M, const VarDecl *V) {
  std::string Name = qualifiedName(V);
  llvm::StringRef N = Name;
  if (M.Kinds.of(V->getType()) == TypeKind::Enum) // torch::kReflect
    return M.Mem.string(V->getNameAsString().substr(1));
  if (N == "at::indexing::None" || N == "std::nullopt" || N == "c10::nullopt")
    return Value(Null());
  if (N == "at::indexing::Ellipsis")
    return Value(M.Mem.tagged("Ellipsis"));
  if (N.starts_with("std::placeholders::_"))
    return Value(M.Mem.tagged("placeholder", {static_cast<int64_t>(Name.back() - '0')}));
  if (N.starts_with("std::ignore"))
    return Value(Null());
  if (N.ends_with("basic_string::npos") || N.ends_with("basic_string_view::npos"))
    return Value(static_cast<int64_t>(-1));
  if (N == "std::cout" || N == "std::cerr" || N == "std::clog" || N == "std::cin")
    return standardStream(M, N == "std::cin");
  if (M.Kinds.of(V->getType()) == TypeKind::Device ||
      N.starts_with("c10::kC") || N.starts_with("at::kC"))
    return Value(M.Mem.tagged("Device", {M.Mem.string(V->getName().drop_front().lower())}));
  return std::nullopt;
}

std::optional<DType> scalarTypeConstant(llvm::StringRef Enumerator) {
  static const llvm::StringMap<DType> Types = {
      {"Byte", DType::UInt8},      {"Char", DType::Int8},      {"Short", DType::Int16},
      {"Int", DType::Int32},       {"Long", DType::Int64},     {"Half", DType::Float16},
      {"Float", DType::Float32},   {"Double", DType::Float64}, {"ComplexFloat", DType::Complex64},
      {"ComplexDouble", DType::Complex128}, {"Bool", DType::Bool}, {"BFloat16", DType::BFloat16}};
  auto It = Types.find(Enumerator);
  return It == Types.end() ? std::nullopt : std::optional(It->second);
}

Result evalEnumConstant(Machine &M, const EnumConstantDecl *C) {
  const auto *E = cast<EnumDecl>(C->getDeclContext());
  std::string Name = qualifiedName(E);
  if (Name == "c10::ScalarType") {
    if (auto T = scalarTypeConstant(C->getName()))
      return Value(*T);
    return M.unknown("the element type '" + C->getName() + "' is not modelled");
  }
  if (Name == "at::indexing::EllipsisIndexType")
    return Value(M.Mem.tagged("Ellipsis"));
  return Value(C->getInitVal().getExtValue());
}

Result evalDeclRef(Machine &M, const DeclRefExpr *E) {
  const ValueDecl *D = E->getDecl();
  if (const auto *F = dyn_cast<FunctionDecl>(D)) {
    Closure *C = M.Mem.closure();
    C->Function = F;
    return Value(C);
  }
  if (const auto *C = dyn_cast<EnumConstantDecl>(D))
    return evalEnumConstant(M, C);
  for (Frame *F = M.Top; F; F = nullptr) {
    if (auto It = F->Locals.find(D); It != F->Locals.end())
      return It->second;
    if (F->Lambda)
      if (auto It = F->Lambda->Captures.find(D); It != F->Lambda->Captures.end())
        return It->second;
  }
  if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasGlobalStorage())
    return M.global(V);
  if (const auto *V = dyn_cast<VarDecl>(D))
    // A constant that a lambda reads is not captured.
    if (M.LazyLocals || (V->getInit() && (V->isConstexpr() || V->getType().isConstQualified())))
      return M.lazyLocal(V);
  return M.unknown("'" + D->getNameAsString() + "' is used outside the code that was interpreted", E);
}

/// The object that a member access reaches, through pointers and handles.
Value memberBase(Machine &M, const MemberExpr *E) {
  Value V = M.value(E->getBase());
  for (int I = 0; I < 4; ++I) {
    if (auto *R = V.as<Ref>())
      V = R->Target->V;
    else if (auto *It = V.as<Iterator>(); It && It->InList &&
             It->Index >= 0 && It->Index < static_cast<int64_t>(It->InList->Items.size()))
      V = It->InList->Items[static_cast<size_t>(It->Index)]->V;
    else if (It && It->InMap && It->Index >= 0 &&
             It->Index < static_cast<int64_t>(It->InMap->Entries.size()))
      V = M.Mem.pairOf(It->InMap->Entries[static_cast<size_t>(It->Index)])->V;
    else
      break;
  }
  return V;
}

Result evalMember(Machine &M, const MemberExpr *E) {
  const ValueDecl *D = E->getMemberDecl();
  if (const auto *V = dyn_cast<VarDecl>(D))
    return M.global(V);
  if (const auto *C = dyn_cast<EnumConstantDecl>(D))
    return evalEnumConstant(M, C);
  const auto *F = dyn_cast<FieldDecl>(D);
  if (!F)
    return M.unknown("member '" + D->getNameAsString() + "' is used as a value", E);
  Value Base = memberBase(M, E);
  if (Object *O = Base.get<Object>())
    return M.field(O, F);
  if (List *L = Base.get<List>(); L && L->Items.size() >= 2) {
    if (D->getName() == "first" || D->getName() == "output") // a pair, an RNNOutput
      return L->Items[0];
    if (D->getName() == "second" || D->getName() == "state")
      return L->Items[1];
  }
  if (Base.isNull())
    return M.unknown("member '" + D->getNameAsString() + "' of a null pointer", E);
  return M.unexpected("member '" + D->getNameAsString() + "' of", Base, E);
}

Value dynamicCast(Machine &M, const Value &V, const CastExpr *E) {
  QualType T = E->getType()->isPointerType() ? E->getType()->getPointeeType() : E->getType();
  const CXXRecordDecl *To = T.getNonReferenceType()->getAsCXXRecordDecl();
  Object *O = M.moduleOf(V);
  if (!O || !To || !O->Class)
    return V;
  return findBase(O->Class, qualifiedName(To)) ? V : Value(Null());
}

Result evalCast(Machine &M, const CastExpr *E) {
  const Expr *Sub = E->getSubExpr();
  switch (E->getCastKind()) {
  case CK_LValueToRValue:
    return M.value(Sub);
  case CK_IntegralCast:
  case CK_IntegralToFloating:
  case CK_FloatingToIntegral:
  case CK_FloatingCast:
  case CK_BooleanToSignedIntegral:
    return M.convertNumber(M.value(Sub), E->getType());
  case CK_IntegralToBoolean:
  case CK_FloatingToBoolean:
  case CK_PointerToBoolean:
  case CK_MemberPointerToBoolean:
    return M.truth(M.value(Sub));
  case CK_NullToPointer:
    return Value(Null());
  case CK_ArrayToPointerDecay: {
    Value V = M.value(Sub);
    if (List *L = V.get<List>())
      return Value(Iterator{L, nullptr, 0, false});
    return V;
  }
  case CK_Dynamic:
    return dynamicCast(M, M.value(Sub), E);
  case CK_ToVoid:
    M.eval(Sub);
    return Value(Null());
  default:
    return M.eval(Sub);
  }
}

Value outsideArray(Machine &M, const ArraySubscriptExpr *E, const Value &Index) {
  const auto *Array = dyn_cast<DeclRefExpr>(E->getBase()->IgnoreParenImpCasts());
  const auto *P = Array ? dyn_cast<ParmVarDecl>(Array->getDecl()) : nullptr;
  const auto *F = P ? dyn_cast<FunctionDecl>(P->getDeclContext()) : nullptr;
  if (F && F->isMain())
    return M.unknown("word " + describe(Index) + " of the command line is not known", E,
                     ("--set " + P->getName() + "='WORD ...'").str());
  return M.unknown("index " + describe(Index) + " is outside the array", E);
}

Result evalSubscript(Machine &M, const ArraySubscriptExpr *E) {
  Value Base = M.value(E->getBase()), Index = M.value(E->getIdx());
  auto I = Index.integer();
  List *L = Base.get<List>();
  int64_t Offset = 0;
  if (auto *It = Base.as<Iterator>()) {
    L = It->InList;
    Offset = It->Index;
  }
  if (auto *S = Base.str(); S && I && *I >= 0 && *I < static_cast<int64_t>(S->size()))
    return Value(static_cast<int64_t>((*S)[static_cast<size_t>(*I)]));
  if (Base.isUnknown() || Index.isUnknown())
    return Base.isUnknown() ? Base : Index;
  if (!L || !I || *I + Offset < 0 || *I + Offset >= static_cast<int64_t>(L->Items.size()))
    return outsideArray(M, E, Index);
  return L->Items[static_cast<size_t>(*I + Offset)];
}

Value evalInitList(Machine &M, const InitListExpr *E) {
  if (const InitListExpr *Semantic = E->isSemanticForm() ? E : E->getSemanticForm())
    E = Semantic;
  if (E->isTransparent())
    return M.value(E->getInit(0));
  const CXXRecordDecl *R = E->getType()->getAsCXXRecordDecl();
  TypeKind K = M.Kinds.of(E->getType());
  if (!R || (K != TypeKind::User && K != TypeKind::Options)) {
    if (K == TypeKind::Number && E->getNumInits() == 1)
      return M.value(E->getInit(0));
    if (K == TypeKind::Number)
      return Value(static_cast<int64_t>(0));
    // std::array is a class around an array.
    if (K == TypeKind::List && R && E->getNumInits() == 1 && isa<InitListExpr>(E->getInit(0)))
      return M.value(E->getInit(0));
    List *L = M.Mem.list();
    for (const Expr *Init : E->inits())
      L->Items.push_back(M.Mem.cell(M.Mem.copy(M.value(Init))));
    if (const auto *A = dyn_cast_or_null<ConstantArrayType>(E->getType()->getAsArrayTypeUnsafe()))
      while (L->Items.size() < std::min<uint64_t>(A->getSize().getZExtValue(), 65536))
        L->Items.push_back(M.Mem.cell(M.zeroValue(A->getElementType())));
    return L;
  }
  Object *O = M.Mem.object(R);
  unsigned I = 0;
  for (const CXXBaseSpecifier &B : R->bases()) {
    (void)B;
    if (I < E->getNumInits())
      if (Object *Base = M.value(E->getInit(I++)).get<Object>())
        O->Fields.insert(Base->Fields.begin(), Base->Fields.end());
  }
  for (const FieldDecl *F : R->fields()) {
    if (F->isUnnamedBitField() || I >= E->getNumInits())
      continue;
    const Expr *Init = E->getInit(I++);
    Cell *C = F->getType()->isReferenceType() ? M.place(Init) : M.Mem.cell(M.Mem.copy(M.value(Init)));
    O->Fields[F] = C;
  }
  return O;
}

Value evalLambda(Machine &M, const LambdaExpr *E) {
  Closure *C = M.Mem.closure();
  C->Function = E->getCallOperator();
  auto Init = E->capture_init_begin();
  for (const LambdaCapture &Capture : E->captures()) {
    const Expr *I = *Init++;
    if (Capture.capturesThis()) {
      C->This = M.Top ? M.Top->This : nullptr;
    } else if (Capture.capturesVariable()) {
      C->Captures[Capture.getCapturedVar()] = Capture.getCaptureKind() == LCK_ByRef
                                                  ? M.place(I)
                                                  : M.Mem.cell(M.Mem.copy(M.value(I)));
    }
  }
  if (!C->This && M.Top)
    C->This = M.Top->This;
  return C;
}

Value evalNew(Machine &M, const CXXNewExpr *E) {
  if (E->isArray()) {
    const Expr *Size = E->getArraySize() ? *E->getArraySize() : nullptr;
    auto N = Size ? M.value(Size).integer() : std::nullopt;
    if (!N || *N < 0 || *N > 65536)
      return M.unknown("the size of a new array is not known or too large", E);
    List *L = M.Mem.list();
    for (int64_t I = 0; I < *N; ++I)
      L->Items.push_back(M.Mem.cell(M.defaultValue(E->getAllocatedType())));
    return Iterator{L, nullptr, 0, false};
  }
  Value V = E->getInitializer() ? M.value(E->getInitializer())
                                : M.defaultValue(E->getAllocatedType(), E);
  if (Object *O = V.get<Object>())
    return Ref{O->Home};
  return V.isUnknown() ? V : Value(Ref{M.Mem.cell(V)});
}

Value evalFloat(const FloatingLiteral *E) {
  llvm::APFloat F = E->getValue();
  bool Loses;
  F.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &Loses);
  return F.convertToDouble();
}

Value evalInteger(Machine &M, const IntegerLiteral *E) {
  if (E->getValue().getActiveBits() > 64)
    return M.unknown("an integer literal of more than 64 bits", E);
  return static_cast<int64_t>(E->getValue().getZExtValue());
}

/// Type traits, sizeof, noexcept and the like: Clang knows them.
Value evalByClang(Machine &M, const Expr *E) {
  Expr::EvalResult R;
  if (!E->isValueDependent() && E->EvaluateAsRValue(R, M.Unit.context())) {
    if (R.Val.isInt())
      return R.Val.getInt().getBitWidth() == 1 ? Value(R.Val.getInt().getBoolValue())
                                               : Value(R.Val.getInt().getExtValue());
    if (R.Val.isFloat())
      return R.Val.getFloat().convertToDouble();
  }
  return M.unknown(llvm::Twine("an expression of a kind that is not interpreted (") +
                       E->getStmtClassName() + ")",
                   E);
}

Result evalConditional(Machine &M, const AbstractConditionalOperator *E) {
  auto C = M.condition(E->getCond());
  if (auto *B = std::get_if<bool>(&C))
    return M.eval(*B ? E->getTrueExpr() : E->getFalseExpr());
  UnknownId Why = std::get<UnknownId>(C);
  Value A, B;
  M.fork(
      Why, [&] { A = M.value(E->getTrueExpr()); return M.stopped() ? Flow::Stop : Flow::Next; },
      [&] { B = M.value(E->getFalseExpr()); return M.stopped() ? Flow::Stop : Flow::Next; });
  if (same(A, B))
    return A;
  TensorBox *TA = A.get<TensorBox>(), *TB = B.get<TensorBox>();
  if (TA && TB && TA->Arg.known() && TB->Arg.known() && TA->Arg.Type == TB->Arg.Type)
    return A;
  return Value(Why);
}

Result evalThrow(Machine &M, const CXXThrowExpr *E) {
  std::string What;
  if (E->getSubExpr()) {
    Value V = M.value(E->getSubExpr());
    if (auto *S = V.str())
      What = *S;
    else if (auto *T = V.get<Tagged>(); T && !T->Items.empty() && T->Items[0].str())
      What = *T->Items[0].str();
  }
  return M.throws(What.empty() ? "the code throws an exception" : "the code throws: " + What, E);
}

} // namespace

Result Machine::eval(const Expr *E) {
  if (!spend(E))
    return Value(Stopped);
  switch (E->getStmtClass()) {
  case Stmt::ParenExprClass:
    return eval(cast<ParenExpr>(E)->getSubExpr());
  case Stmt::ExprWithCleanupsClass:
  case Stmt::ConstantExprClass:
    return eval(cast<FullExpr>(E)->getSubExpr());
  case Stmt::MaterializeTemporaryExprClass:
    return eval(cast<MaterializeTemporaryExpr>(E)->getSubExpr());
  case Stmt::CXXBindTemporaryExprClass:
    return eval(cast<CXXBindTemporaryExpr>(E)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return eval(cast<SubstNonTypeTemplateParmExpr>(E)->getReplacement());
  case Stmt::CXXStdInitializerListExprClass:
    return eval(cast<CXXStdInitializerListExpr>(E)->getSubExpr());
  case Stmt::CXXRewrittenBinaryOperatorClass:
    return evalRewritten(cast<CXXRewrittenBinaryOperator>(E));
  case Stmt::CXXDefaultArgExprClass:
    return eval(cast<CXXDefaultArgExpr>(E)->getExpr());
  case Stmt::CXXDefaultInitExprClass:
    return eval(cast<CXXDefaultInitExpr>(E)->getExpr());
  case Stmt::OpaqueValueExprClass:
    if (const Expr *Source = cast<OpaqueValueExpr>(E)->getSourceExpr())
      return eval(Source);
    return unknown("an opaque expression", E);
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
  case Stmt::CXXStaticCastExprClass:
  case Stmt::CXXDynamicCastExprClass:
  case Stmt::CXXFunctionalCastExprClass:
  case Stmt::CXXConstCastExprClass:
  case Stmt::CXXReinterpretCastExprClass:
    return evalCast(*this, cast<CastExpr>(E));
  case Stmt::IntegerLiteralClass:
    return convertNumber(evalInteger(*this, cast<IntegerLiteral>(E)), E->getType());
  case Stmt::FloatingLiteralClass:
    return evalFloat(cast<FloatingLiteral>(E));
  case Stmt::StringLiteralClass:
    return evalStringLiteral(*this, cast<StringLiteral>(E));
  case Stmt::PredefinedExprClass:
    return eval(cast<PredefinedExpr>(E)->getFunctionName());
  case Stmt::CXXBoolLiteralExprClass:
    return Value(cast<CXXBoolLiteralExpr>(E)->getValue());
  case Stmt::CharacterLiteralClass:
    return Value(static_cast<int64_t>(cast<CharacterLiteral>(E)->getValue()));
  case Stmt::CXXNullPtrLiteralExprClass:
  case Stmt::GNUNullExprClass:
  case Stmt::CXXDeleteExprClass:
    return Value(Null());
  case Stmt::CXXScalarValueInitExprClass:
  case Stmt::ImplicitValueInitExprClass:
    if (Kinds.of(E->getType()) == TypeKind::Number)
      return convertNumber(Value(static_cast<int64_t>(0)), E->getType());
    return defaultValue(E->getType(), E);
  case Stmt::DeclRefExprClass:
    return evalDeclRef(*this, cast<DeclRefExpr>(E));
  case Stmt::MemberExprClass:
    return evalMember(*this, cast<MemberExpr>(E));
  case Stmt::CXXThisExprClass:
    if (Top && Top->This)
      return Value(Ref{Top->This});
    if (const CXXRecordDecl *R = LazyLocals ? E->getType()->getPointeeCXXRecordDecl() : nullptr)
      return objectOfCaller(R, E);
    return unknown("'this' outside a method", E);
  case Stmt::UnaryOperatorClass:
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    return evalOperator(E);
  case Stmt::ConditionalOperatorClass:
  case Stmt::BinaryConditionalOperatorClass:
    return evalConditional(*this, cast<AbstractConditionalOperator>(E));
  case Stmt::ArraySubscriptExprClass:
    return evalSubscript(*this, cast<ArraySubscriptExpr>(E));
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::UserDefinedLiteralClass:
    return evalCall(cast<CallExpr>(E));
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    return construct(cast<CXXConstructExpr>(E));
  case Stmt::InitListExprClass:
    return evalInitList(*this, cast<InitListExpr>(E));
  case Stmt::CXXNewExprClass:
    return evalNew(*this, cast<CXXNewExpr>(E));
  case Stmt::LambdaExprClass:
    return evalLambda(*this, cast<LambdaExpr>(E));
  case Stmt::CXXThrowExprClass:
    return evalThrow(*this, cast<CXXThrowExpr>(E));
  case Stmt::StmtExprClass: {
    exec(cast<StmtExpr>(E)->getSubStmt());
    return unknown("the value of a statement expression", E);
  }
  case Stmt::RecoveryExprClass: {
    auto Parts = const_cast<RecoveryExpr *>(cast<RecoveryExpr>(E))->subExpressions();
    bool Leads = !Parts.empty() && Parts.front()->getBeginLoc() == E->getBeginLoc();
    // A variable whose type the compiler could not deduce has a value nonetheless.
    if (Leads && Parts.size() == 1 && Parts.front()->getEndLoc() == E->getEndLoc() && isa<DeclRefExpr>(Parts.front()))
      return eval(Parts.front());
    if (Leads && namesFunction(Parts.front()))
      return callUnresolved(Parts.front(), llvm::ArrayRef<const Expr *>(Parts.begin() + 1, Parts.end()), E);
    return doesNotCompile(E->getSourceRange());
  }
  default:
    return evalByClang(*this, E);
  }
}

Cell *Machine::global(const VarDecl *V) {
  V = V->getCanonicalDecl();
  if (auto It = Globals.find(V); It != Globals.end())
    return It->second;
  Cell *C = Globals[V] = Mem.cell(Value(Null()));
  if (auto Known = libraryConstant(*this, V)) {
    C->V = *Known;
    return C;
  }
  const VarDecl *Definition = nullptr;
  const Expr *Init = V->getAnyInitializer(Definition);
  if (!Init && Definition == nullptr)
    if (const VarDecl *Pattern = V->getTemplateInstantiationPattern())
      Init = Pattern->getAnyInitializer(Definition);
  // A global is initialised outside every function: no locals, no branch.
  Frame *Outer = std::exchange(Top, nullptr);
  Frame Empty;
  Top = &Empty;
  llvm::StringRef Name = V->getName();
  const std::string *Given = Name.consume_front("FLAGS_") ? noteSetOption(Name) : nullptr; // gflags
  if (Given)
    C->V = optionAs(*Given, V->getType());
  else if (lostInitializer(V))
    C->V = doesNotCompile(V->getSourceRange());
  else
    C->V = Init && !Init->isValueDependent() ? Mem.copy(value(Init)) : defaultValue(V->getType());
  Top = Outer;
  return C;
}
