#include "shared.h"

struct OneImpl : torch::nn::Module {
  Shared shared{nullptr};
  OneImpl() { shared = register_module("shared", Shared()); }
  torch::Tensor forward(torch::Tensor x) { return shared->forward(x); }
};
TORCH_MODULE(One);
