// A GoogLeNet-like network: parallel branches concatenated, a local lambda, a
// private helper, asymmetric kernels.
#include <torch/torch.h>

namespace F = torch::nn::functional;

class BasicConv2dImpl : public torch::nn::Module {
public:
  BasicConv2dImpl(torch::nn::Conv2dOptions options) {
    options.bias(false);
    conv = register_module("conv", torch::nn::Conv2d(options));
    bn = register_module(
        "bn", torch::nn::BatchNorm2d(
                  torch::nn::BatchNorm2dOptions(options.out_channels()).eps(0.001)));
  }
  torch::Tensor forward(torch::Tensor x) {
    x = conv->forward(x);
    x = bn->forward(x);
    return F::relu(x, F::ReLUFuncOptions(true));
  }

private:
  torch::nn::Conv2d conv{nullptr};
  torch::nn::BatchNorm2d bn{nullptr};
};
TORCH_MODULE(BasicConv2d);

class InceptionImpl : public torch::nn::Module {
public:
  InceptionImpl(int64_t in, int64_t ch1x1, int64_t ch3x3red, int64_t ch3x3, int64_t ch5x5red,
                int64_t ch5x5, int64_t pool_proj) {
    using Opt = torch::nn::Conv2dOptions;
    branch1 = register_module("branch1", BasicConv2d(Opt(in, ch1x1, 1)));
    branch2 = register_module(
        "branch2", torch::nn::Sequential(BasicConv2d(Opt(in, ch3x3red, 1)),
                                         BasicConv2d(Opt(ch3x3red, ch3x3, 3).padding(1))));
    // A 5x5 convolution factorised into 5x1 and 1x5.
    branch3 = register_module(
        "branch3",
        torch::nn::Sequential({{"reduce", torch::nn::AnyModule(BasicConv2d(Opt(in, ch5x5red, 1)))},
                               {"column", torch::nn::AnyModule(BasicConv2d(
                                              Opt(ch5x5red, ch5x5, {5, 1}).padding({2, 0})))},
                               {"row", torch::nn::AnyModule(BasicConv2d(
                                           Opt(ch5x5, ch5x5, {1, 5}).padding({0, 2})))}}));
    branch4 = register_module("branch4", BasicConv2d(Opt(in, pool_proj, 1)));
  }

  torch::Tensor forward(torch::Tensor x) {
    std::vector<torch::Tensor> outputs = branches(x);
    return torch::cat(outputs, 1);
  }

private:
  std::vector<torch::Tensor> branches(torch::Tensor x) {
    auto b1 = branch1->forward(x);
    auto b2 = branch2->forward(x);
    auto b3 = branch3->forward(x);
    auto b4 = F::max_pool2d(x, F::MaxPool2dFuncOptions(3).stride(1).padding(1).ceil_mode(true));
    b4 = branch4->forward(b4);
    return {b1, b2, b3, b4};
  }

  BasicConv2d branch1{nullptr}, branch4{nullptr};
  torch::nn::Sequential branch2{nullptr}, branch3{nullptr};
};
TORCH_MODULE(Inception);

class GoogLeNetImpl : public torch::nn::Module {
public:
  GoogLeNetImpl(int64_t classes, bool transform_input = false)
      : transform_input(transform_input) {
    conv1 = register_module(
        "conv1", BasicConv2d(torch::nn::Conv2dOptions(3, 64, 7).stride(2).padding(3)));
    conv2 = register_module("conv2", BasicConv2d(torch::nn::Conv2dOptions(64, 64, 1)));
    conv3 = register_module("conv3", BasicConv2d(torch::nn::Conv2dOptions(64, 192, 3).padding(1)));
    inception3a = register_module("inception3a", Inception(192, 64, 96, 128, 16, 32, 32));
    inception3b = register_module("inception3b", Inception(256, 128, 128, 192, 32, 96, 64));
    inception4a = register_module("inception4a", Inception(480, 192, 96, 208, 16, 48, 64));
    dropout = register_module("dropout", torch::nn::Dropout(0.2));
    fc = register_module("fc", torch::nn::Linear(512, classes));
  }

  torch::Tensor forward(torch::Tensor x) {
    if (transform_input) {
      auto channel = [&x](int64_t i, double scale, double shift) {
        return torch::unsqueeze(x.select(1, i), 1) * scale + shift;
      };
      x = torch::cat({channel(0, 0.229 / 0.5, -0.03), channel(1, 0.224 / 0.5, -0.088),
                      channel(2, 0.225 / 0.5, -0.188)},
                     1);
    }
    auto pool = [](const torch::Tensor &t) {
      return torch::max_pool2d(t, 3, 2, 0, 1, /*ceil_mode=*/true);
    };
    x = pool(conv1->forward(x));
    x = conv3(conv2(x));
    x = pool(x);
    x = inception3a->forward(x);
    x = inception3b->forward(x);
    x = pool(x);
    x = inception4a->forward(x);
    x = torch::adaptive_avg_pool2d(x, {1, 1});
    x = x.view({x.size(0), -1});
    x = dropout->forward(x);
    return torch::log_softmax(fc->forward(x), /*dim=*/1);
  }

private:
  bool transform_input;
  BasicConv2d conv1{nullptr}, conv2{nullptr}, conv3{nullptr};
  Inception inception3a{nullptr}, inception3b{nullptr}, inception4a{nullptr};
  torch::nn::Dropout dropout{nullptr};
  torch::nn::Linear fc{nullptr};
};
TORCH_MODULE(GoogLeNet);
