// The constructor that make_unique calls, and methods, of a class that is no module are
// found in the file that defines them, whatever its name.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/.git
// RUN: cd %t && %clang_energy --fail-level=never net.cpp %paper 2>&1 | FileCheck %s
// CHECK: model 'Net': 60 MAC, 66 parameters

//--- widths.h
#pragma once
#include <cstdint>
struct Widths {
  int64_t N;
  Widths(int64_t n);
  int64_t doubled() const;
};

//--- numbers.cpp
#include "./widths.h"
Widths::Widths(int64_t n) : N(n) {}
int64_t Widths::doubled() const { return 2 * N; }

//--- net.cpp
#include <memory>
#include <torch/torch.h>
#include "./widths.h"
struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl() {
    auto widths = std::make_unique<Widths>(5);
    fc = register_module("fc", torch::nn::Linear(widths->doubled(), 6));
  }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Net);
