// A TransformerEncoder made from the options of its layers had no layers.
// input: 7x2x8
#include <torch/torch.h>

namespace model {
// clang-energy: input(7x2x8)
struct NetImpl : torch::nn::Module {
  torch::nn::TransformerEncoder encoder{nullptr};
  NetImpl() {
    encoder = register_module("encoder", torch::nn::TransformerEncoder(torch::nn::TransformerEncoderOptions(
        torch::nn::TransformerEncoderLayerOptions(8, 2).dim_feedforward(16), 2)));
  }
  torch::Tensor forward(torch::Tensor x) {
    x = encoder->forward(x);
    return x;
  }
};
TORCH_MODULE(Net);
} // namespace model
