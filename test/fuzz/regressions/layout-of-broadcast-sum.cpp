// The operand that is not broadcast decides the layout of a sum, wherever it stands.
// input: 2x10x6
#include <torch/torch.h>

namespace model {
// clang-energy: input(2x10x6)
struct NetImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) {
    auto turned = x.transpose(0, 1).contiguous().transpose(0, 1);
    auto first = x.slice(1, 0, 1).contiguous();
    auto a = (first + turned).transpose(0, 1).contiguous(); // contiguous already
    auto b = (turned * first).contiguous();
    auto c = torch::add(x, turned).contiguous(); // the first operand's layout
    auto d = torch::where(turned > 0, turned, x).transpose(0, 1).contiguous();
    return a.sum() + b.sum() + c.sum() + d.sum();
  }
};
TORCH_MODULE(Net);
} // namespace model
