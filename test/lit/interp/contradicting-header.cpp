// Of the files that complete one, only that whose header contradicts the others is left out.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/.git
// RUN: cd %t && %clang_energy --fail-level=never net.cpp %paper 2>&1 | FileCheck %s
// CHECK: model 'Net': 32 MAC, 36 parameters
// CHECK: 2 of 2 calls understood

//--- net.h
#pragma once
#include <torch/torch.h>
struct PartImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  PartImpl(int out);
  torch::Tensor forward(torch::Tensor x);
};
TORCH_MODULE(Part);
struct NetImpl : torch::nn::Module {
  Part part{nullptr};
  NetImpl(int out);
  torch::Tensor forward(torch::Tensor x) { return part(x); }
};
TORCH_MODULE(Net);

//--- net.cpp
#include "net.h"
struct Settings {
  int out;
};
NetImpl::NetImpl(int out) { part = register_module("part", Part(out)); }

//--- part.cpp
#include "net.h"
PartImpl::PartImpl(int out) { fc = register_module("fc", torch::nn::Linear(8, out)); }
torch::Tensor PartImpl::forward(torch::Tensor x) { return fc(x); }

//--- settings.h
#pragma once
struct Settings {
  double out;
};

//--- a_use.cpp
#include "net.h"
#include "settings.h"
void other(Settings settings) { Net net(static_cast<int>(settings.out)); }

//--- use.cpp
#include "net.h"
int main() {
  Net net(4);
  net->forward(torch::zeros({1, 8}));
}
