// A configuration that no caller makes is the default one. Members without a value say
// which --set gives it; --set names any member.
// RUN: %clang_energy --fail-level=never --explain-unknowns %s %paper | FileCheck %s
// RUN: %clang_energy --fail-level=never --set=hidden=16 %s %paper | FileCheck %s --check-prefix=HIDDEN
// RUN: %clang_energy --fail-level=never --set=hidden=16 --set=classes=4 --set=widths=32,8 %s %paper \
// RUN:   | FileCheck %s --check-prefix=ALL
#include <torch/torch.h>
#include <vector>

struct Configuration {
  int features = 8;
  int hidden;
  int classes = 2;
  std::vector<int64_t> widths;
};

struct NetImpl : torch::nn::Module {
  torch::nn::Sequential body;
  torch::nn::Linear head{nullptr};
  explicit NetImpl(const Configuration &c) {
    body->push_back(torch::nn::Linear(c.features, c.hidden));
    int width = c.hidden;
    for (int64_t next : c.widths) {
      body->push_back(torch::nn::Linear(width, next));
      width = next;
    }
    register_module("body", body);
    head = register_module("head", torch::nn::Linear(width, c.classes));
  }
  torch::Tensor forward(torch::Tensor x) { return head->forward(body->forward(x)); }
};
TORCH_MODULE(Net);

// CHECK: 'hidden' is read before it has a value
// CHECK-SAME: --set hidden=VALUE
// HIDDEN: model 'Net': {{.*}} 178 parameters
// ALL: model 'Net': {{.*}} 988 parameters

// What a default configuration that nobody gave is rejected for is no error of the user's.
struct Shape {
  int width = -1;
};
struct WideImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  explicit WideImpl(const Shape &shape) { fc = register_module("fc", torch::nn::Linear(shape.width, 4)); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Wide);
// CHECK-NOT: error:
// CHECK: assumed: 'shape' is a default 'Shape'
// CHECK: 'Linear' gets a parameter 'weight' of negative size -1
