#include "Energy/DeviceProfile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include <cmath>

using namespace energy;
namespace json = llvm::json;

llvm::StringRef energy::phaseName(Phase P) {
  switch (P) {
  case Phase::Forward: return "forward";
  case Phase::Backward: return "backward";
  case Phase::Optimizer: return "optimizer";
  }
  return "";
}

llvm::StringRef energy::modelKey(ModelKind K) {
  switch (K) {
#define MODEL(Enumerator, Key, Doc)                                                                \
  case ModelKind::Enumerator: return Key;
#include "Energy/Models.def"
  }
  return "";
}

namespace {
/// Reads one JSON object; the first problem is kept with the path of its key,
/// and everything after it returns empty values.
class ObjectReader {
  const json::Object *Object;
  std::string Path;
  std::string &Problem;

public:
  ObjectReader(const json::Object *Object, std::string Path, std::string &Problem)
      : Object(Object), Path(std::move(Path)), Problem(Problem) {}

  bool failed() const { return !Problem.empty(); }
  std::string pathOf(llvm::StringRef Key) const {
    return (Path.empty() ? Key : llvm::StringRef(Path + "." + Key.str())).str();
  }
  void fail(llvm::StringRef Key, const llvm::Twine &Why) const {
    if (Problem.empty())
      Problem = ("'" + pathOf(Key) + "' " + Why).str();
  }
  bool has(llvm::StringRef Key) const { return Object && Object->get(Key); }

  std::string text(llvm::StringRef Key) const {
    if (auto S = Object ? Object->getString(Key) : std::nullopt)
      return S->str();
    fail(Key, has(Key) ? "must be a string" : "is missing");
    return "";
  }
  std::string text(llvm::StringRef Key, llvm::StringRef IfAbsent) const {
    return has(Key) ? text(Key) : IfAbsent.str();
  }
  double number(llvm::StringRef Key) const {
    auto N = Object ? Object->getNumber(Key) : std::nullopt;
    if (N && std::isfinite(*N))
      return *N;
    fail(Key, has(Key) ? "must be a finite number" : "is missing");
    return 0;
  }
  double number(llvm::StringRef Key, double IfAbsent) const {
    return has(Key) ? number(Key) : IfAbsent;
  }
  double nonNegative(llvm::StringRef Key) const {
    double N = number(Key);
    if (N < 0)
      fail(Key, "must not be negative");
    return N;
  }
  ObjectReader object(llvm::StringRef Key) const {
    const json::Object *O = Object ? Object->getObject(Key) : nullptr;
    if (!O)
      fail(Key, has(Key) ? "must be an object" : "is missing");
    return ObjectReader(O, pathOf(Key), Problem);
  }
  const json::Array &array(llvm::StringRef Key) const {
    static const json::Array Empty;
    const json::Array *A = Object ? Object->getArray(Key) : nullptr;
    if (!A)
      fail(Key, has(Key) ? "must be an array" : "is missing");
    return A ? *A : Empty;
  }
  std::vector<std::string> texts(llvm::StringRef Key) const {
    std::vector<std::string> Out;
    for (const json::Value &V : array(Key)) {
      if (auto S = V.getAsString())
        Out.push_back(S->str());
      else
        fail(Key, "must hold only strings");
    }
    return Out;
  }
  template <class T> std::vector<T> numbers(llvm::StringRef Key) const {
    std::vector<T> Out;
    for (const json::Value &V : array(Key)) {
      auto N = V.getAsNumber();
      if (!N || !std::isfinite(*N))
        fail(Key, "must hold only finite numbers");
      Out.push_back(static_cast<T>(N.value_or(0)));
    }
    return Out;
  }
  /// Runs \p Each on every object of an array.
  template <class F> void objects(llvm::StringRef Key, F Each) const {
    size_t I = 0;
    for (const json::Value &V : array(Key)) {
      std::string Item = pathOf(Key) + "[" + std::to_string(I++) + "]";
      const json::Object *O = V.getAsObject();
      if (!O && Problem.empty())
        Problem = "'" + Item + "' must be an object";
      Each(ObjectReader(O, Item, Problem));
    }
  }
  const json::Object *raw() const { return Object; }
};

class ProfileParser {
  std::string Problem;
  DeviceProfile P;

public:
  llvm::Expected<DeviceProfile> run(const json::Object &Root) {
    ObjectReader R(&Root, "", Problem);
    if (R.number("version") != 1)
      R.fail("version", "must be 1");
    P.Name = R.text("name");
    P.Title = R.text("title", P.Name);
    P.Basis = R.text("basis");
    if (P.Basis != "measured" && P.Basis != "modelled" && P.Basis != "transferred")
      R.fail("basis", "must be 'measured', 'modelled' or 'transferred'");
    P.Notes = R.text("notes", "");
    machine(R);
    R.objects("types", [&](const ObjectReader &T) { P.Types.push_back(type(T)); });
    ObjectReader Roof = R.object("roofline");
    P.Roofline = type(Roof);
    if (P.Roofline.Model != ModelKind::Roofline)
      Roof.fail("model", "must be 'roofline'");
    backward(R);
    if (!Problem.empty())
      return llvm::createStringError(llvm::inconvertibleErrorCode(), Problem);
    return std::move(P);
  }

private:
  void machine(const ObjectReader &R) {
    ObjectReader M = R.object("machine");
    P.Machine = M.text("cpu");
    ObjectReader C = M.object("constants");
    if (C.raw())
      for (const auto &[Key, Value] : *C.raw())
        P.Constants[llvm::StringRef(Key)] = C.nonNegative(llvm::StringRef(Key));
    double Threads = M.number("threads", 0);
    P.Threads = Threads >= 0 && Threads < 1e6 ? static_cast<unsigned>(Threads) : 0;
    ObjectReader Meter = R.object("meter");
    P.Meter = Meter.text("name");
    if (Meter.has("idle_w"))
      P.IdleWatts = Meter.nonNegative("idle_w");
    P.Torch = R.object("software").text("torch", "not recorded");
  }
  Expression expression(const ObjectReader &R, llvm::StringRef Key, const std::string &Text,
                        unsigned Family) {
    llvm::Expected<Expression> E = Expression::parse(Text, P.Constants, Family);
    if (E)
      return std::move(*E);
    R.fail(Key, ": " + llvm::toString(E.takeError()));
    return Expression();
  }
  Phase phase(const ObjectReader &R) {
    std::string Name = R.text("phase", "forward");
    for (Phase Each : {Phase::Forward, Phase::Backward, Phase::Optimizer})
      if (phaseName(Each) == Name)
        return Each;
    R.fail("phase", "must be 'forward', 'backward' or 'optimizer', not '" + Name + "'");
    return Phase::Forward;
  }
  ModelKind model(const ObjectReader &R) {
    std::string Key = R.text("model");
#define MODEL(Enumerator, Name, Doc)                                                               \
  if (Key == Name)                                                                                 \
    return ModelKind::Enumerator;
#include "Energy/Models.def"
    R.fail("model", "names the unknown model type '" + Key + "'");
    return ModelKind::PhysicalTerms;
  }
  LogInterval bounds(const ObjectReader &I) {
    LogInterval Out{I.number("ln_low"), I.number("ln_high")};
    if (Out.Low > 0 || Out.Low < -20)
      I.fail("ln_low", "must be between -20 and 0");
    if (Out.High < 0 || Out.High > 20)
      I.fail("ln_high", "must be between 0 and 20");
    return Out;
  }
  LogInterval interval(const ObjectReader &R, llvm::StringRef Key) { return bounds(R.object(Key)); }
  TypeModel type(const ObjectReader &R) {
    TypeModel T;
    T.Name = R.text("name");
    T.Model = model(R);
    T.When = phase(R);
    if (T.Model != ModelKind::Roofline)
      T.Ops = R.texts("ops");
    T.Family = T.Ops.empty() ? unsigned(Any) : ~0u;
    for (const std::string &Op : T.Ops)
      T.Family &= familyOf(Op);
    T.Applies = expression(R, "applies", R.text("applies", "1"), T.Family);
    if (R.has("extrapolates"))
      R.objects("extrapolates", [&](const ObjectReader &E) {
        T.Extrapolates.emplace_back(expression(E, "when", E.text("when"), T.Family), E.text("reason"));
      });
    R.objects("terms", [&](const ObjectReader &E) {
      EnergyTerm Term{E.text("name"), E.text("expression"), {}, E.nonNegative("joules_per_unit")};
      Term.Value = expression(E, "expression", Term.Text, T.Family);
      T.Terms.push_back(std::move(Term));
    });
    if (T.Terms.empty())
      R.fail("terms", "must not be empty");
    ranges(R, T);
    LogInterval Extrapolated = interval(R, "extrapolated_interval");
    R.objects("intervals", [&](const ObjectReader &E) {
      T.Intervals.push_back({expression(E, "when", E.text("when", "1"), T.Family), bounds(E),
                             E.has("extrapolated") ? interval(E, "extrapolated") : Extrapolated});
    });
    if (T.Intervals.empty())
      R.fail("intervals", "must not be empty");
    if (R.has("unmeasured_interval"))
      T.Unmeasured = interval(R, "unmeasured_interval");
    T.ErrorCorrelation = R.number("error_correlation", 1);
    if (T.ErrorCorrelation < 0 || T.ErrorCorrelation > 1)
      R.fail("error_correlation", "must be between 0 and 1");
    if (T.Model == ModelKind::KernelResidual)
      T.Residual = residual(R.object("residual"), T.Family);
    return T;
  }
  Variable variable(const ObjectReader &R, llvm::StringRef Key, llvm::StringRef Name, unsigned Family) {
    std::optional<Variable> V = findVariable(Name);
    if (!V)
      R.fail(Key, "names the unknown variable '" + Name + "'");
    else if (!(variableGroups(*V) & (Family | Any)))
      R.fail(Key, "names '" + Name + "', which is not a variable of these operators");
    return V.value_or(Variable::macs);
  }
  void ranges(const ObjectReader &R, TypeModel &T) {
    if (!R.has("ranges"))
      return;
    ObjectReader Ranges = R.object("ranges");
    if (!Ranges.raw())
      return;
    for (const auto &Entry : *Ranges.raw()) {
      llvm::StringRef Key = Entry.first;
      std::vector<double> Ends = Ranges.numbers<double>(Key);
      if (Ends.size() != 2 || Ends[0] > Ends[1])
        Ranges.fail(Key, "must be [lowest, highest]");
      else
        T.Ranges.push_back({variable(Ranges, Key, Key, T.Family), Ends[0], Ends[1]});
    }
  }
  KernelCorrection residual(const ObjectReader &R, unsigned Family) {
    KernelCorrection K;
    for (const std::string &Name : R.texts("features"))
      K.Features.push_back(variable(R, "features", Name, Family));
    K.Mean = R.numbers<double>("mean");
    K.Scale = R.numbers<double>("scale");
    K.Points = R.numbers<float>("points");
    K.Weights = R.numbers<float>("weights");
    K.Length = R.number("length");
    K.Limit = R.nonNegative("limit");
    size_t N = K.Features.size();
    if (N == 0 || N > 16)
      R.fail("features", "must hold 1 to 16 variables");
    if (K.Mean.size() != N)
      R.fail("mean", "must have one number per feature");
    if (K.Scale.size() != N || llvm::any_of(K.Scale, [](double S) { return S <= 0; }))
      R.fail("scale", "must have one positive number per feature");
    if (K.Points.size() != N * K.Weights.size())
      R.fail("points", "must have one number per feature and weight");
    if (K.Length <= 0)
      R.fail("length", "must be positive");
    return K;
  }
  void backward(const ObjectReader &R) {
    ObjectReader B = R.object("backward");
    P.Backward = {B.nonNegative("weight_gradient"), B.nonNegative("input_gradient"),
                  interval(B, "interval"), B.text("source")};
  }
};
} // namespace

llvm::Expected<DeviceProfile> DeviceProfile::parse(llvm::StringRef Text) {
  llvm::Expected<json::Value> Root = json::parse(Text);
  if (!Root)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "malformed JSON: " + llvm::toString(Root.takeError()));
  const json::Object *Object = Root->getAsObject();
  if (!Object)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "a device profile must be a JSON object");
  llvm::Expected<DeviceProfile> P = ProfileParser().run(*Object);
  if (P)
    for (unsigned I = 0; I < P->Types.size(); ++I)
      for (const std::string &Op : P->Types[I].Ops)
        P->Index[Op].push_back(I);
  return P;
}

llvm::ArrayRef<unsigned> DeviceProfile::typesFor(llvm::StringRef BaseName) const {
  auto Found = Index.find(BaseName);
  return Found == Index.end() ? llvm::ArrayRef<unsigned>() : llvm::ArrayRef(Found->second);
}
