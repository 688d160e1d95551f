/// \file
/// Calls: of the user's functions, which are interpreted, and of everything
/// else, which the library models answer.
#include "Frontend/SemaQueries.h"
#include "Interp/Machine.h"
#include "Torch/Layer.h"
#include "clang/AST/ASTContext.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

} // namespace

std::vector<Result> Machine::evalArgs(llvm::ArrayRef<const Expr *> Args) {
  std::vector<Result> Out;
  for (const Expr *A : Args) {
    if (isa<CXXDefaultArgExpr>(A))
      break; // invoke() evaluates defaults in the callee's declaration
    Out.push_back(eval(A));
  }
  return Out;
}

namespace {
/// The object that a method is called on, looking through pointers and handles.
Cell *receiver(Machine &M, const Expr *Object, bool Arrow) {
  Result R = M.eval(Object);
  if (Arrow)
    if (auto *P = R.value().as<Ref>())
      return P->Target;
  return R.Place ? R.Place : M.Mem.cell(R.V);
}

} // namespace

const std::string &Machine::nameOf(const FunctionDecl *F) {
  F = F->getCanonicalDecl();
  auto [It, New] = Names.try_emplace(F);
  if (!New)
    return It->second;
  static const llvm::DenseMap<unsigned, llvm::StringRef> KindNames = {
      {unsigned(TypeKind::Tensor), "Tensor"},       {unsigned(TypeKind::List), "List"},
      {unsigned(TypeKind::Tuple), "Tuple"},         {unsigned(TypeKind::String), "String"},
      {unsigned(TypeKind::Map), "Map"},             {unsigned(TypeKind::Set), "Set"},
      {unsigned(TypeKind::Optional), "Optional"},   {unsigned(TypeKind::Variant), "Variant"},
      {unsigned(TypeKind::SmartPointer), "Pointer"}, {unsigned(TypeKind::Function), "Function"},
      {unsigned(TypeKind::Holder), "Holder"},       {unsigned(TypeKind::AnyModule), "AnyModule"},
      {unsigned(TypeKind::NamedAnyModule), "NamedAnyModule"},
      {unsigned(TypeKind::Module), "Module"},       {unsigned(TypeKind::Options), "Options"},
      {unsigned(TypeKind::TensorOptions), "TensorOptions"},
      {unsigned(TypeKind::Scalar), "Scalar"},       {unsigned(TypeKind::Iterator), "Iterator"},
      {unsigned(TypeKind::Stream), "Stream"},       {unsigned(TypeKind::Device), "Device"},
      {unsigned(TypeKind::Slice), "Slice"},
      {unsigned(TypeKind::Json), "json"},
      {unsigned(TypeKind::JsonIterator), "JsonIterator"},
      {unsigned(TypeKind::ProgramOptions), "ProgramOptions"}};
  std::string Name;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F)) {
    auto K = KindNames.find(unsigned(Kinds.of(Method->getParent())));
    if (K != KindNames.end())
      Name = K->second.str() + "::" +
             (isa<CXXConversionDecl>(F) ? "operator conversion" : F->getNameAsString());
  }
  if (Name.empty())
    Name = qualifiedName(F);
  return Names[F] = Name;
}

const FunctionDecl *Machine::bodyOf(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (F->hasBody(Definition) && Definition->getBody())
    return Definition;
  return Unit.isUserDecl(F) ? frontend::bodyOf(Unit, F) : nullptr;
}

void Machine::noteUndefined(const FunctionDecl *F) {
  frontend::WantedDefinition Wanted(F, Unit);
  if (Unit.isUserDecl(F) && !llvm::is_contained(Undefined, Wanted))
    Undefined.push_back(std::move(Wanted));
}

const CXXMethodDecl *Machine::dynamicTarget(const CXXMethodDecl *F, Cell *This) {
  if (!F->isVirtual() || !This)
    return F;
  const Object *O = This->V.get<Object>();
  if (!O || !O->Class || !O->Class->hasDefinition())
    return F;
  if (const CXXMethodDecl *Final =
          const_cast<CXXMethodDecl *>(F)->getCorrespondingMethodInClass(O->Class, true))
    return Final;
  return F;
}

const Expr *energy::interp::defaultArgument(const ParmVarDecl *P) {
  if (!P->hasDefaultArg() || P->hasUnparsedDefaultArg())
    return nullptr;
  return P->hasUninstantiatedDefaultArg() ? P->getUninstantiatedDefaultArg() : P->getDefaultArg();
}

bool Machine::bindParameters(Frame &F, const FunctionDecl *Fn, llvm::ArrayRef<Result> Args) {
  for (unsigned I = 0; I < Fn->getNumParams(); ++I) {
    const ParmVarDecl *P = Fn->getParamDecl(I);
    Cell *C = nullptr;
    if (I < Args.size()) {
      const Result &A = Args[I];
      bool ByRef = P->getType()->isReferenceType();
      // A reference keeps the place, unless the argument has to become another type.
      Value V = adapt(A.value(), P->getType());
      bool Adapted = !V.isUnknown() && !same(V, A.value());
      C = ByRef && A.Place && !Adapted ? A.Place : Mem.cell(V);
      if (!ByRef && A.Place)
        C->V = Mem.copy(C->V);
    } else if (const Expr *Default = defaultArgument(P)) {
      C = Mem.cell(adapt(value(Default), P->getType()));
    } else if (P->isParameterPack()) {
      continue;
    } else {
      C = Mem.cell(unknown("argument '" + P->getName() + "' is not given"));
    }
    F.Locals[P] = C;
  }
  return !stopped();
}

Result Machine::invoke(const FunctionDecl *F, Cell *This, llvm::ArrayRef<Result> Args,
                       const Expr *E, const Closure *Lambda) {
  const FunctionDecl *Body = bodyOf(F);
  if (!Body) {
    noteUndefined(F);
    return unknown("'" + nameOf(F) + "' has no definition in the files that were read", E,
                   "the file that defines it");
  }
  if (Depth >= MaxDepth) {
    Value V = stop("calls nest deeper than " + llvm::Twine(MaxDepth), E);
    StopIsLimit = true;
    return V;
  }
  Frame New;
  New.Function = Body;
  New.Lambda = Lambda;
  New.This = Lambda ? Lambda->This : This;
  CallScope Scope(*this, New);
  if (!bindParameters(New, Body, Args))
    return Value(Stopped);
  if (This && !Lambda)
    if (Object *O = moduleOf(This->V); O && !isa<CXXConstructorDecl>(Body))
      Builder.setModule(O->Module->Node);
  watchCall(Body, This, Args);
  exec(Body->getBody());
  if (stopped())
    return Value(Stopped);
  if (New.HasPending) {
    const TensorBox *A = New.Pending.get<TensorBox>(), *B = New.Returned.get<TensorBox>();
    bool Agree = same(New.Pending, New.Returned) ||
                 (A && B && A->Arg.known() && B->Arg.known() && A->Arg.Type == B->Arg.Type);
    return Agree ? New.Returned : Value(New.PendingWhy);
  }
  if (New.ReturnedPlace)
    return New.ReturnedPlace;
  return adapt(New.Returned, Body->getReturnType());
}

void Machine::watchCall(const FunctionDecl *F, Cell *This, llvm::ArrayRef<Result> Args) {
  if (!Watched || WatchedCalled || !This || !F->getIdentifier() || F->getName() != "forward")
    return;
  const Object *O = This->V.get<Object>();
  if (!O || !O->Class || O->Class->getCanonicalDecl() != Watched)
    return;
  WatchedCalled = true;
  WatchedObject = This;
  for (const Result &A : Args)
    WatchedArguments.push_back(A.value());
}

Result Machine::callValue(const Value &Callee, llvm::ArrayRef<Result> Args, const Expr *E) {
  if (Object *O = moduleOf(Callee))
    return forward(O->Home, Args, E);
  if (Object *O = Callee.get<Object>())
    for (const CXXMethodDecl *Method : O->Class->methods())
      if (Method->getOverloadedOperator() == OO_Call)
        return invoke(Method, O->Home, Args, E);
  Closure *C = Callee.get<Closure>();
  if (!C)
    return unexpected("a call of", Callee, E);
  std::vector<Result> All;
  if (C->IsBind) {
    for (const Value &B : C->Bound) {
      auto *T = B.get<Tagged>();
      if (T && T->Tag == "placeholder") {
        auto N = static_cast<size_t>(*T->Items[0].integer());
        All.push_back(N >= 1 && N <= Args.size() ? Args[N - 1] : Result(Value(Null())));
      } else {
        All.push_back(B);
      }
    }
  } else {
    All.assign(Args.begin(), Args.end());
  }
  const FunctionDecl *F = C->Function;
  if (!F)
    return unknown("a call of a function that is not known", E);
  Cell *This = C->This;
  bool IsLambda = isa<CXXMethodDecl>(F) && cast<CXXMethodDecl>(F)->getParent()->isLambda();
  // A generic lambda's operator() is a template: instantiating it needs the call's types.
  if (F->isTemplated())
    return invoke(F, This, All, E, C);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F); Method && !IsLambda && Method->isInstance()) {
    if (All.empty())
      return unknown("a method is called without an object", E);
    Value Self = All.front().value();
    This = Self.as<Ref>() ? Self.as<Ref>()->Target : All.front().Place;
    if (!This)
      This = Mem.cell(Self);
    All.erase(All.begin());
    F = dynamicTarget(Method, This);
  }
  if (bodyOf(F) && Unit.isUserDecl(F))
    return invoke(F, This, All, E, IsLambda ? C : nullptr);
  // A library function behind a pointer: torch::relu given to a Functional.
  LibraryCall L(*this);
  L.E = E;
  L.Callee = F;
  L.This = This;
  L.setValues(std::move(All));
  return callLibrary(L);
}

namespace {
/// The candidate that takes these values best; null when none does.
const FunctionDecl *bestCandidate(Machine &M, llvm::ArrayRef<const NamedDecl *> Candidates,
                                  llvm::ArrayRef<Result> Args) {
  const FunctionDecl *Best = nullptr;
  int BestFit = 0;
  for (const NamedDecl *D : Candidates) {
    const auto *F = dyn_cast<FunctionDecl>(D->getUnderlyingDecl());
    if (!F || F->getMinRequiredArguments() > Args.size() || F->getNumParams() < Args.size())
      continue;
    int Fit = 1;
    for (unsigned I = 0; Fit && I < Args.size(); ++I) {
      int One = M.fit(Args[I].value(), F->getParamDecl(I)->getType());
      Fit = One ? Fit + One : 0;
    }
    if (Fit > BestFit) {
      Best = F;
      BestFit = Fit;
    }
  }
  return Best;
}
} // namespace

Result Machine::callUnresolved(const Expr *Callee, llvm::ArrayRef<const Expr *> ArgExprs,
                               const Expr *E) {
  std::vector<Result> Args = evalArgs(ArgExprs);
  if (stopped())
    return Value(Stopped);
  Callee = Callee->IgnoreParens();
  llvm::SmallVector<const NamedDecl *, 8> Candidates;
  Cell *This = nullptr;
  if (const auto *Overloads = dyn_cast<OverloadExpr>(Callee)) {
    Candidates.append(Overloads->decls_begin(), Overloads->decls_end());
    if (const auto *Member = dyn_cast<UnresolvedMemberExpr>(Overloads))
      This = Member->isImplicitAccess() ? (Top ? Top->This : nullptr)
                                        : receiver(*this, Member->getBase(), Member->isArrow());
  } else if (const auto *Name = dyn_cast<DeclRefExpr>(Callee)) {
    Candidates.push_back(Name->getDecl());
  } else if (const auto *Method = dyn_cast<MemberExpr>(Callee)) {
    Candidates.push_back(Method->getMemberDecl());
    This = receiver(*this, Method->getBase(), Method->isArrow());
  } else if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Callee);
             Member && !Member->isImplicitAccess()) {
    // `f(x).to(...)` where f(x) is what does not resolve: the base is a value nonetheless.
    This = receiver(*this, Member->getBase(), Member->isArrow());
    const CXXRecordDecl *R = This->V.get<TensorBox>() ? Kinds.TensorClass
                             : This->V.get<Object>()  ? This->V.get<Object>()->Class
                                                      : nullptr;
    auto Add = [&](const CXXRecordDecl *Class, auto &Self) -> void {
      if (!Class || !Class->hasDefinition())
        return;
      for (const CXXMethodDecl *Method : Class->getDefinition()->methods())
        if (Method->getDeclName() == Member->getMember())
          Candidates.push_back(Method);
      for (const CXXBaseSpecifier &B : Class->getDefinition()->bases())
        Self(B.getType()->getAsCXXRecordDecl(), Self);
    };
    Add(R, Add);
  }
  const FunctionDecl *F = bestCandidate(*this, Candidates, Args);
  if (!F)
    return doesNotCompile(E->getSourceRange());
  if (Unit.isUserDecl(F))
    return invoke(F, This, Args, E);
  LibraryCall L(*this);
  L.E = E;
  L.Callee = F;
  L.This = This;
  L.setValues(std::move(Args));
  return callLibrary(L);
}

Result Machine::evalCall(const CallExpr *E) {
  const FunctionDecl *F = E->getDirectCallee();
  llvm::ArrayRef<const Expr *> Args(E->getArgs(), E->getNumArgs());
  Cell *This = nullptr;
  if (!F) {
    if (isa<CXXPseudoDestructorExpr>(E->getCallee()->IgnoreParens()))
      return Value(Null());
    if (E->getCallee()->isTypeDependent() || isa<OverloadExpr>(E->getCallee()->IgnoreParens()))
      return callUnresolved(E->getCallee(), Args, E);
    Value Callee = value(E->getCallee());
    return callValue(Callee, evalArgs(Args), E);
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const auto *Member = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens());
    const Expr *Object = Call->getImplicitObjectArgument();
    bool Arrow = Member ? Member->isArrow() : Object->getType()->isPointerType();
    This = receiver(*this, Object, Arrow);
    if (Method && !(Member && Member->hasQualifier()))
      Method = dynamicTarget(Method, This);
  } else if (isa<CXXOperatorCallExpr>(E) && Method && Method->isInstance()) {
    This = receiver(*this, Args.front(), false);
    Args = Args.drop_front();
    Method = dynamicTarget(Method, This);
  } else if (const auto *Member = dyn_cast<MemberExpr>(E->getCallee()->IgnoreParens());
             Member && Method && Method->isInstance()) {
    // With an argument that does not compile it is no member call to Clang.
    This = receiver(*this, Member->getBase(), Member->isArrow());
    Method = dynamicTarget(Method, This);
  }
  if (stopped())
    return Value(Stopped);
  if (Method)
    F = Method;
  // A lambda called by name keeps its captures in the closure.
  if (Method && Method->getParent()->isLambda() && This)
    if (Closure *C = This->V.get<Closure>())
      return invoke(F, nullptr, evalArgs(Args), E, C);
  if (This && This->V.isUnknown() && Unit.isUserDecl(F))
    return This->V;
  bool Interpretable = Unit.isUserDecl(F) && !F->isDefaulted();
  if (Interpretable && (bodyOf(F) || !ruleFor(F))) {
    if (Method && This && !This->V.get<Object>() && Method->isInstance()) {
      if (auto *P = This->V.as<Ref>())
        This = P->Target;
      if (This->V.isNull())
        return unknown("'" + F->getNameAsString() + "' is called on a null pointer", E);
    }
    return invoke(F, This, evalArgs(Args), E);
  }
  LibraryCall L(*this);
  L.E = E;
  L.Callee = F;
  L.Args = Args;
  L.This = This;
  while (!L.Args.empty() && isa<CXXDefaultArgExpr>(L.Args.back()))
    L.Args = L.Args.drop_back();
  return callLibrary(L);
}

llvm::SmallVector<const CXXMethodDecl *, 2> Machine::userMethods(const Object *O, DeclarationName Name) {
  llvm::SmallVector<const CXXMethodDecl *, 2> Methods;
  for (const CXXRecordDecl *R = O->Class; R && R->hasDefinition() && Methods.empty();
       R = R->getNumBases() ? R->bases_begin()->getType()->getAsCXXRecordDecl() : nullptr)
    llvm::copy_if(R->methods(), std::back_inserter(Methods), [&](const CXXMethodDecl *Method) {
      return Method->getDeclName() == Name && Unit.isUserDecl(Method);
    });
  return Methods;
}

namespace {
/// The user's method \p Name that takes these arguments best; null when there is none.
const CXXMethodDecl *userMethod(Machine &M, const Object *O, DeclarationName Name, llvm::ArrayRef<Result> Args) {
  const CXXMethodDecl *Best = nullptr;
  int BestFit = -1;
  for (const CXXMethodDecl *Method : M.userMethods(O, Name)) {
    bool Counts = Method->getMinRequiredArguments() <= Args.size() && Args.size() <= Method->getNumParams();
    int Fit = Counts ? 1 : 0;
    for (unsigned I = 0; Counts && I < Args.size(); ++I)
      Fit += M.fit(Args[I].value(), Method->getParamDecl(I)->getType());
    if (Fit > BestFit) {
      Best = Method;
      BestFit = Fit;
    }
  }
  return Best;
}
} // namespace

Result Machine::forward(Cell *Module, llvm::ArrayRef<Result> Args, const Expr *E) {
  Object *O = Module->V.get<Object>();
  if (!O || !O->Module)
    return unexpected("forward() of", Module->V, E);
  if (const CXXMethodDecl *Method = userMethod(*this, O, forwardName(), Args))
    return invoke(dynamicTarget(Method, Module), Module, Args, E);
  return libraryForward(O, Args, E);
}

DeclarationName Machine::forwardName() { return &Unit.context().Idents.get("forward"); }

Result Machine::enter(Object *Root, llvm::ArrayRef<Result> Args) {
  const CXXMethodDecl *Method = Entry ? userMethod(*this, Root, Entry, Args) : nullptr;
  return Method ? invoke(dynamicTarget(Method, Root->Home), Root->Home, Args, nullptr)
                : forward(Root->Home, Args, nullptr);
}

Result Machine::runSequential(Object *O, llvm::ArrayRef<Result> Args, const Expr *E) {
  if (O->Module->Children.empty())
    return unknown("an empty Sequential is called", E);
  std::vector<Result> In(Args.begin(), Args.end());
  std::vector<NamedChild> Children = O->Module->Children;
  for (const NamedChild &C : Children) {
    Result Out = forward(C.Module, In, E);
    In.assign(1, Out.value());
    if (stopped())
      return Value(Stopped);
  }
  return In.front();
}

Result Machine::libraryForward(Object *O, llvm::ArrayRef<Result> Args, const Expr *E) {
  if (!spend(E))
    return Value(Stopped);
  Builder.setLocation(span(E));
  if (O->Module->IsSequential)
    return runSequential(O, Args, E);
  energy::ModuleId Outer = Builder.module();
  Builder.setModule(O->Module->Node);
  Result Out = Value(Null());
  if (!O->Module->Function.isNull())
    Out = callValue(O->Module->Function, Args, E);
  else if (O->Module->Layer)
    Out = runLayer(O, Args);
  else
    Out = unknown("class '" + O->Module->Type + "' has no forward() that is known", E);
  Builder.setModule(Outer);
  return Out;
}

Value Machine::runLayer(Object *O, llvm::ArrayRef<Result> Args) {
  std::vector<ArgValue> Inputs;
  for (const Result &A : Args)
    Inputs.push_back(toArg(A.value()));
  std::vector<TensorArg> Flat = torch::runLayer(*O->Module->Layer, Builder, O->Module->Node,
                                                layerOptions(O), Inputs, O->Module->Training);
  QualType T;
  if (O->Class && O->Class->hasDefinition())
    for (const CXXMethodDecl *Method : O->Class->methods())
      if (Method->getIdentifier() && Method->getName() == "forward")
        T = Method->getReturnType();
  Value Out = fromTensors(std::move(Flat), T);
  // Recurrent kernels run time-major: with batch_first the output is a transposed view.
  llvm::StringRef Name = O->Module->Layer->Name;
  if (Name == "LSTM" || Name == "GRU" || Name == "RNN")
    for (const NamedArg &A : Builder.graph().module(O->Module->Node).Options)
      if (const bool *On = A.Value.as<bool>(); On && *On && A.Name == "batch_first")
        if (List *L = Out.get<List>(); L && !L->Items.empty())
          if (TensorBox *Y = L->Items[0]->V.get<TensorBox>(); Y && Y->Arg.known() && Y->Arg.Type.rank() == 3) {
            const Sizes &S = Y->Arg.Type.Shape; // batch, time, features
            Y->Strides = {S[2], S[0] * S[2], 1};
          }
  return Out;
}
