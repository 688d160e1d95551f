// What takes an input first tells its size, in the order of execution, whatever the order
// of registration.
// RUN: %clang_energy --fail-level=never %s %paper 2>&1 | FileCheck %s
#include <cmath>
#include <stdexcept>
#include <torch/torch.h>
#include <vector>
namespace F = torch::nn::functional;

// A diffusion model: an image and a time step, the innermost layer registered first.
struct DenoiserImpl : torch::nn::Module {
  torch::nn::Conv2d inner{register_module("inner", torch::nn::Conv2d(8, 8, 3))};
  torch::nn::Linear embed{register_module("embed", torch::nn::Linear(50, 8))};
  torch::nn::Conv2d outer{register_module("outer", torch::nn::Conv2d(3, 8, 3))};
  torch::Tensor table = torch::rand({100, 50});
  torch::Tensor forward(torch::Tensor x, torch::Tensor t) {
    auto v = embed(table.index_select(0, t)).unsqueeze(-1).unsqueeze(-1);
    return inner(outer(x) + v);
  }
};
TORCH_MODULE(Denoiser);
// CHECK: model 'Denoiser'
// CHECK-NEXT: input 'x' 1x3x224x224 float32
// CHECK-NEXT: input 't' 1 int64

// No usual side gives 300 features: more side, more features.
struct OddSideImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(1, 3, 4))};
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(3 * 118 * 118, 4))};
  torch::Tensor forward(torch::Tensor x) { return fc(conv(x).flatten(1)); }
};
TORCH_MODULE(OddSide);
// CHECK: model 'OddSide'
// CHECK-NEXT: input 'x' 1x1x121x121 float32 (inferred: 121x121 follows from 'fc' in_features 41772)

// Two alike, neither of which fits beside another size.
struct PairImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(20, 4))};
  torch::Tensor forward(torch::Tensor a, torch::Tensor b) {
    return fc(torch::cat({a.unsqueeze(2), b.unsqueeze(2)}, 2).flatten(1).view({-1, 20}));
  }
};
TORCH_MODULE(Pair);
// CHECK: model 'Pair'
// CHECK-NEXT: input 'a' [[SHAPE:[0-9x]+]] float32
// CHECK-NEXT: input 'b' [[SHAPE]] float32

// What only grows begins with a latent vector.
struct DecoderImpl : torch::nn::Module {
  torch::nn::ConvTranspose2d up{register_module("up", torch::nn::ConvTranspose2d(16, 3, 4))};
  torch::Tensor forward(torch::Tensor z) { return up(z); }
};
TORCH_MODULE(Decoder);
// CHECK: model 'Decoder'
// CHECK-NEXT: input 'z' 1x16x1x1 float32

// Parameters without a layer.
struct PlainImpl : torch::nn::Module {
  torch::Tensor weight = register_parameter("weight", torch::rand({12, 5}));
  torch::Tensor forward(torch::Tensor x) { return x.matmul(weight); }
};
TORCH_MODULE(Plain);
// CHECK: model 'Plain'
// CHECK-NEXT: input 'x' 1x12 float32

// The program's own checks tell sizes too.
struct CheckedImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(3, 4, 3))};
  torch::Tensor forward(torch::Tensor x) {
    if (x.size(3) % 48 != 0)
      throw std::invalid_argument("not a multiple of 48");
    return conv(x);
  }
};
TORCH_MODULE(Checked);
// CHECK: model 'Checked'
// CHECK-NEXT: input 'x' 1x3x96x96 float32 (inferred: 96x96 follows from line [[# @LINE - 6]])

// Weights drawn one by one into a container are data: the work goes into the model.
struct DrawnImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(900, 900))};
  DrawnImpl() {
    std::vector<double> w(900 * 900);
    for (double &v : w)
      v = std::sin(v) + 1.0;
  }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Drawn);
// CHECK: model 'Drawn': 810 kMAC

// An input that nothing uses is no trouble, and its place is kept.
struct UnusedImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(9, 4))};
  torch::Tensor forward(torch::Tensor unused, torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Unused);
// CHECK: model 'Unused'
// CHECK: input 'x' 1x9 float32
// CHECK: of {{[0-9]+}} calls understood

// The number of tokens is that of the positions, which is not in the model's layers.
struct TokensImpl : torch::nn::Module {
  torch::nn::Embedding words{register_module("words", torch::nn::Embedding(1000, 8))};
  torch::nn::Embedding places{register_module("places", torch::nn::Embedding(512, 8))};
  torch::Tensor forward(torch::Tensor ids) {
    auto positions = torch::arange(77, torch::kInt64).unsqueeze(0).expand_as(ids);
    return words(ids) + places(positions);
  }
};
TORCH_MODULE(Tokens);
// CHECK: model 'Tokens'
// CHECK: input 'ids' 1x77 int64 (inferred
// CHECK: 6 of 6 calls understood
