/// \file
/// Two meters that measure nothing and say so: time multiplied by a given
/// power, only on explicit request, and a fake for tests of everything above.
#include "Meter.h"
#include <cmath>

namespace energy::measure {
namespace {

/// Joules = watts x seconds in steps of one refresh.
class TimeMeter final : public Meter {
  const char *Name;
  Basis TheBasis;
  double Watts, RefreshS, MinWindow;
  Clock &Time;
  double StartS;
  std::vector<CounterInfo> Infos;

public:
  TimeMeter(const char *Name, Basis B, double Watts, double RefreshS, double MinWindow, uint64_t Range, Clock &Time)
      : Name(Name), TheBasis(B), Watts(Watts), RefreshS(RefreshS), MinWindow(MinWindow), Time(Time), StartS(Time.nowS()),
        Infos{{"time-0", CounterKind::Time, 1e-6, Range}} {}
  const char *name() const override { return Name; }
  Basis basis() const override { return TheBasis; }
  const std::vector<CounterInfo> &counters() const override { return Infos; }
  double expectedRefreshS() const override { return RefreshS; }
  double minWindowS() const override { return MinWindow; }
  void read(std::vector<CounterRead> &Out) override {
    double Elapsed = Time.nowS() - StartS;
    if (RefreshS > 0)
      Elapsed = std::floor(Elapsed / RefreshS) * RefreshS;
    auto Units = static_cast<uint64_t>(Elapsed * Watts * 1e6);
    if (uint64_t Range = Infos[0].RangeUnits)
      Units %= Range;
    Out.assign(1, {Units, true, {}});
  }
};
} // namespace

Opened openModel(const MeterContext &Context) {
  Opened Result;
  if (Context.Watts > 0 && Context.Watts < 1e5)
    Result.M = std::make_unique<TimeMeter>("model", Basis::Modelled, Context.Watts, 1e-6, 0.02, 0, Context.clock());
  else
    Result.Obstacles.push_back({"the power to multiply time with is not given", "energy-measure run --meter model --watts 65"});
  return Result;
}

Opened openFake(const MeterContext &Context) {
  constexpr double FakeWatts = 50;
  constexpr uint64_t FakeRange = 2'000'000'000; // 2 kJ: wraps every 40 s, so that a run sees wraps
  Opened Result;
  Result.M = std::make_unique<TimeMeter>("fake", Basis::Fake, FakeWatts, 1e-5, 0.005, FakeRange, Context.clock());
  return Result;
}

} // namespace energy::measure
