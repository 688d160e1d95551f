#include "Calibration.h"
#include "Numerics/Metrics.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace energy;
using namespace energy::fit;

static FittedType refit(const FittedType &Full, const Sample &Data) {
  return Full.Residual ? fitType(*Full.Recipe, Data, true, Full.Kernel)
                       : fitType(*Full.Recipe, Data, false);
}

std::vector<double> energy::fit::crossValidatedResiduals(const FittedType &Full, const Sample &Data,
                                                         unsigned Folds) {
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
    FittedType T = refit(Full, Train);
    for (size_t I = Fold; I < Order.size(); I += Folds)
      Residuals[Order[I]] = std::log(Data[Order[I]]->Joules / T.predict(Data[Order[I]]->Shape));
  }
  return Residuals;
}

namespace {
struct HeldOut {
  const Observation *Row;
  double LogError;
};

double magnitudeQuantile(const std::vector<HeldOut> &Errors) {
  std::vector<double> Magnitudes;
  for (const HeldOut &H : Errors)
    Magnitudes.push_back(std::min(std::abs(H.LogError), 20.0));
  return conformalQuantile(std::move(Magnitudes), IntervalLevel);
}

std::vector<HeldOut> predictHeldOut(const FittedType &Full, const Sample &Train, const Sample &Test) {
  FittedType T = refit(Full, Train);
  std::vector<HeldOut> Out;
  for (const Observation *O : Test)
    Out.push_back({O, std::log(O->Joules / T.predict(O->Shape))});
  return Out;
}

/// The rows ordered by an expression; equal values keep the order of the data.
Sample ordered(const Sample &Data, const Expression &By) {
  Sample Out = Data;
  std::stable_sort(Out.begin(), Out.end(), [&](const Observation *A, const Observation *B) {
    return By.evaluate(A->Shape) < By.evaluate(B->Shape);
  });
  return Out;
}
bool alike(const FittedType &T, const Observation &A, const Observation &B) {
  double Batches = A.Shape[Variable::batch] / std::max(1.0, B.Shape[Variable::batch]);
  if (Batches > 1.5 || Batches < 1 / 1.5)
    return false;
  return std::all_of(T.Recipe->Alike.begin(), T.Recipe->Alike.end(), [&](const NamedExpression &E) {
    return E.Value.evaluate(A.Shape) == E.Value.evaluate(B.Shape);
  });
}

/// E[r_i r_j] / E[r^2] over pairs of rows that could be layers of one network,
/// among the calls of the first interval class; errors clipped at 0.5. 1 when
/// the recipe does not say what is alike or there are too few pairs to tell.
double errorCorrelation(const FittedType &T, const std::vector<HeldOut> &Random) {
  const TypeRecipe &R = *T.Recipe;
  if (R.Alike.empty())
    return 1;
  std::vector<HeldOut> Usual;
  double Squares = 0;
  for (HeldOut H : Random)
    if (R.IntervalClasses.front().Value.evaluate(H.Row->Shape) != 0) {
      H.LogError = std::clamp(H.LogError, -0.5, 0.5);
      Squares += H.LogError * H.LogError;
      Usual.push_back(H);
    }
  double Products = 0;
  size_t Pairs = 0;
  for (size_t I = 0; I < Usual.size(); ++I)
    for (size_t J = 0; J < I; ++J)
      if (alike(T, *Usual[I].Row, *Usual[J].Row)) {
        Products += Usual[I].LogError * Usual[J].LogError;
        ++Pairs;
      }
  if (Pairs < 200 || Squares == 0)
    return 1;
  return std::clamp(Products / double(Pairs) / (Squares / double(Usual.size())), 0.0, 1.0);
}
} // namespace

Calibration energy::fit::calibrate(const FittedType &Full, const Sample &Data) {
  Calibration C;
  std::vector<HeldOut> All;
  C.CrossValidated = crossValidatedResiduals(Full, Data, 5);
  for (size_t I = 0; I < Data.size(); ++I)
    All.push_back({Data[I], C.CrossValidated[I]});
  C.Regions.push_back({"random fifth", All.size(), magnitudeQuantile(All)});
  C.ErrorCorrelation = errorCorrelation(Full, All);
  for (const NamedExpression &By : Full.Recipe->LeaveOut) {
    Sample Sorted = ordered(Data, By.Value);
    auto Count = static_cast<std::ptrdiff_t>(Full.Recipe->LeaveOutShare * double(Data.size()));
    if (Count < 1)
      continue;
    auto Keep = [&](const char *Which, Sample Test, Sample Train) {
      std::vector<HeldOut> Left = predictHeldOut(Full, Train, Test);
      C.Regions.push_back({Which + (" " + By.Name), Left.size(), magnitudeQuantile(Left)});
      All.insert(All.end(), Left.begin(), Left.end());
    };
    Keep("smallest", {Sorted.begin(), Sorted.begin() + Count}, {Sorted.begin() + Count, Sorted.end()});
    Keep("largest", {Sorted.end() - Count, Sorted.end()}, {Sorted.begin(), Sorted.end() - Count});
  }
  double Widest = 0;
  for (const NamedExpression &Class : Full.Recipe->IntervalClasses) {
    std::vector<HeldOut> Members;
    std::vector<HeldOut> Rest;
    for (const HeldOut &H : All)
      (Class.Value.evaluate(H.Row->Shape) != 0 ? Members : Rest).push_back(H);
    double Q = Members.empty() ? Widest : magnitudeQuantile(Members);
    C.Classes.push_back({-Q, Q});
    C.Extrapolated.push_back(Full.Recipe->Unmeasured.High > 0 ? Full.Recipe->Unmeasured
                                                              : LogInterval{-2 * Q, 2 * Q});
    Widest = std::max(Widest, Q);
    All = std::move(Rest);
  }
  return C;
}

const LogInterval &energy::fit::intervalOf(const Calibration &C, const TypeRecipe &Recipe,
                                           const OpShape &S) {
  for (size_t I = 0; I < C.Classes.size(); ++I)
    if (Recipe.IntervalClasses[I].Value.evaluate(S) != 0)
      return C.Classes[I];
  return C.Classes.back();
}
