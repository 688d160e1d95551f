#include "Evaluate.h"
#include "Calibration.h"
#include "Import.h"
#include "Numerics/FitError.h"
#include "Roofline.h"
#include <algorithm>
#include <cmath>
#include <random>
#include <set>

using namespace energy;
using namespace energy::fit;

static Sample covered(const TypeRecipe &Type, const std::vector<Observation> &Data) {
  Sample Out;
  for (const Observation &O : Data)
    if (Type.covers(O))
      Out.push_back(&O);
  return Out;
}

static JudgedPoint point(const Observation &O, double Joules, double Mean, const LogInterval &I) {
  Estimate E;
  E.MeanJoules = Mean;
  E.LowJoules = Mean * std::exp(I.Low);
  E.HighJoules = Mean * std::exp(I.High);
  E.Kind = Basis::Fitted;
  return {toOpLine(O.Call).str(), Joules, std::move(E)};
}

static std::string title(const TypeRecipe &Type) {
  return Type.When == Phase::Forward ? Type.Name : Type.Name + " " + phaseName(Type.When).str();
}

std::vector<JudgedSet> energy::fit::evaluateCrossValidation(const Recipe &R,
                                                            const std::vector<Observation> &Data) {
  std::vector<JudgedSet> Sets;
  for (const TypeRecipe &Type : R.Types) {
    Sample Rows = covered(Type, Data);
    FittedType T = fitType(Type, Rows, Type.WantsResidual);
    Calibration C = calibrate(T, Rows);
    JudgedSet S{title(Type), "cross-validation", {}};
    for (size_t J = 0; J < Rows.size(); ++J)
      S.Points.push_back(point(*Rows[J], Rows[J]->Joules, Rows[J]->Joules / std::exp(C.CrossValidated[J]),
                               intervalOf(C, Type, Rows[J]->Shape)));
    Sets.push_back(std::move(S));
  }
  return Sets;
}

std::vector<JudgedSet> energy::fit::evaluatePublishedSplit(const Recipe &R,
                                                           const std::vector<Observation> &Data) {
  std::vector<JudgedSet> Sets;
  for (const TypeRecipe &Type : R.Types) {
    Sample Train, Test;
    for (const Observation *O : covered(Type, Data)) {
      if (O->Split == "test")
        Test.push_back(O);
      else if (O->Split == "train" || O->Split == "val")
        Train.push_back(O);
    }
    if (Train.empty() || Test.empty())
      continue;
    FittedType T = fitType(Type, Train, Type.WantsResidual);
    Calibration C = calibrate(T, Train);
    JudgedSet Plain{title(Type), "test", {}}, Published{title(Type), "test, published mean", {}};
    for (const Observation *O : Test) {
      double Mean = T.predict(O->Shape);
      const LogInterval &I = intervalOf(C, Type, O->Shape);
      Plain.Points.push_back(point(*O, O->Joules, Mean, I));
      if (O->PaperJoules > 0)
        Published.Points.push_back(point(*O, O->PaperJoules, Mean, I));
    }
    Sets.push_back(std::move(Plain));
    Sets.push_back(std::move(Published));
  }
  return Sets;
}

static const JudgedSet &totalsOf(const std::vector<JudgedSet> &Sets, const std::string &Group) {
  for (const JudgedSet &S : Sets)
    if (S.File == "arch_totals.csv" && S.Group == Group)
      return S;
  throw FitError("the folder has no arch_totals.csv with '" + Group + "'");
}

std::vector<LearningPoint>
energy::fit::evaluateLearningCurve(const Recipe &R, const std::vector<Observation> &Data,
                                   const std::string &Folder, const std::vector<size_t> &Rows,
                                   size_t Draws) {
  FitOptions Options;
  Options.Calibrate = false;
  std::vector<LearningPoint> Curve;
  std::mt19937_64 Random(7);
  for (size_t Count : Rows) {
    LearningPoint P{Count, {}};
    for (size_t Draw = 0; Draw < Draws; ++Draw) {
      std::vector<Observation> Drawn;
      for (const TypeRecipe &Type : R.Types) {
        Sample All = covered(Type, Data);
        size_t Take = std::min(Count, All.size());
        for (size_t I = 0; I < Take; ++I) {
          std::swap(All[I], All[I + Random() % (All.size() - I)]);
          Drawn.push_back(*All[I]);
        }
      }
      DeviceProfile Profile = parseProfile(fitProfile(R, Drawn, Options));
      P.Draws.push_back(totalsOf(judgeTotals(Profile, Folder), "all").figures());
    }
    Curve.push_back(std::move(P));
  }
  return Curve;
}

std::vector<JudgedSet> energy::fit::evaluateRoofline(const Recipe &R, const std::vector<Observation> &Data) {
  FitOptions Options;
  Options.Calibrate = false;
  Recipe Plain = R;
  for (TypeRecipe &T : Plain.Types)
    T.WantsResidual = false; // the roofline takes constants of terms only
  std::vector<UnmeasuredType> Types = leaveTypesOut(Plain, fitProfile(Plain, Data, Options), Data);
  std::vector<JudgedSet> Sets;
  JudgedSet All{"roofline", "all as if unmeasured", {}};
  for (size_t I = 0; I < Types.size(); ++I) {
    std::vector<UnmeasuredType> Others = Types;
    Others.erase(Others.begin() + std::ptrdiff_t(I));
    LogInterval Interval = rooflineInterval(Others);
    JudgedSet S{"roofline", Types[I].Name + " as if unmeasured", {}};
    for (size_t Row = 0; Row < Types[I].Rows.size(); ++Row) {
      const Observation &O = *Types[I].Rows[Row];
      S.Points.push_back(point(O, O.Joules, O.Joules / std::exp(Types[I].LogErrors[Row]), Interval));
    }
    All.Points.insert(All.Points.end(), S.Points.begin(), S.Points.end());
    Sets.push_back(std::move(S));
  }
  Sets.push_back(std::move(All));
  return Sets;
}

std::vector<JudgedSet> energy::fit::evaluateLeaveArchitectureOut(const Recipe &R,
                                                                 const std::string &Folder) {
  std::vector<Observation> Layers;
  for (const std::string &Name : csvFiles(Folder))
    if (!layerOfFile(Name).empty())
      for (Observation &O : importLayers(Folder + "/" + Name))
        if (!O.Architecture.empty())
          Layers.push_back(std::move(O));
  std::set<std::string> Architectures;
  for (const Observation &O : Layers)
    Architectures.insert(O.Architecture);
  FitOptions Options;
  Options.Calibrate = false;
  std::vector<JudgedSet> Sets;
  for (const std::string &Out : Architectures) {
    Recipe Reduced = R;
    std::vector<Observation> Others;
    for (const Observation &O : Layers)
      if (O.Architecture != Out)
        Others.push_back(O);
    std::erase_if(Reduced.Types, [&](const TypeRecipe &T) { return covered(T, Others).empty(); });
    for (TypeRecipe &T : Reduced.Types)
      T.WantsResidual = false;
    DeviceProfile Profile = parseProfile(fitProfile(Reduced, Others, Options));
    JudgedSet S = totalsOf(judgeTotals(Profile, Folder), "architecture " + Out);
    S.Group = "without " + Out;
    Sets.push_back(std::move(S));
  }
  return Sets;
}
