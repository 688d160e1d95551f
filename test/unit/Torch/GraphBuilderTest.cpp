#include "Torch/GraphBuilder.h"
#include "gtest/gtest.h"

using namespace energy;
using namespace energy::torch;

namespace {
class GraphBuilderTest : public testing::Test {
protected:
  ModelGraph Graph;
  GraphBuilder B{Graph};

  void SetUp() override { B.addModule(ModuleId::Root, "", "Net", {}); }
  TensorArg input(llvm::ArrayRef<int64_t> Shape) {
    return B.source(TensorType(DType::Float32, Shape), ValueInfo::Origin::Input, "x");
  }
  TensorArg add(TensorArg X, TensorArg Y) {
    return B.call1("aten::add.Tensor", {{"self", X}, {"other", Y}});
  }
};

TEST_F(GraphBuilderTest, RecordsACall) {
  B.setLocation({"net.cpp", 7, 3});
  B.setRepeat(4);
  TensorArg Y = add(input({2, 3}), input({3}));
  ASSERT_TRUE(Y.known());
  EXPECT_EQ(Y.Type.str(), "f32[2,3]");
  ASSERT_EQ(Graph.Calls.size(), 1u);
  const OpCall &C = Graph.Calls[0];
  EXPECT_TRUE(C.understood());
  EXPECT_EQ(C.Location.Line, 7u);
  EXPECT_EQ(C.Repeat, 4u);
  EXPECT_EQ(C.integer("alpha"), 1) << "schema defaults are filled in";
  const ValueInfo &V = Graph.value(Y.Id);
  EXPECT_EQ(V.From, ValueInfo::Origin::Result);
  EXPECT_EQ(V.Call, 0u);
  EXPECT_EQ(V.AliasOf, ValueId::None);
}

TEST_F(GraphBuilderTest, AnUnknownOperatorHidesWhatFollows) {
  TensorArg Y = B.call1("aten::no_such_operator", {{"self", input({2})}});
  EXPECT_FALSE(Y.known());
  TensorArg Z = add(Y, input({2}));
  ASSERT_EQ(Graph.Unknowns.size(), 1u);
  EXPECT_EQ(Z.Unknown, Y.Unknown);
  EXPECT_EQ(Graph.unknown(Y.Unknown).Reason,
            "operator 'aten::no_such_operator' has no row in the op table");
  EXPECT_EQ(Graph.unknown(Y.Unknown).HidesCalls, 2u);
  EXPECT_EQ(Graph.understoodCalls(), 0u);
  EXPECT_TRUE(Graph.Findings.empty());
}

TEST_F(GraphBuilderTest, ARejectedCallIsReportedOnce) {
  B.setModule(B.addModule(ModuleId::Root, "features.0", "Conv2d", {}));
  B.setLocation({"net.cpp", 9, 5});
  TensorArg Bad;
  for (int I = 0; I < 3; ++I)
    Bad = add(input({2, 3}), input({4}));
  add(Bad, Bad);
  ASSERT_EQ(Graph.Findings.size(), 1u);
  const Finding &F = Graph.Findings[0];
  EXPECT_EQ(F.Check, "energy-shape-error");
  EXPECT_EQ(F.Level, Severity::Error);
  EXPECT_EQ(F.Location.Line, 9u);
  EXPECT_EQ(F.ModulePath, "features.0");
  EXPECT_TRUE(llvm::StringRef(F.Message).starts_with("'aten::add' rejects its arguments: "))
      << F.Message;
  EXPECT_EQ(Graph.unknown(Bad.Unknown).Reason, "shape error above");
  EXPECT_EQ(Graph.unknown(Bad.Unknown).HidesCalls, 4u);
}

TEST_F(GraphBuilderTest, OurOwnWrongArgumentsAreNotTheUsersError) {
  TensorArg Y = B.call1("aten::add.Tensor", {{"self", input({2})}, {"nonsense", 1}});
  EXPECT_FALSE(Y.known());
  EXPECT_TRUE(Graph.Findings.empty());
  EXPECT_TRUE(llvm::StringRef(Graph.unknown(Y.Unknown).Reason)
                  .starts_with("cannot bind the arguments of 'aten::add.Tensor'"));
}

TEST_F(GraphBuilderTest, ResultsThatDependOnDataAreUnknown) {
  TensorArg Y = B.call1("aten::nonzero", {{"self", input({2, 3})}});
  ASSERT_FALSE(Y.known());
  EXPECT_TRUE(Graph.Findings.empty());
  EXPECT_NE(Graph.unknown(Y.Unknown).Reason.find("depends on"), std::string::npos);
}

TEST_F(GraphBuilderTest, ViewsAndInPlaceResultsShareTheFirstStorage) {
  TensorArg X = input({2, 3});
  TensorArg View = B.call1("aten::t", {{"self", X}});
  TensorArg InPlace = B.call1("aten::relu_", {{"self", View}});
  TensorArg New = B.call1("aten::relu", {{"self", InPlace}});
  EXPECT_EQ(Graph.value(View.Id).AliasOf, X.Id);
  EXPECT_EQ(Graph.value(InPlace.Id).AliasOf, X.Id);
  EXPECT_EQ(Graph.value(New.Id).AliasOf, ValueId::None);
}

TEST_F(GraphBuilderTest, ParametersAreNamedByTheirModule) {
  ModuleId M = B.addModule(ModuleId::Root, "fc", "Linear", {});
  TensorArg W = B.addParameter(M, "weight", TensorType(DType::Float32, {2, 3}), false);
  TensorArg N = B.addParameter(M, "steps", TensorType(DType::Int64, {}), true);
  EXPECT_EQ(Graph.value(W.Id).Name, "fc.weight");
  EXPECT_EQ(Graph.value(N.Id).From, ValueInfo::Origin::Buffer);
  EXPECT_EQ(Graph.parameterCount(), 6);
}

TEST_F(GraphBuilderTest, ForgettingKeepsTheCallsAndDropsTheirNumbers) {
  TensorArg X = input({2, 3});
  GraphBuilder::Mark Before = B.mark();
  add(X, input({4})); // rejected
  add(X, X);
  UnknownId Why = B.unknown("the width is not known");
  B.forget(Before, Why);
  EXPECT_EQ(Graph.Calls.size(), 2u);
  EXPECT_EQ(Graph.understoodCalls(), 0u);
  EXPECT_TRUE(Graph.Findings.empty());
  EXPECT_EQ(Graph.Values.size(), 1u);
  for (const OpCall &C : Graph.Calls) {
    EXPECT_TRUE(C.Args.empty());
    for (const TensorArg &R : C.Results)
      EXPECT_FALSE(R.known());
  }
  add(X, input({4}));
  EXPECT_EQ(Graph.Findings.size(), 1u) << "a forgotten finding can be reported later";
}

TEST_F(GraphBuilderTest, TakesManyCalls) {
  TensorArg X = input({2, 3});
  for (int I = 0; I < 100000; ++I)
    X = add(X, I % 2 ? X : input({5}));
  EXPECT_EQ(Graph.Calls.size(), 100000u);
  EXPECT_EQ(Graph.Unknowns.size(), 1u);
}
} // namespace
