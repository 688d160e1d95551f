#include "Judge.h"
#include "Import.h"
#include "Networks.h"
#include "Numerics/FitError.h"
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace energy;
using namespace energy::fit;

Metrics JudgedSet::figures() const {
  std::vector<double> Y, P;
  for (const JudgedPoint &Point : Points) {
    Y.push_back(Point.Measured);
    P.push_back(Point.Predicted.MeanJoules);
  }
  return metrics(Y, P);
}
double JudgedSet::intervalCoverage() const {
  std::vector<double> Y, Low, High;
  for (const JudgedPoint &Point : Points) {
    Y.push_back(Point.Measured);
    Low.push_back(Point.Predicted.LowJoules);
    High.push_back(Point.Predicted.HighJoules);
  }
  return coverage(Y, Low, High);
}
double JudgedSet::meanHalfWidth() const {
  double Sum = 0;
  for (const JudgedPoint &P : Points)
    Sum += (P.Predicted.HighJoules - P.Predicted.LowJoules) / (2 * P.Predicted.MeanJoules);
  return Sum / double(Points.size());
}

LoadedDevice energy::fit::loadDevice(const std::string &NameOrPath) {
  std::string Text;
  if (const EmbeddedDevice *D = findEmbeddedDevice(NameOrPath))
    Text = D->Json.str();
  else {
    std::ifstream In(NameOrPath);
    if (!In) {
      std::string Known;
      for (const EmbeddedDevice &Each : embeddedDevices())
        Known += (Known.empty() ? "'" : ", '") + Each.Name.str() + "'";
      throw FitError("no device '" + NameOrPath + "': neither a file nor one of " + Known);
    }
    std::ostringstream All;
    All << In.rdbuf();
    Text = All.str();
  }
  llvm::Expected<DeviceProfile> P = DeviceProfile::parse(Text);
  if (!P)
    throw FitError("device profile '" + NameOrPath + "': " + llvm::toString(P.takeError()));
  return {Json::parse(Text), std::move(*P)};
}

DeviceProfile energy::fit::parseProfile(const Json &Profile) {
  llvm::Expected<DeviceProfile> P = DeviceProfile::parse(Profile.dump());
  if (!P)
    throw FitError("the fitted profile is unusable: " + llvm::toString(P.takeError()));
  return std::move(*P);
}

namespace {
class FolderJudge {
  const DeviceProfile &Profile;
  std::string Folder;
  ImportOptions Import;
  std::optional<StructureFile> Structure, Trained;
  std::vector<JudgedSet> Sets;
  SkippedRows Skipped;

public:
  FolderJudge(const DeviceProfile &Profile, const std::string &Folder, double Scale)
      : Profile(Profile), Folder(Folder) {
    Import.EnergyScale = Scale;
    Import.Skipped = &Skipped;
    if (std::filesystem::exists(Folder + "/arch_structure.csv"))
      tolerantly([&] { Structure = StructureFile::read(Folder + "/arch_structure.csv"); });
    if (std::filesystem::exists(Folder + "/networks_layers_derived.csv"))
      tolerantly([&] { Trained = StructureFile::read(Folder + "/networks_layers_derived.csv"); });
  }
  FolderJudge(const FolderJudge &) = delete;
  FolderJudge &operator=(const FolderJudge &) = delete;
  const SkippedRows &skipped() const { return Skipped; }

  std::vector<JudgedSet> runTotals() {
    judgeTotals("arch_totals.csv");
    return std::move(Sets);
  }
  std::vector<JudgedSet> run(const std::string &Prefix) {
    for (const std::string &Name : csvFiles(Folder)) {
      if (Name == "networks.csv" && Trained)
        tolerantly([&] { judgeTraining(Name, Prefix); });
      if (Name.rfind(Prefix, 0) != 0)
        continue;
      if (Name == "arch_totals.csv")
        tolerantly([&] { judgeTotals(Name); });
      else if (!layerOfFile(Name).empty())
        tolerantly([&] { judgeLayers(Name); });
      else if (Name != "arch_structure.csv" && Name != "repetitions.csv" && Prefix.empty())
        Skipped.push_back(Folder + "/" + Name + ": does not end in _<layer>.csv with a known layer");
    }
    if (Sets.empty() && !Skipped.empty())
      throw FitError(Skipped.front() + " (and nothing else in '" + Folder + "' can be judged)");
    if (Sets.empty())
      throw FitError("'" + Folder + "' has neither arch_totals.csv nor a <name>_<layer>.csv of this device");
    return std::move(Sets);
  }

private:
  template <class F> void tolerantly(F Work) {
    try {
      Work();
    } catch (const FitError &E) {
      Skipped.push_back(E.what());
    }
  }
  JudgedSet &set(const std::string &File, const std::string &Group) {
    for (JudgedSet &S : Sets)
      if (S.File == File && S.Group == Group)
        return S;
    Sets.push_back({File, Group, {}});
    return Sets.back();
  }
  void judgeLayers(const std::string &Name) {
    for (const Observation &O : importLayers(Folder + "/" + Name, Import)) {
      Estimate E = estimate(Profile, O.Call, O.Cost, O.When);
      if (E.Kind == Basis::None)
        continue; // a phase that the profile does not have
      JudgedPoint P{toOpLine(O.Call).str(), O.Joules, std::move(E)};
      if (O.When == Phase::Backward)
        set(Name, "backward").Points.push_back(std::move(P));
      else {
        set(Name, "all").Points.push_back(P);
        if (!O.Campaign.empty())
          set(Name, "campaign " + O.Campaign).Points.push_back(P);
        if (!O.Split.empty())
          set(Name, "split " + O.Split).Points.push_back(std::move(P));
      }
    }
  }
  Estimate networkEstimate(const NetworkObservation &N) {
    bool Given = Structure && Structure->has(N.Architecture);
    if (!Given && !hasBuiltInNetwork(N.Architecture))
      throw FitError(Folder + "/" + N.Source + ":" + std::to_string(N.Line) +
                     ": no layer list of the network '" + N.Architecture +
                     "' is known; add it to arch_structure.csv");
    std::vector<PricedCall> Calls = Given ? Structure->network(N.Architecture, N.Batch)
                                          : builtInNetwork(N.Architecture, N.Batch);
    std::vector<Estimate> Estimates;
    Estimates.reserve(Calls.size());
    for (const PricedCall &C : Calls)
      Estimates.push_back(estimate(Profile, C.Call, C.Cost));
    return sum(Estimates);
  }
  /// One training step: the forward pass, then gradients and update together.
  void judgeTraining(const std::string &Name, const std::string &Prefix) {
    for (const NetworkObservation &N : importNetworks(Folder + "/" + Name, Import)) {
      if (N.Campaign + "_" != Prefix || !Trained->has(N.Architecture))
        continue;
      auto [Forward, Rest] = trainingEstimate(Trained->network(N.Architecture, N.Batch));
      auto Add = [&](const std::string &Phase, double Joules, const Estimate &E) {
        JudgedPoint P{N.Architecture + " batch " + std::to_string(N.Batch), Joules, E};
        set(N.Source, Phase + " all").Points.push_back(P);
        set(N.Source, Phase + " " + N.Architecture).Points.push_back(std::move(P));
      };
      Add("forward", N.Joules, Forward);
      if (N.BackwardJoules > 0)
        Add("backward", N.BackwardJoules, Rest);
    }
  }
  std::pair<Estimate, Estimate> trainingEstimate(const std::vector<PricedCall> &Calls) {
    std::vector<Estimate> Forward, Rest;
    int64_t Parameters = 0, Tensors = 0;
    for (const PricedCall &C : Calls) {
      Forward.push_back(estimate(Profile, C.Call, C.Cost));
      Rest.push_back(estimateBackward(Profile, C.Call, C.Cost, &C != &Calls.front()));
      for (const char *Parameter : {"weight", "bias"})
        if (const TensorType *W = C.Call.tensor(Parameter)) {
          Parameters += W->elements();
          ++Tensors;
        }
    }
    Rest.push_back(estimateOptimizer(Profile, Parameters, Tensors));
    return {sum(Forward), sum(Rest)};
  }
  static Estimate sum(const std::vector<Estimate> &Estimates) {
    std::vector<Addend> Addends;
    for (const Estimate &E : Estimates)
      Addends.push_back({&E, 1});
    return sumEstimates(Addends);
  }
  void judgeTotals(const std::string &Name) {
    for (const NetworkObservation &N : importNetworks(Folder + "/" + Name, Import))
      tolerantly([&] {
        JudgedPoint P{N.Architecture + " batch " + std::to_string(N.Batch), N.Joules,
                      networkEstimate(N)};
        set(Name, "all").Points.push_back(P);
        if (!N.Campaign.empty())
          set(Name, "campaign " + N.Campaign).Points.push_back(P);
        set(Name, "architecture " + N.Architecture).Points.push_back(std::move(P));
      });
  }
};
} // namespace

std::vector<JudgedSet> energy::fit::judgeFolder(const LoadedDevice &Device,
                                                const std::string &Folder, SkippedRows *Skipped) {
  const Json Data = Device.Source.value("data", Json::object());
  std::string Prefix = Data.value("files", "random_");
  bool Shared = Prefix != "random_"; // a folder with files of several machines
  FolderJudge Judge(Device.Profile, Folder, Shared ? Data.value("energy_scale", 1.0) : 1.0);
  std::vector<JudgedSet> Sets = Judge.run(Shared ? Prefix : "");
  if (Skipped)
    *Skipped = Judge.skipped();
  return Sets;
}

std::vector<JudgedSet> energy::fit::judgeTotals(const DeviceProfile &Profile,
                                                const std::string &Folder) {
  return FolderJudge(Profile, Folder, 1).runTotals();
}

void energy::fit::writePoints(const std::string &Path, const std::vector<JudgedSet> &Sets) {
  std::ofstream Out(Path);
  Out << "file,group,label,measured_j,mean_j,low_j,high_j,type,basis\n";
  for (const JudgedSet &S : Sets)
    for (const JudgedPoint &P : S.Points)
      Out << S.File << "," << S.Group << ",\"" << P.Label << "\"," << P.Measured << ","
          << P.Predicted.MeanJoules << "," << P.Predicted.LowJoules << "," << P.Predicted.HighJoules
          << "," << P.Predicted.Type << "," << basisName(P.Predicted.Kind).str() << "\n";
  if (!Out.flush())
    throw FitError("cannot write '" + Path + "'");
}

void energy::fit::printJudgement(const std::vector<JudgedSet> &Sets) {
  std::printf("%-28s %-22s %5s %8s %8s %8s %8s %7s %7s %7s %8s\n", "file", "group", "n", "R2",
              "MAPE %", "median %", "log-RMSE", "w10 %", "w30 %", "cover %", "+-width %");
  for (const JudgedSet &S : Sets) {
    Metrics M = S.figures();
    std::printf("%-28s %-22s %5zu %8.5f %8.2f %8.2f %8.4f %7.1f %7.1f %7.1f %8.1f\n",
                S.File.c_str(), S.Group.c_str(), M.Count, M.R2, M.MapePercent, M.MedianPercent,
                M.LogRmse, 100 * M.Within10, 100 * M.Within30, 100 * S.intervalCoverage(),
                100 * S.meanHalfWidth());
  }
}

static Json figuresJson(const JudgedSet &S) {
  Metrics M = S.figures();
  return {{"file", S.File},
          {"group", S.Group},
          {"n", M.Count},
          {"r2", M.R2},
          {"mape_percent", M.MapePercent},
          {"median_percent", M.MedianPercent},
          {"log_rmse", M.LogRmse},
          {"max_percent", M.MaxPercent},
          {"within_10", M.Within10},
          {"within_30", M.Within30},
          {"coverage", S.intervalCoverage()},
          {"mean_half_width", S.meanHalfWidth()}};
}

Json energy::fit::judgementJson(const DeviceProfile &Profile, const std::vector<JudgedSet> &Sets,
                                const SkippedRows &Skipped) {
  Json Out = {{"version", 1}, {"device", Profile.Name}, {"sets", Json::array()}};
  Out["skipped"] = Skipped;
  for (const JudgedSet &S : Sets)
    Out["sets"].push_back(figuresJson(S));
  return Out;
}

Json energy::fit::judgedSummary(const Json &Profile, const std::string &Folder) {
  Json Out = Json::array();
  for (const JudgedSet &S : judgeFolder({Profile, parseProfile(Profile)}, Folder)) {
    bool Whole = S.Group == "all" || S.Group == "backward" || S.Group.ends_with(" all");
    if (!Whole)
      continue;
    Json Figures = figuresJson(S);
    for (Json &Figure : Figures)
      if (Figure.is_number_float())
        Figure = std::round(Figure.get<double>() * 1e5) / 1e5;
    Out.push_back(std::move(Figures));
  }
  return Out;
}
