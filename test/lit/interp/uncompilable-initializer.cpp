// A variable whose initialiser does not compile has no value that would be known.
// RUN: %clang_energy --input=2x8 --explain-unknowns --fail-level=never %s %paper 2>&1 | FileCheck %s
#include <torch/torch.h>
#include <vector>

static int width = absent::width();

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl() { fc = register_module("fc", torch::nn::Linear(8, 8)); }
  torch::Tensor attend(torch::Tensor q) {
    torch::Tensor a = torch::does_not_exist(q, q);
    return a.relu();
  }
  torch::Tensor shaped(torch::Tensor q) { return q.view({width, -1}); }
  torch::Tensor declared(torch::Tensor q) {
    torch::Tensor a;
    return a.defined() ? a : q.relu();
  }
  torch::Tensor forward(torch::Tensor x) {
    x = declared(fc(x));
    return shaped(x) + attend(x);
  }
};
TORCH_MODULE(Net);
// CHECK: 3 of 5 calls understood
// CHECK-DAG: does not compile against this LibTorch: no member named 'does_not_exist' in namespace 'torch' ({{.*}}:12:{{[0-9]+}})
// CHECK-DAG: does not compile against this LibTorch: use of undeclared identifier 'absent' ({{.*}}:6:{{[0-9]+}})
