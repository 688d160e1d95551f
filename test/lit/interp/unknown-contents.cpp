// Numbers drawn at random or not known leave the shape of what is filled with them known.
// RUN: %clang_energy --summary --fail-level=never %s 2>&1 | FileCheck %s --implicit-check-not=error:
#include <random>
#include <torch/torch.h>
#include <unordered_map>

extern std::unordered_map<std::string, double> settings;
double setting(const std::string &name, double otherwise) {
  if (auto it = settings.find(name); it != settings.end())
    return it->second;
  return otherwise;
}

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  torch::Tensor table;
  std::vector<int64_t> counts;
  NetImpl() : counts(3) {
    fc = register_module("fc", torch::nn::Linear(6, 4));
    std::random_device device;
    std::mt19937 engine(device());
    std::uniform_real_distribution<> uniform(-1.0, 1.0);
    std::vector<double> w(fc->weight.numel());
    for (auto &v : w)
      v = std::tan(uniform(engine));
    fc->weight.data().copy_(torch::tensor(w, fc->weight.options()).view(fc->weight.sizes()));
    std::vector<int64_t> ids;
    std::uniform_int_distribution<int64_t> any(0, 9);
    for (int i = 0; i < 5; ++i)
      ids.push_back(any(engine));
    table = register_buffer("table", torch::tensor(ids));
    counts[1] += 4; // value-initialised
  }
  torch::Tensor forward(torch::Tensor x) {
    // Everything lies on the CPU, so the element type is known.
    auto type = x.device() == torch::kCPU ? torch::kFloat32 : torch::kFloat16;
    if (x.device().type() == torch::kCUDA || x.device() != table.device())
      x = x.repeat({100, 1});
    std::unordered_map<std::string, int> seen;
    if (seen.find("x") != seen.end())
      x = x.repeat({100, 1});
    return fc(x.to(type)) * table[0] * counts[1];
  }
};
TORCH_MODULE(Net);

// Where the values decide, what they decide is unknown.
struct RandomImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  RandomImpl() {
    std::mt19937 engine(1);
    std::uniform_int_distribution<int64_t> any(1, 9);
    fc = register_module("fc", torch::nn::Linear(6, any(engine)));
  }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Random);

// The member that is read too early is named.
struct EarlyImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  int64_t width;
  EarlyImpl() { fc = register_module("fc", torch::nn::Linear(6, width)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Early);

// How many there are is not known, so that none is not an error.
struct ResizedImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) {
    std::mt19937 engine(1);
    std::uniform_int_distribution<int64_t> any(1, 9);
    std::vector<torch::Tensor> rows, others(2, x);
    rows.resize(any(engine));
    others.insert(others.end(), any(engine), x);
    return torch::cat(rows, 1) + torch::stack(others);
  }
};
TORCH_MODULE(Resized);

int main() {
  auto x = torch::randn({2, 6});
  Net()(x);
  Random()(x);
  Early()(x);
  Resized()(x);
}
// CHECK: model 'Net': 48 MAC, 28 parameters
// CHECK: model 'Random':
// CHECK: left out, because a random number is used ({{.*}}unknown-contents.cpp:53:
// CHECK: model 'Early':
// CHECK: left out, because 'width' is read before it has a value ({{.*}}unknown-contents.cpp:62:
// CHECK: model 'Resized':
// CHECK: left out, because a random number is used
// CHECK-NEXT: aten::cat
// CHECK: aten::stack
