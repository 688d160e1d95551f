// What a training program needs around its model: enough to parse a main().
#pragma once
#include "torch/paper/functional.h"

namespace torch {
namespace optim {
struct SGDOptions {
  SGDOptions(double lr);
  TORCH_ARG(double, lr);
  TORCH_ARG(double, momentum) = 0;
};
struct AdamOptions {
  AdamOptions(double lr = 1e-3);
  TORCH_ARG(double, lr) = 1e-3;
};
class Optimizer {
public:
  void zero_grad();
  Tensor step();
};
class SGD : public Optimizer {
public:
  SGD(std::vector<Tensor> parameters, SGDOptions options);
};
class Adam : public Optimizer {
public:
  Adam(std::vector<Tensor> parameters, AdamOptions options = {});
};
} // namespace optim
template <class T> void save(const T &value, const std::string &path);
template <class T> void load(T &value, const std::string &path);
std::ostream &operator<<(std::ostream &, const nn::Module &);
} // namespace torch
