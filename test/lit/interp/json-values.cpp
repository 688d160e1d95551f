// A configuration built as nlohmann::json, whatever header supplies it: sizes come from it.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper | FileCheck %s
// Where no nlohmann/json.hpp is installed, a stand-in is.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper -isystem /clang-energy/stand-ins | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --set 'config={"out": 5, "hidden": [2]}' %s %paper \
// RUN:   | FileCheck %s --check-prefix=SET
#include <nlohmann/json.hpp>
#include <string>
#include <torch/torch.h>
#include <vector>
using nlohmann::json;

json table() {
  json all = {
      {"small", {{"kind", "dense"}, {"widths", {4, 2}}, {"bias", false}}},
      {"wide", {{"kind", "dense"}, {"widths", {8, 16, 32}}}},
  };
  all["made"]["widths"].push_back(3);
  all["made"]["widths"].push_back(5);
  all["made"]["kind"] = "dense";
  return all;
}

// One linear layer as wide as the number to see: 9 parameters for each.
template <int N> struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl(int width) { fc = register_module("fc", torch::nn::Linear(8, width)); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};

struct ByKeyImpl : NetImpl<0> {
  ByKeyImpl(std::string name = "wide") : NetImpl(width(name)) {}
  static int width(const std::string &name) {
    auto params = table();
    std::vector<int> widths = params[name]["widths"];
    if (!params.contains(name) || params[name]["kind"] != "dense")
      return 1;
    return widths.back();
  }
};
// CHECK: model 'ByKey': 256 MAC, 288 parameters

struct Settings {
  int hidden = 1;
  std::string name;
};
void from_json(const json &j, Settings &s) {
  j.at("hidden").get_to(s.hidden);
  s.name = j.value("name", "none");
}
struct ToStructImpl : NetImpl<1> {
  ToStructImpl() : NetImpl(width()) {}
  static int width() {
    Settings s = json::parse(R"({"hidden": 7, "other": [true, null, 1.5]})").get<Settings>();
    return s.name == "none" ? s.hidden : 1;
  }
};
// CHECK: model 'ToStruct': 56 MAC, 63 parameters

struct LoopsImpl : NetImpl<2> {
  LoopsImpl() : NetImpl(width()) {}
  static int width() {
    int sum = 0;
    auto params = table();
    for (auto &[name, entry] : params.items())
      sum += name == "small" ? 100 : static_cast<int>(entry["widths"].size()); // 100 + 3 + 2
    for (const auto &w : params["small"]["widths"])
      sum += w.get<int>(); // 6
    for (auto it = params["small"].begin(); it != params["small"].end(); ++it)
      if (it.key() == "bias" && it.value().is_boolean() && !it->get<bool>())
        sum += 1000;
    if (params.find("none") == params.end() && params.count("made") == 1)
      sum += 10000;
    return sum - 11100; // 11
  }
};
// CHECK: model 'Loops': 88 MAC, 99 parameters

struct MissingImpl : NetImpl<3> {
  MissingImpl() : NetImpl(table().at("large")["widths"][0]) {}
};
// CHECK: model 'Missing': not reconstructed
// CHECK: key "large" is not in the JSON object

struct GivenImpl : NetImpl<4> {
  GivenImpl(const json &config) : NetImpl(config["out"].get<int>() + config["hidden"][0].get<int>()) {}
};
// CHECK: model 'Given': not reconstructed
// CHECK: give --set config=VALUE
// SET: model 'Given': 56 MAC, 63 parameters
TORCH_MODULE(ByKey);
TORCH_MODULE(ToStruct);
TORCH_MODULE(Loops);
TORCH_MODULE(Missing);
TORCH_MODULE(Given);
