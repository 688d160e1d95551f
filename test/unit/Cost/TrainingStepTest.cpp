#include "Cost/TrainingStep.h"
#include "../TestModels.h"
#include <gtest/gtest.h>

using namespace energy;
using test::SmallNet;

static TrainingCost trainingOf(const ModelGraph &G) {
  return computeTrainingCost(G, computeCosts(G));
}

TEST(TrainingStep, TheFirstLayerNeedsNoInputGradient) {
  SmallNet Net;
  TrainingCost T = trainingOf(Net.Graph);
  EXPECT_TRUE(T.Backward.front().Needed);
  EXPECT_FALSE(T.Backward.front().InputNeedsGradient);
  EXPECT_TRUE(T.Backward.back().InputNeedsGradient);
  // Weights of both, the input of fc only.
  EXPECT_EQ(T.BackwardMacs, 4 * 64 * 27 + 2 * 2560);
}

TEST(TrainingStep, CountsTrainableParametersOnce) {
  SmallNet Net;
  Net.run(Net.Conv, 40, Net.Input);
  TrainingCost T = trainingOf(Net.Graph);
  EXPECT_EQ(T.TrainableParameters, 112 + 2570);
  EXPECT_EQ(T.TrainableTensors, 4);
}

TEST(TrainingStep, FrozenLayersHaveNoGradient) {
  SmallNet Net;
  for (Parameter &P : Net.Graph.module(Net.Conv).Parameters)
    P.Trainable = false;
  TrainingCost T = trainingOf(Net.Graph);
  EXPECT_FALSE(T.Backward.front().Needed);
  EXPECT_EQ(T.BackwardMacs, 2560);
  EXPECT_EQ(T.TrainableParameters, 2570);
}
