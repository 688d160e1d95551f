/// \file
/// What a function that is not run was called with: its parameters and its object,
/// as a caller in the program gives them. main() gets a command line without arguments.
/// And the arguments of a model that no place in the program constructs.
#include "Frontend/SemaQueries.h"
#include "Interp/Input.h"
#include "Interp/StdRules.h"
#include "Interp/Machine.h"
#include "clang/AST/ASTContext.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
constexpr unsigned MaxCallers = 8; ///< nested, and tried for one function

/// Instantiations and redeclarations of one function are the same callee.
const FunctionDecl *calleeKey(const FunctionDecl *F) {
  if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
    F = Pattern;
  return F->getCanonicalDecl();
}

/// argc and argv: argv[0] is there, and the words that --set gives of the name of argv.
Value commandLine(Machine &M, const FunctionDecl *Main, unsigned Index) {
  const std::string *Given = Main->getNumParams() > 1 ? M.noteSetOption(Main->getParamDecl(1)->getName()) : nullptr;
  if (!Given)
    assume(M, "the program is called without arguments");
  List *Words = M.Mem.list({M.Mem.string("program")});
  llvm::SmallVector<llvm::StringRef, 8> Parts;
  if (Given)
    llvm::StringRef(*Given).split(Parts, ' ', -1, false);
  for (llvm::StringRef Part : Parts)
    Words->Items.push_back(M.Mem.cell(M.Mem.string(Part.str())));
  if (Index == 0)
    return length(Words);
  Words->Items.push_back(M.Mem.cell(Null()));
  return Iterator{Words, nullptr, 0, false};
}

const Expr *argumentOf(const frontend::UserCall &Call, const FunctionDecl *F, unsigned Index) {
  if (Index < Call.Arguments.size())
    return Call.Arguments[Index];
  return defaultArgument(F->getParamDecl(Index));
}

/// `--set a=VALUE --set b=VALUE`, or what --model needs where text cannot say a value.
std::string whatToGive(Machine &M, const CXXConstructorDecl *Ctor, llvm::ArrayRef<const ParmVarDecl *> Missing,
                       llvm::StringRef Model) {
  std::string Settings, Call;
  if (llvm::all_of(Missing, [&](const ParmVarDecl *P) { return M.takesSetting(P->getType()) && P->getIdentifier(); })) {
    for (const ParmVarDecl *P : Missing)
      Settings += (Settings.empty() ? "--set " : " --set ") + P->getNameAsString() + "=VALUE";
    return Settings;
  }
  for (const ParmVarDecl *P : Ctor->parameters().take_front(Ctor->getMinRequiredArguments())) {
    QualType T = P->getType().getNonReferenceType().getUnqualifiedType();
    std::string Name = P->getNameAsString();
    Call += (Call.empty() ? "<" : ", <") + T.getAsString(M.Unit.context().getPrintingPolicy()) +
            (Name.empty() ? "" : " ") + Name + ">";
  }
  return ("--model '" + Model + "(" + Call + ")'").str();
}

/// A default configuration with the members that --set names.
Value configuration(Machine &M, const CXXRecordDecl *R, QualType T) {
  Value V = M.constructType(T, {}, nullptr);
  if (Object *O = V.get<Object>())
    for (const FieldDecl *F : R->getDefinition()->fields())
      if (std::optional<Value> Given = M.setting(F->getName(), F->getType()))
        M.field(O, F)->V = *Given;
  return V;
}

/// What the type alone says.
std::optional<Value> argumentByType(Machine &M, const ParmVarDecl *P) {
  TypeKind Kind = M.Kinds.of(P->getType());
  if (Kind == TypeKind::ProgramOptions)
    return M.Mem.tagged("ProgramOptions");
  if (Kind == TypeKind::Device)
    return M.Mem.tagged("Device");
  if (Kind == TypeKind::TensorOptions)
    return M.Mem.tagged("TensorOptions", {Value(Null())});
  if (std::optional<Value> First = M.firstEnumerator(P))
    return First;
  // A configuration struct stands for the model as its author configured it by default.
  if (const CXXRecordDecl *R = P->getType().getNonReferenceType()->getAsCXXRecordDecl();
      R && M.Kinds.of(R) == TypeKind::User && R->hasDefinition() && M.Unit.isUserDecl(R) && R->hasDefaultConstructor()) {
    M.Builder.graph().Assumptions.push_back(("'" + P->getName() + "' is a default '" + R->getName() + "'").str());
    M.Builder.setJudging(false); // what such a model is rejected for is no error of the user's
    return configuration(M, R, P->getType());
  }
  return Kind == TypeKind::Optional ? std::optional<Value>(Null()) : std::nullopt;
}

/// The member that \p Ctor does nothing but store the parameter in; null when there is none.
const FieldDecl *storedIn(Machine &M, const CXXConstructorDecl *Ctor, const ParmVarDecl *P) {
  const auto *Body = dyn_cast_or_null<CXXConstructorDecl>(M.bodyOf(Ctor));
  if (!Body)
    return nullptr;
  const ParmVarDecl *Its = Body->getParamDecl(P->getFunctionScopeIndex());
  auto IsParameter = [&](const Expr *E) {
    const auto *Named = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
    return Named && Named->getDecl() == Its;
  };
  for (const CXXCtorInitializer *I : Body->inits())
    if (I->isMemberInitializer() && IsParameter(I->getInit()))
      return I->getMember();
  if (const auto *Statements = dyn_cast<CompoundStmt>(Body->getBody()))
    for (const Stmt *S : Statements->body()) {
      const auto *Assign = dyn_cast<BinaryOperator>(S);
      const auto *To = Assign && Assign->getOpcode() == BO_Assign ? dyn_cast<MemberExpr>(Assign->getLHS()) : nullptr;
      if (To && isa<CXXThisExpr>(To->getBase()->IgnoreImplicit()) && IsParameter(Assign->getRHS()))
        return dyn_cast<FieldDecl>(To->getMemberDecl());
    }
  return nullptr;
}

/// What the class initialises the member with that keeps the argument: `int classes = 1;`.
std::optional<Value> argumentByMember(Machine &M, const CXXConstructorDecl *Ctor, const ParmVarDecl *P) {
  const FieldDecl *F = storedIn(M, Ctor, P);
  const Expr *Init = F ? frontend::fieldInitializer(M.Unit, F) : nullptr;
  Expr::EvalResult Constant;
  if (!Init || !P->getType()->isIntegerType() || !Init->EvaluateAsInt(Constant, M.Unit.context()))
    return std::nullopt;
  int64_t N = Constant.Val.getInt().getExtValue();
  if (N <= 0)
    return std::nullopt;
  assume(M, ("'" + P->getName() + "' is " + llvm::Twine(N) + ", as member '" + F->getName() + "' is initialised").str());
  return M.convertNumber(N, P->getType());
}
} // namespace

std::optional<Value> Machine::firstEnumerator(const ParmVarDecl *P) {
  const auto *Type = P->getType().getNonReferenceType()->getAs<EnumType>();
  const EnumDecl *E = Type ? Type->getDecl() : nullptr;
  if (!E || !Unit.isUserDecl(E) || E->enumerators().empty())
    return std::nullopt;
  const EnumConstantDecl *First = *E->enumerator_begin();
  assume(*this, ("'" + P->getName() + "' is '" + First->getName() + "', the first '" + E->getName() + "'; --set " +
                 P->getName() + "=NUMBER gives another").str());
  return convertNumber(First->getInitVal().getExtValue(), P->getType());
}

void Machine::fillUnknown(const CXXConstructorDecl *Ctor, std::vector<Result> &Args) {
  for (const ParmVarDecl *P : Ctor->parameters().take_front(Args.size())) {
    Result &Arg = Args[P->getFunctionScopeIndex()];
    if (!Arg.value().isUnknown())
      continue;
    std::optional<Value> V = setting(P->getName(), P->getType());
    if (!V)
      V = firstEnumerator(P);
    if (V)
      Arg = *V;
  }
}

std::vector<Result> Machine::argumentsFor(const CXXConstructorDecl *Ctor, llvm::StringRef Model) {
  std::vector<Result> Args;
  llvm::SmallVector<const ParmVarDecl *, 4> NotKnown;
  std::string Listed;
  for (const ParmVarDecl *P : Ctor->parameters().take_front(Ctor->getMinRequiredArguments())) {
    std::optional<Value> V = setting(P->getName(), P->getType());
    if (!V)
      V = argumentByType(*this, P);
    if (!V)
      V = argumentByMember(*this, Ctor, P);
    if (!V) {
      Listed += (NotKnown.empty() ? "'" : ", '") + P->getNameAsString() + "'";
      NotKnown.push_back(P);
    }
    Args.push_back(V.value_or(Value(Null())));
  }
  if (NotKnown.empty())
    return Args;
  bool One = NotKnown.size() == 1;
  const UnknownId Why = stopped() ? Stopped
                                  : unknownAt(Unit.span(Ctor->getLocation()),
                                              (One ? "constructor argument " : "constructor arguments ") + Listed +
                                                  " of '" + Model + (One ? "' is not known" : "' are not known"),
                                              whatToGive(*this, Ctor, NotKnown, Model));
  for (const ParmVarDecl *P : NotKnown)
    Args[P->getFunctionScopeIndex()] = Value(Why);
  return Args;
}

Value Machine::parameterFromCaller(const ParmVarDecl *P) {
  const auto *F = dyn_cast<FunctionDecl>(P->getDeclContext());
  unsigned Index = P->getFunctionScopeIndex();
  if (std::optional<Value> Given = setting(P->getName(), P->getType()))
    return *Given;
  if (F && F->isMain())
    return commandLine(*this, F, Index);
  Value Best = Null();
  unsigned Tried = 0;
  if (F && Program && CallerDepth < MaxCallers) {
    ++CallerDepth;
    for (const frontend::UserCall &Call : Program->Calls) {
      if (calleeKey(Call.Callee) != calleeKey(F) || ++Tried > MaxCallers)
        continue;
      const Expr *Argument = argumentOf(Call, F, Index);
      if (!Argument)
        continue;
      OutsideModel Outside(*this, Call.Call);
      Frame There;
      CallScope Scope(*this, There);
      Best = adapt(Mem.copy(value(Argument)), P->getType());
      if (!Best.isUnknown())
        break;
    }
    --CallerDepth;
  }
  if (!Best.isNull())
    return Best;
  if (Kinds.of(P->getType()) == TypeKind::ProgramOptions)
    return Mem.tagged("ProgramOptions");
  return unknown("'" + P->getName() + "' is a parameter of '" + (F ? F->getNameAsString() : "") +
                     "', which nothing in the files that were read calls with a known value",
                 nullptr, takesSetting(P->getType()) ? ("--set " + P->getName() + "=VALUE").str() : "");
}

Value Machine::objectOfCaller(const CXXRecordDecl *R, const Expr *E) {
  R = R->getDefinition() ? R->getDefinition() : R;
  auto [It, New] = OutsideObjects.try_emplace(R->getCanonicalDecl(), nullptr);
  if (!New)
    return It->second ? Value(Ref{It->second}) : unknown("'this' outside a method", E);
  Value Made = Null();
  if (Program && CallerDepth < MaxCallers) {
    ++CallerDepth;
    for (const frontend::UserCall &Call : Program->Calls) {
      const auto *Ctor = dyn_cast<CXXConstructorDecl>(Call.Callee);
      if (!Ctor || Ctor->isCopyOrMoveConstructor() || Ctor->getParent()->getCanonicalDecl() != R->getCanonicalDecl())
        continue;
      OutsideModel Outside(*this, Call.Call);
      Frame There;
      CallScope Scope(*this, There);
      Made = constructObject(R, evalArgs(Call.Arguments), Call.Call, Ctor);
      break;
    }
    --CallerDepth;
  }
  Stopped = UnknownId::None;
  StopIsThrow = StopIsLimit = false;
  if (Made.isNull() && R->hasDefaultConstructor())
    Made = constructObject(R, {}, E);
  Object *O = Made.get<Object>();
  OutsideObjects[R->getCanonicalDecl()] = O ? O->Home : nullptr;
  return O ? Value(Ref{O->Home}) : unknown("'this' outside a method", E);
}
