#include "Numerics/LeastSquares.h"
#include "Numerics/FitError.h"

using namespace energy::fit;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

void energy::fit::checkSystem(const MatrixXd &X, const VectorXd &Y) {
  if (X.rows() != Y.size())
    throw FitError("the design matrix has " + std::to_string(X.rows()) + " rows, but there are " +
                   std::to_string(Y.size()) + " measured values");
  if (X.rows() == 0 || X.cols() == 0)
    throw FitError("nothing to fit: no rows or no terms");
  if (!X.allFinite())
    throw FitError("a feature is not a finite number");
  if (!Y.allFinite())
    throw FitError("a measured value is not a finite number");
}

static VectorXd columnScales(const MatrixXd &X) {
  VectorXd Scale = X.colwise().norm();
  for (Index I = 0; I < Scale.size(); ++I)
    if (Scale[I] == 0)
      Scale[I] = 1;
  return Scale;
}

LeastSquaresResult energy::fit::leastSquares(const MatrixXd &X, const VectorXd &Y) {
  checkSystem(X, Y);
  VectorXd Scale = columnScales(X);
  MatrixXd Scaled = X * Scale.cwiseInverse().asDiagonal();
  Eigen::CompleteOrthogonalDecomposition<MatrixXd> Qr(Scaled);
  LeastSquaresResult R;
  R.Rank = Qr.rank();
  VectorXd B = Qr.solve(Y);
  // One step of iterative refinement: it recovers the last digits of ill-conditioned systems.
  B += Qr.solve(Y - Scaled * B);
  R.Coefficients = B.cwiseQuotient(Scale);
  return R;
}

namespace {
/// The active-set iteration on a small triangular system.
class NonNegativeSolver {
  const MatrixXd &A;
  const VectorXd &Y;
  std::vector<bool> Passive;
  VectorXd B;

public:
  NonNegativeSolver(const MatrixXd &A, const VectorXd &Y)
      : A(A), Y(Y), Passive(static_cast<size_t>(A.cols()), false), B(VectorXd::Zero(A.cols())) {}

  VectorXd run() {
    const double Tolerance = 1e-11 * std::max(1.0, Y.norm());
    const Index MaxSteps = 10 * A.cols() + 10;
    for (Index Step = 0; Step < MaxSteps; ++Step) {
      VectorXd Gradient = A.transpose() * (Y - A * B);
      // Of equal columns the first: recipes list the general term before the special one.
      Index Best = -1;
      for (Index I = 0; I < A.cols(); ++I)
        if (!Passive[size_t(I)] && Gradient[I] > Tolerance && (Best < 0 || Gradient[I] > Gradient[Best] * (1 + 1e-9)))
          Best = I;
      if (Best < 0)
        break;
      Passive[size_t(Best)] = true;
      if (!settle(Best))
        Passive[size_t(Best)] = false;
    }
    return B;
  }

private:
  VectorXd solvePassive() const {
    std::vector<Index> Columns;
    for (Index I = 0; I < A.cols(); ++I)
      if (Passive[size_t(I)])
        Columns.push_back(I);
    VectorXd Solution = VectorXd::Zero(A.cols());
    if (Columns.empty())
      return Solution;
    MatrixXd Sub = A(Eigen::all, Columns);
    Solution(Columns) = Sub.colPivHouseholderQr().solve(Y);
    return Solution;
  }
  /// Moves to the best point of the passive set, dropping what becomes negative.
  /// False when the column just added would itself be dropped: no progress.
  bool settle(Index Added) {
    VectorXd Trial = solvePassive();
    if (Trial[Added] <= 0)
      return false;
    // Every turn drops a column, so there are at most as many turns as columns.
    for (Index Turn = 0; Turn <= A.cols(); ++Turn) {
      double Alpha = 1;
      Index Blocking = -1;
      for (Index I = 0; I < A.cols(); ++I)
        if (Passive[size_t(I)] && Trial[I] <= 0)
          if (double Step = B[I] > 0 ? B[I] / (B[I] - Trial[I]) : 0; Blocking < 0 || Step < Alpha) {
            Alpha = Step;
            Blocking = I;
          }
      B += Alpha * (Trial - B);
      if (Blocking < 0)
        return true;
      B[Blocking] = 0;
      for (Index I = 0; I < A.cols(); ++I)
        if (Passive[size_t(I)] && B[I] <= 1e-14) {
          Passive[size_t(I)] = false;
          B[I] = 0;
        }
      Trial = solvePassive();
    }
    return true;
  }
};
} // namespace

VectorXd energy::fit::nonNegativeLeastSquares(const MatrixXd &X, const VectorXd &Y) {
  checkSystem(X, Y);
  VectorXd Scale = columnScales(X);
  MatrixXd A = X * Scale.cwiseInverse().asDiagonal();
  VectorXd Target = Y;
  if (A.rows() > A.cols()) {
    Eigen::HouseholderQR<MatrixXd> Qr(A);
    Target = (Qr.householderQ().adjoint() * Y).head(A.cols()).eval();
    A = Qr.matrixQR().topRows(A.cols()).triangularView<Eigen::Upper>();
  }
  return NonNegativeSolver(A, Target).run().cwiseQuotient(Scale);
}

std::vector<Index> energy::fit::constantColumns(const MatrixXd &X) {
  std::vector<Index> Columns;
  for (Index I = 0; I < X.cols(); ++I)
    if (X.rows() && (X.col(I).array() == X(0, I)).all())
      Columns.push_back(I);
  return Columns;
}
