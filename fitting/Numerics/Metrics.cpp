#include "Numerics/Metrics.h"
#include "Numerics/FitError.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

using namespace energy::fit;

static void checkSizes(size_t A, size_t B) {
  if (A != B)
    throw FitError("there are " + std::to_string(A) + " measured and " + std::to_string(B) +
                   " predicted values");
  if (A == 0)
    throw FitError("no measured values to judge");
}

double energy::fit::rSquared(std::span<const double> Y, std::span<const double> P) {
  checkSizes(Y.size(), P.size());
  double Mean = std::accumulate(Y.begin(), Y.end(), 0.0) / double(Y.size());
  double Residual = 0, Total = 0;
  for (size_t I = 0; I < Y.size(); ++I) {
    Residual += (Y[I] - P[I]) * (Y[I] - P[I]);
    Total += (Y[I] - Mean) * (Y[I] - Mean);
  }
  return Total > 0 ? 1 - Residual / Total : std::nan("");
}

Metrics energy::fit::metrics(std::span<const double> Y, std::span<const double> P) {
  checkSizes(Y.size(), P.size());
  Metrics M;
  M.Count = Y.size();
  M.R2 = rSquared(Y, P);
  std::vector<double> Relative;
  double SquaredLog = 0;
  for (size_t I = 0; I < Y.size(); ++I) {
    if (!(Y[I] > 0))
      throw FitError("measured value " + std::to_string(I + 1) + " is not positive");
    Relative.push_back(std::abs(P[I] / Y[I] - 1));
    double L = std::log(std::max(P[I], 1e-300) / Y[I]);
    SquaredLog += L * L;
  }
  double N = double(Y.size());
  M.MapePercent = 100 * std::accumulate(Relative.begin(), Relative.end(), 0.0) / N;
  M.LogRmse = std::sqrt(SquaredLog / N);
  M.MaxPercent = 100 * *std::max_element(Relative.begin(), Relative.end());
  auto Share = [&](double Limit) {
    return double(std::count_if(Relative.begin(), Relative.end(),
                                [&](double R) { return R <= Limit; })) / N;
  };
  M.Within10 = Share(0.1);
  M.Within30 = Share(0.3);
  std::sort(Relative.begin(), Relative.end());
  size_t Half = Relative.size() / 2;
  M.MedianPercent = 50 * (Relative[Half] + Relative[(Relative.size() - 1) / 2]);
  return M;
}

double energy::fit::coverage(std::span<const double> Y, std::span<const double> Low,
                             std::span<const double> High) {
  checkSizes(Y.size(), Low.size());
  checkSizes(Y.size(), High.size());
  size_t Inside = 0;
  for (size_t I = 0; I < Y.size(); ++I)
    Inside += Low[I] <= Y[I] && Y[I] <= High[I];
  return double(Inside) / double(Y.size());
}

double energy::fit::conformalQuantile(std::vector<double> Values, double Q) {
  if (Values.empty())
    throw FitError("no values to take a quantile of");
  size_t Rank = size_t(std::ceil(Q * double(Values.size() + 1)));
  Rank = std::clamp<size_t>(Rank, 1, Values.size());
  std::nth_element(Values.begin(), Values.begin() + long(Rank) - 1, Values.end());
  return Values[Rank - 1];
}
