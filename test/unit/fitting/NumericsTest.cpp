#include "Numerics/FitError.h"
#include "Numerics/KernelRidge.h"
#include "Numerics/LeastSquares.h"
#include "Numerics/LogFit.h"
#include "Numerics/Metrics.h"
#include "Numerics/Polynomial.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace energy::fit;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {
/// Decimal digits that agree with a certified value.
double digits(double Got, double Certified) {
  double Error = std::abs(Got - Certified) / (Certified == 0 ? 1 : std::abs(Certified));
  return Error == 0 ? 15 : -std::log10(Error);
}
MatrixXd powers(const VectorXd &X, int Degree) {
  MatrixXd P(X.size(), Degree + 1);
  P.col(0).setOnes();
  for (int I = 1; I <= Degree; ++I)
    P.col(I) = P.col(I - 1).cwiseProduct(X);
  return P;
}

// NIST StRD, linear regression, dataset Longley: certified estimates.
TEST(LeastSquares, NistLongley) {
  MatrixXd X(16, 7);
  VectorXd Y(16);
  X << 1, 83.0, 234289, 2356, 1590, 107608, 1947, 1, 88.5, 259426, 2325, 1456, 108632, 1948, //
      1, 88.2, 258054, 3682, 1616, 109773, 1949, 1, 89.5, 284599, 3351, 1650, 110929, 1950,  //
      1, 96.2, 328975, 2099, 3099, 112075, 1951, 1, 98.1, 346999, 1932, 3594, 113270, 1952,  //
      1, 99.0, 365385, 1870, 3547, 115094, 1953, 1, 100.0, 363112, 3578, 3350, 116219, 1954, //
      1, 101.2, 397469, 2904, 3048, 117388, 1955, 1, 104.6, 419180, 2822, 2857, 118734, 1956, //
      1, 108.4, 442769, 2936, 2798, 120445, 1957, 1, 110.8, 444546, 4681, 2637, 121950, 1958, //
      1, 112.6, 482704, 3813, 2552, 123366, 1959, 1, 114.2, 502601, 3931, 2514, 125368, 1960, //
      1, 115.7, 518173, 4806, 2572, 127852, 1961, 1, 116.9, 554894, 4007, 2827, 130081, 1962;
  Y << 60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655,
      69564, 69331, 70551;
  const double Certified[] = {-3482258.63459582, 15.0618722713733,  -0.0358191792925910,
                              -2.02022980381683, -1.03322686717359, -0.0511041056535807,
                              1829.15146461355};
  LeastSquaresResult R = leastSquares(X, Y);
  EXPECT_EQ(R.Rank, 7);
  for (Index I = 0; I < 7; ++I)
    EXPECT_GT(digits(R.Coefficients[I], Certified[I]), 9) << I;
}
// NIST StRD, datasets Wampler1, 2 (exact polynomials of degree 5) and NoInt1.
TEST(LeastSquares, NistWamplerOneAndTwo) {
  VectorXd X = VectorXd::LinSpaced(21, 0, 20);
  MatrixXd P = powers(X, 5);
  VectorXd Ones = leastSquares(P, P.rowwise().sum()).Coefficients;
  for (Index I = 0; I < 6; ++I)
    EXPECT_GT(digits(Ones[I], 1), 6) << I;
  VectorXd Certified(6);
  Certified << 1, 0.1, 0.01, 0.001, 0.0001, 0.00001;
  VectorXd Falling = leastSquares(P, P * Certified).Coefficients;
  for (Index I = 0; I < 6; ++I)
    EXPECT_GT(digits(Falling[I], Certified[I]), 7) << I;
}
TEST(LeastSquares, NistNoIntercept) {
  VectorXd X = VectorXd::LinSpaced(11, 60, 70), Y = VectorXd::LinSpaced(11, 130, 140);
  EXPECT_GT(digits(leastSquares(X, Y).Coefficients[0], 2.07438016528926), 13);
}
TEST(LeastSquares, RankDeficiencyIsReportedAndStillPredicts) {
  MatrixXd X(4, 3);
  X << 1, 2, 2, 1, 3, 3, 1, 5, 5, 1, 7, 7;
  VectorXd Y(4);
  Y << 5, 7, 11, 15; // 1 + 2x
  LeastSquaresResult R = leastSquares(X, Y);
  EXPECT_EQ(R.Rank, 2);
  EXPECT_NEAR((X * R.Coefficients - Y).norm(), 0, 1e-10);
}
TEST(LeastSquares, RefusesUnusableInput) {
  MatrixXd X = MatrixXd::Ones(3, 1);
  VectorXd Y = VectorXd::Ones(3);
  EXPECT_THROW(leastSquares(X, VectorXd::Ones(2)), FitError);
  EXPECT_THROW(leastSquares(MatrixXd(0, 1), VectorXd(0)), FitError);
  Y[1] = std::nan("");
  EXPECT_THROW(leastSquares(X, Y), FitError);
  X(0, 0) = INFINITY;
  EXPECT_THROW(nonNegativeLeastSquares(X, VectorXd::Ones(3)), FitError);
}

TEST(NonNegative, KeepsAPositiveSolutionAndClipsANegativeOne) {
  std::mt19937 Random(3);
  std::uniform_real_distribution<double> Uniform(0, 1);
  MatrixXd X = MatrixXd::NullaryExpr(50, 4, [&] { return Uniform(Random); });
  VectorXd B(4);
  B << 3, 0, 0.5, 7;
  EXPECT_NEAR((nonNegativeLeastSquares(X, X * B) - B).norm(), 0, 1e-9);
  B[1] = -2;
  VectorXd Y = X * B, Got = nonNegativeLeastSquares(X, Y);
  EXPECT_EQ(Got[1], 0);
  // Karush-Kuhn-Tucker: no gradient that could still improve, none left where it is positive.
  VectorXd Gradient = X.transpose() * (Y - X * Got);
  for (Index I = 0; I < 4; ++I) {
    EXPECT_LE(Gradient[I], 1e-8);
    if (Got[I] > 0)
      EXPECT_NEAR(Gradient[I], 0, 1e-8);
  }
}
TEST(NonNegative, EqualColumnsGoToTheFirst) {
  MatrixXd X(3, 3);
  X << 1, 1, 0, 2, 2, 0, 4, 4, 0;
  VectorXd Y(3);
  Y << 2, 4, 8;
  VectorXd B = nonNegativeLeastSquares(X, Y);
  EXPECT_NEAR(B[0], 2, 1e-12);
  EXPECT_EQ(B[1], 0);
  EXPECT_EQ(B[2], 0);
}
TEST(NonNegative, NothingPositiveHelps) {
  EXPECT_EQ(nonNegativeLeastSquares(MatrixXd::Ones(3, 1), -VectorXd::Ones(3))[0], 0);
}

struct Synthetic {
  MatrixXd X{400, 3};
  VectorXd Y{400}, B{3};
  explicit Synthetic(double Noise) {
    std::mt19937 Random(5);
    std::uniform_real_distribution<double> Log(0, 12);
    std::normal_distribution<double> Normal(0, 1);
    B << 2e-3, 3e-6, 5e-7;
    for (Index I = 0; I < X.rows(); ++I) {
      X.row(I) << 1, std::exp(Log(Random)), std::exp(Log(Random));
      Y[I] = X.row(I).dot(B) * std::exp(Noise * Normal(Random));
    }
  }
};
TEST(LogFit, RecoversKnownCoefficients) {
  Synthetic S(0);
  LogFitResult R = fitLog(S.X, S.Y);
  EXPECT_TRUE(R.Converged);
  for (Index I = 0; I < 3; ++I)
    EXPECT_NEAR(R.Coefficients[I] / S.B[I], 1, 1e-6);
  Synthetic Noisy(0.1);
  R = fitLog(Noisy.X, Noisy.Y);
  for (Index I = 0; I < 3; ++I)
    EXPECT_NEAR(R.Coefficients[I] / Noisy.B[I], 1, 0.05);
}
TEST(LogFit, OutliersHardlyMatter) {
  Synthetic S(0.02);
  for (Index I = 0; I < 40; ++I)
    S.Y[I * 10] *= 20;
  LogFitResult R = fitLog(S.X, S.Y);
  for (Index I = 0; I < 3; ++I)
    EXPECT_NEAR(R.Coefficients[I] / S.B[I], 1, 0.1);
}
TEST(LogFit, ScaleOfAColumnDoesNotMatter) {
  Synthetic S(0.05);
  VectorXd Plain = fitLog(S.X, S.Y).Coefficients;
  S.X.col(2) *= 1e-9;
  EXPECT_NEAR(fitLog(S.X, S.Y).Coefficients[2] * 1e-9 / Plain[2], 1, 1e-6);
}
TEST(LogFit, RefusesWhatCannotBeFitted) {
  MatrixXd X = MatrixXd::Ones(3, 1);
  VectorXd Y = VectorXd::Ones(3);
  Y[2] = 0;
  EXPECT_THROW(fitLog(X, Y), FitError);
  Y[2] = -1;
  EXPECT_THROW(fitLog(X, Y), FitError);
  Y[2] = std::nan("");
  EXPECT_THROW(fitLog(X, Y), FitError);
  X(1, 0) = 0;
  EXPECT_THROW(fitLog(X, VectorXd::Ones(3)), FitError);
  X(1, 0) = -1;
  EXPECT_THROW(fitLog(X, VectorXd::Ones(3)), FitError);
  EXPECT_THROW(fitLog(MatrixXd(0, 1), VectorXd(0)), FitError);
}
TEST(LogFit, DuplicateAndTinyInputsAreHandled) {
  VectorXd Same = VectorXd::Constant(5, 2.5);
  EXPECT_NEAR(fitLog(MatrixXd::Ones(5, 1), Same).Coefficients[0], 2.5, 1e-9);
  EXPECT_NEAR(fitLog(MatrixXd::Ones(1, 1), VectorXd::Constant(1, 1e-12)).Coefficients[0], 1e-12, 1e-20);
  LogFitResult R = fitLog(MatrixXd::Ones(2, 4), VectorXd::Ones(2)); // more terms than rows
  EXPECT_NEAR(R.Coefficients.sum(), 1, 1e-9);
}

TEST(KernelRidge, LeaveOneOutIsWhatLeavingOneOutGives) {
  std::mt19937 Random(9);
  std::normal_distribution<double> Normal(0, 1);
  MatrixXd P = MatrixXd::NullaryExpr(30, 2, [&] { return Normal(Random); });
  VectorXd Y = P.col(0).array().sin() + 0.1 * P.col(1).array();
  VectorXd Errors = KernelSpectrum(P, 1.5).leaveOneOutErrors(Y, 0.1);
  KernelRidge Without = fitKernelRidge(P.bottomRows(29), Y.tail(29), 1.5, 0.1);
  EXPECT_NEAR(Errors[0], Y[0] - Without.predict(P.row(0)), 1e-10);
}
TEST(KernelRidge, FadesToZeroAwayFromTheData) {
  KernelRidge K = fitKernelRidge(MatrixXd::Zero(3, 1), VectorXd::Ones(3), 1, 0.1);
  EXPECT_GT(K.predict(Eigen::RowVectorXd::Zero(1)), 0.9);
  EXPECT_NEAR(K.predict(Eigen::RowVectorXd::Constant(1, 20)), 0, 1e-12);
}

TEST(Metrics, KnownValues) {
  std::vector<double> Y = {1, 2, 4}, P = {1.1, 2, 3};
  Metrics M = metrics(Y, P);
  EXPECT_EQ(M.Count, 3u);
  EXPECT_NEAR(M.R2, 1 - 1.01 / (14.0 / 3), 1e-12);
  EXPECT_NEAR(M.MapePercent, (10 + 0 + 25) / 3.0, 1e-9);
  EXPECT_NEAR(M.MedianPercent, 10, 1e-9);
  EXPECT_NEAR(M.MaxPercent, 25, 1e-9);
  EXPECT_NEAR(M.Within30, 1, 1e-12);
  EXPECT_THROW(metrics(Y, std::vector<double>{1}), FitError);
  EXPECT_THROW(metrics(std::vector<double>{0}, std::vector<double>{1}), FitError);
  EXPECT_TRUE(std::isnan(rSquared(std::vector<double>{2, 2}, std::vector<double>{1, 2})));
}
TEST(Metrics, ConformalQuantileCoversNewDraws) {
  EXPECT_EQ(conformalQuantile({1, 2, 3, 4, 5, 6, 7, 8, 9}, 0.9), 9);
  EXPECT_EQ(conformalQuantile({3, 1, 2}, 0.5), 2);
  EXPECT_THROW(conformalQuantile({}, 0.9), FitError);
  std::mt19937 Random(11);
  std::normal_distribution<double> Normal(0, 1);
  std::vector<double> Sample(999);
  for (double &X : Sample)
    X = std::abs(Normal(Random));
  double Q = conformalQuantile(Sample, 0.9);
  int Inside = 0;
  for (int I = 0; I < 10000; ++I)
    Inside += std::abs(Normal(Random)) <= Q;
  EXPECT_NEAR(Inside / 10000.0, 0.9, 0.03);
}
TEST(Polynomial, InteractionsInOrder) {
  MatrixXd X(1, 3);
  X << 2, 3, 5;
  MatrixXd F = interactionFeatures(X);
  Eigen::RowVectorXd Expected(7);
  Expected << 1, 2, 3, 5, 6, 10, 15;
  EXPECT_EQ((F.row(0) - Expected).norm(), 0);
}
TEST(Polynomial, StandardisesAndLeavesConstantsFinite) {
  MatrixXd X(2, 2);
  X << 1, 7, 3, 7;
  MatrixXd Z = Standardiser(X).apply(X);
  EXPECT_NEAR(Z(0, 0), -1, 1e-12);
  EXPECT_NEAR(Z(1, 0), 1, 1e-12);
  EXPECT_EQ(Z(0, 1), 0);
  EXPECT_EQ(constantColumns(X), std::vector<Index>{1});
}
} // namespace
