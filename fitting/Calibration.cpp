#include "Calibration.h"
#include "Numerics/Metrics.h"
#include <algorithm>
#include <cmath>
#include <future>
#include <iterator>
#include <numeric>
#include <random>
#include <set>
#include <thread>

using namespace energy;
using namespace energy::fit;

double energy::fit::magnitudeQuantile(const std::vector<double> &LogErrors) {
  std::vector<double> Magnitudes;
  for (double E : LogErrors)
    Magnitudes.push_back(std::min(std::abs(E), 20.0));
  return conformalQuantile(std::move(Magnitudes), IntervalLevel);
}

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
/// Rows that are left out together, and afterwards how well the others predicted them.
struct Region {
  std::string Name;
  Sample Rows;
  std::vector<HeldOut> Errors;
};

double magnitudeQuantile(const std::vector<HeldOut> &Errors) {
  std::vector<double> Logs;
  for (const HeldOut &H : Errors)
    Logs.push_back(H.LogError);
  return energy::fit::magnitudeQuantile(Logs);
}

/// The rows ordered by an expression; equal values keep the order of the data.
Sample ordered(const Sample &Data, const Expression &By) {
  Sample Out = Data;
  std::stable_sort(Out.begin(), Out.end(), [&](const Observation *A, const Observation *B) {
    return By.evaluate(A->Shape) < By.evaluate(B->Shape);
  });
  return Out;
}

/// The quarters that the medians of two sizes cut the rows into, for every pair of sizes.
std::vector<Region> newCombinations(const TypeRecipe &Recipe, const Sample &Data) {
  using Half = std::set<const Observation *>;
  std::vector<Half> Upper;
  for (const NamedExpression &Size : Recipe.LeaveOut) {
    Sample Sorted = ordered(Data, Size.Value);
    Upper.emplace_back(Sorted.begin() + std::ptrdiff_t(Sorted.size() / 2), Sorted.end());
  }
  std::vector<Region> Out;
  for (size_t B = 0; B < Upper.size(); ++B)
    for (size_t A = 0; A < B; ++A)
      for (bool UpperA : {false, true})
        for (bool UpperB : {false, true}) {
          auto Side = [](bool IsUpper) { return IsUpper ? "large " : "small "; };
          Region R{Side(UpperA) + Recipe.LeaveOut[A].Name + " with " + Side(UpperB) +
                       Recipe.LeaveOut[B].Name,
                   {},
                   {}};
          for (const Observation *O : Data)
            if (Upper[A].count(O) == UpperA && Upper[B].count(O) == UpperB)
              R.Rows.push_back(O);
          Out.push_back(std::move(R));
        }
  return Out;
}
/// The rows at either end of every size, a tenth unless the recipe says otherwise.
std::vector<Region> endsOfRanges(const TypeRecipe &Recipe, const Sample &Data) {
  std::vector<Region> Out;
  auto Share = std::ptrdiff_t(std::clamp(Recipe.LeaveOutShare, 0.0, 1.0) * double(Data.size()));
  for (const NamedExpression &Size : Recipe.LeaveOut) {
    Sample Sorted = ordered(Data, Size.Value);
    Out.push_back({"smallest " + Size.Name, {Sorted.begin(), Sorted.begin() + Share}, {}});
    Out.push_back({"largest " + Size.Name, {Sorted.end() - Share, Sorted.end()}, {}});
  }
  return Out;
}

/// Fits without each region in turn. Regions without a row, or without which nothing remains, are
/// dropped.
void leaveOut(std::vector<Region> &Regions, const FittedType &Full, const Sample &Data) {
  std::erase_if(Regions,
                [&](const Region &R) { return R.Rows.empty() || R.Rows.size() == Data.size(); });
  auto Predict = [&](Region &R) {
    std::set<const Observation *> Left(R.Rows.begin(), R.Rows.end());
    Sample Train;
    std::copy_if(Data.begin(), Data.end(), std::back_inserter(Train),
                 [&](const Observation *O) { return !Left.count(O); });
    FittedType T = refit(Full, Train);
    for (const Observation *O : R.Rows)
      R.Errors.push_back({O, std::log(O->Joules / T.predict(O->Shape))});
  };
  // Regions are independent of each other; one task per processor keeps the memory small.
  size_t Workers = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::future<void>> Tasks;
  for (size_t Worker = 0; Worker < Workers; ++Worker)
    Tasks.push_back(std::async(std::launch::async, [&, Worker] {
      for (size_t I = Worker; I < Regions.size(); I += Workers)
        Predict(Regions[I]);
    }));
  for (std::future<void> &Task : Tasks)
    Task.get();
}

bool alike(const FittedType &T, const Observation &A, const Observation &B) {
  double Batches = A.Shape[Variable::batch] / std::max(1.0, B.Shape[Variable::batch]);
  if (Batches > 1.5 || Batches < 1 / 1.5)
    return false;
  return std::all_of(T.Recipe->Alike.begin(), T.Recipe->Alike.end(), [&](const NamedExpression &E) {
    return E.Value.evaluate(A.Shape) == E.Value.evaluate(B.Shape);
  });
}

/// E[r_i r_j] / E[r^2] over pairs of one region that could be layers of one
/// network, among the calls of the first interval class; errors clipped at 0.5. 1
/// when the recipe does not say what is alike or there are too few pairs to tell.
double errorCorrelation(const FittedType &T, const std::vector<Region> &Regions) {
  const TypeRecipe &Recipe = *T.Recipe;
  double Squares = 0, Products = 0;
  size_t Rows = 0, Pairs = 0;
  for (const Region &R : Regions) {
    std::vector<HeldOut> Usual;
    for (HeldOut H : R.Errors)
      if (Recipe.IntervalClasses.front().Value.evaluate(H.Row->Shape) != 0) {
        H.LogError = std::clamp(H.LogError, -0.5, 0.5);
        Squares += H.LogError * H.LogError;
        Usual.push_back(H);
      }
    Rows += Usual.size();
    for (size_t I = 0; I < Usual.size(); ++I)
      for (size_t J = 0; J < I; ++J)
        if (alike(T, *Usual[I].Row, *Usual[J].Row)) {
          Products += Usual[I].LogError * Usual[J].LogError;
          ++Pairs;
        }
  }
  if (Recipe.Alike.empty() || Pairs < 200 || Squares == 0)
    return 1;
  return std::clamp(Products / double(Pairs) / (Squares / double(Rows)), 0.0, 1.0);
}

std::vector<HeldOut> errorsOf(const std::vector<Region> &Regions) {
  std::vector<HeldOut> All;
  for (const Region &R : Regions)
    All.insert(All.end(), R.Errors.begin(), R.Errors.end());
  return All;
}

/// Moves the errors of a class of calls out of \p From.
std::vector<HeldOut> takeClass(std::vector<HeldOut> &From, const Expression &Class) {
  auto Rest = std::stable_partition(From.begin(), From.end(), [&](const HeldOut &H) {
    return Class.evaluate(H.Row->Shape) == 0;
  });
  std::vector<HeldOut> Members(Rest, From.end());
  From.erase(Rest, From.end());
  return Members;
}
} // namespace

Calibration energy::fit::calibrate(const FittedType &Full, const Sample &Data) {
  const TypeRecipe &Recipe = *Full.Recipe;
  Calibration C;
  C.CrossValidated = crossValidatedResiduals(Full, Data, 5);
  Region Random{"random fifth", Data, {}};
  for (size_t I = 0; I < Data.size(); ++I)
    Random.Errors.push_back({Data[I], C.CrossValidated[I]});
  std::vector<Region> Inside = newCombinations(Recipe, Data), Ends = endsOfRanges(Recipe, Data);
  leaveOut(Inside, Full, Data);
  leaveOut(Ends, Full, Data);
  C.Regions.push_back({Random.Name, Data.size(), magnitudeQuantile(Random.Errors)});
  for (const std::vector<Region> *Regions : {&Inside, &Ends})
    for (const Region &R : *Regions)
      C.Regions.push_back({R.Name, R.Rows.size(), magnitudeQuantile(R.Errors)});
  if (Inside.empty()) // one size: nothing to combine
    Inside.push_back(std::move(Random));
  std::vector<HeldOut> AtEnds = errorsOf(Ends);
  std::move(Ends.begin(), Ends.end(), std::back_inserter(Inside));
  std::vector<HeldOut> All = errorsOf(Inside);
  C.ErrorCorrelation = errorCorrelation(Full, Inside);
  double Widest = 0;
  for (const NamedExpression &Class : Recipe.IntervalClasses) {
    std::vector<HeldOut> Members = takeClass(All, Class.Value),
                         Outer = takeClass(AtEnds, Class.Value);
    double Q = Members.empty() ? Widest : magnitudeQuantile(Members);
    double Outside = Outer.empty() ? 2 * Q : std::max(Q, magnitudeQuantile(Outer));
    C.Classes.push_back({-Q, Q});
    C.Extrapolated.push_back({-Outside, Outside});
    Widest = std::max(Widest, Q);
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
