// Code for LibTorch 1.4 and older: BatchNorm of any rank, Conv2d that is transposed, with_bias, layers,
// rate, stateful, FeatureDropout, AT_CHECK, RNNOutput.
// RUN: %clang_energy --dump=graph --model Net --input 1x3x32x32 %s -- -std=c++17 2>&1 | FileCheck %s
// RUN: %clang_energy --dump=graph --model Net --input 1x3x32x32 %s -- -std=c++14 2>&1 | FileCheck %s
// RUN: not %clang_energy --model Wrong --input 2x4 %s -- -std=c++17 2>&1 | FileCheck %s --check-prefix=WRONG
#include <torch/torch.h>
using namespace torch;

nn::Conv2dOptions options(int64_t in, int64_t out, int64_t kernel, int64_t stride, bool with_bias) {
  nn::Conv2dOptions o(in, out, kernel);
  o.stride(stride);
  o.with_bias(with_bias);
  return o;
}

struct NetImpl : nn::Module {
  nn::Conv2d conv;
  nn::BatchNorm norm;
  nn::FeatureDropout drop;
  nn::Sequential up;
  nn::LSTM lstm;
  nn::GRU gru;
  nn::BatchNorm flat;
  nn::Linear fc;
  NetImpl()
      : conv(options(3, 8, 2, 2, false)), norm(nn::BatchNormOptions(8).eps(0.001).stateful(false)),
        drop(nn::FeatureDropoutOptions().rate(0.2)),
        up(nn::Conv2d(nn::Conv2dOptions(8, 4, 4).stride(2).padding(1).with_bias(false).transposed(true)),
           nn::BatchNorm(4), nn::Functional(torch::relu)),
        lstm(nn::LSTMOptions(16, 12).layers(2)), gru(nn::GRUOptions(12, 10)), flat(10),
        fc(nn::LinearOptions(10, 5).with_bias(false)) {
    register_module("conv", conv);
    register_module("norm", norm);
    register_module("drop", drop);
    register_module("up", up);
    register_module("lstm", lstm);
    register_module("gru", gru);
    register_module("flat", flat);
    register_module("fc", fc);
  }
  Tensor forward(Tensor x) {
    AT_CHECK(x.dim() == 4, "images are expected");
    x = up->forward(drop->forward(norm->forward(conv->forward(x)))).view({1, -1, 16});
    auto out = lstm->forward(x);
    nn::RNNOutput then = gru->forward(out.output);
    Tensor y, state;
    std::tie(y, state) = gru->forward(out.output, then.state);
    IntList last = {-1};
    return fc->forward(flat->forward(y.squeeze(0))).mean(last);
  }
};
TORCH_MODULE(Net);
// CHECK: module conv Conv2d weight=f32[8,3,2,2]{{$}}
// CHECK: module norm BatchNorm weight=f32[8] bias=f32[8]{{$}}
// CHECK: module up.0 Conv2d weight=f32[8,4,4,4]{{$}}
// CHECK: module lstm LSTM {{.*}} weight_ih_l1=
// CHECK: module fc Linear weight=f32[5,10]{{$}}
// CHECK: aten::batch_norm input=f32[1,8,16,16] {{.*}} eps=0.001
// CHECK: aten::feature_dropout {{.*}} p=0.2
// CHECK: aten::conv_transpose2d.input input=f32[1,8,16,16] weight=f32[8,4,4,4] {{.*}} -> f32[1,4,32,32]
// CHECK: aten::lstm.input
// CHECK: aten::gru.input input=f32[1,256,12]
// CHECK: aten::gru.input input=f32[1,256,12] hx=f32[1,256,10]
// CHECK: aten::batch_norm input=f32[256,10]
// CHECK: aten::mean.dim {{.*}} -> f32[256]
// CHECK-NOT: unknown

struct WrongImpl : nn::Module {
  nn::Linear fc{nn::LinearOptions(4, 4).transposed(true)};
  Tensor forward(Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Wrong);
// WRONG: no member named 'transposed'
