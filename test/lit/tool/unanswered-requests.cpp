// What --set and --input give is taken where a model could take it: an option that the
// program declares, whether or not a model reads it, and a parameter after default ones.
// RUN: %clang_energy --set=width=5 --set=epochs=3 --input=x=1x8 --input=mask=1x5 %s %paper | FileCheck %s
// CHECK-DAG: input 'x' 1x8 float32 (given)
// CHECK-DAG: input 'mask' 1x5 float32 (given)
// CHECK-DAG: option 'width' is '5' (--set)
// CHECK: 3 of 3 calls understood
//
// RUN: %status 2 %clang_energy --set=widht=5 --input=1x8 %s %paper 2>&1 | FileCheck %s --check-prefix=SET
// SET: error: no model reads an option 'widht' that '--set' could give
//
// An unknown may hide what would have taken it.
// RUN: %status 0 %clang_energy --set=widht=5 --input=1x8 %s %paper -DHIDDEN
#include <boost/program_options.hpp>
#include <torch/torch.h>
namespace po = boost::program_options;

torch::Tensor somewhereElse(torch::Tensor x);

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  explicit NetImpl(po::variables_map &vm) {
    fc = register_module("fc", torch::nn::Linear(8, vm["width"].as<int>()));
  }
  torch::Tensor forward(torch::Tensor x, bool scale = true, torch::Tensor mask = {}) {
    x = fc->forward(x);
#ifdef HIDDEN
    x = somewhereElse(x);
#endif
    return mask.defined() ? x * mask : x;
  }
};
TORCH_MODULE(Net);

int main(int argc, const char *argv[]) {
  po::options_description args("Options");
  args.add_options()("width", po::value<int>()->default_value(4), "")(
      "epochs", po::value<int>()->default_value(1), "");
  po::variables_map vm;
  po::store(po::parse_command_line(argc, argv, args), vm);
  Net net(vm);
}
