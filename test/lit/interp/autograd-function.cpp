// A function with a gradient of its own executes its forward().
// RUN: %clang_energy --dump=graph --model Net --input 2x3 %s 2>&1 | FileCheck %s
#include <torch/torch.h>
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Swish : torch::autograd::Function<Swish> {
  static torch::Tensor forward(AutogradContext *ctx, torch::Tensor x, double beta) {
    ctx->save_for_backward({x});
    ctx->saved_data["beta"] = beta;
    return x * torch::sigmoid(x * beta);
  }
  static variable_list backward(AutogradContext *ctx, variable_list grads) {
    return {grads[0] * ctx->get_saved_variables()[0], torch::Tensor()};
  }
};
struct Halves : torch::autograd::Function<Halves> {
  static variable_list forward(AutogradContext *ctx, const torch::Tensor &x) {
    ctx->mark_non_differentiable({x});
    return {x.tanh(), x.relu()};
  }
  static variable_list backward(AutogradContext *, variable_list grads) { return grads; }
};

struct NetImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) { return Halves::apply(Swish::apply(x, 1.5))[1]; }
};
TORCH_MODULE(Net);
// CHECK: aten::mul.Scalar self=f32[2,3] other=1.5
// CHECK: aten::sigmoid
// CHECK: aten::mul.Tensor
// CHECK: aten::tanh
// CHECK: aten::relu self=f32[2,3]
// CHECK-NOT: unknown
// CHECK-NOT: saved
