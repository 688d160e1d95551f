#include <torch/torch.h>

struct GoodImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  GoodImpl() { fc = register_module("fc", torch::nn::Linear(8, 8)); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Good);

// clang-energy: input(1x8)
struct WrongImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  WrongImpl() { fc = register_module("a<b>&\"c\",d", torch::nn::Linear(9, 8)); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Wrong);
