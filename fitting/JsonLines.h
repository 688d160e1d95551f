/// \file
/// Measurements of energy-measure (docs/measurement-format.md): a header line and
/// one JSON object per sample. Void, foreign and fake measurements are refused
/// or left out; of two records of the same call the later one counts.
#pragma once
#include "Observation.h"
#include <nlohmann/json.hpp>
#include <optional>

namespace energy::fit {

struct MeasurementFile {
  nlohmann::json Header;
  std::vector<Observation> Samples;
  std::optional<double> IdleWatts; ///< median over the samples that say it
  size_t LeftOut = 0; ///< void, foreign, not an operator of ours, or repeated
};
/// Throws FitError with file and line for anything that is not the format.
MeasurementFile readMeasurements(const std::string &Path);

} // namespace energy::fit
