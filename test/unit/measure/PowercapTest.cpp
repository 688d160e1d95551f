// RAPL zones on an injected sysfs tree: which are counted, and what happens to
// a window when one wraps, stands still, goes backwards, or cannot be read.
#include "EnergyClock.h"
#include "TestSupport.h"
#include <gtest/gtest.h>

using namespace energy::measure;
using namespace energy::measure::test;

namespace {
Opened openTree(const Tree &T, Clock &Time) {
  MeterContext Context;
  Context.Root = T.root();
  Context.Time = &Time;
  return findMeter("powercap")->Open(Context);
}
std::vector<std::string> names(const Meter &M) {
  std::vector<std::string> Names;
  for (const CounterInfo &C : M.counters())
    Names.push_back(C.Name);
  return Names;
}

/// One socket with DRAM, core and psys, read through an EnergyClock.
struct OneSocket {
  Tree T;
  ManualClock Time;
  Opened Result;
  std::unique_ptr<EnergyClock> Sums;

  OneSocket() {
    T.zone("intel-rapl:0", "package-0", 1'000'000);
    T.zone("intel-rapl:0:0", "core", 500'000);
    T.zone("intel-rapl:0:1", "dram", 200'000);
    T.zone("intel-rapl:1", "psys", 9'000'000);
    Result = openTree(T, Time);
    EnergyClock::Options NoGuard;
    NoGuard.GuardThread = false;
    Sums = std::make_unique<EnergyClock>(*Result.M, Time, NoGuard);
  }
  Snapshot at(double AfterS, uint64_t PackageUj, uint64_t DramUj) {
    Time.TimeS += AfterS;
    T.energy("intel-rapl:0", PackageUj);
    T.energy("intel-rapl:0:1", DramUj);
    return Sums->snapshot();
  }
};

TEST(Powercap, PackageAndDramAreKeptApartAndNothingElseIsAdded) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'000'000, 200'000);
  S.T.energy("intel-rapl:0:0", 40'500'000);
  S.T.energy("intel-rapl:1", 90'000'000);
  Snapshot End = S.at(1, 51'000'000, 3'200'000);
  WindowEnergy W = S.Sums->between(Begin, End);
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_DOUBLE_EQ(W.Joules, 50);
  ASSERT_TRUE(W.DramJ);
  EXPECT_DOUBLE_EQ(*W.DramJ, 3);
}

TEST(Powercap, MmioZoneOfASocketCountsOnce) {
  Tree T;
  ManualClock Time;
  T.zone("intel-rapl:0", "package-0", 1);
  T.zone("intel-rapl:0:0", "dram", 1);
  T.zone("intel-rapl-mmio:0", "package-0", 1);
  T.zone("intel-rapl-mmio:0:0", "dram", 1);
  Opened R = openTree(T, Time);
  ASSERT_TRUE(R.M);
  EXPECT_EQ(names(*R.M), (std::vector<std::string>{"package-0", "dram-0"}));
  ASSERT_EQ(R.Notes.size(), 2u);
  EXPECT_NE(R.Notes[0].find("'intel-rapl-mmio:0"), std::string::npos) << R.Notes[0];
}

TEST(Powercap, MmioZoneIsUsedWhereTheMsrOneCannotBeRead) {
  Tree T;
  ManualClock Time;
  T.zone("intel-rapl:0", "package-0", 1);
  T.zone("intel-rapl-mmio:0", "package-0", 7);
  T.makeUnreadable("sys/class/powercap/intel-rapl:0/energy_uj");
  Opened R = openTree(T, Time);
  ASSERT_TRUE(R.M);
  std::vector<CounterRead> Reads;
  R.M->read(Reads);
  ASSERT_EQ(Reads.size(), 1u);
  EXPECT_TRUE(Reads[0].Ok);
  EXPECT_EQ(Reads[0].Units, 7u);
}

TEST(Powercap, AllSocketsAreSummed) {
  Tree T;
  ManualClock Time;
  T.zone("intel-rapl:0", "package-0", 0);
  T.zone("intel-rapl:1", "package-1", 0);
  T.zone("intel-rapl:0:0", "dram", 0);
  T.zone("intel-rapl:1:0", "dram", 0);
  Opened R = openTree(T, Time);
  ASSERT_TRUE(R.M);
  EXPECT_EQ(R.M->counters().size(), 4u);
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(*R.M, Time, NoGuard);
  Snapshot Begin = Sums.snapshot();
  Time.TimeS += 1;
  T.energy("intel-rapl:0", 30'000'000);
  T.energy("intel-rapl:1", 40'000'000);
  T.energy("intel-rapl:0:0", 1'000'000);
  T.energy("intel-rapl:1:0", 2'000'000);
  WindowEnergy W = Sums.between(Begin, Sums.snapshot());
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_DOUBLE_EQ(W.Joules, 70);
  EXPECT_DOUBLE_EQ(W.DramJ.value_or(-1), 3);
}

TEST(Powercap, OneUnreadableSocketOfTwoIsNoMeter) {
  Tree T;
  ManualClock Time;
  T.zone("intel-rapl:0", "package-0", 0);
  T.zone("intel-rapl:1", "package-1", 0);
  T.makeUnreadable("sys/class/powercap/intel-rapl:1/energy_uj");
  Opened R = openTree(T, Time);
  EXPECT_FALSE(R.M);
  ASSERT_EQ(R.Obstacles.size(), 2u);
  EXPECT_NE(R.Obstacles[0].Fix.find("sudo chmod a+r"), std::string::npos);
}

TEST(Powercap, AmdHasPackageAndCoreZones) {
  Tree T;
  ManualClock Time;
  T.zone("intel-rapl:0", "package-0", 5, 65'532'610'987);
  T.zone("intel-rapl:0:0", "core", 5, 65'532'610'987);
  Opened R = openTree(T, Time);
  ASSERT_TRUE(R.M);
  EXPECT_EQ(R.M->counters()[0].Kind, CounterKind::Package);
  EXPECT_EQ(R.M->counters()[1].Kind, CounterKind::Core);
}

TEST(Powercap, NoZoneIsSaidWithACommand) {
  Tree T;
  ManualClock Time;
  Opened R = openTree(T, Time);
  EXPECT_FALSE(R.M);
  ASSERT_EQ(R.Obstacles.size(), 1u);
  EXPECT_EQ(R.Obstacles[0].Fix, "sudo modprobe intel_rapl_msr");
}

TEST(Powercap, WrapsUnderFullLoadAreAddedUp) {
  // 280 W for 1,000 s: 280 kJ, four wraps of a 65.5 kJ counter.
  OneSocket S;
  constexpr uint64_t Range = 65'532'610'987;
  uint64_t Package = 1'000'000, Dram = 200'000;
  Snapshot Begin = S.at(0.01, Package, Dram), End = Begin;
  unsigned Wraps = 0;
  for (int Step = 0; Step < 500; ++Step) {
    Package += 560'000'000; // 2 s at 280 W
    Dram += 5'000'000;
    if (Package > Range) {
      Package -= Range;
      ++Wraps;
    }
    End = S.at(2, Package, Dram);
  }
  EXPECT_EQ(Wraps, 4u);
  WindowEnergy W = S.Sums->between(Begin, End);
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_NEAR(W.Joules, 280'000, 1e-3);
}

TEST(Powercap, AGapInWhichTheCounterMayHaveWrappedIsBad) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'000'000, 200'000);
  WindowEnergy W = S.Sums->between(Begin, S.at(40, 2'000'000, 300'000));
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("may have wrapped unseen"), std::string::npos) << W.Why;
  EXPECT_EQ(W.Joules, 0);
}

TEST(Powercap, AStuckCounterIsBad) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'500'000, 210'000);
  WindowEnergy W = S.Sums->between(Begin, S.at(1, 1'500'000, 3'210'000));
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("'package-0' stood still"), std::string::npos) << W.Why;
}

TEST(Powercap, ACounterThatStopsHalfWayIsBad) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'500'000, 210'000);
  S.at(0.5, 20'000'000, 300'000);
  S.at(0.5, 20'000'000, 400'000);
  WindowEnergy W = S.Sums->between(Begin, S.at(0.5, 20'000'000, 500'000));
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("stood still for 1 s"), std::string::npos) << W.Why;
}

TEST(Powercap, ACounterThatGoesBackwardsIsBad) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 30'000'000, 210'000);
  Snapshot End = S.at(1, 29'000'000, 300'000);
  WindowEnergy W = S.Sums->between(Begin, End);
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("went backwards"), std::string::npos) << W.Why;
  // The next window is good again.
  W = S.Sums->between(End, S.at(1, 69'000'000, 400'000));
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_DOUBLE_EQ(W.Joules, 40);
}

TEST(Powercap, AnImpossibleJumpIsBad) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'000'000, 200'000);
  WindowEnergy W = S.Sums->between(Begin, S.at(1, 30'000'000'000, 300'000));
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("jumped by"), std::string::npos) << W.Why;
}

TEST(Powercap, AnUnreadableFileIsBadAndNeverZero) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'000'000, 200'000);
  S.T.write("sys/class/powercap/intel-rapl:0/energy_uj", "n/a");
  S.Time.TimeS += 0.5;
  S.Sums->snapshot(); // what the guard would do
  WindowEnergy W = S.Sums->between(Begin, S.at(0.5, 51'000'000, 300'000));
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("cannot be read"), std::string::npos) << W.Why;
}

TEST(Powercap, AZoneThatVanishesIsBadAndMayComeBack) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'000'000, 200'000);
  S.T.remove("sys/class/powercap/intel-rapl:0");
  S.Time.TimeS += 1;
  WindowEnergy W = S.Sums->between(Begin, S.Sums->snapshot());
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("No such file"), std::string::npos) << W.Why;
  S.T.zone("intel-rapl:0", "package-0", 80'000'000);
  Begin = S.Sums->snapshot();
  W = S.Sums->between(Begin, S.at(1, 90'000'000, 300'000));
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_DOUBLE_EQ(W.Joules, 10);
}

TEST(Powercap, ALostDramReadLosesOnlyTheDramFigure) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'000'000, 200'000);
  S.T.remove("sys/class/powercap/intel-rapl:0:1");
  S.Time.TimeS += 1;
  S.T.energy("intel-rapl:0", 21'000'000);
  WindowEnergy W = S.Sums->between(Begin, S.Sums->snapshot());
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_DOUBLE_EQ(W.Joules, 20);
  EXPECT_FALSE(W.DramJ);
}

TEST(Powercap, ValueBeyondTheRangeIsBad) {
  OneSocket S;
  Snapshot Begin = S.at(0.01, 1'000'000, 200'000);
  WindowEnergy W = S.Sums->between(Begin, S.at(1, 99'000'000'000, 300'000));
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("beyond its range"), std::string::npos) << W.Why;
}

TEST(Powercap, ReadingCostsUnderOnePercentOfAWindow) {
  OneSocket S;
  constexpr int Reads = 200;
  const double BeginS = steadyClock().nowS();
  for (int I = 0; I < Reads; ++I)
    S.Sums->snapshot();
  const double EachS = (steadyClock().nowS() - BeginS) / Reads;
  // Two by the window itself, four a second by the guard.
  EXPECT_LT((2 + 4 * S.Result.M->minWindowS()) * EachS, 0.01 * S.Result.M->minWindowS());
}

TEST(EnergyClock, TheGuardThreadSeesWrapsThatTheCallerSleepsThrough) {
  MeterContext Context;
  struct FastMeter final : Meter {
    std::vector<CounterInfo> Infos{{"package-0", CounterKind::Package, 1e-6, 2'000'000}};
    const char *name() const override { return "fast"; }
    Basis basis() const override { return Basis::Fake; }
    const std::vector<CounterInfo> &counters() const override { return Infos; }
    double expectedRefreshS() const override { return 1e-3; }
    void read(std::vector<CounterRead> &Out) override { // 10 W: wraps every 0.2 s
      Out.assign(1, {static_cast<uint64_t>(steadyClock().nowS() * 10e6) % 2'000'000, true, {}});
    }
  } M;
  EnergyClock::Options O;
  O.MaxPowerW = 20; // polls every 25 ms
  EnergyClock Sums(M, steadyClock(), O);
  WindowEnergy W;
  for (int Try = 0; Try < 10 && !W.Good; ++Try) { // a busy machine may keep the guard waiting, which it then says
    const Snapshot Begin = Sums.snapshot();
    steadyClock().sleepS(0.7);
    W = Sums.between(Begin, Sums.snapshot());
  }
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_NEAR(W.Joules, 10 * W.Seconds, 0.02 * 10 * W.Seconds);
}

TEST(EnergyClock, AReadingThatTakesLongMakesTheWindowBad) {
  struct SlowMeter final : Meter {
    ManualClock &Time;
    double TakesS = 0;
    explicit SlowMeter(ManualClock &Time) : Time(Time) {}
    std::vector<CounterInfo> Infos{{"package-0", CounterKind::Package, 1e-6, 0}};
    const char *name() const override { return "slow"; }
    Basis basis() const override { return Basis::Fake; }
    const std::vector<CounterInfo> &counters() const override { return Infos; }
    double expectedRefreshS() const override { return 1e-3; }
    void read(std::vector<CounterRead> &Out) override {
      Out.assign(1, {static_cast<uint64_t>(Time.TimeS * 50e6), true, {}});
      Time.TimeS += TakesS;
    }
  };
  ManualClock Time;
  SlowMeter M(Time);
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(M, Time, NoGuard);
  const auto Window = [&](double LastTakesS) {
    M.TakesS = 0;
    const Snapshot Begin = Sums.snapshot();
    Time.TimeS += 1;
    M.TakesS = LastTakesS;
    return Sums.between(Begin, Sums.snapshot());
  };
  EXPECT_TRUE(Window(0.015).Good); // half of it at most is wrong
  const WindowEnergy W = Window(0.03);
  EXPECT_FALSE(W.Good);
  EXPECT_EQ(W.Joules, 0);
  EXPECT_NE(W.Why.find("reading the counters took 0.015 s"), std::string::npos) << W.Why;
  // A slow counter is no reason to refuse the meter: its windows are long.
  M.TakesS = 0.02;
  EXPECT_EQ(characterise(M, Time, 1).Trouble, "");
}

TEST(EnergyClock, CharacteriseFindsRefreshAndResolution) {
  struct TickMeter final : Meter {
    ManualClock &Time;
    explicit TickMeter(ManualClock &Time) : Time(Time) {}
    std::vector<CounterInfo> Infos{{"package-0", CounterKind::Package, 1e-6, 0}};
    const char *name() const override { return "tick"; }
    Basis basis() const override { return Basis::Fake; }
    const std::vector<CounterInfo> &counters() const override { return Infos; }
    double expectedRefreshS() const override { return 0.05; }
    void read(std::vector<CounterRead> &Out) override { // 100 W in steps of 50 ms; a read takes 1 ms
      Time.TimeS += 0.001;
      Out.assign(1, {static_cast<uint64_t>(Time.TimeS / 0.05) * 5'000'000, true, {}});
    }
  };
  ManualClock Time;
  TickMeter M(Time);
  Characteristics C = characterise(M, Time, 5);
  EXPECT_NEAR(C.RefreshS, 0.05, 0.002);
  EXPECT_DOUBLE_EQ(C.ResolutionJ, 5);
  EXPECT_NEAR(C.ReadCostS, 0.001, 1e-5);
  EXPECT_NEAR(C.PowerW, 100, 3);
  EXPECT_TRUE(C.Trouble.empty()) << C.Trouble;
}
} // namespace
