#include "Energy/DeviceProfile.h"
#include "TestProfile.h"
#include <gtest/gtest.h>

using namespace energy;

namespace {
std::string problem(std::string Json) {
  llvm::Expected<DeviceProfile> P = DeviceProfile::parse(Json);
  return P ? "" : llvm::toString(P.takeError());
}
std::string replaced(const std::string &From, const std::string &To) {
  std::string Json = TestProfileJson;
  size_t At = Json.find(From);
  EXPECT_NE(At, std::string::npos) << From;
  return Json.replace(At, From.size(), To);
}

TEST(DeviceProfile, EmbeddedDevicesParse) {
  ASSERT_FALSE(embeddedDevices().empty());
  for (const EmbeddedDevice &D : embeddedDevices()) {
    llvm::Expected<DeviceProfile> P = DeviceProfile::parse(D.Json);
    ASSERT_TRUE(static_cast<bool>(P)) << D.Name.str() << ": " << llvm::toString(P.takeError());
    EXPECT_EQ(P->Name, D.Name);
    EXPECT_FALSE(P->Types.empty());
  }
  EXPECT_EQ(findEmbeddedDevice(defaultDevice().Name), &defaultDevice());
  EXPECT_EQ(findEmbeddedDevice("no-such-device"), nullptr);
}
TEST(DeviceProfile, RefusesOddJson) {
  EXPECT_NE(problem("").find("malformed JSON"), std::string::npos);
  EXPECT_NE(problem("{\"version\": 1").find("malformed JSON"), std::string::npos);
  EXPECT_NE(problem("[1]").find("must be a JSON object"), std::string::npos);
  EXPECT_NE(problem("{}").find("'version' is missing"), std::string::npos);
}
TEST(DeviceProfile, NamesTheKeyThatIsWrong) {
  EXPECT_EQ(problem(TestProfileJson), "");
  EXPECT_NE(problem(replaced("\"version\": 1", "\"version\": 2")).find("'version' must be 1"),
            std::string::npos);
  EXPECT_NE(problem(replaced("\"physical-terms\"", "\"forest\""))
                .find("'types[0].model' names the unknown model type 'forest'"),
            std::string::npos);
  EXPECT_NE(problem(replaced("\"basis\": \"measured\"", "\"basis\": \"guessed\"")).find("'basis' must be"),
            std::string::npos);
  EXPECT_NE(problem(replaced("\"joules_per_unit\": 2e-9", "\"joules_per_unit\": -1"))
                .find("'types[0].terms[1].joules_per_unit' must not be negative"),
            std::string::npos);
  EXPECT_NE(problem(replaced("\"joules_per_unit\": 2e-9", "\"joules_per_unit\": \"x\""))
                .find("must be a finite number"),
            std::string::npos);
  EXPECT_NE(problem(replaced("batch*in_features*out_features", "batch*feet")).find("unknown name 'feet'"),
            std::string::npos);
  EXPECT_NE(problem(replaced("\"batch\": [1, 64]", "\"batch\": [64, 1]")).find("'types[0].ranges.batch'"),
            std::string::npos);
  EXPECT_NE(problem(replaced("\"phase\": \"forward\"", "\"phase\": \"sideways\"")).find("'types[0].phase'"),
            std::string::npos);
  EXPECT_NE(problem(replaced("\"roofline\":", "\"rooftop\":")).find("'roofline' is missing"),
            std::string::npos);
}
TEST(DeviceProfile, AnyPrefixIsRefusedAndNothingCrashes) {
  std::string Json = TestProfileJson;
  while (!Json.empty() && isspace(Json.back()))
    Json.pop_back();
  for (size_t I = 0; I < Json.size(); ++I)
    EXPECT_NE(problem(Json.substr(0, I)), "") << I;
}
} // namespace
