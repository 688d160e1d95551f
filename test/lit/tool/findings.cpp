// Findings as Clang prints them: place, text, source line, caret; a note at the call.
// RUN: cd %S && %clang_energy --input=1x3x32x32 findings.cpp %paper | FileCheck %s
// Warnings do not fail unless asked to; what is printed does not depend on it.
// RUN: %status 0 %clang_energy --input=1x3x32x32 %s %paper
// RUN: %status 1 %clang_energy --input=1x3x32x32 --fail-level=warning %s %paper
// RUN: %status 0 %clang_energy --input=1x3x32x32 --fail-level=never %s %paper
// A layer has to use so much to be heavy; the heaviest is named in any case.
// RUN: %clang_energy --input=1x3x32x32 --heavy-share=90 %s %paper | FileCheck %s --check-prefix=SHARE
#include <torch/torch.h>

struct NetImpl : torch::nn::Module {
  torch::nn::Conv2d conv{nullptr};
  torch::nn::Linear fc{nullptr};
  NetImpl() {
    conv = register_module("conv", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 64, 3).padding(1)));
    // CHECK: {{^}}findings.cpp:[[#@LINE-1]]:36: warning: layer 'conv' uses about {{[0-9.]+}} mJ per forward pass ({{[0-9.]+}} to {{[0-9.]+}} mJ, {{[0-9]+}} % of 'Net') [energy-heavy-layer]
    // CHECK-NEXT: {{^ *[0-9]+}} |     conv = register_module("conv", torch::nn::Conv2d(
    // CHECK-NEXT: {{^}}      |                                    ^
    // CHECK-NEXT: findings.cpp:[[#@LINE-4]]:36: note: input 1x3x32x32, output 1x64x32x32, 1.77 MMAC, 1.79 k parameters; device 'xeon-gold-5120-2s' (measured, RAPL
    // CHECK: findings.cpp:[[#@LINE+7]]:{{[0-9]+}}: note: called here
    fc = register_module("fc", torch::nn::Linear(64 * 16 * 16, 10));
    // NOLINTNEXTLINE(energy-heavy-layer)
    quiet = register_module("quiet", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 64, 3).padding(1)));
    // CHECK-NOT: layer 'quiet'
  }
  torch::Tensor forward(torch::Tensor x) {
    torch::Tensor y = quiet->forward(x) + conv->forward(x);
    y = torch::max_pool2d(y, 2);
    // CHECK: findings.cpp:[[#@LINE-1]]:9: warning: call of 'max_pool2d' uses about {{.*}} [energy-heavy-layer]
    return fc->forward(y.view({y.size(0), -1}));
  }
  torch::nn::Conv2d quiet{nullptr};
};
TORCH_MODULE(Net);
// SHARE: warning: call of 'max_pool2d'
// SHARE-NOT: warning:
// CHECK: model 'Net'{{.*}}: {{.*}}MMAC, {{[0-9.]+}} k parameters, about {{.*}} per forward pass ({{.*}}) on 'xeon-gold-5120-2s' (measured
// CHECK: input 'x' 1x3x32x32 float32 (given)
// CHECK: 7 of 7 calls understood
