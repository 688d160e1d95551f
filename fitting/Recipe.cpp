#include "Recipe.h"
#include "Numerics/FitError.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace energy;
using namespace energy::fit;

double energy::fit::rounded(double X, int Digits) {
  char Text[40];
  std::snprintf(Text, sizeof Text, "%.*g", Digits, X);
  return std::strtod(Text, nullptr);
}
Json energy::fit::intervalJson(const LogInterval &I) {
  return {{"ln_low", rounded(I.Low, 4)}, {"ln_high", rounded(I.High, 4)}};
}

Json energy::fit::readJson(const std::string &Path) {
  std::ifstream In(Path);
  if (!In)
    throw FitError("cannot read '" + Path + "'");
  try {
    return Json::parse(In);
  } catch (const Json::exception &E) {
    throw FitError("'" + Path + "' is not valid JSON: " + E.what());
  }
}

/// As dump(1), but a list of numbers stays on one line: a profile holds thousands.
static void appendJson(std::string &Out, const Json &Value, size_t Indent) {
  bool Flat = Value.is_array() && std::all_of(Value.begin(), Value.end(),
                                              [](const Json &V) { return V.is_primitive(); });
  if (!Value.is_structured() || Value.empty() || Flat) {
    Out += Value.dump();
    return;
  }
  const char *Separator = "";
  Out += Value.is_array() ? "[" : "{";
  for (const auto &[Key, Item] : Value.items()) {
    Out += Separator;
    Out += "\n" + std::string(Indent + 1, ' ');
    if (Value.is_object())
      Out += Json(Key).dump() + ": ";
    appendJson(Out, Item, Indent + 1);
    Separator = ",";
  }
  Out += "\n" + std::string(Indent, ' ') + (Value.is_array() ? "]" : "}");
}

std::string energy::fit::jsonText(const Json &Value) {
  std::string Out;
  appendJson(Out, Value, 0);
  return Out + "\n";
}

void energy::fit::writeJson(const std::string &Path, const Json &Value) {
  std::ofstream Out(Path);
  Out << jsonText(Value);
  if (!Out.flush())
    throw FitError("cannot write '" + Path + "'");
}

bool TypeRecipe::covers(const Observation &O) const {
  if (O.When != When)
    return false;
  std::string Base = O.Call.baseName().str();
  if (std::find(Ops.begin(), Ops.end(), Base) == Ops.end())
    return false;
  return ((Family & Any) || (Family & O.Shape.Family)) && Applies.evaluate(O.Shape) != 0;
}

namespace {
class RecipeParser {
  Recipe R;

public:
  explicit RecipeParser(const Json &Source) {
    R.Source = Source;
    R.Name = Source.at("name");
    for (const auto &[Key, Value] : Source.at("machine").at("constants").items())
      R.Constants[Key] = Value.get<double>();
    for (const Json &T : Source.at("types"))
      R.Types.push_back(type(T));
  }
  Recipe take() { return std::move(R); }

private:
  Expression expression(const std::string &Text, unsigned Family) {
    llvm::Expected<Expression> E = Expression::parse(Text, R.Constants, Family);
    if (!E)
      throw FitError(llvm::toString(E.takeError()));
    return std::move(*E);
  }
  std::vector<Variable> variables(const Json &T, const char *Key) {
    std::vector<Variable> Out;
    const Json List = T.value(Key, Json::array());
    for (const auto &[Index, Item] : List.items()) {
      std::string Name = List.is_object() ? Index : Item.get<std::string>(); // a profile has {name: [low, high]}
      std::optional<Variable> V = findVariable(Name);
      if (!V)
        throw FitError("'" + std::string(Key) + "' names the unknown variable '" + Name + "'");
      Out.push_back(*V);
    }
    return Out;
  }
  std::vector<NamedExpression> terms(const Json &List, unsigned Family) {
    std::vector<NamedExpression> Out;
    for (const Json &E : List)
      Out.push_back({E.at("name"), E.at("expression"), expression(E.at("expression"), Family)});
    return Out;
  }
  TypeRecipe type(const Json &J) {
    TypeRecipe T;
    T.Source = J;
    T.Name = J.at("name");
    T.When = J.value("phase", "forward") == "backward" ? Phase::Backward : Phase::Forward;
    T.Ops = J.at("ops").get<std::vector<std::string>>();
    T.Family = ~0u;
    for (const std::string &Op : T.Ops)
      T.Family &= familyOf(Op);
    T.Applies = expression(J.value("applies", "1"), T.Family);
    for (const Json &E : J.value("extrapolates", Json::array()))
      T.Extrapolates.push_back(expression(E.at("when"), T.Family));
    T.Terms = terms(J.at("terms"), T.Family);
    if (J.contains("few_rows")) {
      T.FewRows = J["few_rows"].at("below");
      T.FewTerms = terms(J["few_rows"].at("terms"), T.Family);
    }
    for (const Json &E : J.value("leave_out", Json::array()))
      T.LeaveOut.push_back({E, E, expression(E, T.Family)});
    for (const Json &E : J.value("alike", Json::array()))
      T.Alike.push_back({E, E, expression(E, T.Family)});
    for (const Json &E : J.value("interval_classes", Json::array()))
      T.IntervalClasses.push_back({E, E, expression(E, T.Family)});
    T.IntervalClasses.push_back({"1", "1", expression("1", T.Family)});
    T.LeaveOutShare = J.value("leave_out_share", T.LeaveOutShare);
    T.UnmeasuredWidth = J.value("unmeasured_ln", 0.0);
    T.Ranges = variables(J, "ranges");
    T.ResidualFeatures = variables(J, "residual_features");
    T.WantsResidual = J.at("model") == modelKey(ModelKind::KernelResidual).str() &&
                      !T.ResidualFeatures.empty();
    return T;
  }
};
} // namespace

Recipe Recipe::parse(const Json &Source) {
  try {
    return RecipeParser(Source).take();
  } catch (const Json::exception &E) {
    throw FitError("recipe: " + std::string(E.what()));
  }
}
Recipe Recipe::read(const std::string &Path) {
  try {
    return parse(readJson(Path));
  } catch (const FitError &E) {
    throw FitError("'" + Path + "': " + E.what());
  }
}
