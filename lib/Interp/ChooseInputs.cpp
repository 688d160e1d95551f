/// \file
/// Finds the inputs of a model that nobody gave: at its call sites, else by trying
/// sizes that suit its layers and keeping what satisfies every constraint.
#include "Interp/Input.h"
#include "llvm/ADT/StringSwitch.h"
#include <set>
#include <tuple>

using namespace energy;
using namespace energy::interp;

namespace {

/// 0 when the option is not known.
int64_t optionOf(const ModuleNode &N, llvm::StringRef Name) {
  for (const NamedArg &A : N.Options)
    if (A.Name == Name)
      if (auto *I = A.Value.as<int64_t>())
        return *I;
  return 0;
}

/// The option of a layer that fixes a size of what it takes.
llvm::StringRef fixingOption(llvm::StringRef Type) {
  return llvm::StringSwitch<llvm::StringRef>(Type)
      .Case("Linear", "in_features")
      .Cases("Conv1d", "Conv2d", "Conv3d", "in_channels")
      .Cases("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d", "in_channels")
      .Cases("BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "InstanceNorm2d", "num_features")
      .Cases("LSTM", "GRU", "RNN", "input_size")
      .Case("Embedding", "num_embeddings")
      .Default("");
}

/// Conventional sides of images first, then every other that occurs.
void imageCandidates(int64_t Channels, unsigned Dims, std::vector<TensorType> &Out) {
  static constexpr int64_t Sides[] = {224, 32, 28, 64, 256, 128, 227, 299, 416, 448, 512, 640, 96, 84, 48, 40,
                                      16, 8, 4, 1, 160, 192, 320, 384, 300, 100, 50, 20, 14, 12, 10, 7, 6, 5, 3, 2};
  for (int64_t Side : Sides) {
    Sizes S = {1, Channels};
    S.append(Dims, Dims == 3 ? std::min<int64_t>(Side, 64) : Side);
    Out.push_back(TensorType(DType::Float32, S));
  }
}

void add(std::vector<TensorType> &Out, DType D, std::initializer_list<int64_t> S) {
  Out.push_back(TensorType(D, llvm::ArrayRef<int64_t>(S.begin(), S.size())));
}

void linearCandidates(int64_t F, std::vector<TensorType> &Out) {
  add(Out, DType::Float32, {1, F});
  add(Out, DType::Float32, {1, 16, F});
  add(Out, DType::Float32, {F});
  // The features may be a flattened image.
  for (int64_t C : {1, 3})
    for (int64_t Side = 2; Side * Side * C <= F; ++Side)
      if (Side * Side * C == F)
        add(Out, DType::Float32, {1, C, Side, Side});
}

/// Candidates that suit the layer, were it the first to see the input.
void candidatesFor(const ModuleNode &N, std::vector<TensorType> &Out) {
  llvm::StringRef T = N.Type;
  int64_t Size = optionOf(N, fixingOption(T));
  if (T == "Conv2d" || T == "ConvTranspose2d" || T == "BatchNorm2d" || T == "InstanceNorm2d") {
    imageCandidates(Size, 2, Out);
    add(Out, DType::Float32, {1, Size}); // reshaped by the model: a latent vector
  } else if (T == "Conv3d" || T == "ConvTranspose3d") {
    imageCandidates(Size, 3, Out);
  } else if (T == "Conv1d" || T == "ConvTranspose1d") {
    imageCandidates(Size, 1, Out);
  } else if (T == "Embedding") {
    for (int64_t Length : {128, 16, 64, 32, 8})
      add(Out, DType::Int64, {1, Length});
    add(Out, DType::Int64, {128});
  } else if (T == "LSTM" || T == "GRU" || T == "RNN") {
    add(Out, DType::Float32, {1, 32, Size});
    add(Out, DType::Float32, {1, Size});
  } else if (T == "Linear") {
    linearCandidates(Size, Out);
  } else if (T == "BatchNorm1d" || T == "LayerNorm") {
    add(Out, DType::Float32, {1, optionOf(N, "num_features")});
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

/// For the first input: what suits the first layers of different kinds and sizes.
std::vector<TensorType> candidates(const ModelGraph &Probe) {
  constexpr unsigned MaxLayers = 6;
  std::vector<TensorType> Out;
  unsigned Layers = 0;
  std::set<std::pair<std::string, int64_t>> Kinds;
  for (const ModuleNode &N : Probe.Modules) {
    if (!Kinds.insert({N.Type, optionOf(N, fixingOption(N.Type))}).second)
      continue;
    size_t Before = Out.size();
    candidatesFor(N, Out);
    llvm::erase_if(Out, [](const TensorType &T) { return T.elements() == 0; });
    if (Out.size() != Before && ++Layers == MaxLayers)
      break;
  }
  if (unknownSizes(Probe))
    return Out;
  add(Out, DType::Float32, {1, 3, 224, 224});
  add(Out, DType::Float32, {1, 64});
  add(Out, DType::Float32, {1, 16, 64});
  return Out;
}

/// For a further input beside \p First: the same, one number for each item of the batch,
/// a mask, and then what suits the layers.
std::vector<TensorType> furtherCandidates(const TensorType &First, const std::vector<TensorType> &All) {
  int64_t Batch = First.rank() ? First.Shape[0] : 1;
  std::vector<TensorType> Out = {First};
  add(Out, DType::Int64, {Batch});
  add(Out, DType::Float32, {Batch});
  add(Out, DType::Float32, {Batch, 1});
  if (First.rank() >= 2) {
    add(Out, DType::Int64, {Batch, First.Shape[1]});
    add(Out, DType::Bool, {Batch, First.Shape[1]});
    Sizes Mask = First.Shape; // one channel
    Mask[1] = 1;
    Out.push_back(TensorType(DType::Float32, Mask));
  }
  llvm::append_range(Out, All);
  return Out;
}

bool clean(const ModelGraph &G) {
  return G.Findings.empty() && !G.Calls.empty() && G.understoodCalls() == G.Calls.size();
}
/// The places of the program, by module, whose calls are understood: how many calls one
/// place makes depends on the number of dimensions.
size_t reached(const ModelGraph &G) {
  std::set<std::tuple<energy::ModuleId, std::string, unsigned, unsigned>> Places;
  for (const OpCall &C : G.Calls)
    if (C.understood())
      Places.insert({C.Module, C.Location.File, C.Location.Line, C.Location.Column});
  return Places.size();
}
/// Fewer errors first, then more of the program reached.
bool better(const ModelGraph &A, const ModelGraph &B) {
  if (A.Findings.size() != B.Findings.size())
    return A.Findings.size() < B.Findings.size();
  return reached(A) > reached(B);
}

bool isFree(const ModelInput &I) { return I.Basis == "assumed" || I.Basis == "inferred"; }
bool isKnown(const ModelInput &I) { return I.Value.unknown() == UnknownId::None; }

/// "28x28" of 1x1x28x28; what stands behind batch and channels.
std::string spatial(const TensorType &T) {
  return shapeText(llvm::ArrayRef<int64_t>(T.Shape).drop_front(T.rank() > 2 ? 2 : T.rank() > 1 ? 1 : 0));
}

class Search {
  llvm::function_ref<ModelGraph(const InputChoice &)> Run;
  InputChoice Choice;
  ModelGraph Best; ///< never with an error: what nobody said is not the user's mistake
  InputChoice BestChoice;
  /// A deterministic measure of time: calls and modules of all runs.
  uint64_t Spent = 0;
  static constexpr uint64_t Budget = 400'000;
  /// The last layer that rejected a size of an input, with its option, by the input's position.
  std::map<size_t, std::string> FixedBy;

public:
  Search(llvm::function_ref<ModelGraph(const InputChoice &)> Run, InputChoice Base, ModelGraph Probe)
      : Run(Run), Choice(std::move(Base)), Best(std::move(Probe)), BestChoice(Choice) {}

  ModelGraph run(InputChoice &Chosen) {
    std::vector<TensorType> All = candidates(Best);
    if (!All.empty())
      inferFrom(All);
    bool Nothing = Best.understoodCalls() == 0 || llvm::none_of(Best.Inputs, isKnown);
    if (const Unknown *Cause = unknownSizes(Best); Cause && Nothing) {
      Unknown Copy = *Cause;
      BestChoice = InputChoice();
      BestChoice.Cause = &Copy;
      Best = Run(BestChoice);
      BestChoice.Cause = nullptr;
    }
    Chosen = BestChoice;
    return std::move(Best);
  }

private:
  void inferFrom(const std::vector<TensorType> &All) {
    Choice.Candidates = {{All.front(), "assumed", ""}};
    ModelGraph G = attempt();
    std::vector<size_t> Free;
    for (size_t I = 0; I < G.Inputs.size(); ++I)
      if (isFree(G.Inputs[I]))
        Free.push_back(I);
    Choice.Candidates.resize(std::max<size_t>(1, G.Inputs.size()), Choice.Candidates.front());
    keep(G);
    if (!clean(G) && !Free.empty())
      search(std::move(G), Free, All);
    if (clean(Best))
      explain();
  }

  ModelGraph attempt() {
    ModelGraph G = Run(Choice);
    Spent += G.Calls.size() + G.Modules.size() + 50;
    return G;
  }

  void keep(const ModelGraph &G) {
    if (!G.Findings.empty() || (!clean(G) && !better(G, Best)))
      return;
    Best = G;
    BestChoice = Choice;
  }

  /// One input after the other takes the candidate that gets the model furthest. Where no
  /// layer rejects a size, sizes are hardly why something is unknown: a few more are tried.
  void search(ModelGraph Furthest, const std::vector<size_t> &Free, const std::vector<TensorType> &All) {
    constexpr int Rounds = 3;
    for (int Round = 0; Round < Rounds; ++Round) {
      bool Improved = false;
      for (size_t Slot : Free) {
        InputCandidate Now = Choice.Candidates[Slot];
        bool First = Slot == Free.front();
        unsigned InVain = 0;
        constexpr unsigned MaxInVain = 6;
        for (const TensorType &T : First ? All : furtherCandidates(Choice.Candidates[Free.front()].Type, All)) {
          if (T == Now.Type || Spent > Budget)
            continue;
          if (Furthest.Findings.empty() && ++InVain > MaxInVain)
            break;
          Choice.Candidates[Slot] = {T, FixedBy.count(Slot) ? "inferred" : "assumed", ""};
          ModelGraph G = attempt();
          noteRejection(G, Slot);
          keep(G);
          if (clean(G))
            return;
          if (better(G, Furthest)) {
            Furthest = std::move(G);
            Now = Choice.Candidates[Slot];
            Improved = true;
            InVain = 0;
          }
        }
        Choice.Candidates[Slot] = Now;
      }
      if (!Improved || Free.size() == 1)
        return;
    }
  }

  /// Remembers which layer rejects the size of input \p Slot.
  void noteRejection(const ModelGraph &G, size_t Slot) {
    if (G.Findings.empty())
      return;
    const Finding &Rejection = G.Findings.front();
    const std::string &Path = Rejection.ModulePath;
    std::string &By = FixedBy[Slot];
    By = "'" + Path + "'";
    if (Path.empty())
      By = "line " + std::to_string(Rejection.Location.Line);
    for (const ModuleNode &N : G.Modules)
      if (llvm::StringRef Option = fixingOption(N.Type); N.Path == Path && !Option.empty())
        By += (" " + Option + " " + llvm::Twine(optionOf(N, Option))).str();
  }

  /// Says in the graph where the sizes come from. Where the first candidates fitted,
  /// other sizes tell whether any would have.
  void explain() {
    for (size_t Slot = 0; Slot < Best.Inputs.size(); ++Slot) {
      ModelInput &I = Best.Inputs[Slot];
      if (!isFree(I) || Slot >= BestChoice.Candidates.size())
        continue;
      InputCandidate &C = BestChoice.Candidates[Slot];
      bool Any = !FixedBy.count(Slot) && C.Type.rank() >= 2 && Spent < Budget / 4 && takesOtherSize(Slot);
      if (Any)
        C.Note = "the model takes other sizes as well; " + spatial(C.Type) + " is conventional";
      if (auto By = FixedBy.find(Slot); By != FixedBy.end()) {
        C.Note = spatial(C.Type) + " follows from " + By->second;
        C.Basis = "inferred";
      }
      I.Note = C.Note;
      I.Basis = C.Basis;
    }
  }

  bool takesOtherSize(size_t Slot) {
    Choice = BestChoice;
    TensorType &Other = Choice.Candidates[Slot].Type;
    for (size_t D = Other.rank() > 2 ? 2 : 1; D < Other.Shape.size(); ++D)
      Other.Shape[D] += std::min<int64_t>(Other.Shape[D], 64); // one more could be rounded away
    ModelGraph G = attempt();
    noteRejection(G, Slot);
    return clean(G);
  }
};

} // namespace

/// The model on the inputs that \p Chosen gets.
static ModelGraph chooseSizes(const InterpOptions &Options, const frontend::SourceModel &Source,
                              const frontend::ModuleClass *Class, const clang::VarDecl *Variable,
                              llvm::function_ref<ModelGraph(const InputChoice &)> Run,
                              InputChoice &Chosen) {
  InputChoice Choice;
  Choice.Given = Options.Inputs;
  if (Choice.Given.empty() && Class) {
    Choice.Given = inputsInComment(*Class);
    Choice.GivenBasis = "comment";
  }
  ModelGraph Best = Run(Choice);
  auto Done = [&](ModelGraph G) {
    Chosen = Choice;
    return G;
  };
  // What the user says is a fact, even when the model rejects it.
  if (clean(Best) || Best.Modules.empty() || !Best.Findings.empty())
    return Done(std::move(Best));
  if (!Choice.Given.empty() && llvm::all_of(Best.Inputs, isKnown) && Best.Unknowns.empty())
    return Done(std::move(Best));
  llvm::SmallVector<const clang::CallExpr *, 4> Sites;
  if (Class)
    for (const frontend::CallSite &S : Class->Calls)
      Sites.push_back(S.Call);
  for (const frontend::ModelVariable &V : Source.Variables)
    if (Variable && V.Decl == Variable)
      for (const frontend::CallSite &S : V.Calls)
        Sites.push_back(S.Call);
  InputChoice Base = Choice;
  for (const clang::CallExpr *Site : Sites) {
    Choice.Site = Site;
    ModelGraph G = Run(Choice);
    // So is what the user's own code passes.
    bool Known = !G.Inputs.empty() && llvm::all_of(G.Inputs, isKnown);
    if (clean(G) || (Known && !G.Findings.empty()))
      return Done(std::move(G));
    if (llvm::any_of(G.Inputs, isKnown) && G.Findings.empty() && better(G, Best)) {
      Best = std::move(G);
      Base = Choice;
    }
  }
  return Search(Run, std::move(Base), std::move(Best)).run(Chosen);
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
                                        const frontend::ModuleClass *Class, const clang::VarDecl *Variable,
                                        llvm::function_ref<ModelGraph(const InputChoice &)> Run,
                                        InputChoice &Chosen) {
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
