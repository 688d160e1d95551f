// Intervals on synthetic data whose errors are known.
#include "Calibration.h"
#include "Numerics/FitError.h"
#include "Roofline.h"
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <random>

using namespace energy;
using namespace energy::fit;

namespace {
const Recipe &recipe() {
  static const Recipe R = Recipe::parse(Json::parse(R"({
    "name": "synthetic", "machine": {"constants": {}},
    "types": [{"name": "linear", "model": "physical-terms", "ops": ["aten::linear"],
      "terms": [{"name": "call", "expression": "1"},
                {"name": "products", "expression": "batch*in_features*out_features"}],
      "ranges": ["batch"], "leave_out": ["batch", "in_features"], "alike": ["out_features"]}]})"));
  return R;
}
/// Rows of linear layers: 1 mJ a call, 2 nJ a product, times exp(Error(out_features)).
std::vector<Observation> rows(size_t Count, unsigned Seed,
                              const std::function<double(long)> &Error) {
  std::mt19937 Random(Seed);
  std::vector<Observation> Out;
  for (size_t I = 0; I < Count; ++I) {
    long Batch = 32 + long(Random() % 16), In = 100 + long(Random() % 900),
         Wide = 100 + 10 * long(Random() % 10);
    PricedCall P =
        priceCall("aten::linear input=f32[" + std::to_string(Batch) + "," + std::to_string(In) +
                  "] weight=f32[" + std::to_string(Wide) + "," + std::to_string(In) + "]");
    Observation O;
    O.Call = std::move(P.Call);
    O.Cost = P.Cost;
    O.Shape = shapeOf(O.Call, O.Cost);
    O.Joules = (1e-3 + 2e-9 * double(Batch * In * Wide)) * std::exp(Error(Wide));
    Out.push_back(std::move(O));
  }
  return Out;
}
Calibration calibrated(const std::vector<Observation> &Data) {
  Sample S;
  for (const Observation &O : Data)
    S.push_back(&O);
  return calibrate(fitType(recipe().Types[0], S, false), S);
}

TEST(Calibration, IntervalsHoldNineOfTenNewRows) {
  std::mt19937 Random(5);
  std::normal_distribution<double> Normal(0, 0.1);
  Calibration C = calibrated(rows(400, 1, [&](long) { return Normal(Random); }));
  ASSERT_EQ(C.Classes.size(), 1u);
  EXPECT_NEAR(C.Classes[0].High, 0.1645, 0.02); // 90 % of a normal error of 0.1
  EXPECT_EQ(C.Classes[0].Low, -C.Classes[0].High);
  EXPECT_GE(C.Extrapolated[0].High, C.Classes[0].High);
  // A random fifth, four quarters of one pair, two ends of two sizes.
  ASSERT_EQ(C.Regions.size(), 9u);
  EXPECT_EQ(C.Regions[1].Name, "small batch with small in_features");
  EXPECT_EQ(C.Regions[8].Name, "largest in_features");
  EXPECT_EQ(C.Regions[8].Rows, 40u);
}
TEST(Calibration, AModelThatFailsAtTheEndsIsWiderOutside) {
  std::vector<Observation> Data = rows(400, 2, [](long) { return 0.0; });
  for (Observation &O : Data) // a cost that no term describes
    O.Joules *= O.Shape[Variable::in_features] > 960 ? 1.5 : 1;
  Calibration C = calibrated(Data);
  EXPECT_GT(C.Extrapolated[0].High, 0.3);
  EXPECT_GT(C.Extrapolated[0].High, 2 * C.Classes[0].High);
}
TEST(Calibration, CommonErrorsAreSeenAsCorrelation) {
  std::mt19937 Random(6);
  std::normal_distribution<double> Normal(0, 0.1);
  EXPECT_LT(calibrated(rows(300, 3, [&](long) { return Normal(Random); })).ErrorCorrelation, 0.2);
  EXPECT_GT(
      calibrated(rows(300, 3, [&](long Wide) { return Wide % 20 ? 0.1 : -0.1; })).ErrorCorrelation,
      0.8);
}
TEST(Calibration, AFewRowsAreEnoughToRun) {
  Calibration C = calibrated(rows(3, 4, [](long) { return 0.0; }));
  EXPECT_TRUE(std::isfinite(C.Classes[0].High));
  EXPECT_EQ(C.ErrorCorrelation, 1);
}

TEST(Roofline, ConstantsComeFromFittedTerms) {
  Json Types = Json::parse(R"([{"name": "a", "terms": [{"name": "x", "joules_per_unit": 3}]},
                               {"name": "b", "terms": [{"name": "x", "joules_per_unit": 2}]}])");
  auto Constant = [&](const char *Rule, const char *From) {
    Json Recipe = {
        {"terms",
         Json::array(
             {{{"name", "t"}, {"from", Json::parse(From)}, {"rule", Rule}, {"scale", 0.5}}})}};
    return fitRoofline(Recipe, Types)["terms"][0]["joules_per_unit"].get<double>();
  };
  EXPECT_EQ(Constant("first", R"(["b/x", "a/x"])"), 1);
  EXPECT_EQ(Constant("first", R"(["unknown/x", "a/x"])"), 1.5);
  EXPECT_EQ(Constant("max", R"(["b/x", "a/x"])"), 1.5);
  EXPECT_EQ(Constant("sum", R"(["b/x", "a/x"])"), 2.5);
  EXPECT_THROW(Constant("mean", R"(["a/x"])"), FitError);
  EXPECT_THROW(Constant("max", R"(["unknown/x"])"), FitError);
}
TEST(Roofline, TheWorstTypeGivesTheInterval) {
  UnmeasuredType Good{"good", {}, std::vector<double>(99, 0.1)},
      Bad{"bad", {}, std::vector<double>(99, -0.7)};
  EXPECT_EQ(rooflineInterval({Good, Bad}).Low, -0.7);
  EXPECT_EQ(rooflineInterval({Good}).High, 0.1);
  EXPECT_NEAR(rooflineInterval({}).High, std::log(10), 1e-12);
}
} // namespace
