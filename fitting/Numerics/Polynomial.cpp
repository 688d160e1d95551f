#include "Numerics/Polynomial.h"
#include "Numerics/FitError.h"

using namespace energy::fit;
using Eigen::Index;
using Eigen::MatrixXd;

MatrixXd energy::fit::interactionFeatures(const MatrixXd &X) {
  Index N = X.cols(), Column = 0;
  MatrixXd F(X.rows(), 1 + N + N * (N - 1) / 2);
  F.col(Column++).setOnes();
  for (Index I = 0; I < N; ++I)
    F.col(Column++) = X.col(I);
  for (Index I = 0; I < N; ++I)
    for (Index J = I + 1; J < N; ++J)
      F.col(Column++) = X.col(I).cwiseProduct(X.col(J));
  return F;
}

Standardiser::Standardiser(const MatrixXd &Training) {
  if (Training.rows() == 0)
    throw FitError("no rows to standardise");
  Mean = Training.colwise().mean();
  Scale = ((Training.rowwise() - Mean).array().square().colwise().mean()).sqrt();
  for (Index I = 0; I < Scale.size(); ++I)
    if (Scale[I] < 1e-12 * std::max(1.0, std::abs(Mean[I])))
      Scale[I] = 1;
}

MatrixXd Standardiser::apply(const MatrixXd &X) const {
  return (X.rowwise() - Mean).array().rowwise() / Scale.array();
}
