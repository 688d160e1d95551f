// The sweep grammar and what its samples look like.
#include "OpLineValues.h"
#include "Plan.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

using namespace energy;
using namespace energy::measure;

namespace {
constexpr const char *Conv = "aten::conv2d input=f32[B:1..256,C:1..512,H:4..224,H] weight=f32[D:1..512,C,k:{1,3,5,7},k] "
                             "bias=f32[D] stride=[s:{1,2},s] padding=[k/2,k/2] groups=1";

Sweep parsed(const std::string &Text) {
  std::string Error;
  std::optional<Sweep> S = Sweep::parse(Text, Error);
  EXPECT_TRUE(S) << Text << ": " << Error;
  return S.value_or(Sweep());
}
std::string errorOf(const std::string &Text) {
  std::string Error;
  EXPECT_FALSE(Sweep::parse(Text, Error)) << Text;
  return Error;
}
OpLine line(const std::string &Text) {
  OpLine L;
  std::string Error;
  EXPECT_TRUE(OpLine::parse(Text, L, Error)) << Text << ": " << Error;
  return L;
}
std::vector<Configuration> drained(std::unique_ptr<Plan> ThePlan) {
  std::vector<Configuration> All;
  for (size_t Remaining = ThePlan->remaining(); std::optional<Configuration> C = ThePlan->next();) {
    All.push_back(std::move(*C));
    EXPECT_LT(ThePlan->remaining(), Remaining);
    Remaining = ThePlan->remaining();
  }
  EXPECT_EQ(ThePlan->remaining(), 0u);
  return All;
}
std::vector<Configuration> sweepPlan(const std::vector<Sweep> &Rows, const PlanOptions &O) { return drained(planSweeps(Rows, O)); }

const std::vector<int64_t> &sizes(const OpLine &L, size_t Tensor) { return tensorsOf(L)[Tensor]->Sizes; }

TEST(Sweep, LaterNamesAreTheSameNumber) {
  Sweep S = parsed(Conv);
  EXPECT_EQ(S.op(), "aten::conv2d");
  EXPECT_EQ(S.variableCount(), 6u);
  for (uint64_t N = 0; N < 200; ++N) {
    OpLine L = line(S.sample(N, 1).value_or(""));
    EXPECT_EQ(sizes(L, 0)[2], sizes(L, 0)[3]);
    EXPECT_EQ(sizes(L, 0)[1], sizes(L, 1)[1]);
    EXPECT_EQ(sizes(L, 1)[0], sizes(L, 2)[0]);
    const int64_t K = sizes(L, 1)[2];
    EXPECT_TRUE(K == 1 || K == 3 || K == 5 || K == 7);
    EXPECT_EQ(toString(*L.find("padding")), "[" + std::to_string(K / 2) + "," + std::to_string(K / 2) + "]");
    EXPECT_GE(sizes(L, 0)[0], 1);
    EXPECT_LE(sizes(L, 0)[0], 256);
  }
}

TEST(Sweep, RangesAreLogUniformAndEvenInEveryPrefix) {
  Sweep S = parsed("aten::relu self=f32[N:1..1048576]");
  for (size_t Count : {32u, 256u}) {
    size_t Small = 0;
    for (uint64_t N = 0; N < Count; ++N)
      Small += sizes(line(*S.sample(N, 3)), 0)[0] < 1024;
    EXPECT_NEAR(static_cast<double>(Small) / static_cast<double>(Count), 0.5, 0.07);
  }
}

TEST(Sweep, EqualSeedsGiveEqualSamples) {
  Sweep S = parsed(Conv);
  EXPECT_EQ(S.sample(7, 1), S.sample(7, 1));
  EXPECT_NE(S.sample(7, 1), S.sample(7, 2));
}

TEST(Sweep, ArithmeticBindsAsUsual) {
  Sweep S = parsed("aten::x self=f32[A:{6},A+2*A,A*2/3,A-1] n=-1 m=-A p=A/4");
  EXPECT_EQ(S.sample(0, 1).value_or(""), "aten::x self=f32[6,18,4,5] n=-1 m=-6 p=1");
}

TEST(Sweep, OtherValuesAreCopied) {
  const char *Text = "aten::x a=0.5 b=1e-5 c=true d=None e=dtype:float64 f=\"a b:1..2\" g=-inf h=[true,false] i=i64[2]";
  EXPECT_EQ(parsed(Text).sample(0, 1).value_or(""), Text);
}

TEST(Sweep, ANegativeSizeOrADivisionByZeroIsNoSample) {
  EXPECT_FALSE(parsed("aten::x n=[A:{0},1/A]").sample(0, 1));
  OpLine L;
  std::string Error;
  EXPECT_FALSE(OpLine::parse(*parsed("aten::x s=f32[A:{1},A-3]").sample(0, 1), L, Error));
}

TEST(Sweep, ErrorsSayWhatAndWhere) {
  EXPECT_NE(errorOf("conv2d x=f32[1]").find("qualified"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=f32[B]").find("'B' is not a declared variable"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=f32[B:0..4]").find("1 <= LO"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=f32[B:8..4]").find("LO <= HI"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=f32[B:{1,x}]").find("neither"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=f32[B:{1,2]").find("unbalanced"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=f32[B:1..2,B:1..2]").find("twice"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=\"abc").find("unterminated"), std::string::npos);
  EXPECT_NE(errorOf("aten::x s=f32[B:1..2] t=B%2").find("column"), std::string::npos);
}

TEST(Sweep, FilesMayHoldOtherLines) {
  std::istringstream In(std::string("schema aten::conv2d(...)\nsample aten::conv2d input=f32[1] -> error\nsweep ") + Conv +
                        "\nsweep aten::relu self=f32[B]\n");
  std::vector<std::string> Problems;
  EXPECT_EQ(readSweeps(In, Problems).size(), 1u);
  ASSERT_EQ(Problems.size(), 1u);
  EXPECT_EQ(Problems[0].rfind("line 4: ", 0), 0u) << Problems[0];
}

TEST(Sweep, OperatorsWithoutARowAreMeasuredLikeTheirSamples) {
  std::istringstream In("sample aten::acos self=f32[2,3] -> f32[2,3]\n"
                        "sample aten::max.dim self=f32[2,3] dim=1 -> f32[2] i64[2]\n"
                        "sample aten::relu self=f32[2,3] -> f32[2,3]\n"
                        "sample aten::acos_ self=i64[3] -> error\n"
                        "sweep aten::relu self=f32[N:1..9]\n");
  std::vector<std::string> Problems;
  std::vector<Sweep> Rows = readSweeps(In, Problems);
  ASSERT_EQ(Rows.size(), 4u); // relu's own row, acos small and large, max.dim as it is
  EXPECT_FALSE(Rows[0].OnRequest);
  EXPECT_TRUE(Rows[1].OnRequest);
  EXPECT_EQ(*Rows[1].sample(0, 1), "aten::acos self=f32[2,3]");
  EXPECT_EQ(Rows[2].variableCount(), 3u);
  EXPECT_EQ(*Rows[3].sample(0, 1), "aten::max.dim self=f32[2,3] dim=1");
  PlanOptions O;
  for (const Configuration &C : sweepPlan(Rows, O))
    EXPECT_EQ(C.Line.Op, "aten::relu");
  O.Operators = {"acos"};
  EXPECT_GT(sweepPlan(Rows, O).size(), 20u);
}

PlanOptions options() {
  PlanOptions O;
  O.Threads = {2};
  return O;
}

TEST(Plan, OperatorsWithMoreDimensionsGetMoreOfEveryPrefix) {
  std::vector<Configuration> Plan = sweepPlan({parsed(Conv), parsed("aten::relu self=f32[N:64..16777216]")}, options());
  const auto Convs = std::count_if(Plan.begin(), Plan.begin() + 48, [](const Configuration &C) { return C.Line.Op == "aten::conv2d"; });
  EXPECT_GT(Convs, 40);
  EXPECT_LT(Convs, 48);
}

TEST(Plan, NoConfigurationTwiceAndNoneTooLarge) {
  PlanOptions O = options();
  O.MaxArgumentBytes = 64 << 20;
  std::vector<Configuration> Plan =
      drained(interleave(planSweeps({parsed(Conv), parsed("aten::relu self=f32[N:1..8]")}, O), planList({}), 3));
  std::set<std::string> Keys;
  size_t Relus = 0;
  for (const Configuration &C : Plan) {
    EXPECT_TRUE(Keys.insert(C.key()).second) << C.key();
    EXPECT_LE(argumentBytes(C.Line), O.MaxArgumentBytes);
    Relus += C.Line.Op == "aten::relu";
  }
  EXPECT_LE(Relus, 8u);
  EXPECT_GT(Plan.size(), 200u);
}

TEST(Plan, PhasesThreadsAndElementTypesMultiply) {
  PlanOptions O = options();
  O.Threads = {1, 2};
  O.Phases = {Phase::Forward, Phase::ForwardBackward};
  O.ElementTypes = {"f32", "bf16"};
  O.PerSweepRow = 1;
  std::vector<Configuration> Plan = sweepPlan({parsed("aten::embedding weight=f32[10,4] indices=i64[N:4..4]")}, O);
  ASSERT_EQ(Plan.size(), 8u);
  std::set<std::string> Ops;
  for (const Configuration &C : Plan)
    Ops.insert(C.Line.str());
  EXPECT_EQ(Ops, (std::set<std::string>{"aten::embedding weight=f32[10,4] indices=i64[4]",
                                        "aten::embedding weight=bf16[10,4] indices=i64[4]"}));
}

TEST(Plan, OrderIsShuffledButSeeded) {
  auto Keys = [](uint64_t Seed) {
    PlanOptions O = options();
    O.Seed = Seed;
    std::vector<std::string> All;
    for (const Configuration &C : sweepPlan({parsed(Conv)}, O))
      All.push_back(C.key());
    return All;
  };
  EXPECT_EQ(Keys(1), Keys(1));
  EXPECT_NE(Keys(1), Keys(2));
}

TEST(Plan, PatternsChooseOperators) {
  PlanOptions O = options();
  O.Operators = {"*pool*", "relu"};
  std::vector<Configuration> Plan =
      sweepPlan({parsed(Conv), parsed("aten::relu self=f32[N:1..99]"), parsed("aten::max_pool2d self=f32[N:1..99]")}, O);
  std::set<std::string> Ops;
  for (const Configuration &C : Plan)
    Ops.insert(C.Line.Op);
  EXPECT_EQ(Ops, (std::set<std::string>{"aten::relu", "aten::max_pool2d"}));
  EXPECT_EQ(unmatched({"relu", "conv2", "*pool*"}, {"aten::relu", "aten::conv2d"}), (std::vector<std::string>{"conv2", "*pool*"}));
  EXPECT_TRUE(matches("a*c", "abbc"));
  EXPECT_FALSE(matches("a*c", "abb"));
}

TEST(Plan, ModelCallsAreRepresentedInEveryPrefix) {
  ModelCalls Calls;
  for (int64_t N = 1; N <= 4; ++N)
    Calls.Calls.emplace_back(line("aten::relu self=f32[" + std::to_string(N) + "] -> f32[" + std::to_string(N) + "]"), 1);
  Calls.Model = "net";
  PlanOptions O = options();
  const size_t Total = sweepPlan({parsed(Conv)}, O).size() + 5;
  std::vector<Configuration> Plan = drained(interleave(planSweeps({parsed(Conv)}, O), planModels({Calls}, O), 3));
  EXPECT_EQ(Plan.size(), Total);
  EXPECT_EQ(std::count_if(Plan.begin(), Plan.begin() + 15, [](const Configuration &C) { return C.Source == "model:net"; }), 5);
  EXPECT_EQ(std::count_if(Plan.begin(), Plan.end(), [](const Configuration &C) { return C.Model == "net"; }), 1);
}

TEST(Plan, WholeModelsAlone) {
  ModelCalls Calls;
  Calls.Calls.emplace_back(line("aten::relu self=f32[1] -> f32[1]"), 1);
  Calls.Model = "net";
  PlanOptions O = options();
  O.WholeModelsOnly = true;
  std::vector<Configuration> Plan = drained(interleave(planSweeps({parsed(Conv)}, O), planModels({Calls}, O), 3));
  ASSERT_EQ(Plan.size(), 1u);
  EXPECT_EQ(Plan[0].Model, "net");
}

TEST(Plan, AnEndlessSweepBeginsAtOnceAndHasALimit) {
  PlanOptions O = options();
  O.PerSweepRow = 100'000'000;
  std::unique_ptr<Plan> Endless = planSweeps({parsed(Conv)}, O);
  EXPECT_EQ(Endless->remaining(), 600'000'000u);
  EXPECT_EQ(drained(interleave(std::move(Endless), planList({}), 3, 50)).size(), 50u);
}

TEST(OpLineValues, BytesSaturate) {
  EXPECT_EQ(tensorBytes({"f32", {2, 3}}), 24u);
  EXPECT_EQ(tensorBytes({"f32", {0, 9}}), 0u);
  EXPECT_EQ(tensorBytes({"f64", {1ll << 40, 1ll << 40}}), UINT64_MAX);
  EXPECT_EQ(argumentBytes(line("aten::cat tensors=[f32[2],None,f16[4]] other=i64[1]")), 24u);
}
} // namespace
