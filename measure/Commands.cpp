#include "Commands.h"
#include "Doctor.h"
#include "Files.h"
#include "KnownWork.h"
#include "Suggest.h"
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <unistd.h>

namespace energy::measure {
namespace {
constexpr int ExitRefused = 1, ExitNoCounter = 3, ExitInterrupted = 128 + SIGINT;

volatile std::sig_atomic_t Interrupts = 0;

/// The first Ctrl-C (or the end of the terminal) ends the run in order, the second at once.
void catchInterrupts() {
  struct sigaction Action = {};
  Action.sa_handler = [](int Signal) {
    if (++Interrupts > 1)
      _exit(128 + Signal);
  };
  sigaction(SIGINT, &Action, nullptr);
  sigaction(SIGTERM, &Action, nullptr);
  sigaction(SIGHUP, &Action, nullptr);
}

/// The meter of this run, started: watched, cross-checked, with its guard.
struct StartedMeter {
  std::unique_ptr<Meter> M;
  Characteristics Character;
  EnergyClock::Options clockOptions() const {
    EnergyClock::Options O;
    O.RefreshS = Character.RefreshS;
    return O;
  }
};

bool isGpu(const CommandLine &Line) { return Line.Plan.Device != "cpu"; }

void printObstacles(const std::vector<Obstacle> &All) {
  std::cerr << "energy-measure: no energy counter can be used\n";
  for (const Obstacle &O : All)
    std::cerr << "  " << O.What << (O.Fix.empty() ? "" : "\n    try: " + O.Fix) << "\n";
  std::cerr << "  'energy-measure doctor' tells more; --meter model --watts W gives a modelled figure instead\n";
}

/// The NVML name of LibTorch's device: "cuda:1" is what CUDA_VISIBLE_DEVICES lists second.
std::string nvmlName(const std::string &Device) {
  const size_t Colon = Device.find(':');
  const std::string Number = Colon == std::string::npos ? "0" : Device.substr(Colon + 1);
  const char *Visible = std::getenv("CUDA_VISIBLE_DEVICES");
  if (!Visible || !*Visible)
    return Number;
  std::string Rest = Visible;
  for (size_t N = parseUnsigned(Number).value_or(0); N && !Rest.empty(); --N)
    Rest.erase(0, std::min(Rest.find(','), Rest.size() - 1) + 1);
  return Rest.substr(0, Rest.find(','));
}

/// A counter of one device says nothing about work on another.
void checkMeterFitsDevice(const CommandLine &Line, bool ForGpu) {
  const MeterRow *Row = findMeter(Line.MeterName);
  if (Row && Row->Automatic && Row->ForGpu != ForGpu)
    throw UsageError("--meter: '" + Line.MeterName + "' counts the energy of " + (Row->ForGpu ? "a GPU" : "the CPU") +
                     ", and the work is on '" + Line.Plan.Device + "'" + (Row->ForGpu ? "; give --device cuda" : "; give --meter nvml"));
}

/// Null after saying why.
std::unique_ptr<StartedMeter> startMeter(CommandLine &Line, bool ForGpu) {
  checkMeterFitsDevice(Line, ForGpu);
  if (ForGpu && Line.Meters.Gpu.empty())
    Line.Meters.Gpu = nvmlName(Line.Plan.Device);
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

/// Pins the process and sets the default number of threads. Says how the pinning
/// went, for the file.
std::string placeProcess(CommandLine &Line) {
  std::string Pinning = "not asked for";
  if (!Line.Pin)
    Line.Cpus.clear();
  else if (Line.Cpus.empty())
    Line.Cpus = physicalCpus(Line.Meters.Root);
  if (Line.Pin) {
    const std::string Why = Line.Cpus.empty() ? "the allowed CPUs are not known" : pinTo(Line.Cpus);
    Pinning = Why.empty() ? "pinned" : "failed: " + Why;
    if (!Why.empty()) {
      std::cerr << "energy-measure: warning: not pinned to CPUs: " << Why << "; the file says so\n";
      Line.Cpus.clear();
    }
  }
  if (!Line.ThreadsGiven) {
    const size_t Cpus = Line.Cpus.empty() ? static_cast<size_t>(sysconf(_SC_NPROCESSORS_ONLN)) : Line.Cpus.size();
    Line.Plan.Threads = {static_cast<unsigned>(std::max<size_t>(1, Cpus))};
  }
  return Pinning;
}

/// Says before anything is measured that the output will not do.
void checkOutput(const std::string &Path) {
  const Earlier Before = readEarlier(Path);
  if (!Before.Trouble.empty())
    throw std::runtime_error("cannot continue '" + Path + "': " + Before.Trouble + "; give another --output");
  const size_t Slash = Path.rfind('/');
  const std::string Folder = Slash == std::string::npos ? "." : Path.substr(0, Slash + 1);
  if (access(exists(Path) ? Path.c_str() : Folder.c_str(), W_OK) != 0)
    throw std::runtime_error("cannot write '" + Path + "': " + reason(errno) + "; give another --output");
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

std::vector<ModelCalls> loadModels(Backend &Work, const CommandLine &Line) {
  const std::vector<std::string> Known = Work.models();
  std::vector<std::string> Names = Line.Models;
  if (Names == std::vector<std::string>{"all"})
    Names = Known;
  if (Names == std::vector<std::string>{"none"})
    Names.clear();
  for (const std::string &Name : Names)
    if (std::find(Known.begin(), Known.end(), Name) == Known.end()) {
      const std::string Nearest = didYouMean(Name, Known);
      throw UsageError("--models: there is no example model '" + Name + "'" +
                       (Nearest.empty() ? "; see energy-measure models" : Nearest));
    }
  if (!Names.empty())
    std::cerr << "reading the calls of " << Names.size() << " example models\n";
  std::vector<ModelCalls> All;
  for (const std::string &Name : Names)
    for (Phase P : Line.Plan.Phases)
      try {
        All.push_back(Work.callsOf(Name, P));
      } catch (const std::exception &E) {
        const std::string Why = E.what();
        std::cerr << "energy-measure: warning: model '" << Name << "' is left out: " << Why.substr(0, Why.find('\n')) << "\n";
      }
  return All;
}

/// A misspelt operator must not make an empty file.
void checkOperators(const std::vector<std::string> &Patterns, const std::vector<Sweep> &Rows, const std::vector<ModelCalls> &Models) {
  std::set<std::string> Known;
  for (const Sweep &Row : Rows)
    Known.insert(Row.op());
  for (const ModelCalls &Model : Models)
    for (const auto &[Call, Count] : Model.Calls)
      Known.insert(Call.Op);
  std::vector<std::string> Names;
  for (const std::string &Op : Known)
    Names.push_back(Op.substr(Op.find("::") + 2));
  for (const std::string &P : unmatched(Patterns, Known))
    throw UsageError("--ops: there is no operator '" + P + "' in the sweep file" + didYouMean(P, Names));
}

/// Sweeps with the models' calls, and the models, among them.
std::unique_ptr<Plan> makePlan(const CommandLine &Line, const std::vector<Sweep> &Rows, const std::vector<ModelCalls> &Models) {
  checkOperators(Line.Plan.Operators, Rows, Models);
  PlanOptions Options = Line.Plan;
  Options.MaxArgumentBytes = std::min(Options.MaxArgumentBytes, Line.Session.MaxMemoryBytes / 4);
  for (const ModelCalls &Model : Models)
    for (const auto &[Call, Count] : Model.Calls)
      Options.InModels.insert(Call.Op);
  constexpr size_t EveryThird = 3;
  return interleave(planSweeps(Rows, Options), planModels(Models, Options), EveryThird, Line.Limit);
}

HeaderFacts headerFacts(const CommandLine &Line, const StartedMeter &Started, const EnergyClock &Sums,
                        const std::string &TorchVersion, const std::string &Pinning) {
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
  H.WindowS = Sums.windowS(Line.Session.Protocol.WindowS);
  H.Cpus = Line.Cpus;
  H.Pinning = Pinning;
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

/// Says before a long run that its samples will be marked.
void warnOfForeignLoad(const CpuTimes &Begin, const CpuTimes &End, double Limit) {
  const std::optional<double> Cpus = foreignCpus(Begin, End);
  if (Cpus && *Cpus > Limit)
    std::fprintf(stderr, "energy-measure: warning: other processes use %.2g CPUs; samples under such load are marked 'foreign' and "
                         "energy-fit leaves them out: stop what runs, or set another limit with --foreign\n", *Cpus);
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

namespace {
/// LibTorch, ready for the device. Throws UsageError for a device that is not there.
std::unique_ptr<Backend> startTorch(const CommandLine &Line) {
  setenv("CUDA_DEVICE_ORDER", "PCI_BUS_ID", /*overwrite=*/0); // NVML's order
  std::unique_ptr<Backend> Work = makeTorchBackend();
  if (std::string Why = Work->deviceTrouble(Line.Plan.Device); !Why.empty())
    throw UsageError("--device: " + Why);
  Work->setThreads(Line.Plan.Threads[0]);
  Work->wake(Line.Plan.Device);
  if (!isGpu(Line)) // a GPU's runtime reserves address space without end
    Work->limitMemory(Line.Session.MaxMemoryBytes);
  return Work;
}

int dryRun(const CommandLine &Line, Backend &Work) {
  const std::vector<Sweep> Rows = loadSweeps(Line);
  Opened O = chooseMeter(Line.MeterName, isGpu(Line), Line.Meters);
  printPlan(*makePlan(Line, Rows, loadModels(Work, Line)), Line.Session, O.M ? O.M->minWindowS() : 1, std::cout);
  if (!O.M)
    std::cout << "\nno energy counter can be used here: see energy-measure doctor\n";
  return 0;
}

Surroundings surroundings(const CommandLine &Line, EnergyClock &Sums) {
  return {Sums, Line.Meters.Root, Line.Cpus, [] { return Interrupts > 0; }};
}
} // namespace

int runCommand(CommandLine &Line) {
  Line.Session.StartedS = Line.Meters.clock().nowS(); // the stated time holds for everything
  shortenForFake(Line);
  const std::string Pinning = placeProcess(Line);
  std::unique_ptr<Backend> Work = startTorch(Line);
  if (Line.DryRun)
    return dryRun(Line, *Work);
  checkOutput(Line.Session.Output);
  Line.Session.LiveProgress = isatty(STDERR_FILENO);
  const CpuTimes Before = cpuTimes(Line.Meters.Root, Line.Meters.clock().nowS());
  std::unique_ptr<StartedMeter> Started = startMeter(Line, isGpu(Line));
  if (!Started)
    return ExitNoCounter;
  warnOfForeignLoad(Before, cpuTimes(Line.Meters.Root, Line.Meters.clock().nowS()), Line.Session.Protocol.ForeignCpus);
  const std::vector<Sweep> Rows = loadSweeps(Line);
  const std::vector<ModelCalls> Models = loadModels(*Work, Line);
  const std::unique_ptr<Plan> ThePlan = makePlan(Line, Rows, Models);
  catchInterrupts();
  EnergyClock Sums(*Started->M, Line.Meters.clock(), Started->clockOptions());
  Surroundings Around = surroundings(Line, Sums);
  Session TheSession(*Work, Around, Line.Session, std::cerr);
  const std::string Header = headerLine(headerFacts(Line, *Started, Sums, Work->version(), Pinning));
  return summarise(TheSession.run(*ThePlan, Header, Models), Line.Session.Output);
}

int knownWorkCommand(CommandLine &Line) {
  shortenForFake(Line);
  placeProcess(Line);
  std::unique_ptr<Backend> Torch = isGpu(Line) ? startTorch(Line) : nullptr;
  std::unique_ptr<StartedMeter> Started = startMeter(Line, isGpu(Line));
  if (!Started)
    return ExitNoCounter;
  catchInterrupts();
  EnergyClock Sums(*Started->M, Line.Meters.clock(), Started->clockOptions());
  Surroundings Around = surroundings(Line, Sums);
  KnownWorkOptions Options;
  Options.Threads = Line.Plan.Threads[0];
  Options.Protocol = Line.Session.Protocol;
  bool Passed = true;
  for (const KnownWorkResult &R :
       runKnownWork(Around, Torch ? deviceWork(*Torch, Line.Plan.Device) : cpuWork(Options.Threads), Options)) {
    std::cout << knownWorkLine(R) << "\n";
    std::cerr << R.Work << ": ";
    if (R.Trouble.empty())
      std::cerr << "twice the work took " << R.Ratio << " +- " << R.RatioHalfWidth << " times the energy ("
                << toString(R.TheBasis) << "): " << (R.Passed ? "passed" : "FAILED") << "\n";
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
