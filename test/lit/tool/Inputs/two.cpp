#include "shared.h"

struct TwoImpl : torch::nn::Module {
  Shared shared{nullptr};
  TwoImpl() { shared = register_module("shared", Shared()); }
  torch::Tensor forward(torch::Tensor x) { return torch::relu(shared->forward(x)); }
};
TORCH_MODULE(Two);
