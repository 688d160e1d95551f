#pragma once
#include <torch/torch.h>

struct SharedImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  SharedImpl() { fc = register_module("fc", torch::nn::Linear(8, 8)); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Shared);
