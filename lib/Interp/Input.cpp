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

Value newInput(Machine &M, TensorType Type, llvm::StringRef Name, const InputChoice &Inputs,
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
    return newInput(M, S->Type, Name, Inputs, G);
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

Value newInput(Machine &M, TensorType Type, llvm::StringRef Name, const InputChoice &Inputs,
               ModelGraph &G) {
  std::string Note = Inputs.Note;
  if (Inputs.Batch && !Type.Shape.empty() && Type.Shape[0] == Inputs.Batch->From) {
    Type.Shape[0] = Inputs.Batch->To;
    Note += (Note.empty() ? "" : "; ") + ("first dimension " + llvm::Twine(Inputs.Batch->From) +
                                          " set to " + llvm::Twine(Inputs.Batch->To) + " by --batch")
                                             .str();
  }
  TensorArg T = M.Builder.source(std::move(Type), ValueInfo::Origin::Input, Name);
  G.Inputs.push_back({Name.str(), T, Inputs.Site ? "call site" : Inputs.Basis, Note});
  return M.fromTensor(T);
}

void imageCandidates(int64_t Channels, unsigned Dims, std::vector<TensorType> &Out) {
  static constexpr int64_t Sides2d[] = {224, 32, 28, 64, 256, 128, 227, 299, 416, 448, 512, 640, 96, 84, 48, 40,
                                        16, 8, 4, 1, 160, 192, 320, 384, 300, 100, 50, 20, 14, 12, 10, 7, 6, 5, 3, 2};
  for (int64_t Side : Sides2d) {
    Sizes S = {1, Channels};
    for (unsigned I = 0; I < Dims; ++I)
      S.push_back(Dims == 3 ? std::min<int64_t>(Side, 64) : Side);
    Out.push_back(TensorType(DType::Float32, S));
  }
}

/// 0 when the option is not known.
int64_t optionOf(const ModuleNode &N, llvm::StringRef Name) {
  for (const NamedArg &A : N.Options)
    if (A.Name == Name)
      if (auto *I = A.Value.as<int64_t>())
        return *I;
  return 0;
}

/// Candidates that suit the layer, were it the first to see the input.
void candidatesFor(const ModuleNode &N, std::vector<TensorType> &Out) {
  llvm::StringRef T = N.Type;
  auto Add = [&](DType D, std::initializer_list<int64_t> S) {
    Out.push_back(TensorType(D, llvm::ArrayRef<int64_t>(S.begin(), S.size())));
  };
  if (T == "Conv2d" || T == "ConvTranspose2d")
    imageCandidates(optionOf(N, "in_channels"), 2, Out);
  else if (T == "Conv3d" || T == "ConvTranspose3d")
    imageCandidates(optionOf(N, "in_channels"), 3, Out);
  else if (T == "Conv1d" || T == "ConvTranspose1d")
    imageCandidates(optionOf(N, "in_channels"), 1, Out);
  else if (T == "BatchNorm2d" || T == "InstanceNorm2d")
    imageCandidates(optionOf(N, "num_features"), 2, Out);
  else if (T == "Embedding") {
    Add(DType::Int64, {1, 128});
    Add(DType::Int64, {1, 16});
    Add(DType::Int64, {128});
  } else if (T == "LSTM" || T == "GRU" || T == "RNN") {
    Add(DType::Float32, {1, 32, optionOf(N, "input_size")});
    Add(DType::Float32, {1, optionOf(N, "input_size")});
  } else if (T == "Linear") {
    int64_t F = optionOf(N, "in_features");
    Add(DType::Float32, {1, F});
    Add(DType::Float32, {1, 16, F});
    Add(DType::Float32, {F});
    // The features may be a flattened image.
    for (int64_t C : {1, 3})
      for (int64_t Side = 1; Side * Side * C <= F; ++Side)
        if (Side * Side * C == F && Side > 1)
          Add(DType::Float32, {1, C, Side, Side});
  } else if (T == "BatchNorm1d" || T == "LayerNorm") {
    Add(DType::Float32, {1, optionOf(N, "num_features")});
  }
}

/// Why the sizes of some layer are unknown (a constructor argument, say); null
/// when they are all known. Where they are not, a size that fits the rest is a guess.
const Unknown *unknownSizes(const ModelGraph &G) {
  for (const ModuleNode &N : G.Modules)
    for (const Parameter &P : N.Parameters)
      if (P.Value.Defined && !P.Value.known())
        return &G.Unknowns[static_cast<size_t>(P.Value.Unknown)];
  return nullptr;
}

std::vector<TensorType> candidates(const ModelGraph &Probe) {
  std::vector<TensorType> Out;
  unsigned Layers = 0;
  std::set<std::string> Kinds;
  for (const ModuleNode &N : Probe.Modules) {
    if (!Kinds.insert(N.Type + std::to_string(optionOf(N, "in_channels") + optionOf(N, "in_features"))).second)
      continue;
    size_t Before = Out.size();
    candidatesFor(N, Out);
    llvm::erase_if(Out, [](const TensorType &T) { return T.elements() == 0; });
    if (Out.size() != Before && ++Layers == 6)
      break;
  }
  if (unknownSizes(Probe))
    return Out;
  for (std::initializer_list<int64_t> S : {std::initializer_list<int64_t>{1, 3, 224, 224}, {1, 64}, {1, 16, 64}})
    Out.push_back(TensorType(DType::Float32, llvm::ArrayRef<int64_t>(S.begin(), S.size())));
  return Out;
}


/// `// clang-energy: input(1x3x224x224, mask=1x16:bool)` on the class's line or up
/// to three lines above it.
std::vector<InputSpec> inputsInComment(const frontend::ModuleClass &Class) {
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

bool clean(const ModelGraph &G) {
  return G.Findings.empty() && !G.Calls.empty() && G.understoodCalls() == G.Calls.size();
}
/// Fewer errors first, then more calls understood.
bool better(const ModelGraph &A, const ModelGraph &B) {
  if (A.Findings.size() != B.Findings.size())
    return A.Findings.size() < B.Findings.size();
  return A.understoodCalls() > B.understoodCalls();
}

} // namespace

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
      Args.push_back(newInput(M, S->Type, Name, Inputs, G));
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
      Args.push_back(newInput(M, AtSite[I].get<TensorBox>()->Arg.Type, Name, Inputs, G));
      continue;
    }
    if (I < AtSite.size() && !AtSite[I].isUnknown() && !IsTensor) {
      Args.push_back(AtSite[I]);
      continue;
    }
    if (IsTensor && Inputs.Candidate) {
      ++Tensors;
      Args.push_back(newInput(M, *Inputs.Candidate, Name, Inputs, G));
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

/// The model on the inputs that \p Chosen gets.
static ModelGraph chooseSizes(const InterpOptions &Options, const frontend::SourceModel &Source,
                       const frontend::ModuleClass *Class, const VarDecl *Variable,
                       llvm::function_ref<ModelGraph(const InputChoice &)> Run,
                       InputChoice &Chosen) {
  InputChoice Choice;
  Choice.Given = Options.Inputs;
  if (Choice.Given.empty() && Class) {
    Choice.Given = inputsInComment(*Class);
    Choice.Basis = Choice.Given.empty() ? "given" : "comment";
  }
  Chosen = Choice;
  ModelGraph Best = Run(Choice);
  if (!Choice.Given.empty())
    return Best;
  if (clean(Best) || Best.Modules.empty())
    return Best;
  llvm::SmallVector<const CallExpr *, 4> Sites;
  if (Class)
    for (const frontend::CallSite &S : Class->Calls)
      Sites.push_back(S.Call);
  for (const frontend::ModelVariable &V : Source.Variables)
    if (Variable && V.Decl == Variable)
      for (const frontend::CallSite &S : V.Calls)
        Sites.push_back(S.Call);
  for (const CallExpr *Site : Sites) {
    InputChoice AtSite;
    AtSite.Site = Site;
    ModelGraph G = Run(AtSite);
    // What the user's own code passes is a fact, even when the model rejects it.
    bool Known = !G.Inputs.empty() && llvm::all_of(G.Inputs, [](const ModelInput &I) {
      return I.Value.unknown() == UnknownId::None;
    });
    if (clean(G) || (Known && !G.Findings.empty())) {
      Chosen = AtSite;
      return G;
    }
  }
  std::vector<TensorType> All = candidates(Best);
  std::string RejectedBy;
  for (const TensorType &T : All) {
    InputChoice Try;
    Try.Candidate = T;
    Try.Basis = RejectedBy.empty() ? "assumed" : "inferred";
    if (!RejectedBy.empty())
      Try.Note = shapeText(T.Shape) + " follows from '" + RejectedBy + "'";
    ModelGraph G = Run(Try);
    if (clean(G)) {
      Chosen = Try;
      return G;
    }
    if (!G.Findings.empty() && !G.Findings.front().ModulePath.empty())
      RejectedBy = G.Findings.front().ModulePath;
    if (better(G, Best) && G.Findings.empty()) {
      Chosen = Try;
      Best = std::move(G);
    }
  }
  if (const Unknown *Cause = unknownSizes(Best); Cause && Best.understoodCalls() == 0) {
    Unknown Copy = *Cause;
    Choice.Cause = &Copy;
    return Run(Choice);
  }
  return Best;
}

/// The first tensor input of two dimensions or more tells what the batch is.
static std::optional<int64_t> batchOf(const ModelGraph &G) {
  for (const ModelInput &I : G.Inputs)
    if (auto *T = I.Value.as<TensorArg>(); T && T->known() && T->Type.rank() >= 2)
      return T->Type.Shape[0];
  return std::nullopt;
}

ModelGraph energy::interp::chooseInputs(const InterpOptions &Options,
                                        const frontend::SourceModel &Source,
                                        const frontend::ModuleClass *Class, const VarDecl *Variable,
                                        llvm::function_ref<ModelGraph(const InputChoice &)> Run) {
  InputChoice Chosen;
  ModelGraph G = chooseSizes(Options, Source, Class, Variable, Run, Chosen);
  if (!Options.Batch || G.Inputs.empty())
    return G;
  std::optional<int64_t> Batch = batchOf(G);
  if (!Batch) {
    for (ModelInput &I : G.Inputs)
      I.Note += (I.Note.empty() ? "" : "; ") + std::string("--batch changes nothing: no batch dimension");
    return G;
  }
  Chosen.Batch = BatchChange{*Batch, *Options.Batch};
  return Run(Chosen);
}
