/// \file
/// What the loss families share: the reduction at the end of every loss.
#pragma once
#include "Torch/Ops/NeuralRules.h"

namespace energy::torch {

/// Numbers as LibTorch's at::Reduction passes them in `reduction`.
enum Reduction : int64_t { None, Mean, Sum };

/// The loss of each element (or sample), reduced as `reduction` says.
inline llvm::Expected<Results> reduced(const OpArgs &A, TensorType Each) {
  int64_t How = A.integer("reduction");
  if (How < None || How > Sum)
    return reject("reduction must be 0 (none), 1 (mean) or 2 (sum), got " + llvm::Twine(How));
  if (How != None)
    Each.Shape.clear();
  return one(std::move(Each));
}

} // namespace energy::torch
