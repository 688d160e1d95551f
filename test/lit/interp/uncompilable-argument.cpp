// A method called with what does not compile is called on its object all the same.
// RUN: not %clang_energy --model Net --input 2x4 %s %paper 2>&1 | FileCheck %s
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{4, 3};
  NetImpl() { register_module("fc", fc); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(undeclared(x)) + own(x.absent); }
  torch::Tensor own(torch::Tensor x) { return x; }
};
TORCH_MODULE(Net);
// CHECK: model 'Net': not reconstructed
// CHECK: left out, because the code here does not compile
// CHECK: in 'fc' at
