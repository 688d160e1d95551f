#include "Checks/Check.h"
#include "../TestModels.h"
#include <gtest/gtest.h>

using namespace energy;
using test::SmallNet;

/// A device with which joules can be foreseen: each call costs what the test says.
static std::vector<Finding> heavyLayers(const ModelGraph &G, std::vector<double> Joules,
                                        CheckOptions Options = {}) {
  DeviceProfile Device;
  Device.Name = "bench";
  Device.Basis = "measured";
  Device.Meter = "CPU package";
  CostTable Costs = computeCosts(G);
  EnergyTable Energy;
  for (double J : Joules) {
    Estimate E;
    E.Kind = J == 0 ? Basis::None : Basis::Fitted;
    E.MeanJoules = J;
    E.LowJoules = 0.8 * J;
    E.HighJoules = 1.25 * J;
    E.Type = "bench" + std::to_string(Energy.Calls.size());
    Energy.Calls.push_back(E);
  }
  Energy.Forward = sumCalls(G, Energy, 0, static_cast<uint32_t>(Joules.size()));
  std::vector<LayerUse> Layers = layerUses(G, Costs);
  return runChecks({G, Costs, Layers, Device, Energy, Options});
}

static std::vector<double> perCall(const ModelGraph &G, double Conv, double Others) {
  std::vector<double> Joules(G.Calls.size(), Others);
  Joules.front() = Conv;
  return Joules;
}

TEST(HeavyLayer, SaysWhatTheReaderNeeds) {
  SmallNet Net;
  auto F = heavyLayers(Net.Graph, perCall(Net.Graph, 9.0, 0.01));
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(F[0].Check, "energy-heavy-layer");
  EXPECT_EQ(F[0].Level, Severity::Warning);
  EXPECT_EQ(F[0].ModulePath, "conv1");
  EXPECT_NE(F[0].Message.find("layer 'conv1' uses about 9.0 J per forward pass (7.2 to 11 J, "),
            std::string::npos)
      << F[0].Message;
  EXPECT_NE(F[0].Message.find("of 'Net')"), std::string::npos) << F[0].Message;
  // At the construction, with a note at the call, which is elsewhere.
  EXPECT_EQ(F[0].Location, (SourceSpan{"net.cpp", 10, 13}));
  ASSERT_EQ(F[0].Notes.size(), 2u);
  EXPECT_EQ(F[0].Notes[0].Message,
            "input 1x3x8x8, output 1x4x8x8, 6.91 kMAC, 112 parameters; "
            "device 'bench' (measured, CPU package)");
  EXPECT_EQ(F[0].Notes[1].Location, (SourceSpan{"net.cpp", 20, 9}));
}

TEST(HeavyLayer, FunctionalCallsAreReportedAtTheCall) {
  SmallNet Net;
  std::vector<double> Joules(Net.Graph.Calls.size(), 0.001);
  Joules[1] = 5; // relu_
  auto F = heavyLayers(Net.Graph, Joules);
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(F[0].Location, (SourceSpan{"net.cpp", 21, 9}));
  EXPECT_EQ(F[0].Message.find("call of 'relu_' uses about 5.0 J"), 0u) << F[0].Message;
  EXPECT_EQ(F[0].Notes.size(), 1u);
}

TEST(HeavyLayer, LightLayersAreNotReported) {
  SmallNet Net;
  CheckOptions Options;
  Options.HeavyShare = 0.6;
  // The heaviest is reported though it is below the threshold, the others are not.
  auto F = heavyLayers(Net.Graph, perCall(Net.Graph, 3.0, 0.9), Options);
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(F[0].ModulePath, "conv1");
}

TEST(HeavyLayer, UsesOfOneLayerAreReportedTogether) {
  SmallNet Net;
  Net.run(Net.Conv, 40, Net.Input);
  std::vector<double> Joules(Net.Graph.Calls.size(), 0.001);
  Joules.front() = Joules.back() = 2;
  auto F = heavyLayers(Net.Graph, Joules);
  ASSERT_EQ(F.size(), 1u);
  EXPECT_NE(F[0].Message.find("uses about 4.0 J"), std::string::npos) << F[0].Message;
  EXPECT_NE(F[0].Message.find("in 2 uses"), std::string::npos) << F[0].Message;
}

TEST(HeavyLayer, NothingKnownNothingSaid) {
  SmallNet Net;
  EXPECT_TRUE(heavyLayers(Net.Graph, std::vector<double>(Net.Graph.Calls.size(), 0)).empty());
}

/// A graph whose last calls are not understood.
static void forgetCalls(ModelGraph &G, size_t Count) {
  G.Unknowns.push_back({});
  for (size_t I = G.Calls.size() - Count; I < G.Calls.size(); ++I)
    G.Calls[I].Unknown = static_cast<UnknownId>(G.Unknowns.size() - 1);
}

TEST(HeavyLayer, ShareOfAPartlyKnownModelSaysSo) {
  SmallNet Net;
  forgetCalls(Net.Graph, 1);
  std::vector<double> Joules = perCall(Net.Graph, 9.0, 0.01);
  Joules.back() = 0;
  auto F = heavyLayers(Net.Graph, Joules);
  ASSERT_EQ(F.size(), 1u);
  EXPECT_NE(F[0].Message.find("of what is known of 'Net')"), std::string::npos) << F[0].Message;
}

TEST(HeavyLayer, AMostlyUnknownModelHasNone) {
  SmallNet Net;
  size_t Unknown = Net.Graph.Calls.size() / 2 + 1;
  forgetCalls(Net.Graph, Unknown);
  std::vector<double> Joules = perCall(Net.Graph, 9.0, 0.01);
  std::fill(Joules.end() - static_cast<long>(Unknown), Joules.end(), 0.0);
  EXPECT_TRUE(heavyLayers(Net.Graph, Joules).empty());
}

TEST(Checks, GraphFindingsAreKept) {
  SmallNet Net;
  Net.Graph.Findings.push_back(
      {"energy-shape-error", Severity::Error, "bad", {"net.cpp", 1, 1}, {}, ""});
  auto F = heavyLayers(Net.Graph, perCall(Net.Graph, 9.0, 0.01));
  ASSERT_EQ(F.size(), 2u);
  EXPECT_EQ(F[0].Check, "energy-shape-error");
}

TEST(Checks, NamesHaveOurPrefixAndAText) {
  for (const CheckDef &C : allChecks()) {
    EXPECT_TRUE(C.Name.starts_with("energy-")) << C.Name.str();
    EXPECT_FALSE(C.Doc.empty());
  }
}
