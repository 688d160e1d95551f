// An argument that only the head needs does not keep the input from being assumed, and
// what no size can resolve is not searched for: the first, conventional size stays.
// RUN: %clang_energy %s %paper | FileCheck %s
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Conv2d conv{nullptr};
  torch::nn::Linear head{nullptr};
  NetImpl(int64_t channels, int64_t classes) {
    conv = register_module("conv", torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, 8, 3)));
    head = register_module("head", torch::nn::Linear(8, classes));
  }
  torch::Tensor forward(torch::Tensor x) { return head(torch::relu(conv(x)).mean({2, 3})); }
};
TORCH_MODULE(Net);
Net make(int64_t classes) { return Net(3, classes); }
// CHECK: input 'x' 1x3x224x224 float32 (assumed)
// CHECK: 3 of 5 calls understood
// CHECK: 'classes' is a parameter of 'make'
