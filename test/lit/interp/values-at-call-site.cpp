// Constructor arguments and inputs are what they are at the place of the call:
// statements before it that change a variable count, those after it do not.
// RUN: %clang_energy --summary --fail-level=never %s 2>&1 | FileCheck %s
#include <torch/torch.h>

struct Config {
  int width = 4;
  std::vector<int> sizes;
};

struct NetImpl : torch::nn::Module {
  torch::nn::Conv2d conv{nullptr};
  NetImpl(Config c) { conv = register_module("conv", torch::nn::Conv2d(c.width, c.sizes.back(), 3)); }
  torch::Tensor forward(torch::Tensor x) { return conv(x); }
};
TORCH_MODULE(Net);

int main() {
  Config c;
  c.width = 6;
  for (int i = 0; i < 3; ++i)
    c.sizes.push_back(8 * i);
  Net net(c);
  torch::Tensor x = torch::randn({2, 3, 20, 20});
  x = torch::randn({1, 6, 10, 10});
  auto y = net(x);
  x = torch::zeros({5});
}
// CHECK-NOT: energy-shape-error
// CHECK: model 'Net': 55.3 kMAC, 880 parameters
// CHECK-NEXT: input 'x' 1x6x10x10 float32 (call site)
// One model, not a second one that the call's object would be.
// CHECK: parameters {{ *}}880 (with buffers 3.44 KiB)

// What LibTorch would reject outside of the model is no error of the model.
struct OtherImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  OtherImpl(int64_t n) { fc = register_module("fc", torch::nn::Linear(n, 3)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Other);
void use_other() {
  torch::Tensor bad = torch::randn({2, 3}).matmul(torch::randn({2, 3}));
  Other other(bad.size(1));
}
// CHECK: model 'Other': not reconstructed
// CHECK: left out, because 'aten::matmul' rejects its arguments
