#include "Torch/Rules.h"
#include "gtest/gtest.h"

using namespace energy;
using namespace energy::torch;

namespace {
Operand dimensioned(DType T) { return {T, Operand::Dimensioned}; }
Operand scalar(DType T) { return {T, Operand::ScalarTensor}; }
Operand number(DType T) { return {T, Operand::Number}; }
} // namespace

TEST(Promotion, TensorsOfOneRankTakeTheLargerType) {
  EXPECT_EQ(promoteAll({dimensioned(DType::Int32), dimensioned(DType::Float32)}), DType::Float32);
  EXPECT_EQ(promoteAll({dimensioned(DType::UInt8), dimensioned(DType::Int8)}), DType::Int16);
  EXPECT_EQ(promoteAll({dimensioned(DType::Float16), dimensioned(DType::BFloat16)}),
            DType::Float32);
}

TEST(Promotion, LowerRanksCountOnlyWithAHigherKind) {
  EXPECT_EQ(promoteAll({dimensioned(DType::Float32), scalar(DType::Float64)}), DType::Float32);
  EXPECT_EQ(promoteAll({dimensioned(DType::Int32), scalar(DType::Int64)}), DType::Int32);
  EXPECT_EQ(promoteAll({dimensioned(DType::Int32), scalar(DType::Float64)}), DType::Float64);
  EXPECT_EQ(promoteAll({dimensioned(DType::Float64), number(DType::Complex64)}), DType::Complex128);
  EXPECT_EQ(promoteAll({dimensioned(DType::Bool), number(DType::Int64)}), DType::Int64);
}

TEST(Promotion, StoringMayNotLoseTheKind) {
  EXPECT_TRUE(canCast(DType::Float64, DType::Float16));
  EXPECT_FALSE(canCast(DType::Float32, DType::Int64));
  EXPECT_FALSE(canCast(DType::Int64, DType::Bool));
  EXPECT_FALSE(canCast(DType::Complex64, DType::Float32));
}

TEST(Broadcast, AlignsAtTheLastDimension) {
  EXPECT_EQ(llvm::cantFail(broadcast({4, 1, 3}, {5, 1})), (Sizes{4, 5, 3}));
  EXPECT_EQ(llvm::cantFail(broadcast({}, {2})), (Sizes{2}));
  EXPECT_EQ(llvm::cantFail(broadcast({0, 3}, {1, 3})), (Sizes{0, 3}));
  EXPECT_EQ(llvm::toString(broadcast({2, 3}, {2}).takeError()),
            "sizes 3 and 2 do not match at dimension 1 (2x3 and 2)");
}

TEST(Dimensions, WrapAndAreChecked) {
  EXPECT_EQ(llvm::cantFail(wrapDim(-1, 3)), 2);
  EXPECT_EQ(llvm::cantFail(wrapDim(-1, 0)), 0);
  EXPECT_EQ(llvm::toString(wrapDims({0, -2}, 2).takeError()),
            "dimension 0 is given twice in [0, -2]");
  EXPECT_EQ(llvm::cantFail(inferSizes({2, -1}, 6)), (Sizes{2, 3}));
  EXPECT_EQ(llvm::toString(inferSizes({-1, 0}, 0).takeError()),
            "the size -1 in [-1, 0] is ambiguous, the other sizes hold no element");
}
