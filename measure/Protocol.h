/// \file
/// How one configuration is measured: warm-up, windows long enough for the
/// counter, repetition until the interval of the mean is narrow enough or the
/// reason why not is known. A window whose energy cannot be trusted is thrown away
/// and counted; without a good one the measurement is void.
#pragma once
#include "EnergyClock.h"
#include "Machine.h"
#include "Workload.h"
#include <functional>

namespace energy::measure {

struct ProtocolOptions {
  double WindowS = 1;        ///< at least; raised to what the meter needs
  unsigned MinWindows = 3, MaxWindows = 12;
  double CiWidth = 0.05;     ///< half width of the interval over the mean, to stop at
  double Confidence = 0.95;  ///< 0.9, 0.95 or 0.99
  double WarmupS = 0.2;
  double ConfigurationS = 60; ///< no further window once this much is spent
  double IdleS = 2;
  double BlockS = 30;        ///< idle power is measured this often
  double ForeignCpus = 0.25; ///< more than this by others marks the sample
};

enum class Stop { Interval, Windows, Time, Interrupted };
const char *toString(Stop S);

struct Mean {
  double Value = 0;
  double HalfWidth = 0; ///< of the two-sided interval; infinite for one value
};
/// Student's t interval of the mean.
Mean meanWithInterval(const std::vector<double> &Values, double Confidence);

struct Measurement {
  bool Void = false;
  std::string Reason; ///< why void
  uint64_t Calls = 0;
  std::vector<double> WindowJ, WindowS;
  std::vector<double> CallJ; ///< joules per call, one per window
  Mean EnergyJ;              ///< gross, per call
  std::optional<double> DramJ;
  double DurationS = 0; ///< per call
  double PageFaults = 0;
  unsigned LostWindows = 0;
  Stop Why = Stop::Interval;
  std::optional<double> ForeignCpus;
  double PowerW = 0;
};

/// What measuring needs from its surroundings.
struct Surroundings {
  EnergyClock &Sums;
  std::string Root = "/";
  std::vector<unsigned> Cpus = {}; ///< that the process is pinned to
  std::function<bool()> Interrupted = [] { return false; };
};

Measurement measureWorkload(Workload &Work, Surroundings &Around, const ProtocolOptions &Options);

/// Power with nothing running; nothing when the counter fails.
std::optional<double> measureIdle(Surroundings &Around, double Seconds);

} // namespace energy::measure
