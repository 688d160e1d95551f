#include "Torch/Layer.h"
#include "gtest/gtest.h"

using namespace energy;
using namespace energy::torch;

namespace {
using Options = std::vector<NamedArg>;
using Inputs = std::vector<ArgValue>;
using Ints = std::vector<int64_t>;

class LayerTest : public testing::Test {
protected:
  ModelGraph Graph;
  GraphBuilder B{Graph};
  ModuleId Layer{};

  void SetUp() override { B.addModule(ModuleId::Root, "", "Net", {}); }
  TensorArg input(llvm::ArrayRef<int64_t> Shape) {
    return B.source(TensorType(DType::Float32, Shape), ValueInfo::Origin::Input, "x");
  }
  void build(llvm::StringRef Type, Options O) {
    Layer = B.addModule(ModuleId::Root, "net.layer", Type, {});
    buildLayer(*findLayer(Type), B, Layer, O);
  }
  std::vector<TensorArg> run(Inputs In, bool Training = false) {
    const ModuleNode &M = Graph.module(Layer);
    Options O = M.Options;
    return runLayer(*findLayer(M.Type), B, Layer, O, In, Training);
  }
  std::string calls() const {
    std::string Names;
    for (const OpCall &C : Graph.Calls)
      Names += (Names.empty() ? "" : " ") + C.Op;
    return Names;
  }
  std::string parameters() const {
    std::string Names;
    for (const ModuleNode &M : Graph.Modules)
      for (const Parameter &P : M.Parameters)
        Names += (Names.empty() ? "" : " ") + Graph.value(P.Value.Id).Name;
    return Names;
  }
};

TEST_F(LayerTest, LinearUsesTheFusedCallForMatricesOnly) {
  build("Linear", {{"in_features", 4}, {"out_features", 2}});
  EXPECT_EQ(run({input({3, 4})})[0].Type.str(), "f32[3,2]");
  EXPECT_EQ(calls(), "aten::t aten::addmm");
  Graph.Calls.clear();
  EXPECT_EQ(run({input({5, 3, 4})})[0].Type.str(), "f32[5,3,2]");
  EXPECT_EQ(calls(), "aten::t aten::matmul aten::add_.Tensor");
}

TEST_F(LayerTest, CallsBelongToTheLayer) {
  build("Linear", {{"in_features", 4}, {"out_features", 2}});
  B.setModule(ModuleId::Root);
  run({input({3, 4})});
  EXPECT_EQ(Graph.Calls[0].Module, Layer);
  EXPECT_EQ(B.module(), ModuleId::Root);
}

TEST_F(LayerTest, AnUnknownOptionMakesTheLayerUnknownAndNamesTheReason) {
  UnknownId Why = B.unknown("'width' is read from a file", "--set width=<int>");
  build("Conv2d", {{"in_channels", 3}, {"out_channels", Why}, {"kernel_size", Ints{3, 3}}});
  ASSERT_EQ(Graph.module(Layer).Parameters.size(), 2u);
  EXPECT_EQ(Graph.module(Layer).Parameters[0].Value.Unknown, Why);
  EXPECT_EQ(run({input({1, 3, 8, 8})})[0].Unknown, Why);
  EXPECT_EQ(calls(), "aten::conv2d");
  EXPECT_FALSE(Graph.Calls[0].understood());
  EXPECT_EQ(Graph.unknown(Why).HidesCalls, 1u);
  EXPECT_TRUE(Graph.Findings.empty());
  EXPECT_EQ(Graph.parameterCount(), 0);
}

TEST_F(LayerTest, AStandInNeverReachesTheGraph) {
  UnknownId Why = B.unknown("'size' is not known");
  build("LocalResponseNorm", {{"size", Why}});
  EXPECT_FALSE(run({input({2, 6, 7, 7})})[0].known());
  for (const OpCall &C : Graph.Calls) {
    EXPECT_FALSE(C.understood());
    EXPECT_TRUE(C.Args.empty());
  }
}

TEST_F(LayerTest, AMissingOptionIsNamed) {
  build("MaxPool2d", {});
  TensorArg Y = run({input({1, 3, 8, 8})})[0];
  ASSERT_FALSE(Y.known());
  EXPECT_EQ(Graph.unknown(Y.Unknown).Reason, "option 'kernel_size' of 'MaxPool2d' has no value");
}

TEST_F(LayerTest, AWrongInputIsAnErrorOfTheLayer) {
  build("BatchNorm2d", {{"num_features", 4}});
  B.setLocation({"net.cpp", 12, 7});
  EXPECT_FALSE(run({input({4, 5, 5})})[0].known());
  ASSERT_EQ(Graph.Findings.size(), 1u);
  EXPECT_EQ(Graph.Findings[0].Message, "'BatchNorm2d' rejects its arguments: expected 4D input, got 3D");
  EXPECT_EQ(Graph.Findings[0].ModulePath, "net.layer");
  EXPECT_EQ(Graph.Findings[0].Location.Line, 12u);
}

TEST_F(LayerTest, TooFewDimensionsAreReportedDespiteTheStandIn) {
  build("Upsample", {{"size", Ints{8, 8}}});
  EXPECT_FALSE(run({input({4})})[0].known());
  ASSERT_EQ(Graph.Findings.size(), 1u);
  build("RNNCell", {{"input_size", 3}, {"hidden_size", 4}});
  EXPECT_FALSE(run({input({3})})[0].known());
  ASSERT_EQ(Graph.Findings.size(), 2u);
  EXPECT_EQ(Graph.Findings[1].Message, "'RNNCell' needs dimension 1 of a tensor with 1 dimensions");
}

TEST_F(LayerTest, ChannelsThatGroupsDoNotDivideAreAnErrorOfTheConstructor) {
  build("Conv2d", {{"in_channels", 3}, {"out_channels", 4}, {"kernel_size", Ints{3, 3}},
                   {"groups", 2}});
  ASSERT_EQ(Graph.Findings.size(), 1u);
  EXPECT_NE(Graph.Findings[0].Message.find("groups 2"), std::string::npos);
}

TEST_F(LayerTest, BatchNormCountsBatchesOnlyInTraining) {
  build("BatchNorm2d", {{"num_features", 4}});
  EXPECT_EQ(parameters(), "net.layer.weight net.layer.bias net.layer.running_mean "
                          "net.layer.running_var net.layer.num_batches_tracked");
  EXPECT_EQ(Graph.parameterCount(), 8);
  run({input({2, 4, 5, 5})});
  EXPECT_EQ(calls(), "aten::batch_norm");
  EXPECT_EQ(Graph.Calls[0].boolean("training"), false);
  Graph.Calls.clear();
  run({input({2, 4, 5, 5})}, /*Training=*/true);
  EXPECT_EQ(calls(), "aten::add_.Scalar aten::batch_norm");
  EXPECT_EQ(Graph.Calls[1].boolean("training"), true);
}

TEST_F(LayerTest, LstmNamesItsWeightsAndStartsFromZeros) {
  build("LSTM", {{"input_size", 3}, {"hidden_size", 4}, {"bidirectional", true},
                 {"batch_first", true}});
  EXPECT_EQ(parameters(), "net.layer.weight_ih_l0 net.layer.weight_hh_l0 net.layer.bias_ih_l0 "
                          "net.layer.bias_hh_l0 net.layer.weight_ih_l0_reverse "
                          "net.layer.weight_hh_l0_reverse net.layer.bias_ih_l0_reverse "
                          "net.layer.bias_hh_l0_reverse");
  std::vector<TensorArg> R = run({input({2, 5, 3})});
  EXPECT_EQ(calls(), "aten::zeros aten::zeros aten::lstm.input");
  ASSERT_EQ(R.size(), 3u);
  EXPECT_EQ(R[0].Type.str(), "f32[2,5,8]");
  EXPECT_EQ(R[2].Type.str(), "f32[2,2,4]");
  Graph.Calls.clear();
  run({input({2, 5, 3}), std::vector<TensorArg>{R[1], R[2]}});
  EXPECT_EQ(calls(), "aten::lstm.input");
}

TEST_F(LayerTest, PaddingModeBecomesAPaddingCall) {
  build("Conv2d", {{"in_channels", 3}, {"out_channels", 4}, {"kernel_size", Ints{3, 3}},
                   {"padding", Ints{1, 2}}, {"padding_mode", "Reflect"}});
  EXPECT_EQ(run({input({1, 3, 8, 8})})[0].Type.str(), "f32[1,4,8,10]");
  EXPECT_EQ(calls(), "aten::_pad_enum aten::conv2d");
  EXPECT_EQ(*Graph.Calls[0].ints("pad", 4), (Sizes{2, 2, 1, 1}));
}

TEST_F(LayerTest, AnAbsentOutputSizeIsTheInputs) {
  build("AdaptiveAvgPool2d", {{"output_size", Ints{4, -1}}});
  EXPECT_EQ(run({input({1, 3, 8, 9})})[0].Type.str(), "f32[1,3,4,9]");
  build("AdaptiveAvgPool2d", {{"output_size", std::vector<TensorArg>(2, TensorArg::undefined())}});
  EXPECT_EQ(run({input({1, 3, 8, 9})})[0].Type.str(), "f32[1,3,8,9]");
}

TEST_F(LayerTest, AStackWithoutItsLayersOptionsIsUnknown) {
  build("TransformerEncoder", {{"encoder_layer", ArgValue()}, {"num_layers", 2}});
  TensorArg Y = run({input({5, 3, 8})})[0];
  ASSERT_FALSE(Y.known());
  EXPECT_EQ(Graph.unknown(Y.Unknown).Reason, "the options of 'encoder_layer' are not known");
}

TEST_F(LayerTest, TransformersAreTreesOfSubmodules) {
  build("Transformer", {{"d_model", 8}, {"nhead", 2}, {"num_encoder_layers", 1},
                        {"num_decoder_layers", 1}, {"dim_feedforward", 16}});
  auto Has = [&](llvm::StringRef Path, llvm::StringRef Type) {
    return llvm::any_of(Graph.Modules, [&](const ModuleNode &M) {
      return M.Path == Path && M.Type == Type;
    });
  };
  EXPECT_TRUE(Has("net.layer.encoder.layers", "ModuleList"));
  EXPECT_TRUE(Has("net.layer.encoder.layers.0.self_attn.out_proj", "Linear"));
  EXPECT_TRUE(Has("net.layer.decoder.layers.0.multihead_attn", "MultiheadAttention"));
  EXPECT_TRUE(Has("net.layer.decoder.norm", "LayerNorm"));
  EXPECT_EQ(run({input({5, 3, 8}), input({7, 3, 8})})[0].Type.str(), "f32[7,3,8]");
  EXPECT_EQ(Graph.understoodCalls(), Graph.Calls.size());
  bool AttributedToLeaf = llvm::any_of(Graph.Calls, [&](const OpCall &C) {
    return Graph.module(C.Module).Path == "net.layer.encoder.layers.0.linear1";
  });
  EXPECT_TRUE(AttributedToLeaf);
}

TEST_F(LayerTest, EqualTensorsShareOneProjection) {
  build("MultiheadAttention", {{"embed_dim", 8}, {"num_heads", 2}});
  TensorArg X = input({5, 3, 8});
  run({X, X, X});
  size_t SelfAttention = Graph.Calls.size();
  Graph.Calls.clear();
  run({X, input({5, 3, 8}), input({5, 3, 8})});
  EXPECT_GT(Graph.Calls.size(), SelfAttention);
}

TEST_F(LayerTest, TheUsersActivationIsUnknown) {
  UnknownId Why = B.unknown("'activation' is a function");
  build("TransformerEncoderLayer", {{"d_model", 8}, {"nhead", 2}, {"activation", Why}});
  EXPECT_EQ(run({input({5, 3, 8})})[0].Unknown, Why);
}

TEST_F(LayerTest, FunctionsTakeTheirOptionsByName) {
  TensorArg Y = runFunctional(*findFunctional("interpolate"), B,
                              {{"scale_factor", std::vector<double>{2, 2}}, {"mode", "Nearest"}},
                              {input({1, 2, 4, 4})}, false)[0];
  EXPECT_EQ(Y.Type.str(), "f32[1,2,8,8]");
  EXPECT_EQ(calls(), "aten::upsample_nearest2d");
}

/// Values that an option or argument might turn out to have.
std::vector<ArgValue> oddValues(GraphBuilder &B) {
  return {ArgValue(),
          ArgValue(0),
          ArgValue(-1),
          ArgValue(INT64_MAX),
          ArgValue(INT64_MIN),
          ArgValue(0.5),
          ArgValue(std::numeric_limits<double>::quiet_NaN()),
          ArgValue(true),
          ArgValue("Mean"),
          ArgValue(Ints{}),
          ArgValue(Ints{0, -3, INT64_MAX}),
          ArgValue(std::vector<double>{1e300, -1}),
          ArgValue(TensorArg::undefined()),
          ArgValue(TensorType(DType::Float32, {})),
          ArgValue(TensorType(DType::Int64, {0, 3})),
          ArgValue(TensorType(DType::Float32, {2, 3, 4, 5})),
          ArgValue(std::vector<TensorArg>{}),
          ArgValue(B.unknown("odd"))};
}
const char *const OptionNames[] = {
    "in_features", "out_features", "bias", "in_channels", "out_channels", "kernel_size", "stride",
    "padding", "dilation", "groups", "output_padding", "padding_mode", "num_features", "affine",
    "track_running_stats", "momentum", "eps", "normalized_shape", "num_groups", "num_channels",
    "size", "scale_factor", "mode", "dim", "p", "inplace", "num_embeddings", "embedding_dim",
    "padding_idx", "max_norm", "output_size", "output_ratio", "input_size", "hidden_size",
    "num_layers", "bidirectional", "batch_first", "embed_dim", "num_heads", "d_model", "nhead",
    "num_parameters", "upscale_factor", "pad", "cutoffs", "n_classes", "div_value", "reduction",
    "weight", "norm_type", "in1_features", "in2_features", "sizes", "kdim", "vdim", "proj_size",
    "encoder_layer", "encoder_layer.d_model", "decoder_layer", "decoder_layer.d_model"};

/// No combination of options and inputs may crash a rule. Deterministic.
class OddInputs : public LayerTest {
protected:
  uint32_t State = 12345;
  uint32_t next(size_t Bound) {
    State = State * 1664525u + 1013904223u;
    return static_cast<uint32_t>((State >> 8) % Bound);
  }
  Options options(const std::vector<ArgValue> &Values) {
    Options O;
    for (const char *Name : OptionNames)
      if (next(3) != 0)
        O.push_back({Name, next(2) ? ArgValue(int64_t{1} + next(4)) : Values[next(Values.size())]});
    return O;
  }
  Inputs inputs(const std::vector<ArgValue> &Values) {
    Inputs In(next(5));
    for (ArgValue &V : In)
      V = next(3) ? ArgValue(input(Ints(next(5), 1 + next(4)))) : Values[next(Values.size())];
    return In;
  }
};

TEST_F(OddInputs, NeverCrashALayer) {
  std::vector<ArgValue> Values = oddValues(B);
  for (llvm::ArrayRef<LayerDef> Family : layerFamilies())
    for (const LayerDef &L : Family)
      for (int Round = 0; Round < 60; ++Round) {
        Graph.Calls.clear();
        Graph.Modules.resize(1);
        ModuleId M = B.addModule(ModuleId::Root, "m", L.Name.split("::").first, {});
        Options O = options(Values);
        buildLayer(*findLayer(L.Name.split("::").first), B, M, O);
        runLayer(L, B, M, O, inputs(Values), next(2) != 0);
      }
}
TEST_F(OddInputs, NeverCrashAFunction) {
  std::vector<ArgValue> Values = oddValues(B);
  for (llvm::ArrayRef<FunctionalDef> Family : functionalFamilies())
    for (const FunctionalDef &F : Family)
      for (int Round = 0; Round < 60; ++Round)
        runFunctional(F, B, options(Values), inputs(Values), next(2) != 0);
}
TEST_F(OddInputs, UnknownInputsAreNeverAnError) {
  UnknownId Why = B.unknown("not known");
  for (llvm::ArrayRef<FunctionalDef> Family : functionalFamilies())
    for (const FunctionalDef &F : Family) {
      std::vector<TensorArg> R = runFunctional(F, B, {}, Inputs(4, ArgValue(Why)), false);
      ASSERT_EQ(R.size(), F.ResultCount) << F.Name.str();
      for (const TensorArg &T : R)
        EXPECT_FALSE(T.known()) << F.Name.str();
      EXPECT_TRUE(Graph.Findings.empty())
          << F.Name.str() << ": " << Graph.Findings.front().Message;
      Graph.Findings.clear();
    }
}
} // namespace
