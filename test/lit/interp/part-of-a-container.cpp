// A class that only a model of another file contains is its part: constructed as
// there, and called with what the whole passes on.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/.git
// RUN: cd %t && %clang_energy --fail-level=never block.cpp %paper 2>&1 | FileCheck %s
// RUN: cd %t && %clang_energy --fail-level=never --input 5x12 block.cpp %paper 2>&1 | FileCheck --check-prefix=GIVEN %s
// RUN: cd %t && %clang_energy --fail-level=never lone.cpp %paper 2>&1 | FileCheck --check-prefix=LONE %s

// CHECK: model 'Block': 36 MAC, 39 parameters
// CHECK: input 'x' 1x12 {{.*}}what 'Net' passes on
// GIVEN: model 'Block': 180 MAC, 39 parameters
// GIVEN: input 'x' 5x12 float32 (given)

// Nothing contains this one: its argument stays unknown.
// LONE: model 'Lone': not reconstructed
// LONE: constructor argument 'width' of 'Lone' is not known

//--- model.h
#pragma once
#include <torch/torch.h>
struct BlockImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  BlockImpl(int64_t in);
  torch::Tensor forward(torch::Tensor x);
};
TORCH_MODULE(Block);
struct NetImpl : torch::nn::Module {
  torch::nn::Linear first{nullptr};
  Block block{nullptr};
  NetImpl();
  torch::Tensor forward(torch::Tensor x);
};
TORCH_MODULE(Net);
struct LoneImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  LoneImpl(int64_t width);
  torch::Tensor forward(torch::Tensor x);
};
TORCH_MODULE(Lone);

//--- block.cpp
#include "model.h"
BlockImpl::BlockImpl(int64_t in) { fc = register_module("fc", torch::nn::Linear(in, 3)); }
torch::Tensor BlockImpl::forward(torch::Tensor x) { return fc(x); }

//--- net.cpp
#include "model.h"
NetImpl::NetImpl() {
  first = register_module("first", torch::nn::Linear(4, 12));
  block = register_module("block", Block(12));
}
torch::Tensor NetImpl::forward(torch::Tensor x) { return block->forward(first(x)); }

//--- lone.cpp
#include "model.h"
LoneImpl::LoneImpl(int64_t width) { fc = register_module("fc", torch::nn::Linear(width, 3)); }
torch::Tensor LoneImpl::forward(torch::Tensor x) { return fc(x); }
