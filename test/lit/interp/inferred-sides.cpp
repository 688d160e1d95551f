// Sizes that no usual square or vector fits: images with two sides, sides that the program names,
// features that are multiplied or joined before a layer takes them.
// RUN: %clang_energy --fail-level=never %s %paper 2>&1 | FileCheck %s
#include <torch/torch.h>

// 200x100 leaves 98x48.
struct RectangleImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(3, 4, 5))};
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4 * 98 * 48, 4))};
  torch::Tensor forward(torch::Tensor x) {
    x = torch::max_pool2d(conv(x), 2);
    return fc(x.view({x.size(0), -1}));
  }
};
TORCH_MODULE(Rectangle);
// CHECK: model 'Rectangle'
// CHECK-NEXT: input 'x' 1x3x100x200 float32 (inferred: 100x200 follows from 'fc' in_features 18816)

// The constructor tells both sides, and the view is what they fit.
struct NamedImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(3, 4, 5))};
  torch::nn::Linear fc{nullptr};
  int64_t n;
  NamedImpl(int64_t channels, int64_t height, int64_t width) {
    n = conv(torch::zeros({1, channels, height, width})).numel();
    fc = register_module("fc", torch::nn::Linear(n, 4));
  }
  torch::Tensor forward(torch::Tensor x) { return fc(conv(x).view({-1, n})); }
};
TORCH_MODULE(Named);
// CHECK: model 'Named'
// CHECK-NEXT: input 'x' 1x3x51x97 float32

// A model that takes any size has the one that the program means.
constexpr int64_t image_size = 72;
struct AnyImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(2, 4, 5))};
  torch::Tensor forward(torch::Tensor x) { return conv(x).mean({2, 3}); }
};
TORCH_MODULE(Any);
// CHECK: model 'Any'
// CHECK-NEXT: input 'x' 1x2x72x72 float32 (assumed: the model takes other sizes as well; 72x72 as 'image_size' says)

// Three coordinates become 63 features; a direction joins them later.
struct FieldImpl : torch::nn::Module {
  torch::nn::Linear first{register_module("first", torch::nn::Linear(63, 32))};
  torch::nn::Linear second{register_module("second", torch::nn::Linear(32 + 8, 4))};
  torch::Tensor encoded(torch::Tensor x) {
    std::vector<torch::Tensor> all = {x};
    for (int i = 0; i < 10; ++i) {
      all.push_back(torch::sin(x * (1 << i)));
      all.push_back(torch::cos(x * (1 << i)));
    }
    return torch::cat(all, -1);
  }
  torch::Tensor forward(torch::Tensor x, torch::Tensor d) {
    return second(torch::cat({first(encoded(x)), d.repeat({1, 4})}, 1));
  }
};
TORCH_MODULE(Field);
// CHECK: model 'Field'
// CHECK-NEXT: input 'x' 1x3 float32 (inferred
// CHECK-NEXT: input 'd' 1x2 float32 (inferred: 2 follows from 'second' in_features 40)

// A table with a row for each of 5x6 patches, and three more.
struct PatchesImpl : torch::nn::Module {
  torch::nn::Conv2d proj{register_module("proj", torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 8, 40).stride(40)))};
  torch::Tensor first = register_parameter("first", torch::randn({1, 3, 8}));
  torch::Tensor table = register_parameter("table", torch::randn({1, 3 + 5 * 6, 8}));
  torch::Tensor forward(torch::Tensor x) {
    auto patches = proj(x).flatten(2).transpose(1, 2);
    return torch::cat({first.expand({x.size(0), -1, -1}), patches}, 1) + table;
  }
};
TORCH_MODULE(Patches);
// CHECK: model 'Patches'
// CHECK-NEXT: input 'x' 1x1x224x240 float32

// No sides give a prime number of features.
struct PrimeImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(3, 1, 1))};
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(104729, 4))};
  torch::Tensor forward(torch::Tensor x) { return fc(conv(x).flatten(1)); }
};
TORCH_MODULE(Prime);
// CHECK: model 'Prime': not reconstructed

int main() {
  Named named(3, 51, 97);
}
