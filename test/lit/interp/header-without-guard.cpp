// A header without a guard is the same header for the file that defines the model and
// for the one that constructs it. Included twice by one file it stays an error.
// RUN: rm -rf %t && split-file %s %t && mkdir %t/.git
// RUN: cd %t && %clang_energy --fail-level=never net.cpp %paper 2>&1 | FileCheck %s
// RUN: cd %t && %clang_energy --fail-level=never twice.cpp %paper 2>&1 | FileCheck --check-prefix=TWICE %s
// CHECK: model 'Net': 14 MAC, 16 parameters
// What else the other file makes is no model of this one.
// CHECK-NOT: model '
// TWICE: redefinition of 'Twice'

//--- net.h
#include <torch/torch.h>
class Net : public torch::nn::Module {
public:
  Net(int classes);
  torch::Tensor forward(torch::Tensor x);

private:
  torch::nn::Linear fc{nullptr};
};

//--- net.cpp
#include "net.h"
Net::Net(int classes) { fc = register_module("fc", torch::nn::Linear(7, classes)); }
torch::Tensor Net::forward(torch::Tensor x) { return fc(x); }

//--- train.cpp
#include "net.h"
int main() {
  torch::nn::Linear other(3, 4);
  Net net(2);
  net.forward(torch::randn({1, 7}));
}

//--- twice.h
#include <torch/torch.h>
struct Twice : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(7, 2))};
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};

//--- twice.cpp
#include "twice.h"
#include "twice.h"
