// A constructor that is a template, also one that takes a pack of no arguments.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper 2>&1 | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --model 'Sized<Body>(5)' %s %paper 2>&1 | FileCheck %s --check-prefix=GIVEN
#include <memory>
#include <torch/torch.h>

struct BodyImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  BodyImpl(int out = 4) { fc = register_module("fc", torch::nn::Linear(8, out)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Body);

template <class Inner> struct Wrapper : torch::nn::Module {
  Inner inner;
  template <class... Args> Wrapper(Args &&...args) : inner(args...) { this->register_module("inner", inner); }
  torch::Tensor forward(torch::Tensor x) { return inner->forward(x); }
};
template struct Wrapper<Body>;
// CHECK: model 'Wrapper': 32 MAC, 36 parameters

template <class Inner> struct Sized : torch::nn::Module {
  Inner inner;
  template <class Size> Sized(Size out) : inner(out) { this->register_module("inner", inner); }
  torch::Tensor forward(torch::Tensor x) { return inner->forward(x); }
};
template struct Sized<Body>;
// CHECK: model 'Sized': not reconstructed
// CHECK: no constructor of 'Sized' takes no arguments{{.*}}; give --model 'Sized(...)'
// GIVEN: 40 MAC, 45 parameters
