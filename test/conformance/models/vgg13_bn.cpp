// VGG-13 with batch normalisation: configurations by name in a map, a free
// make_layers function that returns a Sequential.
#include <torch/torch.h>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace torch::nn;

constexpr int kPool = -1;

const std::map<std::string, std::vector<int>> &vgg_configs() {
  static const std::map<std::string, std::vector<int>> configs{
      {"A", {64, kPool, 128, kPool, 256, 256, kPool, 512, 512, kPool, 512, 512, kPool}},
      {"B", {64, 64, kPool, 128, 128, kPool, 256, 256, kPool, 512, 512, kPool, 512, 512, kPool}},
  };
  return configs;
}

Sequential make_layers(const std::vector<int> &config, bool batch_norm) {
  Sequential layers;
  int64_t channels = 3;
  for (int v : config) {
    if (v == kPool) {
      layers->push_back(MaxPool2d(MaxPool2dOptions({2, 2}).stride({2, 2})));
    } else {
      layers->push_back(Conv2d(Conv2dOptions(channels, v, 3).padding(1)));
      if (batch_norm)
        layers->push_back(BatchNorm2d(BatchNorm2dOptions(v)));
      layers->push_back(ReLU(ReLUOptions().inplace(true)));
      channels = v;
    }
  }
  return layers;
}

class VGGImpl : public Module {
public:
  VGGImpl(const std::string &name, bool batch_norm, int64_t num_classes = 1000,
          double dropout = 0.5) {
    auto found = vgg_configs().find(name);
    if (found == vgg_configs().end())
      throw std::invalid_argument("no configuration " + name);
    features = register_module("features", make_layers(found->second, batch_norm));
    classifier = register_module(
        "classifier",
        Sequential(Linear(512 * 7 * 7, 4096), ReLU(), Dropout(DropoutOptions(dropout)),
                   Linear(LinearOptions(4096, 4096)), ReLU(), Dropout(dropout),
                   Linear(4096, num_classes)));
    for (auto &module : modules(/*include_self=*/false)) {
      if (auto conv = dynamic_cast<Conv2dImpl *>(module.get()))
        init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
      else if (auto linear = dynamic_cast<LinearImpl *>(module.get()))
        init::normal_(linear->weight, 0, 0.01);
    }
  }

  torch::Tensor forward(const torch::Tensor &input) {
    auto x = pool(features->forward(input));
    x = x.flatten(1);
    return classifier->forward(x);
  }

private:
  Sequential features{nullptr};
  AdaptiveAvgPool2d pool = register_module("pool", AdaptiveAvgPool2d(7));
  Sequential classifier{nullptr};
};
TORCH_MODULE(VGG);
