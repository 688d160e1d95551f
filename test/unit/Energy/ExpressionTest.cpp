#include "Energy/Expression.h"
#include <gtest/gtest.h>

using namespace energy;

namespace {
llvm::StringMap<double> constants() {
  llvm::StringMap<double> C;
  C["fault_bytes"] = 100;
  C["vector_floats"] = 16;
  return C;
}
OpShape shape() {
  OpShape S;
  S[Variable::batch] = 3;
  S[Variable::in_channels] = 20;
  S[Variable::stride] = 2;
  return S;
}
double value(llvm::StringRef Text) {
  llvm::Expected<Expression> E = Expression::parse(Text, constants(), Convolution);
  if (E)
    return E->evaluate(shape());
  ADD_FAILURE() << llvm::toString(E.takeError());
  return -1;
}
std::string problem(llvm::StringRef Text, unsigned Family = Convolution) {
  llvm::Expected<Expression> E = Expression::parse(Text, constants(), Family);
  return E ? "" : llvm::toString(E.takeError());
}

TEST(Expression, ArithmeticFollowsTheUsualOrder) {
  EXPECT_EQ(value("1+2*3"), 7);
  EXPECT_EQ(value("(1+2)*3"), 9);
  EXPECT_EQ(value("10-4-3"), 3);
  EXPECT_EQ(value("12/4/3"), 1);
  EXPECT_EQ(value("1.5e2"), 150);
}
TEST(Expression, ReadsVariablesAndConstants) {
  EXPECT_EQ(value("batch*in_channels"), 60);
  EXPECT_EQ(value("ceil(in_channels, vector_floats)"), 32);
  EXPECT_EQ(value("if(stride>1, batch, 0)"), 3);
  EXPECT_EQ(value("if(or(stride==1, batch<3), 1, 7)"), 7);
  EXPECT_EQ(value("and(batch>=3, batch<=3)"), 1);
  EXPECT_NEAR(value("ln(batch)"), 1.0986122886681098, 1e-15);
  EXPECT_EQ(value("min(batch, 2)+max(batch, 5)"), 7);
}
TEST(Expression, FaultIsTheBytesOfAMappedBuffer) {
  EXPECT_EQ(value("fault(101)"), 101);
  EXPECT_EQ(value("fault(100)"), 0);
  EXPECT_EQ(value("1+fault(4*in_channels*batch)"), 241);
}
TEST(Expression, WhatHasNoValueIsZero) {
  EXPECT_EQ(value("1/0"), 0);
  EXPECT_EQ(value("ln(0)"), 0);
  EXPECT_EQ(value("ceil(5, 0)"), 5);
}
TEST(Expression, RefusesWithPlaceAndName) {
  EXPECT_NE(problem("batch*").find("expected a number"), std::string::npos);
  EXPECT_NE(problem("bach").find("unknown name 'bach' at column 1"), std::string::npos);
  EXPECT_NE(problem("batch)").find("unexpected ')'"), std::string::npos);
  EXPECT_NE(problem("min(1)").find("expected ','"), std::string::npos);
  EXPECT_NE(problem("cosine(1)").find("unknown name 'cosine'"), std::string::npos);
  EXPECT_NE(problem("1.2.3").find("malformed number"), std::string::npos);
  EXPECT_NE(problem("").find("expected a number"), std::string::npos);
  EXPECT_NE(problem("in_features").find("not a variable of these operators"), std::string::npos);
}
TEST(Expression, RefusesWhatWouldOverflowTheStack) {
  EXPECT_NE(problem(std::string(5000, '(') + "1" + std::string(5000, ')')), "");
  std::string Nested = "1";
  for (int I = 0; I < 20; ++I)
    Nested = "fault(" + Nested + ")";
  EXPECT_NE(problem(Nested), "");
  std::string Right = "1";
  for (int I = 0; I < 40; ++I)
    Right = "1+(" + Right + ")";
  EXPECT_NE(problem(Right), "");
}
} // namespace
