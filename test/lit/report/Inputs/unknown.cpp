#include <torch/torch.h>
torch::Tensor magic(torch::Tensor x); // defined nowhere

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl() { fc = register_module("fc", torch::nn::Linear(8, 8)); }
  // clang-energy: input(1x8)
  torch::Tensor forward(torch::Tensor x) { return torch::relu(magic(fc->forward(x))); }
};
TORCH_MODULE(Net);
