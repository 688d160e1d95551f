/// \file
/// The physical model's fit: y = X b with b >= 0, minimising the sum of
/// Huber(delta) of ln(Xb) - ln(y). Relative errors count alike at 1 mJ and at
/// 1 kJ; no free intercept (a constant is a column like any other). Gauss-Newton
/// with a non-negative least-squares step (rows X/p, target 1 - r) and IRLS weights.
#pragma once
#include <Eigen/Dense>

namespace energy::fit {

struct LogFitOptions {
  double HuberDelta = 0.15; ///< in ln(predicted / measured)
  int MaxSteps = 100;
  double Tolerance = 1e-10; ///< relative decrease of the objective that ends the iteration
};
struct LogFitResult {
  Eigen::VectorXd Coefficients;
  double Objective = 0; ///< mean Huber loss
  int Steps = 0;
  bool Converged = false;
};
/// \p Weights is empty or one weight >= 0 per row. Throws FitError when a
/// measured value is not positive, X has a negative or non-finite entry, or a
/// row has no positive entry (nothing could predict it).
LogFitResult fitLog(const Eigen::MatrixXd &X, const Eigen::VectorXd &Y,
                    const Eigen::VectorXd &Weights = {}, const LogFitOptions &Options = {});

} // namespace energy::fit
