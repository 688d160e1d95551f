// A shape error is an error at the line of the call, with the numbers, and status 1.
// RUN: cd %S && not %clang_energy --input=1x3x32x32 shape-error.cpp %paper | FileCheck %s
// RUN: %status 1 %clang_energy --input=1x3x32x32 %s %paper
// RUN: %status 0 %clang_energy --input=1x3x32x32 --fail-level=never %s %paper
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Conv2d conv{nullptr};
  NetImpl() { conv = register_module("conv", torch::nn::Conv2d(torch::nn::Conv2dOptions(4, 8, 3))); }
  torch::Tensor forward(torch::Tensor x) {
    return conv->forward(x);
    // CHECK: {{^}}shape-error.cpp:[[#@LINE-1]]:{{[0-9]+}}: error: {{.*}}channels{{.*}} [energy-shape-error]
  }
};
TORCH_MODULE(Net);
// CHECK: 0 of 1 call understood
