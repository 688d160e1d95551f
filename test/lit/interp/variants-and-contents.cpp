// An enumeration that no place in the program fixes is its first variant, as the report says; and
// what is written into a tensor in place changes no shape, whether it is known or not.
// RUN: %clang_energy --fail-level=never --explain-unknowns %s %paper 2>&1 | FileCheck %s
// RUN: %clang_energy --fail-level=never --model Head --set kind=5 %s %paper 2>&1 | FileCheck %s --check-prefix=SET
#include <torch/torch.h>

enum class Kind { Classes = 2, Boxes = 5 };
struct HeadImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  Kind kind;
  HeadImpl(Kind kind) : kind(kind) {
    switch (kind) {
    case Kind::Classes:
      fc = register_module("fc", torch::nn::Linear(8, 3));
      break;
    case Kind::Boxes:
      fc = register_module("fc", torch::nn::Linear(8, 4));
      break;
    }
  }
  torch::Tensor forward(torch::Tensor x) { return kind == Kind::Boxes ? fc(x).relu() : fc(x); }
};
TORCH_MODULE(Head);
// CHECK: model 'Head': 24 MAC
// CHECK: assumed: 'kind' is 'Classes', the first 'Kind'; --set kind=NUMBER gives another
// SET: model 'Head': 32 MAC
// SET-NOT: the first 'Kind'

torch::Tensor stored(const char *name);
struct LoadedImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4, 3))};
  LoadedImpl() {
    for (auto &p : parameters())
      p.copy_(stored("weights"));
  }
  torch::Tensor forward(torch::Tensor x) {
    auto y = fc(x);
    y.copy_(stored("mean"));
    y += undeclared(x);
    return y * 2;
  }
};
TORCH_MODULE(Loaded);
// CHECK: model 'Loaded': 12 MAC
// CHECK: 3 of 5 calls understood
// CHECK: left out, because 'stored' has no definition
// CHECK-NEXT: aten::copy_
// CHECK: an in-place operator

// Where the shape changes as well, nothing is known of it.
struct ReshapedImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4, 3))};
  torch::Tensor forward(torch::Tensor x) { return fc(x).unsqueeze_(stored("axis").item<int>()).relu(); }
};
TORCH_MODULE(Reshaped);
// CHECK: model 'Reshaped'
// CHECK: left out
// CHECK: aten::relu
