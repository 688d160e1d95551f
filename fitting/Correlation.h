/// \file
/// Do the errors of a network's layers cancel or add up? Measured layers of real
/// networks show what EnergyModel's sums assume: errors of one type correlate,
/// errors of different types hardly do.
#pragma once
#include "Judge.h"

namespace energy::fit {

/// E[r_i r_j] / sqrt(E[r_i^2] E[r_j^2]) over pairs of different layers of one
/// network at one batch size, r = ln(measured / predicted). Not centred: a bias
/// that all layers share is an error that does not cancel.
struct ErrorCorrelation {
  std::string First, Second; ///< types, in alphabetical order
  size_t Pairs = 0;
  double Value = 0;
};
/// From the arch_layers_<layer>.csv of a folder.
std::vector<ErrorCorrelation> errorCorrelations(const DeviceProfile &Profile, const std::string &Folder);
void printCorrelations(const DeviceProfile &Profile, const std::vector<ErrorCorrelation> &Table);

} // namespace energy::fit
