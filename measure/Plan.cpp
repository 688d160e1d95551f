#include "Plan.h"
#include "OpLineValues.h"
#include <algorithm>
#include <deque>
#include <queue>
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

uint64_t Configuration::id() const { return std::hash<std::string>()(key()); }

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
  return !Options.WholeModelsOnly &&
         (Options.Operators.empty() || std::any_of(Options.Operators.begin(), Options.Operators.end(),
                                                   [&](const std::string &P) { return isNamed(Op, P); }));
}

/// A call or a model in every phase, element type and number of threads wanted.
std::vector<Configuration> variants(const Configuration &Base, const std::vector<Phase> &Phases, const PlanOptions &Options) {
  std::vector<Configuration> All;
  for (const std::string &Type : Options.ElementTypes)
    for (Phase P : Phases)
      for (unsigned Threads : Options.Threads) {
        Configuration C = Base;
        if (C.Model.empty())
          C.Line = Type == "f32" ? C.Line : withElementType(C.Line, "f32", Type);
        else
          C.ModelType = Type;
        C.ThePhase = P;
        C.Threads = Threads;
        C.Device = Options.Device;
        All.push_back(std::move(C));
      }
  return All;
}

class ListedPlan final : public Plan {
  std::vector<Configuration> All;
  size_t At = 0;

public:
  explicit ListedPlan(std::vector<Configuration> All) : All(std::move(All)) {}
  std::optional<Configuration> next() override {
    return At < All.size() ? std::optional(std::move(All[At++])) : std::nullopt;
  }
  size_t remaining() const override { return All.size() - At; }
};

/// Samples of one row.
class RowSampler {
  Sweep Row;
  uint64_t Seed, MaxBytes;
  uint64_t Next = 0;

public:
  RowSampler(Sweep Row, uint64_t Seed, uint64_t MaxBytes) : Row(std::move(Row)), Seed(Seed), MaxBytes(MaxBytes) {}

  /// The next sample that makes sense and fits; nothing after many that do not.
  std::optional<OpLine> draw() {
    for (int Tries = 0; Tries < 64; ++Tries) {
      std::optional<std::string> Text = Row.sample(Next++, Seed);
      OpLine Line;
      std::string Error;
      if (Text && OpLine::parse(*Text, Line, Error) && argumentBytes(Line) <= MaxBytes)
        return Line;
    }
    return std::nullopt;
  }
};

/// Merges the rows by the rank of their next samples.
class SweepPlan final : public Plan {
  struct Row {
    RowSampler Sampler;
    double Weight;
    unsigned Count, Drawn;
  };
  PlanOptions Options;
  std::vector<Row> Rows;
  using RankedRow = std::pair<double, size_t>; ///< equal ranks: in the order of the rows
  std::priority_queue<RankedRow, std::vector<RankedRow>, std::greater<>> Queue;
  std::deque<Configuration> Drawn; ///< variants of the last sample
  size_t Undrawn = 0;              ///< samples of all rows

  void enqueue(size_t R) {
    if (Rows[R].Drawn < Rows[R].Count)
      Queue.push({(Rows[R].Drawn + 1) / Rows[R].Weight, R});
  }

public:
  SweepPlan(const std::vector<Sweep> &Sweeps, const PlanOptions &Options) : Options(Options) {
    uint64_t RowNumber = 0;
    for (const Sweep &S : Sweeps) {
      ++RowNumber;
      if (!wanted(S.op(), Options) || (S.OnRequest && Options.Operators.empty()))
        continue;
      const size_t V = std::max<size_t>(1, S.variableCount());
      constexpr double ModelWeight = 4;
      const double Weight = static_cast<double>(V * V) * (Options.InModels.count(S.op()) ? ModelWeight : 1);
      const auto Count = static_cast<unsigned>(Options.PerSweepRow * V);
      Rows.push_back({RowSampler(S, Options.Seed * 7919 + RowNumber, Options.MaxArgumentBytes), Weight, Count, 0});
      Undrawn += Count;
      enqueue(Rows.size() - 1);
    }
  }
  std::optional<Configuration> next() override {
    while (Drawn.empty() && !Queue.empty()) {
      const size_t R = Queue.top().second;
      Queue.pop();
      --Undrawn;
      ++Rows[R].Drawn;
      Configuration C;
      if (std::optional<OpLine> Line = Rows[R].Sampler.draw()) {
        C.Line = std::move(*Line);
        for (Configuration &One : variants(C, Options.Phases, Options))
          Drawn.push_back(std::move(One));
      }
      enqueue(R);
    }
    if (Drawn.empty())
      return std::nullopt;
    Configuration C = std::move(Drawn.front());
    Drawn.pop_front();
    return C;
  }
  size_t remaining() const override {
    return Drawn.size() + Undrawn * Options.ElementTypes.size() * Options.Phases.size() * Options.Threads.size();
  }
};

/// Shuffles within groups of neighbours.
class ShuffledPlan final : public Plan {
  std::unique_ptr<Plan> Ordered;
  size_t GroupSize;
  std::mt19937_64 Random;
  std::vector<Configuration> Group;
  size_t At = 0;

public:
  ShuffledPlan(std::unique_ptr<Plan> Ordered, const PlanOptions &Options)
      : Ordered(std::move(Ordered)), GroupSize(Options.ShuffleWithin), Random(Options.Seed) {}
  std::optional<Configuration> next() override {
    if (At == Group.size()) {
      At = 0;
      Group.clear();
      while (Group.size() < GroupSize)
        if (std::optional<Configuration> C = Ordered->next())
          Group.push_back(std::move(*C));
        else
          break;
      std::shuffle(Group.begin(), Group.end(), Random);
    }
    return At < Group.size() ? std::optional(std::move(Group[At++])) : std::nullopt;
  }
  size_t remaining() const override { return Group.size() - At + Ordered->remaining(); }
};

class InterleavedPlan final : public Plan {
  std::unique_ptr<Plan> First, Second;
  size_t K, Limit;
  size_t Turn = 0, Given = 0;
  std::unordered_set<uint64_t> Seen;

  std::optional<Configuration> fresh(Plan &From) {
    while (std::optional<Configuration> C = From.next())
      if (Seen.insert(C->id()).second)
        return C;
    return std::nullopt;
  }

public:
  InterleavedPlan(std::unique_ptr<Plan> First, std::unique_ptr<Plan> Second, size_t K, size_t Limit)
      : First(std::move(First)), Second(std::move(Second)), K(K), Limit(Limit) {}
  std::optional<Configuration> next() override {
    if (Limit && Given == Limit)
      return std::nullopt;
    const bool SecondsTurn = Turn++ % K == K - 1;
    std::optional<Configuration> C = fresh(SecondsTurn ? *Second : *First);
    if (!C)
      C = fresh(SecondsTurn ? *First : *Second);
    Given += C.has_value();
    return C;
  }
  size_t remaining() const override {
    const size_t Both = First->remaining() + Second->remaining();
    return Limit ? std::min(Both, Limit - Given) : Both;
  }
};
} // namespace

std::unique_ptr<Plan> planList(std::vector<Configuration> All) { return std::make_unique<ListedPlan>(std::move(All)); }

std::unique_ptr<Plan> planSweeps(const std::vector<Sweep> &Rows, const PlanOptions &Options) {
  return std::make_unique<ShuffledPlan>(std::make_unique<SweepPlan>(Rows, Options), Options);
}

std::unique_ptr<Plan> planModels(const std::vector<ModelCalls> &Models, const PlanOptions &Options) {
  std::vector<Configuration> All;
  const auto Append = [&](const Configuration &C, const ModelCalls &Model) {
    for (Configuration &One : variants(C, {Model.ThePhase}, Options))
      All.push_back(std::move(One));
  };
  for (const ModelCalls &Model : Models) {
    Configuration C;
    C.Source = "model:" + Model.Model;
    for (const auto &[Line, Count] : Model.Calls) {
      C.Line = Line;
      if (wanted(Line.Op, Options))
        Append(C, Model);
    }
    C.Line = OpLine();
    C.Model = Model.Model;
    if (Options.Operators.empty())
      Append(C, Model);
  }
  return std::make_unique<ShuffledPlan>(planList(std::move(All)), Options);
}

std::unique_ptr<Plan> interleave(std::unique_ptr<Plan> First, std::unique_ptr<Plan> Second, size_t K, size_t Limit) {
  return std::make_unique<InterleavedPlan>(std::move(First), std::move(Second), K, Limit);
}

std::vector<std::string> unmatched(const std::vector<std::string> &Patterns, const std::set<std::string> &Operators) {
  std::vector<std::string> Out;
  for (const std::string &P : Patterns)
    if (std::none_of(Operators.begin(), Operators.end(), [&](const std::string &Op) { return isNamed(Op, P); }))
      Out.push_back(P);
  return Out;
}

} // namespace energy::measure
