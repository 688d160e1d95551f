// What LibTorch throws for in the calls that a layer makes is an error where the layer is called.
// RUN: not %clang_energy --input x=5x2x8 --input mask=5x6 %s -- -std=c++17 2>&1 | FileCheck %s
// RUN: %clang_energy --fail-level=never --input x=5x2x8 --input mask=5x5 %s -- -std=c++17 2>&1 | FileCheck %s --check-prefix=FITS
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::MultiheadAttention attn{8, 2};
  NetImpl() { register_module("attn", attn); }
  torch::Tensor forward(torch::Tensor x, torch::Tensor mask) {
    return std::get<0>(attn->forward(x, x, x, {}, false, mask));
    // CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: 'aten::add_' rejects its arguments: sizes 5 and 6 do not match at dimension 2
  }
};
TORCH_MODULE(Net);
// FITS: 28 of 28 calls understood
