#include "Commands.h"
#include "Doctor.h"
#include "Files.h"
#include "KnownWork.h"
#include <algorithm>
#include <csignal>
#include <fstream>
#include <iostream>
#include <unistd.h>

namespace energy::measure {
namespace {
constexpr int ExitRefused = 1, ExitNoCounter = 3, ExitInterrupted = 128 + SIGINT;

volatile std::sig_atomic_t Interrupts = 0;

/// The first Ctrl-C ends the run in order, the second at once.
void catchInterrupts() {
  struct sigaction Action = {};
  Action.sa_handler = [](int Signal) {
    if (++Interrupts > 1)
      _exit(128 + Signal);
  };
  sigaction(SIGINT, &Action, nullptr);
  sigaction(SIGTERM, &Action, nullptr);
}

/// The meter of this run, started: watched, cross-checked, with its guard.
struct StartedMeter {
  std::unique_ptr<Meter> M;
  Characteristics Character;
};

void printObstacles(const std::vector<Obstacle> &All) {
  std::cerr << "energy-measure: no energy counter can be used\n";
  for (const Obstacle &O : All)
    std::cerr << "  " << O.What << (O.Fix.empty() ? "" : "\n    try: " + O.Fix) << "\n";
  std::cerr << "  'energy-measure doctor' tells more; --meter model --watts W gives a modelled figure instead\n";
}

/// Null after saying why.
std::unique_ptr<StartedMeter> startMeter(const CommandLine &Line, bool ForGpu) {
  Opened O = chooseMeter(Line.MeterName, ForGpu, Line.Meters);
  if (!O.M) {
    printObstacles(O.Obstacles);
    return nullptr;
  }
  for (const std::string &Note : O.Notes)
    std::cerr << "energy-measure: note: " << Note << "\n";
  auto Started = std::make_unique<StartedMeter>();
  Started->M = std::move(O.M);
  Started->Character = characterise(*Started->M, Line.Meters.clock(), 0.5 + 5 * Started->M->expectedRefreshS());
  std::string Why = Started->Character.Trouble;
  if (Why.empty())
    Why = Started->M->crossCheck(Line.Meters.clock());
  if (!Why.empty()) {
    std::cerr << "energy-measure: meter '" << Started->M->name() << "' cannot be trusted: " << Why << "\n";
    return nullptr;
  }
  return Started;
}

/// Pins the process and sets the default number of threads.
void placeProcess(CommandLine &Line) {
  if (Line.Pin && Line.Cpus.empty())
    Line.Cpus = physicalCpus(Line.Meters.Root);
  if (Line.Pin && !Line.Cpus.empty() && !pinTo(Line.Cpus)) {
    std::cerr << "energy-measure: warning: cannot pin to the CPUs that were asked for\n";
    Line.Cpus.clear();
  }
  if (!Line.Pin)
    Line.Cpus.clear();
  if (!Line.ThreadsGiven) {
    const size_t Cpus = Line.Cpus.empty() ? static_cast<size_t>(sysconf(_SC_NPROCESSORS_ONLN)) : Line.Cpus.size();
    Line.Plan.Threads = {static_cast<unsigned>(std::max<size_t>(1, Cpus))};
  }
}

/// <prefix>/share/clang-energy/op-table.txt of <prefix>/bin/energy-measure.
std::string defaultSweepFile() {
  char Path[4096];
  ssize_t Length = readlink("/proc/self/exe", Path, sizeof Path - 1);
  std::string Program(Path, Length > 0 ? static_cast<size_t>(Length) : 0);
  const std::string Folder = Program.substr(0, Program.rfind('/'));
  return Folder.substr(0, Folder.rfind('/')) + "/share/clang-energy/op-table.txt";
}

std::vector<Sweep> loadSweeps(const CommandLine &Line) {
  const std::string Path = Line.SweepFile.empty() ? defaultSweepFile() : Line.SweepFile;
  std::ifstream In(Path);
  if (!In)
    throw UsageError("cannot read the sweep file '" + Path + "'; write one with 'op-table > FILE' and give --sweeps FILE");
  std::vector<std::string> Problems;
  std::vector<Sweep> Rows = readSweeps(In, Problems);
  for (const std::string &P : Problems)
    std::cerr << "energy-measure: warning: '" << Path << "': " << P << "\n";
  return Rows;
}

using NamedCalls = std::vector<std::pair<std::string, ModelCalls>>;

NamedCalls loadModels(Backend &Work, const CommandLine &Line) {
  std::vector<std::string> Names = Line.Models;
  if (Names == std::vector<std::string>{"all"})
    Names = Work.models();
  if (Names == std::vector<std::string>{"none"})
    Names.clear();
  NamedCalls All;
  for (const std::string &Name : Names) {
    const std::vector<std::string> Known = Work.models();
    if (std::find(Known.begin(), Known.end(), Name) == Known.end())
      throw UsageError("there is no example model '" + Name + "'; see energy-measure models");
    std::cerr << "reading the calls of model '" << Name << "'\n";
    try {
      All.emplace_back(Name, Work.callsOf(Name));
    } catch (const std::exception &E) {
      std::cerr << "energy-measure: warning: model '" << Name << "' is left out: " << E.what() << "\n";
    }
  }
  return All;
}

/// Sweeps with the models' calls among them, the whole models after those.
std::vector<Configuration> makePlan(const CommandLine &Line, const std::vector<Sweep> &Rows, const NamedCalls &Models) {
  PlanOptions Options = Line.Plan;
  Options.MaxArgumentBytes = std::min(Options.MaxArgumentBytes, Line.Session.MaxMemoryBytes / 4);
  Options.Limit = 0;
  for (const auto &[Name, TheCalls] : Models)
    for (const auto &[Call, Count] : TheCalls.Calls)
      Options.InModels.insert(Call.Op);
  std::vector<Configuration> Calls = planModelCalls(Models, Options);
  if (Line.Plan.Operators.empty())
    for (const auto &[Name, TheCalls] : Models)
      for (Phase P : Options.Phases)
        for (unsigned Threads : Options.Threads) {
          Configuration C;
          C.Model = Name;
          C.ThePhase = P;
          C.Threads = Threads;
          C.Device = Options.Device;
          C.Source = "model:" + Name;
          Calls.push_back(C);
        }
  constexpr size_t EveryThird = 3;
  std::vector<Configuration> Plan = interleave(planSweeps(Rows, Options), std::move(Calls), EveryThird);
  if (Line.Plan.Limit && Plan.size() > Line.Plan.Limit)
    Plan.resize(Line.Plan.Limit);
  return Plan;
}

HeaderFacts headerFacts(const CommandLine &Line, const StartedMeter &Started, const std::string &TorchVersion) {
  HeaderFacts H;
  H.TheMachine = describeMachine(Line.Meters.Root);
  H.TorchVersion = TorchVersion;
  H.Threads = Line.Plan.Threads[0];
  H.MeterName = Started.M->name();
  H.TheBasis = Started.M->basis();
  H.Counters = Started.M->counters();
  H.Character = Started.Character;
  H.Watts = Line.Meters.Watts;
  H.Protocol = Line.Session.Protocol;
  H.WindowS = std::max(Line.Session.Protocol.WindowS, Started.M->minWindowS());
  H.Cpus = Line.Cpus;
  H.Seed = Line.Plan.Seed;
  H.Device = Line.Plan.Device;
  H.DeviceName = Started.M->deviceName();
  return H;
}

/// Fake counters need no long windows; a run with them is a test of the program.
void shortenForFake(CommandLine &Line) {
  const ProtocolOptions Default;
  ProtocolOptions &P = Line.Session.Protocol;
  if (Line.MeterName != "fake")
    return;
  if (P.WindowS == Default.WindowS)
    P.WindowS = 0.01;
  if (P.WarmupS == Default.WarmupS)
    P.WarmupS = 0.005;
  if (P.IdleS == Default.IdleS)
    P.IdleS = 0.05;
}

int summarise(const Outcome &Result, const std::string &Output) {
  std::cerr << Result.Measured << " measured, " << Result.Skipped << " skipped, " << Result.Void << " void, " << Result.Foreign
            << " with foreign load";
  if (Result.Earlier)
    std::cerr << ", " << Result.Earlier << " were there already";
  std::cerr << "; '" << Output << "'";
  if (Result.Why == "time")
    std::cerr << "; the budget is spent, the same command continues";
  if (Result.Why == "interrupted")
    std::cerr << "; interrupted, the same command continues";
  std::cerr << "\n";
  return Result.Why == "interrupted" ? ExitInterrupted : 0;
}
} // namespace

int runCommand(CommandLine &Line) {
  shortenForFake(Line);
  placeProcess(Line);
  std::unique_ptr<Backend> Work = makeTorchBackend();
  if (std::string Why = Work->deviceTrouble(Line.Plan.Device); !Why.empty())
    throw UsageError("--device: " + Why);
  const bool ForGpu = Line.Plan.Device != "cpu";
  Line.Session.LiveProgress = isatty(STDERR_FILENO);
  Work->setThreads(Line.Plan.Threads[0]);
  if (!ForGpu)
    Work->limitMemory(Line.Session.MaxMemoryBytes);
  if (Line.DryRun) {
    const std::vector<Sweep> Rows = loadSweeps(Line);
    Opened O = chooseMeter(Line.MeterName, ForGpu, Line.Meters);
    printPlan(makePlan(Line, Rows, loadModels(*Work, Line)), Line.Session, O.M ? O.M->minWindowS() : 1, std::cout);
    return 0;
  }
  std::unique_ptr<StartedMeter> Started = startMeter(Line, ForGpu);
  if (!Started)
    return ExitNoCounter;
  const std::vector<Sweep> Rows = loadSweeps(Line);
  const NamedCalls Models = loadModels(*Work, Line);
  const std::vector<Configuration> Plan = makePlan(Line, Rows, Models);
  catchInterrupts();
  EnergyClock Sums(*Started->M, Line.Meters.clock());
  Surroundings Around{Sums, Line.Meters.Root, Line.Cpus, [] { return Interrupts > 0; }};
  Session TheSession(*Work, Around, Line.Session, std::cerr);
  return summarise(TheSession.run(Plan, headerLine(headerFacts(Line, *Started, Work->version())), Models), Line.Session.Output);
}

int knownWorkCommand(CommandLine &Line) {
  shortenForFake(Line);
  placeProcess(Line);
  std::unique_ptr<StartedMeter> Started = startMeter(Line, false);
  if (!Started)
    return ExitNoCounter;
  catchInterrupts();
  EnergyClock Sums(*Started->M, Line.Meters.clock());
  Surroundings Around{Sums, Line.Meters.Root, Line.Cpus, [] { return Interrupts > 0; }};
  KnownWorkOptions Options;
  Options.Threads = Line.Plan.Threads[0];
  Options.Protocol = Line.Session.Protocol;
  bool Passed = true;
  for (const KnownWorkResult &R : runKnownWork(Around, Options)) {
    std::cout << knownWorkLine(R) << "\n";
    std::cerr << R.Work << ": ";
    if (R.Trouble.empty())
      std::cerr << "twice the work took " << R.Ratio << " +- " << R.RatioHalfWidth << " times the energy ("
                << toString(Started->M->basis()) << "): " << (R.Passed ? "passed" : "FAILED") << "\n";
    else
      std::cerr << "no figure: " << R.Trouble << "\n";
    Passed &= R.Passed;
  }
  return Interrupts ? ExitInterrupted : Passed ? 0 : ExitRefused;
}

int doctorCommand(const CommandLine &Line) { return doctor(Line.Meters, DoctorOptions(), std::cout); }

int modelsCommand() {
  for (const std::string &Name : makeTorchBackend()->models())
    std::cout << Name << "\n";
  return 0;
}

} // namespace energy::measure
