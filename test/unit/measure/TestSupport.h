/// \file
/// A clock that tests turn by hand, and a folder tree that stands in for "/"
/// and is removed again.
#pragma once
#include "Clock.h"
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace energy::measure::test {

class ManualClock final : public Clock {
public:
  double TimeS = 100;
  double nowS() override { return TimeS; }
  void sleepS(double Seconds) override { TimeS += Seconds; }
};

class Tree {
  std::filesystem::path Root;

public:
  Tree() {
    std::string Pattern = (std::filesystem::temp_directory_path() / "energy-measure-XXXXXX").string();
    Root = mkdtemp(Pattern.data());
  }
  ~Tree() { std::filesystem::remove_all(Root); }
  Tree(const Tree &) = delete;
  Tree &operator=(const Tree &) = delete;

  std::string root() const { return Root.string() + "/"; }
  std::string path(const std::string &Name) const { return (Root / Name).string(); }
  void write(const std::string &Name, const std::string &Text) const {
    std::filesystem::create_directories((Root / Name).parent_path());
    std::ofstream(Root / Name) << Text << "\n";
  }
  void remove(const std::string &Name) const { std::filesystem::remove_all(Root / Name); }
  /// A folder where a file is expected: unreadable for root too.
  void makeUnreadable(const std::string &Name) const {
    remove(Name);
    std::filesystem::create_directories(Root / Name);
  }
  void zone(const std::string &Zone, const std::string &Name, uint64_t Microjoules, uint64_t Range = 65'532'610'987) const {
    const std::string Folder = "sys/class/powercap/" + Zone + "/";
    write(Folder + "name", Name);
    write(Folder + "max_energy_range_uj", std::to_string(Range));
    write(Folder + "energy_uj", std::to_string(Microjoules));
  }
  void energy(const std::string &Zone, uint64_t Microjoules) const {
    write("sys/class/powercap/" + Zone + "/energy_uj", std::to_string(Microjoules));
  }
};

} // namespace energy::measure::test
