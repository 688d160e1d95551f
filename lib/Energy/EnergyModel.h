/// \file
/// From one operator call to joules with a 90 % interval, and from calls to a
/// model's total. Pure functions of a profile and a call. An estimate says on
/// what it stands; a call that does work never costs nothing.
#pragma once
#include "Energy/DeviceProfile.h"

namespace energy {

enum class Basis : uint8_t {
  Fitted,       ///< this operator was measured, and with sizes like these
  Extrapolated, ///< this operator was measured, but not with such sizes or options
  Roofline,     ///< not measured: the device's constants times work and traffic
  None          ///< no estimate
};
llvm::StringRef basisName(Basis B); ///< "fitted"

struct TermShare {
  llvm::StringRef Name, Text; ///< point into the profile
  double Units = 0;           ///< value of the expression
  double Joules = 0;          ///< before the residual's correction
};

struct Estimate {
  double MeanJoules = 0, LowJoules = 0, HighJoules = 0; ///< Low and High: 90 % interval
  Basis Kind = Basis::None;
  std::string Reason; ///< why Extrapolated, Roofline or None; empty when Fitted
  std::string Type;   ///< the profile's type, e.g. "conv2d"; "roofline" when none
  double ErrorCorrelation = 1; ///< of two calls of this type
  llvm::SmallVector<TermShare, 8> Terms; ///< in the profile's order; zero terms left out
};

/// One call, once (OpCall::Repeat is not applied). A call with an unknown operand has
/// Basis::None. Views cost one call's overhead: the dispatcher and the new
/// tensor's metadata are real work, though nothing is computed.
Estimate estimate(const DeviceProfile &Profile, const OpCall &Call, const CostFeatures &Cost,
                  Phase When = Phase::Forward);
/// As estimate().MeanJoules, without explanation.
double estimateJoules(const DeviceProfile &Profile, const OpCall &Call, const CostFeatures &Cost,
                      Phase When = Phase::Forward);

/// The gradient of one forward call. \p InputNeedsGradient is false for the first layer.
/// A profile without a measurement of it uses multiples of the forward estimate.
Estimate estimateBackward(const DeviceProfile &Profile, const OpCall &Call, const CostFeatures &Cost,
                          bool InputNeedsGradient);

enum class Optimizer : uint8_t { Sgd, SgdMomentum, Adam };
/// One update of that many float32 parameters: always Basis::Roofline.
Estimate estimateOptimizer(const DeviceProfile &Profile, int64_t ParameterElements,
                           int64_t ParameterTensors, Optimizer Kind = Optimizer::SgdMomentum);

struct Addend {
  const Estimate *Value;
  uint64_t Count = 1; ///< the same call that many times
};
/// A total and its 90 % interval. Errors of the same configuration are one
/// error; a share of every error, the type's error_correlation rho, is common to the
/// type; the rest is each fitted call's own, but common to all extrapolated ones;
/// errors of different types are independent. With half-widths d,
/// D^2 = sum over types of (rho (sum d)^2 + (1 - rho) (sum of fitted d^2 + (sum of other d)^2)).
/// docs/ACCURACY.md shows the correlations in measured data. The basis of the
/// total is the least certain one that makes up 5 % of it or more.
Estimate sumEstimates(llvm::ArrayRef<Addend> Calls);

} // namespace energy
