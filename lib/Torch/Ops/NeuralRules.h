/// \file
/// What the neural-network operator families share beyond Torch/Rules.h:
/// reading windows (kernel, stride, padding, dilation), checks that recur with
/// one wording, and costs that tell weights from activations. All size
/// arithmetic saturates, so absurd sizes in a user's model never overflow.
#pragma once
#include "Torch/Rules.h"

namespace energy::torch {

/// \name Cost
/// @{
/// Reads every tensor operand and writes every result once, with Steps
/// arithmetic steps in all. Operands with a parameter's name (weight, bias,
/// running_mean, params, ...) also count as BytesWeights.
CostFeatures layerCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out, int64_t Steps);
/// layerCost with so many steps for each element of the first result.
template <int StepsPerElement>
CostFeatures layerCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return layerCost(A, Out,
                   Out.empty() ? 0 : saturatingMul(Out.front().elements(), StepsPerElement));
}
/// @}

/// \name Windows
/// @{
/// An int[N] argument: one number, or a list of one, stands for all N. Rejects other lengths.
llvm::Expected<Sizes> intList(const OpArgs &A, llvm::StringRef Name, unsigned N);
/// An int[N] argument that must have N numbers.
llvm::Expected<Sizes> exactList(const OpArgs &A, llvm::StringRef Name, unsigned N);
/// Rejects a value below Least: "stride must be at least 1, got 0".
llvm::Error requireAtLeast(llvm::StringRef Name, Shape Values, int64_t Least);
/// How far a dilated kernel reaches: dilation * (kernel - 1) + 1.
int64_t reach(int64_t Kernel, int64_t Dilation);
/// @}

/// \name Checks
/// @{
std::string rankText(const TensorType &T); ///< "3-D (3x32x32)"
std::string numberText(double Number);     ///< "0.5"
/// Rejects integers and bool.
llvm::Error requireFloating(llvm::StringRef Name, const TensorType &T);
/// Rejects complex numbers too: what most layers' kernels are defined for.
llvm::Error requireReal(llvm::StringRef Name, const TensorType &T);
/// A batch of N-dimensional data, with or without the batch dimension: rank N + 2 or N + 1.
llvm::Error requireSpatial(const TensorType &In, unsigned N);
/// A one-dimensional tensor of so many elements, if it is there at all.
llvm::Error requireVector(const OpArgs &A, llvm::StringRef Name, int64_t Elements);
inline llvm::Expected<Results> one(TensorType T) { return Results{std::move(T)}; }
inline llvm::Expected<Results> two(TensorType T, TensorType U) {
  return Results{std::move(T), std::move(U)};
}
/// @}

} // namespace energy::torch
