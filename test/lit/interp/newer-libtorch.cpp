// Code for a LibTorch whose c10::optional is std::optional compiles against one that has its own.
// RUN: %clang_energy --dump=graph --model Net --input 2x4:int64 %s -- -std=c++17 2>&1 | FileCheck %s
// RUN: not %clang_energy --model Wrong --input 2x4 %s -- -std=c++17 2>&1 | FileCheck %s --check-prefix=WRONG
#include <optional>
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::Tensor table = register_parameter("table", torch::rand({10, 4}));
  std::optional<int64_t> padding;
  std::optional<double> norm = std::nullopt;
  torch::Tensor forward(torch::Tensor x, std::optional<torch::Tensor> scale = std::nullopt) {
    auto e = torch::nn::functional::detail::embedding(x, table, padding, norm, 2.0, false, false);
    auto n = torch::layer_norm(e, {4}, scale, scale);
    std::optional<int64_t> row = torch::nn::EmbeddingOptions(3, 4).padding_idx(padding).padding_idx();
    return n.sum(std::nullopt, true) + n.argmax(row) + at::std(n, std::nullopt, 1, true).clamp(std::nullopt, 3);
  }
};
TORCH_MODULE(Net);
// CHECK: aten::embedding weight=f32[10,4] indices=i64[2,4]
// CHECK: aten::layer_norm input=f32[2,4,4]
// CHECK: aten::sum.dim_IntList {{.*}} -> f32[1,1,1]
// CHECK: aten::argmax {{.*}} -> i64[]
// CHECK-NOT: unknown

struct WrongImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) { return torch::relu(x, x, x); }
};
TORCH_MODULE(Wrong);
// WRONG: does not compile against this LibTorch: too many arguments to function call

// Functions that came later, and an undefined tensor written as a null pointer.
// RUN: %clang_energy --dump=graph --model Attention --input 2x4x16x8 %s -- -std=c++17 2>&1 | FileCheck %s --check-prefix=LATER
struct AttentionImpl : torch::nn::Module {
  at::Tensor scale{nullptr};
  AttentionImpl() { scale = register_parameter("scale", torch::ones({8})); }
  torch::Tensor forward(torch::Tensor x) {
    auto y = torch::scaled_dot_product_attention(x, x, x, {}, 0.0, /*is_causal=*/true) * scale;
    torch::IValue value = y.chunk(2, -1)[0];
    y = at::scaled_dot_product_attention(x, y, value.isTensor() ? value.toTensor() : x);
    return y.view({at::size(y, 0), -1});
  }
};
TORCH_MODULE(Attention);
// LATER: aten::scaled_dot_product_attention query=f32[2,4,16,8] {{.*}} is_causal=true {{.*}} -> f32[2,4,16,8]
// LATER: aten::scaled_dot_product_attention query=f32[2,4,16,8] {{.*}} -> f32[2,4,16,4]
// LATER: aten::view self=f32[2,4,16,4] size=[2,-1] -> f32[2,256]
// LATER-NOT: unknown
