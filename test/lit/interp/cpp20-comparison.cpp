// Comparisons that C++20 writes with <=>, and the elements behind a data pointer.
// RUN: %clang_energy --dump=graph %s -- -std=c++20 2>&1 | FileCheck %s
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::ModuleList layers;
  std::vector<double> rates;
  NetImpl() {
    for (int width : {4, 5, 6})
      layers->push_back(torch::nn::Linear(width, width + 1));
    register_module("layers", layers);
    auto steps = torch::linspace(0.0, 8.0, 5);
    rates.assign(steps.data_ptr<float>(), steps.data_ptr<float>() + steps.numel());
    register_module("last", torch::nn::Linear(static_cast<int>(rates.back()), int(rates.size())));
    float *p = steps.data_ptr<float>();
    p[1] = 3;
    register_module("written", torch::nn::Linear(int(p[1]), int(*(p + 2))));
    auto contents = torch::rand({4});
    std::vector<float> copied(contents.data_ptr<float>(), contents.data_ptr<float>() + 4);
    register_module("counted", torch::nn::Linear(1, copied.size()));
    register_module("random", torch::nn::Linear(1, int(copied[0])));
    std::string a = "b", c = "d";
    register_module("text", torch::nn::Linear(1, a < c ? 11 : 12));
  }
  torch::Tensor forward(torch::Tensor x) {
    for (auto it = layers->begin(); it < layers->end(); it++)
      x = it->get()->as<torch::nn::Linear>()->forward(x);
    return x;
  }
};
TORCH_MODULE(Net);
int main() { Net()(torch::randn({1, 4})); }
// CHECK-DAG: module last Linear weight=f32[5,8]
// CHECK-DAG: module written Linear weight=f32[4,3]
// CHECK-DAG: module counted Linear weight=f32[4,1]
// CHECK-DAG: module random Linear weight=unknown
// CHECK-DAG: module text Linear weight=f32[11,1]
// CHECK: -> f32[1,7]
// CHECK-NOT: addmm
