// What the words of a command line decide: none by default, those of --set argv='...' else.
// RUN: %clang_energy --input=1x8 --fail-level=never %s %paper | FileCheck %s
// RUN: %clang_energy --input=1x8 --fail-level=never --set argv='-w 7 --depth=3 --verbose rest' %s %paper \
// RUN:   | FileCheck %s --check-prefix=GIVEN
#include <getopt.h>
#include <string>
#include <torch/torch.h>
#include <vector>

struct Settings {
  int width = 4, depth = 1;
  bool verbose = false;
  std::vector<std::string> others;
};

static void usage() { exit(1); }

static Settings settings(int argc, char **argv) {
  Settings s;
  static struct option table[] = {{"width", required_argument, nullptr, 'w'},
                                  {"depth", required_argument, nullptr, 'd'},
                                  {"verbose", no_argument, nullptr, 'v'},
                                  {nullptr, 0, nullptr, 0}};
  int opt;
  while ((opt = getopt_long(argc, argv, "w:d:v", table, nullptr)) != -1) {
    switch (opt) {
    case 'w':
      s.width = std::stoi(optarg);
      break;
    case 'd':
      s.depth = atoi(optarg);
      break;
    case 'v':
      s.verbose = true;
      break;
    default:
      usage();
    }
  }
  for (int i = optind; i < argc; ++i)
    s.others.push_back(argv[i]);
  return s;
}

struct NetImpl : torch::nn::Module {
  torch::nn::Linear fc{nullptr};
  explicit NetImpl(const Settings &s) {
    int more = s.verbose ? 10 : 0;
    fc = register_module("fc", torch::nn::Linear(8, s.width * s.depth + more + static_cast<int>(s.others.size())));
  }
  torch::Tensor forward(torch::Tensor x) { return fc->forward(x); }
};
TORCH_MODULE(Net);

int main(int argc, char **argv) {
  Settings s = settings(argc, argv);
  Net net(s);
}
// CHECK: model 'Net': 32 MAC, 36 parameters
// CHECK: assumed: the program is called without arguments
// 7 * 3 + 10 + 1
// GIVEN: model 'Net': 256 MAC, 288 parameters
// GIVEN: assumed: option 'argv' is '-w 7 --depth=3 --verbose rest' (--set)
