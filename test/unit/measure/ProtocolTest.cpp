// How one configuration is measured: windows, repetition, void samples.
#include "FakeWork.h"
#include "Protocol.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace energy::measure;
using namespace energy::measure::test;

namespace {
struct Bench {
  ManualClock Time;
  SteadyMeter M{Time};
  EnergyClock Sums;
  Surroundings Around;
  ProtocolOptions Options;

  static EnergyClock::Options noGuard() {
    EnergyClock::Options O;
    O.GuardThread = false;
    return O;
  }
  Bench() : Sums(M, Time, noGuard()), Around{Sums, "/nowhere/", {}, [] { return false; }} {}
};

TEST(Protocol, EnergyPerCallIsPowerTimesTime) {
  Bench B;
  TimedWork Work(B.Time, 0.002);
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  ASSERT_FALSE(M.Void) << M.Reason;
  EXPECT_NEAR(M.EnergyJ.Value, 0.1, 1e-6);
  EXPECT_NEAR(M.DurationS, 0.002, 1e-9);
  EXPECT_NEAR(M.PowerW, 50, 1e-3);
  EXPECT_EQ(M.Why, Stop::Interval);
  EXPECT_EQ(M.WindowJ.size(), 3u);
  for (double S : M.WindowS)
    EXPECT_GE(S, 1.0);
}

TEST(Protocol, TheMetersWindowIsTheLeast) {
  Bench B;
  B.Options.WindowS = 0.001;
  TimedWork Work(B.Time, 0.002);
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  for (double S : M.WindowS)
    EXPECT_GE(S, B.M.minWindowS());
}

TEST(Protocol, ACallLongerThanAWindowIsOneCall) {
  Bench B;
  TimedWork Work(B.Time, 4);
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  ASSERT_FALSE(M.Void);
  EXPECT_EQ(M.Calls, 3u);
  EXPECT_NEAR(M.EnergyJ.Value, 200, 1e-3);
}

TEST(Protocol, NoiseIsRepeatedUntilTheGreatestNumberOfWindows) {
  Bench B;
  int Calls = 0;
  TimedWork Work(B.Time, 0.01, [&] { B.M.Watts = 50; B.Time.TimeS += (Calls++ / 103) % 2 ? 0.01 : 0; });
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  EXPECT_EQ(M.Why, Stop::Windows);
  EXPECT_EQ(M.WindowJ.size(), B.Options.MaxWindows);
  EXPECT_GT(M.EnergyJ.HalfWidth, B.Options.CiWidth * M.EnergyJ.Value);
}

TEST(Protocol, ASlowNoisyConfigurationStopsWhenItsTimeIsSpent) {
  Bench B;
  int Calls = 0;
  TimedWork Work(B.Time, 10, [&] { B.Time.TimeS += Calls++ % 2 ? 10 : 0; });
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  EXPECT_EQ(M.Why, Stop::Time);
  EXPECT_FALSE(M.Void);
}

TEST(Protocol, WithoutAGoodWindowTheSampleIsVoid) {
  Bench B;
  TimedWork Work(B.Time, 0.01, [&] { B.M.Readable = false; });
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  EXPECT_TRUE(M.Void);
  EXPECT_EQ(M.LostWindows, B.Options.MaxWindows);
  EXPECT_NE(M.Reason.find("cannot be read: gone"), std::string::npos) << M.Reason;
}

TEST(Protocol, ALostWindowIsCountedAndTakenAgain) {
  Bench B;
  int Calls = 0;
  TimedWork Work(B.Time, 0.01, [&] { B.M.Readable = ++Calls < 100 || Calls > 160; });
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  EXPECT_FALSE(M.Void);
  EXPECT_GE(M.LostWindows, 1u);
  EXPECT_EQ(M.WindowJ.size(), 3u);
  EXPECT_NEAR(M.EnergyJ.Value, 0.5, 1e-4);
}

TEST(Protocol, InterruptedInTheFirstWindowIsVoid) {
  Bench B;
  int Calls = 0;
  B.Around.Interrupted = [&] { return Calls > 50; };
  TimedWork Work(B.Time, 0.01, [&] { ++Calls; });
  Measurement M = measureWorkload(Work, B.Around, B.Options);
  EXPECT_TRUE(M.Void);
  EXPECT_EQ(M.Why, Stop::Interrupted);
}

TEST(Protocol, IdlePower) {
  Bench B;
  B.M.Watts = 12;
  EXPECT_NEAR(measureIdle(B.Around, 2).value_or(-1), 12, 1e-3);
  B.M.Readable = false;
  EXPECT_FALSE(measureIdle(B.Around, 2));
}

TEST(Protocol, IntervalOfTheMean) {
  // Five values with standard deviation 1.5811: 2.776 * 1.5811 / sqrt(5).
  Mean M = meanWithInterval({1, 2, 3, 4, 5}, 0.95);
  EXPECT_DOUBLE_EQ(M.Value, 3);
  EXPECT_NEAR(M.HalfWidth, 1.963, 0.001);
  EXPECT_NEAR(meanWithInterval({1, 2, 3, 4, 5}, 0.99).HalfWidth, 3.256, 0.001);
  EXPECT_TRUE(std::isinf(meanWithInterval({1}, 0.95).HalfWidth));
}
} // namespace
