// The NVML meter against a stand-in for libnvidia-ml that the tests build.
#include "EnergyClock.h"
#include "TestSupport.h"
#include <dlfcn.h>
#include <gtest/gtest.h>

using namespace energy::measure;
using namespace energy::measure::test;

namespace {
ManualClock TheClock;

class Nvml : public testing::Test {
protected:
  void *Handle = dlopen(FAKE_NVML, RTLD_NOW);
  MeterContext Context;

  template <typename F> F *steer(const char *Name) { return reinterpret_cast<F *>(dlsym(Handle, Name)); }
  void SetUp() override {
    ASSERT_NE(Handle, nullptr) << dlerror();
    TheClock.TimeS = 1000;
    steer<void(double (*)())>("fakeNvmlReset")(+[] { return TheClock.TimeS; });
    Context.NvmlLibrary = FAKE_NVML;
    Context.Time = &TheClock;
  }
  void TearDown() override { dlclose(Handle); }
  Opened open() { return findMeter("nvml")->Open(Context); }
};

TEST_F(Nvml, ReadsMillijoules) {
  Opened R = open();
  ASSERT_TRUE(R.M);
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(*R.M, TheClock, NoGuard);
  Snapshot Begin = Sums.snapshot();
  TheClock.TimeS += 5;
  WindowEnergy W = Sums.between(Begin, Sums.snapshot());
  ASSERT_TRUE(W.Good) << W.Why;
  EXPECT_NEAR(W.Joules, 1500, 1e-6);
}

TEST_F(Nvml, AWindowSpansFiftyRefreshes) {
  Opened R = open();
  ASSERT_TRUE(R.M);
  EXPECT_GE(R.M->minWindowS(), 50 * R.M->expectedRefreshS());
  // A card that refreshes more slowly than expected gets longer windows still.
  EnergyClock::Options Slow;
  Slow.GuardThread = false;
  Slow.RefreshS = 0.3;
  EXPECT_DOUBLE_EQ(EnergyClock(*R.M, TheClock, Slow).windowS(1), 15);
}

TEST_F(Nvml, ClockTemperatureAndProcessesOfTheCard) {
  Opened R = open();
  ASSERT_TRUE(R.M);
  steer<void(unsigned)>("fakeNvmlProcesses")(3);
  std::optional<CardCondition> C = R.M->cardCondition();
  ASSERT_TRUE(C);
  EXPECT_EQ(C->ClockMhz, 1410);
  EXPECT_EQ(C->TemperatureC, 55);
  EXPECT_EQ(C->Processes, 3u);
}

TEST_F(Nvml, CrossCheckAcceptsAnHonestCounter) {
  Opened R = open();
  ASSERT_TRUE(R.M);
  EXPECT_EQ(R.M->crossCheck(TheClock), "");
}

TEST_F(Nvml, CrossCheckIsNotMisledByWhatRanBefore) {
  Opened R = open();
  ASSERT_TRUE(R.M);
  steer<void(double, double)>("fakeNvmlLoad")(550, TheClock.TimeS);
  EXPECT_EQ(R.M->crossCheck(TheClock), "");
}

TEST_F(Nvml, ACounterThatNeverWrapsIsReadOnceASecond) {
  Opened R = open(); // a reading takes 4 ms in a virtual machine: a window's must stay below 1 % of it
  ASSERT_TRUE(R.M);
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EXPECT_DOUBLE_EQ(EnergyClock(*R.M, TheClock, NoGuard).pollIntervalS(), 1);
}

TEST_F(Nvml, CrossCheckRefusesBeyondFivePercent) {
  steer<void(double)>("fakeNvmlScale")(1.08);
  Opened R = open();
  ASSERT_TRUE(R.M);
  EXPECT_NE(R.M->crossCheck(TheClock).find("more than 5 %"), std::string::npos);
}

TEST_F(Nvml, CrossCheckToleratesFourPercent) {
  steer<void(double)>("fakeNvmlScale")(0.97);
  Opened R = open();
  ASSERT_TRUE(R.M);
  EXPECT_EQ(R.M->crossCheck(TheClock), "");
}

TEST_F(Nvml, CrossCheckSeesAStuckCounter) {
  Opened R = open();
  ASSERT_TRUE(R.M);
  steer<void(double)>("fakeNvmlStuckFrom")(TheClock.TimeS);
  EXPECT_NE(R.M->crossCheck(TheClock).find("stood still"), std::string::npos);
}

TEST_F(Nvml, ALostGpuMakesTheWindowBad) {
  Opened R = open();
  ASSERT_TRUE(R.M);
  EnergyClock::Options NoGuard;
  NoGuard.GuardThread = false;
  EnergyClock Sums(*R.M, TheClock, NoGuard);
  Snapshot Begin = Sums.snapshot();
  TheClock.TimeS += 5;
  steer<void(int)>("fakeNvmlFail")(15);
  WindowEnergy W = Sums.between(Begin, Sums.snapshot());
  EXPECT_FALSE(W.Good);
  EXPECT_NE(W.Why.find("GPU is lost"), std::string::npos) << W.Why;
}

TEST_F(Nvml, AnOldGpuWithoutCounterIsSaid) {
  steer<void(int)>("fakeNvmlFail")(3);
  Opened R = open();
  EXPECT_FALSE(R.M);
  ASSERT_EQ(R.Obstacles.size(), 1u);
  EXPECT_NE(R.Obstacles[0].What.find("no total energy counter: Not Supported"), std::string::npos);
}

TEST_F(Nvml, GpuByUuidAndUnknownGpu) {
  Context.Gpu = "GPU-fake";
  EXPECT_TRUE(open().M);
  Context.Gpu = "7";
  Opened R = open();
  EXPECT_FALSE(R.M);
  EXPECT_EQ(R.Obstacles.at(0).Fix, "nvidia-smi -L");
}

TEST_F(Nvml, MigIsNoted) {
  steer<void(unsigned)>("fakeNvmlMig")(1);
  Opened R = open();
  ASSERT_EQ(R.Notes.size(), 1u);
  EXPECT_NE(R.Notes[0].find("whole card"), std::string::npos);
}

TEST_F(Nvml, AMachineWithoutTheLibraryIsSaidNotFatal) {
  Context.NvmlLibrary = "libdoes-not-exist.so.1";
  Opened R = open();
  EXPECT_FALSE(R.M);
  ASSERT_EQ(R.Obstacles.size(), 1u);
  EXPECT_NE(R.Obstacles[0].What.find("cannot load"), std::string::npos);
}
} // namespace
