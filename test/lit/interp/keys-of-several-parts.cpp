// A table of tensors under keys made of numbers and devices.
// RUN: %clang_energy --input=2x8 --fail-level=never %s %paper | FileCheck %s
#include <torch/torch.h>
#include <unordered_map>
#include <utility>

using Key = std::pair<int64_t, torch::Device>;
struct KeyHash {
  std::size_t operator()(const Key &key) const { return std::hash<int64_t>{}(key.first); }
};

struct NetImpl : torch::nn::Module {
  const at::TensorOptions options;
  std::unordered_map<Key, at::Tensor, KeyHash> masks;
  torch::nn::Linear fc{nullptr};
  NetImpl() {
    fc = register_module("fc", torch::nn::Linear(8, 8));
    register_buffer("alpha", at::tensor(0.5f));
  }
  at::Tensor mask(int64_t size) {
    const auto key = Key{size, options.device()};
    if (masks.find(key) == masks.end())
      masks[key] = torch::ones({size, size}, options.device());
    return masks.at(key);
  }
  torch::Tensor forward(torch::Tensor x) {
    x = torch::matmul(mask(x.size(0)), fc(x));
    return torch::matmul(mask(x.size(0)), x) * named_buffers()["alpha"];
  }
};
TORCH_MODULE(Net);
// 2*8*8 + 2*2*8 + 2*2*8; ones() once
// CHECK: model 'Net': 192 MAC, 72 parameters
// CHECK: 6 of 6 calls understood
