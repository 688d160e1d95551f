// A wide residual network for 32x32 images: blocks and activation are template
// parameters, the depth decides the number of blocks, pre-activation.
#include <memory>
#include <torch/torch.h>

template <typename Activation> struct PreActBlock : torch::nn::Module {
  PreActBlock(int in, int out, int stride, float dropout_rate) : equal(in == out && stride == 1) {
    bn1 = register_module("bn1", torch::nn::BatchNorm2d(in));
    conv1 = register_module(
        "conv1", torch::nn::Conv2d(
                     torch::nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).bias(false)));
    bn2 = register_module("bn2", torch::nn::BatchNorm2d(out));
    conv2 = register_module(
        "conv2",
        torch::nn::Conv2d(torch::nn::Conv2dOptions(out, out, 3).padding(1).bias(false)));
    activation = register_module("activation", Activation());
    if (dropout_rate > 0.f)
      dropout = register_module("dropout", torch::nn::Dropout(dropout_rate));
    if (!equal)
      shortcut = register_module(
          "shortcut",
          torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 1).stride(stride).bias(false)));
  }

  torch::Tensor forward(torch::Tensor x) {
    auto out = activation(bn1(x));
    auto identity = equal ? x : shortcut(out);
    out = conv1(out);
    out = activation(bn2(out));
    if (!dropout.is_empty())
      out = dropout(out);
    return torch::add(conv2(out), identity);
  }

  bool equal;
  torch::nn::BatchNorm2d bn1{nullptr}, bn2{nullptr};
  torch::nn::Conv2d conv1{nullptr}, conv2{nullptr}, shortcut{nullptr};
  torch::nn::Dropout dropout{nullptr};
  Activation activation{nullptr};
};

template <template <typename> class Block, typename Activation = torch::nn::ReLU>
class WideResNet : public torch::nn::Cloneable<WideResNet<Block, Activation>> {
public:
  WideResNet(int depth, int widen_factor, int num_classes = 10, float dropout_rate = 0.3f)
      : depth(depth), widen_factor(widen_factor), num_classes(num_classes),
        dropout_rate(dropout_rate) {
    reset();
  }

  void reset() override {
    if ((depth - 4) % 6 != 0)
      throw std::runtime_error("depth should be 6n+4");
    const int n = (depth - 4) / 6;
    const int widths[] = {16, 16 * widen_factor, 32 * widen_factor, 64 * widen_factor};
    conv = this->register_module(
        "conv", torch::nn::Conv2d(
                    torch::nn::Conv2dOptions(3, widths[0], 3).padding(1).bias(false)));
    for (int group = 0; group < 3; ++group) {
      auto blocks = torch::nn::Sequential();
      for (int i = 0; i < n; i++)
        blocks->push_back(std::make_shared<Block<Activation>>(
            i == 0 ? widths[group] : widths[group + 1], widths[group + 1],
            (i == 0 && group > 0) ? 2 : 1, dropout_rate));
      groups[group] = this->register_module("group" + std::to_string(group), blocks);
    }
    bn = this->register_module("bn", torch::nn::BatchNorm2d(widths[3]));
    fc = this->register_module("fc", torch::nn::Linear(widths[3], num_classes));
  }

  torch::Tensor forward(torch::Tensor x) {
    x = conv->forward(x);
    for (auto &group : groups)
      x = group->forward(x);
    x = torch::relu(bn(x));
    x = torch::avg_pool2d(x, 8);
    x = x.reshape({-1, x.size(1)});
    return fc(x);
  }

private:
  int depth, widen_factor, num_classes;
  float dropout_rate;
  torch::nn::Conv2d conv{nullptr};
  torch::nn::Sequential groups[3] = {nullptr, nullptr, nullptr};
  torch::nn::BatchNorm2d bn{nullptr};
  torch::nn::Linear fc{nullptr};
};

using WRN16x4 = WideResNet<PreActBlock>;
using LeakyWRN16x2 = WideResNet<PreActBlock, torch::nn::LeakyReLU>;
