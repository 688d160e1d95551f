// A number with which a floating-point tensor is combined decides neither shape nor cost: it need
// not be known. An integer tensor's type depends on it.
// RUN: %clang_energy --dump=graph --model Net --input 2x8 %s %paper 2>&1 | FileCheck %s
// RUN: %clang_energy --explain-unknowns --fail-level=never --model Net --input 2x8 %s %paper 2>&1 | FileCheck %s --check-prefix=KNOWN
// RUN: not %clang_energy --dump=graph --model Counts --input 2x8:int64 %s %paper 2>&1 | FileCheck %s --check-prefix=INT
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{8, 8};
  double scale;
  NetImpl() { register_module("fc", fc); }
  torch::Tensor forward(torch::Tensor x) {
    x = fc(x) * scale - x / scale;
    x = scale * x;
    x = torch::clamp(x, scale, 2 * scale).mul(scale);
    x *= scale;
    return x / x.sum().item<float>();
  }
};
TORCH_MODULE(Net);
// CHECK: aten::mul.Scalar self=f32[2,8] other=None -> f32[2,8]
// CHECK: aten::clamp self=f32[2,8] min=None max=None -> f32[2,8]
// CHECK: aten::div.Scalar self=f32[2,8] other=None -> f32[2,8]
// CHECK-NOT: unknown
// KNOWN: nothing is unknown

struct CountsImpl : torch::nn::Module {
  double scale;
  torch::Tensor forward(torch::Tensor x) { return x * scale; }
};
TORCH_MODULE(Counts);
// INT: aten::mul.Scalar self=i64[2,8] other=None -> unknown: 'scale' is read before it has a value
