/// \file
/// RAPL through /sys/class/powercap: Intel and AMD, several sockets, DRAM.
/// The MSR zone (intel-rapl:N) and the MMIO zone (intel-rapl-mmio:N) of one
/// socket show the same energy: one of them is read, the MSR one when it can be.
/// Files are opened anew for each read, so that a zone that vanishes is noticed.
#include "Files.h"
#include "Meter.h"
#include <algorithm>
#include <map>

namespace energy::measure {
namespace {

constexpr double JoulesPerMicrojoule = 1e-6;

struct Zone {
  std::string Folder;  ///< "intel-rapl:0:1"
  std::string Name;    ///< content of its name file: "package-0", "dram"
  std::string Socket;  ///< name of the top-level zone that it is in
  CounterKind Kind = CounterKind::Package;
  uint64_t RangeUnits = 0;
  std::string Unreadable; ///< why energy_uj cannot be read; empty when it can

  bool isMmio() const { return Folder.rfind("intel-rapl-mmio", 0) == 0; }
  /// Equal for two zones that show the same energy.
  std::string identity() const { return Kind == CounterKind::Package || Kind == CounterKind::Psys ? Name : Socket + "/" + Name; }
};

class PowercapMeter final : public Meter {
  std::vector<CounterInfo> Infos;
  std::vector<std::string> Paths;

public:
  void add(const Zone &Z, std::string Path) {
    std::string Name = Z.Name;
    if (Z.Name != Z.Socket) // "dram" of "package-1" is "dram-1"
      Name += Z.Socket.rfind("package", 0) == 0 ? Z.Socket.substr(7) : "-" + Z.Socket;
    Infos.push_back({Name, Z.Kind, JoulesPerMicrojoule, Z.RangeUnits});
    Paths.push_back(std::move(Path));
  }
  bool hasPackage() const {
    return std::any_of(Infos.begin(), Infos.end(), [](const CounterInfo &C) { return C.Kind == CounterKind::Package; });
  }
  const char *name() const override { return "powercap"; }
  Basis basis() const override { return Basis::Measured; }
  const std::vector<CounterInfo> &counters() const override { return Infos; }
  double expectedRefreshS() const override { return 0.001; }
  void read(std::vector<CounterRead> &Out) override {
    Out.resize(Paths.size());
    for (size_t I = 0; I < Paths.size(); ++I) {
      FileText File = readText(Paths[I]);
      std::optional<uint64_t> Units = File.Text ? parseUnsigned(*File.Text) : std::nullopt;
      Out[I] = Units ? CounterRead{*Units, true, {}}
                     : CounterRead{0, false, "'" + Paths[I] + "': " + reason(File.Errno)};
    }
  }
};

CounterKind kindOf(const std::string &Name) {
  if (Name.rfind("package", 0) == 0)
    return CounterKind::Package;
  if (Name.rfind("dram", 0) == 0)
    return CounterKind::Dram;
  if (Name.rfind("core", 0) == 0)
    return CounterKind::Core;
  if (Name.rfind("psys", 0) == 0)
    return CounterKind::Psys;
  return CounterKind::Uncore;
}

class Scan {
  const std::string Folder;
  Opened &Result;

public:
  Scan(const MeterContext &Context, Opened &Result)
      : Folder(Context.Root + "sys/class/powercap/"), Result(Result) {}

  std::vector<Zone> zones() {
    std::vector<Zone> All;
    for (const std::string &Entry : listFolder(Folder)) {
      size_t Colon = Entry.find(':');
      if (Colon == std::string::npos || Entry.rfind("intel-rapl", 0) != 0)
        continue; // the control type itself, or another one
      size_t Second = Entry.find(':', Colon + 1);
      if (std::optional<Zone> Z = zone(Entry, Entry.substr(0, Second)))
        All.push_back(*Z);
    }
    return All;
  }
  std::string energyPath(const Zone &Z) const { return Folder + Z.Folder + "/energy_uj"; }

private:
  std::optional<Zone> zone(const std::string &Entry, const std::string &Parent) {
    Zone Z;
    Z.Folder = Entry;
    std::optional<std::string> Name = textOf(Folder + Entry + "/name"), Socket = textOf(Folder + Parent + "/name");
    if (!Name || !Socket) {
      Result.Obstacles.push_back({"'" + Folder + Entry + "' has no name", ""});
      return std::nullopt;
    }
    Z.Name = *Name;
    Z.Socket = *Socket;
    Z.Kind = kindOf(*Name);
    Z.RangeUnits = numberOf(Folder + Entry + "/max_energy_range_uj").value_or(0);
    FileText Energy = readText(energyPath(Z));
    if (!Energy.Text || !parseUnsigned(*Energy.Text))
      Z.Unreadable = "'" + energyPath(Z) + "': " + reason(Energy.Errno);
    return Z;
  }
};

/// Of zones with the same energy the readable one, then the MSR one.
std::vector<Zone> withoutDoubles(const std::vector<Zone> &All, std::vector<std::string> &Notes) {
  std::map<std::string, Zone> Chosen;
  for (const Zone &Z : All) {
    auto [It, New] = Chosen.emplace(Z.identity(), Z);
    if (New)
      continue;
    auto Rank = [](const Zone &X) { return std::pair(!X.Unreadable.empty(), X.isMmio()); };
    const bool Better = Rank(Z) < Rank(It->second);
    const std::string Left = Better ? It->second.Folder : Z.Folder;
    if (Better)
      It->second = Z;
    Notes.push_back("'" + Left + "' shows the same energy as '" + It->second.Folder + "' and is not counted again");
  }
  std::vector<Zone> Out;
  for (auto &[Identity, Z] : Chosen)
    Out.push_back(Z);
  return Out;
}
} // namespace

Opened openPowercap(const MeterContext &Context) {
  Opened Result;
  Scan S(Context, Result);
  std::vector<Zone> All = S.zones();
  if (All.empty()) {
    Result.Obstacles.push_back({"no RAPL zone in '" + Context.Root + "sys/class/powercap'", "sudo modprobe intel_rapl_msr"});
    return Result;
  }
  auto M = std::make_unique<PowercapMeter>();
  for (const Zone &Z : withoutDoubles(All, Result.Notes)) {
    if (Z.Unreadable.empty())
      M->add(Z, S.energyPath(Z));
    else
      Result.Obstacles.push_back({Z.Unreadable, "sudo chmod a+r " + S.energyPath(Z)});
  }
  // One socket of two would be half the energy with nothing to show it.
  const bool SocketMissing = std::any_of(All.begin(), All.end(), [&](const Zone &Z) {
    return Z.Kind == CounterKind::Package && std::none_of(M->counters().begin(), M->counters().end(), [&](const CounterInfo &C) { return C.Name == Z.Name; });
  });
  if (M->hasPackage() && !SocketMissing)
    Result.M = std::move(M);
  else if (M->hasPackage())
    Result.Obstacles.push_back({"only some of the sockets can be read", ""});
  return Result;
}

} // namespace energy::measure
