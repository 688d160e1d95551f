// `x.to(y.dtype())` takes a type_meta in C++ and a dtype in the operator's schema.
// RUN: %clang_energy --dump=graph --model 'Net()' --input 2x3 %s 2>/dev/null | FileCheck %s
// RUN: not %clang_energy --fail-level=never --model 'Wrong()' --input 2x3 %s 2>&1 | FileCheck --check-prefix=WRONG %s
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) {
    const auto half = x.to(torch::kHalf).dtype();
    return x.to(half).exp();
    // CHECK: aten::to.dtype {{.*}} -> f16[2,3]  #1
    // CHECK: aten::exp {{.*}} -> f16[2,3]
  }
};
TORCH_MODULE(Net);

// An element type that is not known stays unknown, with the reason.
caffe2::TypeMeta chosen_type();
struct WrongImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) {
    return x.to(chosen_type());
    // WRONG: left out, because 'chosen_type' has no definition
  }
};
TORCH_MODULE(Wrong);
