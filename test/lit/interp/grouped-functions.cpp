// torch::fft, torch::linalg and torch::special call operators whose names carry the group.
// RUN: %clang_energy --dump=graph --model Net --input 4x8 %s 2>&1 | FileCheck %s
#include <torch/torch.h>
struct NetImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) {
    auto spectrum = torch::fft::rfft(x, 6, 1);
    auto square = torch::matmul(x, x.t());
    return torch::linalg::inv(square).sum() + spectrum.abs().sum();
  }
};
TORCH_MODULE(Net);
// CHECK: aten::fft_rfft self=f32[4,8] n=6 dim=1 {{.*}}-> c64[4,4]
// CHECK: aten::linalg_inv A=f32[4,4] -> f32[4,4]
// CHECK-NOT: unknown
