// A small vision transformer: configuration struct, class token and position
// parameters, pre-norm blocks in a module list.
#include <cmath>
#include <torch/torch.h>

struct ViTConfig {
  int64_t image_size = 64;
  int64_t patch_size = 8;
  int64_t channels = 3;
  int64_t dim = 128;
  int64_t depth = 4;
  int64_t heads = 4;
  double mlp_ratio = 4.0;
  double dropout = 0.1;
  int64_t classes = 10;

  int64_t patches() const { return (image_size / patch_size) * (image_size / patch_size); }
};

class AttentionImpl : public torch::nn::Module {
public:
  AttentionImpl(int64_t dim, int64_t heads, double dropout)
      : heads_(heads), scale_(std::pow(static_cast<double>(dim / heads), -0.5)) {
    TORCH_CHECK(dim % heads == 0, "dim must be divisible by heads");
    qkv_ = register_module("qkv",
                           torch::nn::Linear(torch::nn::LinearOptions(dim, dim * 3).bias(true)));
    proj_ = register_module("proj", torch::nn::Linear(dim, dim));
    drop_ = register_module("drop", torch::nn::Dropout(dropout));
  }

  torch::Tensor forward(const torch::Tensor &x) {
    const auto B = x.size(0), N = x.size(1), C = x.size(2);
    auto qkv = qkv_->forward(x).reshape({B, N, 3, heads_, C / heads_}).permute({2, 0, 3, 1, 4});
    auto q = qkv[0], k = qkv[1], v = qkv[2];
    auto attention = torch::matmul(q, k.transpose(-2, -1)) * scale_;
    attention = drop_->forward(attention.softmax(-1));
    auto out = torch::matmul(attention, v).transpose(1, 2).reshape({B, N, C});
    return proj_->forward(out);
  }

private:
  int64_t heads_;
  double scale_;
  torch::nn::Linear qkv_{nullptr}, proj_{nullptr};
  torch::nn::Dropout drop_{nullptr};
};
TORCH_MODULE(Attention);

class EncoderBlockImpl : public torch::nn::Module {
public:
  explicit EncoderBlockImpl(const ViTConfig &config)
      : norm1_(torch::nn::LayerNormOptions({config.dim}).eps(1e-6)),
        norm2_(torch::nn::LayerNormOptions({config.dim}).eps(1e-6)),
        attention_(config.dim, config.heads, config.dropout) {
    const auto hidden = static_cast<int64_t>(config.dim * config.mlp_ratio);
    mlp_ = torch::nn::Sequential(torch::nn::Linear(config.dim, hidden), torch::nn::GELU(),
                                 torch::nn::Dropout(config.dropout),
                                 torch::nn::Linear(hidden, config.dim),
                                 torch::nn::Dropout(config.dropout));
    register_module("norm1", norm1_);
    register_module("norm2", norm2_);
    register_module("attention", attention_);
    register_module("mlp", mlp_);
  }
  torch::Tensor forward(torch::Tensor x) {
    x = x + attention_(norm1_(x));
    x = x + mlp_->forward(norm2_(x));
    return x;
  }

private:
  torch::nn::LayerNorm norm1_, norm2_;
  Attention attention_;
  torch::nn::Sequential mlp_;
};
TORCH_MODULE(EncoderBlock);

class ViTImpl : public torch::nn::Module {
public:
  explicit ViTImpl(ViTConfig config) : config_(std::move(config)) {
    patch_embed_ = register_module(
        "patch_embed",
        torch::nn::Conv2d(torch::nn::Conv2dOptions(config_.channels, config_.dim, config_.patch_size)
                              .stride(config_.patch_size)));
    cls_token_ = register_parameter("cls_token", torch::zeros({1, 1, config_.dim}));
    pos_embed_ =
        register_parameter("pos_embed", torch::randn({1, config_.patches() + 1, config_.dim}) * .02);
    blocks_ = register_module("blocks", torch::nn::ModuleList());
    for (int64_t i = 0; i < config_.depth; i++)
      blocks_->push_back(EncoderBlock(config_));
    norm_ = register_module(
        "norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions(std::vector<int64_t>{config_.dim})));
    head_ = register_module("head", torch::nn::Linear(config_.dim, config_.classes));
  }

  torch::Tensor forward(torch::Tensor x) {
    x = patch_embed_->forward(x);
    x = x.flatten(2).transpose(1, 2);
    auto cls = cls_token_.expand({x.size(0), -1, -1});
    x = torch::cat({cls, x}, /*dim=*/1);
    x = x + pos_embed_;
    x = torch::dropout(x, config_.dropout, this->is_training());
    for (auto &block : *blocks_)
      x = std::dynamic_pointer_cast<EncoderBlockImpl>(block)->forward(x);
    x = norm_->forward(x);
    return head_->forward(x.index({torch::indexing::Slice(), 0}));
  }

private:
  ViTConfig config_;
  torch::nn::Conv2d patch_embed_{nullptr};
  torch::Tensor cls_token_, pos_embed_;
  torch::nn::ModuleList blocks_{nullptr};
  torch::nn::LayerNorm norm_{nullptr};
  torch::nn::Linear head_{nullptr};
};
TORCH_MODULE(ViT);
