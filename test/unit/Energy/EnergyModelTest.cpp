#include "Energy/EnergyModel.h"
#include "TestProfile.h"
#include "Torch/OpDef.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace energy;

namespace {
DeviceProfile testProfile() {
  llvm::Expected<DeviceProfile> P = DeviceProfile::parse(TestProfileJson);
  EXPECT_TRUE(static_cast<bool>(P));
  return std::move(*P);
}
struct Priced {
  OpCall Call;
  CostFeatures Cost;
};
Priced price(const char *Text) {
  OpLine Line;
  std::string Problem;
  EXPECT_TRUE(OpLine::parse(Text, Line, Problem)) << Problem;
  Priced P{llvm::cantFail(fromOpLine(Line)), {}};
  const torch::OpInfo *Op = torch::findOp(P.Call.Op);
  EXPECT_NE(Op, nullptr) << Text;
  llvm::cantFail(torch::fillDefaults(*Op, P.Call));
  torch::Outcome Out = llvm::cantFail(torch::evaluate(*Op, P.Call));
  P.Call.Results.assign(Out.Types.begin(), Out.Types.end());
  P.Cost = Out.Cost;
  return P;
}
Estimate estimateOf(const char *Text) {
  Priced P = price(Text);
  static const DeviceProfile Profile = testProfile();
  return estimate(Profile, P.Call, P.Cost);
}
OpShape shapeOfLine(const char *Text) {
  Priced P = price(Text);
  return shapeOf(P.Call, P.Cost);
}

TEST(EnergyModel, FittedCallSumsItsTerms) {
  Estimate E = estimateOf("aten::linear input=f32[10,100] weight=f32[50,100]");
  EXPECT_EQ(E.Kind, Basis::Fitted);
  EXPECT_EQ(E.Type, "linear");
  EXPECT_EQ(E.Reason, "");
  EXPECT_NEAR(E.MeanJoules, 1e-3 + 2e-9 * 50000, 1e-12);
  EXPECT_NEAR(E.LowJoules, E.MeanJoules * std::exp(-0.1), 1e-12);
  ASSERT_EQ(E.Terms.size(), 2u);
  EXPECT_EQ(E.Terms[1].Units, 50000);
  EXPECT_NEAR(E.Terms[0].Joules + E.Terms[1].Joules, E.MeanJoules, 1e-15);
}
TEST(EnergyModel, IntervalClassesApply) {
  Estimate E = estimateOf("aten::linear input=f32[2,100] weight=f32[50,100]");
  EXPECT_NEAR(E.HighJoules, E.MeanJoules * std::exp(0.5), 1e-12);
}
TEST(EnergyModel, OutsideTheRangesIsExtrapolatedAndSaysWhy) {
  Estimate E = estimateOf("aten::linear input=f32[65,100] weight=f32[50,100]");
  EXPECT_EQ(E.Kind, Basis::Extrapolated);
  EXPECT_EQ(E.Reason, "batch 65 is outside the measured range (1 to 64)");
  EXPECT_NEAR(E.HighJoules, E.MeanJoules * std::exp(1), 1e-12);
  E = estimateOf("aten::linear input=f32[501,100] weight=f32[50,100]"); // a class with bounds of its own
  EXPECT_NEAR(E.HighJoules, E.MeanJoules * std::exp(0.3), 1e-12);
}
TEST(EnergyModel, InPlaceMovesFewerBytesAndIsExtrapolated) {
  Estimate Out = estimateOf("aten::relu self=f32[1000]");
  Estimate In = estimateOf("aten::relu_ self=f32[1000]");
  EXPECT_EQ(Out.Kind, Basis::Fitted);
  EXPECT_NEAR(Out.MeanJoules, 12e-6, 1e-12);
  EXPECT_EQ(In.Kind, Basis::Extrapolated);
  EXPECT_NEAR(In.MeanJoules, 8e-6, 1e-12);
  EXPECT_NEAR(In.LowJoules, 8e-6 * std::exp(-0.7), 1e-12); // an option that was not measured has its own interval
  EXPECT_NEAR(In.HighJoules, 8e-6 * std::exp(0.8), 1e-12);
}
TEST(EnergyModel, UnmeasuredWorkCostsSomethingByTheRoofline) {
  for (const char *Text : {"aten::conv2d input=f32[1,3,8,8] weight=f32[4,3,3,3]", "aten::sigmoid self=f32[8]",
                           "aten::add.Tensor self=f32[8] other=f32[8]"}) {
    Estimate E = estimateOf(Text);
    EXPECT_EQ(E.Kind, Basis::Roofline) << Text;
    EXPECT_GT(E.MeanJoules, 1e-4) << Text;
    EXPECT_GT(E.HighJoules / E.LowJoules, 20) << Text;
    EXPECT_NE(E.Reason.find("no measured data"), std::string::npos);
  }
}
TEST(EnergyModel, UnknownOperandGivesNoNumber) {
  Priced P = price("aten::relu self=f32[1000]");
  P.Call.Args[0].Value = TensorArg::unknown(UnknownId{0});
  Estimate E = estimate(testProfile(), P.Call, P.Cost);
  EXPECT_EQ(E.Kind, Basis::None);
  EXPECT_EQ(E.MeanJoules, 0);
  EXPECT_NE(E.Reason, "");
}
TEST(EnergyModel, ShortFormAgreesWithTheExplainedOne) {
  DeviceProfile Profile = llvm::cantFail(DeviceProfile::parse(defaultDevice().Json));
  for (const char *Text : {"aten::conv2d input=f32[8,64,56,56] weight=f32[64,64,3,3] padding=[1,1]",
                           "aten::linear input=f32[10,100] weight=f32[50,100]",
                           "aten::max_pool2d self=f32[8,64,56,56] kernel_size=[2,2]",
                           "aten::relu_ self=f32[8,64,56,56]"}) {
    Priced P = price(Text);
    EXPECT_NEAR(estimate(Profile, P.Call, P.Cost).MeanJoules / estimateJoules(Profile, P.Call, P.Cost), 1,
                1e-9)
        << Text;
  }
}

TEST(OpShape, TapsCountOnlyTheImage) {
  OpShape S = shapeOfLine("aten::conv2d input=f32[1,1,4,4] weight=f32[1,1,3,3] padding=[1,1]");
  EXPECT_EQ(S[Variable::taps], 100); // (2+3+3+2)^2
  EXPECT_EQ(S[Variable::out_area], 16);
  S = shapeOfLine("aten::conv2d input=f32[1,1,1,1] weight=f32[1,1,11,11] padding=[5,5]");
  EXPECT_EQ(S[Variable::taps], 1);
  S = shapeOfLine("aten::conv2d input=f32[1,1,9,5] weight=f32[1,1,3,1] stride=[2,1]");
  EXPECT_EQ(S[Variable::taps], 4 * 3 * 5);
  EXPECT_EQ(S[Variable::touched_area], 8 * 5);
  EXPECT_EQ(S[Variable::out_width], 5);
}
TEST(OpShape, KernelInThePaddingIsNoticed) {
  EXPECT_EQ(shapeOfLine("aten::conv2d input=f32[1,1,8,8] weight=f32[1,1,2,2] padding=[2,2]")
                [Variable::padding_beyond_kernel], 1);
  EXPECT_EQ(shapeOfLine("aten::conv2d input=f32[1,1,8,8] weight=f32[1,1,3,3] padding=[1,1]")
                [Variable::padding_beyond_kernel], 0);
}
TEST(OpShape, PoolStrideDefaultsToTheKernel) {
  OpShape S = shapeOfLine("aten::max_pool2d self=f32[2,3,8,8] kernel_size=[2,2]");
  EXPECT_EQ(S[Variable::stride], 2);
  EXPECT_EQ(S[Variable::out_area], 16);
  EXPECT_EQ(S[Variable::batch], 2);
}
TEST(OpShape, LinearRowsAreAllLeadingDimensions) {
  OpShape S = shapeOfLine("aten::linear input=f32[2,5,7] weight=f32[3,7]");
  EXPECT_EQ(S[Variable::batch], 10);
  EXPECT_EQ(S[Variable::in_features], 7);
  EXPECT_EQ(S[Variable::out_features], 3);
}

Estimate of(const char *Type, double Mean, double Half, double Correlation, Basis Kind = Basis::Fitted) {
  Estimate E;
  E.Type = Type;
  E.MeanJoules = Mean;
  E.LowJoules = Mean - Half;
  E.HighJoules = Mean + Half;
  E.ErrorCorrelation = Correlation;
  E.Kind = Kind;
  return E;
}
TEST(SumEstimates, DependentErrorsAddAndIndependentOnesDoNot) {
  Estimate A = of("a", 10, 3, 1), B = of("a", 20, 4, 1), C = of("c", 5, 4, 1);
  Estimate Same = sumEstimates({{&A}, {&B}});
  EXPECT_NEAR(Same.HighJoules - Same.MeanJoules, 7, 1e-12);
  Estimate Different = sumEstimates({{&A}, {&C}});
  EXPECT_NEAR(Different.HighJoules - Different.MeanJoules, 5, 1e-12);
  Estimate Free1 = of("a", 10, 3, 0), Free2 = of("a", 20, 4, 0);
  EXPECT_NEAR(sumEstimates({{&Free1}, {&Free2}}).LowJoules, 25, 1e-12);
  Estimate Far1 = of("a", 30, 6, 0, Basis::Extrapolated), Far2 = of("a", 40, 6, 0, Basis::Extrapolated);
  EXPECT_NEAR(sumEstimates({{&Far1}, {&Far2}}).LowJoules, 58, 1e-12); // the same unknown twice
  EXPECT_NEAR(sumEstimates({{&Free1}, {&Free2}, {&Far1}, {&Far2}}).LowJoules, 100 - 13, 1e-12);
}
TEST(SumEstimates, TheSameConfigurationIsOneError) {
  Estimate A = of("a", 10, 3, 0);
  Estimate Twice = sumEstimates({{&A, 2}});
  EXPECT_NEAR(Twice.MeanJoules, 20, 1e-12);
  EXPECT_NEAR(Twice.HighJoules, 26, 1e-12);
  Estimate B = A;
  EXPECT_NEAR(sumEstimates({{&A}, {&B}}).HighJoules, 26, 1e-12);
}
TEST(SumEstimates, BasisIsTheLeastCertainThatMatters) {
  Estimate Fitted = of("a", 100, 1, 1), Small = of("r", 1, 1, 1, Basis::Roofline),
           Large = of("r", 50, 1, 1, Basis::Roofline), None = of("n", 7, 1, 1, Basis::None);
  EXPECT_EQ(sumEstimates({{&Fitted}, {&Small}}).Kind, Basis::Fitted);
  EXPECT_EQ(sumEstimates({{&Fitted}, {&Large}}).Kind, Basis::Roofline);
  EXPECT_EQ(sumEstimates({{&None}}).Kind, Basis::None);
  EXPECT_NEAR(sumEstimates({{&Fitted}, {&None}}).MeanJoules, 100, 1e-12);
}
TEST(Training, BackwardAndOptimizerHaveTheirOwnBasis) {
  DeviceProfile Profile = testProfile();
  Priced P = price("aten::linear input=f32[10,100] weight=f32[50,100]");
  P.Cost.BytesWeights = 20000;
  double Forward = estimate(Profile, P.Call, P.Cost).MeanJoules;
  Estimate First = estimateBackward(Profile, P.Call, P.Cost, false);
  EXPECT_NEAR(First.MeanJoules, 2 * Forward, 1e-12);
  EXPECT_EQ(First.Kind, Basis::Extrapolated);
  EXPECT_NE(First.Reason.find("assumed for the test"), std::string::npos);
  EXPECT_NEAR(estimateBackward(Profile, P.Call, P.Cost, true).MeanJoules, 3 * Forward, 1e-12);
  Estimate Step = estimateOptimizer(Profile, 1000, 2, Optimizer::SgdMomentum);
  EXPECT_EQ(Step.Kind, Basis::Roofline);
  EXPECT_NEAR(Step.MeanJoules, 6 * 1e-4 + 24000e-9, 1e-12);
}
} // namespace
