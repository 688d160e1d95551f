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
  return (Model.empty() ? Call.str() : "model " + Model) + " | " + toString(ThePhase) + " | " + std::to_string(Threads) +
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
bool wanted(const std::string &Op, const PlanOptions &Options) {
  return Options.Operators.empty() || std::any_of(Options.Operators.begin(), Options.Operators.end(), [&](const std::string &P) {
           return matches(P, Op) || matches("aten::" + P, Op);
         });
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

struct Ranked {
  double Rank;
  size_t Order; ///< of drawing: breaks ties
  Configuration C;
};

void appendVariants(const OpLine &Line, double Rank, const std::string &Source, const PlanOptions &Options,
                    std::unordered_set<std::string> &Seen, std::vector<Ranked> &Out) {
  for (const std::string &Type : Options.ElementTypes)
    for (Phase P : Options.Phases)
      for (unsigned Threads : Options.Threads) {
        Configuration C;
        C.Line = Type == "f32" ? Line : withElementType(Line, "f32", Type);
        C.ThePhase = P;
        C.Threads = Threads;
        C.Device = Options.Device;
        C.Source = Source;
        if (Seen.insert(C.key()).second)
          Out.push_back({Rank, Out.size(), std::move(C)});
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
    if (!wanted(Row.op(), Options))
      continue;
    const auto V = static_cast<double>(std::max<size_t>(1, Row.variableCount()));
    const auto Count = static_cast<unsigned>(Options.PerSweepRow * V);
    constexpr double ModelWeight = 4;
    const double Weight = V * V * (Options.InModels.count(Row.op()) ? ModelWeight : 1);
    RowSampler Sampler(Row, Options, Options.Seed * 7919 + RowNumber);
    for (unsigned I = 0; I < Count; ++I)
      if (std::optional<OpLine> Line = Sampler.draw())
        appendVariants(*Line, (I + 1) / Weight, "sweep", Options, Seen, All);
  }
  return shuffled(std::move(All), Options);
}

std::vector<Configuration> planModelCalls(const std::vector<std::pair<std::string, ModelCalls>> &Models,
                                          const PlanOptions &Options) {
  std::unordered_set<std::string> Seen;
  std::vector<Ranked> All;
  double Rank = 0;
  for (const auto &[Name, Calls] : Models)
    for (const auto &[Line, Count] : Calls.Calls)
      if (wanted(Line.Op, Options))
        appendVariants(Line, Rank++, "model:" + Name, Options, Seen, All);
  return shuffled(std::move(All), Options);
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
