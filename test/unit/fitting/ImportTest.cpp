#include "Correlation.h"
#include "Csv.h"
#include "Import.h"
#include "JsonLines.h"
#include "Judge.h"
#include "Networks.h"
#include "NoiseFloor.h"
#include "Numerics/FitError.h"
#include "QuickCalibration.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

using namespace energy;
using namespace energy::fit;

namespace {
class TemporaryFolder {
  std::filesystem::path Path;

public:
  TemporaryFolder() {
    std::string Template = (std::filesystem::temp_directory_path() / "fitting-test-XXXXXX").string();
    Path = mkdtemp(Template.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(Path); }
  std::string str() const { return Path.string(); }
  std::string write(const std::string &Name, const std::string &Text) const {
    std::ofstream(Path / Name) << Text;
    return (Path / Name).string();
  }
};
template <class F> std::string problemOf(F Work) {
  try {
    Work();
  } catch (const FitError &E) {
    return E.what();
  }
  return "";
}

TEST(Csv, ReadsByNameWhateverTheOrder) {
  CsvFile F = CsvFile::parse("a.csv", "y,x,extra\r\n2,1,\"a,b\"\r\n");
  EXPECT_EQ(F.size(), 1u);
  EXPECT_EQ(F.number(0, "x"), 1);
  EXPECT_EQ(F.text(0, "extra"), "a,b");
  EXPECT_FALSE(F.numberIf(0, "absent").has_value());
}
TEST(Csv, EveryUnusableFileNamesItsLine) {
  auto Parse = [](const char *Text) { return problemOf([&] { CsvFile::parse("a.csv", Text); }); };
  EXPECT_NE(Parse("").find("a.csv:1: the file is empty"), std::string::npos);
  EXPECT_NE(Parse("x,y\n1,2\n3").find("a.csv:3: row has 1 fields, the header has 2"), std::string::npos);
  CsvFile Twice = CsvFile::parse("a.csv", "x,y,y\n1,2,3\n"); // a column that nobody asks for may appear twice
  EXPECT_EQ(Twice.number(0, "x"), 1);
  EXPECT_NE(problemOf([&] { Twice.number(0, "y"); }).find("a.csv:1: column 'y' appears twice"), std::string::npos);
  CsvFile F = CsvFile::parse("a.csv", "x,n\nabc,1.5\n");
  EXPECT_NE(problemOf([&] { F.number(0, "x"); }).find("a.csv:2: 'x' is 'abc'"), std::string::npos);
  EXPECT_NE(problemOf([&] { F.integer(0, "n", 1); }).find("whole number"), std::string::npos);
  EXPECT_NE(problemOf([&] { F.number(0, "z"); }).find("no column 'z'"), std::string::npos);
}

TEST(Import, LayerNameIsTheEndOfTheFileName) {
  EXPECT_EQ(layerOfFile("arch_layers_conv2d.csv"), "conv2d");
  EXPECT_EQ(layerOfFile("anything_else_relu.csv"), "relu");
  EXPECT_EQ(layerOfFile("raptorlake_pool.csv"), "maxpool2d");
  EXPECT_EQ(layerOfFile("repetitions.csv"), "");
  EXPECT_EQ(layerOfFile("arch_totals.csv"), "");
}
TEST(Import, RowsBecomeOperatorCalls) {
  TemporaryFolder T;
  std::string Path = T.write("new_conv2d.csv",
                             "stride,batch_size,image_size,kernel_size,in_channels,out_channels,padding,"
                             "cpu_energy_j,ignored\n2,4,9,3,8,16,1,0.5,x\n");
  std::vector<Observation> Rows = importLayers(Path);
  ASSERT_EQ(Rows.size(), 1u);
  EXPECT_EQ(Rows[0].Joules, 0.5);
  EXPECT_EQ(Rows[0].Call.Op, "aten::conv2d");
  EXPECT_EQ(Rows[0].Shape[Variable::out_area], 25);
  EXPECT_EQ(Rows[0].Cost.Macs, 4 * 16 * 25 * 8 * 9);
}
TEST(Import, TwoPhasesAndInPlace) {
  TemporaryFolder T;
  std::string Path = T.write("m_linear.csv", "batch_size,input_size,output_size,forward_energy_j,"
                                             "backward_energy_j,zero_reading\n2,3,4,1,2,0\n2,3,4,0,2,1\n");
  std::vector<Observation> Rows = importLayers(Path, {2});
  ASSERT_EQ(Rows.size(), 2u); // the zero reading is left out
  EXPECT_EQ(Rows[0].Joules, 2);
  EXPECT_EQ(Rows[1].When, Phase::Backward);
  EXPECT_EQ(Rows[1].Joules, 4);
  Path = T.write("m_relu.csv", "batch_size,input_size,inplace,cpu_energy_j\n2,3,1,1\n2,3,0,1\n");
  Rows = importLayers(Path);
  EXPECT_EQ(Rows[0].Call.Op, "aten::relu_");
  EXPECT_EQ(Rows[1].Call.Op, "aten::relu");
  EXPECT_EQ(Rows[0].Cost.BytesAllocated, 0);
}
TEST(Import, BadValuesNameFileAndLine) {
  TemporaryFolder T;
  std::string Path = T.write("m_relu.csv", "batch_size,input_size,cpu_energy_j\n2,3,1\n2,3,-1\n");
  EXPECT_NE(problemOf([&] { importLayers(Path); }).find("m_relu.csv:3: 'cpu_energy_j' must be positive"),
            std::string::npos);
  Path = T.write("m_conv2d.csv", "batch_size,image_size,kernel_size,in_channels,out_channels,stride,padding,"
                                 "cpu_energy_j\n1,2,5,1,1,1,0,1\n");
  EXPECT_NE(problemOf([&] { importLayers(Path); }).find("m_conv2d.csv:2:"), std::string::npos);
}

TEST(Networks, BuiltInListsHaveThePublishedParameterCounts) {
  auto Weights = [](const char *Name) {
    int64_t Sum = 0;
    for (const PricedCall &C : builtInNetwork(Name, 1))
      for (const char *Parameter : {"weight", "bias"})
        if (const TensorType *W = C.Call.tensor(Parameter))
          Sum += W->elements();
    return Sum;
  };
  EXPECT_EQ(Weights("alexnet"), 61100840);
  EXPECT_EQ(Weights("vgg11"), 132863336);
  EXPECT_EQ(Weights("vgg13"), 133047848);
  EXPECT_EQ(Weights("vgg16"), 138357544);
  EXPECT_THROW(builtInNetwork("resnet18", 1), FitError);
}

TEST(Judge, FolderWithoutStructureAndWithUnknownColumns) {
  TemporaryFolder T;
  T.write("arch_totals.csv", "campaign,architecture,batch_size,cpu_energy_j,new\nother,vgg11,16,300,1\n"
                             "layerwise,alexnet,16,26,1\n");
  T.write("arch_layers_relu.csv", "architecture,batch_size,input_size,inplace,cpu_energy_j\nvgg11,16,100352,1,0.05\n");
  LoadedDevice D = loadDevice(defaultDevice().Name.str());
  std::vector<JudgedSet> Sets = judgeFolder(D, T.str());
  std::vector<std::string> Groups;
  for (const JudgedSet &S : Sets)
    Groups.push_back(S.File + " " + S.Group);
  EXPECT_NE(std::find(Groups.begin(), Groups.end(), "arch_totals.csv campaign other"), Groups.end());
  EXPECT_NE(std::find(Groups.begin(), Groups.end(), "arch_layers_relu.csv all"), Groups.end());
  Json J = judgementJson(D.Profile, Sets, {});
  EXPECT_EQ(J["device"], D.Profile.Name);
  EXPECT_EQ(J["sets"].size(), Sets.size());
}
TEST(Judge, OddRowsAndFilesAreNamedAndLeftOut) {
  TemporaryFolder T;
  T.write("arch_totals.csv", "cpu_energy_j,batch_size,architecture\r\n300,16,vgg11\r\n\r\n5,16,resnet18\r\n26,16\r\n");
  T.write("heldout_conv2d.csv",
          "\xEF\xBB\xBFkernel_size,out_channels,in_channels,image_size,batch_size,campaign,cpu_energy_j,macs_reported\n"
          "3,64,64,56,16,first,3,\n3,64,64,56,16,second,3,nan\n3,64,sixty,56,16,second,3,1\n,,,,,,,\n"
          "3,64,64,56,16,second,-1,2\n9,64,64,4,16,second,3,3\n3,64,64,56,16,second,nan,4\n3,64,64,56,16,second,inf,5\n");
  T.write("arch_layers_xyz.csv", "batch_size,cpu_energy_j\n1,1\n");
  T.write("second_linear.csv", "input_size,batch_size,output_size\n10,10,10\n");
  T.write("empty_relu.csv", "");
  T.write("none_relu.csv", "batch_size,input_size,cpu_energy_j\n");
  T.write("third_linear.csv", "batch_size,cpu_energy_j\n1,1\n2,2\n3,3\n");
  LoadedDevice D = loadDevice(defaultDevice().Name.str());
  SkippedRows Skipped;
  std::vector<JudgedSet> Sets = judgeFolder(D, T.str(), &Skipped);
  auto Count = [&](const std::string &File, const std::string &Group) {
    for (const JudgedSet &S : Sets)
      if (S.File == File && S.Group == Group)
        return S.figures().Count;
    return size_t(0);
  };
  EXPECT_EQ(Count("arch_totals.csv", "all"), 1u);
  EXPECT_EQ(Count("heldout_conv2d.csv", "all"), 2u);
  EXPECT_EQ(Count("heldout_conv2d.csv", "campaign second"), 1u);
  auto Names = [&](const std::string &Text) {
    return std::any_of(Skipped.begin(), Skipped.end(),
                       [&](const std::string &S) { return S.find(Text) != std::string::npos; });
  };
  for (const char *Text : {"arch_totals.csv:4: no layer list", "arch_totals.csv:5: row has 2 fields",
                           "heldout_conv2d.csv:4: 'in_channels' is 'sixty'",
                           "heldout_conv2d.csv:6: 'cpu_energy_j' must be positive", "heldout_conv2d.csv:7:", "heldout_conv2d.csv:8: 'cpu_energy_j' is 'nan'",
                           "heldout_conv2d.csv:9: 'cpu_energy_j' is 'inf'", "arch_layers_xyz.csv: does not end in _<layer>.csv",
                           "second_linear.csv:1: there is no column", "empty_relu.csv:1: the file is empty",
                           "none_relu.csv: no rows", "third_linear.csv:1: there is no column 'input_size'"})
    EXPECT_TRUE(Names(Text)) << Text;
  EXPECT_EQ(Skipped.size(), 12u); // the missing column once, not once a row
}
TEST(Judge, UnusableFoldersAndDevicesAreErrors) {
  TemporaryFolder T;
  LoadedDevice D = loadDevice(defaultDevice().Name.str());
  EXPECT_NE(problemOf([&] { judgeFolder(D, T.str()); }).find("neither arch_totals.csv"), std::string::npos);
  EXPECT_NE(problemOf([&] { judgeFolder(D, T.str() + "/absent"); }).find("cannot read folder"), std::string::npos);
  EXPECT_NE(problemOf([&] { loadDevice("cray-1"); }).find("no device 'cray-1'"), std::string::npos);
  std::string Broken = T.write("p.json", "{\"version\": 1}");
  EXPECT_NE(problemOf([&] { loadDevice(Broken); }).find("'name' is missing"), std::string::npos);
  T.write("arch_totals.csv", "campaign,architecture,batch_size,cpu_energy_j\nx,resnet18,16,1\n");
  EXPECT_NE(problemOf([&] { judgeFolder(D, T.str()); }).find("arch_totals.csv:2: no layer list"), std::string::npos);
}

TEST(NoiseFloor, OneRepetitionAgainstTheOthers) {
  std::vector<NoiseFloor> Table = noiseFloor(CsvFile::parse(
      "r.csv", "set,config_id,forward_passes,window_cpu_energy_j,power_flag\n"
               "a,0,2,2,0\na,0,1,1,0\na,0,1,50,1\na,1,1,10,0\na,1,1,11,0\na,2,1,7,0\n"));
  ASSERT_EQ(Table.size(), 1u);
  EXPECT_EQ(Table[0].Configurations, 2u); // the third was measured once
  EXPECT_NEAR(Table[0].Figures.MapePercent, 100 * (1.0 / 10 + 1.0 / 11) / 4, 1e-9);
  EXPECT_NE(problemOf([] { noiseFloor(CsvFile::parse("r.csv", "set\n")); }).find("repeats no"), std::string::npos);
}
/// A profile that is 10 % low on every linear layer has fully dependent errors there.
TEST(Correlation, ASharedBiasDoesNotCancel) {
  TemporaryFolder T;
  LoadedDevice D = loadDevice(defaultDevice().Name.str());
  std::string Rows = "architecture,batch_size,input_size,output_size,cpu_energy_j\n";
  for (int Out : {256, 512, 1024}) {
    std::string N = std::to_string(Out);
    PricedCall P = priceCall("aten::linear input=f32[64,512] weight=f32[" + N + ",512] bias=f32[" + N + "]");
    Rows += "net,64,512," + N + "," + std::to_string(1.1 * estimateJoules(D.Profile, P.Call, P.Cost)) + "\n";
  }
  T.write("arch_layers_linear.csv", Rows);
  std::vector<ErrorCorrelation> Table = errorCorrelations(D.Profile, T.str());
  ASSERT_EQ(Table.size(), 1u);
  EXPECT_EQ(Table[0].Pairs, 6u);
  EXPECT_NEAR(Table[0].Value, 1, 1e-2);
  EXPECT_THROW(errorCorrelations(D.Profile, T.str() + "/absent"), FitError);
}

const char *Header = R"({"kind":"header","format":1,"machine":{"cpu":"Test CPU"},"libtorch":{"version":"1.13","threads":2},"meter":{"name":"powercap","basis":"measured","counts":"package"}})"
                     "\n";
std::string sample(const std::string &Op, const std::string &Phase, double Joules, const char *More = "") {
  return R"({"kind":"sample","op":")" + Op + R"(","phase":")" + Phase + R"(","threads":2,"energy_j":)" +
         std::to_string(Joules) + R"(,"duration_s":0.01)" + More + "}\n";
}
TEST(JsonLines, ReadsSamplesAndSubtractsForward) {
  TemporaryFolder T;
  std::string Op = "aten::linear input=f32[4,8] weight=f32[2,8]";
  std::string Path = T.write("m.jsonl", Header + sample(Op, "forward", 1, ",\"idle_w\":17") +
                                            sample(Op, "forward", 2, ",\"idle_w\":18.5") +
                                            sample(Op, "forward_backward", 5) +
                                            sample(Op, "forward", 9, ",\"void\":true") +
                                            "{\"kind\":\"future\"}\n{\"kind\":\"sample\",\"cut");
  MeasurementFile F = readMeasurements(Path);
  ASSERT_EQ(F.Samples.size(), 2u);
  EXPECT_EQ(F.Samples[0].Joules, 2); // the later record counts
  EXPECT_EQ(F.Samples[1].When, Phase::Backward);
  EXPECT_EQ(F.Samples[1].Joules, 3);
  EXPECT_EQ(F.LeftOut, 2u);
  EXPECT_EQ(F.IdleWatts.value_or(0), 18.5);
}
TEST(JsonLines, RefusesWhatIsNotTheFormat) {
  TemporaryFolder T;
  auto Read = [&](const std::string &Text) {
    std::string Path = T.write("m.jsonl", Text);
    return problemOf([&] { readMeasurements(Path); });
  };
  EXPECT_NE(Read("").find("no header"), std::string::npos);
  EXPECT_NE(Read("hello\n").find("m.jsonl:1: not a JSON object"), std::string::npos);
  EXPECT_NE(Read(sample("aten::relu self=f32[4]", "forward", 1)).find("must be the header"), std::string::npos);
  EXPECT_NE(Read(Header + std::string("{\"kind\":\"sample\"}\n")).find("m.jsonl:2: unusable sample"), std::string::npos);
  std::string Fake = Header;
  Fake.replace(Fake.find("measured"), 8, "fake");
  EXPECT_NE(Read(Fake).find("fake meter"), std::string::npos);
  std::string Newer = Header;
  Newer.replace(Newer.find("\"format\":1"), 10, "\"format\":2");
  EXPECT_NE(Read(Newer).find("reads format 1"), std::string::npos);
}

/// A machine that uses three times what the default profile says, except for ReLU.
TEST(QuickCalibration, ChoosesByCrossValidationAndSaysSo) {
  LoadedDevice From = loadDevice(defaultDevice().Name.str());
  std::vector<Observation> Data;
  for (long I = 1; I <= 24; ++I)
    for (std::string Op : {"aten::linear input=f32[" + std::to_string(40 * I) + ",256] weight=f32[512,256]",
                           "aten::relu self=f32[" + std::to_string(I * 400000) + "]"}) {
      PricedCall P = priceCall(Op);
      Observation O;
      O.Call = P.Call;
      O.Cost = P.Cost;
      O.Shape = shapeOf(O.Call, O.Cost);
      bool Linear = O.Shape.Family == energy::Linear;
      O.Joules = Linear ? 3 * estimateJoules(From.Profile, O.Call, O.Cost)
                        : 1e-5 + 4e-9 * double(O.Cost.BytesRead);
      Data.push_back(std::move(O));
    }
  energy::fit::QuickCalibration Q = calibrateQuickly(From, "new-machine", Data, {});
  DeviceProfile New = parseProfile(Q.Profile);
  EXPECT_EQ(New.Name, "new-machine");
  EXPECT_EQ(New.Basis, "transferred");
  EXPECT_FALSE(Q.Profile.contains("judged")); // figures of the known machine
  EXPECT_NEAR(New.Roofline.Intervals.back().Extrapolated.High, std::log(10), 1e-3);
  for (const CalibratedType &T : Q.Types) {
    if (T.Name == "linear") {
      EXPECT_NEAR(T.Factor, 3, 1e-6);
      EXPECT_NE(T.Chosen, Choice::AsIs);
    }
    if (T.Name == "relu")
      EXPECT_EQ(T.Chosen, Choice::Fitted);
    if (T.Name == "conv2d")
      EXPECT_EQ(T.Chosen, Choice::Unmeasured);
  }
  for (const Observation &O : Data)
    EXPECT_NEAR(estimateJoules(New, O.Call, O.Cost) / O.Joules, 1, 0.1);
  PricedCall Conv = priceCall("aten::conv2d input=f32[8,16,32,32] weight=f32[16,16,3,3] padding=[1,1]");
  EXPECT_EQ(estimate(New, Conv.Call, Conv.Cost).Kind, Basis::Extrapolated);
  EXPECT_THROW(calibrateQuickly(From, "x", {}, {}), FitError);

  // Vector width and caches: the new machine's where its file has them, else the known machine's, which is said.
  ASSERT_EQ(Q.Notes.size(), 1u);
  EXPECT_NE(Q.Notes[0].find("do not record vector_floats, l2_bytes, l3_bytes"), std::string::npos) << Q.Notes[0];
  EXPECT_EQ(New.Constants.lookup("vector_floats"), From.Profile.Constants.lookup("vector_floats"));
  Json Recorded = {{"meter", {{"name", "powercap"}, {"counts", "package"}, {"idle_w", 18.2}}}, {"machine", {{"cpu", "New"}, {"vector_floats", 8}, {"l2_bytes", nullptr}, {"l3_bytes", 1000000}}}};
  Q = calibrateQuickly(From, "new-machine", Data, Recorded);
  EXPECT_EQ(Q.Profile["machine"]["constants"]["vector_floats"], 8);
  EXPECT_EQ(parseProfile(Q.Profile).IdleWatts.value_or(0), 18.2);
  EXPECT_EQ(Q.Profile["machine"]["constants"]["l3_bytes"], 1000000);
  ASSERT_EQ(Q.Notes.size(), 1u);
  EXPECT_NE(Q.Notes[0].find("do not record l2_bytes of"), std::string::npos) << Q.Notes[0];
}
} // namespace
