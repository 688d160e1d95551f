// Each input gets a size of its own; the report says which layer fixed it.
// RUN: %clang_energy --fail-level=never %s %paper 2>&1 | FileCheck %s
#include <torch/torch.h>

struct TwoImpl : torch::nn::Module {
  torch::nn::Linear left{register_module("left", torch::nn::Linear(6, 4))};
  torch::nn::Linear right{register_module("right", torch::nn::Linear(10, 4))};
  torch::Tensor forward(torch::Tensor a, torch::Tensor b) { return left(a) + right(b); }
};
TORCH_MODULE(Two);
// CHECK: model 'Two': 64 MAC, 72 parameters
// CHECK: input 'a' 1x6 float32 (inferred: 6 follows from 'left' in_features 6)
// CHECK: input 'b' 1x10 float32 (inferred: 10 follows from 'right' in_features 10)

struct FreeImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(3, 4, 3))};
  torch::Tensor forward(torch::Tensor x) { return conv(x); }
};
TORCH_MODULE(Free);
// CHECK: input 'x' 1x3x224x224 float32 (assumed: the model takes other sizes as well; 224x224 is conventional)

// No size fits: none is claimed.
struct NoneImpl : torch::nn::Module {
  torch::nn::Linear a{register_module("a", torch::nn::Linear(6, 4))};
  torch::nn::Linear b{register_module("b", torch::nn::Linear(5, 4))};
  torch::Tensor forward(torch::Tensor x) { return b(a(x)); }
};
TORCH_MODULE(None);
// CHECK: model 'None':
// CHECK-NOT: inferred
