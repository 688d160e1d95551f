#include "Cost/CostTable.h"
#include "../TestModels.h"
#include <gtest/gtest.h>

using namespace energy;
using test::SmallNet;

// conv1: 4*8*8 outputs of 3*3*3 products; fc: 256*10.
constexpr int64_t ConvMacs = 4 * 64 * 27, LinearMacs = 2560;
constexpr int64_t ConvParameters = 4 * 27 + 4, LinearParameters = 2560 + 10;

TEST(CostTable, AddsUpUnderstoodCalls) {
  SmallNet Net;
  CostTable T = computeCosts(Net.Graph);
  ASSERT_EQ(T.Calls.size(), Net.Graph.Calls.size());
  EXPECT_EQ(T.Total.Macs, ConvMacs + LinearMacs);
  EXPECT_EQ(T.Parameters, ConvParameters + LinearParameters);
}

TEST(CostTable, UnknownCallsHaveNoCost) {
  SmallNet Net;
  CostFeatures Before = computeCosts(Net.Graph).Total;
  Net.callUnknown(30);
  CostTable T = computeCosts(Net.Graph);
  EXPECT_FALSE(T.Calls.back().Known);
  EXPECT_EQ(T.Total.Macs, Before.Macs);
  EXPECT_EQ(T.Total.BytesRead, Before.BytesRead);
}

TEST(CostTable, RepeatsCountInTotalsOnly) {
  SmallNet Net;
  Net.B.setRepeat(3);
  Net.run(Net.Conv, 40, Net.Input);
  CostTable T = computeCosts(Net.Graph);
  EXPECT_EQ(T.Calls.back().Once.Macs, ConvMacs);
  EXPECT_EQ(T.Calls.back().All.Macs, 3 * ConvMacs);
  EXPECT_EQ(T.Total.Macs, 4 * ConvMacs + LinearMacs);
}

TEST(CostTable, ParametersBelongToTheFirstCallThatUsesThem) {
  SmallNet Net;
  Net.run(Net.Conv, 40, Net.Input);
  CostTable T = computeCosts(Net.Graph);
  EXPECT_EQ(T.Calls.front().Parameters, ConvParameters);
  EXPECT_EQ(T.Calls.back().Parameters, 0);
  EXPECT_EQ(T.Parameters, ConvParameters + LinearParameters);
}

TEST(CostTable, SumsSaturate) {
  CostFeatures A, B;
  A.Macs = INT64_MAX - 1;
  B.Macs = 5;
  A += B;
  EXPECT_EQ(A.Macs, INT64_MAX);
  EXPECT_EQ((B * UINT64_MAX).Macs, INT64_MAX);
}

TEST(Memory, InPlaceAndViewsNeedNoSecondBuffer) {
  SmallNet Net;
  MemoryUse M = measureMemory(Net.Graph);
  int64_t Parameters = 4 * (ConvParameters + LinearParameters);
  int64_t Input = 4 * 3 * 64, Activation = 4 * 256, Scores = 4 * 10;
  EXPECT_EQ(M.ParameterBytes, Parameters);
  // relu_ and flatten share conv1's result, which lives until fc has read it.
  EXPECT_EQ(M.PeakBytes, Parameters + Input + Activation + Scores);
}

TEST(Memory, ResultsDieAfterTheirLastUse) {
  SmallNet Net;
  int64_t Before = measureMemory(Net.Graph).PeakBytes;
  // Three more passes over the same input: never two activations at once.
  for (unsigned Line = 50; Line < 53; ++Line)
    Net.run(Net.Conv, Line, Net.Input);
  EXPECT_EQ(measureMemory(Net.Graph).PeakBytes, Before);
}

TEST(Memory, NothingToRunNeedsOnlyTheModel) {
  ModelGraph Empty;
  EXPECT_EQ(measureMemory(Empty).PeakBytes, 0);
}
