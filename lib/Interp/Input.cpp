#include "Interp/Input.h"
#include "Interp/InputSpec.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// The user's forward() that the model runs; null for a library module.
const CXXMethodDecl *forwardOf(Machine &M, const Object *Root) {
  for (const CXXRecordDecl *R = Root->Class; R && R->hasDefinition();) {
    for (const CXXMethodDecl *Method : R->methods())
      if (Method->getIdentifier() && Method->getName() == "forward" && M.Unit.isUserDecl(Method))
        return Method;
    R = R->getNumBases() ? R->bases_begin()->getType()->getAsCXXRecordDecl() : nullptr;
  }
  return nullptr;
}

const InputSpec *specFor(const InputChoice &Inputs, llvm::StringRef Name, size_t Position) {
  for (const InputSpec &S : Inputs.Given)
    if (S.Name == Name && !Name.empty())
      return &S;
  size_t Unnamed = 0;
  for (const InputSpec &S : Inputs.Given)
    if (S.Name.empty() && Unnamed++ == Position)
      return &S;
  return nullptr;
}

/// A parameter after \p Position is given by its name.
bool namesLater(const FunctionDecl &F, unsigned Position, const InputChoice &Inputs) {
  return llvm::any_of(llvm::drop_begin(F.parameters(), Position + 1), [&](const ParmVarDecl *P) {
    return llvm::any_of(Inputs.Given, [&](const InputSpec &S) { return !S.Name.empty() && S.Name == P->getName(); });
  });
}

Value newInput(Machine &M, TensorType Type, llvm::StringRef Name, const InputOrigin &Origin,
               ModelGraph &G);

/// A tuple, list or optional of tensors, from the inputs given by position.
std::optional<Value> compositeInput(Machine &M, QualType T, llvm::StringRef Name,
                                    const InputChoice &Inputs, size_t &Position, ModelGraph &G) {
  TypeKind K = M.Kinds.of(T);
  if (K == TypeKind::Tensor) {
    const InputSpec *S = specFor(Inputs, Name, Position);
    if (!S)
      return std::nullopt;
    ++Position;
    return newInput(M, S->Type, Name, {Inputs.GivenBasis, "", Inputs.Batch}, G);
  }
  if (K == TypeKind::Optional)
    return compositeInput(M, typeArgument(T, 0), Name, Inputs, Position, G);
  if (K != TypeKind::Tuple && K != TypeKind::List)
    return std::nullopt;
  List *L = M.Mem.list();
  for (unsigned I = 0;; ++I) {
    QualType Element = typeArgument(T, K == TypeKind::Tuple ? I : 0);
    std::optional<Value> V;
    if (!Element.isNull())
      V = compositeInput(M, Element, (Name + "." + llvm::Twine(I)).str(), Inputs, Position, G);
    if (!V)
      break;
    L->Items.push_back(M.Mem.cell(*V));
  }
  return L->Items.empty() ? std::nullopt : std::optional<Value>(L);
}

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

std::vector<Result> energy::interp::makeInputs(Machine &M, Object *Root, const InputChoice &Inputs,
                                               ModelGraph &G) {
  const CXXMethodDecl *F = forwardOf(M, Root);
  std::vector<Result> Args;
  unsigned Count = F ? F->getNumParams() : 1;
  unsigned Required = F ? F->getMinRequiredArguments() : 1;
  std::vector<Value> AtSite;
  if (Inputs.Site) {
    OutsideModel Outside(M, Inputs.Site);
    // Of `net(x)` the object comes first: evaluating it would make a second model.
    for (const Expr *A : llvm::drop_begin(Inputs.Site->arguments(), isa<CXXOperatorCallExpr>(Inputs.Site) ? 1 : 0))
      AtSite.push_back(M.value(A));
    M.Stopped = UnknownId::None;
    G.Calls.clear(); // what makes the input is not the model's
  }
  auto IsTensorType = [&](QualType T) { return M.Kinds.of(T) == TypeKind::Tensor; };
  bool AnyPlain = !F || llvm::any_of(F->parameters(), [&](const ParmVarDecl *P) { return IsTensorType(P->getType()); });
  size_t Tensors = 0;
  for (unsigned I = 0; I < Count; ++I) {
    llvm::StringRef Name = F ? F->getParamDecl(I)->getName() : "input";
    QualType T = F ? F->getParamDecl(I)->getType() : QualType();
    // Where every tensor is optional, the first is the input.
    bool IsTensor = !F || IsTensorType(T) ||
                    (!AnyPlain && Args.empty() && M.Kinds.of(T) == TypeKind::Optional &&
                     IsTensorType(typeArgument(T, 0)));
    const InputSpec *S = IsTensor ? specFor(Inputs, Name, Tensors) : nullptr;
    if (S) {
      ++Tensors;
      Args.push_back(newInput(M, S->Type, Name, {Inputs.GivenBasis, "", Inputs.Batch}, G));
      continue;
    }
    if (std::optional<Value> V = IsTensor ? std::nullopt : compositeInput(M, T, Name, Inputs, Tensors, G)) {
      Args.push_back(*V);
      continue;
    }
    if (I >= Required) {
      if (!F || !namesLater(*F, I, Inputs))
        break;
      Args.push_back(M.value(defaultArgument(F->getParamDecl(I))));
      continue;
    }
    if (I < AtSite.size() && AtSite[I].get<TensorBox>() && AtSite[I].get<TensorBox>()->Arg.known()) {
      ++Tensors;
      Args.push_back(newInput(M, AtSite[I].get<TensorBox>()->Arg.Type, Name, {"call site", "", Inputs.Batch}, G));
      continue;
    }
    if (I < AtSite.size() && !AtSite[I].isUnknown() && !IsTensor) {
      Args.push_back(AtSite[I]);
      continue;
    }
    if (IsTensor && !Inputs.Candidates.empty()) {
      const InputCandidate &C = Inputs.Candidates[std::min(Tensors++, Inputs.Candidates.size() - 1)];
      Args.push_back(newInput(M, C.Type, Name, {C.Basis, C.Note, Inputs.Batch}, G));
      continue;
    }
    if (!IsTensor && M.Kinds.of(T) == TypeKind::Optional) {
      Args.push_back(Value(Null()));
      continue;
    }
    Value V = Inputs.Cause
                  ? M.unknown("input '" + Name + "' cannot be inferred: " + Inputs.Cause->Reason,
                              nullptr, Inputs.Cause->Give)
                  : M.unknown("input '" + Name + "' of the model is not known", nullptr,
                              "--input " + (Name.empty() ? std::string() : Name.str() + "=") + "SHAPE");
    Args.push_back(IsTensor ? M.fromTensor(TensorArg::unknown(*V.as<UnknownId>())) : V);
  }
  return Args;
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
  const CXXMethodDecl *F = forwardOf(M, Root);
  std::vector<Result> Args;
  for (unsigned I = 0; I < Values.size(); ++I) {
    llvm::StringRef Name = F && I < F->getNumParams() ? F->getParamDecl(I)->getName() : "input";
    Args.push_back(inputLike(M, Values[I], Name, Origin, G));
  }
  return Args;
}
