#include "Cost/LayerUse.h"
#include "../TestModels.h"
#include <gtest/gtest.h>

using namespace energy;
using test::SmallNet;

static std::vector<LayerUse> usesOf(const ModelGraph &G) { return layerUses(G, computeCosts(G)); }

TEST(LayerUse, NamesLayersAndFunctions) {
  SmallNet Net;
  std::vector<LayerUse> Uses = usesOf(Net.Graph);
  ASSERT_EQ(Uses.size(), 4u);
  EXPECT_EQ(Uses[0].Name, "conv1");
  EXPECT_EQ(Uses[0].Type, "Conv2d");
  EXPECT_TRUE(Uses[0].IsLayer);
  EXPECT_EQ(Uses[1].Name, "(relu_)");
  EXPECT_FALSE(Uses[1].IsLayer);
  EXPECT_EQ(Uses[2].Name, "(flatten)");
  EXPECT_EQ(Uses[3].Name, "fc");
}

TEST(LayerUse, EveryCallIsInExactlyOne) {
  SmallNet Net;
  uint32_t Next = 0;
  for (const LayerUse &U : usesOf(Net.Graph)) {
    EXPECT_EQ(U.FirstCall, Next);
    EXPECT_GT(U.CallCount, 0u);
    Next += U.CallCount;
  }
  EXPECT_EQ(Next, Net.Graph.Calls.size());
}

TEST(LayerUse, ShowsWhatGoesInAndOutWithoutParameters) {
  SmallNet Net;
  LayerUse Fc = usesOf(Net.Graph)[3];
  ASSERT_EQ(Fc.Inputs.size(), 1u);
  EXPECT_EQ(shapeText(Fc.Inputs[0].Type.Shape), "1x256");
  ASSERT_EQ(Fc.Outputs.size(), 1u);
  EXPECT_EQ(shapeText(Fc.Outputs[0].Type.Shape), "1x10");
  EXPECT_EQ(Fc.Parameters, 2570);
}

TEST(LayerUse, CountsUnknownCalls) {
  SmallNet Net;
  Net.callUnknown(30);
  LayerUse Last = usesOf(Net.Graph).back();
  EXPECT_EQ(Last.Unknown, 1u);
  EXPECT_EQ(Last.CallCount, 1u);
}
