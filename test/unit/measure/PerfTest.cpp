// perf_event power/energy-* with injected system calls.
#include "EnergyClock.h"
#include "TestSupport.h"
#include <cerrno>
#include <gtest/gtest.h>
#include <map>

using namespace energy::measure;
using namespace energy::measure::test;

namespace {
struct FakePerf {
  Tree T;
  std::map<int, uint64_t> Values; ///< by descriptor: 1000 * CPU + event
  int OpenError = 0;
  int Closed = 0;

  FakePerf() {
    const std::string Power = "sys/bus/event_source/devices/power/";
    T.write(Power + "type", "21");
    T.write(Power + "cpumask", "0,28");
    event("energy-pkg", "0x02");
    event("energy-ram", "0x03");
    event("energy-psys", "0x05");
  }
  void event(const std::string &Name, const std::string &Config) const {
    const std::string Base = "sys/bus/event_source/devices/power/events/" + Name;
    T.write(Base, "event=" + Config);
    T.write(Base + ".scale", "2.3283064365386962890625e-10");
    T.write(Base + ".unit", "Joules");
  }
  MeterContext context() {
    MeterContext C;
    C.Root = T.root();
    C.Perf.Open = [this](uint32_t Type, uint64_t Config, unsigned Cpu) {
      EXPECT_EQ(Type, 21u);
      if (OpenError)
        return -OpenError;
      int Fd = static_cast<int>(1000 * Cpu + Config);
      Values[Fd] = 0;
      return Fd;
    };
    C.Perf.Read = [this](int Fd, uint64_t &Value) {
      auto It = Values.find(Fd);
      errno = ENODEV;
      return It != Values.end() && (Value = It->second, true);
    };
    C.Perf.Close = [this](int) { ++Closed; };
    return C;
  }
};
constexpr double JoulesToUnits = 4294967296.0;

TEST(Perf, SumsSocketsAndKeepsDramApart) {
  FakePerf P;
  MeterContext Context = P.context();
  Opened R = findMeter("perf")->Open(Context);
  ASSERT_TRUE(R.M);
  ASSERT_EQ(R.M->counters().size(), 4u); // psys is left alone
  ManualClock Time;
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(*R.M, Time, NoGuard);
  Snapshot Begin = Sums.snapshot();
  Time.TimeS += 1;
  P.Values[2] = static_cast<uint64_t>(30 * JoulesToUnits);
  P.Values[28002] = static_cast<uint64_t>(20 * JoulesToUnits);
  P.Values[3] = P.Values[28003] = static_cast<uint64_t>(2 * JoulesToUnits);
  WindowEnergy W = Sums.between(Begin, Sums.snapshot());
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_NEAR(W.Joules, 50, 1e-6);
  EXPECT_NEAR(W.DramJ.value_or(-1), 4, 1e-6);
}

TEST(Perf, ALostReadIsBad) {
  FakePerf P;
  MeterContext Context = P.context();
  Opened R = findMeter("perf")->Open(Context);
  ASSERT_TRUE(R.M);
  ManualClock Time;
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(*R.M, Time, NoGuard);
  Snapshot Begin = Sums.snapshot();
  Time.TimeS += 1;
  P.Values[2] = static_cast<uint64_t>(30 * JoulesToUnits);
  P.Values.erase(28002);
  WindowEnergy W = Sums.between(Begin, Sums.snapshot());
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("perf event 'package-1'"), std::string::npos) << W.Why;
}

TEST(Perf, DeniedIsSaidWithTheCommandThatHelps) {
  FakePerf P;
  P.OpenError = EACCES;
  MeterContext Context = P.context();
  Opened R = findMeter("perf")->Open(Context);
  EXPECT_FALSE(R.M);
  ASSERT_FALSE(R.Obstacles.empty());
  EXPECT_NE(R.Obstacles[0].What.find("Permission denied"), std::string::npos);
  EXPECT_NE(R.Obstacles[0].Fix.find("perf_event_paranoid=0"), std::string::npos);
  EXPECT_NE(R.Obstacles[0].Fix.find("cap_perfmon"), std::string::npos);
}

TEST(Perf, NoPowerDeviceIsNoMeter) {
  Tree Empty;
  MeterContext Context;
  Context.Root = Empty.root();
  Opened R = findMeter("perf")->Open(Context);
  EXPECT_FALSE(R.M);
  ASSERT_EQ(R.Obstacles.size(), 1u);
}

TEST(Perf, EventsNotInJoulesAreRefused) {
  FakePerf P;
  P.T.write("sys/bus/event_source/devices/power/events/energy-pkg.unit", "mWh");
  MeterContext Context = P.context();
  EXPECT_FALSE(findMeter("perf")->Open(Context).M);
}

TEST(Perf, DescriptorsAreClosed) {
  FakePerf P;
  MeterContext Context = P.context();
  findMeter("perf")->Open(Context).M.reset();
  EXPECT_EQ(P.Closed, 4);
}
} // namespace
