#include "EnergyClock.h"
#include <algorithm>
#include <cstdio>

namespace energy::measure {
namespace {
std::string number(double Value) {
  char Text[32];
  std::snprintf(Text, sizeof Text, "%.3g", Value);
  return Text;
}
} // namespace

void Accumulator::fault(std::string Why) {
  ++S.Faults;
  S.LastFault = "'" + Info.Name + "' " + std::move(Why);
}

/// Units since the last reading, or nothing after recording a fault.
std::optional<uint64_t> Accumulator::step(uint64_t Units, double ElapsedS) {
  const double MostJ = MaxPowerW * (ElapsedS + 2 * RefreshS) + Info.JoulesPerUnit;
  const double RangeJ = static_cast<double>(Info.RangeUnits) * Info.JoulesPerUnit;
  if (Info.RangeUnits && Units > Info.RangeUnits) {
    fault("is beyond its range");
    return std::nullopt;
  }
  if (Info.RangeUnits && ElapsedS * MaxPowerW >= RangeJ) {
    fault("was not read for " + number(ElapsedS) + " s and may have wrapped unseen");
    return std::nullopt;
  }
  const bool Less = Units < LastUnits;
  if (Less && !Info.RangeUnits) {
    fault("went backwards");
    return std::nullopt;
  }
  const uint64_t Delta = Less ? Info.RangeUnits - LastUnits + Units : Units - LastUnits;
  if (static_cast<double>(Delta) * Info.JoulesPerUnit > MostJ) {
    fault(Less ? "went backwards"
               : "jumped by " + number(static_cast<double>(Delta) * Info.JoulesPerUnit) + " J in " + number(ElapsedS) + " s");
    return std::nullopt;
  }
  return Delta;
}

void Accumulator::feed(const CounterRead &R, double BeginS, double EndS) {
  if (!R.Ok) {
    fault("cannot be read: " + R.Error);
    HasLast = false;
    return;
  }
  if (!HasLast) {
    S.LastMoveS = EndS;
    // The longest that can lie between the readings: a process may be suspended
    // between reading a counter and reading the time.
  } else if (std::optional<uint64_t> Delta = step(R.Units, EndS - LastBeginS)) {
    S.Joules += static_cast<double>(*Delta) * Info.JoulesPerUnit;
    if (*Delta)
      S.LastMoveS = EndS;
  }
  HasLast = true;
  LastUnits = R.Units;
  LastBeginS = BeginS;
}

EnergyClock::EnergyClock(Meter &M, Clock &Time, Options O) : M(M), Time(Time), RefreshS(std::max(O.RefreshS, M.expectedRefreshS())) {
  for (const CounterInfo &Info : M.counters()) {
    Sums.emplace_back(Info, O.MaxPowerW, RefreshS);
    if (Info.RangeUnits)
      PollS = std::min({PollS, 0.25, static_cast<double>(Info.RangeUnits) * Info.JoulesPerUnit / O.MaxPowerW / 4});
  }
  snapshot();
  if (O.GuardThread)
    Guard = std::thread([this] { guard(); });
}

EnergyClock::~EnergyClock() {
  {
    std::lock_guard<std::mutex> Held(StopLock);
    Stop = true;
  }
  Wake.notify_all();
  if (Guard.joinable())
    Guard.join();
}

double EnergyClock::windowS(double WantedS) const {
  return std::max({WantedS, M.minWindowS(), M.refreshesPerWindow() * RefreshS});
}

void EnergyClock::guard() {
  std::unique_lock<std::mutex> Held(StopLock);
  while (!Wake.wait_for(Held, std::chrono::duration<double>(PollS), [this] { return Stop; }))
    snapshot();
}

Snapshot EnergyClock::snapshot() {
  std::lock_guard<std::mutex> Held(Lock);
  Snapshot S;
  const double BeginS = Time.nowS();
  M.read(Reads);
  const double EndS = Time.nowS();
  S.TimeS = (BeginS + EndS) / 2;
  S.TookS = EndS - BeginS;
  for (size_t I = 0; I < Sums.size(); ++I) {
    Sums[I].feed(I < Reads.size() ? Reads[I] : CounterRead{0, false, "the meter left it out"}, BeginS, EndS);
    S.Counters.push_back(Sums[I].state());
  }
  return S;
}

std::string EnergyClock::windowFault(const Snapshot &Begin, const Snapshot &End, size_t I) const {
  const Accumulator::State &A = Begin.Counters[I], &B = End.Counters[I];
  if (B.Faults != A.Faults)
    return B.LastFault;
  // The guard's polls limit how well the last change is known.
  const double Patience = std::max(2 * PollS, M.refreshesPerWindow() * RefreshS);
  const double Still = End.TimeS - B.LastMoveS;
  if (Still > Patience || B.Joules == A.Joules)
    return "'" + M.counters()[I].Name + "' stood still for " + number(std::min(Still, End.TimeS - Begin.TimeS)) + " s";
  return {};
}

WindowEnergy EnergyClock::between(const Snapshot &Begin, const Snapshot &End) const {
  WindowEnergy W;
  W.Seconds = End.TimeS - Begin.TimeS;
  W.Good = true;
  bool DramGood = true;
  double DramJ = 0;
  bool HasDram = false;
  for (size_t I = 0; I < End.Counters.size(); ++I) {
    const CounterKind Kind = M.counters()[I].Kind;
    if (!isCounted(Kind) && Kind != CounterKind::Dram)
      continue;
    const double Joules = End.Counters[I].Joules - Begin.Counters[I].Joules;
    std::string Why = windowFault(Begin, End, I);
    if (Kind == CounterKind::Dram) {
      HasDram = true;
      DramGood &= Why.empty();
      DramJ += Joules;
      continue;
    }
    W.Joules += Joules;
    if (W.Good && !Why.empty()) {
      W.Good = false;
      W.Why = Why;
    }
  }
  // A process may be suspended while it reads.
  constexpr double MaxUncertainty = 0.01;
  const double TookS = (Begin.TookS + End.TookS) / 2;
  if (W.Good && TookS > MaxUncertainty * W.Seconds) {
    W.Good = false;
    W.Why = "reading the counters took " + number(TookS) + " s, more than 1 % of the window";
  }
  if (!W.Good)
    W.Joules = 0;
  if (HasDram && DramGood)
    W.DramJ = DramJ;
  return W;
}

Characteristics characterise(Meter &M, Clock &Time, double Seconds) {
  Characteristics C;
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(M, Time, NoGuard);
  size_t Counted = 0;
  while (Counted < M.counters().size() && !isCounted(M.counters()[Counted].Kind))
    ++Counted;
  Snapshot Begin = Sums.snapshot();
  Snapshot Last = Begin;
  double ChangedS = 0;
  std::vector<double> Gaps;
  uint64_t Reads = 0;
  while (Last.TimeS - Begin.TimeS < Seconds && Reads < 10'000'000) {
    Snapshot Now = Sums.snapshot();
    ++Reads;
    double Step = Now.Counters[Counted].Joules - Last.Counters[Counted].Joules;
    if (Step > 0) {
      if (ChangedS > 0)
        Gaps.push_back(Now.TimeS - ChangedS);
      ChangedS = Now.TimeS;
      C.ResolutionJ = C.ResolutionJ > 0 ? std::min(C.ResolutionJ, Step) : Step;
    }
    Last = std::move(Now);
  }
  C.ReadCostS = Reads ? (Last.TimeS - Begin.TimeS) / static_cast<double>(Reads) : 0;
  // All of this time was spent reading, which is when a busy machine suspends it:
  // good enough for a look at the counter.
  Begin.TookS = Last.TookS = 0;
  WindowEnergy W = Sums.between(Begin, Last);
  C.PowerW = W.Good && W.Seconds > 0 ? W.Joules / W.Seconds : 0;
  C.Trouble = W.Why;
  if (!Gaps.empty()) {
    std::nth_element(Gaps.begin(), Gaps.begin() + static_cast<std::ptrdiff_t>(Gaps.size() / 2), Gaps.end());
    C.RefreshS = Gaps[Gaps.size() / 2];
  }
  return C;
}

} // namespace energy::measure
