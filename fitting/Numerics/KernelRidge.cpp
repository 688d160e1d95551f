#include "Numerics/KernelRidge.h"
#include "Numerics/LeastSquares.h"
#include <cmath>
#include <limits>

using namespace energy::fit;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

static MatrixXd squaredDistances(const MatrixXd &P) {
  VectorXd Norms = P.rowwise().squaredNorm();
  MatrixXd D = -2 * P * P.transpose();
  D.colwise() += Norms;
  D.rowwise() += Norms.transpose();
  return D.cwiseMax(0);
}

double KernelRidge::predict(const Eigen::RowVectorXd &Point) const {
  VectorXd D = (Points.rowwise() - Point).rowwise().squaredNorm();
  return (D.array() * (-0.5 / (Length * Length))).exp().matrix().dot(Weights);
}

KernelRidge energy::fit::fitKernelRidge(const MatrixXd &Points, const VectorXd &Targets,
                                        double Length, double Lambda) {
  checkSystem(Points, Targets);
  KernelRidge K;
  K.Points = Points;
  K.Length = Length;
  K.Lambda = Lambda;
  MatrixXd Kernel = (squaredDistances(Points).array() * (-0.5 / (Length * Length))).exp();
  Kernel.diagonal().array() += Lambda;
  MatrixXd Inverse = Kernel.llt().solve(MatrixXd::Identity(Kernel.rows(), Kernel.cols()));
  K.Weights = Inverse * Targets;
  K.LeaveOneOut = Targets - K.Weights.cwiseQuotient(Inverse.diagonal());
  return K;
}

/// Targets of the leave-one-out residuals of every lambda come from one
/// eigendecomposition per length.
KernelRidge energy::fit::fitKernelRidge(const MatrixXd &Points, const VectorXd &Targets) {
  checkSystem(Points, Targets);
  MatrixXd Distances = squaredDistances(Points);
  double Best = std::numeric_limits<double>::infinity(), BestLength = 1, BestLambda = 1;
  for (double Length : {1.0, 2.0, 4.0}) {
    MatrixXd Kernel = (Distances.array() * (-0.5 / (Length * Length))).exp();
    Eigen::SelfAdjointEigenSolver<MatrixXd> Eigen(Kernel);
    const MatrixXd &V = Eigen.eigenvectors();
    VectorXd Rotated = V.transpose() * Targets;
    for (double Lambda : {0.01, 0.03, 0.1, 0.3, 1.0, 3.0}) {
      VectorXd Inverse = (Eigen.eigenvalues().array().max(0) + Lambda).inverse();
      VectorXd Alpha = V * Inverse.cwiseProduct(Rotated);
      VectorXd Diagonal = V.cwiseAbs2() * Inverse;
      double Error = Alpha.cwiseQuotient(Diagonal).squaredNorm();
      if (Error < Best) {
        Best = Error;
        BestLength = Length;
        BestLambda = Lambda;
      }
    }
  }
  return fitKernelRidge(Points, Targets, BestLength, BestLambda);
}
