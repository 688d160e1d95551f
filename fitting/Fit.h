/// \file
/// The whole fit of a device: observations and a recipe in, a profile out.
#pragma once
#include "TypeFit.h"

namespace energy::fit {

struct FitOptions {
  std::string Command; ///< recorded in the profile
  /// False for experiments that need no intervals: the profile's are then empty.
  bool Calibrate = true;
};
/// Reads the training data that the recipe's `data` object describes.
std::vector<Observation> readTraining(const Recipe &R, const std::vector<std::string> &Paths);
/// 64-bit FNV-1a over calls, phases and energies: which data a profile saw.
std::string trainingHash(const std::vector<Observation> &Data);
/// One type of a profile, without intervals.
Json fittedTypeJson(const FittedType &T, const Sample &Data);
Json fitProfile(const Recipe &R, const std::vector<Observation> &Data, const FitOptions &Options);

} // namespace energy::fit
