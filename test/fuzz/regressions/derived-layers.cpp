// Classes derived from LibTorch's layers: from a holder, with constructor, members and a
// forward of its own, and from the module behind it.
// input: 1x3x32x32
#include <torch/torch.h>

namespace model {
class SamePaddedConv : public torch::nn::Conv2d {
public:
  SamePaddedConv(torch::nn::Conv2dOptions o, int64_t side) : torch::nn::Conv2d(o), pad(nullptr) {
    stride = (*this->get()->options.stride())[0];
    int64_t out = (side + stride - 1) / stride;
    int64_t missing = std::max<int64_t>((out - 1) * stride + this->get()->weight.size(2) - side, 0);
    if (missing > 0)
      pad = torch::nn::ZeroPad2d(torch::nn::ZeroPad2dOptions(
          {missing / 2, missing - missing / 2, missing / 2, missing - missing / 2}));
    gain = impl_->register_parameter("gain", torch::ones({o.out_channels(), 1, 1, 1}));
  }
  torch::Tensor forward(torch::Tensor x) {
    namespace F = torch::nn::functional;
    if (pad)
      x = pad->forward(x);
    return F::conv2d(x, get()->weight * gain,
                     F::Conv2dFuncOptions().bias(get()->bias).stride(stride));
  }
  torch::nn::ZeroPad2d pad = nullptr;
  torch::Tensor gain;
  int64_t stride;
  std::string name = "padded";
};

SamePaddedConv make_conv(int64_t in, int64_t out) {
  return SamePaddedConv(torch::nn::Conv2dOptions(in, out, 3), 16);
}

struct GatedLinearImpl : torch::nn::LinearImpl {
  using torch::nn::LinearImpl::LinearImpl;
  torch::Tensor forward(const torch::Tensor &x) {
    return LinearImpl::forward(x) * torch::sigmoid(x.mean());
  }
};
TORCH_MODULE(GatedLinear);

struct CentredConvImpl : torch::nn::Conv2dImpl {
  torch::Tensor scale;
  CentredConvImpl(int64_t in, int64_t out, int64_t k)
      : Conv2dImpl(torch::nn::Conv2dOptions(in, out, k).bias(false)) {
    scale = register_parameter("scale", torch::ones({1}));
  }
  torch::Tensor forward(torch::Tensor x) {
    namespace F = torch::nn::functional;
    auto w = weight - weight.mean({1, 2, 3}, true);
    return F::conv2d(x, w * scale, F::Conv2dFuncOptions().stride(options.stride()));
  }
};
TORCH_MODULE(CentredConv);

class BlockImpl : public torch::nn::SequentialImpl {
public:
  BlockImpl(int64_t in, int64_t out)
      : torch::nn::SequentialImpl(torch::nn::Conv2d(in, out, 3), torch::nn::ReLU()) {
    push_back("more", torch::nn::Conv2d(torch::nn::Conv2dOptions(out, out, 1)));
  }
  using torch::nn::SequentialImpl::forward;
};
TORCH_MODULE(Block);

struct TowerImpl : torch::nn::ModuleListImpl {
  TowerImpl(int n) {
    for (int i = 0; i < n; ++i)
      push_back(torch::nn::Linear(16, 16));
  }
  torch::Tensor forward(torch::Tensor x) {
    for (auto &m : *this)
      x = torch::relu(m->as<torch::nn::Linear>()->forward(x));
    return x;
  }
};
TORCH_MODULE(Tower);

// clang-energy: input(1x3x32x32)
struct NetImpl : torch::nn::Module {
  SamePaddedConv *first = nullptr;
  SamePaddedConv *absent = nullptr;
  SamePaddedConv second;
  torch::nn::Conv2d third{nullptr};
  Block block{4, 8};
  torch::nn::Sequential pooled{CentredConv(8, 16, 1), torch::nn::AdaptiveAvgPool2d(1)};
  GatedLinear gated{16, 16};
  Tower tower{2};
  NetImpl() : second(torch::nn::Conv2dOptions(8, 8, 3).stride(2), 32) {
    first = new SamePaddedConv(torch::nn::Conv2dOptions(3, 8, 5), 32);
    register_module("first_" + first->name, *first);
    register_module("second", second);
    if (absent)
      register_module("absent", *absent);
    third = make_conv(8, 4); // only the convolution of it
    register_module("third", third);
    register_module("block", block);
    register_module("pooled", pooled);
    register_module("gated", gated);
    register_module("tower", tower);
  }
  torch::Tensor forward(torch::Tensor x) {
    SamePaddedConv again = second;
    x = second.forward(first->forward(x));
    x = again(third->forward(torch::cat({x, x.relu()}, 1).slice(1, 0, 8)).repeat({1, 2, 1, 1}));
    x = pooled->forward(block->forward(x.slice(1, 0, 4))).flatten(1);
    return tower(gated(x));
  }
};
TORCH_MODULE(Net);
} // namespace model
