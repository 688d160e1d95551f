// A stand-in for libnvidia-ml: one GPU at constant power whose counter refreshes
// every 100 ms and whose power reading is the average of the last second, as an H100's
// is. Tests steer it through fakeNvml*().
#include <cmath>
#include <cstring>

namespace {
double (*Now)() = nullptr;
double Watts = 300, CounterScale = 1, StuckSinceS = 1e300, LoadUntilS = 0, LoadWatts = 0;
int Failure = 0;
unsigned Mig = 0, Processes = 1;
} // namespace

extern "C" {
void fakeNvmlReset(double (*TheNow)()) {
  Now = TheNow;
  Watts = 300;
  CounterScale = 1;
  StuckSinceS = 1e300;
  LoadUntilS = LoadWatts = 0;
  Failure = 0;
  Mig = 0;
  Processes = 1;
}
void fakeNvmlProcesses(unsigned Count) { Processes = Count; }
/// That many watts more until this time.
void fakeNvmlLoad(double More, double UntilS) {
  LoadWatts = More;
  LoadUntilS = UntilS;
}
void fakeNvmlScale(double Scale) { CounterScale = Scale; }
void fakeNvmlStuckFrom(double TimeS) { StuckSinceS = TimeS; }
void fakeNvmlFail(int Code) { Failure = Code; }
void fakeNvmlMig(unsigned Mode) { Mig = Mode; }

int nvmlInit_v2() { return 0; }
int nvmlShutdown() { return 0; }
const char *nvmlErrorString(int Code) { return Code == 15 ? "GPU is lost" : Code == 3 ? "Not Supported" : "Not Found"; }
int nvmlDeviceGetHandleByIndex_v2(unsigned Index, void **Device) {
  static int TheGpu;
  *Device = &TheGpu;
  return Index == 0 ? 0 : 6;
}
int nvmlDeviceGetHandleByUUID(const char *Uuid, void **Device) {
  return std::strcmp(Uuid, "GPU-fake") == 0 ? nvmlDeviceGetHandleByIndex_v2(0, Device) : 6;
}
int nvmlDeviceGetTotalEnergyConsumption(void *, unsigned long long *Millijoules) {
  if (Failure)
    return Failure;
  const double TimeS = std::floor(std::fmin(Now(), StuckSinceS) * 10 + 1e-6) / 10;
  const double Joules = TimeS * Watts + std::fmin(TimeS, LoadUntilS) * LoadWatts;
  *Millijoules = static_cast<unsigned long long>(Joules * 1000 * CounterScale);
  return 0;
}
int nvmlDeviceGetPowerUsage(void *, unsigned *Milliwatts) {
  const double LoadShare = std::fmin(1, std::fmax(0, LoadUntilS - (Now() - 1)));
  *Milliwatts = static_cast<unsigned>((Watts + LoadWatts * LoadShare) * 1000);
  return 0;
}
int nvmlDeviceGetClockInfo(void *, int Which, unsigned *Mhz) {
  *Mhz = Which == 1 ? 1410 : 0;
  return 0;
}
int nvmlDeviceGetTemperature(void *, int, unsigned *Celsius) {
  *Celsius = 55;
  return 0;
}
int nvmlDeviceGetComputeRunningProcesses_v3(void *, unsigned *Count, void *) {
  const bool Fits = *Count >= Processes;
  *Count = Processes;
  return Fits ? 0 : 7;
}
int nvmlDeviceGetMigMode(void *, unsigned *Current, unsigned *Pending) {
  *Current = *Pending = Mig;
  return 0;
}
}
