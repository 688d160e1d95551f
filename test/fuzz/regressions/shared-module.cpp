// A module with two names: its parameters count once, its calls twice.
// input: 2x4
#include <torch/torch.h>

namespace model {
// clang-energy: input(2x4)
struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr}, again{nullptr};
  NetImpl() {
    fc = register_module("fc", torch::nn::Linear(4, 4));
    again = register_module("again", fc);
  }
  torch::Tensor forward(torch::Tensor x) {
    x = again->forward(fc->forward(x));
    return x;
  }
};
TORCH_MODULE(Net);
} // namespace model
