// Sizes from a YAML file through yaml-cpp, which need not be installed.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper | FileCheck %s
#include <string>
#include <torch/torch.h>
#include <vector>
#include <yaml-cpp/yaml.h>

struct NetImpl : torch::nn::Module {
  std::vector<torch::nn::Linear> all;
  int in = 8;
  void add(int out) {
    all.push_back(register_module("fc" + std::to_string(all.size()), torch::nn::Linear(in, out)));
    in = out;
  }
  NetImpl() {
    YAML::Node config = YAML::LoadFile("net.yaml");
    const YAML::Node model = config["model"];
    for (int width : model["widths"].as<std::vector<int>>())
      add(width); // 4, 6
    if (model["bias"].as<bool>() && model["dropout"].as<float>() > 0.4 && !model["none"])
      for (const auto &layer : model["layers"])
        if (layer["type"].as<std::string>() == "linear")
          add(layer["out"].as<int>()); // 3, 2
    add(model["last"].as<int>(5));
    int letters = 0;
    for (auto it = model.begin(); it != model.end(); ++it)
      letters += static_cast<int>(it->first.as<std::string>().size()); // 27
    for (auto entry : YAML::Load("{a: 1, b: 2}"))
      letters += entry.second.as<int>();
    add(letters); // 30
  }
  torch::Tensor forward(torch::Tensor x) {
    for (auto &fc : all)
      x = fc->forward(x);
    return x;
  }
};
TORCH_MODULE(Net);
// 8*4 + 4*6 + 6*3 + 3*2 + 2*5 + 5*30
// CHECK: model 'Net': 240 MAC, 290 parameters
// CHECK: assumed: the program reads '{{.*}}net.yaml' as 'net.yaml'

struct WrongImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  WrongImpl() { fc = register_module("fc", torch::nn::Linear(8, YAML::LoadFile("net.yaml")["model"]["name"].as<int>())); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Wrong);
// CHECK: model 'Wrong': not reconstructed
// CHECK: YAML holds "net" where the program reads a 'int'
