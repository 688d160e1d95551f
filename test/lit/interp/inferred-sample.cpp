// `view({-1, N})` takes several times the size that is meant, as several samples: the size of
// which the sample stays whole is inferred. A model that calls nothing takes anything.
// RUN: %clang_energy --fail-level=never %s %paper 2>&1 | FileCheck %s
#include <torch/torch.h>

struct DigitsImpl : torch::nn::Module {
  torch::nn::Conv2d a{register_module("a", torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 16, 3).stride(2).padding(1)))};
  torch::nn::Conv2d b{register_module("b", torch::nn::Conv2d(torch::nn::Conv2dOptions(16, 32, 3).stride(2).padding(1)))};
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(32 * 7 * 7, 10))};
  torch::Tensor forward(torch::Tensor x) {
    x = torch::relu(b(torch::relu(a(x))));
    return fc(x.view({-1, 32 * 7 * 7}));
  }
};
TORCH_MODULE(Digits);
// CHECK: model 'Digits': 270 kMAC
// CHECK: input 'x' 1x1x28x28 float32 (inferred: 28x28 follows from line [[#@LINE-5]])

// Frames that are meant to become samples still do.
struct FramesImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(8, 4))};
  torch::Tensor forward(torch::Tensor x) {
    auto frames = fc(x);
    return frames.view({-1, 4}).narrow(0, 0, x.size(1));
  }
};
TORCH_MODULE(Frames);
// CHECK: model 'Frames':
// CHECK: input 'x' 1x16x8 float32

struct SameImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) { return x; }
};
TORCH_MODULE(Same);
// CHECK: model 'Same': its forward() calls nothing of LibTorch
// CHECK: 0 of 0 calls understood
