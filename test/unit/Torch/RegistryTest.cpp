#include "Torch/OpDef.h"
#include "Torch/Schema.h"
#include "gtest/gtest.h"

using namespace energy;
using namespace energy::torch;

namespace {
/// The call that an OpLine without result describes, defaults not filled in.
OpCall callOf(const char *Text) {
  OpLine Line;
  std::string Error;
  EXPECT_TRUE(OpLine::parse(Text, Line, Error)) << Error;
  llvm::Expected<OpCall> Call = fromOpLine(Line);
  EXPECT_TRUE(static_cast<bool>(Call));
  return llvm::cantFail(std::move(Call));
}
std::string fillError(const char *Text) {
  OpCall Call = callOf(Text);
  return llvm::toString(fillDefaults(*findOp(Call.Op), Call));
}
Outcome outcomeOf(const char *Text) {
  OpCall Call = callOf(Text);
  const OpInfo &Op = *findOp(Call.Op);
  llvm::cantFail(fillDefaults(Op, Call));
  return llvm::cantFail(evaluate(Op, Call));
}
std::string rejection(const char *Text) {
  OpCall Call = callOf(Text);
  const OpInfo &Op = *findOp(Call.Op);
  llvm::cantFail(fillDefaults(Op, Call));
  llvm::Expected<Outcome> Out = evaluate(Op, Call);
  return Out ? "accepted" : llvm::toString(Out.takeError());
}
} // namespace

TEST(Schema, TakesArgumentsApart) {
  auto Args = parseArguments("aten::x(Tensor(a!) self, int[2] size=[1, 2], *, Scalar alpha=1, "
                             "Tensor?[] indices, str mode=\"r\") -> (Tensor(a!), Tensor)");
  ASSERT_EQ(Args.size(), 5u);
  EXPECT_EQ(Args[0].Name, "self");
  EXPECT_EQ(Args[0].Type, "Tensor");
  EXPECT_TRUE(Args[0].Mutated);
  EXPECT_EQ(Args[1].Default, "[1, 2]");
  EXPECT_FALSE(Args[1].KeywordOnly);
  EXPECT_TRUE(Args[2].KeywordOnly);
  EXPECT_EQ(Args[3].Type, "Tensor?[]");
  EXPECT_FALSE(Args[3].HasDefault);
  EXPECT_EQ(Args[4].Default, "\"r\"");
}

TEST(Schema, CountsTensorResults) {
  EXPECT_EQ(countResults("aten::x(Tensor self) -> Tensor"), 1u);
  EXPECT_EQ(countResults("aten::x(Tensor self) -> (Tensor values, Tensor indices)"), 2u);
  EXPECT_EQ(countResults("aten::x(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]"), 1u);
  EXPECT_EQ(countResults("aten::x(Tensor self) -> Scalar"), 0u);
  EXPECT_EQ(countResults("aten::x(Tensor self) -> ()"), 0u);
}

TEST(Schema, ReadsDefaults) {
  auto Args = parseArguments("aten::x(int[2] a=1, float b=1e-05, ScalarType? c=4, bool d=True, "
                             "int? e=None, float f=2., int[1] g=[], Tensor h) -> Tensor");
  EXPECT_EQ(*defaultValue(Args[0])->as<std::vector<int64_t>>(), (std::vector<int64_t>{1, 1}));
  EXPECT_EQ(*defaultValue(Args[1])->as<double>(), 1e-5);
  EXPECT_EQ(*defaultValue(Args[2])->as<DType>(), DType::Int64);
  EXPECT_TRUE(*defaultValue(Args[3])->as<bool>());
  EXPECT_TRUE(defaultValue(Args[4])->isNone());
  EXPECT_EQ(*defaultValue(Args[5])->as<double>(), 2.0);
  EXPECT_TRUE(defaultValue(Args[6])->as<std::vector<int64_t>>()->empty());
  EXPECT_FALSE(defaultValue(Args[7]));
}

TEST(Registry, FindsByNameAndOverload) {
  ASSERT_TRUE(findOp("aten::add.Tensor"));
  EXPECT_EQ(findOp("aten::add.Tensor")->ResultCount, 1u);
  EXPECT_EQ(findOp("aten::add"), nullptr);
  EXPECT_EQ(findOp("aten::no_such_operator"), nullptr);
  EXPECT_EQ(overloads("aten::add").size(), 2u);
  EXPECT_TRUE(overloads("aten::no_such_operator").empty());
}

TEST(Registry, EveryRowIsFoundUnderItsName) {
  for (llvm::ArrayRef<OpDef> Family : opFamilies())
    for (const OpDef &Op : Family) {
      ASSERT_TRUE(findOp(Op.name())) << Op.name().str();
      EXPECT_EQ(findOp(Op.name())->Def, &Op) << "two rows for " << Op.name().str();
    }
}

TEST(FillDefaults, AddsDefaultsInSchemaOrder) {
  OpCall Call = callOf("aten::conv2d weight=f32[8,3,3,3] input=f32[1,3,8,8]");
  llvm::cantFail(fillDefaults(*findOp(Call.Op), Call));
  ASSERT_EQ(Call.Args.size(), 7u);
  EXPECT_EQ(Call.Args[0].Name, "input");
  EXPECT_EQ(Call.Args[3].Name, "stride");
  EXPECT_EQ(Call.ints("stride", 2), (Sizes{1, 1}));
  EXPECT_TRUE(Call.Args[2].Value.isNone());
}

TEST(FillDefaults, BringsValuesIntoForm) {
  OpCall Call = callOf("aten::cat tensors=f32[2]");
  llvm::cantFail(fillDefaults(*findOp(Call.Op), Call));
  EXPECT_EQ(Call.find("tensors")->as<std::vector<TensorArg>>()->size(), 1u);
  Call = callOf("aten::sum.dim_IntList self=f32[2,3] dim=1 keepdim=1");
  llvm::cantFail(fillDefaults(*findOp(Call.Op), Call));
  EXPECT_EQ(*Call.find("dim")->as<std::vector<int64_t>>(), (std::vector<int64_t>{1}));
  EXPECT_TRUE(*Call.boolean("keepdim"));
}

TEST(FillDefaults, SaysWhatDoesNotFit) {
  EXPECT_EQ(fillError("aten::relu self=f32[2] inplace=true"),
            "'aten::relu' has no argument 'inplace'");
  EXPECT_EQ(fillError("aten::add.Tensor self=f32[2]"),
            "'aten::add.Tensor' needs the argument 'other'");
  EXPECT_EQ(fillError("aten::add.Tensor self=f32[2] other=1"),
            "the value of argument 'other' does not fit its type 'Tensor'");
  EXPECT_EQ(fillError("aten::unsqueeze self=f32[2] dim=0.5"),
            "the value of argument 'dim' does not fit its type 'int'");
}

TEST(Evaluate, SaysWhyACallIsRejected) {
  EXPECT_EQ(rejection("aten::add.Tensor self=f32[2,3] other=f32[2,4]"),
            "sizes 3 and 4 do not match at dimension 1 (2x3 and 2x4)");
  EXPECT_EQ(rejection("aten::unsqueeze self=f32[2,3] dim=3"),
            "dimension 3 is out of range for a tensor with 3 dimensions (expected -3 to 2)");
  EXPECT_EQ(rejection("aten::view self=f32[2,3] size=[-1,4]"),
            "sizes [-1, 4] need a multiple of 4 elements, the input has 6");
  EXPECT_EQ(rejection("aten::matmul self=f32[2,3] other=f32[2,4]"),
            "inner sizes 3 and 2 do not match (2x3 and 2x4)");
  EXPECT_EQ(rejection("aten::add.Tensor self=None other=f32[2]"),
            "argument 'self' is an undefined tensor");
}

TEST(Evaluate, DataDependenceIsNotAMistake) {
  OpCall Call = callOf("aten::nonzero self=f32[4]");
  llvm::Expected<Outcome> Out = evaluate(*findOp(Call.Op), Call);
  ASSERT_FALSE(Out);
  llvm::Error E = Out.takeError();
  EXPECT_TRUE(E.isA<DataDependentError>());
  EXPECT_EQ(llvm::toString(std::move(E)), "how many elements are not zero is not known");
}

TEST(Evaluate, AbsurdSizesSaturate) {
  EXPECT_EQ(outcomeOf("aten::repeat self=f32[4000000000,4000000000] repeats=[4000000000,1]")
                .Cost.BytesWritten,
            INT64_MAX);
  EXPECT_EQ(
      outcomeOf("aten::matmul self=f32[4000000000,4000000000] other=f32[4000000000,4000000000]")
          .Cost.Macs,
      INT64_MAX);
}

TEST(Cost, ElementWise) {
  CostFeatures C = outcomeOf("aten::add.Tensor self=f32[4,1,3] other=f32[5,1]").Cost;
  EXPECT_EQ(C.BytesRead, 4 * (12 + 5));
  EXPECT_EQ(C.BytesWritten, 4 * 60);
  EXPECT_EQ(C.BytesAllocated, 4 * 60);
  EXPECT_EQ(C.Elements, 60);
  EXPECT_EQ(C.ElementOps, 60);
  EXPECT_EQ(C.Macs, 0);
}

TEST(Cost, InPlaceAllocatesNothing) {
  CostFeatures C = outcomeOf("aten::add_.Tensor self=f32[2,3] other=f32[3]").Cost;
  EXPECT_EQ(C.BytesAllocated, 0);
  EXPECT_EQ(C.BytesWritten, 24);
}

TEST(Cost, ViewsCostNothing) {
  CostFeatures C = outcomeOf("aten::transpose.int self=f32[2,3] dim0=0 dim1=1").Cost;
  EXPECT_EQ(C.BytesRead + C.BytesWritten + C.BytesAllocated + C.ElementOps, 0);
  EXPECT_EQ(C.Elements, 6);
}

TEST(Cost, ConversionCopiesOnlyWhenTheTypeChanges) {
  EXPECT_EQ(outcomeOf("aten::to.dtype self=f32[4] dtype=dtype:float32").Cost.BytesWritten, 0);
  EXPECT_EQ(outcomeOf("aten::to.dtype self=f32[4] dtype=dtype:float64").Cost.BytesWritten, 32);
  EXPECT_EQ(
      outcomeOf("aten::to.dtype self=f32[4] dtype=dtype:float32 copy=true").Cost.BytesAllocated,
      16);
}

TEST(Cost, MultiplyAccumulates) {
  auto Macs = [](const char *Text) { return outcomeOf(Text).Cost.Macs; };
  EXPECT_EQ(Macs("aten::mm self=f32[2,3] mat2=f32[3,4]"), 2 * 3 * 4);
  EXPECT_EQ(Macs("aten::matmul self=f32[5,1,2,3] other=f32[6,3,4]"), 5 * 6 * 2 * 3 * 4);
  EXPECT_EQ(Macs("aten::matmul self=f32[3] other=f32[3]"), 3);
  EXPECT_EQ(Macs("aten::addbmm self=f32[2,4] batch1=f32[5,2,3] batch2=f32[5,3,4]"), 5 * 2 * 3 * 4);
  EXPECT_EQ(
      Macs("aten::tensordot self=f32[2,3,4] other=f32[4,3,5] dims_self=[1,2] dims_other=[1,0]"),
      2 * 5 * 12);
  // (A B) C: 2*3*4 + 2*4*5; A (B C) would be 3*4*5 + 2*3*5.
  EXPECT_EQ(Macs("aten::linalg_multi_dot tensors=[f32[2,3],f32[3,4],f32[4,5]]"), 24 + 40);
  EXPECT_EQ(Macs("aten::einsum equation=\"bhid,bhjd->bhij\" tensors=[f32[2,4,5,8],f32[2,4,6,8]]"),
            2 * 4 * 5 * 6 * 8);
  // i,j -> ij (2*3), then ij,jk -> ik (2*3*4).
  EXPECT_EQ(Macs("aten::einsum equation=\"i,j,jk->ik\" tensors=[f32[2],f32[3],f32[3,4]]"), 6 + 24);
}
