/// \file
/// What a training step has to do beside the forward pass: which calls have a
/// gradient to compute, how many multiply-accumulates that takes, and which
/// parameters the optimizer then updates. A product (convolution, linear,
/// matmul, recurrent) repeats its MACs once for every operand that needs a gradient.
/// Leaves out what is not in the model's forward: the loss, gradient clipping.
#pragma once
#include "Cost/CostTable.h"

namespace energy {

struct BackwardCall {
  bool Needed = false;             ///< some operand needs a gradient
  bool InputNeedsGradient = false; ///< an operand that is no parameter does
  int64_t Macs = 0;                ///< of all repeats together
};

struct TrainingCost {
  std::vector<BackwardCall> Backward; ///< parallel to ModelGraph::Calls
  int64_t BackwardMacs = 0;
  int64_t TrainableParameters = 0; ///< elements
  int64_t TrainableTensors = 0;
};

TrainingCost computeTrainingCost(const ModelGraph &Graph, const CostTable &Forward);

} // namespace energy
