/// \file
/// One measured operator call, in the analyzer's own terms: what it costs and
/// what its features are comes from lib/Torch and lib/Energy, so that fitting
/// and predicting see the same numbers.
#pragma once
#include "Energy/DeviceProfile.h"
#include <limits>
#include <string>
#include <vector>

namespace energy::fit {

struct Observation {
  OpCall Call;
  CostFeatures Cost;
  OpShape Shape;
  Phase When = Phase::Forward;
  double Joules = 0;
  double Seconds = 0; ///< 0 when not recorded
  std::string Source; ///< file name without folder, e.g. "random_conv2d.csv"
  size_t Line = 0;
  std::string Architecture; ///< of a layer that was taken from a network
  std::string Campaign;     ///< empty when not recorded
  std::string Split;        ///< "train", "val", "test", "dropped" or empty
  double PaperJoules = std::numeric_limits<double>::quiet_NaN();
  double ReportedMacs = 0;
};

/// The call of an OpLine, with schema defaults, result types and cost filled in.
/// Throws FitError when the operator is unknown or rejects the arguments.
struct PricedCall {
  OpCall Call;
  CostFeatures Cost;
};
PricedCall priceCall(const std::string &OpLineText);

/// A measured whole network.
struct NetworkObservation {
  std::string Architecture, Campaign;
  long Batch = 0;
  double Joules = 0, PaperJoules = std::numeric_limits<double>::quiet_NaN();
  double BackwardJoules = std::numeric_limits<double>::quiet_NaN();
  std::string Source;
  size_t Line = 0;
};

} // namespace energy::fit
