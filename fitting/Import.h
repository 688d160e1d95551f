/// \file
/// From published CSV files to observations. A layer file is a table with one
/// row per measured configuration; its name ends in _<layer>.csv and the layer
/// says which columns hold the arguments. Two layouts: one energy column
/// `cpu_energy_j` (getzner2023), or `forward_energy_j` and `backward_energy_j`
/// (willowec2025). Other columns are ignored.
#pragma once
#include "Csv.h"
#include "Observation.h"

namespace energy::fit {

struct ImportOptions {
  double EnergyScale = 1; ///< 2 when the stored energy is the mean of two packages
  SkippedRows *Skipped = nullptr; ///< without it the first unusable row is an error
};

/// "conv2d" of "arch_layers_conv2d.csv"; empty when the name ends in no known layer.
std::string layerOfFile(const std::string &FileName);
/// Rows flagged as spoilt (no good repetition, a zero reading) are left out.
std::vector<Observation> importLayers(const std::string &Path, const ImportOptions &Options = {});
/// arch_totals.csv or networks.csv.
std::vector<NetworkObservation> importNetworks(const std::string &Path,
                                               const ImportOptions &Options = {});
/// File names in a folder that end in .csv, sorted.
std::vector<std::string> csvFiles(const std::string &Folder);

} // namespace energy::fit
