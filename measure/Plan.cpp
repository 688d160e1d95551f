#include "Plan.h"
#include "OpLineValues.h"
#include <algorithm>
#include <random>
#include <unordered_set>

namespace energy::measure {

const char *toString(Phase P) { return P == Phase::Forward ? "forward" : "forward_backward"; }

std::string Configuration::key() const {
  OpLine Call = Line;
  Call.HasResult = false;
  const std::string What = "model " + Model + (ModelType == "f32" ? "" : " " + ModelType);
  return (Model.empty() ? Call.str() : What) + " | " + toString(ThePhase) + " | " + std::to_string(Threads) +
         " | " + Device;
}

bool matches(const std::string &Pattern, const std::string &Text) {
  size_t P = 0, T = 0, Star = std::string::npos, Mark = 0;
  while (T < Text.size()) {
    if (P < Pattern.size() && Pattern[P] == '*') {
      Star = P++;
      Mark = T;
    } else if (P < Pattern.size() && Pattern[P] == Text[T]) {
      ++P;
      ++T;
    } else if (Star != std::string::npos) {
      P = Star + 1;
      T = ++Mark;
    } else {
      return false;
    }
  }
  while (P < Pattern.size() && Pattern[P] == '*')
    ++P;
  return P == Pattern.size();
}

namespace {
bool isNamed(const std::string &Op, const std::string &Pattern) {
  return matches(Pattern, Op) || matches("aten::" + Pattern, Op);
}
bool wanted(const std::string &Op, const PlanOptions &Options) {
  return Options.Operators.empty() || std::any_of(Options.Operators.begin(), Options.Operators.end(),
                                                  [&](const std::string &P) { return isNamed(Op, P); });
}

/// Samples of one row with their ranks.
class RowSampler {
  const Sweep &Row;
  const PlanOptions &Options;
  uint64_t Seed;
  uint64_t Next = 0;

public:
  RowSampler(const Sweep &Row, const PlanOptions &Options, uint64_t Seed) : Row(Row), Options(Options), Seed(Seed) {}

  /// The next sample that makes sense and fits; nothing after many that do not.
  std::optional<OpLine> draw() {
    for (int Tries = 0; Tries < 64; ++Tries) {
      std::optional<std::string> Text = Row.sample(Next++, Seed);
      OpLine Line;
      std::string Error;
      if (Text && OpLine::parse(*Text, Line, Error) && argumentBytes(Line) <= Options.MaxArgumentBytes)
        return Line;
    }
    return std::nullopt;
  }
};

std::vector<Configuration> withThreads(Configuration C, const PlanOptions &Options) {
  std::vector<Configuration> Out;
  C.Device = Options.Device;
  for (unsigned Threads : Options.Threads) {
    C.Threads = Threads;
    Out.push_back(C);
  }
  return Out;
}

struct Ranked {
  double Rank;
  size_t Order; ///< of drawing: breaks ties
  Configuration C;
};

void appendVariants(const OpLine &Line, double Rank, const std::string &Source, const PlanOptions &Options,
                    const std::vector<Phase> &Phases, std::unordered_set<std::string> &Seen, std::vector<Ranked> &Out) {
  for (const std::string &Type : Options.ElementTypes)
    for (Phase P : Phases) {
      Configuration C;
      C.Line = Type == "f32" ? Line : withElementType(Line, "f32", Type);
      C.ThePhase = P;
      C.Source = Source;
      for (Configuration &One : withThreads(std::move(C), Options))
        if (Seen.insert(One.key()).second)
          Out.push_back({Rank, Out.size(), std::move(One)});
    }
}

void appendWhole(const ModelCalls &Model, double Rank, const PlanOptions &Options, std::vector<Ranked> &Out) {
  for (const std::string &Type : Options.ElementTypes) {
    Configuration C;
    C.Model = Model.Model;
    C.ModelType = Type;
    C.ThePhase = Model.ThePhase;
    C.Source = "model:" + Model.Model;
    for (Configuration &One : withThreads(std::move(C), Options))
      Out.push_back({Rank, Out.size(), std::move(One)});
  }
}

std::vector<Configuration> shuffled(std::vector<Ranked> All, const PlanOptions &Options) {
  std::sort(All.begin(), All.end(), [](const Ranked &A, const Ranked &B) {
    return std::pair(A.Rank, A.Order) < std::pair(B.Rank, B.Order);
  });
  std::mt19937_64 Random(Options.Seed);
  std::vector<Configuration> Out;
  for (Ranked &R : All)
    Out.push_back(std::move(R.C));
  for (size_t Begin = 0; Begin < Out.size(); Begin += Options.ShuffleWithin) {
    auto First = Out.begin() + static_cast<std::ptrdiff_t>(Begin);
    auto Last = Out.begin() + static_cast<std::ptrdiff_t>(std::min(Out.size(), Begin + Options.ShuffleWithin));
    std::shuffle(First, Last, Random);
  }
  if (Options.Limit && Out.size() > Options.Limit)
    Out.resize(Options.Limit);
  return Out;
}
} // namespace

std::vector<Configuration> planSweeps(const std::vector<Sweep> &Rows, const PlanOptions &Options) {
  std::unordered_set<std::string> Seen;
  std::vector<Ranked> All;
  uint64_t RowNumber = 0;
  for (const Sweep &Row : Rows) {
    ++RowNumber;
    if (!wanted(Row.op(), Options) || (Row.OnRequest && Options.Operators.empty()))
      continue;
    const auto V = static_cast<double>(std::max<size_t>(1, Row.variableCount()));
    const auto Count = static_cast<unsigned>(Options.PerSweepRow * V);
    constexpr double ModelWeight = 4;
    const double Weight = V * V * (Options.InModels.count(Row.op()) ? ModelWeight : 1);
    RowSampler Sampler(Row, Options, Options.Seed * 7919 + RowNumber);
    for (unsigned I = 0; I < Count; ++I)
      if (std::optional<OpLine> Line = Sampler.draw())
        appendVariants(*Line, (I + 1) / Weight, "sweep", Options, Options.Phases, Seen, All);
  }
  return shuffled(std::move(All), Options);
}

std::vector<Configuration> planModels(const std::vector<ModelCalls> &Models, const PlanOptions &Options) {
  std::unordered_set<std::string> Seen;
  std::vector<Ranked> All;
  double Rank = 0;
  for (const ModelCalls &Model : Models) {
    for (const auto &[Line, Count] : Model.Calls)
      if (wanted(Line.Op, Options))
        appendVariants(Line, Rank++, "model:" + Model.Model, Options, {Model.ThePhase}, Seen, All);
    if (Options.Operators.empty())
      appendWhole(Model, Rank++, Options, All);
  }
  return shuffled(std::move(All), Options);
}

std::vector<std::string> unmatched(const std::vector<std::string> &Patterns, const std::set<std::string> &Operators) {
  std::vector<std::string> Out;
  for (const std::string &P : Patterns)
    if (std::none_of(Operators.begin(), Operators.end(), [&](const std::string &Op) { return isNamed(Op, P); }))
      Out.push_back(P);
  return Out;
}

std::vector<Configuration> interleave(std::vector<Configuration> First, std::vector<Configuration> Second, size_t K) {
  std::vector<Configuration> Out;
  std::unordered_set<std::string> Seen;
  size_t S = 0;
  auto Take = [&](Configuration &C) {
    if (Seen.insert(C.key()).second)
      Out.push_back(std::move(C));
  };
  for (size_t F = 0; F < First.size(); ++F) {
    Take(First[F]);
    if (K > 1 && F % (K - 1) == K - 2 && S < Second.size())
      Take(Second[S++]);
  }
  while (S < Second.size())
    Take(Second[S++]);
  return Out;
}

} // namespace energy::measure
