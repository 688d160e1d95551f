#include "Benchmark.h"
#include "Judge.h"
#include <chrono>
#include <ctime>
#include <sys/resource.h>

using namespace energy;
using namespace energy::fit;

namespace {
using Clock = std::chrono::steady_clock;
double secondsSince(Clock::time_point Start) {
  return std::chrono::duration<double>(Clock::now() - Start).count();
}
/// CPU time of all threads so far: what other programs do meanwhile is not in it.
double cpuSeconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

/// Mean nanoseconds of Work(observation) over the observations, for about 0.3 s.
template <class F> double nanoseconds(const std::vector<const Observation *> &Rows, F Work) {
  if (Rows.empty())
    return 0;
  volatile double Sink = 0;
  double Start = cpuSeconds();
  size_t Calls = 0;
  while (cpuSeconds() - Start < 0.3) {
    for (const Observation *O : Rows)
      Sink = Sink + Work(*O);
    Calls += Rows.size();
  }
  return 1e9 * (cpuSeconds() - Start) / double(Calls);
}
} // namespace

BenchmarkResult energy::fit::runBenchmark(const Recipe &R, const std::vector<Observation> &Data) {
  BenchmarkResult B;
  Clock::time_point Start = Clock::now();
  double CpuStart = cpuSeconds();
  DeviceProfile Profile = parseProfile(fitProfile(R, Data, {}));
  B.FitSeconds = secondsSince(Start);
  B.FitCpuSeconds = cpuSeconds() - CpuStart;
  rusage Usage{};
  getrusage(RUSAGE_SELF, &Usage);
  B.PeakMegabytes = double(Usage.ru_maxrss) / 1024;
  std::vector<const Observation *> Physical, Residual;
  for (const Observation &O : Data)
    for (size_t I = 0; I < R.Types.size(); ++I)
      if (R.Types[I].covers(O))
        (Profile.Types[I].Residual ? Residual : Physical).push_back(&O);
  auto Predict = [&](const Observation &O) {
    return estimateJoules(Profile, O.Call, O.Cost, O.When);
  };
  B.PhysicalNanoseconds = nanoseconds(Physical, Predict);
  B.ResidualNanoseconds = nanoseconds(Residual, Predict);
  B.ExplainedNanoseconds = nanoseconds(Physical, [&](const Observation &O) {
    return estimate(Profile, O.Call, O.Cost, O.When).MeanJoules;
  });
  return B;
}
