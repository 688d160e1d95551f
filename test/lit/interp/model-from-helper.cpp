// --model may call what only other files define: they are read for it.
// RUN: %clang_energy --input=1x8 --model 'Net(wide(3))' %s %paper -I%S/Inputs/expression-helper | FileCheck %s
#include "settings.h"
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  explicit NetImpl(Settings s) { fc = register_module("fc", torch::nn::Linear(8, s.width)); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Net);
// CHECK: model 'Net' as Net(wide(3)): 120 MAC, 135 parameters
