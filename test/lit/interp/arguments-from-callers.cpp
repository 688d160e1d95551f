// A model made in a function gets what the program calls that function with.
// RUN: %clang_energy --fail-level=never --explain-unknowns %s %paper 2>&1 | FileCheck %s
// RUN: %clang_energy --fail-level=never --set wide=12 %s %paper 2>&1 | FileCheck --check-prefix=SET %s
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl(int64_t in, int64_t out) { fc = register_module("fc", torch::nn::Linear(in, out)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Net);

struct Settings {
  int64_t features = 16;
};

Net make(const Settings &settings, int64_t out = 4) { return Net(settings.features, out); }

// The object that the program makes is the one whose method makes the model.
class Trainer {
  int64_t Classes;

public:
  Trainer(int64_t classes) : Classes(classes) {}
  void run() {
    struct InnerImpl : torch::nn::Module {};
    Settings settings;
    settings.features = 6;
    make(settings);
  }
  int64_t classes() const { return Classes; }
};

int main(int argc, char **argv) {
  Trainer trainer(argc > 1 ? 7 : 9);
  trainer.run();
}
// CHECK: model 'Net': 24 MAC, 28 parameters

// Nobody calls this one.
struct LoneImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  LoneImpl(int64_t in) { fc = register_module("fc", torch::nn::Linear(in, 3)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Lone);
void nobody(int64_t wide) { Lone lone(wide); }
// CHECK: model 'Lone': not reconstructed
// CHECK: 'wide' is a parameter of 'nobody', which nothing in the files that were read calls with a known value{{.*}}; give --set wide=VALUE
// SET: model 'Lone': 36 MAC, 39 parameters
