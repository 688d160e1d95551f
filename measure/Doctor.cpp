#include "Doctor.h"
#include "EnergyClock.h"
#include "Machine.h"
#include "Protocol.h"
#include <cstdio>
#include <ostream>

namespace energy::measure {

Opened chooseMeter(const std::string &Name, bool ForGpu, const MeterContext &Context) {
  Opened All;
  for (const MeterRow &Row : meterRows()) {
    if (Name.empty() ? !Row.Automatic || Row.ForGpu != ForGpu : Name != Row.Name)
      continue;
    Opened One = Row.Open(Context);
    if (One.M)
      return One;
    for (Obstacle &O : One.Obstacles)
      All.Obstacles.push_back(std::move(O));
  }
  return All;
}

namespace {
std::string si(double Value, const char *Unit) {
  const struct {
    double Factor;
    const char *Prefix;
  } Scales[] = {{1, ""}, {1e-3, "m"}, {1e-6, "u"}, {1e-9, "n"}};
  char Text[48];
  for (auto &S : Scales)
    if (Value >= S.Factor || S.Factor == 1e-9) {
      std::snprintf(Text, sizeof Text, "%.3g %s%s", Value / S.Factor, S.Prefix, Unit);
      break;
    }
  return Text;
}

class Doctor {
  const MeterContext &Context;
  const DoctorOptions &Options;
  std::ostream &Out;
  Machine M;
  std::string Best;

public:
  Doctor(const MeterContext &Context, const DoctorOptions &Options, std::ostream &Out)
      : Context(Context), Options(Options), Out(Out), M(describeMachine(Context.Root)) {}

  int run() {
    describe();
    for (const MeterRow &Row : meterRows())
      if (Row.Automatic)
        examine(Row);
    advise();
    if (!Best.empty()) {
      Out << "\nverdict: measure with --meter " << Best << "\n";
      return 0;
    }
    Out << "\nverdict: no energy counter can be read on this machine\n"
        << "  a time-times-power figure, marked as modelled: energy-measure run --meter model --watts 65\n";
    return 3;
  }

private:
  void describe() {
    Out << "machine: " << M.Cpu << ", " << M.Sockets << (M.Sockets == 1 ? " socket, " : " sockets, ") << M.Cores << " cores, "
        << M.LogicalCpus << " logical CPUs\n"
        << "system:  " << M.Os << ", Linux " << M.Kernel << "\n"
        << "virtual machine: " << M.Virtualization << ", container: " << M.Container << "\n";
  }
  void examine(const MeterRow &Row) {
    Out << "\n" << Row.Name << ": " << Row.Reads << "\n";
    Opened O = Row.Open(Context);
    for (const std::string &Note : O.Notes)
      Out << "  note: " << Note << "\n";
    for (const Obstacle &Why : O.Obstacles) {
      Out << "  not usable: " << Why.What << "\n";
      if (!Why.Fix.empty())
        Out << "    try: " << Why.Fix << "\n";
    }
    if (O.M && watch(*O.M) && Best.empty())
      Best = Row.Name;
  }
  /// Prints what the meter does; false when it cannot be trusted.
  bool watch(Meter &Counter) {
    Out << "  counters:";
    for (const CounterInfo &C : Counter.counters())
      Out << " " << C.Name;
    Out << "\n";
    Clock &Time = Context.clock();
    const Characteristics C = characterise(Counter, Time, Options.LookS);
    if (!C.Trouble.empty()) {
      Out << "  not usable: " << C.Trouble << "\n";
      return false;
    }
    EnergyClock Sums(Counter, Time);
    // The window's two readings and the guard's.
    const double WindowS = Counter.minWindowS(), ReadingsS = (2 + WindowS / Sums.pollIntervalS()) * C.ReadCostS;
    char Share[64];
    std::snprintf(Share, sizeof Share, " (all readings %.3f %% of a %.1f s window)", 100 * ReadingsS / WindowS, WindowS);
    Out << "  refresh " << si(C.RefreshS, "s") << ", resolution " << si(C.ResolutionJ, "J") << ", one reading "
        << si(C.ReadCostS, "s") << Share << "\n";
    if (std::string Why = Counter.crossCheck(Time); !Why.empty()) {
      Out << "  not usable: " << Why << "\n";
      return false;
    }
    Surroundings Around{Sums, Context.Root, {}, [] { return false; }};
    std::optional<double> Idle = measureIdle(Around, Options.IdleS);
    Out << "  idle power " << (Idle ? si(*Idle, "W") : "unknown") << "\n";
    return true;
  }
  void advise() {
    if (!Best.empty())
      return;
    Out << "\nwhat would help:\n";
    if (M.Virtualization != "none")
      Out << "  this is a virtual machine (" << M.Virtualization
          << "); hypervisors do not pass RAPL counters through: measure on the host\n";
    if (M.Container != "none")
      Out << "  this is a container (" << M.Container << "); let it see the host's counters:\n"
          << "    docker run --security-opt systempaths=unconfined -v /sys/devices/virtual/powercap:/sys/devices/virtual/powercap:ro "
             "--cap-add PERFMON ...\n";
    if (M.Virtualization == "none")
      Out << "  RAPL is for root only since CVE-2020-8694; to open it for good:\n"
          << "    echo 'SUBSYSTEM==\"powercap\", KERNEL==\"intel-rapl*:*\", ACTION==\"add\", RUN+=\"/bin/chmod a+r %S%p/energy_uj\"' | sudo tee "
             "/etc/udev/rules.d/60-powercap.rules\n"
          << "    sudo udevadm control --reload && sudo udevadm trigger --action=add --subsystem-match=powercap\n"
          << "  or for this program alone: sudo setcap cap_perfmon,cap_dac_read_search=ep \"$(command -v energy-measure)\"\n";
  }
};
} // namespace

int doctor(const MeterContext &Context, const DoctorOptions &Options, std::ostream &Out) {
  return Doctor(Context, Options, Out).run();
}

} // namespace energy::measure
