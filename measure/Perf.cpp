/// \file
/// RAPL through perf_event: power/energy-pkg and energy-ram, one event per
/// socket (the CPUs of the power device's cpumask). The kernel keeps these
/// counters in 64 bits, so they never wrap. energy-cores, -gpu and -psys overlap
/// the package and are not opened.
#include "Files.h"
#include "Meter.h"
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace energy::measure {

PerfCalls systemPerfCalls() {
  PerfCalls Calls;
  Calls.Open = [](uint32_t Type, uint64_t Config, unsigned Cpu) {
    perf_event_attr Attr;
    std::memset(&Attr, 0, sizeof Attr);
    Attr.size = sizeof Attr;
    Attr.type = Type;
    Attr.config = Config;
    long Fd = syscall(SYS_perf_event_open, &Attr, -1, static_cast<int>(Cpu), -1, PERF_FLAG_FD_CLOEXEC);
    return Fd < 0 ? -errno : static_cast<int>(Fd);
  };
  Calls.Read = [](int Fd, uint64_t &Value) {
    errno = 0;
    return read(Fd, &Value, sizeof Value) == static_cast<ssize_t>(sizeof Value);
  };
  Calls.Close = [](int Fd) { close(Fd); };
  return Calls;
}

namespace {

struct Event {
  const char *Name;
  const char *Counter;
  CounterKind Kind;
};
constexpr Event Events[] = {{"energy-pkg", "package", CounterKind::Package}, {"energy-ram", "dram", CounterKind::Dram}};

class PerfMeter final : public Meter {
  PerfCalls Calls;
  std::vector<CounterInfo> Infos;
  std::vector<int> Fds;

public:
  explicit PerfMeter(PerfCalls Calls) : Calls(std::move(Calls)) {}
  PerfMeter(const PerfMeter &) = delete;
  PerfMeter &operator=(const PerfMeter &) = delete;
  ~PerfMeter() override {
    for (int Fd : Fds)
      Calls.Close(Fd);
  }
  void add(CounterInfo Info, int Fd) {
    Infos.push_back(std::move(Info));
    Fds.push_back(Fd);
  }
  const char *name() const override { return "perf"; }
  Basis basis() const override { return Basis::Measured; }
  const std::vector<CounterInfo> &counters() const override { return Infos; }
  double expectedRefreshS() const override { return 0.001; }
  void read(std::vector<CounterRead> &Out) override {
    Out.resize(Fds.size());
    for (size_t I = 0; I < Fds.size(); ++I) {
      CounterRead &R = Out[I] = CounterRead();
      R.Ok = Calls.Read(Fds[I], R.Units);
      if (!R.Ok)
        R.Error = "perf event '" + Infos[I].Name + "': " + reason(errno);
    }
  }
};

/// "event=0x02" as sysfs writes it.
std::optional<uint64_t> eventConfig(const std::string &Text) {
  size_t At = Text.find("event=");
  if (At == std::string::npos)
    return std::nullopt;
  char *End = nullptr;
  const char *Digits = Text.c_str() + At + 6;
  uint64_t Config = std::strtoull(Digits, &End, 0);
  return End == Digits ? std::nullopt : std::optional(Config);
}

class PerfScan {
  const MeterContext &Context;
  const std::string Folder;
  Opened &Result;
  std::unique_ptr<PerfMeter> M;
  uint32_t Type = 0;

public:
  PerfScan(const MeterContext &Context, Opened &Result)
      : Context(Context), Folder(Context.Root + "sys/bus/event_source/devices/power/"), Result(Result),
        M(std::make_unique<PerfMeter>(Context.Perf)) {}

  void run() {
    std::optional<uint64_t> TheType = numberOf(Folder + "type");
    if (!TheType) {
      Result.Obstacles.push_back({"no perf_event device 'power' in '" + Folder + "'", "sudo modprobe rapl"});
      return;
    }
    Type = static_cast<uint32_t>(*TheType);
    std::vector<unsigned> Cpus = parseCpuList(textOf(Folder + "cpumask").value_or(""));
    if (Cpus.empty()) {
      Result.Obstacles.push_back({"'" + Folder + "cpumask' names no CPU", ""});
      return;
    }
    bool PackagesOk = true;
    for (const Event &E : Events)
      for (size_t Socket = 0; Socket < Cpus.size(); ++Socket)
        if (!open(E, Socket, Cpus[Socket]) && E.Kind == CounterKind::Package)
          PackagesOk = false;
    if (PackagesOk)
      Result.M = std::move(M);
  }

private:
  bool open(const Event &E, size_t Socket, unsigned Cpu) {
    const std::string Base = Folder + "events/" + E.Name;
    std::optional<uint64_t> Config = eventConfig(textOf(Base).value_or(""));
    double Scale = std::strtod(textOf(Base + ".scale").value_or("0").c_str(), nullptr);
    std::string Unit = textOf(Base + ".unit").value_or("");
    if (!Config || !(Scale > 0) || !std::isfinite(Scale) || Unit != "Joules") {
      if (E.Kind == CounterKind::Package)
        Result.Obstacles.push_back({"'" + Base + "' is missing or not in joules", ""});
      return false;
    }
    int Fd = Context.Perf.Open(Type, *Config, Cpu);
    if (Fd < 0) {
      std::string Fix;
      if (Fd == -EACCES || Fd == -EPERM)
        Fix = "sudo sysctl kernel.perf_event_paranoid=0   (or: sudo setcap cap_perfmon=ep \"$(command -v energy-measure)\")";
      Result.Obstacles.push_back({std::string("perf event 'power/") + E.Name + "/': " + reason(-Fd), Fix});
      return false;
    }
    M->add({std::string(E.Counter) + "-" + std::to_string(Socket), E.Kind, Scale, 0}, Fd);
    return true;
  }
};
} // namespace

Opened openPerf(const MeterContext &Context) {
  Opened Result;
  PerfScan(Context, Result).run();
  return Result;
}

} // namespace energy::measure
