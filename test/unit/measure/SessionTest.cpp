// A whole run with a fake backend: the file, resuming, skips, budgets, crashes.
#include "FakeWork.h"
#include "OpLineValues.h"
#include "Records.h"
#include "Session.h"
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace energy;
using namespace energy::measure;
using namespace energy::measure::test;
using Json = nlohmann::json;

namespace {
OpLine line(const std::string &Text) {
  OpLine L;
  std::string Error;
  EXPECT_TRUE(OpLine::parse(Text, L, Error)) << Error;
  return L;
}

class Run : public testing::Test {
protected:
  Tree T;
  ManualClock Time;
  SteadyMeter M{Time};
  FakeBackend Work{Time};
  SessionOptions Options;
  std::vector<Configuration> Planned;
  std::string Said; ///< progress and notes
  std::vector<ModelCalls> Models;
  std::function<bool()> Interrupted = [] { return false; };
  std::string Version = "0.0";
  ProtocolOptions Protocol;
  std::vector<unsigned> Cpus;

  void SetUp() override {
    Options.Output = T.path("out.jsonl");
    for (int N = 1; N <= 5; ++N)
      add("aten::relu self=f32[" + std::to_string(N) + "]");
  }
  Configuration &add(const std::string &Op) {
    Configuration C;
    C.Line = line(Op);
    return Planned.emplace_back(std::move(C));
  }
  std::string header() const {
    HeaderFacts H;
    H.TheMachine.Cpu = "Test CPU";
    H.TheMachine.VectorFloats = 8;
    H.TorchVersion = Version;
    H.MeterName = "steady";
    H.Counters = M.Infos;
    H.Device = "cpu";
    H.Protocol = Protocol;
    H.Cpus = Cpus;
    H.Pinning = Cpus.empty() ? "failed: Operation not permitted" : "pinned";
    return headerLine(H);
  }
  Outcome run() {
    EnergyClock::Options NoGuard;
    NoGuard.GuardThread = false;
    EnergyClock Sums(M, Time, NoGuard);
    Surroundings Around{Sums, T.root(), {}, Interrupted};
    std::ostringstream Progress;
    Outcome R = Session(Work, Around, Options, Progress).run(*planList(Planned), header(), Models);
    Said = Progress.str();
    return R;
  }
  std::string refusal() {
    try {
      run();
    } catch (const std::runtime_error &E) {
      return E.what();
    }
    return "";
  }
  std::vector<Json> records(const std::string &Kind = "") const {
    std::vector<Json> All;
    std::ifstream In(Options.Output);
    for (std::string Text; std::getline(In, Text);) {
      Json J = Json::parse(Text);
      if (Kind.empty() || J["kind"] == Kind)
        All.push_back(J);
    }
    return All;
  }
};

TEST_F(Run, WritesHeaderSamplesBlocksAndEnd) {
  Outcome R = run();
  EXPECT_EQ(R.Measured, 5u);
  EXPECT_EQ(R.Why, "done");
  std::vector<Json> All = records();
  EXPECT_EQ(All.front()["kind"], "header");
  EXPECT_EQ(All.front()["format"], 1);
  EXPECT_EQ(All.front()["machine"]["cpu"], "Test CPU");
  EXPECT_EQ(All.front()["machine"]["vector_floats"], 8);
  EXPECT_TRUE(All.front()["machine"]["l3_bytes"].is_null());
  EXPECT_EQ(All.back()["kind"], "end");
  std::vector<Json> Samples = records("sample");
  ASSERT_EQ(Samples.size(), 5u);
  const Json &S = Samples[0];
  EXPECT_EQ(S["op"], "aten::relu self=f32[1] -> f32[1]");
  EXPECT_EQ(S["phase"], "forward");
  EXPECT_NEAR(S["energy_j"].get<double>(), 0.05, 1e-6);
  EXPECT_NEAR(S["duration_s"].get<double>(), 0.001, 1e-9);
  EXPECT_NEAR(S["idle_w"].get<double>(), 50, 1e-3);
  EXPECT_NEAR(S["net_energy_j"].get<double>(), 0, 1e-6);
  EXPECT_TRUE(S["dram_j"].is_null());
  EXPECT_EQ(S["void"], false);
  EXPECT_GE(records("block").size(), 1u);
}

TEST_F(Run, ASecondRunMeasuresNothingAgain) {
  run();
  Work.Prepared.clear();
  Outcome R = run();
  EXPECT_EQ(R.Earlier, 5u);
  EXPECT_EQ(R.Measured, 0u);
  EXPECT_TRUE(Work.Prepared.empty());
  EXPECT_EQ(records("header").size(), 1u);
  EXPECT_EQ(records("resume").size(), 1u);
}

TEST_F(Run, ACutOffLastLineIsDroppedAndMeasuredAgain) {
  run();
  std::string Text;
  {
    std::ifstream In(Options.Output);
    std::string Line;
    for (int N = 0; N < 3 && std::getline(In, Line); ++N)
      Text += Line + "\n";
  }
  std::ofstream(Options.Output) << Text << "{\"kind\":\"sample\",\"op\":\"aten::relu self=f32[3]\",\"ener";
  Outcome R = run();
  EXPECT_EQ(R.Earlier, 2u);
  EXPECT_EQ(R.Measured, 3u);
  EXPECT_EQ(records("sample").size(), 5u); // and every line parses
}

TEST_F(Run, AnotherMachineOrLibTorchIsRefused) {
  run();
  Version = "2.0";
  try {
    run();
    FAIL() << "was not refused";
  } catch (const std::runtime_error &E) {
    EXPECT_NE(std::string(E.what()).find("libtorch.version is \"2.0\", the file says \"0.0\""), std::string::npos) << E.what();
  }
}

TEST_F(Run, OtherCpusAreRefusedAndAnotherProtocolIsNoted) {
  run();
  EXPECT_EQ(records()[0]["protocol"]["pinning"], "failed: Operation not permitted");
  Protocol.CiWidth = 0.5;
  run();
  EXPECT_NE(Said.find("ci_width is 0.5, was 0.05"), std::string::npos) << Said;
  EXPECT_EQ(records("resume").at(0)["protocol"]["ci_width"], 0.5);
  Cpus = {0, 1};
  const std::string Why = refusal();
  EXPECT_NE(Why.find("protocol.cpus is [0,1], the file says []"), std::string::npos) << Why;
  EXPECT_NE(Why.find("give another --output"), std::string::npos) << Why;
}

TEST_F(Run, ASecondWriterIsRefused) {
  run();
  RecordFile Writer(Options.Output);
  EXPECT_NE(refusal().find("another energy-measure is writing"), std::string::npos);
}

TEST_F(Run, AFullDiskSaysWhatToDo) {
  Options.Output = "/dev/full";
  const std::string Why = refusal();
  EXPECT_NE(Why.find("No space left on device; make room, then the same command continues"), std::string::npos) << Why;
}

TEST_F(Run, AFolderThatIsNotThereIsSaid) {
  Options.Output = T.path("none/out.jsonl");
  EXPECT_NE(refusal().find("No such file or directory; give another --output"), std::string::npos);
}

TEST_F(Run, AHeaderThatACrashCutOffIsWrittenAgain) {
  std::ofstream(Options.Output) << "{\"kind\":\"header\",\"form";
  EXPECT_EQ(run().Measured, 5u);
  EXPECT_EQ(records("header").size(), 1u);
}

TEST_F(Run, AFileWithoutANewlineIsNotTakenForACrash) {
  std::ofstream(Options.Output) << "important";
  EXPECT_NE(refusal().find("not a measurement file"), std::string::npos);
  std::ifstream In(Options.Output);
  std::string Text;
  std::getline(In, Text);
  EXPECT_EQ(Text, "important");
}

TEST_F(Run, ThreadsThatLibTorchDoesNotGiveAreNotClaimed) {
  Work.MostThreads = 2;
  Planned[0].Threads = 4;
  run();
  EXPECT_EQ(records("skip").at(0)["reason"], "LibTorch uses 2 threads here");
  EXPECT_EQ(records("skip")[0]["threads"], 4);
}

TEST_F(Run, EveryRecordSaysWhereItsJoulesComeFrom) {
  run();
  for (const Json &J : records("sample"))
    EXPECT_EQ(J["basis"], "fake");
}

TEST_F(Run, AnotherProcessOnTheCardMarksTheSample) {
  M.Card = CardCondition{1400, 61, 1};
  run();
  EXPECT_EQ(records("sample").at(0)["gpu"]["mhz"], 1400);
  EXPECT_EQ(records("sample")[0]["foreign"], false);
  Options.Output = T.path("second.jsonl");
  M.Card->Processes = 2;
  EXPECT_EQ(run().Foreign, 5u);
  EXPECT_EQ(records("sample").at(0)["foreign"], true);
}

TEST_F(Run, AFileOfAnotherKindIsRefusedUntouched) {
  std::ofstream(Options.Output) << "important\n";
  EXPECT_THROW(run(), std::runtime_error);
  std::ifstream In(Options.Output);
  std::string Text;
  std::getline(In, Text);
  EXPECT_EQ(Text, "important");
}

TEST_F(Run, WhatLibTorchRejectsIsSkippedWithItsReason) {
  Work.Rejected = "aten::conv2d";
  add("aten::conv2d input=f32[1]");
  Outcome R = run();
  EXPECT_EQ(R.Skipped, 1u);
  ASSERT_EQ(records("skip").size(), 1u);
  EXPECT_EQ(records("skip")[0]["reason"], "kernel is larger than the input");
}

TEST_F(Run, WhatIsTooLargeIsSkippedBeforeItIsMade) {
  add("aten::relu self=f32[1000000000000]");
  Outcome R = run();
  EXPECT_EQ(R.Skipped, 1u);
  EXPECT_EQ(Work.Prepared.size(), 5u);
  EXPECT_NE(records("skip").at(0)["reason"].get<std::string>().find("the limit is 2.0 GiB"), std::string::npos);
}

TEST_F(Run, TheBudgetEndsTheRunAndTheNextContinues) {
  Options.BudgetS = 10;
  Outcome R = run();
  EXPECT_EQ(R.Why, "time");
  EXPECT_GT(R.Measured, 0u);
  EXPECT_LT(R.Measured, 5u);
  EXPECT_LT(Time.TimeS, 100 + 10 + 8); // at most one configuration and one idle reading over
  Outcome Next = run();
  EXPECT_EQ(Next.Earlier, R.Measured);
}

TEST_F(Run, CtrlCLosesNothing) {
  size_t Calls = 0;
  Work.OnCall = [&] { ++Calls; };
  Interrupted = [&] { return Calls > 9000; };
  Outcome R = run();
  EXPECT_EQ(R.Why, "interrupted");
  EXPECT_GT(R.Measured, 0u);
  EXPECT_EQ(records().back()["reason"], "interrupted");
  Interrupted = [] { return false; };
  run();
  std::set<std::string> Complete;
  for (const Json &J : records("sample"))
    if (J["stop"] == "interval")
      Complete.insert(J["op"].get<std::string>());
  EXPECT_EQ(Complete.size(), 5u);
}

TEST_F(Run, ALostMeterMakesVoidSamplesThatAreTakenAgain) {
  M.Readable = false;
  Outcome R = run();
  EXPECT_EQ(R.Void, 5u);
  for (const Json &J : records("sample")) {
    EXPECT_EQ(J["void"], true);
    EXPECT_TRUE(J["energy_j"].is_null());
    EXPECT_GT(J["lost_windows"].get<int>(), 0);
  }
  M.Readable = true;
  EXPECT_EQ(run().Measured, 5u);
}

TEST_F(Run, AdditivityComparesAModelWithItsParts) {
  ModelCalls Calls;
  Calls.Input = "f32[1]";
  Calls.Calls = {{line("aten::relu self=f32[1] -> f32[1]"), 4}, {line("aten::relu self=f32[2] -> f32[2]"), 5}};
  Calls.Model = "net";
  Models.push_back(Calls);
  Configuration C;
  C.Model = "net";
  C.Source = "model:net";
  Planned.push_back(C);
  run();
  std::vector<Json> Whole = records("model");
  ASSERT_EQ(Whole.size(), 1u);
  EXPECT_EQ(Whole[0]["input"], "f32[1]");
  EXPECT_EQ(Whole[0]["parts"].size(), 2u);
  std::vector<Json> A = records("additivity");
  ASSERT_EQ(A.size(), 1u);
  EXPECT_NEAR(A[0]["ratio"].get<double>(), 0.9, 1e-6); // the fake model takes ten calls' time
  EXPECT_EQ(A[0]["missing_parts"], 0);
  EXPECT_EQ(A[0]["basis"], "fake");
  EXPECT_NE(Said.find("its calls add up to 90 % of the whole (fake)"), std::string::npos) << Said;
}

TEST_F(Run, AModelInAnotherElementTypeHasPartsInThatType) {
  ModelCalls Calls;
  Calls.Model = "net";
  Calls.Input = "f32[1];i64[1]";
  Calls.Calls = {{line("aten::relu self=f32[1] -> f32[1]"), 4}};
  Models.push_back(Calls);
  PlanOptions O;
  O.ElementTypes = {"bf16"};
  Planned.clear();
  for (std::unique_ptr<Plan> Parts = planModels(Models, O); std::optional<Configuration> C = Parts->next();)
    Planned.push_back(std::move(*C));
  ASSERT_EQ(Planned.size(), 2u);
  run();
  EXPECT_EQ(records("model").at(0)["dtype"], "bf16");
  EXPECT_EQ(records("model")[0]["input"], "bf16[1];i64[1]");
  EXPECT_EQ(records("additivity").at(0)["missing_parts"], 0);
  EXPECT_EQ(run().Earlier, 2u);
}

TEST_F(Run, TheBudgetCountsFromWhereTheProgramSays) {
  Options.BudgetS = 1000;
  Options.StartedS = Time.TimeS - 995; // reading the models took so long
  Outcome R = run();
  EXPECT_EQ(R.Why, "time");
  EXPECT_LT(R.Measured, 3u);
}

TEST_F(Run, ADryRunPrintsDurationAndOrder) {
  Options.BudgetS = 8;
  std::ostringstream Out;
  printPlan(*planList(Planned), Options, 1, Out);
  EXPECT_NE(Out.str().find("5 configurations, about"), std::string::npos) << Out.str();
  EXPECT_NE(Out.str().find("fit the budget of 8 s"), std::string::npos);
  EXPECT_NE(Out.str().find("aten::relu self=f32[1]"), std::string::npos);
  EXPECT_FALSE(std::ifstream(Options.Output).good());
}

TEST(Records, DurationsReadAsPeopleSayThem) {
  EXPECT_EQ(duration(0), "0 s");
  EXPECT_EQ(duration(0.0934), "0.093 s");
  EXPECT_EQ(duration(40), "40 s");
  EXPECT_EQ(duration(720), "12 min");
  EXPECT_EQ(duration(3900), "1 h 05 min");
}
} // namespace
