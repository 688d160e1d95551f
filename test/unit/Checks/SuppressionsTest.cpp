#include "Checks/Suppressions.h"
#include <gtest/gtest.h>

using namespace energy;

constexpr const char *Heavy = "energy-heavy-layer";

TEST(Suppressions, CoverTheirLine) {
  Suppressions S("a;\nb; // NOLINT\nc;\n");
  EXPECT_FALSE(S.covers(Heavy, 1));
  EXPECT_TRUE(S.covers(Heavy, 2));
  EXPECT_FALSE(S.covers(Heavy, 3));
}

TEST(Suppressions, ListsHoldGlobs) {
  Suppressions S("a; // NOLINT(bugprone-x, energy-*)\nb; // NOLINT(energy-shape-error)\n");
  EXPECT_TRUE(S.covers(Heavy, 1));
  EXPECT_FALSE(S.covers(Heavy, 2));
  EXPECT_TRUE(S.covers("energy-shape-error", 2));
}

TEST(Suppressions, NextLine) {
  Suppressions S("// NOLINTNEXTLINE(energy-heavy-layer)\na;\nb;\n");
  EXPECT_FALSE(S.covers(Heavy, 1));
  EXPECT_TRUE(S.covers(Heavy, 2));
  EXPECT_FALSE(S.covers(Heavy, 3));
}

TEST(Suppressions, BlocksEndWithTheSameList) {
  Suppressions S("// NOLINTBEGIN(energy-*)\na;\n// NOLINTEND(other-*)\nb;\n"
                 "// NOLINTEND(energy-*)\nc;\n");
  EXPECT_TRUE(S.covers(Heavy, 2));
  EXPECT_TRUE(S.covers(Heavy, 4));
  EXPECT_FALSE(S.covers(Heavy, 6));
}

TEST(Suppressions, AnOpenBlockCoversNothing) {
  Suppressions S("// NOLINTBEGIN\na;\n");
  EXPECT_FALSE(S.covers(Heavy, 2));
}

TEST(Suppressions, OddTextDoesNoHarm) {
  Suppressions S("// NOLINT(\n// NOLINTEND\nNOLINT NOLINT()");
  EXPECT_FALSE(S.covers(Heavy, 1));
  EXPECT_TRUE(S.covers(Heavy, 3));
  EXPECT_FALSE(Suppressions("").covers(Heavy, 1));
}
