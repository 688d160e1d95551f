#include "QuickCalibration.h"
#include "Calibration.h"
#include "Numerics/FitError.h"
#include "Numerics/Metrics.h"
#include "Roofline.h"
#include <algorithm>
#include <cmath>

using namespace energy;
using namespace energy::fit;

const char *energy::fit::choiceName(Choice C) {
  switch (C) {
  case Choice::AsIs: return "known model as it is";
  case Choice::Scaled: return "known model times a factor";
  case Choice::Fitted: return "fitted from scratch";
  case Choice::Unmeasured: return "not measured: scaled like the others";
  }
  return "";
}

namespace {
double median(std::vector<double> Values) {
  std::sort(Values.begin(), Values.end());
  return Values[Values.size() / 2];
}
double meanMagnitude(const std::vector<double> &Logs) {
  double Sum = 0;
  for (double L : Logs)
    Sum += std::min(std::abs(L), 20.0);
  return Sum / double(Logs.size());
}

/// ln(measured / known model) without row I's own influence on the factor.
std::vector<double> leaveOneOutScaled(const std::vector<double> &Ratios) {
  std::vector<double> Out;
  for (size_t I = 0; I < Ratios.size(); ++I) {
    std::vector<double> Others = Ratios;
    Others.erase(Others.begin() + long(I));
    Out.push_back(Ratios[I] - median(Others));
  }
  return Out;
}

class Calibrator {
  const LoadedDevice &From;
  Recipe Known;
  const std::vector<Observation> &Data;
  QuickCalibration Out;
  std::vector<double> LogFactors;

public:
  Calibrator(const LoadedDevice &From, const std::vector<Observation> &Data)
      : From(From), Known(Recipe::parse(From.Source)), Data(Data) {}

  QuickCalibration run() {
    Out.Profile = From.Source;
    for (size_t I = 0; I < Known.Types.size(); ++I)
      type(Known.Types[I], From.Profile.Types[I], Out.Profile["types"][I]);
    if (LogFactors.empty())
      throw FitError("no type has " + std::to_string(MinRowsToCalibrate) +
                     " usable measurements; measure 20 to 30 configurations a type");
    double Factor = std::exp(median(LogFactors));
    for (size_t I = 0; I < Known.Types.size(); ++I)
      if (Out.Types[I].Chosen == Choice::Unmeasured) {
        Out.Types[I].Factor = Factor;
        scale(Out.Profile["types"][I], Factor);
        // Nothing here was measured on this machine: every call is an extrapolation.
        Json &Type = Out.Profile["types"][I];
        Type["extrapolates"] = Json::array(
            {{{"when", "1"}, {"reason", "transferred from '" + From.Profile.Name + "'"}}});
        setIntervals(Type, 0.7, 1.4);
      }
    Json &Roofline = Out.Profile["roofline"];
    scale(Roofline, Factor);
    // No type tells how far that factor holds for other operators: a factor of ten, or what it was before.
    double Width = std::max(rooflineInterval({}).High, From.Profile.Roofline.Intervals.back().Extrapolated.High);
    Roofline["intervals"] = Json::array({intervalJson({-Width, Width})});
    Roofline["extrapolated_interval"] = intervalJson({-Width, Width});
    Roofline.erase("calibration");
    return std::move(Out);
  }

private:
  static void scale(Json &Type, double Factor) {
    for (Json &Term : Type["terms"])
      Term["joules_per_unit"] = Term["joules_per_unit"].get<double>() * Factor;
  }
  static void setIntervals(Json &Type, double Width, double Unmeasured) {
    Type["intervals"] = Json::array({intervalJson({-Width, Width})});
    Type["extrapolated_interval"] = intervalJson({-2 * Width, 2 * Width});
    Type["unmeasured_interval"] = intervalJson({-Unmeasured, Unmeasured});
    Type.erase("calibration");
    Type.erase("cross_validation");
  }
  void type(const TypeRecipe &Recipe, const TypeModel &Model, Json &Type) {
    Sample Rows;
    for (const Observation &O : Data)
      if (Recipe.covers(O))
        Rows.push_back(&O);
    CalibratedType C{Recipe.Name, Rows.size()};
    if (Rows.size() >= MinRowsToCalibrate)
      choose(C, Recipe, Model, Rows, Type);
    Out.Types.push_back(C);
  }
  void choose(CalibratedType &C, const TypeRecipe &Recipe, const TypeModel &Model,
              const Sample &Rows, Json &Type) {
    std::vector<double> Ratios;
    for (const Observation *O : Rows)
      Ratios.push_back(std::log(O->Joules / Model.joules(O->Shape)));
    LogFactors.push_back(median(Ratios));
    C.Factor = std::exp(LogFactors.back());
    std::vector<double> Scaled = leaveOneOutScaled(Ratios);
    FittedType Fit = fitType(Recipe, Rows, Recipe.WantsResidual);
    std::vector<double> Scratch = crossValidatedResiduals(Fit, Rows, 5);
    C.AsIsError = meanMagnitude(Ratios);
    C.ScaledError = meanMagnitude(Scaled);
    C.FittedError = meanMagnitude(Scratch);
    const std::vector<double> *Best = &Scratch;
    if (C.FittedError < C.ScaledError && C.FittedError < C.AsIsError) {
      C.Chosen = Choice::Fitted;
      Type = fittedTypeJson(Fit, Rows);
    } else if (C.ScaledError < C.AsIsError) {
      C.Chosen = Choice::Scaled;
      Best = &Scaled;
      scale(Type, C.Factor);
    } else {
      C.Chosen = Choice::AsIs;
      Best = &Ratios;
    }
    double Width = std::max(0.01, magnitudeQuantile(*Best));
    double Unmeasured = Recipe.UnmeasuredWidth > 0 ? Recipe.UnmeasuredWidth
                                                   : From.Profile.Roofline.Intervals.back().Extrapolated.High;
    setIntervals(Type, Width, std::max(2 * Width, Unmeasured));
    Type["calibrated"] = {{"rows", Rows.size()},
                          {"chosen", choiceName(C.Chosen)},
                          {"error_as_is", C.AsIsError},
                          {"error_scaled", C.ScaledError},
                          {"error_fitted", C.FittedError}};
  }
};
} // namespace

/// The known device with the vector width and the cache sizes of the machine that a header describes.
static LoadedDevice onNewMachine(const LoadedDevice &From, const Json &Header, std::vector<std::string> &Notes) {
  Json Source = From.Source;
  Json &Constants = Source["machine"]["constants"];
  const Json Machine = Header.value("machine", Json::object());
  std::string Missing;
  for (const char *Key : {"vector_floats", "l2_bytes", "l3_bytes"}) {
    if (!Constants.contains(Key))
      continue; // no term of the known device uses it
    if (auto Found = Machine.find(Key); Found != Machine.end() && Found->is_number() && *Found > 0)
      Constants[Key] = *Found;
    else
      Missing += (Missing.empty() ? "" : ", ") + std::string(Key);
  }
  if (!Missing.empty())
    Notes.push_back("the measurements do not record " + Missing + " of their machine: those of '" + From.Profile.Name +
                    "' are used");
  return {Source, parseProfile(Source)};
}

QuickCalibration energy::fit::calibrateQuickly(const LoadedDevice &From, const std::string &NewName,
                                               const std::vector<Observation> &Data,
                                               const Json &FileHeader) {
  // Measurements without a header line say nothing of their machine.
  const Json Header = FileHeader.is_object() ? FileHeader : Json::object();
  std::vector<std::string> Notes;
  const LoadedDevice Known = onNewMachine(From, Header, Notes);
  QuickCalibration Q = Calibrator(Known, Data).run();
  Q.Notes = std::move(Notes);
  bool Complete = std::all_of(Q.Types.begin(), Q.Types.end(), [](const CalibratedType &T) {
    return T.Chosen == Choice::Fitted;
  });
  Json Meter = Header.value("meter", Json::object());
  bool Modelled = Meter.value("basis", "measured") == "modelled";
  Q.Profile.erase("judged"); // the known machine's figures
  Q.Profile.erase("notes");
  Q.Profile["tool"] = {{"name", "energy-fit"}, {"version", ENERGY_VERSION}, {"command", "energy-fit --from " + From.Profile.Name}};
  Q.Profile["name"] = NewName;
  Q.Profile["title"] = NewName + ", calibrated from '" + From.Profile.Name + "'";
  Q.Profile["basis"] = Modelled ? "modelled" : Complete ? "measured" : "transferred";
  if (Header.contains("machine"))
    Q.Profile["machine"]["cpu"] = Header["machine"].value("cpu", "not recorded");
  if (!Meter.empty())
    Q.Profile["meter"] = {{"name", Meter.value("name", "") + ": " + Meter.value("counts", "")}};
  if (auto Idle = Meter.find("idle_w"); Idle != Meter.end() && Idle->is_number() && *Idle >= 0)
    Q.Profile["meter"]["idle_w"] = rounded(*Idle, 4);
  if (Header.contains("libtorch")) {
    Q.Profile["software"] = {{"torch", Header["libtorch"].value("version", "not recorded")}};
    Q.Profile["machine"]["threads"] = Header["libtorch"].value("threads", 0);
  }
  Q.Profile["data"] = {{"layout", "energy-measure"}, {"rows", Data.size()}, {"hash", trainingHash(Data)},
                       {"from", From.Profile.Name}};
  return Q;
}
