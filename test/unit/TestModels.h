/// \file
/// Small models built by hand, without any source file: what the tests of Cost,
/// Checks and Report look at. Sizes are small enough to check by head.
#pragma once
#include "Torch/GraphBuilder.h"
#include "Torch/Layer.h"

namespace energy::test {

/// input [1,3,8,8] -> conv1 3->4, 3x3, padding 1 -> relu_ -> flatten -> fc 256->10.
/// Lines: modules are constructed at 10 and 11, forward is at 20 to 23 of "net.cpp".
class SmallNet {
public:
  ModelGraph Graph;
  torch::GraphBuilder B{Graph};
  ModuleId Conv, Linear;
  TensorArg Input, Scores;

  SmallNet() {
    Graph.Name = "Net";
    Graph.Class = "NetImpl";
    Graph.Expression = "Net()";
    Graph.Location = {"net.cpp", 5, 8};
    B.addModule(ModuleId::Root, "", "NetImpl", {"net.cpp", 5, 8});
    Conv = layer("conv1", "Conv2d", 10,
                 {{"in_channels", 3}, {"out_channels", 4},
                  {"kernel_size", std::vector<int64_t>{3, 3}},
                  {"padding", std::vector<int64_t>{1, 1}}});
    Linear = layer("fc", "Linear", 11, {{"in_features", 256}, {"out_features", 10}});
    Input = B.source({DType::Float32, {1, 3, 8, 8}}, ValueInfo::Origin::Input, "x");
    Graph.Inputs.push_back({"x", Input, "given", ""});

    TensorArg X = run(Conv, 20, Input);
    B.setLocation({"net.cpp", 21, 9});
    X = B.call1("aten::relu_", {{"self", X}});
    B.setLocation({"net.cpp", 22, 9});
    X = B.call1("aten::flatten.using_ints", {{"self", X}, {"start_dim", 1}, {"end_dim", -1}});
    Scores = run(Linear, 23, X);
    Graph.Outputs = {Scores};
  }

  /// A call whose result nobody knows.
  TensorArg callUnknown(unsigned Line) {
    B.setLocation({"net.cpp", Line, 9});
    return B.call1("mylib::magic", {{"self", Scores}});
  }
  TensorArg run(ModuleId M, unsigned Line, TensorArg X) {
    B.setLocation({"net.cpp", Line, 9});
    B.setModule(M);
    const ModuleNode &Node = Graph.module(M);
    std::vector<NamedArg> Options = Node.Options;
    TensorArg Y = torch::runLayer(*torch::findLayer(Node.Type), B, M, Options, {ArgValue(X)},
                                  /*Training=*/false)
                      .front();
    B.setModule(ModuleId::Root);
    return Y;
  }

private:
  ModuleId layer(llvm::StringRef Path, llvm::StringRef Type, unsigned Line,
                 std::vector<NamedArg> Options) {
    SourceSpan Where{"net.cpp", Line, 13};
    ModuleId M = B.addModule(ModuleId::Root, Path, Type, Where);
    B.setLocation(Where);
    Graph.module(M).Options = Options;
    torch::buildLayer(*torch::findLayer(Type), B, M, Options);
    return M;
  }
};

} // namespace energy::test
