#include "Driver/Diagnostics.h"
#include <gtest/gtest.h>

using namespace energy;

static std::string print(const Finding &F, const std::map<std::string, std::string> &Files) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printFindings(F, OS, /*Colors=*/false, Files);
  return Text;
}

TEST(Diagnostics, LookLikeClangs) {
  Finding F{"energy-heavy-layer", Severity::Warning, "100 % of 'x'", {"/virtual/net.cpp", 2, 3},
            {{"called here", {"/virtual/net.cpp", 3, 1}}}, ""};
  EXPECT_EQ(print(F, {{"/virtual/net.cpp", "int a;\n  f(x);\ng();\n"}}),
            "/virtual/net.cpp:2:3: warning: 100 % of 'x' [energy-heavy-layer]\n"
            "    2 |   f(x);\n"
            "      |   ^\n"
            "/virtual/net.cpp:3:1: note: called here\n"
            "    3 | g();\n"
            "      | ^\n");
}

TEST(Diagnostics, EveryLevelIsPrinted) {
  for (auto [Level, Word] : {std::pair(Severity::Remark, "remark"), {Severity::Warning, "warning"},
                             {Severity::Error, "error"}}) {
    Finding F{"energy-x", Level, "text", {"/virtual/a.cpp", 1, 1}, {}, ""};
    EXPECT_EQ(print(F, {{"/virtual/a.cpp", "a\n"}}).find("/virtual/a.cpp:1:1: " + std::string(Word) + ": text"),
              0u);
  }
}

TEST(Diagnostics, AFileThatIsGoneIsNamed) {
  Finding F{"energy-x", Severity::Error, "text", {"/no/such/file.cpp", 7, 1}, {}, ""};
  EXPECT_EQ(print(F, {}), "error: text [energy-x] at /no/such/file.cpp:7\n");
}

TEST(Diagnostics, NoPlaceIsNoCrash) {
  Finding F{"energy-x", Severity::Warning, "text", {}, {}, ""};
  EXPECT_EQ(print(F, {}), "warning: text [energy-x]\n");
}
