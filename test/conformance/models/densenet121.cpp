// DenseNet-121: concatenated features, layer names built from numbers, classes
// derived from SequentialImpl, children looked up by name.
#include <string>
#include <torch/torch.h>
#include <vector>

using torch::nn::BatchNorm2d;
using torch::nn::Conv2d;
using torch::nn::Conv2dOptions;
using Options = torch::nn::Conv2dOptions;

struct DenseLayerImpl : torch::nn::SequentialImpl {
  double drop_rate;

  DenseLayerImpl(int64_t num_input_features, int64_t growth_rate, int64_t bn_size, double drop_rate)
      : drop_rate(drop_rate) {
    push_back("norm1", BatchNorm2d(num_input_features));
    push_back("relu1", torch::nn::Functional(torch::relu));
    push_back("conv1",
              Conv2d(Options(num_input_features, bn_size * growth_rate, 1).stride(1).bias(false)));
    push_back("norm2", BatchNorm2d(bn_size * growth_rate));
    push_back("relu2", torch::nn::Functional(torch::relu));
    push_back("conv2",
              Conv2d(Options(bn_size * growth_rate, growth_rate, 3).stride(1).padding(1).bias(false)));
  }

  torch::Tensor forward(torch::Tensor x) {
    auto new_features = torch::nn::SequentialImpl::forward(x);
    if (drop_rate > 0)
      new_features = torch::dropout(new_features, drop_rate, is_training());
    return torch::cat({x, new_features}, 1);
  }
};
TORCH_MODULE(DenseLayer);

struct DenseBlockImpl : torch::nn::SequentialImpl {
  DenseBlockImpl(int64_t num_layers, int64_t num_input_features, int64_t bn_size,
                 int64_t growth_rate, double drop_rate) {
    for (int64_t i = 0; i < num_layers; ++i) {
      auto layer = DenseLayer(num_input_features + i * growth_rate, growth_rate, bn_size, drop_rate);
      push_back("denselayer" + std::to_string(i + 1), layer);
    }
  }
  torch::Tensor forward(torch::Tensor x) { return torch::nn::SequentialImpl::forward(x); }
};
TORCH_MODULE(DenseBlock);

struct TransitionImpl : torch::nn::SequentialImpl {
  TransitionImpl(int64_t in, int64_t out) {
    push_back("norm", BatchNorm2d(in));
    push_back("relu", torch::nn::Functional(torch::relu));
    push_back("conv", Conv2d(Options(in, out, 1).stride(1).bias(false)));
    push_back("pool", torch::nn::Functional([](const torch::Tensor &input) {
                return torch::avg_pool2d(input, 2, 2, 0, false, true);
              }));
  }
  torch::Tensor forward(torch::Tensor x) { return torch::nn::SequentialImpl::forward(x); }
};
TORCH_MODULE(Transition);

struct DenseNetImpl : torch::nn::Module {
  torch::nn::Sequential features{nullptr};
  torch::nn::Linear classifier{nullptr};

  explicit DenseNetImpl(int64_t num_classes = 1000, int64_t growth_rate = 32,
                        const std::vector<int64_t> &block_config = {6, 12, 24, 16},
                        int64_t num_init_features = 64, int64_t bn_size = 4,
                        double drop_rate = 0) {
    features = torch::nn::Sequential();
    features->push_back(
        "conv0", Conv2d(Options(3, num_init_features, 7).stride(2).padding(3).bias(false)));
    features->push_back("norm0", BatchNorm2d(num_init_features));
    features->push_back("relu0", torch::nn::Functional(torch::relu));
    features->push_back(
        "pool0", torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(3).stride(2).padding(1)));

    auto num_features = num_init_features;
    for (size_t i = 0; i < block_config.size(); ++i) {
      auto num_layers = block_config[i];
      DenseBlock block(num_layers, num_features, bn_size, growth_rate, drop_rate);
      features->push_back("denseblock" + std::to_string(i + 1), block);
      num_features = num_features + num_layers * growth_rate;
      if (i != block_config.size() - 1) {
        auto trans = Transition(num_features, num_features / 2);
        features->push_back("transition" + std::to_string(i + 1), trans);
        num_features = num_features / 2;
      }
    }
    features->push_back("norm5", BatchNorm2d(num_features));
    classifier = torch::nn::Linear(num_features, num_classes);

    register_module("features", features);
    register_module("classifier", classifier);

    for (auto &module : modules(/*include_self=*/false)) {
      if (auto M = dynamic_cast<torch::nn::Conv2dImpl *>(module.get()))
        torch::nn::init::kaiming_normal_(M->weight);
      else if (auto M = dynamic_cast<torch::nn::BatchNorm2dImpl *>(module.get())) {
        torch::nn::init::constant_(M->weight, 1);
        torch::nn::init::constant_(M->bias, 0);
      } else if (auto M = dynamic_cast<torch::nn::LinearImpl *>(module.get()))
        torch::nn::init::constant_(M->bias, 0);
    }
  }

  torch::Tensor forward(torch::Tensor x) {
    auto out = features->forward(x);
    out = torch::relu_(out);
    out = torch::adaptive_avg_pool2d(out, {1, 1});
    out = out.view({out.size(0), -1});
    return classifier->forward(out);
  }
};
TORCH_MODULE(DenseNet);
