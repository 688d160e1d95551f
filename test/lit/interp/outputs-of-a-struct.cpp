// The outputs that a struct holds are listed in the order of its members.
// RUN: %clang_energy --format=json %s | tr -d ' \n' | FileCheck %s
// CHECK: "outputs":{{\[\[1,2\],\[1,3\],\[1,4\],\[1,5\],\[1,6\],\[1,7\]\]}}
#include <torch/torch.h>

struct Heads {
  torch::Tensor a, b, c, d, e, f;
};

struct Net : torch::nn::Module {
  Net() {
    for (int width = 2; width < 8; ++width)
      heads->push_back(torch::nn::Linear(8, width));
    register_module("heads", heads);
  }
  Heads forward(torch::Tensor x) {
    auto head = [&](int i) { return heads[i]->as<torch::nn::Linear>()->forward(x); };
    return {head(0), head(1), head(2), head(3), head(4), head(5)};
  }
  torch::nn::ModuleList heads;
};
