// Layers found by their name and changed: name() is the demangled class, or what the
// constructor says.
// RUN: %clang_energy --summary --input=1x3x8x8 %s | FileCheck %s
#include <torch/torch.h>

struct NamedImpl : torch::nn::Module {
  NamedImpl() : torch::nn::Module("other") {}
  torch::Tensor forward(torch::Tensor x) { return x; }
};
TORCH_MODULE(Named);

struct NetImpl : torch::nn::Module {
  torch::nn::Sequential layers;
  NetImpl() {
    layers->push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 4, 3).stride(2).padding(1)));
    layers->push_back(torch::nn::ReLU());
    layers->push_back(Named());
    register_module("layers", layers);
    for (auto m : modules()) {
      if (m->name() == "torch::nn::Conv2dImpl")
        m->as<torch::nn::Conv2d>()->options.stride(1);
      if (m->name() == "NamedImpl" || m->name() == "NetImpl2")
        throw std::runtime_error("a wrong name");
      if (m->name() == "other")
        layers->push_back(torch::nn::Conv2d(4, 5, 1));
    }
  }
  torch::Tensor forward(torch::Tensor x) { return layers->forward(x); }
};
TORCH_MODULE(Net);
// CHECK: layers.0 {{ *}}Conv2d {{ *}}1x3x8x8 {{ *}}1x4x8x8
// CHECK: layers.3 {{ *}}Conv2d {{ *}}1x4x8x8 {{ *}}1x5x8x8
