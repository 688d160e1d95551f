// A class derived from a holder that adds members and constructors: its values are objects; what
// is copied into a plain holder is only the layer.
// RUN: %clang_energy --dump=graph --model Net --input 1x3x16x16 %s %paper 2>&1 | FileCheck %s
// RUN: not %clang_energy --model Empty --input 1x3x16x16 %s %paper 2>&1 | FileCheck %s --check-prefix=EMPTY
#include <torch/torch.h>

class Doubled : public torch::nn::Conv2d {
public:
  Doubled() : torch::nn::Conv2d(nullptr) {}
  Doubled(int64_t in, int64_t out, int64_t times_) : torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3)), times(times_) {
    impl_->register_parameter("gain", torch::ones({out}));
  }
  torch::Tensor forward(torch::Tensor x) { return get()->forward(x) * times; }
  int64_t times = 0;
};

struct NetImpl : torch::nn::Module {
  Doubled *made;
  Doubled kept;
  Doubled absent;
  torch::nn::Conv2d plain{nullptr};
  NetImpl() : made(new Doubled(3, 4, 2)), kept(4, 5, 2) {
    register_module("made", *made);
    register_module("kept", kept);
    if (!absent.is_empty())
      register_module("absent", absent);
    plain = Doubled(5, 6, 2);
    register_module("plain", plain);
  }
  torch::Tensor forward(torch::Tensor x) {
    x = kept.forward(made->forward(x));
    x = plain->forward(x);
    absent = *made;
    return absent(x.slice(1, 0, 3));
  }
};
TORCH_MODULE(Net);
// CHECK: aten::conv2d input=f32[1,3,16,16] weight=f32[4,3,3,3]
// CHECK: aten::mul.Scalar self=f32[1,4,14,14] other=2
// CHECK: aten::conv2d input=f32[1,4,14,14] weight=f32[5,4,3,3]
// CHECK: aten::mul.Scalar self=f32[1,5,12,12] other=2
// CHECK: aten::conv2d input=f32[1,5,12,12] weight=f32[6,5,3,3]
// CHECK-NOT: aten::mul
// CHECK: aten::conv2d input=f32[1,3,10,10] weight=f32[4,3,3,3]
// CHECK-NOT: aten::mul
// CHECK-NOT: unknown

struct EmptyImpl : torch::nn::Module {
  Doubled absent;
  torch::Tensor forward(torch::Tensor x) { return absent.forward(x); }
};
TORCH_MODULE(Empty);
// EMPTY: 'forward' is called on nothing
