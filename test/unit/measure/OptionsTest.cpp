// The command line.
#include "Options.h"
#include <gtest/gtest.h>

using namespace energy::measure;

namespace {
std::string refusal(const std::vector<std::string> &Arguments) {
  try {
    parseCommandLine(Arguments);
  } catch (const UsageError &E) {
    return E.what();
  }
  return "";
}

TEST(Options, RunIsTheDefaultCommand) {
  CommandLine C = parseCommandLine({"--time", "20m", "--output=x.jsonl", "--threads", "1,4", "--dtype", "bfloat16",
                                    "--phase=forward,forward_backward", "--ops", "conv2d,*pool*", "--max-memory", "512M"});
  EXPECT_EQ(C.Command, "run");
  EXPECT_EQ(C.Session.BudgetS, 1200);
  EXPECT_EQ(C.Session.Output, "x.jsonl");
  EXPECT_EQ(C.Plan.Threads, (std::vector<unsigned>{1, 4}));
  EXPECT_EQ(C.Plan.ElementTypes, (std::vector<std::string>{"bf16"}));
  EXPECT_EQ(C.Plan.Phases.size(), 2u);
  EXPECT_EQ(C.Plan.Operators.size(), 2u);
  EXPECT_EQ(C.Session.MaxMemoryBytes, 512ull << 20);
}

TEST(Options, RefusesWhatItDoesNotUnderstand) {
  EXPECT_NE(refusal({"measure"}).find("no command 'measure'"), std::string::npos);
  EXPECT_NE(refusal({"--tiem", "20m"}).find("unknown option '--tiem'"), std::string::npos);
  EXPECT_NE(refusal({"--time"}).find("needs a value"), std::string::npos);
  EXPECT_NE(refusal({"--time", "soon"}).find("not a duration"), std::string::npos);
  EXPECT_NE(refusal({"--dry-run=yes"}).find("takes no value"), std::string::npos);
  EXPECT_NE(refusal({"--threads", "0"}).find("not a whole number"), std::string::npos);
  EXPECT_NE(refusal({"--dtype", "int64"}).find("not a floating-point"), std::string::npos);
  EXPECT_NE(refusal({"--meter", "sun"}).find("no meter 'sun'"), std::string::npos);
  EXPECT_NE(refusal({"--max-memory", "2"}).find("not a size"), std::string::npos);
  EXPECT_NE(refusal({"--confidence", "0.93"}).find("0.9, 0.95 or 0.99"), std::string::npos);
  EXPECT_NE(refusal({"--tiem", "20m"}).find("did you mean '--time'?"), std::string::npos);
  EXPECT_NE(refusal({"docter"}).find("did you mean 'doctor'?"), std::string::npos);
  EXPECT_NE(refusal({"--meter", "powrcap"}).find("did you mean 'powercap'?"), std::string::npos);
  EXPECT_NE(refusal({"--watts", "65", "doctor"}).find("the command comes first: energy-measure doctor"), std::string::npos);
  EXPECT_NE(refusal({"--time", "0"}).find("not a duration above zero"), std::string::npos);
  EXPECT_NE(refusal({"--threads", ","}).find("an empty list"), std::string::npos);
  EXPECT_NE(refusal({"--ci", "wide"}).find("'wide' is not a number from 0 to 10"), std::string::npos);
  EXPECT_NE(refusal({"--window", "nan"}).find("not a number"), std::string::npos);
  EXPECT_NE(refusal({"--min-windows", "5", "--max-windows", "4"}).find("less than"), std::string::npos);
}

TEST(Options, DurationsAndSizes) {
  EXPECT_EQ(parseDuration("90"), 90);
  EXPECT_EQ(parseDuration("1.5h"), 5400);
  EXPECT_EQ(parseSize("2G"), 2ull << 30);
  EXPECT_THROW(parseDuration("-3s"), UsageError);
  EXPECT_THROW(parseSize("1e30G"), UsageError);
}

TEST(Options, HelpNamesEveryMeter) {
  for (const MeterRow &Row : meterRows())
    EXPECT_NE(helpText().find(std::string("\n  ") + Row.Name + " "), std::string::npos) << Row.Name;
}

TEST(Meters, TheModelNeedsItsPower) {
  MeterContext Context;
  Opened None = findMeter("model")->Open(Context);
  EXPECT_FALSE(None.M);
  EXPECT_EQ(None.Obstacles.size(), 1u);
  Context.Watts = 65;
  Opened One = findMeter("model")->Open(Context);
  ASSERT_TRUE(One.M);
  EXPECT_EQ(One.M->basis(), Basis::Modelled);
  EXPECT_EQ(One.M->counters()[0].Kind, CounterKind::Time);
}

TEST(Meters, NoModelledMeterIsTriedUnasked) {
  for (const MeterRow &Row : meterRows()) {
    MeterContext Context;
    Context.Watts = 65;
    if (!Row.Automatic)
      continue;
    EXPECT_STRNE(Row.Name, "model");
    EXPECT_STRNE(Row.Name, "fake");
  }
}
} // namespace
