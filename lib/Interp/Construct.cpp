/// \file
/// Objects: constructors, default values, members.
#include "Frontend/SemaQueries.h"
#include "Interp/Json.h"
#include "Interp/StdStream.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

/// The I-th template argument as an integer; nullopt when it is none.
std::optional<int64_t> integerArgument(QualType T, unsigned I) {
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
  if (!S || I >= S->getTemplateArgs().size())
    return std::nullopt;
  const TemplateArgument &A = S->getTemplateArgs()[I];
  if (A.getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return A.getAsIntegral().getExtValue();
}

std::string recordName(QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R ? qualifiedName(R) : "";
}

Value repeated(Machine &M, int64_t N, const Value &V, const Expr *E) {
  if (N < 0 || N > static_cast<int64_t>(MaxListSize))
    return M.unknown("a container of " + llvm::Twine(N) + " elements is larger than the limit of " +
                         llvm::Twine(MaxListSize), E);
  List *L = M.Mem.list();
  L->Items.reserve(static_cast<size_t>(N));
  for (int64_t I = 0; I < N; ++I)
    L->Items.push_back(M.Mem.cell(M.Mem.copy(V)));
  return L;
}

Value fromRange(Machine &M, const Iterator &B, const Iterator &E) {
  List *L = M.Mem.list();
  for (int64_t I = B.Index; I < E.Index; ++I) {
    auto U = static_cast<size_t>(I);
    if (B.InList && U < B.InList->Items.size()) {
      size_t At = B.Reverse ? B.InList->Items.size() - 1 - U : U;
      L->Items.push_back(M.Mem.cell(M.Mem.copy(B.InList->Items[At]->V)));
    } else if (B.InMap && U < B.InMap->Entries.size()) {
      L->Items.push_back(M.Mem.cell(M.Mem.copy(M.Mem.pairOf(B.InMap->Entries[U])->V)));
    }
  }
  return L;
}

Value constructList(Machine &M, QualType T, llvm::ArrayRef<Result> Args, const Expr *E) {
  std::string Name = recordName(T);
  bool Expanding = llvm::StringRef(Name).starts_with("torch::ExpandingArray");
  bool View = Name == "c10::ArrayRef" || Name == "c10::OptionalArrayRef" || Name == "c10::IListRef";
  QualType Element = typeArgument(T, Expanding ? 1 : 0);
  if (Args.empty()) {
    if (Name == "c10::OptionalArrayRef")
      return Null();
    if (Name == "std::array")
      return repeated(M, integerArgument(T, 1).value_or(0), M.defaultValue(Element), E);
    return M.Mem.list();
  }
  Value First = Args[0].value();
  if (First.isUnknown())
    return First;
  if (Expanding && First.isNumber())
    return repeated(M, integerArgument(T, 0).value_or(1),
                    Element.isNull() ? First : M.convertNumber(First, Element), E);
  if (Expanding && First.isNull())
    return repeated(M, integerArgument(T, 0).value_or(1), First, E);
  if (auto *B = First.as<Iterator>(); B && Args.size() >= 2) {
    Value Second = Args[1].value();
    if (auto *End = Second.as<Iterator>())
      return fromRange(M, *B, *End);
    if (auto N = Second.integer())
      return fromRange(M, *B, Iterator{B->InList, B->InMap, B->Index + *N, false});
  }
  if (List *L = First.get<List>())
    return View ? Value(L) : M.Mem.copy(L);
  if (Map *Entries = First.get<Map>())
    return fromRange(M, Iterator{nullptr, Entries, 0, false},
                     Iterator{nullptr, Entries, static_cast<int64_t>(Entries->Entries.size()), false});
  if (First.isNull() && Name == "c10::OptionalArrayRef")
    return First;
  if (View) // one element, or pointer and length
    return M.Mem.list({First.as<Ref>() && Args.size() > 1 ? First.as<Ref>()->Target->V : First});
  if (auto N = First.integer())
    return repeated(M, *N, Args.size() > 1 ? Args[1].value() : M.zeroValue(Element), E);
  if (First.isNull())
    return M.Mem.list();
  return M.unexpected("a list made from", First, E);
}

Value constructTuple(Machine &M, QualType T, llvm::ArrayRef<Result> Args) {
  if (Args.size() == 1 && Args[0].value().get<List>())
    return M.Mem.copy(Args[0].value());
  List *L = M.Mem.list();
  if (!Args.empty()) {
    unsigned I = 0;
    for (const Result &A : Args) {
      QualType Element = typeArgument(T, I++);
      bool ByRef = !Element.isNull() && Element->isReferenceType();
      Value V = Element.isNull() ? A.value() : M.adapt(A.value(), Element);
      L->Items.push_back(ByRef && A.Place ? A.Place : M.Mem.cell(A.Place ? M.Mem.copy(V) : V));
    }
    return L;
  }
  for (unsigned I = 0;; ++I) {
    QualType Element = typeArgument(T, I);
    if (Element.isNull())
      return L;
    L->Items.push_back(M.Mem.cell(M.zeroValue(Element)));
  }
}

Value constructString(Machine &M, llvm::ArrayRef<Result> Args, const Expr *E) {
  if (Args.empty())
    return M.Mem.string("");
  Value First = Args[0].value();
  auto Second = Args.size() > 1 ? Args[1].value().integer() : std::nullopt;
  if (auto *S = First.str()) {
    if (!Second)
      return First;
    auto Third = Args.size() > 2 ? Args[2].value().integer() : std::nullopt;
    size_t Pos = Third ? static_cast<size_t>(*Second) : 0;
    size_t Len = static_cast<size_t>(Third ? *Third : *Second);
    return M.Mem.string(Pos <= S->size() ? S->substr(Pos, Len) : "");
  }
  if (Args.size() > 1 && (First.as<Iterator>() || First.get<Tagged>()))
    return textBetween(M, First, Args[1].value(), E);
  if (auto N = First.integer(); N && Second) {
    if (*N < 0 || *N > static_cast<int64_t>(MaxStringSize))
      return M.unknown("a string longer than the limit", E);
    return M.Mem.string(std::string(static_cast<size_t>(*N), static_cast<char>(*Second)));
  }
  return M.unexpected("a string made from", First, E);
}

Value constructMap(Machine &M, bool Sorted, bool IsSet, llvm::ArrayRef<Result> Args) {
  Map *Out = M.Mem.map(Sorted);
  if (Args.empty())
    return Out;
  Value First = Args[0].value();
  if (First.get<Map>() || First.isUnknown())
    return M.Mem.copy(First);
  if (auto *B = First.as<Iterator>(); B && Args.size() >= 2 && Args[1].value().as<Iterator>())
    First = fromRange(M, *B, *Args[1].value().as<Iterator>());
  if (const List *L = First.get<List>())
    for (const Cell *C : L->Items) {
      const List *Pair = C->V.get<List>();
      if (IsSet)
        M.mapInsert(Out, C->V, nullptr);
      else if (Pair && Pair->Items.size() >= 2)
        M.mapInsert(Out, Pair->Items[0]->V, M.Mem.cell(Pair->Items[1]->V));
    }
  return Out;
}

/// A pointer to the module: the same for a pointer, a copy for an Impl by value.
Value handle(Machine &M, const Value &V, Object *O) {
  return V.get<Object>() == O ? Value(Ref{M.Mem.copy(O).get<Object>()->Home}) : Value(Ref{O->Home});
}

} // namespace

void Machine::mapInsert(Map *Into, const Value &Key, Cell *Item) {
  if (Into->find(Key))
    return;
  Mem.touch(Into);
  auto At = Into->Entries.end();
  if (Into->Sorted)
    At = std::find_if(Into->Entries.begin(), Into->Entries.end(),
                      [&](const MapEntry &E) { return compare(Key, E.Key).value_or(0) < 0; });
  Into->Entries.insert(At, MapEntry{Key, Item, nullptr});
}

Value Machine::defaultValue(QualType T, const Expr *E) {
  T = T.getCanonicalType();
  if (const auto *A = dyn_cast<ConstantArrayType>(T.getTypePtr()))
    return repeated(*this, static_cast<int64_t>(A->getSize().getLimitedValue(INT64_MAX)),
                    defaultValue(A->getElementType()), E);
  switch (Kinds.of(T)) {
  case TypeKind::Number:
    if (Uninitialised == UnknownId::None)
      Uninitialised = unknownId("a variable is read that was not initialised");
    return Uninitialised;
  case TypeKind::RawPointer:
    return Null();
  default:
    return constructType(T, {}, E);
  }
}

Value Machine::zeroValue(QualType T) {
  return !T.isNull() && Kinds.of(T) == TypeKind::Number
             ? convertNumber(static_cast<int64_t>(0), T.getNonReferenceType())
             : defaultValue(T);
}

bool Machine::lostInitializer(const VarDecl *V) const {
  if (V->hasInit() || !Unit.isUserDecl(V) || Unit.errorCount() == 0)
    return false;
  std::optional<Token> Next =
      Lexer::findNextToken(V->getLocation(), Unit.sources(), Unit.context().getLangOpts());
  return Next && Next->isOneOf(tok::equal, tok::l_paren, tok::l_brace);
}

Value Machine::valueAtDeclaration(const ValueDecl *D) {
  if (const auto *V = dyn_cast<VarDecl>(D); V && lostInitializer(V))
    return doesNotCompile(V->getSourceRange());
  if (!Unit.isUserDecl(D) || Kinds.of(D->getType()) != TypeKind::Number)
    return defaultValue(D->getType());
  const bool IsMember = isa<FieldDecl>(D) && D->getIdentifier();
  if (IsMember)
    if (std::optional<Value> Given = setting(D->getName(), D->getType()))
      return *Given;
  return unknownAt(Unit.span(D->getLocation()), "'" + D->getName() + "' is read before it has a value",
                   IsMember ? ("--set " + D->getName() + "=VALUE").str() : "");
}

bool Machine::extendsHolder(const CXXRecordDecl *R) {
  if (!R || !R->hasDefinition() || !Unit.isUserDecl(R) || Kinds.of(R) != TypeKind::Holder)
    return false;
  R = R->getDefinition();
  bool Constructs = llvm::any_of(R->ctors(), [](const CXXConstructorDecl *C) {
    return C->isUserProvided() && !C->isCopyOrMoveConstructor() && !C->isInheritingConstructor();
  });
  return Constructs || !R->field_empty() || llvm::any_of(R->bases(), [this](const CXXBaseSpecifier &B) {
    return extendsHolder(B.getType()->getAsCXXRecordDecl());
  });
}

Cell *Machine::field(Object *O, const FieldDecl *F) {
  F = F->getCanonicalDecl();
  if (auto It = O->Fields.find(F); It != O->Fields.end())
    return It->second;
  if (F->getName() == "impl_" && findBase(dyn_cast<CXXRecordDecl>(F->getParent()), "torch::nn::ModuleHolder"))
    return O->Held ? O->Held : Mem.cell(Ref{O->Home});
  // The public members of a library module: its parameters, buffers and options.
  if (O->Module && !Unit.isUserDecl(F)) {
    if (F->getName() == "options" && O->Module->Options)
      return O->Module->Options;
    for (auto *Tensors : {&O->Module->Parameters, &O->Module->Buffers})
      for (const NamedTensor &T : *Tensors)
        if (T.Name == F->getName())
          return O->Fields[F] = Mem.cell(T.Tensor);
    for (const NamedChild &C : O->Module->Children)
      if (C.Name == F->getName())
        return O->Fields[F] = Mem.cell(Ref{C.Module});
  }
  Cell *C = O->Fields[F] = Mem.cell(Null());
  const Expr *Init = frontend::fieldInitializer(Unit, F);
  if (Init) {
    Frame New;
    New.This = O->Home;
    CallScope Scope(*this, New);
    C->V = adapt(Mem.copy(value(Init)), F->getType());
  } else {
    C->V = valueAtDeclaration(F);
  }
  return C;
}

Value Machine::constructType(QualType T, llvm::ArrayRef<Result> Args, const Expr *E,
                             const CXXConstructorDecl *Ctor) {
  T = T.getNonReferenceType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  Value First = Args.empty() ? Value(Null()) : Args[0].value();
  switch (Kinds.of(T)) {
  case TypeKind::Number:
    return Args.empty() ? zeroValue(T) : convertNumber(First, T);
  case TypeKind::Scalar:
    return Args.empty() ? Value(static_cast<int64_t>(0)) : First;
  case TypeKind::Optional: {
    QualType Inner = typeArgument(T, 0);
    return Args.empty() || Inner.isNull() ? First : Args[0].Place ? Mem.copy(adapt(First, Inner)) : adapt(First, Inner);
  }
  case TypeKind::Variant:
  case TypeKind::TensorIndex:
  case TypeKind::RawPointer:
  case TypeKind::Iterator:
  case TypeKind::JsonIterator:
    return Args.empty() || !Args[0].Place ? First : Mem.copy(First);
  case TypeKind::Function:
    if (Object *O = First.get<Object>())
      return Ref{O->Home};
    return First;
  case TypeKind::SmartPointer:
    if (recordName(T) == "std::reference_wrapper" && !Args.empty())
      return Ref{Args[0].Place ? Args[0].Place : Mem.cell(First)};
    return First;
  case TypeKind::List:
    return constructList(*this, T, Args, E);
  case TypeKind::Tuple:
    return constructTuple(*this, T, Args);
  case TypeKind::String:
    return constructString(*this, Args, E);
  case TypeKind::Map:
    return constructMap(*this, recordName(T) == "std::map" || recordName(T) == "std::multimap", false, Args);
  case TypeKind::Set:
    return constructMap(*this, recordName(T) != "std::unordered_set", true, Args);
  case TypeKind::Tensor:
    return Args.empty() || First.isNull() ? Mem.undefinedTensor() : First;
  case TypeKind::Enum: {
    llvm::StringRef Name = R->getName();
    return Mem.string(Name.drop_front(Name.starts_with("k")).str());
  }
  case TypeKind::TensorOptions:
    if (auto *Old = First.get<Tagged>(); Old && Old->Tag == "TensorOptions")
      return First;
    return Mem.tagged("TensorOptions", {First.as<DType>() ? First : Value(Null())});
  case TypeKind::Slice: {
    std::vector<Value> Items;
    for (const Result &A : Args)
      Items.push_back(A.value());
    return Mem.tagged("Slice", std::move(Items));
  }
  case TypeKind::Device:
    return First.get<Tagged>() ? First : Value(Mem.tagged("Device", {First}));
  case TypeKind::Stream:
    return constructStream(*this, T, Args, E);
  case TypeKind::Json:
    return constructJson(*this, Args, E, Ctor);
  case TypeKind::ProgramOptions:
    return Mem.tagged("ProgramOptions");
  case TypeKind::Options:
    return constructOptions(R, Args, E, Ctor);
  case TypeKind::Holder: {
    if (extendsHolder(R))
      return constructObject(R, Args, E, Ctor);
    if (Args.size() == 1 && (First.isNull() || First.isUnknown()))
      return First;
    const CXXRecordDecl *Held = frontend::heldModule(R);
    if (Object *O = Args.size() == 1 ? moduleOf(First) : nullptr;
        O && Held && O->Class && findBase(O->Class, qualifiedName(Held)) &&
        (O != First.get<Object>() || !Unit.isUserDecl(Held)))
      return handle(*this, First, O);
    if (!Held)
      return unknown("the module of holder '" + R->getName() + "' is not known", E);
    Value V = constructObject(Held, Args, E);
    Object *O = V.get<Object>();
    return O ? Value(Ref{O->Home}) : V;
  }
  case TypeKind::AnyModule:
    if (Object *O = moduleOf(First))
      return handle(*this, First, O);
    return First;
  case TypeKind::NamedAnyModule: {
    List *L = Mem.list({First, Args.size() > 1 ? Args[1].value() : Value(Null())});
    return L;
  }
  case TypeKind::Module:
  case TypeKind::User:
    return constructObject(R, Args, E, Ctor);
  case TypeKind::Other:
    break;
  }
  if (T->isVoidType() || Args.size() == 1)
    return First;
  return unknown("a value of type '" + T.getAsString() + "' is not modelled", E);
}

Value Machine::constructObject(const CXXRecordDecl *R, llvm::ArrayRef<Result> Args, const Expr *E,
                               const CXXConstructorDecl *Ctor) {
  if (R->hasDefinition())
    R = R->getDefinition();
  bool IsModule = Kinds.of(R) == TypeKind::Module;
  bool IsUser = Unit.isUserDecl(R);
  if (!IsUser && IsModule)
    return newLayer(R, Args, E);
  if (!IsUser && !R->isLambda())
    return Mem.tagged(Mem.string(qualifiedName(R)).str()->c_str(),
                      Args.empty() ? std::vector<Value>() : std::vector<Value>{Args[0].value()});
  if (Args.size() == 1)
    if (const Object *O = Args[0].value().get<Object>();
        O && O->Class && O->Class->getCanonicalDecl() == R->getCanonicalDecl() &&
        (!Ctor || Ctor->isCopyOrMoveConstructor()))
      return Mem.copy(Args[0].value());
  if (!R->hasDefinition())
    return unknown("class '" + R->getName() + "' has no definition in the files that were read", E);
  Object *O = Mem.object(R);
  if (IsModule) {
    if (!spend(E))
      return Value(Stopped);
    O->Module = Mem.module();
    O->Module->Training = Options.Training;
    O->Module->Type = R->getNameAsString();
    O->Module->Node = Builder.addModule(energy::ModuleId::Root, "", R->getName(), span(E));
    if (Watched && !WatchedObject && R->getCanonicalDecl() == Watched)
      WatchedObject = O->Home;
  }
  if (!Ctor)
    Ctor = forwardedTo(R, Args.size(), E);
  if (!Ctor)
    Ctor = chooseConstructor(R, Args);
  if (!Ctor && (!Args.empty() || R->hasUserDeclaredConstructor())) {
    if (R->isAggregate() && !IsModule) {
      auto F = R->field_begin();
      for (const Result &A : Args)
        if (F != R->field_end())
          O->Fields[F->getCanonicalDecl()] = Mem.cell(adapt(Mem.copy(A.value()), F->getType())), ++F;
      return O;
    }
    bool Inherits = false;
    for (const Decl *D : R->decls())
      Inherits |= isa<UsingDecl>(D) || isa<ConstructorUsingShadowDecl>(D);
    const std::string No = "no constructor of '" + R->getName().str() + "' takes ";
    if (!Inherits)
      return Args.empty() ? unknown(No + "no arguments", E, IsModule ? ("--model '" + R->getName() + "(...)'").str() : "")
                          : unknown(No + "these " + llvm::Twine(Args.size()) + " arguments", E);
  }
  runConstructor(O, R, Ctor, Args, E);
  return stopped() ? Value(Stopped) : Value(O);
}

namespace {

void forgetFields(Machine &M, Object *O, const CXXRecordDecl *R, UnknownId Why) {
  for (const FieldDecl *F : R->fields())
    O->Fields[F->getCanonicalDecl()] = M.Mem.cell(Why);
  for (const CXXBaseSpecifier &B : R->bases())
    if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl(); Base && Base->hasDefinition())
      forgetFields(M, O, Base->getDefinition(), Why);
}

/// Constructs the part of \p O that its base class \p Base is.
void constructBase(Machine &M, Object *O, const CXXRecordDecl *Base, const CXXConstructorDecl *Ctor,
                   llvm::ArrayRef<Result> Args, const Expr *E) {
  if (M.Kinds.of(Base) == TypeKind::Holder && !M.extendsHolder(Base)) {
    Value V = M.constructType(QualType(Base->getTypeForDecl(), 0), Args, E, Ctor);
    O->Held = M.Mem.cell(V);
  } else if (M.Unit.isUserDecl(Base)) {
    M.runConstructor(O, Base, Ctor, Args, E);
  } else if (O->Module) {
    M.initLayer(O, Base, Args, E);
  }
}

/// Base classes and members without an initialiser of their own.
void initialiseByDefault(Machine &M, Object *O, const CXXRecordDecl *R, llvm::ArrayRef<Result> Args,
                         const Expr *E) {
  for (const CXXBaseSpecifier &B : R->bases()) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    if (!Base || !Base->hasDefinition())
      continue;
    Base = Base->getDefinition();
    // `using Base::Base` hands the arguments on
    constructBase(M, O, Base, M.Unit.isUserDecl(Base) ? M.chooseConstructor(Base, Args) : nullptr, Args, E);
  }
}

void runInitializer(Machine &M, Object *O, const CXXCtorInitializer *I) {
  const Expr *Init = I->getInit();
  if (I->isAnyMemberInitializer()) {
    const FieldDecl *F = I->getAnyMember();
    if (F->getType()->isReferenceType()) {
      O->Fields[F->getCanonicalDecl()] = M.place(Init);
      return;
    }
    Value V = M.value(Init);
    O->Fields[F->getCanonicalDecl()] = M.Mem.cell(Init->isGLValue() ? M.Mem.copy(V) : V);
    return;
  }
  const auto *Construct = dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit());
  const CXXRecordDecl *Base = I->isBaseInitializer() ? I->getBaseClass()->getAsCXXRecordDecl()
                                                     : nullptr;
  if (!Construct) {
    if (const auto *Inherited = dyn_cast<CXXInheritedCtorInitExpr>(Init->IgnoreImplicit()); Inherited && Base && M.Top) {
      std::vector<Result> Args;
      for (const ParmVarDecl *P : M.Top->Function->parameters())
        Args.push_back(M.Top->Locals.lookup(P) ? Result(M.Top->Locals.lookup(P)) : Result(Value(Null())));
      constructBase(M, O, Base, Inherited->getConstructor(), Args, Init);
    }
    return;
  }
  std::vector<Result> Args =
      M.evalArgs(llvm::ArrayRef(Construct->getArgs(), Construct->getNumArgs()));
  const CXXRecordDecl *Target = Base ? Base : Construct->getConstructor()->getParent();
  constructBase(M, O, Target, Construct->getConstructor(), Args, Init);
}

} // namespace

void Machine::runConstructor(Object *O, const CXXRecordDecl *R, const CXXConstructorDecl *Ctor,
                             llvm::ArrayRef<Result> Args, const Expr *E) {
  if (Depth >= MaxDepth) {
    stop("constructors nest deeper than " + llvm::Twine(MaxDepth), E);
    StopIsLimit = true;
    return;
  }
  if (R->hasDefinition())
    R = R->getDefinition();
  const FunctionDecl *Body = Ctor ? bodyOf(Ctor) : nullptr;
  if (!Body) {
    bool Trivial = !Ctor || Ctor->isImplicit() || Ctor->isDefaulted() || Ctor->isInheritingConstructor();
    if (!Trivial) {
      noteUndefined(Ctor);
      std::string Why = ("the constructor of '" + R->getName() + "' has no definition in the files that were read").str();
      if (O->Module)
        stop(Why, E);
      else // what does not depend on its members can still be known
        forgetFields(*this, O, R, unknownId(Why, E));
      return;
    }
    Frame New;
    New.This = O->Home;
    CallScope Scope(*this, New);
    initialiseByDefault(*this, O, R, Args, E);
    for (const FieldDecl *F : R->fields())
      if (!stopped())
        field(O, F);
    return;
  }
  Frame New;
  New.Function = Body;
  New.This = O->Home;
  CallScope Scope(*this, New);
  if (!bindParameters(New, Body, Args))
    return;
  for (const CXXCtorInitializer *I : cast<CXXConstructorDecl>(Body)->inits()) {
    runInitializer(*this, O, I);
    if (stopped())
      return;
  }
  exec(Body->getBody());
}

Result Machine::construct(const CXXConstructExpr *E) {
  QualType T = E->getType();
  const CXXConstructorDecl *Ctor = E->getConstructor();
  if (const auto *A = dyn_cast<ConstantArrayType>(T.getCanonicalType().getTypePtr()))
    return defaultValue(QualType(A, 0), E);
  if (Ctor->isCopyOrMoveConstructor() && E->getNumArgs() >= 1) {
    Result R = eval(E->getArg(0));
    // Of a class that extends a holder only the holder is copied into one.
    if (Kinds.of(T) == TypeKind::Holder)
      return Mem.copy(adapt(R.value(), T));
    // An implicit copy of what a conversion already made is not a copy.
    return R.Place ? Mem.copy(R.value()) : R.V;
  }
  std::vector<Result> Args = evalArgs(llvm::ArrayRef(E->getArgs(), E->getNumArgs()));
  if (stopped())
    return Value(Stopped);
  return constructType(T, Args, E, Ctor);
}
