// ResNet-18: plain structs held by shared_ptr, modules registered in the
// initialiser list, a downsampling Sequential that is empty when not needed.
#include <torch/torch.h>

torch::nn::Conv2dOptions conv_options(int64_t in_planes, int64_t out_planes, int64_t kernel_size,
                                      int64_t stride = 1, int64_t padding = 0,
                                      bool with_bias = false) {
  torch::nn::Conv2dOptions options(in_planes, out_planes, kernel_size);
  options.stride(stride);
  options.padding(padding);
  options.bias(with_bias);
  return options;
}

struct BasicBlock : torch::nn::Module {
  static const int expansion;

  int64_t stride;
  torch::nn::Conv2d conv1;
  torch::nn::BatchNorm2d bn1;
  torch::nn::Conv2d conv2;
  torch::nn::BatchNorm2d bn2;
  torch::nn::Sequential downsample;

  BasicBlock(int64_t inplanes, int64_t planes, int64_t stride_ = 1,
             torch::nn::Sequential downsample_ = torch::nn::Sequential())
      : stride(stride_), conv1(conv_options(inplanes, planes, 3, stride_, 1)), bn1(planes),
        conv2(conv_options(planes, planes, 3, 1, 1)), bn2(planes), downsample(downsample_) {
    register_module("conv1", conv1);
    register_module("bn1", bn1);
    register_module("conv2", conv2);
    register_module("bn2", bn2);
    if (!downsample->is_empty())
      register_module("downsample", downsample);
  }

  torch::Tensor forward(torch::Tensor x) {
    at::Tensor residual(x.clone());
    x = conv1->forward(x);
    x = bn1->forward(x);
    x = torch::relu(x);
    x = conv2->forward(x);
    x = bn2->forward(x);
    if (!downsample->is_empty())
      residual = downsample->forward(residual);
    x += residual;
    x = torch::relu(x);
    return x;
  }
};
const int BasicBlock::expansion = 1;

class ResNet18 : public torch::nn::Module {
  int64_t inplanes = 64;
  torch::nn::Conv2d conv1;
  torch::nn::BatchNorm2d bn1;
  torch::nn::Sequential layer1, layer2, layer3, layer4;
  torch::nn::Linear fc;

public:
  ResNet18(torch::IntArrayRef layers, int64_t num_classes = 1000)
      : conv1(conv_options(3, 64, 7, 2, 3)), bn1(64), layer1(make_layer(64, layers[0])),
        layer2(make_layer(128, layers[1], 2)), layer3(make_layer(256, layers[2], 2)),
        layer4(make_layer(512, layers[3], 2)), fc(512 * BasicBlock::expansion, num_classes) {
    register_module("conv1", conv1);
    register_module("bn1", bn1);
    register_module("layer1", layer1);
    register_module("layer2", layer2);
    register_module("layer3", layer3);
    register_module("layer4", layer4);
    register_module("fc", fc);
  }

  torch::Tensor forward(torch::Tensor x) {
    x = conv1->forward(x);
    x = bn1->forward(x);
    x = torch::relu(x);
    x = torch::max_pool2d(x, 3, 2, 1);
    x = layer1->forward(x);
    x = layer2->forward(x);
    x = layer3->forward(x);
    x = layer4->forward(x);
    x = torch::adaptive_avg_pool2d(x, {1, 1});
    x = x.view({x.sizes()[0], -1});
    return fc->forward(x);
  }

private:
  torch::nn::Sequential make_layer(int64_t planes, int64_t blocks, int64_t stride = 1) {
    torch::nn::Sequential downsample;
    if (stride != 1 || inplanes != planes * BasicBlock::expansion) {
      downsample = torch::nn::Sequential(
          torch::nn::Conv2d(conv_options(inplanes, planes * BasicBlock::expansion, 1, stride)),
          torch::nn::BatchNorm2d(planes * BasicBlock::expansion));
    }
    torch::nn::Sequential layers;
    layers->push_back(BasicBlock(inplanes, planes, stride, downsample));
    inplanes = planes * BasicBlock::expansion;
    for (int64_t i = 1; i < blocks; i++)
      layers->push_back(BasicBlock(inplanes, planes));
    return layers;
  }
};

std::shared_ptr<ResNet18> resnet18(int64_t num_classes = 1000) {
  return std::make_shared<ResNet18>(torch::IntArrayRef({2, 2, 2, 2}), num_classes);
}
