// --batch sets the batch dimension of the inputs, wherever they come from, and says so.
// RUN: %clang_energy --batch 8 --model Site %s %paper | FileCheck %s --check-prefix=SITE
// RUN: %clang_energy --batch 8 --model Commented %s %paper | FileCheck %s --check-prefix=COMMENT
// RUN: %clang_energy --batch 8 --model Inferred %s %paper | FileCheck %s --check-prefix=INFERRED
// RUN: %clang_energy --batch 8 --model Commented --input 2x4 --input 2 %s %paper | FileCheck %s --check-prefix=GIVEN
// RUN: %clang_energy --batch 8 --model Flat %s %paper | FileCheck %s --check-prefix=FLAT
// RUN: %status 1 %clang_energy --batch 8 --model OneOnly %s %paper | FileCheck %s --check-prefix=ONE
#include <torch/torch.h>

struct SiteImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4, 3))};
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Site);
// SITE: 96 MAC,
// SITE: input 'x' 8x4 float32 (call site: first dimension 2 set to 8 by --batch)

// A mask of another first size keeps it. clang-energy: input(1x4, steps=1, mask=5x4)
struct CommentedImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4, 3))};
  torch::Tensor forward(torch::Tensor x, torch::Tensor steps, torch::Tensor mask = {}) {
    return fc(x) + steps.unsqueeze(1);
  }
};
TORCH_MODULE(Commented);
// COMMENT: input 'x' 8x4 float32 (comment: first dimension 1 set to 8 by --batch)
// COMMENT: input 'steps' 8 float32 (comment: first dimension 1 set to 8 by --batch)
// COMMENT: input 'mask' 5x4 float32 (comment)
// GIVEN: input 'x' 8x4 float32 (given: first dimension 2 set to 8 by --batch)
// GIVEN: input 'steps' 8 float32 (given: first dimension 2 set to 8 by --batch)

struct InferredImpl : torch::nn::Module {
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(1, 10, 5))};
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(5760, 10))};
  torch::Tensor forward(torch::Tensor x) { return fc(conv(x).flatten(1)); }
};
TORCH_MODULE(Inferred);
// INFERRED: input 'x' 8x1x28x28 float32 ({{.*}}first dimension 1 set to 8 by --batch)

struct FlatImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4, 3))};
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Flat);
// FLAT: input 'x' 4 float32 (call site: --batch changes nothing: no batch dimension)

struct OneOnlyImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(4, 3))};
  torch::Tensor forward(torch::Tensor x) { return fc(x.view({1, 4})); }
};
TORCH_MODULE(OneOnly);
// ONE: batch.cpp:[[#@LINE-3]]:{{.*}}error: {{.*}}
// ONE: input 'x' 8x4 float32 (call site: first dimension 1 set to 8 by --batch)

int main() {
  Site site;
  site->forward(torch::randn({2, 4}));
  Flat flat;
  flat->forward(torch::randn({4}));
  OneOnly one;
  one->forward(torch::randn({1, 4}));
}
