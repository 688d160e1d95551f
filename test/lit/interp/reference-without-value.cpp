// What is handed on by reference before it has a value gets it from the callee.
// RUN: %clang_energy --dump=graph %s 2>&1 | FileCheck %s
#include <torch/torch.h>
namespace nn = torch::nn;

struct EncoderImpl : nn::Module {
  nn::Linear fc{nullptr};
  EncoderImpl(size_t width, size_t &out) {
    out = width * 8;
    fc = register_module("fc", nn::Linear(width, out));
  }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Encoder);

struct NetImpl : nn::Module {
  Encoder encoder{nullptr};
  nn::Linear head{nullptr};
  std::shared_ptr<EncoderImpl> second;
  NetImpl() {
    size_t out;
    encoder = register_module("encoder", Encoder(4, out));
    head = register_module("head", nn::Linear(out, 3));
    int64_t more;
    size_t wide;
    second = register_module("second", std::make_shared<EncoderImpl>(2, wide));
    register_module("unused", nn::Linear(wide, more));
  }
  torch::Tensor forward(torch::Tensor x) { return head(encoder(x)); }
};
TORCH_MODULE(Net);
int main() { Net()(torch::randn({1, 4})); }
// CHECK: head Linear weight=f32[3,32]
// CHECK: second.fc Linear weight=f32[16,2]
// CHECK: unused Linear weight=unknown
// CHECK: -> f32[1,3]
