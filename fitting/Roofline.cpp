#include "Roofline.h"
#include "Calibration.h"
#include "Energy/EnergyModel.h"
#include "Judge.h"
#include "Numerics/FitError.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace energy;
using namespace energy::fit;

namespace {
/// One constant from the same constant of several types, in the recipe's order.
double combined(std::vector<double> Values, const std::string &Rule) {
  if (Values.empty())
    return 0;
  if (Rule == "first")
    return Values.front();
  std::sort(Values.begin(), Values.end());
  if (Rule == "max")
    return Values.back();
  if (Rule == "min")
    return Values.front();
  if (Rule == "sum")
    return std::accumulate(Values.begin(), Values.end(), 0.0);
  if (Rule == "median")
    return Values[Values.size() / 2];
  throw FitError("roofline: unknown rule '" + Rule + "'; expected first, max, min, sum or median");
}

using Constants = std::map<std::string, double>;

Constants constantsOf(const Json &Types) {
  Constants Out;
  for (const Json &T : Types)
    if (T.value("phase", "forward") == "forward")
      for (const Json &Term : T.at("terms"))
        Out[T.at("name").get<std::string>() + "/" + Term.at("name").get<std::string>()] =
            Term.at("joules_per_unit");
  return Out;
}

/// No value when none of the term's sources was fitted.
std::optional<double> constantOf(const Json &Term, const Constants &Fitted) {
  std::vector<double> Values;
  bool AnyFitted = false;
  for (const Json &From : Term.at("from"))
    if (auto Found = Fitted.find(From.get<std::string>()); Found != Fitted.end()) {
      AnyFitted = true;
      if (Found->second > 0)
        Values.push_back(Found->second);
    }
  if (!AnyFitted)
    return std::nullopt;
  return combined(std::move(Values), Term.at("rule")) * Term.value("scale", 1.0);
}
} // namespace

Json energy::fit::fitRoofline(const Json &Recipe, const Json &Types) {
  Constants Fitted = constantsOf(Types);
  Json Out = Recipe;
  Out["intervals"] = Json::array({intervalJson({})});
  Out["extrapolated_interval"] = intervalJson({});
  Out.erase("calibration"); // of an older fit, when the recipe is a profile
  for (Json &Term : Out.at("terms")) {
    std::optional<double> Constant = constantOf(Term, Fitted);
    if (!Constant)
      throw FitError("roofline: no term of '" + Term.at("name").get<std::string>() +
                     "' was fitted: " + Term.at("from").dump());
    Term["joules_per_unit"] = rounded(*Constant);
  }
  return Out;
}

/// The profile as if a type had not been measured: without it, and without the
/// roofline's terms that take their constant from nothing else.
static Json without(const Json &Profile, const std::string &Type) {
  Json Out = Profile;
  std::erase_if(Out["types"].get_ref<Json::array_t &>(),
                [&](const Json &T) { return T.at("name") == Type; });
  Constants Others = constantsOf(Out["types"]);
  std::erase_if(Out["roofline"]["terms"].get_ref<Json::array_t &>(),
                [&](const Json &Term) { return !constantOf(Term, Others); });
  Out["roofline"] = fitRoofline(Out["roofline"], Out["types"]);
  return Out;
}

std::vector<UnmeasuredType> energy::fit::leaveTypesOut(const Recipe &R, const Json &Profile,
                                                       const std::vector<Observation> &Data) {
  std::vector<UnmeasuredType> Out;
  auto IsForward = [](const TypeRecipe &T) { return T.When == Phase::Forward; };
  if (std::count_if(R.Types.begin(), R.Types.end(), IsForward) < 2)
    return Out; // no others to predict from
  for (const TypeRecipe &Type : R.Types) {
    if (!IsForward(Type))
      continue;
    DeviceProfile Reduced = parseProfile(without(Profile, Type.Name));
    UnmeasuredType U{Type.Name, {}, {}};
    for (const Observation &O : Data)
      if (Type.covers(O)) {
        U.Rows.push_back(&O);
        U.LogErrors.push_back(std::log(O.Joules / estimateJoules(Reduced, O.Call, O.Cost)));
      }
    Out.push_back(std::move(U));
  }
  return Out;
}

LogInterval energy::fit::rooflineInterval(const std::vector<UnmeasuredType> &Types) {
  double Widest = Types.empty() ? std::log(10) : 0;
  for (const UnmeasuredType &U : Types)
    Widest = std::max(Widest, magnitudeQuantile(U.LogErrors));
  return {-Widest, Widest};
}
