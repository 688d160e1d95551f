// MobileNetV2: a table of settings, widths rounded in floating point, a block
// derived from SequentialImpl, depthwise convolutions.
#include <algorithm>
#include <cmath>
#include <torch/torch.h>
#include <vector>

namespace {

int64_t make_divisible(double value, int64_t divisor, int64_t min_value = 0) {
  if (min_value == 0)
    min_value = divisor;
  auto result = std::max(min_value, static_cast<int64_t>(value + divisor / 2) / divisor * divisor);
  if (result < 0.9 * value)
    result += divisor;
  return result;
}

struct ConvBNReLUImpl : torch::nn::SequentialImpl {
  ConvBNReLUImpl(int64_t in, int64_t out, int64_t kernel = 3, int64_t stride = 1,
                 int64_t groups = 1) {
    const int64_t padding = (kernel - 1) / 2;
    push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, kernel)
                                    .stride(stride)
                                    .padding(padding)
                                    .groups(groups)
                                    .bias(false)));
    push_back(torch::nn::BatchNorm2d(out));
    push_back(torch::nn::Functional(torch::nn::Functional(torch::relu6)));
  }
  torch::Tensor forward(torch::Tensor x) { return torch::nn::SequentialImpl::forward(x); }
};
TORCH_MODULE(ConvBNReLU);

struct InvertedResidualImpl : torch::nn::Module {
  bool use_res_connect;
  torch::nn::Sequential conv;

  InvertedResidualImpl(int64_t in, int64_t out, int64_t stride, double expand_ratio) {
    TORCH_CHECK(stride == 1 || stride == 2);
    const auto hidden = static_cast<int64_t>(std::round(in * expand_ratio));
    use_res_connect = stride == 1 && in == out;
    if (expand_ratio != 1)
      conv->push_back(ConvBNReLU(in, hidden, 1));
    conv->push_back(ConvBNReLU(hidden, hidden, 3, stride, hidden));
    conv->push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(hidden, out, 1).bias(false)));
    conv->push_back(torch::nn::BatchNorm2d(out));
    register_module("conv", conv);
  }

  torch::Tensor forward(torch::Tensor x) {
    if (use_res_connect)
      return x + conv->forward(x);
    return conv->forward(x);
  }
};
TORCH_MODULE(InvertedResidual);

struct Setting {
  int64_t t, c, n, s;
};

} // namespace

struct MobileNetV2Impl : torch::nn::Module {
  int64_t last_channel;
  torch::nn::Sequential features, classifier;

  explicit MobileNetV2Impl(int64_t num_classes = 1000, double width_mult = 1.0,
                           std::vector<Setting> settings = {}, int64_t round_nearest = 8) {
    int64_t input_channel = 32;
    last_channel = 1280;
    if (settings.empty())
      settings = {{1, 16, 1, 1}, {6, 24, 2, 2},  {6, 32, 3, 2}, {6, 64, 4, 2},
                  {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}};
    input_channel = make_divisible(input_channel * width_mult, round_nearest);
    last_channel = make_divisible(last_channel * std::max(1.0, width_mult), round_nearest);

    features->push_back(ConvBNReLU(3, input_channel, 3, 2));
    for (const auto &setting : settings) {
      const auto output_channel = make_divisible(setting.c * width_mult, round_nearest);
      for (int64_t i = 0; i < setting.n; ++i) {
        const int64_t stride = i == 0 ? setting.s : 1;
        features->push_back(InvertedResidual(input_channel, output_channel, stride, setting.t));
        input_channel = output_channel;
      }
    }
    features->push_back(ConvBNReLU(input_channel, last_channel, 1));

    classifier->push_back(torch::nn::Dropout(0.2));
    classifier->push_back(torch::nn::Linear(last_channel, num_classes));
    register_module("features", features);
    register_module("classifier", classifier);
  }

  torch::Tensor forward(torch::Tensor x) {
    x = features->forward(x);
    x = x.mean({2, 3});
    return classifier->forward(x);
  }
};
TORCH_MODULE(MobileNetV2);
