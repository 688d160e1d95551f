#include "Protocol.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace energy::measure {

const char *toString(Stop S) {
  switch (S) {
  case Stop::Interval:
    return "interval";
  case Stop::Windows:
    return "windows";
  case Stop::Time:
    return "time";
  case Stop::Interrupted:
    return "interrupted";
  }
  return "";
}

namespace {
/// Two-sided quantiles of Student's t, 1 to 30 degrees of freedom, then normal.
/// Source: standard tables (e.g. NIST/SEMATECH e-Handbook, 1.3.6.7.2).
double studentT(size_t Degrees, double Confidence) {
  constexpr double T90[] = {6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812,
                            1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725,
                            1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697};
  constexpr double T95[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                            2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                            2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
  constexpr double T99[] = {63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169,
                            3.106,  3.055, 3.012, 2.977, 2.947, 2.921, 2.898, 2.878, 2.861, 2.845,
                            2.831,  2.819, 2.807, 2.797, 2.787, 2.779, 2.771, 2.763, 2.756, 2.750};
  const double *Table = Confidence < 0.925 ? T90 : Confidence < 0.97 ? T95 : T99;
  const double Normal = Confidence < 0.925 ? 1.645 : Confidence < 0.97 ? 1.960 : 2.576;
  return Degrees <= 30 ? Table[Degrees - 1] : Normal;
}

/// One measurement in progress.
class Measuring {
  Workload &Work;
  Surroundings &Around;
  const ProtocolOptions &Options;
  Clock &Time;
  double WindowS;
  uint64_t CallsPerWindow = 1;
  double CallS = 0; ///< latest estimate
  double DramSum = 0;
  unsigned DramWindows = 0;
  Measurement M;

public:
  Measuring(Workload &Work, Surroundings &Around, const ProtocolOptions &Options)
      : Work(Work), Around(Around), Options(Options), Time(Around.Sums.clock()),
        WindowS(Around.Sums.windowS(Options.WindowS)) {}

  Measurement run() {
    const double StartS = Time.nowS();
    warmUp();
    const CpuTimes Before = cpuTimes(Around.Root, Time.nowS());
    while (!enough(Time.nowS() - StartS))
      window();
    const CpuTimes After = cpuTimes(Around.Root, Time.nowS());
    M.ForeignCpus = foreignCpus(Before, After);
    summarise();
    return M;
  }

private:
  /// Runs calls and says how many: \p Wanted unless interrupted. Checked about
  /// ten times a second.
  uint64_t calls(uint64_t Wanted) {
    const uint64_t Chunk = CallS > 0 ? std::max<uint64_t>(1, static_cast<uint64_t>(0.1 / CallS)) : 1;
    uint64_t Done = 0;
    while (Done < Wanted && !Around.Interrupted()) {
      const uint64_t Now = std::min(Chunk, Wanted - Done);
      for (uint64_t I = 0; I < Now; ++I)
        Work.call();
      Done += Now;
    }
    Work.synchronize();
    return Done;
  }
  /// Doubles the number of calls until they fill the warm-up; the last batch
  /// gives the time of one call.
  void warmUp() {
    const double StartS = Time.nowS();
    calls(1); // first call: allocation, kernel choice
    for (uint64_t Batch = 1; !Around.Interrupted(); Batch *= 2) {
      const double BatchStartS = Time.nowS();
      calls(Batch);
      const double NowS = Time.nowS();
      CallS = (NowS - BatchStartS) / static_cast<double>(Batch);
      if (NowS - StartS >= Options.WarmupS || NowS - BatchStartS >= Options.WarmupS / 2)
        break;
    }
    setCalls();
  }
  void setCalls() {
    // 2 % more, so that a slightly faster window is still long enough.
    CallsPerWindow = CallS > 0 ? static_cast<uint64_t>(std::ceil(1.02 * WindowS / CallS)) : 1;
  }
  void window() {
    const CpuTimes Faults0 = cpuTimes(Around.Root, 0);
    const Snapshot Begin = Around.Sums.snapshot();
    const uint64_t Done = calls(CallsPerWindow);
    const Snapshot End = Around.Sums.snapshot();
    const CpuTimes Faults1 = cpuTimes(Around.Root, 0);
    const WindowEnergy W = Around.Sums.between(Begin, End);
    if (Done)
      CallS = W.Seconds / static_cast<double>(Done);
    if (Done < CallsPerWindow)
      return; // interrupted: too short to trust
    if (W.Good && W.Seconds < 0.9 * WindowS) {
      setCalls(); // the machine got faster since the warm-up: take it again
      return;
    }
    if (!W.Good) {
      ++M.LostWindows;
      M.Reason = W.Why;
      return;
    }
    const auto N = static_cast<double>(Done);
    M.Calls += Done;
    M.WindowJ.push_back(W.Joules);
    M.WindowS.push_back(W.Seconds);
    M.CallJ.push_back(W.Joules / N);
    M.DurationS += W.Seconds / N; // windows weigh alike, as in the mean of the energy
    M.PageFaults += static_cast<double>(Faults1.MinorFaults - Faults0.MinorFaults);
    if (W.DramJ) {
      DramSum += *W.DramJ / N;
      ++DramWindows;
    }
  }
  bool enough(double SpentS) {
    if (Around.Interrupted())
      return stop(Stop::Interrupted);
    const auto Good = M.WindowJ.size();
    if (Good >= Options.MinWindows) {
      Mean E = meanWithInterval(M.CallJ, Options.Confidence);
      if (E.HalfWidth <= Options.CiWidth * E.Value)
        return stop(Stop::Interval);
    }
    if (Good + M.LostWindows >= Options.MaxWindows)
      return stop(Stop::Windows);
    // A window more would overrun; but one is always tried.
    if (Good + M.LostWindows > 0 && SpentS + CallS * static_cast<double>(CallsPerWindow) > Options.ConfigurationS)
      return stop(Stop::Time);
    return false;
  }
  bool stop(Stop Why) {
    M.Why = Why;
    return true;
  }
  void summarise() {
    if (M.WindowJ.empty()) {
      M.Void = true;
      if (M.Reason.empty())
        M.Reason = "interrupted before the first window was complete";
      return;
    }
    M.Reason.clear();
    M.EnergyJ = meanWithInterval(M.CallJ, Options.Confidence);
    double Seconds = 0, Joules = 0;
    for (size_t I = 0; I < M.WindowS.size(); ++I) {
      Seconds += M.WindowS[I];
      Joules += M.WindowJ[I];
    }
    M.DurationS /= static_cast<double>(M.WindowS.size());
    M.PageFaults /= static_cast<double>(M.Calls);
    M.PowerW = Joules / Seconds;
    if (DramWindows)
      M.DramJ = DramSum / DramWindows;
  }
};
} // namespace

Mean meanWithInterval(const std::vector<double> &Values, double Confidence) {
  Mean Result;
  const auto N = static_cast<double>(Values.size());
  if (Values.empty())
    return {0, std::numeric_limits<double>::infinity()};
  for (double V : Values)
    Result.Value += V / N;
  if (Values.size() == 1)
    return {Result.Value, std::numeric_limits<double>::infinity()};
  double Squares = 0;
  for (double V : Values)
    Squares += (V - Result.Value) * (V - Result.Value);
  Result.HalfWidth = studentT(Values.size() - 1, Confidence) * std::sqrt(Squares / (N - 1) / N);
  return Result;
}

Measurement measureWorkload(Workload &Work, Surroundings &Around, const ProtocolOptions &Options) {
  return Measuring(Work, Around, Options).run();
}

std::optional<double> measureIdle(Surroundings &Around, double Seconds) {
  Clock &Time = Around.Sums.clock();
  const double Wanted = Around.Sums.windowS(Seconds);
  const Snapshot Begin = Around.Sums.snapshot();
  while (Time.nowS() - Begin.TimeS < Wanted && !Around.Interrupted())
    Time.sleepS(std::min(0.1, Wanted));
  const WindowEnergy W = Around.Sums.between(Begin, Around.Sums.snapshot());
  if (!W.Good || W.Seconds < 0.5 * Wanted)
    return std::nullopt;
  return W.Joules / W.Seconds;
}

} // namespace energy::measure
