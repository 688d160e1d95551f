// Hyper-parameters from the command line: the declared default, or what --set gives.
// RUN: %clang_energy --input=1x8 %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --set=boost=11 --set=cxx=12 --set=flag=13 --set=cli=14 %s %paper \
// RUN:   | FileCheck %s --check-prefix=SET
#include <CLI/CLI.hpp>
#include <boost/program_options.hpp>
#include <cxxopts.hpp>
#include <gflags/gflags.h>
#include <string>
#include <torch/torch.h>
namespace po = boost::program_options;

DEFINE_int32(flag, 5, "width");

// One class for each library: what differs is the number of parameters, 9 per output.
template <int Library> struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  explicit NetImpl(int width) { fc = register_module("fc", torch::nn::Linear(8, width)); }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
struct BoostImpl : NetImpl<0> { using NetImpl::NetImpl; };
struct CxxoptsImpl : NetImpl<1> { using NetImpl::NetImpl; };
struct GflagsImpl : NetImpl<2> { using NetImpl::NetImpl; };
struct CliImpl : NetImpl<3> { using NetImpl::NetImpl; };
struct ArgumentImpl : NetImpl<5> { using NetImpl::NetImpl; };
struct NobodyImpl : NetImpl<4> { using NetImpl::NetImpl; };
TORCH_MODULE(Boost);
TORCH_MODULE(Cxxopts);
TORCH_MODULE(Gflags);
TORCH_MODULE(Cli);
TORCH_MODULE(Argument);
TORCH_MODULE(Nobody);

int main(int argc, char **argv) {
  po::options_description args("Options");
  args.add_options()("boost", po::value<int>()->default_value(3), "")("none", po::value<int>(), "");
  po::variables_map vm{};
  po::store(po::parse_command_line(argc, argv, args), vm);
  po::notify(vm);
  Boost boost(vm["boost"].as<int>());
  // CHECK: model 'Boost': 24 MAC, 27 parameters
  // SET: model 'Boost': 88 MAC, 99 parameters
  // SET: option 'boost' is '11' (--set)

  cxxopts::Options options("net");
  options.add_options()("c,cxx", "width", cxxopts::value<int>()->default_value("4"));
  auto result = options.parse(argc, argv);
  Cxxopts cxx(result["cxx"].as<int>());
  // CHECK: model 'Cxxopts': 32 MAC, 36 parameters
  // SET: model 'Cxxopts': 96 MAC, 108 parameters

  gflags::ParseCommandLineFlags(&argc, &argv, true);
  Gflags flags(FLAGS_flag);
  // CHECK: model 'Gflags': 40 MAC, 45 parameters
  // SET: model 'Gflags': 104 MAC, 117 parameters

  CLI::App app{"net"};
  int width = 6;
  app.add_option("-w,--cli", width, "width");
  CLI11_PARSE(app, argc, argv);
  Cli cli(width);
  // CHECK: model 'Cli': 48 MAC, 54 parameters
  // SET: model 'Cli': 112 MAC, 126 parameters

  int last = 7;
  if (argc > 1)
    last = std::stoi(argv[1]);
  Argument argument(last);
  // CHECK: model 'Argument': 56 MAC, 63 parameters
  // CHECK: assumed: the program is called without arguments

  Nobody nobody(vm["none"].as<int>());
  // CHECK: model 'Nobody': not reconstructed
  // CHECK: command-line option 'none' has no default
  // CHECK-SAME: give --set none=VALUE
}
