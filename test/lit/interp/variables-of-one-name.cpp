// Two models that are variables of one name are two models, each at its place.
// RUN: %clang_energy --fail-level=never %s %paper | FileCheck %s
// RUN: %clang_energy --fail-level=never --format=json %s %paper | FileCheck %s --check-prefix=JSON
#include <torch/torch.h>

void first() {
  torch::nn::Sequential net(torch::nn::Linear(4, 64), torch::nn::Linear(64, 3));
  net->forward(torch::zeros({1, 4}));
}
void second() {
  torch::nn::Sequential net(torch::nn::Linear(2, 1), torch::nn::Linear(1, 1));
  net->forward(torch::zeros({5, 2}));
}
// CHECK: model 'net': 448 MAC
// CHECK: model 'net': 15 MAC
// JSON: "line": 7,
// JSON: "line": 11,
