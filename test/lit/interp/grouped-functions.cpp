// torch::fft, torch::linalg and torch::special call operators whose names carry the group.
// RUN: %clang_energy --dump=graph --model Net --input 4x8 %s 2>&1 | FileCheck %s
#include <torch/torch.h>
struct NetImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) {
    auto spectrum = torch::fft::rfft(x, 6, 1);
    auto square = torch::matmul(x, x.t());
    auto back = torch::conj(torch::fft::fftn(x, {}, {-1}, "ortho"));
    return torch::linalg::inv(square).sum() + spectrum.abs().sum() + back.abs().sum();
  }
};
TORCH_MODULE(Net);
// CHECK: aten::fft_rfft self=f32[4,8] n=6 dim=1 {{.*}}-> c64[4,4]
// CHECK: aten::fft_fftn self=f32[4,8] s=None dim=[-1] norm="ortho" -> c64[4,8]
// CHECK: aten::linalg_inv A=f32[4,4] -> f32[4,4]
// CHECK-NOT: unknown
