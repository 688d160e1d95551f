// Against the public measurements, which are not part of the repository.
#include "Baseline.h"
#include "Evaluate.h"
#include "QuickCalibration.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>

using namespace energy;
using namespace energy::fit;

namespace {
const std::string Getzner = ENERGY_SHARED_DIR "/data/getzner2023";
const std::string Willow = ENERGY_SHARED_DIR "/data/willowec2025";

#define NEEDS(Folder)                                                                              \
  if (!std::filesystem::exists(Folder))                                                            \
  GTEST_SKIP() << "the public measurements are not at " << (Folder)

const JudgedSet *find(const std::vector<JudgedSet> &Sets, const std::string &File, const std::string &Group) {
  for (const JudgedSet &S : Sets)
    if (S.File == File && S.Group == Group)
      return &S;
  return nullptr;
}

TEST(PublishedData, BaselineReproducesEveryPublishedFigure) {
  NEEDS(Getzner);
  std::vector<BaselineRow> Rows = runBaseline(Getzner);
  EXPECT_EQ(Rows.size(), 16u);
  for (const BaselineRow &R : Rows) {
    if (!std::isnan(R.Published))
      EXPECT_NEAR(R.Figures.R2, R.Published, 1e-3) << R.Set << " " << R.Name;
    if (!std::isnan(R.PublishedMape))
      EXPECT_NEAR(R.Figures.MapePercent / R.PublishedMape, 1, 5e-3) << R.Set << " " << R.Name;
  }
}
TEST(PublishedData, ShippedProfileReachesItsTargets) {
  NEEDS(Getzner);
  LoadedDevice D = loadDevice("xeon-gold-5120-2s");
  std::vector<JudgedSet> Sets = judgeFolder(D, Getzner);
  struct {
    const char *File;
    double MinR2, MaxMape, MaxHalfWidth;
  } Targets[] = {{"arch_layers_conv2d.csv", .99, 6, .09},
                 {"arch_layers_maxpool2d.csv", .98, 9, .1},
                 {"arch_layers_linear.csv", .99, 9, .19},
                 {"arch_layers_relu.csv", .99, 25, .5},
                 {"arch_totals.csv", .998, 3, .042}};
  for (const auto &T : Targets) {
    const JudgedSet *S = find(Sets, T.File, "all");
    ASSERT_NE(S, nullptr) << T.File;
    Metrics M = S->figures();
    EXPECT_GE(M.R2, T.MinR2) << T.File;
    EXPECT_LE(M.MapePercent, T.MaxMape) << T.File;
    EXPECT_GE(S->intervalCoverage(), .87) << T.File;
    EXPECT_LE(S->intervalCoverage(), .955) << T.File; // 59 of 62 networks are .952
    EXPECT_LE(S->meanHalfWidth(), T.MaxHalfWidth) << T.File;
  }
  EXPECT_LE(find(Sets, "arch_totals.csv", "all")->figures().MaxPercent, 10);
  ASSERT_GE(D.Source["judged"].size(), 10u);
  for (const Json &Kept : D.Source["judged"])
    EXPECT_NEAR(Kept["r2"], find(Sets, Kept["file"], Kept["group"])->figures().R2, 1e-4) << Kept["file"];
}
TEST(PublishedData, NothingOfRealNetworksIsTrainedOn) {
  NEEDS(Getzner);
  for (const Observation &O : readTraining(Recipe::read(ENERGY_RECIPES "/xeon-gold-5120-2s.json"), {Getzner}))
    ASSERT_TRUE(O.Architecture.empty() && O.Source.rfind("random_", 0) == 0) << O.Source;
}
/// Each type as if it had not been measured, with the interval that the others give.
TEST(PublishedData, RooflineHoldsForTypesLeftOut) {
  NEEDS(Getzner);
  Recipe R = Recipe::read(ENERGY_RECIPES "/xeon-gold-5120-2s.json");
  std::vector<JudgedSet> Sets = evaluateRoofline(R, readTraining(R, {Getzner}));
  ASSERT_EQ(Sets.size(), 8u); // seven types, and all
  for (const JudgedSet &S : Sets) {
    EXPECT_GE(S.intervalCoverage(), .8) << S.Group;
    for (const JudgedPoint &P : S.Points)
      ASSERT_GT(P.Predicted.MeanJoules, 0) << P.Label;
  }
  EXPECT_GE(Sets.back().intervalCoverage(), .9);
  EXPECT_LE(find(Sets, "roofline", "maxpool2d as if unmeasured")->figures().MapePercent, 30);
}
/// What to expect of a quick calibration: a known machine's profile and 25 measurements
/// a type of a Broadwell. A fit from scratch on few terms is chosen, and holds on the other rows.
class QuickCalibrationOfBroadwell : public testing::TestWithParam<const char *> {};
TEST_P(QuickCalibrationOfBroadwell, FitsFromScratchAndHoldsOnOtherRows) {
  NEEDS(Willow);
  std::vector<Observation> Few, Others;
  std::map<std::string, size_t> Seen;
  for (Observation &O : readTraining(Recipe::read(ENERGY_RECIPES "/broadwell.json"), {Willow}))
    if (O.When == Phase::Forward)
      (Seen[O.Source]++ % 40 == 0 ? Few : Others).push_back(std::move(O));
  LoadedDevice Known = loadDevice(GetParam());
  const Json Header = {{"machine", loadDevice("broadwell").Source["machine"]["constants"]}}; // as energy-measure records it
  energy::fit::QuickCalibration Q = calibrateQuickly(Known, "broadwell-quick", Few, Header);
  DeviceProfile Quick = parseProfile(Q.Profile);
  for (const auto &[Name, MaxMape] : std::map<std::string, double>{{"conv2d", 16}, {"maxpool2d", 8}, {"linear", 18}}) {
    auto T = std::find_if(Q.Types.begin(), Q.Types.end(), [&](const CalibratedType &C) { return C.Name == Name; });
    ASSERT_NE(T, Q.Types.end());
    EXPECT_EQ(T->Rows, 25u);
    EXPECT_EQ(T->Chosen, Choice::Fitted);
    std::vector<double> Measured, Predicted, AsIs;
    for (const Observation &O : Others)
      if (Quick.Types[size_t(T - Q.Types.begin())].Ops.front() == O.Call.baseName()) {
        Measured.push_back(O.Joules);
        Predicted.push_back(estimateJoules(Quick, O.Call, O.Cost));
        AsIs.push_back(estimateJoules(Known.Profile, O.Call, O.Cost));
      }
    Metrics M = metrics(Measured, Predicted);
    double AsIsMape = metrics(Measured, AsIs).MapePercent;
    std::printf("from %-17s %-9s: %s, MAPE %4.1f %%, median %4.1f %% (known model as it is: %5.1f %%)\n",
                GetParam(), Name.c_str(), choiceName(T->Chosen), M.MapePercent, M.MedianPercent, AsIsMape);
    EXPECT_LE(M.MapePercent, MaxMape) << Name;
    EXPECT_LT(M.MapePercent, AsIsMape) << Name;
  }
}
INSTANTIATE_TEST_SUITE_P(PublishedData, QuickCalibrationOfBroadwell,
                         testing::Values("xeon-gold-5120-2s", "raptorlake"),
                         [](const auto &Info) { return std::string(Info.param).substr(0, 4); });
} // namespace
