/// \file
/// The feature pipeline of the published predictors: interaction-only
/// polynomials (each variable at most once in a product) and standardisation.
#pragma once
#include <Eigen/Dense>

namespace energy::fit {

/// 1, every column, and every product of two different columns, in the order
/// of scikit-learn's PolynomialFeatures(degree=2, interaction_only=True).
Eigen::MatrixXd interactionFeatures(const Eigen::MatrixXd &X);

/// Mean 0 and standard deviation 1 (of the population) by the statistics of
/// the training rows; a constant column is only centred.
struct Standardiser {
  Eigen::RowVectorXd Mean, Scale;
  explicit Standardiser(const Eigen::MatrixXd &Training);
  Eigen::MatrixXd apply(const Eigen::MatrixXd &X) const;
};

} // namespace energy::fit
