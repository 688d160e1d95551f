// Registering a second module of one name throws; the model was reported as if it did not.
// input: 1x8
// rejected by LibTorch: Submodule 'left' already defined
#include <torch/torch.h>

namespace model {
// clang-energy: input(1x8)
struct NetImpl : torch::nn::Module {
  torch::nn::Linear a{nullptr}, b{nullptr};
  NetImpl() {
    a = register_module("left", torch::nn::Linear(8, 8));
    b = register_module("left", torch::nn::Linear(8, 8));
  }
  torch::Tensor forward(torch::Tensor x) { return b(a(x)); }
};
TORCH_MODULE(Net);
} // namespace model
