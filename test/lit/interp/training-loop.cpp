// A training loop changes no layer: it is not followed to know what a variable is. What
// could change one and takes too long to follow is said.
// RUN: %clang_energy %s %paper | FileCheck %s
#include <torch/torch.h>

void train(torch::nn::Sequential &net, const torch::Tensor &batch) {
  for (int64_t epoch = 0; epoch < 1000000000; ++epoch)
    net->forward(batch);
}

int main() {
  torch::nn::Sequential judge(torch::nn::Linear(6, 4), torch::nn::Linear(4, 1));
  judge->to(torch::kCPU);
  torch::Tensor batch;
  for (int64_t epoch = 0; epoch < 1000000000; ++epoch) {
    judge->train();
    judge->zero_grad();
    batch = torch::randn({5, 6});
    auto loss = judge->forward(batch).mean();
    loss.backward();
  }
  // CHECK: model 'judge': 140 MAC, 33 parameters
  // CHECK-NEXT: input 'input' 5x6 float32 (call site)
  // CHECK-NEXT: understood

  torch::nn::Sequential trained(torch::nn::Linear(6, 3));
  train(trained, torch::randn({2, 6}));
  trained->forward(torch::randn({7, 6}));
  // CHECK: model 'trained': 126 MAC, 21 parameters
  // CHECK: assumed: what starts at training-loop.cpp:27 is too long to follow and changes no layer
}
