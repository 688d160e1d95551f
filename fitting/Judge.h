/// \file
/// A device profile against measured layers and networks, through the code that
/// the analyzer predicts with. One line per file, per campaign and per
/// architecture of whole networks.
#pragma once
#include "Csv.h"
#include "Energy/EnergyModel.h"
#include "Numerics/Metrics.h"
#include "Recipe.h"

namespace energy::fit {

struct JudgedPoint {
  std::string Label; ///< layer or network
  double Measured = 0;
  Estimate Predicted;
};
struct JudgedSet {
  std::string File, Group; ///< Group: "all", "campaign layerwise", "architecture vgg11", ...
  std::vector<JudgedPoint> Points;

  Metrics figures() const; ///< of the points, of which there must be one
  double intervalCoverage() const;
  double meanHalfWidth() const; ///< mean of (high - low) / (2 mean)
};

struct LoadedDevice {
  Json Source; ///< with what only fitting needs: data, leave_out, ...
  DeviceProfile Profile;
};
/// An embedded profile by name, or a profile file by path.
LoadedDevice loadDevice(const std::string &NameOrPath);
/// A profile as the analyzer would read it.
DeviceProfile parseProfile(const Json &Profile);
/// Files that the device's own data is known to be (data.files of the profile,
/// e.g. "raptorlake_"), else every layer file and arch_totals.csv. Rows and
/// files that cannot be used are named in Skipped and left out; nothing left
/// to judge is an error.
std::vector<JudgedSet> judgeFolder(const LoadedDevice &Device, const std::string &Folder,
                                   SkippedRows *Skipped = nullptr);
/// Only the whole networks of arch_totals.csv.
std::vector<JudgedSet> judgeTotals(const DeviceProfile &Profile, const std::string &Folder);
/// Every judged point as CSV, for plots: file,group,label,measured_j,mean_j,low_j,high_j,type,basis.
void writePoints(const std::string &Path, const std::vector<JudgedSet> &Sets);
void printJudgement(const std::vector<JudgedSet> &Sets);
Json judgementJson(const DeviceProfile &Profile, const std::vector<JudgedSet> &Sets,
                   const SkippedRows &Skipped);
/// A profile's own figures on a folder, one object per file and phase, to be kept in the profile.
Json judgedSummary(const Json &Profile, const std::string &Folder);

} // namespace energy::fit
