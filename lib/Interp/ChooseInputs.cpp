/// \file
/// Finds the inputs of a model that nobody gave: at its call sites, else by trying
/// sizes that suit its layers and keeping what satisfies every constraint.
#include "Interp/Input.h"
#include "Interp/InputCandidates.h"
#include <cmath>
#include <set>
#include <tuple>

using namespace energy;
using namespace energy::interp;

namespace {

/// Every call of a whole forward pass is understood.
bool clean(const ModelGraph &G) {
  return G.Findings.empty() && G.Unknowns.empty() && G.understoodCalls() == G.Calls.size();
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
/// Where LibTorch or the program itself refuses the inputs.
struct Rejection {
  llvm::StringRef Why, ModulePath;
  const SourceSpan *Location;
  bool operator==(const Rejection &Other) const {
    return Why == Other.Why && ModulePath == Other.ModulePath && *Location == *Other.Location;
  }
};
std::optional<Rejection> rejection(const ModelGraph &G) {
  if (!G.Findings.empty()) {
    const Finding &F = G.Findings.front();
    return Rejection{F.Message, F.ModulePath, &F.Location};
  }
  for (const Unknown &U : G.Unknowns)
    if (U.Throws)
      return Rejection{U.Reason, "", &U.Location};
  return std::nullopt;
}

/// Not rejected first, then more of the program reached.
bool better(const ModelGraph &A, const ModelGraph &B) {
  if (rejection(A).has_value() != rejection(B).has_value())
    return !rejection(A);
  return reached(A) > reached(B);
}

bool isFree(const ModelInput &I) { return I.Basis == "assumed" || I.Basis == "inferred"; }
bool isKnown(const ModelInput &I) { return !I.Value.isNone() && I.Value.unknown() == UnknownId::None; }

/// "28x28" of 1x1x28x28; what stands behind batch and channels.
std::string spatial(const TensorType &T) {
  return shapeText(llvm::ArrayRef<int64_t>(T.Shape).drop_front(T.rank() > 2 ? 2 : T.rank() > 1 ? 1 : 0));
}

/// Where a matrix product is what is rejected, `x.view({-1, 1568})` or the sum with a parameter that
/// has a row for each token: how many features or tokens it meets, and how many it wants.
struct Features {
  int64_t Met, Wanted;
};
std::optional<Features> rejectedTokens(const ModelGraph &G, const OpCall &Sum) {
  const ArgValue *Other = Sum.baseName() == "aten::add" || Sum.baseName() == "aten::add_" ? Sum.find("other") : nullptr;
  const auto *Table = Other ? Other->as<TensorArg>() : nullptr;
  const TensorType *Tokens = Sum.tensor("self");
  if (!Table || !Table->known() || Table->Id == ValueId::None || !Tokens || Tokens->rank() != 3 || Table->Type.rank() != 3 ||
      Tokens->Shape[2] != Table->Type.Shape[2])
    return std::nullopt;
  const auto From = G.Values[static_cast<uint32_t>(Table->Id)].From;
  if (From != ValueInfo::Origin::Parameter && From != ValueInfo::Origin::Constant)
    return std::nullopt;
  return Features{Tokens->Shape[1], Table->Type.Shape[1]};
}
std::optional<Features> rejectedFeatures(const ModelGraph &G) {
  auto Rejected = llvm::find_if(G.Calls, [](const OpCall &C) { return !C.understood(); });
  if (Rejected == G.Calls.end())
    return std::nullopt;
  auto [Left, Right] = matrixFactors(*Rejected);
  if (Left && Right && Left->rank() != 0 && Right->rank() == 2)
    return Features{Left->Shape.back(), Right->Shape[0]};
  const TensorType *From = Rejected->baseName() == "aten::view" ? Rejected->tensor("self") : nullptr;
  const ArgValue *Value = Rejected->find("size");
  const auto *Size = Value ? Value->as<std::vector<int64_t>>() : nullptr;
  if (From && Size && Size->size() == 2 && (*Size)[0] == -1)
    return Features{From->elements(), (*Size)[1]};
  return rejectedTokens(G, *Rejected);
}
/// Where two tensors that are to be of one shape differ in one size, `positions.expand_as(ids)`.
/// Which of them follows from the input is not known.
std::optional<Features> differingSizes(const ModelGraph &G) {
  auto Rejected = llvm::find_if(G.Calls, [](const OpCall &C) { return !C.understood(); });
  if (Rejected == G.Calls.end() || !Rejected->find("other"))
    return std::nullopt;
  const TensorType *A = Rejected->tensor("self"), *B = Rejected->tensor("other");
  std::optional<Features> Found;
  for (int64_t I = 1; A && B && I <= std::min(A->rank(), B->rank()); ++I) {
    const int64_t SizeA = A->Shape.end()[-I], SizeB = B->Shape.end()[-I];
    if (SizeA == SizeB || SizeA == 1 || SizeB == 1)
      continue;
    if (Found)
      return std::nullopt;
    Found = Features{SizeA, SizeB};
  }
  return Found;
}
std::optional<int64_t> excessFeatures(const ModelGraph &G) {
  std::optional<Features> F = rejectedFeatures(G);
  return F ? std::optional(F->Met - F->Wanted) : std::nullopt;
}

bool isSquare(const TensorType &T) { return T.rank() == 4 && T.Shape[2] == T.Shape[3]; }

/// `x.view({-1, 1568})` where one sample becomes several rows: it fits a size that is a multiple
/// of the one that is meant, too. Null when there is none.
const OpCall *splitSample(const ModelGraph &G) {
  for (const OpCall &C : G.Calls) {
    const TensorType *From = C.baseName() == "aten::view" || C.baseName() == "aten::reshape" ? C.tensor("self") : nullptr;
    const ArgValue *Value = C.find(C.baseName() == "aten::view" ? "size" : "shape");
    const auto *Size = Value ? Value->as<std::vector<int64_t>>() : nullptr;
    if (From && From->rank() > 1 && From->Shape[0] == 1 && Size && Size->size() > 1 && Size->front() == -1 &&
        C.understood() && C.Results.front().Type.Shape[0] != 1)
      return &C;
  }
  return nullptr;
}

class Search {
  llvm::function_ref<ModelGraph(const InputChoice &)> Run;
  InputChoice Choice;
  ModelGraph Best; ///< never rejected: what nobody said is not the user's mistake
  InputChoice BestChoice;
  /// The furthest of those that only the program's own checks reject: perhaps we misread them.
  std::optional<ModelGraph> Doubtful;
  InputChoice DoubtfulChoice;
  std::vector<ModelInput> Unknown;              ///< the inputs as they were before anything was tried
  std::vector<std::vector<TensorType>> Worth;   ///< trying, for each input
  /// A deterministic measure of time: calls and modules of all runs.
  uint64_t Spent = 0;
  static constexpr uint64_t Budget = 400'000;
  llvm::function_ref<uint64_t()> Work; ///< expressions evaluated for the model so far
  static constexpr uint64_t MaxWork = 9'000'000;
  /// The last layer that rejected a size of an input, with its option, by the input's position.
  std::map<size_t, std::string> FixedBy;
  /// Of squares that were rejected, by the input's position and the side.
  std::map<size_t, std::map<int64_t, Features>> MetBySide;
  const std::vector<NamedSize> &Named;
  std::vector<ImageSides> Told;

public:
  Search(llvm::function_ref<ModelGraph(const InputChoice &)> Run, llvm::function_ref<uint64_t()> Work,
         const std::vector<NamedSize> &Named, InputChoice Base, ModelGraph Probe)
      : Run(Run), Choice(std::move(Base)), Best(std::move(Probe)), BestChoice(Choice), Work(Work), Named(Named) {}

  ModelGraph run(InputChoice &Chosen) {
    collectWorth();
    if (!Worth.empty() && !Worth.front().empty())
      infer();
    if (Doubtful && llvm::none_of(Best.Inputs, isKnown))
      tryDoubtful();
    bool Nothing = Best.understoodCalls() == 0 || llvm::none_of(Best.Inputs, isKnown);
    if (const energy::Unknown *Cause = unknownSizes(Best); Cause && Nothing) {
      energy::Unknown Copy = *Cause;
      BestChoice = InputChoice();
      BestChoice.Given = Choice.Given;
      BestChoice.GivenBasis = Choice.GivenBasis;
      BestChoice.Cause = &Copy;
      Best = Run(BestChoice);
      BestChoice.Cause = nullptr;
    }
    Chosen = BestChoice;
    return std::move(Best);
  }

private:
  bool tired() const { return Spent > Budget || Work() > MaxWork; }

  /// Most of a model is worth more than nothing.
  void tryDoubtful() {
    ModelGraph Whole = Run(DoubtfulChoice);
    if (!Whole.Findings.empty() || !Whole.understoodCalls() || 2 * Whole.understoodCalls() < Whole.Calls.size())
      return;
    Best = std::move(Whole);
    BestChoice = DoubtfulChoice;
  }

  /// What the first layers that take an input accept, by what the unknown input hides.
  void collectWorth() {
    Unknown = Best.Inputs;
    Told = imageSides(Named);
    for (const ModelInput &I : Unknown)
      Worth.push_back(candidatesFor(Best, I, Told));
  }

  void infer() {
    for (const std::vector<TensorType> &List : Worth)
      Choice.Candidates.push_back({List.front(), "assumed", ""});
    ModelGraph G = attempt();
    std::vector<size_t> Free;
    for (size_t I = 0; I < G.Inputs.size() && I < Worth.size(); ++I)
      if (isFree(G.Inputs[I]))
        Free.push_back(I);
    keep(G);
    if (!clean(G) && !Free.empty())
      search(std::move(G), Free);
    if (!clean(Best))
      return;
    if (Free.size() == 1)
      keepSampleWhole(Free.front());
    explain();
  }

  /// Prefers a smaller size of input \p Slot of which no view makes several rows.
  void keepSampleWhole(size_t Slot) {
    const OpCall *Split = splitSample(Best);
    if (!Split)
      return;
    const std::string Line = "line " + std::to_string(Split->Location.Line);
    const ModelGraph First = Best;
    const InputChoice FirstChoice = BestChoice;
    const TensorType Tried = BestChoice.Candidates[Slot].Type;
    Choice = BestChoice;
    for (const TensorType &T : Worth[Slot]) {
      if (tired() || T.rank() != Tried.rank() || T.elements() >= Tried.elements())
        continue;
      if (ModelGraph G = attemptWith(Slot, T); clean(G) && !splitSample(G)) {
        FixedBy[Slot] = Line;
        return;
      }
    }
    Best = First;
    BestChoice = FirstChoice;
  }

  ModelGraph attempt() {
    Choice.Trying = true;
    ModelGraph G = Run(Choice);
    Choice.Trying = false;
    Spent += G.Calls.size() + G.Modules.size() + 50;
    return G;
  }

  void keep(const ModelGraph &G) {
    if (!G.Findings.empty() || (!clean(G) && !rejection(G) && !better(G, Best)))
      return;
    if (rejection(G)) {
      if (Doubtful && !better(G, *Doubtful))
        return;
      Doubtful = G;
      DoubtfulChoice = Choice;
      return;
    }
    Best = G;
    BestChoice = Choice;
  }

  /// What is worth trying for input \p Slot beside the first free one.
  std::vector<TensorType> listFor(size_t Slot, size_t First) {
    if (Slot == First)
      return Worth[Slot];
    std::vector<TensorType> List = besideCandidates(Unknown[Slot].Name, Choice.Candidates[First].Type);
    llvm::append_range(List, Worth[Slot]);
    return List;
  }

  /// All alike, as a pair of images or of states is, or else one input after the other
  /// takes the candidate that gets the model furthest.
  void search(ModelGraph Furthest, const std::vector<size_t> &Free) {
    if (Free.size() > 1 && improve(Furthest, Free, Worth[Free.front()], true) && clean(Furthest))
      return;
    constexpr int Rounds = 3;
    for (int Round = 0; Round < Rounds; ++Round) {
      bool Improved = false;
      for (size_t Slot : Free) {
        Improved |= improve(Furthest, Slot, listFor(Slot, Free.front()), Free.size() > 1);
        if (clean(Furthest))
          return;
        Improved |= fitLast(Furthest, Slot) || fitSide(Furthest, Slot) || fitSides(Furthest, Slot);
        if (clean(Furthest))
          return;
      }
      if (!Improved || Free.size() == 1)
        return;
    }
  }

  /// Tries \p List for the inputs \p Slots together. Where no layer rejects a size, sizes are
  /// hardly why something is unknown, and where every size is rejected alike (\p Beside
  /// others) these inputs are not why: a few more are tried.
  bool improve(ModelGraph &Furthest, llvm::ArrayRef<size_t> Slots, const std::vector<TensorType> &List,
               bool Beside) {
    const std::vector<InputCandidate> Before = Choice.Candidates;
    std::vector<InputCandidate> Now = Before;
    unsigned InVain = 0;
    constexpr unsigned MaxInVain = 6;
    for (const TensorType &T : List) {
      if (tired() || InVain >= MaxInVain)
        break;
      if (llvm::all_of(Slots, [&](size_t Slot) { return Now[Slot].Type == T; }))
        continue;
      ModelGraph G = attemptWith(Slots, T);
      if (!rejection(Furthest) || (Beside && rejection(G) == rejection(Furthest)))
        ++InVain;
      if (better(G, Furthest) || clean(G)) {
        Furthest = std::move(G);
        Now = Choice.Candidates;
        InVain = 0;
        if (clean(Furthest))
          return true;
      }
    }
    Choice.Candidates = Now;
    return llvm::any_of(Slots, [&](size_t Slot) { return !(Now[Slot].Type == Before[Slot].Type); });
  }

  ModelGraph attemptWith(llvm::ArrayRef<size_t> Slots, const TensorType &T) {
    for (size_t Slot : Slots)
      Choice.Candidates[Slot] = {T, FixedBy.count(Slot) ? "inferred" : "assumed", ""};
    ModelGraph G = attempt();
    for (size_t Slot : Slots)
      noteRejection(G, Slot);
    if (std::optional<Features> F = isSquare(T) ? rejectedFeatures(G) : std::nullopt)
      MetBySide[Slots.front()][T.Shape[2]] = *F;
    keep(G);
    return G;
  }

  /// What the features become on their way to the layer that wants more or less of them (encoded
  /// in sines, concatenated with others) is linear in their number.
  bool fitLast(ModelGraph &Furthest, size_t Slot) {
    const InputCandidate Now = Choice.Candidates[Slot];
    const bool Differ = !rejectedFeatures(Furthest);
    auto Measure = [Differ](const ModelGraph &G) { return Differ ? differingSizes(G) : rejectedFeatures(G); };
    std::optional<Features> At = Measure(Furthest);
    if (!At || Now.Type.rank() == 0 || Now.Type.rank() > 3)
      return false;
    TensorType T = Now.Type;
    int64_t &Last = T.Shape.back();
    Last += 1;
    std::optional<Features> Next = Measure(attemptWith(Slot, T));
    if (Differ && Next && Next->Met == At->Met && Next->Wanted != At->Wanted) {
      std::swap(At->Met, At->Wanted);
      std::swap(Next->Met, Next->Wanted);
    }
    int64_t Slope = Next && Next->Wanted == At->Wanted ? Next->Met - At->Met : 0;
    if (Slope > 0 && (At->Wanted - At->Met) % Slope == 0) {
      Last += (At->Wanted - At->Met) / Slope - 1;
      ModelGraph G = Last > 0 ? attemptWith(Slot, T) : ModelGraph();
      if (Last > 0 && (clean(G) || better(G, Furthest))) {
        Furthest = std::move(G);
        return true;
      }
    }
    Choice.Candidates[Slot] = Now;
    return false;
  }

  /// No usual side gives as many features as a layer behind has: more side, more features.
  bool fitSide(ModelGraph &Furthest, size_t Slot) {
    InputCandidate Now = Choice.Candidates[Slot];
    if (Now.Type.rank() < 3 || !excessFeatures(Furthest))
      return false;
    const std::map<int64_t, Features> UsualSides = MetBySide[Slot];
    int64_t Low = 1, High = 1024;
    while (Low <= High && !tired()) {
      int64_t Side = (Low + High) / 2;
      TensorType T = Now.Type;
      std::fill(T.Shape.begin() + 2, T.Shape.end(), Side);
      ModelGraph G = attemptWith(Slot, T);
      std::optional<int64_t> Excess = excessFeatures(G);
      if (clean(G) || (!Excess && better(G, Furthest))) {
        Furthest = std::move(G);
        return true;
      }
      if (Excess.value_or(-1) > 0)
        High = Side - 1;
      else
        Low = Side + 1;
    }
    MetBySide[Slot] = UsualSides;
    Choice.Candidates[Slot] = Now;
    return false;
  }

  /// No square does. What remains of a side by itself shows in how many features a square of it
  /// leaves, so that those of a rectangle are their geometric mean: round sides and the least
  /// elongated first.
  bool fitSides(ModelGraph &Furthest, size_t Slot) {
    const InputCandidate Now = Choice.Candidates[Slot];
    std::map<int64_t, Features> &Squares = MetBySide[Slot];
    auto Differs = [&Squares](const auto &Entry) { return Entry.second.Met != Squares.begin()->second.Met; };
    if (Now.Type.rank() != 4 || !rejectedFeatures(Furthest) || llvm::none_of(Squares, Differs))
      return false;
    for (int64_t Side : {240, 480, 352, 200, 120, 400, 288, 176, 144, 72, 80, 112, 36, 60, 150, 180, 360, 600, 720, 800})
      if (!Squares.count(Side) && !tired())
        attemptWith(Slot, rectangle(Now.Type, Side, Side));
    std::vector<std::pair<int64_t, int64_t>> Fitting;
    const int64_t Joined = joinedTokens(Squares);
    for (auto [Height, Low] : Squares)
      for (auto [Width, High] : Squares) {
        const auto Wanted = static_cast<double>(Low.Wanted - Joined);
        if (Height < Width && Low.Wanted == High.Wanted &&
            static_cast<double>(Low.Met - Joined) * static_cast<double>(High.Met - Joined) == Wanted * Wanted)
          Fitting.push_back({Height, Width});
      }
    llvm::sort(Fitting, [](auto A, auto B) {
      bool RoundA = A.first % 4 == 0 && A.second % 4 == 0, RoundB = B.first % 4 == 0 && B.second % 4 == 0;
      if (RoundA != RoundB)
        return RoundA;
      return std::pair(A.second * B.first, A.second) < std::pair(B.second * A.first, B.second);
    });
    constexpr size_t MaxTried = 8;
    for (auto [Height, Width] : llvm::ArrayRef(Fitting).take_front(MaxTried)) {
      if (tired())
        break;
      ModelGraph G = attemptWith(Slot, rectangle(Now.Type, Height, Width));
      if (clean(G) || (!rejectedFeatures(G) && better(G, Furthest))) {
        Furthest = std::move(G);
        return true;
      }
    }
    Choice.Candidates[Slot] = Now;
    return false;
  }
  /// How many tokens do not come from the image, such as one for the class: without them each
  /// square leaves a square number. 0 when there is no such number.
  static int64_t joinedTokens(const std::map<int64_t, Features> &Squares) {
    constexpr int64_t MaxJoined = 64;
    for (int64_t Joined = 1; Joined <= MaxJoined; ++Joined)
      if (llvm::all_of(Squares, [Joined](const auto &Entry) {
            const auto Rest = static_cast<double>(Entry.second.Met - Joined);
            return Rest > 0 && std::sqrt(Rest) == std::floor(std::sqrt(Rest));
          }))
        return Joined;
    return 0;
  }
  static TensorType rectangle(TensorType T, int64_t Height, int64_t Width) {
    T.Shape[2] = Height;
    T.Shape[3] = Width;
    return T;
  }

  /// Remembers which layer rejects the size of input \p Slot.
  void noteRejection(const ModelGraph &G, size_t Slot) {
    std::optional<Rejection> By = rejection(G);
    if (!By)
      return;
    llvm::StringRef Path = By->ModulePath;
    std::string &Text = FixedBy[Slot];
    Text = Path.empty() ? "line " + std::to_string(By->Location->Line) : "'" + Path.str() + "'";
    for (const ModuleNode &N : G.Modules)
      if (llvm::StringRef Option = fixingOption(N.Type); N.Path == Path && !Option.empty())
        Text += (" " + Option + " " + llvm::Twine(optionOf(N, Option))).str();
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
      const ImageSides *As = toldSides(C.Type);
      if (Any || As)
        C.Note = (Any ? "the model takes other sizes as well; " : "") + spatial(C.Type) +
                 (As ? " as " + As->Said + " say" + (As->Height == As->Width ? "s" : "") : " is conventional");
      if (auto By = FixedBy.find(Slot); By != FixedBy.end()) {
        C.Note = spatial(C.Type) + " follows from " + By->second;
        C.Basis = "inferred";
      }
      I.Note = C.Note;
      I.Basis = C.Basis;
    }
  }

  const ImageSides *toldSides(const TensorType &T) const {
    auto It = llvm::find_if(Told, [&T](const ImageSides &S) {
      return T.rank() == 4 && T.Shape[2] == S.Height && T.Shape[3] == S.Width;
    });
    return It == Told.end() ? nullptr : &*It;
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

/// A call of the model in the program, outside of modules.
struct ModelCall {
  const clang::CallExpr *Call;
  bool OnSameObject; ///< called on what was constructed, not on another object of its class
};

std::vector<ModelCall> callsOf(const frontend::SourceModel &Source, const CalledModel &Called) {
  std::vector<ModelCall> Calls;
  if (Called.Class)
    for (const frontend::CallSite &S : Called.Class->Calls) {
      if (Called.Entry && S.Call->getDirectCallee()->getDeclName() != Called.Entry)
        continue;
      const auto &Made = Called.Class->Constructions;
      Calls.push_back({S.Call, Made.size() <= 1 || (S.Variable && S.Variable == Made.front().Variable)});
    }
  for (const frontend::ModelVariable &V : Source.Variables)
    if (Called.Variable && V.Decl == Called.Variable)
      for (const frontend::CallSite &S : V.Calls)
        Calls.push_back({S.Call, true});
  return Calls;
}

} // namespace

/// The model on the inputs that \p Chosen gets.
static ModelGraph chooseSizes(const InterpOptions &Options, const frontend::SourceModel &Source,
                              const CalledModel &Called,
                              llvm::function_ref<ModelGraph(const InputChoice &)> Run,
                              llvm::function_ref<uint64_t()> Work, const std::vector<NamedSize> &Named,
                              InputChoice &Chosen) {
  InputChoice Choice;
  Choice.Given = Options.Inputs;
  if (Choice.Given.empty() && Called.Class) {
    Choice.Given = inputsInComment(*Called.Class);
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
  InputChoice Base = Choice;
  for (const ModelCall &Site : callsOf(Source, Called)) {
    Choice.Site = Site.Call;
    ModelGraph G = Run(Choice);
    // So is what the user's own code passes to this object.
    bool Known = Site.OnSameObject && !G.Inputs.empty() && llvm::all_of(G.Inputs, isKnown);
    if (clean(G) || (Known && !G.Findings.empty()))
      return Done(std::move(G));
    if (llvm::any_of(G.Inputs, isKnown) && G.Findings.empty() && better(G, Best)) {
      Best = std::move(G);
      Base = Choice;
    }
  }
  if (!Options.TryInputs)
    return Done(std::move(Best));
  return Search(Run, Work, Named, std::move(Base), std::move(Best)).run(Chosen);
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
                                        const CalledModel &Called,
                                        llvm::function_ref<ModelGraph(const InputChoice &)> Run,
                                        llvm::function_ref<uint64_t()> Work, const std::vector<NamedSize> &Named,
                                        InputChoice &Chosen) {
  ModelGraph G = chooseSizes(Options, Source, Called, Run, Work, Named, Chosen);
  llvm::erase_if(G.Inputs, [](const ModelInput &I) { return !isKnown(I); }); // they are among the unknowns
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
