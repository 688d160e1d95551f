// ResNet-50: the block is a template parameter, blocks are holders, strides
// and widths are computed, zero-initialised branches.
#include <array>
#include <torch/torch.h>

namespace models {

inline torch::nn::Conv2d conv3x3(int64_t in, int64_t out, int64_t stride = 1, int64_t groups = 1) {
  return torch::nn::Conv2d(
      torch::nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).groups(groups).bias(false));
}
inline torch::nn::Conv2d conv1x1(int64_t in, int64_t out, int64_t stride = 1) {
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 1).stride(stride).bias(false));
}

class BottleneckImpl : public torch::nn::Module {
public:
  static constexpr int64_t kExpansion = 4;

  BottleneckImpl(int64_t in, int64_t planes, int64_t stride, torch::nn::Sequential shortcut,
                 int64_t groups = 1, int64_t base_width = 64)
      : shortcut_(std::move(shortcut)) {
    const auto width = static_cast<int64_t>(planes * (base_width / 64.)) * groups;
    conv1_ = register_module("conv1", conv1x1(in, width));
    bn1_ = register_module("bn1", torch::nn::BatchNorm2d(width));
    conv2_ = register_module("conv2", conv3x3(width, width, stride, groups));
    bn2_ = register_module("bn2", torch::nn::BatchNorm2d(width));
    conv3_ = register_module("conv3", conv1x1(width, planes * kExpansion));
    bn3_ = register_module("bn3", torch::nn::BatchNorm2d(planes * kExpansion));
    if (shortcut_)
      shortcut_ = register_module("shortcut", shortcut_);
  }

  torch::Tensor forward(const torch::Tensor &x) {
    auto out = bn1_(conv1_(x)).relu_();
    out = bn2_(conv2_(out)).relu_();
    out = bn3_(conv3_(out));
    out += shortcut_ ? shortcut_->forward(x) : x;
    return out.relu_();
  }

private:
  torch::nn::Conv2d conv1_{nullptr}, conv2_{nullptr}, conv3_{nullptr};
  torch::nn::BatchNorm2d bn1_{nullptr}, bn2_{nullptr}, bn3_{nullptr};
  torch::nn::Sequential shortcut_;
};
TORCH_MODULE(Bottleneck);

template <typename Block, typename BlockImpl> class ResNetImpl : public torch::nn::Module {
public:
  explicit ResNetImpl(const std::array<int64_t, 4> &depths, int64_t classes = 1000) {
    stem_->push_back(
        torch::nn::Conv2d(torch::nn::Conv2dOptions(3, in_, 7).stride(2).padding(3).bias(false)));
    stem_->push_back(torch::nn::BatchNorm2d(in_));
    stem_->push_back(torch::nn::ReLU(true));
    stem_->push_back(torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(3).stride(2).padding(1)));
    register_module("stem", stem_);

    int64_t planes = 64;
    for (size_t stage = 0; stage < depths.size(); ++stage, planes *= 2)
      stages_->push_back(make_stage(planes, depths[stage], stage == 0 ? 1 : 2));
    register_module("stages", stages_);
    fc_ = register_module("fc", torch::nn::Linear(512 * BlockImpl::kExpansion, classes));
    reset_parameters();
  }

  torch::Tensor forward(torch::Tensor x) {
    x = stem_->forward(x);
    for (const auto &stage : *stages_)
      x = stage->template as<torch::nn::Sequential>()->forward(x);
    x = x.mean({2, 3});
    return fc_(x);
  }

private:
  void reset_parameters() {
    torch::NoGradGuard no_grad;
    for (const auto &item : named_parameters()) {
      const auto &name = item.key();
      if (name.find("bn3.weight") != std::string::npos)
        item.value().zero_();
    }
  }

  torch::nn::Sequential make_stage(int64_t planes, int64_t count, int64_t stride) {
    const int64_t out = planes * BlockImpl::kExpansion;
    torch::nn::Sequential shortcut{nullptr};
    if (stride != 1 || in_ != out)
      shortcut =
          torch::nn::Sequential(conv1x1(in_, out, stride), torch::nn::BatchNorm2d(out));
    torch::nn::Sequential stage;
    stage->push_back(Block(in_, planes, stride, shortcut));
    in_ = out;
    while (--count > 0)
      stage->push_back(Block(in_, planes, 1, nullptr));
    return stage;
  }

  int64_t in_ = 64;
  torch::nn::Sequential stem_;
  torch::nn::ModuleList stages_;
  torch::nn::Linear fc_{nullptr};
};

using ResNet50 = ResNetImpl<Bottleneck, BottleneckImpl>;

} // namespace models

std::shared_ptr<models::ResNet50> make_resnet50(int64_t classes) {
  return std::make_shared<models::ResNet50>(std::array<int64_t, 4>{3, 4, 6, 3}, classes);
}
