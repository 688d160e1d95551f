/// \file
/// 90 % intervals of one type by conformal calibration on left-out regions,
/// because networks are not drawn like random training rows: a network's call is
/// new in the combination of its sizes, or at the end of what was measured.
/// Left out once each are every quarter of the plane of two sizes (cut at the
/// medians), and the tenth with the smallest and with the largest values of each
/// size. All of them together give the interval of a call inside the measured
/// ranges, the tenths alone that of a call outside. Quantiles are taken per class
/// of calls (Mondrian conformal prediction): padding wider than the kernel, say,
/// is harder to predict, and no network has it.
#pragma once
#include "TypeFit.h"

namespace energy::fit {

/// What was left out once, and how well the rest predicted it.
struct LeftOutRegion {
  std::string Name;
  size_t Rows = 0;
  double Quantile = 0; ///< IntervalLevel quantile of |ln(measured / predicted)|
};
struct Calibration {
  std::vector<LogInterval> Classes;      ///< one per interval class of the recipe
  std::vector<LogInterval> Extrapolated; ///< of the same classes, outside the measured ranges
  double ErrorCorrelation = 1;           ///< of two calls that could be layers of one network
  std::vector<double> CrossValidated;    ///< crossValidatedResiduals() of five folds
  std::vector<LeftOutRegion> Regions;
};
constexpr double IntervalLevel = 0.9;

/// \p Full is the fit on all of Data; folds take its kernel choice.
Calibration calibrate(const FittedType &Full, const Sample &Data);
const LogInterval &intervalOf(const Calibration &C, const TypeRecipe &Recipe, const OpShape &S);
/// The IntervalLevel quantile of |ln|, with the finite-sample correction.
double magnitudeQuantile(const std::vector<double> &LogErrors);
/// ln(measured / predicted) of every row, predicted by the folds it is not in.
/// Folds are drawn by a fixed generator: the same data gives the same folds.
std::vector<double> crossValidatedResiduals(const FittedType &Full, const Sample &Data,
                                            unsigned Folds);

} // namespace energy::fit
