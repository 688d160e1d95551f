/// \file
/// A profile for a new machine from a known one and a few dozen measurements a
/// type. Per type the cross-validated error decides between the known model as
/// it is, the known model times one factor, and a fit from scratch on few terms;
/// the profile says which was chosen. Vector width and cache sizes, which the terms
/// use, are those of the new machine where the header of its file has them. Types without a measurement are scaled by
/// the median factor of the others and marked as extrapolated.
#pragma once
#include "Fit.h"
#include "JsonLines.h"
#include "Judge.h"

namespace energy::fit {

enum class Choice { AsIs, Scaled, Fitted, Unmeasured };
const char *choiceName(Choice C);

struct CalibratedType {
  std::string Name;
  size_t Rows = 0;
  Choice Chosen = Choice::Unmeasured;
  double Factor = 1; ///< measured / known model
  double AsIsError = 0, ScaledError = 0, FittedError = 0; ///< mean |ln|, cross-validated; NaN: not possible
};
struct QuickCalibration {
  Json Profile;
  std::vector<CalibratedType> Types;
  std::vector<std::string> Notes; ///< what the measurements do not say and the known machine had to
};
constexpr size_t MinRowsToCalibrate = 5;

/// \p Header is that of the measurements, with `meter.idle_w` where idle power was measured.
QuickCalibration calibrateQuickly(const LoadedDevice &From, const std::string &NewName,
                                  const std::vector<Observation> &Data, const Json &Header);

} // namespace energy::fit
