/// \file
/// A source of energy counters. A meter only reads raw counters; wraps, lost
/// reads and counters that stand still or go backwards are EnergyClock's
/// business, alike for every meter. A failed read is said, never a zero.
#pragma once
#include "Clock.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace energy::measure {

/// What a counter covers. Only Package, Gpu and Time are ever summed (over
/// sockets or cards); Dram is kept apart; Core, Uncore and Psys overlap others.
enum class CounterKind { Package, Dram, Core, Uncore, Psys, Gpu, Time };
const char *toString(CounterKind Kind);
inline bool isCounted(CounterKind K) {
  return K == CounterKind::Package || K == CounterKind::Gpu || K == CounterKind::Time;
}

struct CounterInfo {
  std::string Name; ///< unique in its meter: "package-0", "dram-0", "gpu-0"
  CounterKind Kind;
  double JoulesPerUnit;
  uint64_t RangeUnits; ///< wraps to 0 after this value; 0: 64 bits, never wraps
};

struct CounterRead {
  uint64_t Units = 0;
  bool Ok = false;
  std::string Error; ///< why not Ok
};

/// Where a file's joules come from; written into every file.
enum class Basis { Measured, Modelled, Fake };
const char *toString(Basis B);

/// The state of a card around a sample; what cannot be read is missing.
struct CardCondition {
  std::optional<double> ClockMhz, TemperatureC;
  std::optional<unsigned> Processes; ///< that compute on the card, this one included
};

class Meter {
public:
  virtual ~Meter() = default;
  virtual const char *name() const = 0; ///< as in Meters.def
  virtual Basis basis() const = 0;
  virtual const std::vector<CounterInfo> &counters() const = 0;
  /// One entry per counter, in the order of counters().
  virtual void read(std::vector<CounterRead> &Out) = 0;
  /// Seconds between two updates of the counters, before it is measured.
  virtual double expectedRefreshS() const = 0;
  /// Updates that one window must span for the counter's step not to matter.
  virtual unsigned refreshesPerWindow() const { return 50; }
  virtual double minWindowS() const { return 1.0; }
  /// The card's name; empty for CPU meters.
  virtual std::string deviceName() const { return {}; }
  /// Nothing for CPU meters.
  virtual std::optional<CardCondition> cardCondition() { return std::nullopt; }
  /// Compares the counter with another source at start, under whatever load
  /// the caller has put on the machine. Empty when they agree or there is none.
  virtual std::string crossCheck(Clock &) { return {}; }
};

/// Something that keeps counters from being read, and what would help.
struct Obstacle {
  std::string What; ///< "'/sys/.../energy_uj': Permission denied"
  std::string Fix;  ///< a command, or empty
};

/// What trying to open a meter gave.
struct Opened {
  std::unique_ptr<Meter> M; ///< null: not usable
  std::vector<Obstacle> Obstacles;
  std::vector<std::string> Notes; ///< "'intel-rapl-mmio:0' is the same energy as 'intel-rapl:0'"
};

/// The system calls of perf_event, injected in tests.
struct PerfCalls {
  /// perf_event_open(type, config) for all processes on one CPU: a file descriptor, or -errno.
  std::function<int(uint32_t Type, uint64_t Config, unsigned Cpu)> Open;
  /// The counter's value; false and errno when it cannot be read.
  std::function<bool(int Fd, uint64_t &Value)> Read;
  std::function<void(int Fd)> Close;
};
PerfCalls systemPerfCalls();

/// Everything a meter takes from its surroundings.
struct MeterContext {
  std::string Root = "/"; ///< ends in '/': "sys/class/powercap" is below it
  PerfCalls Perf = systemPerfCalls();
  std::string NvmlLibrary = "libnvidia-ml.so.1";
  std::string Gpu; ///< NVML index or UUID; empty: the first
  double Watts = 0;      ///< of the time-times-power model; 0: not asked for
  Clock *Time = nullptr; ///< null: steadyClock()
  Clock &clock() const { return Time ? *Time : steadyClock(); }
};

/// One row of Meters.def.
struct MeterRow {
  const char *Name;
  const char *Reads; ///< one line for the help
  bool Automatic;    ///< tried when no meter is named
  bool ForGpu;
  Opened (*Open)(const MeterContext &);
};
const std::vector<MeterRow> &meterRows();
const MeterRow *findMeter(const std::string &Name);

} // namespace energy::measure
