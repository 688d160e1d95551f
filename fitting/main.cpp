// energy-fit: measurements in, device profiles and their judgement out.
#include "Baseline.h"
#include "Benchmark.h"
#include "Correlation.h"
#include "Evaluate.h"
#include "Fit.h"
#include "Judge.h"
#include "NoiseFloor.h"
#include "Numerics/FitError.h"
#include "Plot.h"
#include "QuickCalibration.h"
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>

using namespace energy;
using namespace energy::fit;

namespace {
struct Arguments {
  std::vector<std::string> Positional;
  std::map<std::string, std::string> Options; ///< "--json" -> "" or "--output" -> "x.json"
};
/// One subcommand. Options with a value end in '='.
struct Command {
  const char *Name, *Usage;
  std::vector<std::string> Options;
  size_t MinPositional, MaxPositional;
  int (*Run)(const Arguments &);
};

std::string baseName(const std::string &Path) {
  std::filesystem::path P(Path);
  return (P.has_filename() ? P : P.parent_path()).filename().string();
}

int runFit(const Arguments &A) {
  Recipe R = Recipe::read(A.Positional[0]);
  std::vector<std::string> Paths(A.Positional.begin() + 1, A.Positional.end());
  FitOptions Options;
  // Names without folders: a profile says nothing about the machine that fitted it.
  Options.Command = "energy-fit fit " + baseName(A.Positional[0]);
  for (const std::string &Path : Paths)
    Options.Command += " " + baseName(Path);
  Json Profile = fitProfile(R, readTraining(R, Paths), Options);
  for (const std::string &Path : Paths)
    if (std::filesystem::is_directory(Path))
      for (Json &Set : judgedSummary(Profile, Path))
        Profile["judged"].push_back(std::move(Set));
  if (auto Out = A.Options.find("--output"); Out != A.Options.end())
    writeJson(Out->second, Profile);
  else
    std::cout << jsonText(Profile);
  return 0;
}

int runJudge(const Arguments &A) {
  LoadedDevice Device = loadDevice(A.Positional[0]);
  SkippedRows Skipped;
  std::vector<JudgedSet> Sets = judgeFolder(Device, A.Positional[1], &Skipped);
  for (const std::string &Row : Skipped)
    std::fprintf(stderr, "energy-fit: skipped: %s\n", Row.c_str());
  if (auto Points = A.Options.find("--points"); Points != A.Options.end())
    writePoints(Points->second, Sets);
  if (A.Options.count("--json"))
    std::cout << jsonText(judgementJson(Device.Profile, Sets, Skipped));
  else
    printJudgement(Sets);
  return 0;
}

void printCurve(const std::vector<LearningPoint> &Curve) {
  std::printf("\n%-6s %6s %10s %10s %10s %10s\n", "rows", "draws", "worst R2", "median R2",
              "worst MAPE", "med MAPE %");
  for (const LearningPoint &P : Curve) {
    std::vector<double> R2, Mape;
    for (const Metrics &M : P.Draws) {
      R2.push_back(M.R2);
      Mape.push_back(M.MapePercent);
    }
    std::sort(R2.begin(), R2.end());
    std::sort(Mape.begin(), Mape.end());
    std::printf("%-6zu %6zu %10.4f %10.4f %10.2f %10.2f\n", P.Rows, R2.size(), R2.front(),
                R2[R2.size() / 2], Mape.back(), Mape[Mape.size() / 2]);
  }
}

int runEvaluate(const Arguments &A) {
  Recipe R = Recipe::read(A.Positional[0]);
  std::vector<std::string> Paths(A.Positional.begin() + 1, A.Positional.end());
  std::vector<Observation> Data = readTraining(R, Paths);
  std::vector<JudgedSet> Sets = evaluateCrossValidation(R, Data);
  for (JudgedSet &S : evaluatePublishedSplit(R, Data))
    Sets.push_back(std::move(S));
  for (JudgedSet &S : evaluateRoofline(R, Data))
    Sets.push_back(std::move(S));
  bool Networks = std::filesystem::exists(Paths.front() + "/arch_totals.csv");
  if (Networks)
    for (JudgedSet &S : evaluateLeaveArchitectureOut(R, Paths.front()))
      Sets.push_back(std::move(S));
  printJudgement(Sets);
  if (auto Points = A.Options.find("--points"); Points != A.Options.end())
    writePoints(Points->second, Sets);
  if (Networks)
    printCurve(evaluateLearningCurve(R, Data, Paths.front(), {20, 30, 50, 100}, 20));
  return 0;
}

int runNoise(const Arguments &A) {
  printNoiseFloor(noiseFloor(CsvFile::read(A.Positional[0] + "/repetitions.csv")));
  return 0;
}

int runCorrelations(const Arguments &A) {
  LoadedDevice Device = loadDevice(A.Positional[0]);
  printCorrelations(Device.Profile, errorCorrelations(Device.Profile, A.Positional[1]));
  return 0;
}

int runBaselineCommand(const Arguments &A) {
  printBaseline(runBaseline(A.Positional[0]));
  return 0;
}

int runFrom(const Arguments &A) {
  LoadedDevice From = loadDevice(A.Positional[0]);
  std::vector<Observation> Data;
  Json Header;
  for (size_t I = 1; I < A.Positional.size(); ++I) {
    MeasurementFile File = readMeasurements(A.Positional[I]);
    if (Header.is_null()) {
      Header = Json::parse(File.Header.dump());
      if (File.IdleWatts)
        Header["meter"]["idle_w"] = *File.IdleWatts;
    }
    std::fprintf(stderr, "%s: %zu samples, %zu left out%s\n", A.Positional[I].c_str(), File.Samples.size(), File.LeftOut,
                 File.LeftOut ? " (void, under foreign load, repeated or of an unknown operator)" : "");
    Data.insert(Data.end(), File.Samples.begin(), File.Samples.end());
  }
  auto Name = A.Options.find("--name");
  QuickCalibration Q = calibrateQuickly(
      From, Name == A.Options.end() ? From.Profile.Name + "-calibrated" : Name->second, Data, Header);
  for (const std::string &Note : Q.Notes)
    std::fprintf(stderr, "energy-fit: note: %s\n", Note.c_str());
  for (const CalibratedType &T : Q.Types)
    std::fprintf(stderr, "%-12s %4zu rows, factor %7.3f, error as is %.3f, scaled %.3f, fitted %.3f: %s\n",
                 T.Name.c_str(), T.Rows, T.Factor, T.AsIsError, T.ScaledError, T.FittedError,
                 choiceName(T.Chosen));
  parseProfile(Q.Profile); // refuses to write what the analyzer could not read
  if (auto Out = A.Options.find("--output"); Out != A.Options.end())
    writeJson(Out->second, Q.Profile);
  else
    std::cout << jsonText(Q.Profile);
  return 0;
}

int runPlot(const Arguments &A) {
  LoadedDevice Device = loadDevice(A.Positional[0]);
  const std::string &Folder = A.Positional[1];
  std::vector<LearningPoint> Curve;
  if (std::filesystem::exists(Folder + "/arch_totals.csv")) {
    Recipe R = Recipe::parse(Device.Source);
    Curve = evaluateLearningCurve(R, readTraining(R, {Folder}), Folder, {20, 30, 50, 100, 200}, 20);
  }
  for (const std::string &Name : drawPictures(judgeFolder(Device, Folder), Curve, A.Positional[2]))
    std::printf("%s/%s\n", A.Positional[2].c_str(), Name.c_str());
  return 0;
}

int runBenchmarkCommand(const Arguments &A) {
  Recipe R = Recipe::read(A.Positional[0]);
  std::vector<Observation> Data = readTraining(R, {A.Positional.begin() + 1, A.Positional.end()});
  BenchmarkResult B = runBenchmark(R, Data);
  std::printf("fit of %zu rows           %8.2f s, %.2f s of CPU time\npeak memory               %8.1f MB\n"
              "prediction, physical      %8.0f ns\nprediction, with residual %8.0f ns\n"
              "estimate with terms       %8.0f ns\n",
              Data.size(), B.FitSeconds, B.FitCpuSeconds, B.PeakMegabytes, B.PhysicalNanoseconds,
              B.ResidualNanoseconds, B.ExplainedNanoseconds);
  return 0;
}

const std::vector<Command> &commands() {
  static const std::vector<Command> All = {
      {"fit", "RECIPE DATA... [--output PROFILE]", {"--output="}, 2, 99, runFit},
      {"--from", "DEVICE MEASUREMENTS.jsonl... [--name NAME] [--output PROFILE]",
       {"--name=", "--output="}, 2, 99, runFrom},
      {"baseline", "FOLDER", {}, 1, 1, runBaselineCommand},
      {"noise", "FOLDER", {}, 1, 1, runNoise},
      {"plot", "DEVICE FOLDER OUTPUT-FOLDER", {}, 3, 3, runPlot},
      {"benchmark", "RECIPE DATA...", {}, 2, 99, runBenchmarkCommand},
      {"evaluate", "RECIPE DATA... [--points CSV]", {"--points="}, 2, 99, runEvaluate},
      {"correlations", "DEVICE FOLDER", {}, 2, 2, runCorrelations},
      {"judge", "DEVICE FOLDER [--json] [--points CSV]", {"--json", "--points="}, 2, 2, runJudge},
  };
  return All;
}

void usage(std::FILE *Out) {
  std::fprintf(Out, "usage:\n");
  for (const Command &C : commands())
    std::fprintf(Out, "  energy-fit %s %s\n", C.Name, C.Usage);
}

Arguments parse(const Command &C, const std::vector<std::string> &Words) {
  Arguments A;
  for (size_t I = 0; I < Words.size(); ++I) {
    const std::string &W = Words[I];
    if (W.rfind("--", 0) != 0) {
      A.Positional.push_back(W);
      continue;
    }
    std::string Name = W.substr(0, W.find('='));
    bool Flag = std::count(C.Options.begin(), C.Options.end(), Name);
    bool Valued = std::count(C.Options.begin(), C.Options.end(), Name + "=");
    if (!Flag && !Valued)
      throw FitError("unknown option '" + W + "' of '" + C.Name + "'");
    if (Flag)
      A.Options[Name] = "";
    else if (W.find('=') != std::string::npos)
      A.Options[Name] = W.substr(W.find('=') + 1);
    else if (++I < Words.size())
      A.Options[Name] = Words[I];
    else
      throw FitError("option '" + W + "' needs a value");
  }
  if (A.Positional.size() < C.MinPositional || A.Positional.size() > C.MaxPositional)
    throw FitError(std::string("wrong number of arguments; usage: energy-fit ") + C.Name + " " + C.Usage);
  return A;
}
} // namespace

int main(int Count, char **Words) {
  if (Count >= 2 && (!std::strcmp(Words[1], "--help") || !std::strcmp(Words[1], "-h"))) {
    usage(stdout);
    return 0;
  }
  if (Count >= 2 && !std::strcmp(Words[1], "--version")) {
    std::printf("energy-fit %s\n", ENERGY_VERSION);
    return 0;
  }
  try {
    for (const Command &C : commands())
      if (Count >= 2 && std::strcmp(Words[1], C.Name) == 0) {
        Arguments A = parse(C, {Words + 2, Words + Count});
        return C.Run(A);
      }
  } catch (const std::exception &E) {
    std::fprintf(stderr, "energy-fit: error: %s\n", E.what());
    return 2;
  }
  usage(stderr);
  return 2;
}
