// The meter's test by work of known size, with the modelled meter: the code path
// of a machine with counters.
#include "FakeWork.h"
#include "KnownWork.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace energy::measure;
using namespace energy::measure::test;

namespace {
KnownWorkOptions quick() {
  KnownWorkOptions O;
  O.Rounds = 5;
  O.Protocol.WindowS = 0.02;
  return O;
}

/// Counts joules of CPU time that this process used: what other processes do on
/// a busy build machine must not decide this test.
class OwnTimeMeter final : public Meter {
public:
  double Exponent = 1; ///< 1: an honest counter
  std::vector<CounterInfo> Infos{{"package-0", CounterKind::Package, 1e-9, 0}};
  const char *name() const override { return "own-time"; }
  Basis basis() const override { return Basis::Fake; }
  const std::vector<CounterInfo> &counters() const override { return Infos; }
  double expectedRefreshS() const override { return 1e-6; }
  double minWindowS() const override { return 0.02; }
  void read(std::vector<CounterRead> &Out) override {
    const double Seconds = cpuTimes("/", 0).OwnS;
    Out.assign(1, {static_cast<uint64_t>(std::pow(Seconds, Exponent) * 1e9), true, {}});
  }
};

/// Sizes the work by the same time: on a busy machine most of a second is others'.
class OwnTimeClock final : public Clock {
public:
  double nowS() override { return cpuTimes("/", 0).OwnS; }
  void sleepS(double Seconds) override { steadyClock().sleepS(Seconds); }
};

TEST(KnownWork, TwiceTheWorkIsTwiceTheEnergy) {
  OwnTimeMeter M;
  OwnTimeClock Time;
  EnergyClock Sums(M, Time);
  Surroundings Around{Sums, "/", {}, [] { return false; }};
  KnownWorkOptions Options = quick();
  Options.Tolerance = 0.15; // a loaded machine
  for (const KnownWorkResult &R : runKnownWork(Around, cpuWork(1), Options)) {
    EXPECT_TRUE(R.Trouble.empty()) << R.Trouble;
    EXPECT_NEAR(R.Ratio, 2, 0.6) << R.Work;
    EXPECT_GT(R.LargeJ, R.SmallJ) << R.Work;
  }
}

TEST(KnownWork, ADevicesWorkIsRunThroughLibTorch) {
  ManualClock Time;
  SteadyMeter M(Time);
  FakeBackend Torch(Time);
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(M, Time, NoGuard);
  Surroundings Around{Sums, "/", {}, [] { return false; }};
  std::vector<KnownWorkResult> All = runKnownWork(Around, deviceWork(Torch, "cuda"), quick());
  ASSERT_EQ(All.size(), 2u);
  for (const KnownWorkResult &R : All) {
    EXPECT_TRUE(R.Passed) << R.Trouble;
    EXPECT_NEAR(R.Ratio, 2, 1e-6) << R.Work;
  }
  EXPECT_NE(Torch.Prepared.at(0).find("aten::mm"), std::string::npos);
  EXPECT_NE(Torch.Prepared.at(0).find("cuda"), std::string::npos);
}

TEST(KnownWork, ADeadMeterGivesAReasonAndNoFigure) {
  ManualClock Frozen;
  SteadyMeter M(Frozen);
  M.Readable = false;
  EnergyClock Sums(M, steadyClock());
  Surroundings Around{Sums, "/", {}, [] { return false; }};
  for (const KnownWorkResult &R : runKnownWork(Around, cpuWork(1), quick())) {
    EXPECT_FALSE(R.Passed);
    EXPECT_NE(R.Trouble.find("cannot be read"), std::string::npos) << R.Trouble;
    EXPECT_NE(knownWorkLine(R).find("\"ratio\":null"), std::string::npos);
  }
}

TEST(KnownWork, AMeterThatCountsIdleTimeOnlyFails) {
  // Same energy whatever the work: the ratio is 1.
  struct LyingMeter final : Meter {
    uint64_t Reads = 0;
    std::vector<CounterInfo> Infos{{"package-0", CounterKind::Package, 1e-3, 0}};
    const char *name() const override { return "lying"; }
    Basis basis() const override { return Basis::Fake; }
    const std::vector<CounterInfo> &counters() const override { return Infos; }
    double expectedRefreshS() const override { return 1e-3; }
    double minWindowS() const override { return 0.02; }
    void read(std::vector<CounterRead> &Out) override { Out.assign(1, {Reads += 10, true, {}}); }
  } M;
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(M, steadyClock(), NoGuard);
  Surroundings Around{Sums, "/", {}, [] { return false; }};
  for (const KnownWorkResult &R : runKnownWork(Around, cpuWork(1), quick())) {
    EXPECT_NEAR(R.Ratio, 1, 1e-6);
    EXPECT_FALSE(R.Passed);
  }
}
} // namespace
