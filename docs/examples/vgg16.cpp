// VGG16 (Simonyan and Zisserman, 2014, configuration D) for 224x224 images.
#include <torch/torch.h>

#include <iostream>
#include <vector>

constexpr int64_t kPool = -1;

// Output channels of each convolution; kPool halves the image.
const std::vector<int64_t> kVgg16 = {64,  64,  kPool, 128, 128, kPool, 256, 256, 256,
                                     kPool, 512, 512, 512, kPool, 512, 512, 512, kPool};

torch::nn::Sequential make_layers(const std::vector<int64_t>& config, bool batch_norm = false) {
  torch::nn::Sequential layers;
  int64_t channels = 3;
  for (int64_t width : config) {
    if (width == kPool) {
      layers->push_back(torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(2).stride(2)));
      continue;
    }
    layers->push_back(
        torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, width, 3).padding(1)));
    if (batch_norm) {
      layers->push_back(torch::nn::BatchNorm2d(width));
    }
    layers->push_back(torch::nn::ReLU(torch::nn::ReLUOptions().inplace(true)));
    channels = width;
  }
  return layers;
}

struct VGG16Impl : torch::nn::Module {
  explicit VGG16Impl(int64_t num_classes = 1000)
      : features(make_layers(kVgg16)),
        avgpool(torch::nn::AdaptiveAvgPool2dOptions({7, 7})),
        classifier(torch::nn::Linear(512 * 7 * 7, 4096),
                   torch::nn::ReLU(torch::nn::ReLUOptions().inplace(true)),
                   torch::nn::Dropout(0.5),
                   torch::nn::Linear(4096, 4096),
                   torch::nn::ReLU(torch::nn::ReLUOptions().inplace(true)),
                   torch::nn::Dropout(0.5),
                   torch::nn::Linear(4096, num_classes)) {
    register_module("features", features);
    register_module("avgpool", avgpool);
    register_module("classifier", classifier);
  }

  torch::Tensor forward(torch::Tensor x) {
    x = features->forward(x);
    x = avgpool->forward(x);
    x = torch::flatten(x, 1);
    return classifier->forward(x);
  }

  torch::nn::Sequential features;
  torch::nn::AdaptiveAvgPool2d avgpool;
  torch::nn::Sequential classifier;
};
TORCH_MODULE(VGG16);

int main() {
  torch::NoGradGuard no_grad;
  VGG16 model(1000);
  model->eval();

  torch::Tensor image = torch::randn({1, 3, 224, 224});
  torch::Tensor scores = model->forward(image);
  std::cout << "class " << scores.argmax(1).item<int64_t>() << "\n";
}
