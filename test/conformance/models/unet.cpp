// U-Net: module lists, a vector of skip tensors popped in reverse order, both
// ways of upsampling, padding to the size of the skip.
#include <torch/torch.h>
#include <vector>

struct UNetOptions {
  int64_t in_channels = 3;
  int64_t classes = 2;
  int64_t base = 32;
  int64_t depth = 4;
  bool bilinear = false;
};

struct DoubleConvImpl : torch::nn::Module {
  torch::nn::Sequential block{nullptr};
  DoubleConvImpl(int64_t in, int64_t out, int64_t mid = 0) {
    if (!mid)
      mid = out;
    block = register_module(
        "block",
        torch::nn::Sequential(
            torch::nn::Conv2d(torch::nn::Conv2dOptions(in, mid, {3, 3}).padding(1).bias(false)),
            torch::nn::BatchNorm2d(mid), torch::nn::ReLU(torch::nn::ReLUOptions(true)),
            torch::nn::Conv2d(torch::nn::Conv2dOptions(mid, out, {3, 3}).padding(1).bias(false)),
            torch::nn::BatchNorm2d(out), torch::nn::ReLU(torch::nn::ReLUOptions(true))));
  }
  torch::Tensor forward(const torch::Tensor &x) { return block->forward(x); }
};
TORCH_MODULE(DoubleConv);

struct UpImpl : torch::nn::Module {
  bool bilinear;
  torch::nn::Upsample up{nullptr};
  torch::nn::ConvTranspose2d upconv{nullptr};
  DoubleConv conv{nullptr};

  UpImpl(int64_t in, int64_t out, bool bilinear) : bilinear(bilinear) {
    if (bilinear) {
      up = torch::nn::Upsample(torch::nn::UpsampleOptions()
                                   .scale_factor(std::vector<double>({2, 2}))
                                   .mode(torch::kBilinear)
                                   .align_corners(true));
      register_module("up", up);
      conv = register_module("conv", DoubleConv(in, out, in / 2));
    } else {
      upconv = register_module(
          "up", torch::nn::ConvTranspose2d(
                    torch::nn::ConvTranspose2dOptions(in, in / 2, 2).stride(2)));
      conv = register_module("conv", DoubleConv(in, out));
    }
  }

  torch::Tensor forward(torch::Tensor x, const torch::Tensor &skip) {
    x = bilinear ? up->forward(x) : upconv->forward(x);
    const auto dy = skip.size(2) - x.size(2);
    const auto dx = skip.size(3) - x.size(3);
    if (dy != 0 || dx != 0)
      x = torch::nn::functional::pad(
          x, torch::nn::functional::PadFuncOptions(
                 {dx / 2, dx - dx / 2, dy / 2, dy - dy / 2}));
    return conv->forward(torch::cat({skip, x}, 1));
  }
};
TORCH_MODULE(Up);

struct UNetImpl : torch::nn::Module {
  UNetOptions options;
  torch::nn::ModuleList down, up;
  DoubleConv stem{nullptr};
  torch::nn::MaxPool2d pool{torch::nn::MaxPool2dOptions(2)};
  torch::nn::Conv2d head{nullptr};

  explicit UNetImpl(UNetOptions opts = {}) : options(opts) {
    stem = register_module("stem", DoubleConv(options.in_channels, options.base));
    int64_t channels = options.base;
    for (int64_t level = 0; level < options.depth; ++level) {
      const bool last = level + 1 == options.depth;
      const int64_t out = (last && options.bilinear) ? channels : channels * 2;
      down->push_back(DoubleConv(channels, out));
      channels *= 2;
    }
    for (int64_t level = options.depth; level > 0; --level) {
      const int64_t out = options.bilinear && level > 1 ? channels / 4 : channels / 2;
      up->push_back(Up(channels, out, options.bilinear));
      channels /= 2;
    }
    head = torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, options.classes, 1));
    register_module("down", down);
    register_module("pool", pool);
    register_module("up", up);
    register_module("head", head);
  }

  torch::Tensor forward(torch::Tensor x) {
    std::vector<torch::Tensor> skips;
    x = stem->forward(x);
    for (const auto &stage : *down) {
      skips.push_back(x);
      x = stage->as<DoubleConv>()->forward(pool->forward(x));
    }
    for (size_t i = 0; i < up->size(); ++i) {
      const auto skip = skips.back();
      skips.pop_back();
      x = up[i]->as<Up>()->forward(x, skip);
    }
    return head(x);
  }
};
TORCH_MODULE(UNet);
