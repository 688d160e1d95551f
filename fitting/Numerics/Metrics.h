/// \file
/// Error figures of predictions against measurements, and quantiles.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace energy::fit {

struct Metrics {
  size_t Count = 0;
  double R2 = 0;            ///< on joules; NaN when all measured values are equal
  double MapePercent = 0;   ///< mean of |p/y - 1|
  double MedianPercent = 0; ///< median of |p/y - 1|
  double LogRmse = 0;       ///< RMS of ln(p/y)
  double MaxPercent = 0;    ///< worst |p/y - 1|
  double Within10 = 0;      ///< share with |p/y - 1| <= 0.1
  double Within30 = 0;
};
/// Throws FitError when sizes differ, nothing is there, or a measurement is not positive.
Metrics metrics(std::span<const double> Measured, std::span<const double> Predicted);
double rSquared(std::span<const double> Measured, std::span<const double> Predicted);
/// Share of Low <= Measured <= High.
double coverage(std::span<const double> Measured, std::span<const double> Low,
                std::span<const double> High);
/// The smallest value such that at least Q of the sample is at or below it,
/// with the finite-sample correction of split conformal prediction: rank
/// ceil(Q (n + 1)), at most n.
double conformalQuantile(std::vector<double> Values, double Q);

} // namespace energy::fit
