#include "Session.h"
#include "OpLineValues.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <ostream>

namespace energy::measure {
namespace {
std::string bytes(uint64_t Bytes) {
  char Text[32];
  std::snprintf(Text, sizeof Text, "%.1f GiB", static_cast<double>(Bytes) / (1ull << 30));
  return Text;
}
/// The calls of a whole model in its element type; nothing for an operator.
std::optional<ModelCalls> partsOf(const Configuration &C, const std::vector<ModelCalls> &Models) {
  for (const ModelCalls &M : Models) {
    if (C.Model.empty() || M.Model != C.Model || M.ThePhase != C.ThePhase)
      continue;
    ModelCalls Parts = M;
    for (auto &[Line, Count] : Parts.Calls)
      Line = withElementType(Line, "f32", C.ModelType);
    for (size_t At = 0; (At = Parts.Input.find("f32[", At)) != std::string::npos; At += C.ModelType.size())
      Parts.Input.replace(At, 3, C.ModelType);
    return Parts;
  }
  return std::nullopt;
}
} // namespace

double expectedSeconds(const ProtocolOptions &P, double MeterWindowS) {
  const double Window = std::max(P.WindowS, MeterWindowS);
  constexpr double SetUpS = 0.05; // tensors, first call, the file
  const double Measuring = SetUpS + 1.5 * P.WarmupS + 1.02 * Window * (P.MinWindows + 0.5);
  const double IdleShare = std::max(P.IdleS, MeterWindowS) / std::max(P.BlockS, Measuring);
  return Measuring * (1 + IdleShare);
}

std::string duration(double Seconds) {
  char Text[48];
  const auto Whole = static_cast<long>(std::max(0.0, Seconds) + 0.5);
  if (Seconds > 0 && Seconds < 9.5)
    std::snprintf(Text, sizeof Text, "%.2g s", Seconds);
  else if (Whole >= 3600)
    std::snprintf(Text, sizeof Text, "%ld h %02ld min", Whole / 3600, Whole / 60 % 60);
  else if (Whole >= 120)
    std::snprintf(Text, sizeof Text, "%ld min", (Whole + 30) / 60);
  else
    std::snprintf(Text, sizeof Text, "%ld s", Whole);
  return Text;
}

void printPlan(Plan &ThePlan, const SessionOptions &Options, double MeterWindowS, std::ostream &Out) {
  const double Each = expectedSeconds(Options.Protocol, MeterWindowS);
  const size_t Fit = Options.BudgetS > 0 ? static_cast<size_t>(Options.BudgetS / Each) : SIZE_MAX;
  std::map<std::string, std::pair<size_t, size_t>> ByOp; // all, within the budget
  std::string First;
  size_t Total = 0;
  for (; std::optional<Configuration> C = ThePlan.next(); ++Total) {
    auto &[Count, Within] = ByOp[C->Model.empty() ? C->Line.Op : "model " + C->Model];
    ++Count;
    Within += Total < Fit;
    if (Total < 10)
      First += "  " + C->key() + "\n";
  }
  Out << Total << " configurations, about " << duration(Each * static_cast<double>(Total)) << " (" << duration(Each)
      << " each, more when noisy)\n";
  if (Options.BudgetS > 0)
    Out << "about " << std::min(Fit, Total) << " of them fit the budget of " << duration(Options.BudgetS) << "\n";
  Out << "\nplanned  in budget  what\n";
  for (const auto &[Name, Counts] : ByOp) {
    char Row[64];
    std::snprintf(Row, sizeof Row, "%7zu  %9zu  ", Counts.first, Counts.second);
    Out << Row << Name << "\n";
  }
  Out << "\nfirst:\n" << First;
}

Session::Session(Backend &Work, Surroundings &Around, const SessionOptions &Options, std::ostream &Progress)
    : Work(Work), Around(Around), Options(Options), Progress(Progress) {}

void Session::openFile(const std::string &Header) {
  Before = readEarlier(Options.Output);
  if (!Before.Trouble.empty())
    throw std::runtime_error("cannot continue '" + Options.Output + "': " + Before.Trouble + "; give another --output");
  if (Before.Exists)
    if (std::string Why = headerDifference(Before.Header, Header); !Why.empty())
      throw std::runtime_error("cannot continue '" + Options.Output + "': " + Why + ": they would not compare; give another --output");
  if (Before.Exists)
    for (const std::string &Change : protocolChanges(Before.Header, Header))
      Progress << "note: " << Change << "; the file notes it from here on\n";
  File = std::make_unique<RecordFile>(Options.Output);
  File->append(Before.Exists ? resumeLine(Header) : Header);
  Block = Before.Blocks;
}

void Session::beginBlock() {
  if (BlockStartS >= 0)
    return;
  if (!NextIdleW)
    NextIdleW = measureIdle(Around, Options.Protocol.IdleS);
  IdleW = NextIdleW;
  BlockStartS = Around.Sums.clock().nowS();
}

void Session::endBlock() {
  if (BlockStartS < 0)
    return;
  NextIdleW = measureIdle(Around, Options.Protocol.IdleS); // also the next block's "before"
  File->append(blockLine(Block++, IdleW, NextIdleW));
  BlockStartS = -1;
}

bool Session::outOfTime() const {
  return Options.BudgetS > 0 && Around.Sums.clock().nowS() - StartS >= Options.BudgetS;
}

/// Arguments, as much again for gradients, and about as much for results; what
/// the estimate misses meets the allocation limit.
std::string Session::tooLarge(const Configuration &C) const {
  uint64_t Need = argumentBytes(C.Line);
  if (C.ThePhase == Phase::ForwardBackward)
    Need = saturatingAdd(Need, Need);
  if (Need <= Options.MaxMemoryBytes / 2)
    return {};
  return "needs at least " + bytes(Need) + ", the limit is " + bytes(Options.MaxMemoryBytes);
}

void Session::skip(const Configuration &C, const std::string &Reason) {
  ++Result.Skipped;
  File->append(skipLine(C, Reason));
}

bool Session::measureOne(const Configuration &C, const ModelCalls *Parts) {
  if (std::string Why = tooLarge(C); !Why.empty()) {
    skip(C, Why);
    return true;
  }
  Measurement M;
  OpLine Described;
  bool InPlace = false;
  try {
    if (const unsigned Real = Work.setThreads(C.Threads); Real != C.Threads)
      throw Unmeasurable("LibTorch uses " + std::to_string(Real) + " threads here");
    std::unique_ptr<Workload> W = Work.prepare(C);
    ProtocolOptions Protocol = Options.Protocol;
    if (Options.BudgetS > 0)
      Protocol.ConfigurationS = std::min(Protocol.ConfigurationS, Options.BudgetS - (Around.Sums.clock().nowS() - StartS));
    M = measureWorkload(*W, Around, Protocol);
    Described = W->described();
    InPlace = W->inPlace();
  } catch (const std::exception &E) {
    const std::string What = E.what();
    skip(C, What.substr(0, What.find('\n')));
    return true;
  }
  if (M.Void && M.Why == Stop::Interrupted)
    return false;
  SampleFacts S{C, std::move(Described), M, IdleW, currentCondition(Around.Root, Around.Cpus), InPlace, Block,
                Options.Protocol.ForeignCpus, Parts, Around.Sums.meter().basis(), Around.Sums.meter().cardCondition()};
  File->append(sampleLine(S));
  ++(M.Void ? Result.Void : Result.Measured);
  Result.Foreign += isForeign(S);
  if (!M.Void)
    Before.EnergyJ[C.id()] = M.EnergyJ.Value;
  return true;
}

void Session::report(size_t Done, size_t Total, const std::string &What) {
  const double Spent = Around.Sums.clock().nowS() - StartS;
  double Left = Done ? Spent / static_cast<double>(Done) * static_cast<double>(Total - Done) : 0;
  if (Options.BudgetS > 0)
    Left = std::min(Left, Options.BudgetS - Spent);
  if (!Options.LiveProgress && Done % 50 != 0 && Done != Total)
    return;
  Progress << (Options.LiveProgress ? "\r\x1b[K" : "") << Done << "/" << Total << "  " << duration(Left) << " left  "
           << What.substr(0, 90) << (Options.LiveProgress ? "" : "\n") << std::flush;
}

Outcome Session::run(Plan &ThePlan, const std::string &Header, const std::vector<ModelCalls> &Models) {
  openFile(Header);
  StartS = Options.StartedS.value_or(Around.Sums.clock().nowS());
  Result.Why = "done";
  std::vector<Configuration> Wholes; // models
  size_t Done = 0;
  while (std::optional<Configuration> C = ThePlan.next()) {
    if (!C->Model.empty())
      Wholes.push_back(*C);
    if (Before.Done.count(C->id())) {
      ++Result.Earlier;
      continue;
    }
    if (outOfTime() || Around.Interrupted()) {
      Result.Why = Around.Interrupted() ? "interrupted" : "time";
      break;
    }
    beginBlock();
    const std::optional<ModelCalls> Parts = partsOf(*C, Models);
    ++Done;
    if (measureOne(*C, Parts ? &*Parts : nullptr))
      report(Done, Done + ThePlan.remaining(), C->Model.empty() ? C->Line.str() : "model " + C->Model);
    else
      Result.Why = "interrupted";
    if (Around.Sums.clock().nowS() - BlockStartS >= Options.Protocol.BlockS)
      endBlock();
  }
  if (Result.Why != "interrupted")
    endBlock();
  else if (BlockStartS >= 0)
    File->append(blockLine(Block++, IdleW, std::nullopt));
  writeAdditivity(Wholes, Models);
  File->append(endLine(Result.Why, Result.Measured, Result.Skipped, Result.Void));
  if (Options.LiveProgress)
    Progress << "\n";
  return Result;
}

void Session::writeAdditivity(const std::vector<Configuration> &Wholes, const std::vector<ModelCalls> &Models) {
  for (const Configuration &C : Wholes) {
    const std::optional<ModelCalls> Calls = partsOf(C, Models);
    auto Whole = Before.EnergyJ.find(C.id());
    if (!Calls || Whole == Before.EnergyJ.end())
      continue;
    Additivity A{C.Model, Calls->Input, C.ThePhase, C.Threads, C.Device, Whole->second, 0, Calls->Unsayable};
    for (const auto &[Line, Count] : Calls->Calls) {
      Configuration Part = C;
      Part.Model.clear();
      Part.Line = Line;
      auto Found = Before.EnergyJ.find(Part.id());
      if (Found == Before.EnergyJ.end())
        A.MissingParts += Count;
      else
        A.SumJ += Found->second * Count;
    }
    A.TheBasis = Around.Sums.meter().basis();
    File->append(additivityLine(A));
    Progress << "model " << A.Model << " (" << toString(A.ThePhase) << ", " << A.Threads << (A.Threads == 1 ? " thread" : " threads")
             << "): ";
    if (A.MissingParts)
      Progress << A.MissingParts << " of its calls are not measured, so additivity is not known\n";
    else
      Progress << "its calls add up to " << std::lround(100 * A.SumJ / A.WholeJ) << " % of the whole ("
               << toString(A.TheBasis) << ")\n";
  }
}

} // namespace energy::measure
