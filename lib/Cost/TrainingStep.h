/// \file
/// What one training step costs beside the forward pass: the backward pass by the
/// calls that need gradients, and the parameter update. Counted from shapes:
///   * a product (convolution, linear, matmul, recurrent) repeats its MACs once for
///     every one of its two operands that needs a gradient;
///   * every other differentiable call reads the gradient of its results and
///     writes one for each operand that needs it;
///   * the update reads each trainable parameter and its gradient and writes it
///     (plain SGD).
/// Leaves out: the optimizer's own state, gradient clipping, the loss when the
/// model's forward does not compute it.
#pragma once
#include "Cost/CostTable.h"

namespace energy {

struct TrainingCost {
  std::vector<CostFeatures> Backward; ///< parallel to ModelGraph::Calls, all repeats
  CostFeatures BackwardTotal;
  CostFeatures Update;
  int64_t TrainableParameters = 0;
};

TrainingCost computeTrainingCost(const ModelGraph &Graph, const CostTable &Forward);

} // namespace energy
