// AlexNet: two literal Sequential blocks, an Impl class and its holder.
#include <torch/torch.h>

struct AlexNetImpl : torch::nn::Module {
  explicit AlexNetImpl(int64_t num_classes = 1000) {
    features = torch::nn::Sequential(
        torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 64, 11).stride(4).padding(2)),
        torch::nn::ReLU(torch::nn::ReLUOptions(true)),
        torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(3).stride(2)),
        torch::nn::Conv2d(torch::nn::Conv2dOptions(64, 192, 5).padding(2)),
        torch::nn::ReLU(torch::nn::ReLUOptions(true)),
        torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(3).stride(2)),
        torch::nn::Conv2d(torch::nn::Conv2dOptions(192, 384, 3).padding(1)),
        torch::nn::ReLU(torch::nn::ReLUOptions(true)),
        torch::nn::Conv2d(torch::nn::Conv2dOptions(384, 256, 3).padding(1)),
        torch::nn::ReLU(torch::nn::ReLUOptions(true)),
        torch::nn::Conv2d(torch::nn::Conv2dOptions(256, 256, 3).padding(1)),
        torch::nn::ReLU(torch::nn::ReLUOptions(true)),
        torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(3).stride(2)));
    avgpool = torch::nn::AdaptiveAvgPool2d(torch::nn::AdaptiveAvgPool2dOptions({6, 6}));
    classifier = torch::nn::Sequential(
        torch::nn::Dropout(), torch::nn::Linear(256 * 6 * 6, 4096),
        torch::nn::ReLU(torch::nn::ReLUOptions(true)), torch::nn::Dropout(),
        torch::nn::Linear(4096, 4096), torch::nn::ReLU(torch::nn::ReLUOptions(true)),
        torch::nn::Linear(4096, num_classes));

    register_module("features", features);
    register_module("avgpool", avgpool);
    register_module("classifier", classifier);
  }

  torch::Tensor forward(torch::Tensor x) {
    x = features->forward(x);
    x = avgpool->forward(x);
    x = x.view({x.size(0), 256 * 6 * 6});
    return classifier->forward(x);
  }

  torch::nn::Sequential features{nullptr}, classifier{nullptr};
  torch::nn::AdaptiveAvgPool2d avgpool{nullptr};
};
TORCH_MODULE(AlexNet);
