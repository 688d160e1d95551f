#include "Support/Text.h"
#include <gtest/gtest.h>

using namespace energy;

TEST(Text, JoulesHaveTwoDigitsAndAUnitPeopleUse) {
  EXPECT_EQ(joulesText(0.1834), "0.18 J");
  EXPECT_EQ(joulesText(0.0123), "12 mJ");
  EXPECT_EQ(joulesText(0.00005678), "57 uJ");
  EXPECT_EQ(joulesText(1.26), "1.3 J");
  EXPECT_EQ(joulesText(121.4), "121 J");
  EXPECT_EQ(joulesText(3456), "3.5 kJ");
  EXPECT_EQ(joulesText(0), "0.0 J");
}

TEST(Text, JoulesRoundIntoTheNextUnit) {
  EXPECT_EQ(joulesText(0.0996), "0.10 J");
  EXPECT_EQ(joulesText(999.7), "1.0 kJ");
  EXPECT_EQ(joulesText(0.0009997), "1.0 mJ");
}

TEST(Text, RangeUsesTheUnitOfItsUpperBound) {
  EXPECT_EQ(joulesRangeText(0.15, 0.21), "0.15 to 0.21 J");
  EXPECT_EQ(joulesRangeText(0.011, 0.3), "0.011 to 0.30 J");
  EXPECT_EQ(joulesRangeText(0.002, 0.012), "2.0 to 12 mJ");
}

TEST(Text, CountsHaveThreeDigits) {
  EXPECT_EQ(countText(640), "640");
  EXPECT_EQ(countText(23296), "23.3 k");
  EXPECT_EQ(countText(138357544), "138 M");
  EXPECT_EQ(countText(15470264320), "15.5 G");
  EXPECT_EQ(countText(999999), "1.00 M");
  EXPECT_EQ(macsText(70300000), "70.3 MMAC");
  EXPECT_EQ(macsText(640), "640 MAC");
}

TEST(Text, BytesAreBinary) {
  EXPECT_EQ(bytesText(512), "512 B");
  EXPECT_EQ(bytesText(int64_t(553430176)), "528 MiB");
  EXPECT_EQ(bytesText(1536), "1.50 KiB");
}

TEST(Text, SmallSharesAreNotZero) {
  EXPECT_EQ(shareText(0.61), "61 %");
  EXPECT_EQ(shareText(0.042), "4.2 %");
  EXPECT_EQ(shareText(0.0004), "< 0.1 %");
  EXPECT_EQ(shareText(0), "0 %");
  EXPECT_EQ(shareText(1), "100 %");
}

TEST(Text, GroupsThousands) {
  EXPECT_EQ(groupedText(15470264320), "15,470,264,320");
  EXPECT_EQ(groupedText(-1234), "-1,234");
  EXPECT_EQ(groupedText(999), "999");
}

TEST(Text, SuggestsOnlyNearWords) {
  EXPECT_EQ(didYouMean("jsn", {"text", "json"}), "; did you mean 'json'?");
  EXPECT_EQ(didYouMean("sumary", {"summary", "set"}), "; did you mean 'summary'?");
  EXPECT_EQ(didYouMean("xyzzy", {"text", "json"}), "");
  EXPECT_EQ(nearestWord("xeon", {"xeon-gold-5120-2s", "epyc"}), "xeon-gold-5120-2s");
  EXPECT_EQ(nearestWord("xeon", {"xeon-gold-5120-2s", "xeon-gold-6130-2s"}), "");
}

TEST(Text, GlobsMatchStars) {
  EXPECT_TRUE(globMatch("energy-*", "energy-heavy-layer"));
  EXPECT_TRUE(globMatch("*", ""));
  EXPECT_TRUE(globMatch("a*c*e", "abcde"));
  EXPECT_FALSE(globMatch("energy-*", "bugprone-x"));
  EXPECT_FALSE(globMatch("a*c", "abcd"));
  EXPECT_FALSE(globMatch("", "a"));
}
