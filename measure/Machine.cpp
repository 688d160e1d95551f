#include "Machine.h"
#include "Files.h"
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <sched.h>
#include <set>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>

namespace energy::measure {
namespace {

/// The value of "key : value" in one line of /proc/cpuinfo.
std::optional<std::string> field(const std::string &Line, const char *Key) {
  if (Line.rfind(Key, 0) != 0)
    return std::nullopt;
  size_t Colon = Line.find(':');
  if (Colon == std::string::npos || Line.find_first_not_of(" \t", std::string(Key).size()) != Colon)
    return std::nullopt;
  size_t Begin = Line.find_first_not_of(' ', Colon + 1);
  return Begin == std::string::npos ? "" : Line.substr(Begin);
}

bool hasFlag(const std::string &Flags, const std::string &Flag) {
  return (" " + Flags + " ").find(" " + Flag + " ") != std::string::npos;
}

/// From the flags of an x86 processor or the features of an Arm one.
std::optional<unsigned> vectorFloats(const std::string &Flags) {
  constexpr std::pair<const char *, unsigned> Widths[] = {{"avx512f", 16}, {"avx", 8}, {"sse", 4}, {"asimd", 4}};
  for (auto &[Flag, Floats] : Widths)
    if (hasFlag(Flags, Flag))
      return Floats;
  return std::nullopt;
}

/// A size such as "1024K".
std::optional<uint64_t> cacheBytes(const std::string &Root, unsigned Level) {
  const std::string Folder = Root + "sys/devices/system/cpu/cpu0/cache/";
  for (const std::string &Index : listFolder(Folder)) {
    if (numberOf(Folder + Index + "/level") != Level || textOf(Folder + Index + "/type") == "Instruction")
      continue;
    const std::string Size = textOf(Folder + Index + "/size").value_or("");
    char *Unit = nullptr;
    const uint64_t Value = std::strtoull(Size.c_str(), &Unit, 10);
    const uint64_t Scale = *Unit == 'K' ? 1024 : *Unit == 'M' ? 1024 * 1024 : *Unit == '\0' ? 1 : 0;
    if (Value && Scale)
      return Value * Scale;
  }
  return std::nullopt;
}

void readCpuInfo(const std::string &Root, Machine &M, bool &Hypervisor) {
  std::istringstream Info(textOf(Root + "proc/cpuinfo").value_or(""));
  std::set<std::string> Sockets, Cores;
  std::string Socket;
  for (std::string Line; std::getline(Info, Line);) {
    if (auto Value = field(Line, "processor"))
      ++M.LogicalCpus;
    else if ((Value = field(Line, "model name")))
      M.Cpu = *Value;
    else if ((Value = field(Line, "physical id")))
      Sockets.insert(Socket = *Value);
    else if ((Value = field(Line, "core id")))
      Cores.insert(Socket + "/" + *Value);
    else if ((Value = field(Line, "flags")) || (Value = field(Line, "Features"))) {
      Hypervisor |= hasFlag(*Value, "hypervisor");
      M.VectorFloats = vectorFloats(*Value);
    }
  }
  M.Sockets = static_cast<unsigned>(std::max<size_t>(Sockets.size(), M.LogicalCpus ? 1 : 0));
  M.Cores = Cores.empty() ? M.LogicalCpus : static_cast<unsigned>(Cores.size());
}

uint64_t memoryBytes(const std::string &Root, const std::string &Key) {
  std::istringstream Info(textOf(Root + "proc/meminfo").value_or(""));
  for (std::string Line; std::getline(Info, Line);)
    if (Line.rfind(Key, 0) == 0)
      return std::strtoull(Line.c_str() + Key.size(), nullptr, 10) * 1024;
  return 0;
}

std::string lower(std::string S) {
  std::transform(S.begin(), S.end(), S.begin(), [](unsigned char C) { return static_cast<char>(std::tolower(C)); });
  return S;
}

std::string virtualization(const std::string &Root, bool Hypervisor) {
  constexpr std::pair<const char *, const char *> Vendors[] = {
      {"qemu", "kvm"},       {"kvm", "kvm"},         {"vmware", "vmware"},    {"innotek", "virtualbox"},
      {"xen", "xen"},        {"microsoft", "hyper-v"}, {"amazon ec2", "kvm"}, {"google", "kvm"},
      {"firecracker", "kvm"}, {"bochs", "kvm"}};
  if (std::optional<std::string> Type = textOf(Root + "sys/hypervisor/type"))
    return *Type;
  if (!Hypervisor)
    return "none";
  const std::string Dmi = lower(textOf(Root + "sys/class/dmi/id/sys_vendor").value_or("") + " " +
                                textOf(Root + "sys/class/dmi/id/product_name").value_or(""));
  for (auto &[Word, Name] : Vendors)
    if (Dmi.find(Word) != std::string::npos)
      return Name;
  return "unknown hypervisor";
}

std::string container(const std::string &Root) {
  if (exists(Root + ".dockerenv"))
    return "docker";
  if (exists(Root + "run/.containerenv"))
    return "podman";
  const std::string Groups = textOf(Root + "proc/1/cgroup").value_or("");
  for (const char *Word : {"kubepods", "docker", "lxc", "containerd"})
    if (Groups.find(Word) != std::string::npos)
      return std::string(Word) == "kubepods" ? "kubernetes" : Word;
  // systemd, podman and LXC name themselves in the first process's environment.
  const std::string Environment = textOf(Root + "proc/1/environ").value_or("");
  size_t At = Environment.find("container=");
  if (At == std::string::npos || (At && Environment[At - 1] != '\0'))
    return "none";
  return std::string(Environment.c_str() + At + 10);
}

std::string osName(const std::string &Root) {
  std::istringstream Text(textOf(Root + "etc/os-release").value_or(""));
  for (std::string Line; std::getline(Text, Line);)
    if (Line.rfind("PRETTY_NAME=", 0) == 0) {
      std::string Name = Line.substr(12);
      Name.erase(std::remove(Name.begin(), Name.end(), '"'), Name.end());
      return Name;
    }
  return "unknown";
}

std::optional<double> temperature(const std::string &Root) {
  const std::string Folder = Root + "sys/class/thermal/";
  std::optional<double> Hottest;
  for (const std::string &Zone : listFolder(Folder)) {
    const std::string Type = textOf(Folder + Zone + "/type").value_or("");
    if (Type != "x86_pkg_temp" && Type.find("cpu") == std::string::npos)
      continue;
    if (auto Milli = numberOf(Folder + Zone + "/temp"))
      Hottest = std::max(Hottest.value_or(0), static_cast<double>(*Milli) / 1000);
  }
  return Hottest;
}
} // namespace

Machine describeMachine(const std::string &Root) {
  Machine M;
  bool Hypervisor = false;
  readCpuInfo(Root, M, Hypervisor);
  M.MemoryBytes = memoryBytes(Root, "MemTotal:");
  M.AvailableBytes = memoryBytes(Root, "MemAvailable:");
  M.L2Bytes = cacheBytes(Root, 2);
  M.L3Bytes = cacheBytes(Root, 3);
  M.Os = osName(Root);
  M.Kernel = textOf(Root + "proc/sys/kernel/osrelease").value_or("unknown");
  M.Virtualization = virtualization(Root, Hypervisor);
  M.Container = container(Root);
  return M;
}

Condition currentCondition(const std::string &Root, const std::vector<unsigned> &Cpus) {
  Condition C;
  const std::string Folder = Root + "sys/devices/system/cpu/cpu";
  std::vector<unsigned> Which = Cpus;
  if (Which.empty())
    Which = parseCpuList(textOf(Root + "sys/devices/system/cpu/online").value_or(""));
  double SumKhz = 0;
  unsigned Known = 0;
  for (unsigned Cpu : Which)
    if (auto Khz = numberOf(Folder + std::to_string(Cpu) + "/cpufreq/scaling_cur_freq")) {
      SumKhz += static_cast<double>(*Khz);
      ++Known;
    }
  if (Known)
    C.CpuMhz = SumKhz / Known / 1000;
  if (!Which.empty())
    C.Governor = textOf(Folder + std::to_string(Which[0]) + "/cpufreq/scaling_governor");
  C.TemperatureC = temperature(Root);
  if (auto Load = textOf(Root + "proc/loadavg"))
    C.Load = std::strtod(Load->c_str(), nullptr);
  return C;
}

CpuTimes cpuTimes(const std::string &Root, double NowS) {
  CpuTimes T;
  T.NowS = NowS;
  rusage Usage;
  if (getrusage(RUSAGE_SELF, &Usage) == 0) {
    auto Seconds = [](const timeval &V) { return static_cast<double>(V.tv_sec) + static_cast<double>(V.tv_usec) * 1e-6; };
    T.OwnS = Seconds(Usage.ru_utime) + Seconds(Usage.ru_stime);
    T.MinorFaults = Usage.ru_minflt;
  }
  std::istringstream Stat(textOf(Root + "proc/stat").value_or(""));
  std::string Word;
  double User, Nice, System, Idle, IoWait, Irq, SoftIrq, Steal;
  if (Stat >> Word >> User >> Nice >> System >> Idle >> IoWait >> Irq >> SoftIrq >> Steal && Word == "cpu")
    T.AllS = (User + Nice + System + Irq + SoftIrq + Steal) / static_cast<double>(sysconf(_SC_CLK_TCK));
  return T;
}

std::optional<double> foreignCpus(const CpuTimes &Begin, const CpuTimes &End) {
  const double Seconds = End.NowS - Begin.NowS;
  if (!Begin.AllS || !End.AllS || Seconds <= 0)
    return std::nullopt;
  return std::max(0.0, (*End.AllS - *Begin.AllS - (End.OwnS - Begin.OwnS)) / Seconds);
}

std::vector<unsigned> physicalCpus(const std::string &Root) {
  cpu_set_t Allowed;
  CPU_ZERO(&Allowed);
  if (sched_getaffinity(0, sizeof Allowed, &Allowed) != 0)
    return {};
  std::vector<unsigned> Cpus;
  for (unsigned Cpu = 0; Cpu < CPU_SETSIZE; ++Cpu) {
    if (!CPU_ISSET(Cpu, &Allowed))
      continue;
    auto Siblings = parseCpuList(textOf(Root + "sys/devices/system/cpu/cpu" + std::to_string(Cpu) +
                                        "/topology/thread_siblings_list").value_or(""));
    const bool First = std::none_of(Cpus.begin(), Cpus.end(), [&](unsigned Taken) {
      return std::find(Siblings.begin(), Siblings.end(), Taken) != Siblings.end();
    });
    if (First)
      Cpus.push_back(Cpu);
  }
  return Cpus;
}

std::string pinTo(const std::vector<unsigned> &Cpus) {
  cpu_set_t Set;
  CPU_ZERO(&Set);
  for (unsigned Cpu : Cpus)
    if (Cpu < CPU_SETSIZE)
      CPU_SET(Cpu, &Set);
  return sched_setaffinity(0, sizeof Set, &Set) == 0 ? std::string() : reason(errno);
}

std::string utcNow() {
  std::time_t Now = std::time(nullptr);
  std::tm Parts;
  gmtime_r(&Now, &Parts);
  char Text[32];
  std::strftime(Text, sizeof Text, "%Y-%m-%dT%H:%M:%SZ", &Parts);
  return Text;
}

} // namespace energy::measure
