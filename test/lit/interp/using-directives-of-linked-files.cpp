// `using namespace` of one source file does not reach another that is read with it.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/.git
// RUN: cd %t && %clang_energy --fail-level=never --model 'Net(4)' --input 1x8 net.cpp %paper 2>&1 | FileCheck %s
// CHECK: model 'Net' as Net(4): 96 MAC, 108 parameters
// CHECK: 3 of 3 calls understood

//--- net.h
#pragma once
#include <torch/torch.h>
namespace a {
struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl(int out);
  torch::Tensor forward(torch::Tensor x);
  torch::Tensor last(torch::Tensor x);
};
TORCH_MODULE(Net);
} // namespace a

//--- net.cpp
#include "net.h"
using namespace a;
namespace a {
struct Part {
  int width = 3;
};
NetImpl::NetImpl(int out) { fc = register_module("fc", torch::nn::Linear(8, out * Part().width)); }
torch::Tensor NetImpl::forward(torch::Tensor x) { return last(fc(x)); }
} // namespace a

//--- last.cpp
#include "net.h"
namespace b {
struct Part {};
} // namespace b
using namespace b;
static Part part;
torch::Tensor a::NetImpl::last(torch::Tensor x) { return x.relu(); }
