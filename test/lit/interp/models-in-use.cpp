// What is no model: a base of classes that are models, a class that is only declared, a layer within
// a function from tensors to tensors.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/.git
// RUN: cd %t && %clang_energy --fail-level=never net.cpp %paper 2>&1 | FileCheck %s
// RUN: cd %t && %clang_energy --fail-level=never main.cpp %paper 2>&1 | FileCheck %s --check-prefix=MAIN
// RUN: cd %t && %clang_energy --fail-level=never net.h %paper 2>&1 | FileCheck %s --check-prefix=HEADER

// The file implements the base of the models in its header.
// CHECK-NOT: 'Base'
// CHECK-NOT: 'clip'
// CHECK: model 'Small': 8 MAC
// CHECK: model 'Large': 32 MAC
// MAIN-NOT: 'Forgotten'
// MAIN: model 'Small': 8 MAC
// MAIN: model 'Large': 32 MAC
// MAIN-NOT: 'Forgotten'
// Here it is what the file is about.
// HEADER: 'Forgotten' has no definition in the files that were read

//--- net.h
#pragma once
#include <torch/torch.h>
struct BaseImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  BaseImpl(int64_t in, int64_t out);
  torch::Tensor forward(torch::Tensor x);
};
TORCH_MODULE(Base);
struct SmallImpl : BaseImpl {
  SmallImpl() : BaseImpl(4, 2) {}
};
TORCH_MODULE(Small);
struct LargeImpl : BaseImpl {
  LargeImpl() : BaseImpl(8, 4) {}
  torch::Tensor forward(torch::Tensor x) { return BaseImpl::forward(x); }
};
TORCH_MODULE(Large);
struct Forgotten : torch::nn::Module {
  Forgotten(int64_t width);
  torch::Tensor forward(torch::Tensor x);
};

//--- net.cpp
#include "net.h"
torch::Tensor clipped(torch::Tensor x) {
  torch::nn::ReLU6 clip;
  return clip(x);
}
BaseImpl::BaseImpl(int64_t in, int64_t out) { fc = register_module("fc", torch::nn::Linear(in, out)); }
torch::Tensor BaseImpl::forward(torch::Tensor x) { return fc(x); }

//--- main.cpp
#include "net.h"
int main() {
  Small small;
  Large large;
}
