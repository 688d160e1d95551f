// Names that register_module(), register_parameter() and register_buffer() throw for.
// RUN: not %clang_energy --input=1x8 %s %paper | FileCheck %s
#include <map>
#include <string>
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Linear a{nullptr}, b{nullptr}, c{nullptr};
  torch::Tensor scale;
  NetImpl() {
    a = register_module("a", torch::nn::Linear(8, 8));
    b = register_module("a", torch::nn::Linear(8, 8));
    // CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: 'register_module' rejects the name of a module: 'a' is registered already [energy-shape-error]
    c = register_module("layer.1", torch::nn::Linear(8, 8));
    // CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: 'register_module' rejects the name of a module: 'layer.1' contains a dot
    scale = register_parameter("", torch::ones({8}));
    // CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: 'register_parameter' rejects the name of a parameter: it is empty
    register_buffer("a", torch::ones({8})); // of each kind one
    register_buffer("a", torch::ones({8}));
    // CHECK: [[#@LINE-1]]:{{[0-9]+}}: error: 'register_buffer' rejects the name of a buffer: 'a' is registered already
  }
  torch::Tensor forward(torch::Tensor x) { return c(b(a(x))) * scale; }
};
TORCH_MODULE(Net);

// A name that is not known is no error, nor is one that was given back.
struct KnownImpl : torch::nn::Module {
  torch::nn::Linear a{nullptr};
  KnownImpl() {
    a = register_module("fc", torch::nn::Linear(8, 8));
    unregister_module("fc");
    a = register_module("fc", torch::nn::Linear(8, 4));
  }
  torch::Tensor forward(torch::Tensor x) { return a(x); }
};
TORCH_MODULE(Known);
// CHECK: model 'Known': 32 MAC, 36 parameters
