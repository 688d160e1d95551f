/// \file
/// Linear least squares, unconstrained and non-negative. Columns are scaled to
/// unit length first, so that terms in joules per call and in joules per
/// billion accesses may stand side by side. Judged on NIST StRD data.
#pragma once
#include <Eigen/Dense>
#include <string>
#include <vector>

namespace energy::fit {

/// Throws FitError when X and Y do not fit together, are empty, or hold NaN or infinity.
void checkSystem(const Eigen::MatrixXd &X, const Eigen::VectorXd &Y);

struct LeastSquaresResult {
  Eigen::VectorXd Coefficients; ///< minimum-norm solution when the rank is deficient
  Eigen::Index Rank = 0;
};
/// Householder QR with column pivoting (complete orthogonal decomposition).
LeastSquaresResult leastSquares(const Eigen::MatrixXd &X, const Eigen::VectorXd &Y);

/// argmin |Xb - y| with b >= 0 (Lawson and Hanson 1974, chapter 23), on the
/// triangular factor of X: its cost does not depend on the number of rows.
/// A column of zeros, or one that repeats another, gets coefficient 0.
Eigen::VectorXd nonNegativeLeastSquares(const Eigen::MatrixXd &X, const Eigen::VectorXd &Y);

/// Columns that hold one single value (a constant term counts too).
std::vector<Eigen::Index> constantColumns(const Eigen::MatrixXd &X);

} // namespace energy::fit
