// Lists that --set gives, as C++, JSON or with commas alone; what is no number is said.
// RUN: %clang_energy --input=1x8 --fail-level=never --set sizes=8,6 %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --set 'sizes={8, 6}' %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --set 'sizes=[8,6]' %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --set sizes=8x6 %s %paper | FileCheck %s --check-prefix=BAD
#include <torch/torch.h>
#include <vector>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl(std::vector<int64_t> sizes) { fc = register_module("fc", torch::nn::Linear(sizes[0], sizes[1])); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Net);
// CHECK: model 'Net': 48 MAC, 54 parameters
// BAD-NOT: error:
// BAD: the value '8x6' of an option is no integer
