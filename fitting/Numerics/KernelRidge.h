/// \file
/// Kernel ridge regression with a Gaussian kernel and a closed-form
/// leave-one-out error, for the residual ln(measured / physical model) as a
/// function of standardised log2 sizes. No mean is fitted: the correction
/// fades to 0 away from the training points.
#pragma once
#include <Eigen/Dense>

namespace energy::fit {

struct KernelRidge {
  Eigen::MatrixXd Points; ///< one row per training point, standardised
  Eigen::VectorXd Weights;
  double Length = 1; ///< of exp(-d^2 / (2 length^2))
  double Lambda = 1;
  double predict(const Eigen::RowVectorXd &Point) const;
};
KernelRidge fitKernelRidge(const Eigen::MatrixXd &Points, const Eigen::VectorXd &Targets,
                           double Length, double Lambda);
/// The best of a grid of lengths and lambdas by the leave-one-out error.
KernelRidge fitKernelRidge(const Eigen::MatrixXd &Points, const Eigen::VectorXd &Targets);

/// The kernel of some points, decomposed once: the leave-one-out errors of every
/// lambda follow without another fit.
class KernelSpectrum {
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> Eigen;

public:
  KernelSpectrum(const Eigen::MatrixXd &Points, double Length);
  /// Target less prediction of each point by a fit without it.
  Eigen::VectorXd leaveOneOutErrors(const Eigen::VectorXd &Targets, double Lambda) const;
};

} // namespace energy::fit
