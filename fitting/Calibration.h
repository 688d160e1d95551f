/// \file
/// 90 % intervals of one type by conformal calibration on folds that leave a
/// whole region of the configuration space out: networks are not drawn like
/// random training rows, so random folds promise too much.
#pragma once
#include "TypeFit.h"

namespace energy::fit {

struct Calibration {
  LogInterval Fitted;       ///< inside the measured ranges
  LogInterval Extrapolated; ///< outside of them, or with an option that was not measured
  double ErrorCorrelation = 1;
  size_t Residuals = 0; ///< how many held-out predictions stand behind it
};
constexpr double IntervalLevel = 0.9;

Calibration calibrate(const TypeRecipe &Recipe, const Sample &Data);
/// ln(measured / predicted) of every row, predicted by the folds it is not in.
/// Folds are drawn by a fixed generator: the same data gives the same folds.
std::vector<double> crossValidatedResiduals(const TypeRecipe &Recipe, const Sample &Data, unsigned Folds,
                                            bool WithResidual);

} // namespace energy::fit
