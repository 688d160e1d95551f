// What a model turns out to need while it is interpreted is looked for in the other files of
// the repository: the constructor of a class that only the place uses that constructs the
// model, and what that calls in turn.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/.git
// RUN: cd %t && %clang_energy --fail-level=never net.cpp %paper 2>&1 | FileCheck %s
// CHECK: model 'Net': 60 MAC, 66 parameters

// Members are unknown where no file defines the constructor; the rest of the class is not.
// RUN: cd %t && %clang_energy --fail-level=never other.cpp %paper 2>&1 | FileCheck --check-prefix=OTHER %s
// OTHER: model 'Other': 32 MAC, 36 parameters

//--- samples.h
#pragma once
#include <cstdint>
#include <vector>
class Samples {
  int64_t Width;
public:
  explicit Samples(bool training);
  std::vector<int64_t> shape() const;
};
class Remote {
  int64_t Width;
public:
  explicit Remote(const char *place);
  std::vector<int64_t> shape() const { return {8}; }
};

//--- scale.h
#pragma once
int scale(int n);

//--- data.cpp
#include "samples.h"
#include "scale.h"
Samples::Samples(bool training) : Width(scale(training ? 5 : 1)) {}
std::vector<int64_t> Samples::shape() const { return {Width}; }

//--- numbers.cpp
#include "scale.h"
int scale(int n) { return 2 * n; }

//--- net.h
#pragma once
#include <torch/torch.h>
struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  explicit NetImpl(const std::vector<int64_t> &shape);
  torch::Tensor forward(torch::Tensor x);
};
TORCH_MODULE(Net);

//--- net.cpp
#include "net.h"
NetImpl::NetImpl(const std::vector<int64_t> &shape) {
  fc = register_module("fc", torch::nn::Linear(shape[0], 6));
}
torch::Tensor NetImpl::forward(torch::Tensor x) { return fc(x); }

//--- main.cpp
#include "net.h"
#include "samples.h"
int main() {
  auto samples = std::make_shared<Samples>(true);
  Net net(samples->shape());
}

//--- other.cpp
#include <torch/torch.h>
#include "samples.h"
struct OtherImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  explicit OtherImpl(const std::vector<int64_t> &shape) {
    fc = register_module("fc", torch::nn::Linear(shape[0], 4));
  }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Other);
int main() {
  Remote remote("far away");
  Other other(remote.shape());
}
