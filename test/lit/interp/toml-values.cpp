// Sizes from a TOML file through toml11, which need not be installed.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper | FileCheck %s
#include <filesystem>
#include <string>
#include <toml.hpp>
#include <torch/torch.h>
#include <vector>

struct NetImpl : torch::nn::Module {
  std::vector<torch::nn::Linear> all;
  int in = 0;
  void add(int out) {
    all.push_back(register_module("fc" + std::to_string(all.size()), torch::nn::Linear(in, out)));
    in = out;
  }
  NetImpl(const std::filesystem::path &folder = "Inputs") {
    const toml::value config = toml::parse(std::filesystem::canonical(folder) / "net.toml");
    const auto &input = toml::find(config, "input");
    in = toml::find<int>(input, "features");
    const auto &encoder = toml::find(config, "encoder");
    const std::string key = "type";
    if (toml::find<std::string>(encoder, key) != "serial" || toml::find<float>(encoder, "scale") != 1.5f)
      return;
    const std::vector<toml::value> layers = toml::find(config, "encoder", "layers").as_array();
    for (const auto &layer : layers)
      if (toml::find<std::string>(layer, "type") == "linear")
        add(toml::find<int>(layer, "out")); // 10, 4
    add(toml::find_or<int>(encoder, "none", 5) + static_cast<int>(toml::find<std::vector<int>>(encoder, "dims").size())); // 8
    add(toml::find<int>(encoder, "inline", "deep", "er")); // 16
  }
  torch::Tensor forward(torch::Tensor x) {
    for (auto &fc : all)
      x = fc->forward(x);
    return x;
  }
};
TORCH_MODULE(Net);
// 8*10 + 10*4 + 4*8 + 8*16
// CHECK: model 'Net': 280 MAC, 318 parameters

struct MissingImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  MissingImpl() { fc = register_module("fc", torch::nn::Linear(8, toml::find<int>(toml::parse("net.toml"), "width"))); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Missing);
// CHECK: model 'Missing': not reconstructed
// CHECK: key "width" is not in the TOML
