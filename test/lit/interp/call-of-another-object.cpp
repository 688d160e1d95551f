// Two objects of one class: what the program passes to the second is no mistake of the first.
// RUN: %clang_energy --fail-level=never %s %paper 2>&1 | FileCheck %s --implicit-check-not=energy-shape-error
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl(int in) { fc = register_module("fc", torch::nn::Linear(in, 4)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Net);

int main() {
  Net wide(384);
  Net narrow(128);
  narrow->forward(torch::rand({2, 128}));
}
// CHECK: model 'Net'
// CHECK-NEXT: input 'x' 1x384 float32 (inferred: 384 follows from 'fc' in_features 384)
