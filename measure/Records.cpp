#include "Records.h"
#include "KnownWork.h"
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace energy::measure {
namespace {
using Json = nlohmann::ordered_json;

template <class T> Json orNull(const std::optional<T> &Value) { return Value ? Json(*Value) : Json(); }
/// Infinite and missing numbers are null: never 0.
Json number(std::optional<double> Value) {
  if (!Value || !std::isfinite(*Value))
    return nullptr;
  char Text[32]; // seven digits are more than any counter has
  std::snprintf(Text, sizeof Text, "%.7g", *Value);
  return std::strtod(Text, nullptr);
}
Json numbers(const std::vector<double> &Values) {
  Json List = Json::array();
  for (double V : Values)
    List.push_back(number(V));
  return List;
}
std::string line(const Json &Object) {
  // Names from the machine's firmware need not be UTF-8.
  return Object.dump(-1, ' ', false, Json::error_handler_t::replace);
}
void addWhere(Json &J, const Configuration &C) {
  J["phase"] = toString(C.ThePhase);
  J["threads"] = C.Threads;
  J["device"] = C.Device;
}
const char *counts(const std::vector<CounterInfo> &Counters) {
  for (const CounterInfo &C : Counters)
    if (isCounted(C.Kind))
      return toString(C.Kind);
  return "nothing";
}
Json meterJson(const HeaderFacts &H) {
  Json J = {{"name", H.MeterName}, {"basis", toString(H.TheBasis)}, {"counts", counts(H.Counters)}};
  if (H.TheBasis == Basis::Modelled)
    J["watts"] = H.Watts;
  J["refresh_s"] = number(H.Character.RefreshS);
  J["resolution_j"] = number(H.Character.ResolutionJ);
  J["read_cost_s"] = number(H.Character.ReadCostS);
  J["counters"] = Json::array();
  for (const CounterInfo &C : H.Counters)
    J["counters"].push_back({{"name", C.Name},
                             {"kind", toString(C.Kind)},
                             {"range_j", C.RangeUnits ? number(static_cast<double>(C.RangeUnits) * C.JoulesPerUnit) : Json()}});
  return J;
}
} // namespace

std::string headerLine(const HeaderFacts &H) {
  const Machine &M = H.TheMachine;
  const ProtocolOptions &P = H.Protocol;
  Json J = {{"kind", "header"}, {"format", 1}, {"program", "energy-measure " ENERGY_VERSION}, {"started", utcNow()}};
  J["machine"] = {{"cpu", M.Cpu},
                  {"sockets", M.Sockets},
                  {"cores", M.Cores},
                  {"logical_cpus", M.LogicalCpus},
                  {"memory_bytes", M.MemoryBytes},
                  {"vector_floats", orNull(M.VectorFloats)},
                  {"l2_bytes", orNull(M.L2Bytes)},
                  {"l3_bytes", orNull(M.L3Bytes)},
                  {"os", M.Os},
                  {"kernel", M.Kernel},
                  {"virtualization", M.Virtualization},
                  {"container", M.Container}};
  J["libtorch"] = {{"version", H.TorchVersion}, {"threads", H.Threads}, {"flush_denormals", true}};
  J["meter"] = meterJson(H);
  J["protocol"] = {{"window_s", H.WindowS},
                   {"min_windows", P.MinWindows},
                   {"max_windows", P.MaxWindows},
                   {"ci_width", P.CiWidth},
                   {"confidence", P.Confidence},
                   {"warmup_s", P.WarmupS},
                   {"idle_s", P.IdleS},
                   {"block_s", P.BlockS},
                   {"configuration_s", P.ConfigurationS},
                   {"foreign_cpus", P.ForeignCpus},
                   {"cpus", H.Cpus},
                   {"pinning", H.Pinning},
                   {"seed", H.Seed}};
  J["device"] = H.Device;
  J["device_name"] = H.DeviceName.empty() ? Json() : Json(H.DeviceName);
  return line(J);
}

bool isForeign(const SampleFacts &S) {
  return S.M.ForeignCpus.value_or(0) > S.ForeignLimit || (S.Card && S.Card->Processes.value_or(1) > 1);
}

std::string sampleLine(const SampleFacts &S) {
  const Measurement &M = S.M;
  Json J = {{"kind", S.C.Model.empty() ? "sample" : "model"}};
  if (S.C.Model.empty()) {
    J["op"] = S.Described.str();
  } else {
    J["model"] = S.C.Model;
    J["dtype"] = S.C.ModelType;
    J["input"] = S.Parts ? S.Parts->Input : "";
  }
  addWhere(J, S.C);
  J["source"] = S.C.Source;
  J["block"] = S.Block;
  J["basis"] = toString(S.TheBasis);
  const auto Joules = M.Void ? std::optional<double>() : M.EnergyJ.Value;
  const auto Half = M.Void ? std::optional<double>() : M.EnergyJ.HalfWidth;
  J["energy_j"] = number(Joules);
  J["energy_ci_j"] = number(Half);
  const bool HasNet = Joules && S.IdleW;
  J["net_energy_j"] = number(HasNet ? *Joules - *S.IdleW * M.DurationS : std::optional<double>());
  J["net_energy_ci_j"] = number(HasNet ? Half : std::optional<double>());
  J["dram_j"] = number(M.Void ? std::optional<double>() : M.DramJ);
  J["duration_s"] = number(M.Void ? std::optional<double>() : M.DurationS);
  J["calls"] = M.Calls;
  J["windows"] = M.WindowJ.size();
  double Seconds = 0;
  for (double W : M.WindowS)
    Seconds += W;
  J["window_s"] = number(M.WindowS.empty() ? std::optional<double>() : Seconds / static_cast<double>(M.WindowS.size()));
  J["window_energy_j"] = numbers(M.WindowJ);
  J["stop"] = toString(M.Why);
  J["inplace"] = S.InPlace;
  J["page_faults"] = number(M.Void ? std::optional<double>() : M.PageFaults);
  J["idle_w"] = number(S.IdleW);
  J["power_w"] = number(M.Void ? std::optional<double>() : M.PowerW);
  J["cpu_mhz"] = number(S.TheCondition.CpuMhz);
  J["temperature_c"] = number(S.TheCondition.TemperatureC);
  J["governor"] = S.TheCondition.Governor ? Json(*S.TheCondition.Governor) : Json();
  J["load"] = number(S.TheCondition.Load);
  J["foreign_cpus"] = number(M.ForeignCpus);
  J["foreign"] = isForeign(S);
  if (S.Card)
    J["gpu"] = {{"mhz", number(S.Card->ClockMhz)},
                {"temperature_c", number(S.Card->TemperatureC)},
                {"processes", S.Card->Processes ? Json(*S.Card->Processes) : Json()}};
  J["lost_windows"] = M.LostWindows;
  J["void"] = M.Void;
  J["reason"] = M.Void ? Json(M.Reason) : Json();
  J["time"] = utcNow();
  if (S.Parts) {
    J["parts"] = Json::array();
    for (const auto &[Line, Count] : S.Parts->Calls)
      J["parts"].push_back(Json::array({Line.str(), Count}));
    J["unsayable_parts"] = S.Parts->Unsayable;
  }
  return line(J);
}

std::string skipLine(const Configuration &C, const std::string &Reason) {
  Json J = {{"kind", "skip"}};
  if (C.Model.empty())
    J["op"] = C.Line.str();
  else {
    J["model"] = C.Model;
    J["dtype"] = C.ModelType;
  }
  addWhere(J, C);
  J["source"] = C.Source;
  J["reason"] = Reason;
  return line(J);
}

std::string blockLine(unsigned Block, std::optional<double> BeforeW, std::optional<double> AfterW) {
  const bool Unsteady = !BeforeW || !AfterW || std::abs(*BeforeW - *AfterW) > 0.1 * *BeforeW;
  return line({{"kind", "block"},
               {"block", Block},
               {"idle_before_w", number(BeforeW)},
               {"idle_after_w", number(AfterW)},
               {"unsteady", Unsteady}});
}

std::string resumeLine(const std::string &Header) {
  const Json New = Json::parse(Header);
  return line({{"kind", "resume"}, {"time", utcNow()}, {"meter", New["meter"]}, {"protocol", New["protocol"]}});
}

std::string endLine(const std::string &Reason, size_t Measured, size_t Skipped, size_t Void) {
  return line({{"kind", "end"}, {"time", utcNow()}, {"reason", Reason}, {"measured", Measured}, {"skipped", Skipped}, {"void", Void}});
}

std::string additivityLine(const Additivity &A) {
  Json J = {{"kind", "additivity"}, {"model", A.Model}, {"input", A.Input}, {"phase", toString(A.ThePhase)},
            {"threads", A.Threads}, {"device", A.Device}, {"basis", toString(A.TheBasis)}};
  J["whole_j"] = number(A.WholeJ);
  J["sum_j"] = number(A.SumJ);
  J["ratio"] = number(A.WholeJ > 0 ? std::optional<double>(A.SumJ / A.WholeJ) : std::nullopt);
  J["missing_parts"] = A.MissingParts;
  return line(J);
}

std::string knownWorkLine(const KnownWorkResult &R) {
  Json J = {{"kind", "known-work"}, {"work", R.Work}, {"threads", R.Threads}, {"basis", toString(R.TheBasis)}};
  const bool Known = R.Trouble.empty();
  J["small_j"] = number(Known ? std::optional<double>(R.SmallJ) : std::nullopt);
  J["large_j"] = number(Known ? std::optional<double>(R.LargeJ) : std::nullopt);
  J["ratio"] = number(Known ? std::optional<double>(R.Ratio) : std::nullopt);
  J["ratio_ci"] = number(Known ? std::optional<double>(R.RatioHalfWidth) : std::nullopt);
  J["passed"] = R.Passed;
  J["reason"] = Known ? Json() : Json(R.Trouble);
  return line(J);
}

namespace {
/// The id of a record's configuration, if it has one.
std::optional<uint64_t> idOf(const Json &J) {
  const std::string Kind = J.value("kind", "");
  if (Kind != "sample" && Kind != "model" && Kind != "skip")
    return std::nullopt;
  Configuration C;
  C.Model = J.value("model", "");
  C.ModelType = J.value("dtype", "f32");
  std::string Error;
  if (C.Model.empty() && !OpLine::parse(J.value("op", ""), C.Line, Error))
    return std::nullopt;
  C.ThePhase = J.value("phase", "") == toString(Phase::ForwardBackward) ? Phase::ForwardBackward : Phase::Forward;
  C.Threads = J.value("threads", 1u);
  C.Device = J.value("device", "cpu");
  return C.id();
}
void addRecord(const Json &J, Earlier &E) {
  if (J.value("kind", "") == "block")
    E.Blocks = std::max(E.Blocks, J.value("block", 0u) + 1);
  // A void sample is worth another try.
  const std::optional<uint64_t> Id = idOf(J);
  if (!Id || (J.contains("void") && J["void"] == true) || J.value("stop", "") == toString(Stop::Interrupted))
    return;
  E.Done.insert(*Id);
  if (J.contains("energy_j") && J["energy_j"].is_number())
    E.EnergyJ[*Id] = J["energy_j"].get<double>();
}
} // namespace

Earlier readEarlier(const std::string &Path) {
  Earlier E;
  struct stat About;
  if (stat(Path.c_str(), &About) != 0 || !S_ISREG(About.st_mode))
    return E; // reading a pipe or /dev/full would not end
  std::ifstream In(Path);
  if (!In) {
    E.Trouble = std::string("it cannot be read (") + std::strerror(errno) + ")";
    return E;
  }
  size_t Number = 0;
  for (std::string Text; std::getline(In, Text); ++Number) {
    if (In.eof()) { // no newline: cut off by a crash, removed by RecordFile
      constexpr std::string_view Begin = "{\"kind\":\"header\"";
      if (Number == 0 && Text.compare(0, Begin.size(), Begin.substr(0, Text.size())) != 0)
        E.Trouble = "it is not a measurement file";
      break;
    }
    Json J = Json::parse(Text, nullptr, /*allow_exceptions=*/false);
    E.Exists = true;
    if (Number == 0) {
      E.Header = Text;
      if (!J.is_object() || J.value("kind", "") != "header")
        E.Trouble = "its first line is not the header of a measurement file";
      else if (J.value("format", 0) != 1)
        E.Trouble = "its format is not 1";
      if (!E.Trouble.empty())
        return E;
    }
    if (!J.is_object()) {
      E.Trouble = "line " + std::to_string(Number + 1) + " is not JSON";
      return E;
    }
    addRecord(J, E);
  }
  return E;
}

std::string headerDifference(const std::string &Old, const std::string &New) {
  Json A = Json::parse(Old, nullptr, false), B = Json::parse(New, nullptr, false);
  auto At = [](const Json &J, const char *Group, const char *Key) {
    const Json &Where = *Group && J.contains(Group) ? J.at(Group) : J;
    return Where.contains(Key) ? Where.at(Key) : Json();
  };
  constexpr std::pair<const char *, const char *> Same[] = {
      {"machine", "cpu"}, {"machine", "sockets"}, {"libtorch", "version"}, {"meter", "name"},
      {"meter", "basis"}, {"meter", "watts"},     {"", "device"},          {"", "device_name"},
      {"protocol", "cpus"}, {"protocol", "confidence"}};
  for (auto &[Group, Key] : Same)
    if (At(A, Group, Key) != At(B, Group, Key))
      return std::string(Group) + (*Group ? "." : "") + Key + " is " + At(B, Group, Key).dump() + ", the file says " +
             At(A, Group, Key).dump();
  return {};
}

std::vector<std::string> protocolChanges(const std::string &Old, const std::string &New) {
  const Json A = Json::parse(Old, nullptr, false), B = Json::parse(New, nullptr, false);
  std::vector<std::string> Changes;
  for (const auto &[Key, Value] : B.at("protocol").items())
    if (const Json Was = A.contains("protocol") ? A["protocol"].value(Key, Json()) : Json(); Was != Value)
      Changes.push_back(Key + " is " + Value.dump() + ", was " + Was.dump());
  return Changes;
}

void RecordFile::fail() const {
  const int Why = errno;
  const bool NoSpace = Why == ENOSPC || Why == EDQUOT || Why == EIO;
  throw std::runtime_error("cannot write '" + Path + "': " + std::strerror(Why) +
                           (NoSpace ? "; make room, then the same command continues" : "; give another --output"));
}

RecordFile::RecordFile(const std::string &Path) : Path(Path) {
  Fd = open(Path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (Fd < 0)
    fail();
  if (flock(Fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    throw std::runtime_error("another energy-measure is writing '" + Path + "'; wait for it or give another --output");
  // Cut off what follows the last newline.
  off_t End = lseek(Fd, 0, SEEK_END), Keep = End;
  for (char C = 0; Keep > 0; --Keep)
    if (pread(Fd, &C, 1, Keep - 1) == 1 && C == '\n')
      break;
  if (Keep < End && ftruncate(Fd, Keep) != 0)
    fail();
  lseek(Fd, Keep, SEEK_SET);
}

RecordFile::~RecordFile() {
  if (Fd >= 0)
    close(Fd);
}

void RecordFile::append(const std::string &Line) {
  const std::string Text = Line + "\n";
  for (size_t Done = 0; Done < Text.size();) {
    ssize_t N = write(Fd, Text.data() + Done, Text.size() - Done);
    if (N < 0 && errno == EINTR)
      continue;
    if (N <= 0)
      fail();
    Done += static_cast<size_t>(N);
  }
  if (fdatasync(Fd) != 0 && errno != EINVAL) // a pipe has no disk
    fail();
}

} // namespace energy::measure
