// VGG-11: features from a constant table, zero standing for a pooling layer.
#include <torch/torch.h>
#include <vector>

namespace nn = torch::nn;

static const std::vector<int> kConfigA = {64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0};

class VGG11 : public nn::Module {
public:
  VGG11(int num_classes) : num_classes_(num_classes) {
    int in_channels = 3;
    for (size_t i = 0; i < kConfigA.size(); i++) {
      if (kConfigA[i] == 0) {
        features_->push_back(nn::MaxPool2d(nn::MaxPool2dOptions(2).stride(2)));
        continue;
      }
      features_->push_back(
          nn::Conv2d(nn::Conv2dOptions(in_channels, kConfigA[i], 3).stride(1).padding(1)));
      features_->push_back(nn::ReLU());
      in_channels = kConfigA[i];
    }
    register_module("features", features_);

    classifier_ = register_module("classifier", nn::Sequential());
    classifier_->push_back("fc6", nn::Linear(512 * 7 * 7, 4096));
    classifier_->push_back("relu6", nn::Functional(torch::relu));
    classifier_->push_back("drop6", nn::Dropout(0.5));
    classifier_->push_back("fc7", nn::Linear(4096, 4096));
    classifier_->push_back("relu7", nn::Functional(torch::relu));
    classifier_->push_back("drop7", nn::Dropout(0.5));
    classifier_->push_back("fc8", nn::Linear(4096, num_classes_));
  }

  torch::Tensor forward(torch::Tensor x) {
    x = features_->forward(x);
    x = torch::adaptive_avg_pool2d(x, {7, 7});
    x = torch::flatten(x, 1);
    return classifier_->forward(x);
  }

private:
  int num_classes_;
  nn::Sequential features_;
  nn::Sequential classifier_{nullptr};
};
