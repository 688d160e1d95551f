/// \file
/// Runs one torch::nn module or function under a recorder and prints what the
/// dispatcher saw, as lines that LayerConformance.cpp compares with the
/// analyzer's lowering:
///
///   case nn::Linear in_features=4 out_features=2 input0=f32[3,4]
///   module out_proj Linear     (a submodule, if any)
///   param weight f32[2,4]
///   call aten::t self=f32[2,4] -> f32[4,2]
///   result f32[3,2]
///
/// A case line says the options (TORCH_ARG names), `train=true`, and the inputs;
/// input1="input0" is the same tensor again. Integer tensors hold zeros.
#pragma once
#include "Schema/OpLine.h"
#include <functional>
#include <iostream>
#include <memory>
#include <torch/torch.h>

namespace energy::conformance {

/// A case line, parsed, with its tensors made.
class Case {
  std::string Text;
  OpLine Line;
  std::map<std::string, at::Tensor> Tensors;

public:
  explicit Case(const char *Text);
  const std::string &text() const { return Text; }
  bool training() const;
  /// Tensor `input<I>`; undefined when the line has none.
  at::Tensor t(int I) const { return named("input" + std::to_string(I)); }
  at::Tensor named(const std::string &Name) const;
  /// Both tensors of a list [f32[...],f32[...]].
  std::tuple<at::Tensor, at::Tensor> pair(int I) const {
    const std::string Name = "input" + std::to_string(I);
    return {named(Name + "[0]"), named(Name + "[1]")};
  }
};

using Results = std::vector<at::Tensor>;
inline void flatten(const at::Tensor &T, Results &Out) { Out.push_back(T); }
template <class... T> void flatten(const std::tuple<T...> &All, Results &Out) {
  std::apply([&](const auto &...Item) { (flatten(Item, Out), ...); }, All);
}

/// Records the outermost calls of \p Run and prints them, or how it threw.
void record(const std::function<Results()> &Run);
void printCase(const Case &C);
void printModule(const torch::nn::Module &M);

/// \p Make returns the module's holder, \p Call runs it on the case's inputs.
template <class Make, class Call> void runModule(const char *Text, Make M, Call Run) {
  Case C(Text);
  printCase(C);
  try {
    auto Holder = M();
    Holder->train(C.training());
    printModule(*Holder);
    record([&] {
      Results R;
      flatten(Run(Holder, C), R);
      return R;
    });
  } catch (const std::exception &) {
    std::cout << "throws\n";
  }
}
template <class Call> void runFunction(const char *Text, Call Run) {
  Case C(Text);
  printCase(C);
  record([&] {
    Results R;
    flatten(Run(C), R);
    return R;
  });
}

} // namespace energy::conformance
