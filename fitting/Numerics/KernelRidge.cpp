#include "Numerics/KernelRidge.h"
#include "Numerics/LeastSquares.h"
#include <cmath>
#include <limits>

using namespace energy::fit;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

static MatrixXd gaussianKernel(const MatrixXd &P, double Length) {
  VectorXd Norms = P.rowwise().squaredNorm();
  MatrixXd D = -2 * P * P.transpose();
  D.colwise() += Norms;
  D.rowwise() += Norms.transpose();
  return (D.cwiseMax(0).array() * (-0.5 / (Length * Length))).exp();
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
  MatrixXd Kernel = gaussianKernel(Points, Length);
  Kernel.diagonal().array() += Lambda;
  K.Weights = Kernel.llt().solve(Targets);
  return K;
}

KernelSpectrum::KernelSpectrum(const MatrixXd &Points, double Length) : Eigen(gaussianKernel(Points, Length)) {}

VectorXd KernelSpectrum::leaveOneOutErrors(const VectorXd &Targets, double Lambda) const {
  const MatrixXd &V = Eigen.eigenvectors();
  VectorXd Inverse = (Eigen.eigenvalues().array().max(0) + Lambda).inverse();
  VectorXd Weights = V * Inverse.cwiseProduct(V.transpose() * Targets);
  return Weights.cwiseQuotient(V.cwiseAbs2() * Inverse);
}

KernelRidge energy::fit::fitKernelRidge(const MatrixXd &Points, const VectorXd &Targets) {
  checkSystem(Points, Targets);
  double Best = std::numeric_limits<double>::infinity(), BestLength = 1, BestLambda = 1;
  for (double Length : {1.0, 2.0, 4.0}) {
    KernelSpectrum Spectrum(Points, Length);
    for (double Lambda : {0.01, 0.03, 0.1, 0.3, 1.0, 3.0}) {
      double Error = Spectrum.leaveOneOutErrors(Targets, Lambda).squaredNorm();
      if (Error < Best) {
        Best = Error;
        BestLength = Length;
        BestLambda = Lambda;
      }
    }
  }
  return fitKernelRidge(Points, Targets, BestLength, BestLambda);
}
