// insert and erase keep to the place that they are given; copy_if asks for every element.
// RUN: %clang_energy --dump=graph %s 2>&1 | FileCheck %s
#include <algorithm>
#include <iterator>
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::ModuleList layers;
  NetImpl() {
    int head = 9;
    add({1, 2, 3}, [&](auto &v) { v.insert(v.begin(), head); });
    add({1, 2, 3}, [&](auto &v) { v.insert(v.begin(), 8); });
    add({1, 2, 3}, [&](auto &v) { v.insert(v.begin() + 1, {7, 7}); });
    add({1, 2, 3}, [&](auto &v) { v.erase(v.begin()); });
    add({1, 2, 3, 4}, [&](auto &v) { v.erase(v.begin() + 1, v.end() - 1); });
    std::vector<int> all{5, 6, 7, 8}, odd;
    std::copy_if(all.begin(), all.end(), std::back_inserter(odd), [](int i) { return i % 2 == 1; });
    add(odd, [](auto &) {});
    register_module("layers", layers);
  }
  template <class Change> void add(std::vector<int> digits, Change change) {
    change(digits);
    int number = 0;
    for (int d : digits)
      number = 10 * number + d;
    layers->push_back(torch::nn::Linear(1, number));
  }
  torch::Tensor forward(torch::Tensor x) {
    for (auto &layer : *layers)
      layer->as<torch::nn::Linear>()->forward(x);
    return x;
  }
};
TORCH_MODULE(Net);
int main() { Net()(torch::randn({1, 1})); }
// CHECK: layers.0 Linear weight=f32[9123,1]
// CHECK: layers.1 Linear weight=f32[8123,1]
// CHECK: layers.2 Linear weight=f32[17723,1]
// CHECK: layers.3 Linear weight=f32[23,1]
// CHECK: layers.4 Linear weight=f32[14,1]
// CHECK: layers.5 Linear weight=f32[57,1]
// CHECK-NOT: unknown
