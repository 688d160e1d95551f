/// \file
/// One NVIDIA GPU's total energy counter (millijoules, since Volta) through NVML,
/// which is loaded at run time: the same binary runs where there is no driver.
/// The counter refreshes every 20-100 ms and is checked against integrated power
/// at start. With MIG the counter covers the whole card; that is noted.
#include "EnergyClock.h"
#include "Meter.h"
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

namespace energy::measure {
namespace {

using Device = struct nvmlDevice_st *;
constexpr int Success = 0;

/// The few functions that are used, by their C names and signatures.
struct Library {
  void *Handle = nullptr;
  int (*Init)() = nullptr;
  int (*Shutdown)() = nullptr;
  const char *(*ErrorText)(int) = nullptr;
  int (*ByIndex)(unsigned, Device *) = nullptr;
  int (*ByUuid)(const char *, Device *) = nullptr;
  int (*TotalEnergy)(Device, unsigned long long *) = nullptr;
  int (*Power)(Device, unsigned *) = nullptr;
  // These may be missing in old drivers.
  int (*DeviceName)(Device, char *, unsigned) = nullptr;
  int (*MigMode)(Device, unsigned *, unsigned *) = nullptr;
  int (*Clock)(Device, int, unsigned *) = nullptr;
  int (*Temperature)(Device, int, unsigned *) = nullptr;
  int (*Processes)(Device, unsigned *, void *) = nullptr;

  Library() = default;
  Library(const Library &) = delete;
  Library &operator=(const Library &) = delete;
  ~Library() {
    if (Shutdown && Started)
      Shutdown();
    if (Handle)
      dlclose(Handle);
  }
  bool Started = false;

  template <typename F> bool find(F &Function, const char *Name) {
    Function = reinterpret_cast<F>(dlsym(Handle, Name));
    return Function != nullptr;
  }
  /// Why the library cannot be used; empty when it can.
  std::string open(const std::string &Path) {
    Handle = dlopen(Path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!Handle)
      return "cannot load '" + Path + "': " + dlerror();
    if (!find(Init, "nvmlInit_v2") || !find(Shutdown, "nvmlShutdown") || !find(ErrorText, "nvmlErrorString") ||
        !find(ByIndex, "nvmlDeviceGetHandleByIndex_v2") || !find(ByUuid, "nvmlDeviceGetHandleByUUID") ||
        !find(TotalEnergy, "nvmlDeviceGetTotalEnergyConsumption") || !find(Power, "nvmlDeviceGetPowerUsage"))
      return "'" + Path + "' lacks a function that is needed; the driver is too old";
    find(DeviceName, "nvmlDeviceGetName");
    find(MigMode, "nvmlDeviceGetMigMode");
    find(Clock, "nvmlDeviceGetClockInfo");
    find(Temperature, "nvmlDeviceGetTemperature");
    find(Processes, "nvmlDeviceGetComputeRunningProcesses_v3");
    if (int Code = Init())
      return "NVML does not start: " + text(Code);
    Started = true;
    return {};
  }
  std::string text(int Code) const {
    const char *Text = ErrorText(Code);
    return Text ? Text : "error " + std::to_string(Code);
  }
};

class NvmlMeter final : public Meter {
  std::unique_ptr<Library> Lib;
  Device Gpu;
  std::vector<CounterInfo> Infos{{"gpu-0", CounterKind::Gpu, 1e-3, 0}};

public:
  NvmlMeter(std::unique_ptr<Library> Lib, Device Gpu) : Lib(std::move(Lib)), Gpu(Gpu) {}
  const char *name() const override { return "nvml"; }
  Basis basis() const override { return Basis::Measured; }
  const std::vector<CounterInfo> &counters() const override { return Infos; }
  double expectedRefreshS() const override { return 0.1; }
  double minWindowS() const override { return 5.0; }
  void read(std::vector<CounterRead> &Out) override {
    Out.assign(1, CounterRead());
    unsigned long long Millijoules = 0;
    if (int Code = Lib->TotalEnergy(Gpu, &Millijoules))
      Out[0].Error = "NVML: " + Lib->text(Code);
    else
      Out[0] = {Millijoules, true, {}};
  }
  std::string deviceName() const override {
    char Text[96] = "";
    return Lib->DeviceName && Lib->DeviceName(Gpu, Text, sizeof Text) == Success ? Text : "";
  }
  std::optional<CardCondition> cardCondition() override {
    constexpr int SmClock = 1, GpuSensor = 0, TooSmall = 7;
    CardCondition C;
    unsigned Value = 0;
    if (Lib->Clock && Lib->Clock(Gpu, SmClock, &Value) == Success)
      C.ClockMhz = Value;
    if (Lib->Temperature && Lib->Temperature(Gpu, GpuSensor, &Value) == Success)
      C.TemperatureC = Value;
    Value = 0; // room for no entry: only their number is asked for
    const int Code = Lib->Processes ? Lib->Processes(Gpu, &Value, nullptr) : -1;
    if (Code == Success || Code == TooSmall)
      C.Processes = Value;
    return C;
  }
  std::string crossCheck(Clock &Time) override;
};

/// The counter against power readings every 10 ms over 60 refreshes. An H100's counter
/// follows the load at once, but its power reading is an average over the last second:
/// what ran before the check must be out of it.
std::string NvmlMeter::crossCheck(Clock &Time) {
  constexpr double SettleS = 1.5, CheckS = 6, StepS = 0.01, Tolerance = 0.05;
  Time.sleepS(SettleS);
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(*this, Time, NoGuard);
  const Snapshot Begin = Sums.snapshot();
  double IntegralJ = 0, LastS = Begin.TimeS;
  Snapshot End = Begin;
  while (LastS - Begin.TimeS < CheckS) {
    Time.sleepS(StepS);
    unsigned Milliwatts = 0;
    if (int Code = Lib->Power(Gpu, &Milliwatts))
      return "power cannot be read: " + Lib->text(Code);
    double NowS = Time.nowS();
    IntegralJ += Milliwatts * 1e-3 * (NowS - LastS);
    LastS = NowS;
    End = Sums.snapshot(); // polled, so that a counter that stands still is seen
  }
  WindowEnergy W = Sums.between(Begin, End);
  if (!W.Good)
    return W.Why;
  const double Relative = std::abs(W.Joules - IntegralJ) / IntegralJ;
  if (IntegralJ > 0 && Relative <= Tolerance)
    return {};
  char Text[160];
  std::snprintf(Text, sizeof Text, "the energy counter says %.1f J where integrated power says %.1f J (more than 5 %% apart)",
                W.Joules, IntegralJ);
  return Text;
}

bool isNumber(const std::string &S) {
  return !S.empty() && S.find_first_not_of("0123456789") == std::string::npos;
}
} // namespace

Opened openNvml(const MeterContext &Context) {
  Opened Result;
  auto Lib = std::make_unique<Library>();
  if (std::string Why = Lib->open(Context.NvmlLibrary); !Why.empty()) {
    Result.Obstacles.push_back({Why, "install the NVIDIA driver; in a container: docker run --gpus all ..."});
    return Result;
  }
  Device Gpu = nullptr;
  const std::string Which = Context.Gpu.empty() ? "0" : Context.Gpu;
  int Code = isNumber(Which) ? Lib->ByIndex(static_cast<unsigned>(std::strtoul(Which.c_str(), nullptr, 10)), &Gpu)
                                   : Lib->ByUuid(Which.c_str(), &Gpu);
  if (Code != Success) {
    Result.Obstacles.push_back({"GPU '" + Which + "': " + Lib->text(Code), "nvidia-smi -L"});
    return Result;
  }
  unsigned long long Millijoules = 0;
  if ((Code = Lib->TotalEnergy(Gpu, &Millijoules)) != Success) {
    Result.Obstacles.push_back({"GPU '" + Which + "' has no total energy counter: " + Lib->text(Code), ""});
    return Result;
  }
  unsigned Mig = 0, Pending = 0;
  if (Lib->MigMode && Lib->MigMode(Gpu, &Mig, &Pending) == Success && Mig)
    Result.Notes.push_back("MIG is on: the counter covers the whole card, other instances' work included");
  Result.M = std::make_unique<NvmlMeter>(std::move(Lib), Gpu);
  return Result;
}

} // namespace energy::measure
