// The header that CMake's generate_export_header() writes exists in a build directory only.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper 2>&1 | FileCheck %s
#include "net_export.h"
#include <torch/torch.h>

class NET_EXPORT Owner {
  class Part;
};
struct Owner::Part : torch::nn::Module {
  torch::nn::Linear fc{8, 4};
  Part() { register_module("fc", fc); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
// CHECK-NOT: not found
// CHECK: model 'Owner::Part': 32 MAC, 36 parameters
