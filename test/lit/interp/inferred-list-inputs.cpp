// The tensors of a list, a tuple or values of any type are inferred one by one: as many of a
// list as forward() takes out of it. Of overloads the one that begins with a tensor is run.
// RUN: %clang_energy --fail-level=never %s %paper 2>&1 | FileCheck %s
#include <any>
#include <torch/torch.h>

struct PairImpl : torch::nn::Module {
  torch::nn::Linear left{register_module("left", torch::nn::Linear(6, 4))};
  torch::nn::Linear right{register_module("right", torch::nn::Linear(10, 4))};
  torch::Tensor forward(const std::vector<torch::Tensor> &both) { return left(both[0]) + right(both.at(1)); }
};
TORCH_MODULE(Pair);
// CHECK: model 'Pair': 64 MAC
// CHECK: input 'both.0' 1x6 float32 (inferred: 6 follows from 'left' in_features 6)
// CHECK: input 'both.1' 1x10 float32 (inferred: 10 follows from 'right' in_features 10)

struct StateImpl : torch::nn::Module {
  torch::nn::Linear left{register_module("left", torch::nn::Linear(6, 4))};
  torch::nn::Linear right{register_module("right", torch::nn::Linear(10, 4))};
  torch::Tensor forward(std::tuple<torch::Tensor, torch::Tensor> state) {
    return left(std::get<0>(state)) + right(std::get<1>(state));
  }
};
TORCH_MODULE(State);
// CHECK: model 'State': 64 MAC
// CHECK: input 'state.0' 1x6 float32
// CHECK: input 'state.1' 1x10 float32

struct AnyImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(6, 4))};
  std::any forward(std::initializer_list<std::any> values) {
    std::vector<std::any> list(values);
    std::vector<torch::Tensor> tensors;
    for (const auto &value : list)
      tensors.push_back(std::any_cast<torch::Tensor>(value));
    torch::Tensor x = tensors[0];
    return fc(x);
  }
};
TORCH_MODULE(Any);
// CHECK: model 'Any': 24 MAC
// CHECK: input 'values.0' 1x6 float32 (inferred: 6 follows from 'fc' in_features 6)

struct OverloadedImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(6, 4))};
  std::any forward(std::initializer_list<std::any> values) { return forward(std::any_cast<torch::Tensor>(*values.begin())); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Overloaded);
// CHECK: model 'Overloaded': 24 MAC
// CHECK: input 'x' 1x6 float32

// How many of them there are is the caller's choice.
struct ManyImpl : torch::nn::Module {
  torch::nn::Linear fc{register_module("fc", torch::nn::Linear(6, 4))};
  torch::Tensor forward(std::vector<torch::Tensor> parts) { return fc(torch::cat(parts, 1)); }
};
TORCH_MODULE(Many);
// CHECK: model 'Many': not reconstructed
// CHECK: input 'parts' of the model is not known
