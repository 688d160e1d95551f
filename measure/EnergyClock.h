/// \file
/// Joules since start, in 64-bit sums, from a meter's raw counters. A guard
/// thread reads often enough that no wrap is missed. What cannot be trusted
/// (a lost read, a step backwards, an impossible jump, a gap in which the counter
/// may have wrapped, a counter that stands still, a reading that took so long that
/// the window's ends are not known) makes every window over it bad; it is never
/// filled in. Refuses nothing on its own: callers ask a window.
#pragma once
#include "Meter.h"
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace energy::measure {

/// Sums one counter. No thread, no clock: readings come with their time.
class Accumulator {
public:
  /// \p MaxPowerW: more than this is not energy but an error of the counter.
  Accumulator(const CounterInfo &Info, double MaxPowerW, double RefreshS)
      : Info(Info), MaxPowerW(MaxPowerW), RefreshS(RefreshS) {}
  /// The reading was taken at some moment from \p BeginS to \p EndS.
  void feed(const CounterRead &R, double BeginS, double EndS);

  struct State {
    double Joules = 0;
    uint64_t Faults = 0;
    std::string LastFault;
    double LastMoveS = 0; ///< when a reading last differed from the one before
  };
  const State &state() const { return S; }

private:
  CounterInfo Info;
  double MaxPowerW, RefreshS;
  bool HasLast = false;
  uint64_t LastUnits = 0;
  double LastBeginS = 0;
  State S;

  void fault(std::string Why);
  std::optional<uint64_t> step(uint64_t Units, double ElapsedS);
};

struct Snapshot {
  double TimeS = 0;
  double TookS = 0; ///< the counters were read at some moment of this long
  std::vector<Accumulator::State> Counters;
};

/// What the counters say about the time between two snapshots.
struct WindowEnergy {
  bool Good = false;
  std::string Why; ///< why not
  double Seconds = 0;
  double Joules = 0;           ///< package, gpu or time counters, all sockets
  std::optional<double> DramJ; ///< no value without a (good) DRAM counter
};

class EnergyClock {
public:
  struct Options {
    double MaxPowerW = 2000; ///< per counter
    bool GuardThread = true; ///< off: the caller polls
    double RefreshS = 0;     ///< of the counters as measured; 0: as the meter expects
  };
  EnergyClock(Meter &M, Clock &Time, Options O);
  EnergyClock(Meter &M, Clock &Time) : EnergyClock(M, Time, Options()) {}
  ~EnergyClock();
  EnergyClock(const EnergyClock &) = delete;
  EnergyClock &operator=(const EnergyClock &) = delete;

  Snapshot snapshot(); ///< reads the counters now
  WindowEnergy between(const Snapshot &Begin, const Snapshot &End) const;
  /// The longest time between two reads that misses no wrap, with a margin.
  double pollIntervalS() const { return PollS; }
  /// \p WantedS, or more where the counter's step would matter in it.
  double windowS(double WantedS) const;
  Meter &meter() { return M; }
  Clock &clock() { return Time; }

private:
  Meter &M;
  Clock &Time;
  const double RefreshS;
  double PollS = 1; ///< a counter that never wraps is only watched for standing still
  std::mutex Lock; ///< guards Sums and Reads
  std::vector<Accumulator> Sums;
  std::vector<CounterRead> Reads;
  std::condition_variable Wake;
  std::mutex StopLock;
  bool Stop = false;
  std::thread Guard;

  void guard();
  std::string windowFault(const Snapshot &Begin, const Snapshot &End, size_t I) const;
};

/// What a meter does on this machine, by reading it in a loop for \p Seconds.
struct Characteristics {
  double RefreshS = 0;    ///< median time between two changes; 0: it never changed
  double ResolutionJ = 0; ///< smallest change seen
  double ReadCostS = 0;   ///< mean time of reading all counters once
  double PowerW = 0;      ///< mean power while looking
  std::string Trouble;    ///< why the figures are missing; empty when they are there
};
Characteristics characterise(Meter &M, Clock &Time, double Seconds);

} // namespace energy::measure
