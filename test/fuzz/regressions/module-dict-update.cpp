// ModuleDict::update() with a vector of pairs lost the names, and dict["a"] ended the program.
// input: 2x4
#include <torch/torch.h>

namespace model {
// clang-energy: input(2x4)
struct NetImpl : torch::nn::Module {
  torch::nn::ModuleDict dict;
  NetImpl() {
    dict->update(std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>>{
        {"a", torch::nn::Linear(4, 4).ptr()}, {"b", torch::nn::ReLU().ptr()}});
    register_module("dict", dict);
  }
  torch::Tensor forward(torch::Tensor x) {
    x = dict["a"]->as<torch::nn::Linear>()->forward(x);
    if (dict->contains("b"))
      x = dict["b"]->as<torch::nn::ReLU>()->forward(x);
    for (const auto &item : dict->items()) {
      if (auto *fc = item.second->as<torch::nn::Linear>())
        x = fc->forward(x);
    }
    return x;
  }
};
TORCH_MODULE(Net);
} // namespace model
