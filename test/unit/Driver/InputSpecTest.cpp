#include "Interp/InputSpec.h"
#include <gtest/gtest.h>

using namespace energy;

static std::string roundTrip(llvm::StringRef Text) {
  llvm::Expected<interp::InputSpec> S = parseInputSpec(Text);
  if (!S)
    return "error: " + llvm::toString(S.takeError());
  return S->Name + "/" + S->Type.str();
}

TEST(InputSpec, ShapesNamesAndTypes) {
  EXPECT_EQ(roundTrip("1x3x224x224"), "/f32[1,3,224,224]");
  EXPECT_EQ(roundTrip("tokens=1x128:int64"), "tokens/i64[1,128]");
  EXPECT_EQ(roundTrip("7"), "/f32[7]");
  EXPECT_EQ(roundTrip("mask=0x4:bool"), "mask/b8[0,4]");
  EXPECT_EQ(roundTrip("t=scalar"), "t/f32[]");
}

TEST(InputSpec, MistakesAreNamed) {
  EXPECT_EQ(roundTrip("1x-3"),
            "error: input '1x-3': '-3' is not a size; write it like 1x3x224x224");
  EXPECT_EQ(roundTrip(""), "error: input '': '' is not a size; write it like 1x3x224x224");
  EXPECT_EQ(roundTrip("1xx3"),
            "error: input '1xx3': '' is not a size; write it like 1x3x224x224");
  EXPECT_EQ(roundTrip("1x99999999999999999999"),
            "error: input '1x99999999999999999999': '99999999999999999999' is not a size; write "
            "it like 1x3x224x224");
  EXPECT_EQ(roundTrip("x=1x3:flaot32"),
            "error: input 'x=1x3:flaot32': unknown element type 'flaot32'; did you mean 'float32'?");
  EXPECT_TRUE(llvm::StringRef(roundTrip("x=1x3:real")).contains("it is one of bool, uint8,"));
}
