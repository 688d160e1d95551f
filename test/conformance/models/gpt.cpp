// A small GPT: token and position embeddings, causal mask in a buffer, split
// heads, tied dimensions from a configuration struct.
#include <cmath>
#include <torch/torch.h>
#include <vector>

struct GPTConfig {
  int64_t block_size{128};
  int64_t vocab_size{1000};
  int64_t n_layer{3};
  int64_t n_head{4};
  int64_t n_embd{96};
  double dropout{0.0};
  bool bias{true};
};

struct CausalSelfAttentionImpl : torch::nn::Module {
  torch::nn::Linear c_attn, c_proj;
  torch::nn::Dropout attn_dropout, resid_dropout;
  torch::Tensor mask;
  int64_t n_head, n_embd;

  CausalSelfAttentionImpl(const GPTConfig &c)
      : c_attn(torch::nn::LinearOptions(c.n_embd, 3 * c.n_embd).bias(c.bias)),
        c_proj(torch::nn::LinearOptions(c.n_embd, c.n_embd).bias(c.bias)),
        attn_dropout(c.dropout), resid_dropout(c.dropout), n_head(c.n_head), n_embd(c.n_embd) {
    register_module("c_attn", c_attn);
    register_module("c_proj", c_proj);
    register_module("attn_dropout", attn_dropout);
    register_module("resid_dropout", resid_dropout);
    mask = register_buffer("mask", torch::tril(torch::ones({c.block_size, c.block_size}))
                                       .view({1, 1, c.block_size, c.block_size}));
  }

  torch::Tensor forward(torch::Tensor x) {
    int64_t B = x.size(0), T = x.size(1), C = x.size(2);
    auto parts = c_attn->forward(x).split(n_embd, 2);
    auto heads = [&](const torch::Tensor &t) {
      return t.view({B, T, n_head, C / n_head}).transpose(1, 2);
    };
    auto q = heads(parts[0]), k = heads(parts[1]), v = heads(parts[2]);
    auto att = torch::matmul(q, k.transpose(-2, -1)) * (1.0 / std::sqrt((double)k.size(-1)));
    using namespace torch::indexing;
    auto visible = mask.index({Slice(), Slice(), Slice(None, T), Slice(None, T)});
    att = att.masked_fill(visible == 0, -std::numeric_limits<float>::infinity());
    att = torch::softmax(att, -1);
    att = attn_dropout->forward(att);
    auto y = torch::matmul(att, v);
    y = y.transpose(1, 2).contiguous().view({B, T, C});
    return resid_dropout->forward(c_proj->forward(y));
  }
};
TORCH_MODULE(CausalSelfAttention);

struct BlockImpl : torch::nn::Module {
  torch::nn::LayerNorm ln_1{nullptr}, ln_2{nullptr};
  CausalSelfAttention attn{nullptr};
  torch::nn::Linear c_fc{nullptr}, c_proj{nullptr};

  BlockImpl(const GPTConfig &c) {
    ln_1 = register_module("ln_1", torch::nn::LayerNorm(torch::nn::LayerNormOptions({c.n_embd})));
    attn = register_module("attn", CausalSelfAttention(c));
    ln_2 = register_module("ln_2", torch::nn::LayerNorm(torch::nn::LayerNormOptions({c.n_embd})));
    c_fc = register_module("c_fc", torch::nn::Linear(c.n_embd, 4 * c.n_embd));
    c_proj = register_module("c_proj", torch::nn::Linear(4 * c.n_embd, c.n_embd));
  }
  torch::Tensor forward(torch::Tensor x) {
    x = x + attn->forward(ln_1->forward(x));
    auto h = torch::gelu(c_fc->forward(ln_2->forward(x)));
    return x + c_proj->forward(h);
  }
};
TORCH_MODULE(Block);

struct GPTImpl : torch::nn::Module {
  GPTConfig config;
  torch::nn::Embedding wte{nullptr}, wpe{nullptr};
  std::vector<Block> blocks;
  torch::nn::LayerNorm ln_f{nullptr};
  torch::nn::Linear lm_head{nullptr};

  GPTImpl(const GPTConfig &c) : config(c) {
    wte = register_module("wte", torch::nn::Embedding(c.vocab_size, c.n_embd));
    wpe = register_module("wpe", torch::nn::Embedding(c.block_size, c.n_embd));
    for (int i = 0; i < c.n_layer; ++i) {
      blocks.push_back(Block(c));
      register_module("h_" + std::to_string(i), blocks.back());
    }
    ln_f = register_module("ln_f", torch::nn::LayerNorm(torch::nn::LayerNormOptions({c.n_embd})));
    lm_head = register_module(
        "lm_head", torch::nn::Linear(torch::nn::LinearOptions(c.n_embd, c.vocab_size).bias(false)));
  }

  torch::Tensor forward(torch::Tensor idx) {
    auto T = idx.size(1);
    TORCH_CHECK(T <= config.block_size, "sequence is longer than block_size");
    auto pos = torch::arange(0, T, torch::TensorOptions().dtype(torch::kLong).device(idx.device()));
    auto x = wte->forward(idx) + wpe->forward(pos).unsqueeze(0);
    for (auto &block : blocks)
      x = block->forward(x);
    return lm_head->forward(ln_f->forward(x));
  }
};
TORCH_MODULE(GPT);

int main() {
  GPTConfig config;
  config.n_layer = 2;
  GPT model(config);
  model->eval();
  torch::NoGradGuard no_grad;
  auto tokens = torch::randint(config.vocab_size, {1, 32}, torch::kLong);
  auto logits = model->forward(tokens);
  std::cout << logits.sizes() << "\n";
}
