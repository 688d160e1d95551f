/// \file
/// How well a measurement predicts itself: every repetition of a configuration
/// against the mean of its other repetitions. No model can do better.
#pragma once
#include "Csv.h"
#include "Numerics/Metrics.h"

namespace energy::fit {

struct NoiseFloor {
  std::string Set; ///< e.g. "random_conv2d"
  size_t Configurations = 0;
  Metrics Figures; ///< over repetitions
};
/// From a repetitions.csv (set, config_id, forward_passes, window_cpu_energy_j,
/// power_flag); configurations with a single plausible repetition are left out.
std::vector<NoiseFloor> noiseFloor(const CsvFile &Repetitions);
void printNoiseFloor(const std::vector<NoiseFloor> &Table);

} // namespace energy::fit
