// Beside `Net() {}` the constructor that makes the layers counts. An argument that only a
// member keeps is what the class initialises that member with, unless --set says more.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --set=_classes=5 %s %paper | FileCheck %s --check-prefix=SET
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  NetImpl() {}
  NetImpl(int _classes, int width = 4) {
    classes = _classes;
    body = register_module("body", torch::nn::Linear(8, width));
    head = register_module("head", torch::nn::Linear(width, classes));
  }
  torch::Tensor forward(torch::Tensor x) { return head->forward(body->forward(x)); }

private:
  torch::nn::Linear body{nullptr}, head{nullptr};
  int classes = 3;
};
TORCH_MODULE(Net);
// CHECK: model 'Net': 44 MAC, 51 parameters
// CHECK: assumed: '_classes' is 3, as member 'classes' is initialised
// SET: model 'Net': 52 MAC, 61 parameters
// SET-NOT: as member 'classes' is initialised

// Nothing says what the member is: not 0.
struct OpenImpl : torch::nn::Module {
  OpenImpl() {}
  OpenImpl(int out) : size(out) { head = register_module("head", torch::nn::Linear(8, size)); }
  torch::Tensor forward(torch::Tensor x) { return head->forward(x); }
  torch::nn::Linear head{nullptr};
  int size = 0;
};
TORCH_MODULE(Open);
// CHECK: model 'Open': not reconstructed
// CHECK: give --set out=VALUE
