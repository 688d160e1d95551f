#include "../TestModels.h"
#include "Report/Formats.h"
#include "Report/Table.h"
#include "llvm/Support/JSON.h"
#include <gtest/gtest.h>

using namespace energy;
using test::SmallNet;

/// A report about SmallNet on a device with one constant: 1 mJ per call, fitted.
static Report reportOn(SmallNet &Net, bool Training = false) {
  Report R;
  auto Device = std::make_shared<DeviceProfile>();
  Device->Name = "bench";
  Device->Basis = "measured";
  Device->Meter = "CPU package";
  R.Version = "1.2.3";
  R.Devices = {Device};
  ModelReport M;
  M.File = "net.cpp";
  M.Graph = Net.Graph;
  M.Costs = computeCosts(M.Graph);
  M.Layers = layerUses(M.Graph, M.Costs);
  EnergyTable Energy;
  for (const CallCost &C : M.Costs.Calls) {
    Estimate E;
    E.Kind = C.Known ? Basis::Fitted : Basis::None;
    E.MeanJoules = C.Known ? 1e-3 : 0;
    E.LowJoules = 0.5 * E.MeanJoules;
    E.HighJoules = 2 * E.MeanJoules;
    E.Type = "bench";
    Energy.Calls.push_back(E);
  }
  Energy.Forward = sumCalls(M.Graph, Energy, 0, static_cast<uint32_t>(M.Graph.Calls.size()));
  if (Training) {
    M.Training = computeTrainingCost(M.Graph, M.Costs);
    Energy.Training = TrainingEnergy{Energy.Forward, Energy.Forward, Energy.Forward};
  }
  M.Energy = {Energy};
  R.Models.push_back(std::move(M));
  return R;
}

static std::string write(llvm::StringRef Format, const Report &R, ReportOptions Options = {}) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  const FormatDef *F = findFormat(Format) ? findFormat(Format) : findDump(Format);
  F->Write(R, Options, OS);
  return Text;
}

static llvm::json::Value parsed(const Report &R) {
  return llvm::cantFail(llvm::json::parse(write("json", R)));
}
static const llvm::json::Object &firstModel(const llvm::json::Value &V) {
  return *(*V.getAsObject()->getArray("models"))[0].getAsObject();
}

TEST(Json, HasTheKeysThatOtherProgramsReadAndTheirValues) {
  SmallNet Net;
  llvm::json::Value V = parsed(reportOn(Net));
  EXPECT_EQ(V.getAsObject()->getInteger("version"), 1);
  EXPECT_EQ(V.getAsObject()->getObject("device")->getString("basis"), "measured");
  const llvm::json::Object &M = firstModel(V);
  EXPECT_EQ(M.getString("name"), "Net");
  EXPECT_EQ(M.getString("expression"), "Net()");
  EXPECT_EQ(M.getObject("totals")->getInteger("macs"), 4 * 64 * 27 + 2560);
  EXPECT_EQ(M.getObject("totals")->getInteger("parameters"), 112 + 2570);
  int64_t Calls = static_cast<int64_t>(Net.Graph.Calls.size());
  EXPECT_EQ(M.getObject("coverage")->getInteger("calls"), Calls);
  EXPECT_EQ(M.getObject("coverage")->getInteger("understood"), Calls);
  const llvm::json::Object &Conv = *(*M.getArray("calls"))[0].getAsObject();
  EXPECT_EQ(Conv.getString("op"), "aten::conv2d");
  EXPECT_EQ(Conv.getString("module"), "conv1");
  EXPECT_EQ(Conv.getObject("location")->getInteger("line"), 10);
  EXPECT_EQ(Conv.getObject("call_location")->getInteger("line"), 20);
  EXPECT_EQ(Conv.getObject("attributes")->getInteger("groups"), 1);
}

TEST(Json, SumsOfCallsAreTheTotals) {
  SmallNet Net;
  Net.B.setRepeat(3);
  Net.run(Net.Conv, 40, Net.Input);
  llvm::json::Value V = parsed(reportOn(Net));
  const llvm::json::Object &M = firstModel(V);
  int64_t Macs = 0, Parameters = 0;
  double Joules = 0;
  for (const llvm::json::Value &C : *M.getArray("calls")) {
    Macs += *C.getAsObject()->getInteger("macs");
    Parameters += *C.getAsObject()->getInteger("parameters");
    Joules += *C.getAsObject()->getObject("energy_j")->getNumber("mean");
  }
  EXPECT_EQ(Macs, M.getObject("totals")->getInteger("macs"));
  EXPECT_EQ(Parameters, M.getObject("totals")->getInteger("parameters"));
  EXPECT_DOUBLE_EQ(Joules, *M.getObject("totals")->getObject("energy_j")->getNumber("mean"));
}

TEST(Json, UnknownIsNullWithItsReason) {
  SmallNet Net;
  Net.callUnknown(30);
  llvm::json::Value V = parsed(reportOn(Net));
  const llvm::json::Object &Call = *firstModel(V).getArray("calls")->back().getAsObject();
  EXPECT_EQ(*Call.get("macs"), llvm::json::Value(nullptr));
  EXPECT_EQ(*Call.get("energy_j"), llvm::json::Value(nullptr));
  EXPECT_TRUE(Call.getString("unknown")->contains("mylib::magic"));
}

TEST(Json, AModelWithoutCallsHasNoTotals) {
  SmallNet Net;
  Net.Graph.Calls.clear();
  llvm::json::Value V = parsed(reportOn(Net));
  EXPECT_EQ(*firstModel(V).getObject("totals")->get("macs"), llvm::json::Value(nullptr));
  EXPECT_EQ(*firstModel(V).getObject("totals")->get("energy_j"), llvm::json::Value(nullptr));
}

TEST(Json, SurvivesBytesThatAreNoText) {
  SmallNet Net;
  Net.Graph.Name = "\xff\xfe\"\n";
  EXPECT_TRUE(parsed(reportOn(Net)).getAsObject());
}

TEST(Text, ListsEveryCallLeftOutAndWhy) {
  SmallNet Net;
  Net.callUnknown(30);
  std::string Text = write("text", reportOn(Net));
  size_t Calls = Net.Graph.Calls.size();
  EXPECT_NE(Text.find(std::to_string(Calls - 1) + " of " + std::to_string(Calls) +
                      " calls understood"),
            std::string::npos)
      << Text;
  EXPECT_NE(Text.find("mylib::magic at net.cpp:30:9"), std::string::npos) << Text;
}

TEST(Text, SummaryShowsEveryLayerAndTotals) {
  SmallNet Net;
  ReportOptions Options;
  Options.Summary = true;
  Options.GridGramsPerKwh = 360;
  std::string Text = write("text", reportOn(Net, /*Training=*/true), Options);
  for (const char *Part :
       {"conv1", "(relu_)", "(flatten)", "fc", "1x3x8x8", "1x4x8x8", "2,570", "2,682",
        "1000 inferences", "g CO2e at 360 g/kWh", "training step", "peak memory"})
    EXPECT_NE(Text.find(Part), std::string::npos) << Part << "\n" << Text;
}

TEST(Text, AnEmptyModelSaysWhy) {
  ModelGraph G;
  G.Name = "Lost";
  G.Unknowns.push_back({"the constructor needs 'nz'", {"net.cpp", 7, 3}, "--set nz=<int>", 0});
  SmallNet Net;
  Net.Graph = G;
  std::string Text = write("text", reportOn(Net));
  EXPECT_EQ(Text, "model 'Lost': not reconstructed\n"
                  "  0 of 0 calls understood\n"
                  "  the constructor needs 'nz' (net.cpp:7:3); give --set nz=<int>\n");
}

TEST(Text, UnknownsAreRankedByWhatTheyHide) {
  SmallNet Net;
  Net.Graph.Unknowns = {{"small", {}, "", 1}, {"big", {"net.cpp", 2, 1}, "--input", 9}};
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeUnknowns(reportOn(Net), OS);
  EXPECT_EQ(Text, "hides 9 calls of 'Net': big (net.cpp:2:1); give --input\n"
                  "hides 1 call of 'Net': small\n");
}

TEST(Dump, GraphLinesReadBackAsCalls) {
  SmallNet Net;
  std::string Text = write("graph", reportOn(Net));
  llvm::SmallVector<llvm::StringRef, 16> Lines;
  llvm::StringRef(Text).split(Lines, '\n');
  unsigned Calls = 0;
  for (llvm::StringRef L : Lines)
    if (L.starts_with("aten::")) {
      OpLine Line;
      std::string Error;
      EXPECT_TRUE(OpLine::parse(L.take_front(L.find("  #")).str(), Line, Error)) << Error;
      ++Calls;
    }
  EXPECT_EQ(Calls, Net.Graph.Calls.size());
}

TEST(Dump, EveryStageSaysSomethingAboutEveryCall) {
  SmallNet Net;
  Net.callUnknown(30);
  for (const FormatDef &D : allDumps()) {
    std::string Text = write(D.Name, reportOn(Net));
    for (const char *Place : {"net.cpp:20:9", "net.cpp:21:9", "net.cpp:23:9", "net.cpp:30:9"})
      EXPECT_NE(Text.find(Place), std::string::npos) << D.Name.str() << "\n" << Text;
  }
}

TEST(Table, AlignsAndTrims) {
  Table T;
  T.addColumn("name", Align::Left);
  T.addColumn("n", Align::Right);
  T.addColumn("note", Align::Left);
  T.addRow({"a", "1", ""});
  T.addRow({"longer", "123", "x"});
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  T.print(OS);
  EXPECT_EQ(Text, "name      n  note\n-----------------\na         1\nlonger  123  x\n"
                  "-----------------\n");
}
