/// \file
/// The published predictors of Getzner et al. 2023, as a yardstick: ordinary
/// least squares in joules, with their features, their data split and their
/// mean of the repetitions. Not a model to predict with: see docs/ACCURACY.md.
#pragma once
#include "Numerics/Metrics.h"
#include <string>
#include <vector>

namespace energy::fit {

struct BaselineRow {
  std::string Set;        ///< "random test split", "layers of real networks", "whole networks"
  std::string Name;       ///< layer type or architecture; "all" for all networks
  Metrics Figures;
  double Published = 0;      ///< R2 as published (energy-models evidence); NaN where only an error was
  double PublishedMape = 0;  ///< in percent; NaN where only R2 was published
};
/// \p Folder is laid out as the getzner2023 data.
std::vector<BaselineRow> runBaseline(const std::string &Folder);
void printBaseline(const std::vector<BaselineRow> &Rows);

} // namespace energy::fit
