/// \file
/// 90 % intervals of one type by conformal calibration: on five random folds, and
/// on folds that leave the smallest or the largest values of a feature out,
/// because networks are not drawn like random training rows. Quantiles are taken
/// per class of calls (Mondrian conformal prediction): padding wider than the
/// kernel, say, is harder to predict, and no network has it.
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
  std::vector<LogInterval> Classes; ///< one per interval class of the recipe
  std::vector<LogInterval> Extrapolated; ///< of the same classes, outside of what was measured
  double ErrorCorrelation = 1;
  std::vector<double> CrossValidated; ///< crossValidatedResiduals() of five folds
  std::vector<LeftOutRegion> Regions;
};
constexpr double IntervalLevel = 0.9;

/// \p Full is the fit on all of Data; folds take its kernel choice.
Calibration calibrate(const FittedType &Full, const Sample &Data);
const LogInterval &intervalOf(const Calibration &C, const TypeRecipe &Recipe, const OpShape &S);
/// ln(measured / predicted) of every row, predicted by the folds it is not in.
/// Folds are drawn by a fixed generator: the same data gives the same folds.
std::vector<double> crossValidatedResiduals(const FittedType &Full, const Sample &Data,
                                            unsigned Folds);

} // namespace energy::fit
