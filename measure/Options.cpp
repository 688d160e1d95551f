#include "Options.h"
#include "Files.h"
#include "OpLineValues.h"
#include "Suggest.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>

namespace energy::measure {
namespace {

std::vector<std::string> split(const std::string &Text) {
  std::vector<std::string> Parts;
  for (size_t Begin = 0; Begin <= Text.size();) {
    size_t End = std::min(Text.find(',', Begin), Text.size());
    if (End > Begin)
      Parts.push_back(Text.substr(Begin, End - Begin));
    Begin = End + 1;
  }
  return Parts;
}

/// Split, and at least one.
std::vector<std::string> items(const std::string &Text) {
  std::vector<std::string> Parts = split(Text);
  if (Parts.empty())
    throw UsageError("'" + Text + "' is an empty list");
  return Parts;
}

double number(const std::string &Text, double Low, double High) {
  char *End = nullptr;
  double Value = std::strtod(Text.c_str(), &End);
  if (Text.empty() || *End || !(Value >= Low && Value <= High)) {
    char Range[64];
    std::snprintf(Range, sizeof Range, "%g to %g", Low, High);
    throw UsageError("'" + Text + "' is not a number from " + Range);
  }
  return Value;
}
unsigned count(const std::string &Text, unsigned Low, unsigned High) {
  std::optional<uint64_t> Value = parseUnsigned(Text);
  if (!Value || *Value < Low || *Value > High)
    throw UsageError("'" + Text + "' is not a whole number from " + std::to_string(Low) + " to " + std::to_string(High));
  return static_cast<unsigned>(*Value);
}

/// Code of an element type's name or code.
std::string elementType(const std::string &Text) {
#define DTYPE(Enumerator, Name, Code, Bytes, Kind)                                                                     \
  if ((Text == Name || Text == Code) && isFloatingPoint(Code))                                                         \
    return Code;
#include "Schema/DTypes.def"
  throw UsageError("'" + Text + "' is not a floating-point element type; write float32, float64, bfloat16 or float16");
}
Phase phase(const std::string &Text) {
  for (Phase P : {Phase::Forward, Phase::ForwardBackward})
    if (Text == toString(P))
      return P;
  throw UsageError("'" + Text + "' is not a phase; write forward or forward_backward");
}

struct Option {
  const char *Name;
  const char *Value; ///< placeholder; null: the option takes none
  const char *Help;
  std::function<void(CommandLine &, const std::string &)> Set;
};

const std::vector<Option> &planOptions() {
  static const std::vector<Option> Rows = {
      {"output", "FILE", "where the measurements go; continued when it exists (measurements.jsonl)",
       [](CommandLine &C, const std::string &V) { C.Session.Output = V; }},
      {"time", "DURATION", "stop after this long (20m, 2h), most informative configurations first",
       [](CommandLine &C, const std::string &V) { C.Session.BudgetS = parseDuration(V); }},
      {"dry-run", nullptr, "print the plan and its duration, measure nothing",
       [](CommandLine &C, const std::string &) { C.DryRun = true; }},
      {"sweeps", "FILE", "sweep rows, as 'op-table' prints them (those beside the program)",
       [](CommandLine &C, const std::string &V) { C.SweepFile = V; }},
      {"ops", "PATTERNS", "only these operators: 'conv2d,*pool*'; none: only models as a whole",
       [](CommandLine &C, const std::string &V) {
         C.Plan.WholeModelsOnly = V == "none";
         C.Plan.Operators = C.Plan.WholeModelsOnly ? std::vector<std::string>() : items(V);
       }},
      {"models", "NAMES", "example models whose calls, and which as a whole, are measured: all, none, or names (all)",
       [](CommandLine &C, const std::string &V) { C.Models = items(V); }},
      {"phase", "PHASES", "forward, forward_backward or both (forward)",
       [](CommandLine &C, const std::string &V) {
         C.Plan.Phases.clear();
         for (const std::string &P : items(V))
           C.Plan.Phases.push_back(phase(P));
       }},
      {"threads", "COUNTS", "LibTorch threads: 1,4,8 (one for each pinned CPU)",
       [](CommandLine &C, const std::string &V) {
         C.Plan.Threads.clear();
         for (const std::string &T : items(V))
           C.Plan.Threads.push_back(count(T, 1, 1024));
         C.ThreadsGiven = true;
       }},
      {"dtype", "TYPES", "element types: float32,bfloat16 (float32)",
       [](CommandLine &C, const std::string &V) {
         C.Plan.ElementTypes.clear();
         for (const std::string &T : items(V))
           C.Plan.ElementTypes.push_back(elementType(T));
       }},
      {"device", "DEVICE", "cpu, cuda or cuda:1 (cpu)", [](CommandLine &C, const std::string &V) { C.Plan.Device = V; }},
      {"per-row", "N", "samples of a sweep row per variable (40)",
       [](CommandLine &C, const std::string &V) { C.Plan.PerSweepRow = count(V, 1, 100000); }},
      {"limit", "N", "at most this many configurations",
       [](CommandLine &C, const std::string &V) { C.Limit = count(V, 1, 100000000); }},
      {"seed", "N", "of the samples and their order (1)",
       [](CommandLine &C, const std::string &V) { C.Plan.Seed = count(V, 0, 1u << 31); }},
      {"max-memory", "SIZE", "of the process; larger configurations are skipped and said (2G)",
       [](CommandLine &C, const std::string &V) { C.Session.MaxMemoryBytes = parseSize(V); }},
  };
  return Rows;
}

const std::vector<Option> &protocolOptions() {
  static const std::vector<Option> Rows = {
      {"window", "SECONDS", "length of one reading of the counter (1, or more when the meter needs it)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.WindowS = number(V, 0.001, 3600); }},
      {"min-windows", "N", "readings at least (3)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.MinWindows = count(V, 1, 1000); }},
      {"max-windows", "N", "readings at most (12)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.MaxWindows = count(V, 1, 1000); }},
      {"ci", "SHARE", "repeat until the interval's half width is this share of the mean (0.05)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.CiWidth = number(V, 0, 10); }},
      {"confidence", "SHARE", "of the interval: 0.9, 0.95 or 0.99 (0.95)",
       [](CommandLine &C, const std::string &V) {
         double Value = number(V, 0.9, 0.99);
         if (Value != 0.9 && Value != 0.95 && Value != 0.99)
           throw UsageError("'" + V + "' is not 0.9, 0.95 or 0.99");
         C.Session.Protocol.Confidence = Value;
       }},
      {"warmup", "SECONDS", "before the first reading (0.2)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.WarmupS = number(V, 0, 600); }},
      {"idle", "SECONDS", "of idle power around each block (2)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.IdleS = number(V, 0, 600); }},
      {"block", "SECONDS", "between two readings of idle power (30)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.BlockS = number(V, 0, 86400); }},
      {"foreign", "CPUS", "mark a sample when other processes use more than this (0.25)",
       [](CommandLine &C, const std::string &V) { C.Session.Protocol.ForeignCpus = number(V, 0, 4096); }},
      {"cpus", "LIST", "pin to these CPUs: 0-7, or none (one logical CPU of each core)",
       [](CommandLine &C, const std::string &V) {
         C.Pin = V != "none";
         C.Cpus = parseCpuList(V);
         if (C.Pin && C.Cpus.empty())
           throw UsageError("'" + V + "' names no CPU");
       }},
  };
  return Rows;
}

const std::vector<Option> &meterOptions() {
  static const std::vector<Option> Rows = {
      {"meter", "NAME", "one of the meters below (the first that works)",
       [](CommandLine &C, const std::string &V) {
         std::vector<std::string> Names;
         for (const MeterRow &Row : meterRows())
           Names.emplace_back(Row.Name);
         if (!findMeter(V))
           throw UsageError("there is no meter '" + V + "'" + didYouMean(V, Names));
         C.MeterName = V;
       }},
      {"watts", "POWER", "of the time-times-power model, with --meter model",
       [](CommandLine &C, const std::string &V) { C.Meters.Watts = number(V, 0.001, 100000); }},
      {"gpu", "WHICH", "NVML index or UUID (that of --device)", [](CommandLine &C, const std::string &V) { C.Meters.Gpu = V; }},
      {"nvml", "FILE", "NVIDIA management library (libnvidia-ml.so.1)",
       [](CommandLine &C, const std::string &V) { C.Meters.NvmlLibrary = V; }},
      {"root", "DIR", "read /sys and /proc below this folder (/)",
       [](CommandLine &C, const std::string &V) {
         C.Meters.Root = V.empty() || V.back() != '/' ? V + "/" : V;
         C.Session.Root = C.Meters.Root;
       }},
      {"allow-absent", nullptr, "check: operators that this LibTorch lacks do not fail",
       [](CommandLine &C, const std::string &) { C.AllowAbsent = true; }},
  };
  return Rows;
}

/// Throws UsageError when there is none.
const Option &find(const std::string &Word) {
  std::vector<std::string> Names = {"--help"};
  const std::string Name = Word.substr(0, Word.find('='));
  for (auto *Rows : {&planOptions, &protocolOptions, &meterOptions})
    for (const Option &O : Rows()) {
      Names.push_back(std::string("--") + O.Name);
      if (Name == Names.back())
        return O;
    }
  const std::string Nearest = didYouMean(Name, Names);
  throw UsageError("unknown option '" + Name + "'" + (Nearest.empty() ? "; see energy-measure help" : Nearest));
}

void addRows(std::string &Text, const std::vector<Option> &Rows) {
  for (const Option &O : Rows) {
    std::string Left = std::string("  --") + O.Name + (O.Value ? std::string(" ") + O.Value : "");
    Left.resize(std::max<size_t>(24, Left.size() + 1), ' ');
    Text += Left + O.Help + "\n";
  }
}
} // namespace

double parseDuration(const std::string &Text) {
  char *End = nullptr;
  double Value = std::strtod(Text.c_str(), &End);
  const std::string Unit = End;
  const double Factor = Unit.empty() || Unit == "s" ? 1 : Unit == "m" ? 60 : Unit == "h" ? 3600 : 0;
  if (End == Text.c_str() || Factor == 0 || !(Value > 0) || !std::isfinite(Value))
    throw UsageError("'" + Text + "' is not a duration above zero such as 90s, 20m or 1.5h");
  return Value * Factor;
}

uint64_t parseSize(const std::string &Text) {
  char *End = nullptr;
  double Value = std::strtod(Text.c_str(), &End);
  const std::string Unit = End;
  const double Factor = Unit == "G" ? 1024.0 * 1024 * 1024 : Unit == "M" ? 1024.0 * 1024 : 0;
  if (End == Text.c_str() || Factor == 0 || !(Value > 0) || !(Value * Factor < 1e18))
    throw UsageError("'" + Text + "' is not a size such as 512M or 2G");
  return static_cast<uint64_t>(Value * Factor);
}

namespace {
/// The value of the option at \p At, which moves to its last word.
std::string valueOf(const Option &O, const std::vector<std::string> &Arguments, size_t &At) {
  const std::string &Word = Arguments[At];
  const size_t Equal = Word.find('=');
  if (!O.Value && Equal != std::string::npos)
    throw UsageError("option '--" + std::string(O.Name) + "' takes no value");
  if (!O.Value)
    return {};
  if (Equal != std::string::npos)
    return Word.substr(Equal + 1);
  if (++At == Arguments.size())
    throw UsageError("option '" + Word + "' needs a value: --" + O.Name + " " + O.Value);
  return Arguments[At];
}
} // namespace

CommandLine parseCommandLine(const std::vector<std::string> &Arguments) {
  const std::vector<std::string> Commands = {"run", "check", "doctor", "known-work", "models", "help"};
  CommandLine C;
  C.Session.Output = "measurements.jsonl";
  size_t At = 0;
  C.Command = "run"; // three commands in all: nobody should need a sub-command to begin
  if (!Arguments.empty() && Arguments[0].rfind("-", 0) != 0)
    C.Command = Arguments[At++];
  if (std::find(Commands.begin(), Commands.end(), C.Command) == Commands.end()) {
    const std::string Nearest = didYouMean(C.Command, Commands);
    throw UsageError("there is no command '" + C.Command + "'" + (Nearest.empty() ? "; see energy-measure help" : Nearest));
  }
  for (; At < Arguments.size(); ++At) {
    if (Arguments[At] == "--help" || Arguments[At] == "-h") {
      C.Command = "help";
      return C;
    }
    if (std::find(Commands.begin(), Commands.end(), Arguments[At]) != Commands.end())
      throw UsageError("the command comes first: energy-measure " + Arguments[At] + " ...");
    const Option &O = find(Arguments[At]);
    const std::string Value = valueOf(O, Arguments, At);
    try {
      O.Set(C, Value);
    } catch (const UsageError &E) {
      throw UsageError("--" + std::string(O.Name) + ": " + E.what());
    }
  }
  if (C.Session.Protocol.MaxWindows < C.Session.Protocol.MinWindows)
    throw UsageError("--max-windows is less than --min-windows");
  return C;
}

std::string helpText() {
  std::string Text = R"(energy-measure: measure LibTorch operators and models with this machine's energy counters

usage: energy-measure [run] [options]     measure, as JSON lines (docs/measurement-format.md)
       energy-measure doctor              what can be measured here, and what would make the rest readable
       energy-measure known-work          does the meter say twice for twice the work?
       energy-measure check < lines       judge the operator table by LibTorch
       energy-measure models              the example models in this program

what:
)";
  addRows(Text, planOptions());
  Text += "\nhow:\n";
  addRows(Text, protocolOptions());
  Text += "\nwith what:\n";
  addRows(Text, meterOptions());
  Text += "\nmeters:\n";
  for (const MeterRow &Row : meterRows()) {
    std::string Name = std::string("  ") + Row.Name;
    Name.resize(24, ' ');
    Text += Name + Row.Reads + "\n";
  }
  return Text + "\nexit status: 0 done, 1 something failed or was refused, 2 wrong usage, 3 no energy counter, 130 interrupted\n";
}

} // namespace energy::measure
