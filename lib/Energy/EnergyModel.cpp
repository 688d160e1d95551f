#include "Energy/EnergyModel.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace energy;

llvm::StringRef energy::basisName(Basis B) {
  switch (B) {
  case Basis::Fitted: return "fitted";
  case Basis::Extrapolated: return "extrapolated";
  case Basis::Roofline: return "roofline";
  case Basis::None: return "none";
  }
  return "";
}

double KernelCorrection::evaluate(const OpShape &S) const {
  const size_t N = Features.size();
  float Query[16];
  for (size_t I = 0; I < N; ++I)
    Query[I] = static_cast<float>((std::log2(1 + S[Features[I]]) - Mean[I]) / Scale[I]);
  const float Factor = static_cast<float>(-0.5 / (Length * Length));
  double Sum = 0;
  const float *Point = Points.data();
  for (float Weight : Weights) {
    float Distance = 0;
    for (size_t I = 0; I < N; ++I) {
      float D = Point[I] - Query[I];
      Distance += D * D;
    }
    Point += N;
    float Exponent = Distance * Factor;
    if (Exponent > -20)
      Sum += Weight * std::exp(Exponent);
  }
  return std::clamp(Sum, -Limit, Limit);
}

double TypeModel::physicalJoules(const OpShape &S) const {
  double Sum = 0;
  for (const EnergyTerm &T : Terms)
    if (T.JoulesPerUnit > 0)
      Sum += T.JoulesPerUnit * std::max(0.0, T.Value.evaluate(S));
  return Sum;
}
double TypeModel::joules(const OpShape &S) const {
  double Physical = physicalJoules(S);
  return Residual ? Physical * std::exp(Residual->evaluate(S)) : Physical;
}

const IntervalClass &TypeModel::intervalClass(const OpShape &S) const {
  for (const IntervalClass &C : Intervals)
    if (C.When.evaluate(S) != 0)
      return C;
  return Intervals.back();
}

namespace {
bool hasUnknownOperand(const OpCall &Call) {
  return !Call.understood() ||
         llvm::any_of(Call.Args, [](const NamedArg &A) { return A.Value.unknown() != UnknownId::None; });
}

/// What is chosen for one call before anything is computed.
struct Choice {
  const TypeModel *Type;
  bool Measured; ///< false: the roofline
};
Choice choose(const DeviceProfile &Profile, const OpCall &Call, const OpShape &S, Phase When) {
  for (unsigned I : Profile.typesFor(Call.baseName())) {
    const TypeModel &T = Profile.Types[I];
    bool FamilyUnderstood = (T.Family & Any) || (T.Family & S.Family);
    if (T.When == When && FamilyUnderstood && T.Applies.evaluate(S) != 0)
      return {&T, true};
  }
  return {&Profile.Roofline, false};
}

std::string number(double X) {
  return X == std::floor(X) && std::abs(X) < 1e15 ? llvm::formatv("{0}", int64_t(X)).str()
                                                 : llvm::formatv("{0:f2}", X).str();
}
/// An option that was not measured, such as another element type; empty when there is none.
std::string unmeasuredOption(const TypeModel &T, const OpShape &S) {
  for (const auto &[When, Reason] : T.Extrapolates)
    if (When.evaluate(S) != 0)
      return Reason;
  return "";
}
/// A size that was not measured; empty when there is none.
std::string unmeasuredSize(const TypeModel &T, const OpShape &S) {
  for (const FeatureRange &R : T.Ranges)
    if (S[R.Var] < R.Low || S[R.Var] > R.High)
      return llvm::formatv("{0} {1} is outside the measured range ({2} to {3})", variableName(R.Var),
                           number(S[R.Var]), number(R.Low), number(R.High));
  return "";
}

void setInterval(Estimate &E, const LogInterval &I) {
  E.LowJoules = E.MeanJoules * std::exp(I.Low);
  E.HighJoules = E.MeanJoules * std::exp(I.High);
}

bool doesNoWork(const CostFeatures &C) {
  return C.Macs == 0 && C.BytesRead == 0 && C.BytesWritten == 0 && C.BytesAllocated == 0 &&
         C.ElementOps == 0;
}
Estimate noEstimate(llvm::StringRef Why) {
  Estimate E;
  E.Reason = Why.str();
  return E;
}
} // namespace

Estimate energy::estimate(const DeviceProfile &Profile, const OpCall &Call, const CostFeatures &Cost,
                          Phase When) {
  if (hasUnknownOperand(Call))
    return noEstimate("an operand of the call is unknown");
  OpShape S = shapeOf(Call, Cost);
  Choice C = choose(Profile, Call, S, When);
  Estimate E;
  E.Type = C.Type->Name;
  E.ErrorCorrelation = C.Type->ErrorCorrelation;
  if (!C.Measured) {
    if (When != Phase::Forward)
      return noEstimate(("no backward measurement of '" + Call.baseName() + "'").str());
    E.Kind = Basis::Roofline;
    E.Reason = doesNoWork(Cost) ? "a view: only the cost of a call"
                                : ("no measured data for '" + Call.baseName() + "'").str();
  }
  const IntervalClass &Class = C.Type->intervalClass(S);
  LogInterval Interval = Class.Extrapolated;
  if (C.Measured) {
    E.Reason = unmeasuredOption(*C.Type, S);
    if (!E.Reason.empty())
      Interval = C.Type->Unmeasured.value_or(Interval);
    else if (E.Reason = unmeasuredSize(*C.Type, S); E.Reason.empty())
      Interval = Class.Measured;
    E.Kind = E.Reason.empty() ? Basis::Fitted : Basis::Extrapolated;
  }
  for (const EnergyTerm &T : C.Type->Terms)
    if (double Units = std::max(0.0, T.Value.evaluate(S)); Units > 0 && T.JoulesPerUnit > 0) {
      E.Terms.push_back({T.Name, T.Text, Units, Units * T.JoulesPerUnit});
      E.MeanJoules += E.Terms.back().Joules;
    }
  if (C.Type->Residual)
    E.MeanJoules *= std::exp(C.Type->Residual->evaluate(S));
  if (!std::isfinite(E.MeanJoules))
    return noEstimate("the call is too large to estimate");
  setInterval(E, Interval);
  return E;
}

double energy::estimateJoules(const DeviceProfile &Profile, const OpCall &Call,
                              const CostFeatures &Cost, Phase When) {
  OpShape S = shapeOf(Call, Cost);
  return choose(Profile, Call, S, When).Type->joules(S);
}

Estimate energy::estimateBackward(const DeviceProfile &Profile, const OpCall &Call,
                                  const CostFeatures &Cost, bool InputNeedsGradient) {
  Estimate Measured = estimate(Profile, Call, Cost, Phase::Backward);
  Estimate Forward = estimate(Profile, Call, Cost, Phase::Forward);
  if (Forward.Kind == Basis::None)
    return Forward;
  const BackwardRule &Rule = Profile.Backward;
  bool HasWeights = Cost.BytesWeights > 0;
  double WeightPart = HasWeights ? Rule.WeightGradient : 0;
  double InputPart = InputNeedsGradient || !HasWeights ? Rule.InputGradient : 0;
  Estimate E = Measured;
  if (Measured.Kind == Basis::None) {
    E = Forward;
    E.Terms.clear();
    E.MeanJoules = Forward.MeanJoules * (WeightPart + InputPart);
    E.Reason = "backward from the forward estimate: " + Rule.Source;
    E.Kind = Forward.Kind == Basis::Roofline ? Basis::Roofline : Basis::Extrapolated;
  } else if (InputPart > 0) {
    // The measured backward passes had no input gradient.
    E.MeanJoules += Forward.MeanJoules * InputPart;
    E.Reason = "input gradient from the forward estimate: " + Rule.Source;
    E.Kind = Basis::Extrapolated;
  } else
    return E;
  setInterval(E, Rule.Interval);
  return E;
}

Estimate energy::estimateOptimizer(const DeviceProfile &Profile, int64_t ParameterElements,
                                   int64_t ParameterTensors, Optimizer Kind) {
  // Operands read and results written per parameter, of 4 bytes each, and kernels per tensor.
  int64_t Reads = 0, Writes = 0, Kernels = 0;
  switch (Kind) {
  case Optimizer::Sgd: Reads = 2; Writes = 1; Kernels = 1; break;
  case Optimizer::SgdMomentum: Reads = 4; Writes = 2; Kernels = 3; break;
  case Optimizer::Adam: Reads = 10; Writes = 5; Kernels = 7; break;
  }
  CostFeatures Cost;
  Cost.BytesRead = 4 * Reads * ParameterElements;
  Cost.BytesWritten = 4 * Writes * ParameterElements;
  Cost.Elements = ParameterElements;
  Cost.ElementOps = (Reads + Writes) * ParameterElements;
  OpCall Call;
  Call.Op = "optimizer_step_";
  Estimate E = estimate(Profile, Call, Cost);
  OpCall Empty = Call;
  double PerCall = estimateJoules(Profile, Empty, CostFeatures());
  double Extra = PerCall * double(std::max<int64_t>(0, Kernels * ParameterTensors - 1));
  E.MeanJoules += Extra;
  E.Reason = "optimizer step from parameter traffic";
  setInterval(E, Profile.Roofline.Intervals.back().Extrapolated);
  return E;
}

namespace {
/// Half-widths of one type's calls, on one side of the estimates.
struct Spread {
  double Sum = 0, FittedSquares = 0, Extrapolated = 0;

  void add(double HalfWidth, Basis Kind) {
    Sum += HalfWidth;
    if (Kind == Basis::Fitted)
      FittedSquares += HalfWidth * HalfWidth;
    else
      Extrapolated += HalfWidth;
  }
  double squared(double Correlation) const {
    return Correlation * Sum * Sum +
           (1 - Correlation) * (FittedSquares + Extrapolated * Extrapolated);
  }
};
struct TypeSum {
  double Correlation = 1;
  Spread Low, High;
};
} // namespace

Estimate energy::sumEstimates(llvm::ArrayRef<Addend> Calls) {
  Estimate Total;
  // The same type and mean is the same configuration: one error, not two.
  std::map<std::pair<std::string, double>, std::pair<const Estimate *, double>> Configurations;
  for (const Addend &A : Calls) {
    if (A.Value->Kind == Basis::None)
      continue;
    auto &[Value, Count] = Configurations[{A.Value->Type, A.Value->MeanJoules}];
    Value = A.Value;
    Count += double(A.Count);
  }
  std::map<std::string, TypeSum> Types;
  double ByBasis[4] = {};
  for (const auto &[Key, Entry] : Configurations) {
    const auto &[E, Count] = Entry;
    Total.MeanJoules += Count * E->MeanJoules;
    ByBasis[static_cast<int>(E->Kind)] += Count * E->MeanJoules;
    TypeSum &T = Types[Key.first];
    T.Correlation = E->ErrorCorrelation;
    T.Low.add(Count * (E->MeanJoules - E->LowJoules), E->Kind);
    T.High.add(Count * (E->HighJoules - E->MeanJoules), E->Kind);
  }
  double Low = 0, High = 0;
  for (const auto &[Name, T] : Types) {
    Low += T.Low.squared(T.Correlation);
    High += T.High.squared(T.Correlation);
  }
  Total.LowJoules = std::max(0.0, Total.MeanJoules - std::sqrt(Low));
  Total.HighJoules = Total.MeanJoules + std::sqrt(High);
  Total.Type = "total";
  if (Configurations.empty())
    return Total;
  Total.Kind = Basis::Fitted;
  double LeastCertain = 0;
  for (Basis B : {Basis::Roofline, Basis::Extrapolated}) {
    LeastCertain += ByBasis[static_cast<int>(B)];
    if (Total.Kind == Basis::Fitted && LeastCertain > 0.05 * Total.MeanJoules)
      Total.Kind = B;
  }
  return Total;
}
