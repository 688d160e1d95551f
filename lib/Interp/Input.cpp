#include "Interp/Input.h"
#include "Interp/InputSpec.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// The user's method that the model is called by: of overloads one that begins with a tensor, else
/// the first. Null for a library module.
const CXXMethodDecl *entryOf(Machine &M, const Object *Root) {
  auto Methods = M.userMethods(Root, M.Entry ? M.Entry : M.forwardName());
  auto WithTensor = llvm::find_if(Methods, [&](const CXXMethodDecl *Method) {
    return Method->getNumParams() && M.Kinds.of(Method->getParamDecl(0)->getType()) == TypeKind::Tensor;
  });
  return WithTensor != Methods.end() ? *WithTensor : Methods.empty() ? nullptr : Methods.front();
}

/// A tensor, or a std::any, in which a model finds one.
bool holdsTensor(TypeKinds &Kinds, QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return Kinds.of(T) == TypeKind::Tensor || (R && qualifiedName(R) == "std::any");
}

/// One more than the largest position at which \p S takes an element of a list of tensors, or of
/// values of any type (`features[2]`, `inputs.at(0)`); 0 where it takes none.
class ElementsTaken : public RecursiveASTVisitor<ElementsTaken> {
  const ASTContext &Context;
  TypeKinds &Kinds;

  void taken(const Expr *From, const Expr *Position) {
    QualType Element = Kinds.of(From->getType()) == TypeKind::List ? typeArgument(From->getType(), 0) : QualType();
    Expr::EvalResult At;
    if (Element.isNull() || !holdsTensor(Kinds, Element) || Position->isValueDependent() ||
        !Position->EvaluateAsInt(At, Context) || At.Val.getInt().isNegative() || At.Val.getInt().getActiveBits() > 8)
      return;
    Count = std::max<uint64_t>(Count, At.Val.getInt().getZExtValue() + 1);
  }

public:
  uint64_t Count = 0;
  ElementsTaken(const ASTContext &Context, TypeKinds &Kinds) : Context(Context), Kinds(Kinds) {}

  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *E) {
    if (E->getOperator() == OO_Subscript && E->getNumArgs() == 2)
      taken(E->getArg(0), E->getArg(1));
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *E) {
    if (const CXXMethodDecl *F = E->getMethodDecl(); F && F->getIdentifier() && F->getName() == "at" && E->getNumArgs() == 1)
      taken(E->getImplicitObjectArgument(), E->getArg(0));
    return true;
  }
};

Value newInput(Machine &M, TensorType Type, llvm::StringRef Name, const InputOrigin &Origin,
               ModelGraph &G) {
  std::string Note = Origin.Note;
  if (Origin.Batch && !Type.Shape.empty() && Type.Shape[0] == Origin.Batch->From) {
    Type.Shape[0] = Origin.Batch->To;
    Note += (Note.empty() ? "" : "; ") + ("first dimension " + llvm::Twine(Origin.Batch->From) +
                                          " set to " + llvm::Twine(Origin.Batch->To) + " by --batch")
                                             .str();
  }
  TensorArg T = M.Builder.source(std::move(Type), ValueInfo::Origin::Input, Name);
  G.Inputs.push_back({Name.str(), T, Origin.Basis, Note});
  return M.fromTensor(T);
}

} // namespace

void energy::interp::assume(Machine &M, std::string What) {
  std::vector<std::string> &Said = M.Builder.graph().Assumptions;
  if (!llvm::is_contained(Said, What))
    Said.push_back(std::move(What));
}

std::vector<InputSpec> energy::interp::inputsInComment(const frontend::ModuleClass &Class) {
  const ASTContext &Context = Class.Decl->getASTContext();
  const SourceManager &Sources = Context.getSourceManager();
  auto [File, Offset] = Sources.getDecomposedExpansionLoc(Class.Decl->getLocation());
  llvm::StringRef Text = Sources.getBufferData(File);
  size_t Begin = Offset;
  for (int Line = 0; Line < 4 && Begin != llvm::StringRef::npos && Begin > 0; ++Line)
    Begin = Text.rfind('\n', Begin - 1);
  if (Begin == llvm::StringRef::npos)
    Begin = 0;
  llvm::StringRef Near = Text.slice(Begin, Text.find('\n', Offset));
  constexpr llvm::StringLiteral Marker = "clang-energy: input(";
  std::vector<InputSpec> Specs;
  size_t At = Near.rfind(Marker);
  if (At == llvm::StringRef::npos)
    return Specs;
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Near.drop_front(At + Marker.size()).take_until([](char C) { return C == ')'; }).split(Parts, ',');
  for (llvm::StringRef Part : Parts) {
    llvm::Expected<InputSpec> Spec = parseInputSpec(Part.trim());
    if (!Spec) {
      llvm::consumeError(Spec.takeError());
      return {};
    }
    Specs.push_back(std::move(*Spec));
  }
  return Specs;
}

namespace {

/// Makes the arguments of forward() one after the other. What is given for a parameter by its
/// name goes before what is given without one; a list, tuple or struct takes what is given for
/// its parts ("states.0", "batch.mask") or, as often as needed, for itself ("states").
class InputMaker {
  Machine &M;
  const InputChoice &Inputs;
  ModelGraph &G;
  const CXXMethodDecl *F;
  std::vector<bool> Taken;
  std::vector<Value> AtSite;
  std::vector<Result> Args;

public:
  InputMaker(Machine &M, const InputChoice &Inputs, ModelGraph &G, const CXXMethodDecl *F)
      : M(M), Inputs(Inputs), G(G), F(F), Taken(Inputs.Given.size()) {}

  std::vector<Result> run() {
    if (Inputs.Site)
      readSite();
    unsigned Count = F ? F->getNumParams() : 1;
    unsigned Required = F ? F->getMinRequiredArguments() : 1;
    for (unsigned I = 0; I < Count; ++I) {
      llvm::StringRef Name = F ? F->getParamDecl(I)->getName() : "input";
      QualType T = F ? F->getParamDecl(I)->getType() : QualType();
      if (std::optional<Value> V = given(T, Name, !isNamed(Name))) {
        Args.push_back(*V);
        continue;
      }
      if (I >= Required) {
        if (!F || !namesLater(I))
          break;
        Args.push_back(M.value(defaultArgument(F->getParamDecl(I))));
        continue;
      }
      std::optional<Value> V = fromSite(I, T, Name);
      Args.push_back(V ? *V : otherwise(T, Name));
    }
    return std::move(Args);
  }

private:
  void readSite() {
    OutsideModel Outside(M, Inputs.Site);
    // Of `net(x)` the object comes first: evaluating it would make a second model.
    for (const Expr *A : llvm::drop_begin(Inputs.Site->arguments(), isa<CXXOperatorCallExpr>(Inputs.Site) ? 1 : 0))
      AtSite.push_back(M.value(A));
    M.Stopped = UnknownId::None;
    G.Calls.clear(); // what makes the input is not the model's
  }

  bool isTensorType(QualType T) const { return T.isNull() || holdsTensor(M.Kinds, T); }

  /// A tensor, or the first of the optional ones where every tensor is optional.
  bool isTensor(QualType T) const {
    if (isTensorType(T) || !Args.empty() || M.Kinds.of(T) != TypeKind::Optional)
      return isTensorType(T);
    return isTensorType(typeArgument(T, 0)) &&
           llvm::none_of(F->parameters(), [&](const ParmVarDecl *P) { return isTensorType(P->getType()); });
  }

  static bool names(llvm::StringRef Given, llvm::StringRef Name) {
    return !Name.empty() && Given.consume_front(Name) && (Given.empty() || Given.front() == '.');
  }
  bool isNamed(llvm::StringRef Name) const {
    return llvm::any_of(Inputs.Given, [&](const InputSpec &S) { return names(S.Name, Name); });
  }
  /// Something is given for a parameter after \p Position.
  bool namesLater(unsigned Position) const {
    return llvm::any_of(llvm::drop_begin(F->parameters(), Position + 1), [&](const ParmVarDecl *P) {
      return isNamed(P->getName()) || (M.takesSetting(P->getType()) && M.Options.Set.count(P->getName().str()));
    });
  }

  const InputSpec *take(llvm::StringRef Name) {
    for (size_t I = 0; I < Taken.size(); ++I)
      if (!Taken[I] && Inputs.Given[I].Name == Name) {
        Taken[I] = true;
        return &Inputs.Given[I];
      }
    return nullptr;
  }
  /// For the part "states.0.1": what is given for it, for "states.0", or for "states".
  const InputSpec *takePart(llvm::StringRef Name, bool Unnamed) {
    for (; !Name.empty(); Name = Name.contains('.') ? Name.rsplit('.').first : "")
      if (const InputSpec *S = take(Name))
        return S;
    return Unnamed ? take("") : nullptr;
  }

  /// The argument, if it or a part of it is given; \p Unnamed: inputs without a name are for it.
  std::optional<Value> given(QualType T, llvm::StringRef Name, bool Unnamed) {
    if (isTensorType(T)) {
      const InputSpec *S = takePart(Name, Unnamed);
      if (!S)
        return std::nullopt;
      return newInput(M, S->Type, Name, {Inputs.GivenBasis, "", Inputs.Batch}, G);
    }
    switch (M.Kinds.of(T)) {
    case TypeKind::Optional:
      return given(typeArgument(T, 0), Name, Unnamed);
    case TypeKind::Tuple:
    case TypeKind::List:
      if (M.takesSetting(T))
        return M.setting(Name, T);
      return givenElements(T, Name, Unnamed);
    case TypeKind::User:
      return givenFields(T, Name);
    default:
      return M.setting(Name, T);
    }
  }

  std::optional<Value> givenElements(QualType T, llvm::StringRef Name, bool Unnamed) {
    bool IsTuple = M.Kinds.of(T) == TypeKind::Tuple;
    List *L = M.Mem.list();
    for (unsigned I = 0;; ++I) {
      QualType Element = typeArgument(T, IsTuple ? I : 0);
      std::optional<Value> V;
      if (!Element.isNull())
        V = given(Element, (Name + "." + llvm::Twine(I)).str(), Unnamed);
      if (!V)
        break;
      L->Items.push_back(M.Mem.cell(*V));
    }
    return L->Items.empty() ? std::nullopt : std::optional<Value>(L);
  }

  std::optional<Value> givenFields(QualType T, llvm::StringRef Name) {
    const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
    if (!R || !R->hasDefinition() || !isNamed(Name))
      return std::nullopt;
    Value V = M.constructType(T, {}, nullptr);
    Object *O = V.get<Object>();
    for (const FieldDecl *Field : O ? R->getDefinition()->fields() : CXXRecordDecl::field_range({}, {}))
      if (std::optional<Value> Part = given(Field->getType(), (Name + "." + Field->getName()).str(), false))
        M.field(O, Field)->V = *Part;
    return V;
  }

  std::optional<Value> fromSite(unsigned I, QualType T, llvm::StringRef Name) {
    if (I >= AtSite.size() || AtSite[I].isUnknown())
      return std::nullopt;
    if (const TensorBox *Box = AtSite[I].get<TensorBox>(); Box && Box->Arg.known())
      return newInput(M, Box->Arg.Type, Name, {"call site", "", Inputs.Batch}, G);
    return isTensor(T) ? std::nullopt : std::optional(AtSite[I]);
  }

  /// A tuple of tensors, or a list of as many as forward() takes out of it.
  std::optional<Value> tensorsOf(QualType T, llvm::StringRef Name) {
    llvm::SmallVector<QualType, 4> Elements;
    if (M.Kinds.of(T) == TypeKind::Tuple) {
      for (unsigned I = 0; !typeArgument(T, I).isNull(); ++I)
        Elements.push_back(typeArgument(T, I));
    } else if (const FunctionDecl *Body = nullptr; M.Kinds.of(T) == TypeKind::List && F->hasBody(Body)) {
      ElementsTaken Positions(M.Unit.context(), M.Kinds);
      Positions.TraverseStmt(Body->getBody());
      Elements.assign(Positions.Count, typeArgument(T, 0));
    }
    if (Elements.empty() || !llvm::all_of(Elements, [this](QualType E) { return !E.isNull() && isTensorType(E); }))
      return std::nullopt;
    List *L = M.Mem.list();
    for (unsigned I = 0; I < Elements.size(); ++I)
      L->Items.push_back(M.Mem.cell(otherwise(Elements[I], (Name + "." + llvm::Twine(I)).str())));
    return L;
  }

  /// A candidate, nothing for what is optional, or else unknown.
  Value otherwise(QualType T, llvm::StringRef Name) {
    bool IsTensor = isTensor(T);
    if (IsTensor && !Inputs.Candidates.empty()) {
      const InputCandidate &C = Inputs.Candidates[std::min(G.Inputs.size(), Inputs.Candidates.size() - 1)];
      return newInput(M, C.Type, Name, {C.Basis, C.Note, Inputs.Batch}, G);
    }
    if (!IsTensor && M.Kinds.of(T) == TypeKind::Optional)
      return Null();
    if (std::optional<Value> V = IsTensor ? std::nullopt : tensorsOf(T, Name))
      return *V;
    std::string Give = M.takesSetting(T) ? ("--set " + Name + "=VALUE").str()
                       : Name.empty()    ? std::string("--input SHAPE")
                                         : ("--input " + Name + "=SHAPE").str();
    Value V = Inputs.Cause
                  ? M.unknown("input '" + Name + "' cannot be inferred: " + Inputs.Cause->Reason, nullptr,
                              Inputs.Cause->Give)
                  : M.unknown("input '" + Name + "' of the model is not known", nullptr, Give);
    if (!IsTensor)
      return V;
    TensorArg Unknown = TensorArg::unknown(*V.as<UnknownId>());
    G.Inputs.push_back({Name.str(), Unknown, "unknown", ""});
    return M.fromTensor(Unknown);
  }
};

} // namespace

std::vector<Result> energy::interp::makeInputs(Machine &M, Object *Root, const InputChoice &Inputs,
                                               ModelGraph &G) {
  return InputMaker(M, Inputs, G, entryOf(M, Root)).run();
}

namespace {
Value inputLike(Machine &M, const Value &V, llvm::StringRef Name, const InputOrigin &Origin,
                ModelGraph &G) {
  if (const TensorBox *T = V.get<TensorBox>())
    return T->Arg.known() ? newInput(M, T->Arg.Type, Name, Origin, G) : V;
  const List *L = V.get<List>();
  if (!L || L->Why != UnknownId::None)
    return V;
  List *Copy = M.Mem.list();
  for (size_t I = 0; I < L->Items.size(); ++I)
    Copy->Items.push_back(M.Mem.cell(
        inputLike(M, L->Items[I]->V, (Name + "." + llvm::Twine(I)).str(), Origin, G)));
  return Copy;
}
} // namespace

std::vector<Result> energy::interp::inputsAsCalled(Machine &M, Object *Root, llvm::ArrayRef<Value> Values,
                                                   const InputOrigin &Origin, ModelGraph &G) {
  const CXXMethodDecl *F = entryOf(M, Root);
  std::vector<Result> Args;
  for (unsigned I = 0; I < Values.size(); ++I) {
    llvm::StringRef Name = F && I < F->getNumParams() ? F->getParamDecl(I)->getName() : "input";
    Args.push_back(inputLike(M, Values[I], Name, Origin, G));
  }
  return Args;
}
