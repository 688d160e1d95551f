// A model whose constructor argument nothing tells gets no assumed input, and no
// layer of it is called heavy: both would be guesses.
// RUN: %clang_energy %s %paper | FileCheck %s
// RUN: %clang_energy --model 'Net(8)' %s %paper 2>&1 | FileCheck %s --check-prefix=GIVEN
// RUN: %clang_energy --set channels=8 %s %paper 2>&1 | FileCheck %s --check-prefix=GIVEN
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Conv2d conv{nullptr};
  NetImpl(int64_t channels) {
    conv = register_module("conv", torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, 8, 3)));
  }
  torch::Tensor forward(torch::Tensor x) { return torch::relu(conv->forward(x.clone())); }
};
TORCH_MODULE(Net);
// CHECK-NOT: assumed
// CHECK-NOT: energy-heavy-layer
// CHECK: 0 of 3 calls understood
// CHECK: input 'x' cannot be inferred: constructor argument 'channels' of 'Net' is not known ({{.*}}); give --set channels=VALUE:
// GIVEN: layer 'conv' uses about
// GIVEN: input 'x' 1x8x{{.*}} (assumed
// GIVEN: 3 of 3 calls understood

// Several are said in one message, as is what no text can say: a call to complete.
struct TwoImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  TwoImpl(int64_t in, int64_t out) { fc = register_module("fc", torch::nn::Linear(in, out)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Two);
// CHECK: constructor arguments 'in', 'out' of 'Two' are not known ({{.*}}); give --set in=VALUE --set out=VALUE:
struct AroundImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  AroundImpl(torch::nn::Linear inner, int64_t unused) { fc = register_module("fc", inner); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Around);
// CHECK: constructor arguments 'inner', 'unused' of 'Around' are not known ({{.*}}); give --model 'Around(<torch::nn::Linear inner>, <int64_t unused>)'{{$}}
