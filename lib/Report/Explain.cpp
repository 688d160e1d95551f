/// \file
/// --explain: what each estimate is made of. Everything comes from the device
/// profile: terms and their joules, the learned correction, the interval and the
/// ranges that were measured. Equal calls are explained once.
#include "Report/Formats.h"
#include "Support/Text.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include <cmath>

using namespace energy;

namespace {
const TypeModel *typeOf(const DeviceProfile &Device, const Estimate &E) {
  if (E.Kind == Basis::Roofline)
    return &Device.Roofline;
  for (const TypeModel &T : Device.Types)
    if (T.Name == E.Type && T.When == Phase::Forward)
      return &T;
  return nullptr;
}

class Explanation {
  const ModelGraph &G;
  const CostTable &Costs;
  const DeviceProfile &Device;
  const EnergyTable &Energy;
  llvm::raw_ostream &OS;

public:
  Explanation(const ModelReport &M, const DeviceProfile &Device, const EnergyTable &Energy,
              llvm::raw_ostream &OS)
      : G(M.Graph), Costs(M.Costs), Device(Device), Energy(Energy), OS(OS) {}

  void write() {
    OS << "estimates of '" << G.Name << "' on '" << Device.Name << "', term by term\n";
    for (size_t I = 0; I < G.Calls.size(); ++I)
      if (Energy.Calls[I].Kind != Basis::None)
        call(I);
  }

private:
  std::string title(size_t I) const {
    const OpCall &C = G.Calls[I];
    const std::string &Path = G.module(C.Module).Path;
    return (Path.empty() ? "" : "'" + Path + "' ") + C.Op;
  }
  /// The first call with the same estimate, which says it all.
  size_t firstLike(size_t I) const {
    auto Like = [&](size_t J) {
      const Estimate &A = Energy.Calls[I], &B = Energy.Calls[J];
      return A.Type == B.Type && A.MeanJoules == B.MeanJoules && A.Reason == B.Reason;
    };
    size_t J = 0;
    while (!Like(J))
      ++J;
    return J;
  }
  void call(size_t I) {
    const Estimate &E = Energy.Calls[I];
    OS << title(I) << ": " << joulesText(E.MeanJoules);
    if (G.Calls[I].Repeat > 1)
      OS << " each of " << G.Calls[I].Repeat << " times";
    if (size_t First = firstLike(I); First != I) {
      OS << ", as " << title(First) << '\n';
      return;
    }
    OS << ", " << basisText(E) << '\n';
    terms(E);
    interval(E);
    if (const TypeModel *T = typeOf(Device, E))
      ranges(*T, shapeOf(G.Calls[I], Costs.Calls[I].Once));
  }
  static std::string basisText(const Estimate &E) {
    switch (E.Kind) {
    case Basis::Fitted: return "fitted as '" + E.Type + "'";
    case Basis::Extrapolated: return "extrapolated from '" + E.Type + "': " + E.Reason;
    case Basis::Roofline: return "modelled: " + E.Reason;
    case Basis::None: break;
    }
    return "not estimated: " + E.Reason;
  }
  void terms(const Estimate &E) {
    double Sum = 0;
    for (const TermShare &T : E.Terms) {
      Sum += T.Joules;
      OS << "  " << llvm::left_justify(joulesText(T.Joules), 9) << T.Name << ": "
         << llvm::format("%.6g", T.Units) << " x " << joulesText(T.Joules / T.Units);
      if (T.Text != "1")
        OS << ", units: " << T.Text;
      OS << '\n';
    }
    if (double Factor = E.MeanJoules / Sum; Sum > 0 && std::abs(Factor - 1) > 0.0005)
      OS << "  " << llvm::format("x %-7.3f", Factor)
         << "correction learned from what the terms leave\n";
  }
  void interval(const Estimate &E) {
    OS << "  90 % interval " << joulesRangeText(E.LowJoules, E.HighJoules)
       << llvm::format(" (x %.2f to x %.2f)", E.LowJoules / E.MeanJoules, E.HighJoules / E.MeanJoules);
    switch (E.Kind) {
    case Basis::Fitted: OS << ", calibrated on measurements in these ranges\n"; break;
    case Basis::Extrapolated: OS << ", the profile's for calls outside of what was measured\n"; break;
    default: OS << ", the profile's for operators that were not measured\n";
    }
  }
  void ranges(const TypeModel &T, const OpShape &S) {
    if (T.Ranges.empty())
      return;
    OS << "  measured ranges:";
    llvm::ListSeparator Comma(",");
    for (const FeatureRange &R : T.Ranges) {
      double X = S[R.Var];
      OS << Comma << ' ' << variableName(R.Var)
         << llvm::format(" %.10g to %.10g (here %.10g", R.Low, R.High, X);
      if (X < R.Low || X > R.High)
        OS << llvm::format(": outside, nearest %.10g", X < R.Low ? R.Low : R.High);
      OS << ')';
    }
    OS << '\n';
  }
};
} // namespace

void energy::writeExplanation(const Report &R, const ModelReport &M, llvm::raw_ostream &OS) {
  for (size_t D = 0; D < R.Devices.size(); ++D)
    Explanation(M, *R.Devices[D], M.Energy[D], OS).write();
}
