// A word that the program reads from its command line without a default is asked for by name.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --set argv='a 7' %s %paper | FileCheck %s --check-prefix=GIVEN
#include <string>
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  NetImpl(int width) { fc = register_module("fc", torch::nn::Linear(8, width)); }
  torch::Tensor forward(torch::Tensor x) { return fc(x); }
};
TORCH_MODULE(Net);

int main(int argc, char **argv) {
  Net net(std::stoi(argv[2]));
  net->forward(torch::zeros({1, 8}));
}
// CHECK: word 2 of the command line is not known ({{.*}}15:{{[0-9]+}}); give --set argv='WORD ...'
// GIVEN: model 'Net': 56 MAC, 63 parameters
