// A model that a file describes: it lies in the repository, or --file gives it, or the
// unknown says which file to give.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --file elsewhere.cfg=%S/Inputs/net.cfg %s %paper \
// RUN:   | FileCheck %s --check-prefix=GIVEN
// RUN: %status 2 %clang_energy --file elsewhere.cfg=%S/Inputs/none.cfg %s %paper 2>&1 | FileCheck %s --check-prefix=BAD
// BAD: option '--file': 'elsewhere.cfg={{.*}}none.cfg' is not NAME=FILE of a file that can be read
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <torch/torch.h>
#include <vector>

static void trim(std::string &s) {
  s.erase(s.begin(), std::find_if(s.begin(), s.end(), [](int c) { return !std::isspace(c); }));
  s.erase(std::find_if(s.rbegin(), s.rend(), [](int c) { return !std::isspace(c); }).base(), s.end());
}

// Sections of `key = value`, as in a darknet .cfg.
static std::vector<std::map<std::string, std::string>> sections(const std::string &path) {
  std::ifstream file(path);
  std::vector<std::map<std::string, std::string>> blocks;
  if (!file.is_open())
    throw std::runtime_error("no such file");
  std::string line;
  while (std::getline(file, line)) {
    trim(line);
    if (line.empty() || line[0] == '#')
      continue;
    if (line.front() == '[') {
      std::map<std::string, std::string> block;
      block["type"] = line.substr(1, line.size() - 2);
      trim(block["type"]);
      blocks.push_back(block);
      continue;
    }
    auto at = line.find_first_of("=:");
    std::string key = line.substr(0, at), value = line.substr(at + 1);
    trim(key);
    trim(value);
    blocks.back()[key] = value;
  }
  return blocks;
}

struct ChainImpl : torch::nn::Module {
  std::vector<torch::nn::Linear> layers;
  ChainImpl(const std::string &path) {
    int in = 8;
    for (auto &block : sections(path)) {
      if (block["type"] != "linear")
        continue;
      int out = std::stoi(block["out"]);
      layers.push_back(register_module("fc" + std::to_string(layers.size()), torch::nn::Linear(in, out)));
      in = out;
    }
  }
  torch::Tensor forward(torch::Tensor x) {
    for (auto &layer : layers)
      x = layer->forward(x);
    return x;
  }
};
struct InRepositoryImpl : ChainImpl { InRepositoryImpl() : ChainImpl("../Inputs/net.cfg") {} };
// 8*4 + 4*6 + 6*3
// CHECK: model 'InRepository': 74 MAC, 87 parameters
// CHECK: assumed: the program reads '{{.*}}Inputs/net.cfg' as '../Inputs/net.cfg'

struct ElsewhereImpl : ChainImpl { ElsewhereImpl() : ChainImpl("models/elsewhere.cfg") {} };
// CHECK: model 'Elsewhere': not reconstructed
// CHECK: the program reads file 'models/elsewhere.cfg' here, which is not in the repository
// CHECK-SAME: give --file 'models/elsewhere.cfg=FILE'
// GIVEN: model 'Elsewhere': 74 MAC, 87 parameters

struct JsonImpl : torch::nn::Module {
  torch::nn::Linear first{nullptr}, second{nullptr};
  JsonImpl() {
    std::ifstream file("net.json");
    nlohmann::json config;
    file >> config;
    std::vector<int> widths = config["layers"];
    first = register_module("first", torch::nn::Linear(8, widths[0]));
    std::ifstream again{"net.json"};
    second = register_module("second", torch::nn::Linear(widths[0], nlohmann::json::parse(again)["layers"][1]));
  }
  torch::Tensor forward(torch::Tensor x) { return second->forward(first->forward(x)); }
};
// CHECK: model 'Json': 85 MAC, 99 parameters

struct WordsImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  WordsImpl() {
    std::stringstream text;
    text << std::ifstream("Inputs/net.cfg").rdbuf();
    std::istringstream words(text.str().substr(0, text.str().find('\n')));
    std::string hash, word;
    int letters = 0;
    words >> hash;
    while (words >> word)
      letters += static_cast<int>(word.size()); // "three layers"
    std::istringstream numbers("2, 3,5");
    std::string part;
    int sum = 0;
    while (std::getline(numbers, part, ','))
      sum += std::stoi(part);
    fc = register_module("fc", torch::nn::Linear(8, letters + sum)); // 11 + 10
  }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
// CHECK: model 'Words': 168 MAC, 189 parameters
TORCH_MODULE(InRepository);
TORCH_MODULE(Elsewhere);
TORCH_MODULE(Json);
TORCH_MODULE(Words);
