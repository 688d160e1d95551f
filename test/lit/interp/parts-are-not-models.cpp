// A variable that looks at a layer of an existing module is not a model; one that
// makes a module is.
// RUN: %clang_energy --fail-level=never %s 2>&1 | FileCheck %s
#include <torch/torch.h>

void initialise(torch::nn::Module &root) {
  for (auto &module : root.modules(false)) {
    if (auto *linear = dynamic_cast<torch::nn::LinearImpl *>(module.get()))
      torch::nn::init::zeros_(linear->bias);
    if (auto conv = module->as<torch::nn::Conv2d>())
      torch::nn::init::zeros_(conv->weight);
    if (auto norm = std::dynamic_pointer_cast<torch::nn::LayerNormImpl>(module))
      torch::nn::init::ones_(norm->weight);
  }
}

int main() {
  torch::nn::Sequential net(torch::nn::Linear(4, 8), torch::nn::ReLU());
  torch::nn::Sequential same = net;
  initialise(*net);
  net->forward(torch::ones({2, 4}));
}
// CHECK-NOT: model 'linear'
// CHECK-NOT: model 'conv'
// CHECK-NOT: model 'norm'
// CHECK: model 'net': 64 MAC, 40 parameters
// CHECK-NOT: model 'same'
