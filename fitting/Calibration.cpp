#include "Calibration.h"
#include "Numerics/Metrics.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace energy;
using namespace energy::fit;

std::vector<double> energy::fit::crossValidatedResiduals(const TypeRecipe &Recipe, const Sample &Data,
                                                         unsigned Folds, bool WithResidual) {
  std::vector<size_t> Order(Data.size());
  std::iota(Order.begin(), Order.end(), size_t(0));
  std::mt19937_64 Random(1);
  for (size_t I = Order.size(); I > 1; --I) // std::shuffle differs between libraries
    std::swap(Order[I - 1], Order[Random() % I]);
  std::vector<double> Residuals(Data.size());
  for (unsigned Fold = 0; Fold < Folds; ++Fold) {
    Sample Train;
    for (size_t I = 0; I < Order.size(); ++I)
      if (I % Folds != Fold)
        Train.push_back(Data[Order[I]]);
    FittedType T = fitType(Recipe, Train, WithResidual);
    for (size_t I = Fold; I < Order.size(); I += Folds)
      Residuals[Order[I]] = std::log(Data[Order[I]]->Joules / T.predict(Data[Order[I]]->Shape));
  }
  return Residuals;
}

static LogInterval interval(const std::vector<double> &Residuals) {
  std::vector<double> Magnitude;
  for (double R : Residuals)
    Magnitude.push_back(std::abs(R));
  double Q = conformalQuantile(Magnitude, IntervalLevel);
  return {-Q, Q};
}

Calibration energy::fit::calibrate(const TypeRecipe &Recipe, const Sample &Data) {
  std::vector<double> Left;
  for (const NamedExpression &Region : Recipe.Regions) {
    Sample Inside, Outside;
    for (const Observation *O : Data)
      (Region.Value.evaluate(O->Shape) != 0 ? Inside : Outside).push_back(O);
    if (Inside.empty() || Outside.size() < 20)
      continue;
    FittedType T = fitType(Recipe, Outside, true);
    for (const Observation *O : Inside)
      Left.push_back(std::log(O->Joules / T.predict(O->Shape)));
  }
  if (Left.empty())
    Left = crossValidatedResiduals(Recipe, Data, 5, true);
  Calibration C;
  C.Residuals = Left.size();
  C.Fitted = interval(Left);
  C.Extrapolated = {2 * C.Fitted.Low, 2 * C.Fitted.High};
  return C;
}
