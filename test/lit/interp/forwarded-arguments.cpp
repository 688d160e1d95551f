// make_shared and module holders hand their arguments on to a constructor, and
// Clang's overload resolution says which, also for arguments without a value yet.
// RUN: %clang_energy --summary --fail-level=never %s 2>&1 | FileCheck %s
#include <torch/torch.h>
#include <tuple>
using torch::nn::AnyModule;

struct EmbedImpl : torch::nn::Module {
  torch::nn::Conv2d proj{nullptr};
  EmbedImpl(int64_t size = 32, int64_t patch = 4, int64_t dim = 8, AnyModule norm = AnyModule(), bool flat = true)
      : EmbedImpl(std::make_tuple(size, size), std::make_tuple(patch, patch), dim, norm, flat) {}
  EmbedImpl(std::tuple<int64_t, int64_t> size, std::tuple<int64_t, int64_t> patch, int64_t dim = 8,
            AnyModule norm = AnyModule(), bool flat = true) {
    int64_t p = std::get<0>(patch);
    proj = register_module("proj", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, dim, p).stride(p)));
  }
  torch::Tensor forward(torch::Tensor x) { return proj(x).flatten(2).transpose(1, 2); }
};
TORCH_MODULE(Embed);

struct BlockImpl : torch::nn::Module {
  AnyModule attention;
  BlockImpl(int64_t dim, AnyModule of) : attention(std::move(of)) {
    register_module("attention", attention.ptr());
  }
  torch::Tensor forward(torch::Tensor x) {
    auto m = attention.ptr()->as<torch::nn::MultiheadAttention>();
    return std::get<0>(m->forward(x, x, x));
  }
};
TORCH_MODULE(Block);

struct NetImpl : torch::nn::Module {
  AnyModule first, second;
  std::vector<std::shared_ptr<BlockImpl>> blocks;
  NetImpl(int64_t size = 32, int64_t dim = 8) {
    first = AnyModule(Embed(size, 4, dim, AnyModule(), true));
    register_module("first", first.ptr());
    auto made = std::make_shared<EmbedImpl>(size, 4, dim, AnyModule(), true);
    register_module("second", made);
    second = AnyModule(Embed(made));
    for (int i = 0; i < 2; ++i) {
      blocks.push_back(std::make_shared<BlockImpl>(
          dim, AnyModule(torch::nn::MultiheadAttention(torch::nn::MultiheadAttentionOptions(dim, 2)))));
      register_module("block" + std::to_string(i), blocks.back());
    }
  }
  torch::Tensor forward(torch::Tensor x) {
    x = first.forward(x) + second.forward<torch::Tensor>(x);
    for (auto &block : blocks)
      x = block->forward(x);
    return x;
  }
};
TORCH_MODULE(Net);

// Which of two constructors the static types choose, the values alone cannot say.
struct WideImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  WideImpl(int64_t n) { fc = register_module("fc", torch::nn::Linear(n, 2)); }
  WideImpl(double scale) { fc = register_module("fc", torch::nn::Linear(10 * scale, 2)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Wide);

int main() {
  Net net;
  net(torch::randn({1, 3, 32, 32}));
  auto wide = std::make_shared<WideImpl>(2.0);
  wide->forward(torch::randn({1, 20}));
}
// CHECK-NOT: energy-shape-error
// CHECK: model 'Net': 84.0 kMAC, 1.36 k parameters
// CHECK: 63 of 63 calls understood
// CHECK: model 'Wide': 40 MAC, 42 parameters
