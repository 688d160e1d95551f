#include "Correlation.h"
#include "Import.h"
#include "Numerics/FitError.h"
#include <cmath>
#include <cstdio>
#include <map>

using namespace energy;
using namespace energy::fit;

namespace {
struct LayerError {
  std::string Type;
  double Log;
};
/// A network at one batch size: its layers were called in one run.
using Run = std::pair<std::string, int64_t>;

int64_t samples(const OpCall &Call) {
  for (const NamedArg &A : Call.Args)
    if (auto *T = A.Value.as<TensorArg>(); T && T->known() && T->Type.rank() > 0)
      return T->Type.Shape.front();
  return 0;
}

std::map<Run, std::vector<LayerError>> layerErrors(const DeviceProfile &Profile, const std::string &Folder) {
  std::map<Run, std::vector<LayerError>> Runs;
  for (const std::string &Name : csvFiles(Folder)) {
    if (Name.rfind("arch_layers_", 0) != 0 || layerOfFile(Name).empty())
      continue;
    for (const Observation &O : importLayers(Folder + "/" + Name)) {
      Estimate E = estimate(Profile, O.Call, O.Cost, O.When);
      if (!O.Architecture.empty() && E.Kind != Basis::None)
        Runs[{O.Architecture, samples(O.Call)}].push_back({layerOfFile(Name), std::log(O.Joules / E.MeanJoules)});
    }
  }
  if (Runs.empty())
    throw FitError("'" + Folder + "' has no arch_layers_<layer>.csv with a column 'architecture'");
  return Runs;
}
} // namespace

std::vector<ErrorCorrelation> energy::fit::errorCorrelations(const DeviceProfile &Profile,
                                                             const std::string &Folder) {
  struct Sums {
    size_t Pairs = 0;
    double Products = 0, FirstSquares = 0, SecondSquares = 0;
  };
  std::map<std::pair<std::string, std::string>, Sums> Table;
  for (const auto &[Key, Layers] : layerErrors(Profile, Folder))
    for (const LayerError &A : Layers)
      for (const LayerError &B : Layers) {
        if (&A == &B || B.Type < A.Type)
          continue;
        Sums &S = Table[{A.Type, B.Type}];
        ++S.Pairs;
        S.Products += A.Log * B.Log;
        S.FirstSquares += A.Log * A.Log;
        S.SecondSquares += B.Log * B.Log;
      }
  std::vector<ErrorCorrelation> Out;
  for (const auto &[Types, S] : Table)
    if (double Scale = std::sqrt(S.FirstSquares * S.SecondSquares); Scale > 0)
      Out.push_back({Types.first, Types.second, S.Pairs, S.Products / Scale});
  return Out;
}

void energy::fit::printCorrelations(const DeviceProfile &Profile, const std::vector<ErrorCorrelation> &Table) {
  std::printf("%-10s %-10s %8s %12s %12s\n", "type", "type", "pairs", "correlation", "profile says");
  for (const ErrorCorrelation &C : Table) {
    double Assumed = 0;
    if (C.First == C.Second) {
      Assumed = 1;
      for (const TypeModel &T : Profile.Types)
        if (T.Name == C.First && T.When == Phase::Forward)
          Assumed = T.ErrorCorrelation;
    }
    std::printf("%-10s %-10s %8zu %12.3f %12.3f\n", C.First.c_str(), C.Second.c_str(), C.Pairs, C.Value, Assumed);
  }
}
