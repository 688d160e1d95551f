/// \file
/// What to fit, as data (fitting/recipes/*.json): a device profile without
/// numbers. A new device or layer type is a new recipe or a new row, not code.
///
/// Beside the profile's own keys a recipe's type has
///   ranges, residual_features  lists of variables
///   leave_out        expressions, the sizes of a call: intervals are calibrated on rows
///                    left out by them (Calibration.h)
///   leave_out_share  how many rows are left out at either end of a size: 0.1 unless given
///   interval_classes expressions; each class of calls gets its own interval
///   unmeasured_ln    half width of the interval of calls that `extrapolates` names, as
///                    ln(measured / predicted); without it, that of the roofline
///   few_rows         {below, terms}: the terms to fit when there are fewer rows
///   alike            expressions that agree between layers of one network: the errors of
///                    such pairs of rows give error_correlation
/// A finished profile keeps all of them, so it is a recipe too (quick calibration).
/// The roofline's terms have `from`: the fitted terms whose constants they take.
#pragma once
#include "Observation.h"
#include <nlohmann/json.hpp>

namespace energy::fit {
using Json = nlohmann::ordered_json;

struct NamedExpression {
  std::string Name, Text;
  Expression Value;
};
struct TypeRecipe {
  Json Source; ///< the recipe's object, copied into the profile
  std::string Name;
  Phase When = Phase::Forward;
  std::vector<std::string> Ops;
  unsigned Family = Any;
  Expression Applies;
  std::vector<Expression> Extrapolates;
  std::vector<NamedExpression> Terms, FewTerms, LeaveOut, IntervalClasses, Alike;
  size_t FewRows = 0; ///< FewTerms are used below this number of rows
  double LeaveOutShare = 0.1;
  double UnmeasuredWidth = 0; ///< 0: not given
  std::vector<Variable> Ranges, ResidualFeatures;
  bool WantsResidual = false;

  /// The observations that this type is fitted on.
  bool covers(const Observation &O) const;
};
struct Recipe {
  Json Source;
  std::string Name;
  llvm::StringMap<double> Constants;
  std::vector<TypeRecipe> Types;

  static Recipe parse(const Json &Source);
  static Recipe read(const std::string &Path);
};

/// \p X to that many significant digits.
double rounded(double X, int Digits = 6);
Json intervalJson(const LogInterval &I);
Json readJson(const std::string &Path);
std::string jsonText(const Json &Value);
void writeJson(const std::string &Path, const Json &Value);

} // namespace energy::fit
