#include "Torch/OpDef.h"
#include "gtest/gtest.h"

using namespace energy;
using namespace energy::torch;

namespace {
llvm::Expected<Outcome> run(const std::string &Text) {
  OpLine Line;
  std::string Error;
  EXPECT_TRUE(OpLine::parse(Text, Line, Error)) << Text << ": " << Error;
  OpCall Call = llvm::cantFail(fromOpLine(Line));
  const OpInfo &Op = *findOp(Call.Op);
  llvm::cantFail(fillDefaults(Op, Call));
  return evaluate(Op, Call);
}
CostFeatures cost(const std::string &Text) { return llvm::cantFail(run(Text)).Cost; }
std::string rejection(const std::string &Text) {
  llvm::Expected<Outcome> Out = run(Text);
  return Out ? "accepted" : llvm::toString(Out.takeError());
}
} // namespace

// Published multiply-accumulates of well-known layers.
TEST(NeuralOps, MultiplyAccumulates) {
  EXPECT_EQ(cost("aten::conv2d input=f32[1,3,224,224] weight=f32[64,3,3,3] bias=f32[64] "
                 "padding=[1,1]")
                .Macs,
            86'704'128); // VGG16 features.0
  EXPECT_EQ(cost("aten::linear input=f32[1,25088] weight=f32[4096,25088] bias=f32[4096]").Macs,
            102'760'448); // VGG16 classifier.0
  EXPECT_EQ(cost("aten::conv2d input=f32[1,32,112,112] weight=f32[32,1,3,3] padding=[1,1] "
                 "groups=32")
                .Macs,
            3'612'672); // MobileNetV2, first depthwise layer
  // Each input element goes into every output channel at every kernel position.
  EXPECT_EQ(cost("aten::conv_transpose2d.input input=f32[1,512,16,16] weight=f32[512,512,4,4] "
                 "stride=[2,2] padding=[1,1]")
                .Macs,
            1'073'741'824);
}

TEST(NeuralOps, RecurrentProductsCountEveryStepLayerAndDirection) {
  // Four gates of 3 by 4 and 3 by 3, at 5 steps of 2 sequences.
  constexpr int64_t OneCell = 5 * 2 * 4 * (3 * 4 + 3 * 3);
  EXPECT_EQ(cost("aten::lstm.input input=f32[5,2,4] hx=[f32[1,2,3],f32[1,2,3]] "
                 "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 "
                 "dropout=0.0 train=false bidirectional=false batch_first=false")
                .Macs,
            OneCell);
  EXPECT_EQ(cost("aten::lstm.input input=f32[5,2,4] hx=[f32[2,2,3],f32[2,2,3]] "
                 "params=[f32[12,4],f32[12,3],f32[12,4],f32[12,3]] has_biases=false num_layers=1 "
                 "dropout=0.0 train=false bidirectional=true batch_first=false")
                .Macs,
            2 * OneCell);
}

TEST(NeuralOps, WeightsArePartOfWhatIsRead) {
  CostFeatures F = cost("aten::linear input=f32[2,10] weight=f32[5,10] bias=f32[5]");
  EXPECT_EQ(F.BytesWeights, 4 * (5 * 10 + 5));
  EXPECT_EQ(F.BytesRead, F.BytesWeights + 4 * 2 * 10);
  EXPECT_EQ(F.BytesWritten, 4 * 2 * 5);
  EXPECT_EQ(F.BytesAllocated, F.BytesWritten);
}

TEST(NeuralOps, LookUpReadsOnlyTheRowsItPicks) {
  CostFeatures F = cost("aten::embedding weight=f32[50000,16] indices=i64[2,3]");
  EXPECT_EQ(F.BytesWeights, 6 * 16 * 4);
  EXPECT_EQ(F.BytesRead, 6 * 16 * 4 + 6 * 8);
}

TEST(NeuralOps, InPlaceActivationAllocatesNothing) {
  CostFeatures New = cost("aten::relu self=f32[8,16]");
  CostFeatures InPlace = cost("aten::relu_ self=f32[8,16]");
  EXPECT_EQ(New.BytesAllocated, 8 * 16 * 4);
  EXPECT_EQ(InPlace.BytesAllocated, 0);
  EXPECT_EQ(InPlace.BytesWritten, New.BytesWritten);
}

TEST(NeuralOps, DropoutIsFreeInEvaluation) {
  CostFeatures F = cost("aten::dropout input=f32[8,16] p=0.5 train=false");
  EXPECT_EQ(F.BytesRead + F.BytesWritten + F.BytesAllocated + F.ElementOps, 0);
  EXPECT_GT(cost("aten::dropout input=f32[8,16] p=0.5 train=true").ElementOps, 0);
}

TEST(NeuralOps, MessagesNameTheNumbers) {
  EXPECT_EQ(rejection("aten::conv2d input=f32[1,3,8,8] weight=f32[8,4,3,3]"),
            "input has 3 channels, weight expects 4");
  EXPECT_EQ(rejection("aten::conv2d input=f32[1,4,8,8] weight=f32[8,4,3,3] groups=2"),
            "input has 4 channels, weight expects 8 (groups 2)");
  EXPECT_EQ(rejection("aten::conv2d input=f32[1,3,2,2] weight=f32[8,3,3,3]"),
            "kernel size 3 is larger than the padded input size 2");
  EXPECT_EQ(rejection("aten::linear input=f32[4,15] weight=f32[10,16]"),
            "input has 15 features, weight expects 16");
  EXPECT_EQ(rejection("aten::max_pool2d self=f32[1,4,9,9] kernel_size=[3,3] padding=[2,2]"),
            "padding 2 is more than half of the kernel size 3");
  EXPECT_EQ(rejection("aten::batch_norm input=f32[2,3,4,4] weight=None bias=None "
                      "running_mean=f32[4] running_var=f32[4] training=false momentum=0.1 "
                      "eps=1e-05 cudnn_enabled=true"),
            "input has 3 channels, running_mean expects 4");
  EXPECT_EQ(rejection("aten::layer_norm input=f32[2,5,16] normalized_shape=[5]"),
            "input is 2x5x16, its last dimensions must be 5");
  EXPECT_EQ(rejection("aten::cross_entropy_loss self=f32[2,3] target=i64[3]"),
            "input has batch size 2, target has 3");
}

// A user's model may hold any number; none may overflow or divide by zero.
TEST(NeuralOps, AbsurdSizesSaturate) {
  const std::string Huge = "9223372036854775807";
  EXPECT_EQ(rejection("aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] dilation=[" + Huge +
                      "," + Huge + "]"),
            "kernel size 9223372036854775807 (dilated) is larger than the padded input size 8");
  for (const std::string &Text :
       {"aten::conv2d input=f32[1,3,8,8] weight=f32[8,3,3,3] padding=[" + Huge + "," + Huge + "]",
        "aten::conv_transpose2d.input input=f32[1,3,8,8] weight=f32[3,8,3,3] stride=[" + Huge +
            "," + Huge + "]",
        "aten::conv2d input=f32[1,3," + Huge + "," + Huge + "] weight=f32[8,3,3,3]",
        "aten::max_pool2d self=f32[1,3," + Huge + "," + Huge +
            "] kernel_size=[2,2] ceil_mode=true",
        "aten::pixel_shuffle self=f32[1,3,8,8] upscale_factor=" + Huge,
        "aten::_pad_enum self=f32[1,3,8,8] pad=[" + Huge + "," + Huge + "] mode=3",
        "aten::im2col self=f32[1,3,8,8] kernel_size=[2,2] dilation=[1,1] padding=[" + Huge +
            ",0] stride=[1,1]"}) {
    llvm::Expected<Outcome> Out = run(Text);
    if (Out) {
      EXPECT_GE(Out->Cost.Elements, 0) << Text;
    } else {
      llvm::consumeError(Out.takeError());
    }
  }
}
