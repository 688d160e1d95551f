#include "Numerics/LogFit.h"
#include "Numerics/FitError.h"
#include "Numerics/LeastSquares.h"
#include <cmath>
#include <string>

using namespace energy::fit;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {
double huber(double R, double Delta) {
  double A = std::abs(R);
  return A <= Delta ? 0.5 * R * R : Delta * (A - 0.5 * Delta);
}

void checkLogSystem(const MatrixXd &X, const VectorXd &Y, const VectorXd &Weights) {
  checkSystem(X, Y);
  for (Index I = 0; I < X.rows(); ++I) {
    if (Y[I] <= 0)
      throw FitError("measured energy of row " + std::to_string(I + 1) + " is " +
                     std::to_string(Y[I]) + " J; it must be positive");
    if ((X.row(I).array() < 0).any())
      throw FitError("a term of row " + std::to_string(I + 1) + " is negative");
    if ((X.row(I).array() == 0).all())
      throw FitError("every term of row " + std::to_string(I + 1) + " is zero: add a call term");
  }
  if (Weights.size() && (Weights.size() != Y.size() || (Weights.array() < 0).any() || Weights.sum() <= 0))
    throw FitError("weights must be non-negative, one per row, and not all zero");
}

class LogFitter {
  const MatrixXd &X;
  const VectorXd &Y;
  VectorXd W;
  const LogFitOptions &Options;

public:
  LogFitter(const MatrixXd &X, const VectorXd &Y, const VectorXd &Weights, const LogFitOptions &O)
      : X(X), Y(Y), W(Weights.size() ? Weights : VectorXd::Ones(Y.size()).eval()), Options(O) {
    W /= W.sum();
  }
  double objective(const VectorXd &B) const {
    VectorXd P = X * B;
    double Sum = 0;
    for (Index I = 0; I < Y.size(); ++I)
      Sum += W[I] * (P[I] > 0 ? huber(std::log(P[I] / Y[I]), Options.HuberDelta) : 1e6);
    return Sum;
  }
  LogFitResult run() const {
    LogFitResult R;
    R.Coefficients = start();
    R.Objective = objective(R.Coefficients);
    while (R.Steps < Options.MaxSteps && !R.Converged) {
      ++R.Steps;
      VectorXd Direction = step(R.Coefficients) - R.Coefficients;
      double Length = 1, Next = 0;
      for (; Length > 1e-6; Length *= 0.5)
        if ((Next = objective(R.Coefficients + Length * Direction)) < R.Objective)
          break;
      if (Length <= 1e-6) {
        R.Converged = true;
        break;
      }
      R.Converged = R.Objective - Next <= Options.Tolerance * R.Objective;
      R.Coefficients += Length * Direction;
      R.Objective = Next;
    }
    return R;
  }

private:
  /// Relative least squares, lifted until every row has a positive prediction.
  VectorXd start() const {
    VectorXd Root = W.cwiseSqrt();
    MatrixXd A = Root.cwiseQuotient(Y).asDiagonal() * X;
    VectorXd B = nonNegativeLeastSquares(A, Root);
    VectorXd P = X * B;
    VectorXd Share = X.transpose() * Y.cwiseInverse() / double(Y.size());
    for (Index J = 0; J < X.cols(); ++J)
      if ((P.array() <= 0).any() && Share[J] > 0)
        B[J] += 1e-3 / Share[J] / double(X.cols());
    return B;
  }
  VectorXd step(const VectorXd &B) const {
    VectorXd P = X * B;
    VectorXd Scale(P.size()), Target(P.size());
    for (Index I = 0; I < P.size(); ++I) {
      double R = std::log(P[I] / Y[I]);
      double Root = std::sqrt(W[I] * std::min(1.0, Options.HuberDelta / std::max(std::abs(R), 1e-300)));
      Scale[I] = Root / P[I];
      Target[I] = Root * (1 - R);
    }
    return nonNegativeLeastSquares(Scale.asDiagonal() * X, Target);
  }
};
} // namespace

LogFitResult energy::fit::fitLog(const MatrixXd &X, const VectorXd &Y, const VectorXd &Weights,
                                 const LogFitOptions &Options) {
  checkLogSystem(X, Y, Weights);
  return LogFitter(X, Y, Weights, Options).run();
}
