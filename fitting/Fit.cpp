#include "Fit.h"
#include "Calibration.h"
#include "Import.h"
#include "JsonLines.h"
#include "Numerics/FitError.h"
#include "Numerics/Metrics.h"
#include "Roofline.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <future>

using namespace energy;
using namespace energy::fit;

static bool isMeasurementFile(const std::string &Path) {
  return std::filesystem::is_regular_file(Path) && std::filesystem::path(Path).extension() == ".jsonl";
}

std::vector<Observation> energy::fit::readTraining(const Recipe &R,
                                                   const std::vector<std::string> &Paths) {
  const Json Data = R.Source.value("data", Json::object());
  std::string Prefix = Data.value("files", "random_");
  ImportOptions Options;
  Options.EnergyScale = Data.value("energy_scale", 1.0);
  std::vector<Observation> All;
  for (const std::string &Path : Paths) {
    if (isMeasurementFile(Path)) {
      std::vector<Observation> File = readMeasurements(Path).Samples;
      All.insert(All.end(), File.begin(), File.end());
      continue;
    }
    for (const std::string &Name : csvFiles(Path))
      if (Name.rfind(Prefix, 0) == 0 && !layerOfFile(Name).empty()) {
        std::vector<Observation> File = importLayers(Path + "/" + Name, Options);
        All.insert(All.end(), File.begin(), File.end());
      }
  }
  if (All.empty())
    throw FitError("no file '" + Prefix + "<layer>.csv' with measurements was found");
  return All;
}

std::string energy::fit::trainingHash(const std::vector<Observation> &Data) {
  uint64_t Hash = 0xcbf29ce484222325u;
  auto Add = [&](const std::string &Text) {
    for (char C : Text)
      Hash = (Hash ^ static_cast<unsigned char>(C)) * 0x100000001b3u;
  };
  for (const Observation &O : Data) {
    Add(toOpLine(O.Call).str());
    Add(phaseName(O.When).str());
    Add(std::to_string(O.Joules) + "\n");
  }
  char Text[32];
  std::snprintf(Text, sizeof Text, "fnv1a64:%016llx", static_cast<unsigned long long>(Hash));
  return Text;
}

namespace {
Json rangesJson(const TypeRecipe &Recipe, const Sample &Data) {
  Json Out = Json::object();
  for (Variable V : Recipe.Ranges) {
    double Low = Data.front()->Shape[V], High = Low;
    for (const Observation *O : Data) {
      Low = std::min(Low, O->Shape[V]);
      High = std::max(High, O->Shape[V]);
    }
    Out[variableName(V).str()] = {Low, High};
  }
  return Out;
}

Json residualJson(const KernelCorrection &K) {
  Json Out;
  for (Variable V : K.Features)
    Out["features"].push_back(variableName(V).str());
  for (double M : K.Mean)
    Out["mean"].push_back(rounded(M));
  for (double S : K.Scale)
    Out["scale"].push_back(rounded(S));
  Out["length"] = K.Length;
  Out["limit"] = K.Limit;
  for (float P : K.Points)
    Out["points"].push_back(rounded(double(P), 5));
  for (float W : K.Weights)
    Out["weights"].push_back(rounded(double(W), 5));
  return Out;
}

Json errorsJson(const Sample &Data, const std::vector<double> &LogResiduals) {
  std::vector<double> Measured, Predicted;
  for (size_t I = 0; I < Data.size(); ++I) {
    Measured.push_back(Data[I]->Joules);
    Predicted.push_back(Data[I]->Joules / std::exp(LogResiduals[I]));
  }
  Metrics M = metrics(Measured, Predicted);
  return {{"rows", M.Count},
          {"r2", rounded(M.R2, 5)},
          {"mape_percent", rounded(M.MapePercent, 4)},
          {"median_percent", rounded(M.MedianPercent, 4)},
          {"log_rmse", rounded(M.LogRmse, 4)}};
}

void addCalibration(Json &Type, const FittedType &T, const Sample &Data) {
  Calibration C = calibrate(T, Data);
  Type["intervals"] = Json::array();
  for (size_t I = 0; I < C.Classes.size(); ++I) {
    Json Class = intervalJson(C.Classes[I]);
    Class["extrapolated"] = intervalJson(C.Extrapolated[I]);
    Class["when"] = T.Recipe->IntervalClasses[I].Text;
    Type["intervals"].push_back(Class);
  }
  Type["extrapolated_interval"] = intervalJson(C.Extrapolated.back());
  Type["error_correlation"] = rounded(C.ErrorCorrelation, 3);
  for (const LeftOutRegion &L : C.Regions)
    Type["calibration"].push_back(
        {{"left_out", L.Name}, {"rows", L.Rows}, {"ln_quantile", rounded(L.Quantile, 3)}});
  Type["cross_validation"] = errorsJson(Data, C.CrossValidated);
}
} // namespace

Json energy::fit::fittedTypeJson(const FittedType &T, const Sample &Data) {
  Json Out = T.Recipe->Source;
  Out["model"] = modelKey(T.Residual ? ModelKind::KernelResidual : ModelKind::PhysicalTerms).str();
  Out["terms"] = Json::array();
  for (size_t I = 0; I < T.Terms->size(); ++I)
    Out["terms"].push_back({{"name", (*T.Terms)[I].Name},
                            {"expression", (*T.Terms)[I].Text},
                            {"joules_per_unit", rounded(T.Coefficients[Eigen::Index(I)])}});
  Out["ranges"] = rangesJson(*T.Recipe, Data);
  Out["intervals"] = Json::array({intervalJson({})});
  Out["extrapolated_interval"] = intervalJson({});
  for (const char *Key : {"calibration", "cross_validation", "error_correlation", "residual", "unmeasured_interval"})
    Out.erase(Key); // of an older fit, when the recipe is a profile
  if (T.Residual)
    Out["residual"] = residualJson(*T.Residual);
  return Out;
}

static Json fitOneType(const TypeRecipe &Type, const std::vector<Observation> &Data,
                       const FitOptions &Options) {
  Sample Covered;
  for (const Observation &O : Data)
    if (Type.covers(O))
      Covered.push_back(&O);
  if (Covered.empty())
    throw FitError("no measurement of type '" + Type.Name + "' (" + phaseName(Type.When).str() +
                   ") was given");
  FittedType T = fitType(Type, Covered, Type.WantsResidual);
  Json Out = fittedTypeJson(T, Covered);
  if (Options.Calibrate)
    addCalibration(Out, T, Covered);
  return Out;
}

/// Of operators that were not measured, and of options of the measured ones.
static void addRooflineIntervals(Json &Profile, const Recipe &R, const std::vector<Observation> &Data) {
  std::vector<UnmeasuredType> Types = leaveTypesOut(R, Profile, Data);
  LogInterval Roofline = rooflineInterval(Types);
  Json &Out = Profile["roofline"];
  Out["intervals"] = Json::array({intervalJson(Roofline)});
  Out["extrapolated_interval"] = intervalJson(Roofline);
  for (const UnmeasuredType &U : Types)
    Out["calibration"].push_back({{"left_out", U.Name},
                                  {"rows", U.LogErrors.size()},
                                  {"ln_quantile", rounded(magnitudeQuantile(U.LogErrors), 3)}});
  for (size_t I = 0; I < R.Types.size(); ++I)
    if (double Width = R.Types[I].UnmeasuredWidth; Width > 0)
      Profile["types"][I]["unmeasured_interval"] = intervalJson({-Width, Width});
    else
      Profile["types"][I]["unmeasured_interval"] = intervalJson(Roofline);
}

Json energy::fit::fitProfile(const Recipe &R, const std::vector<Observation> &Data,
                             const FitOptions &Options) {
  Json Out = R.Source;
  Out["types"] = Json::array();
  // Types are independent of each other: one task each.
  std::vector<std::future<Json>> Tasks;
  for (const TypeRecipe &Type : R.Types)
    Tasks.push_back(std::async(std::launch::async, [&] { return fitOneType(Type, Data, Options); }));
  for (std::future<Json> &Task : Tasks)
    Out["types"].push_back(Task.get());
  Out["roofline"] = fitRoofline(R.Source.at("roofline"), Out["types"]);
  if (Options.Calibrate)
    addRooflineIntervals(Out, R, Data);
  Out["data"]["rows"] = Data.size();
  Out["data"]["hash"] = trainingHash(Data);
  Out["tool"] = {{"name", "energy-fit"}, {"version", ENERGY_VERSION}, {"command", Options.Command}};
  return Out;
}
