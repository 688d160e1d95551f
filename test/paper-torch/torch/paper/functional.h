// torch::nn::functional.
#pragma once
#include "torch/paper/containers.h"

namespace torch {
namespace nn {
namespace functional {
struct Conv2dFuncOptions {
  TORCH_ARG(Tensor, bias) = Tensor();
  TORCH_ARG(ExpandingArray<2>, stride) = 1;
  TORCH_ARG(ExpandingArray<2>, padding) = 0;
  TORCH_ARG(ExpandingArray<2>, dilation) = 1;
  TORCH_ARG(int64_t, groups) = 1;
};
struct DropoutFuncOptions {
  TORCH_ARG(double, p) = 0.5;
  TORCH_ARG(bool, training) = false;
  TORCH_ARG(bool, inplace) = false;
};
struct SoftmaxFuncOptions {
  SoftmaxFuncOptions(int64_t dim);
  TORCH_ARG(int64_t, dim);
};
using LogSoftmaxFuncOptions = SoftmaxFuncOptions;
struct InterpolateFuncOptions {
  typedef UpsampleOptions::mode_t mode_t;
  TORCH_ARG(c10::optional<std::vector<int64_t>>, size) = c10::nullopt;
  TORCH_ARG(c10::optional<std::vector<double>>, scale_factor) = c10::nullopt;
  TORCH_ARG(mode_t, mode) = torch::kNearest;
  TORCH_ARG(c10::optional<bool>, align_corners) = c10::nullopt;
};
struct PadFuncOptions {
  typedef c10::variant<enumtype::kConstant, enumtype::kReflect, enumtype::kReplicate,
                       enumtype::kCircular>
      mode_t;
  PadFuncOptions(std::vector<int64_t> pad);
  TORCH_ARG(std::vector<int64_t>, pad);
  TORCH_ARG(mode_t, mode) = torch::kConstant;
  TORCH_ARG(double, value) = 0;
};
struct NormalizeFuncOptions {
  TORCH_ARG(double, p) = 2.0;
  TORCH_ARG(int64_t, dim) = 1;
  TORCH_ARG(double, eps) = 1e-12;
};
using MaxPool2dFuncOptions = MaxPool2dOptions;
using AvgPool2dFuncOptions = AvgPool2dOptions;
using AdaptiveAvgPool2dFuncOptions = AdaptiveAvgPool2dOptions;
using ReLUFuncOptions = ReLUOptions;
using LeakyReLUFuncOptions = LeakyReLUOptions;
using GELUFuncOptions = GELUOptions;
using LayerNormFuncOptions = LayerNormOptions;

Tensor linear(const Tensor &input, const Tensor &weight, const Tensor &bias = {});
Tensor conv2d(const Tensor &input, const Tensor &weight, const Conv2dFuncOptions &options = {});
Tensor relu(Tensor input, const ReLUFuncOptions &options = {});
Tensor leaky_relu(Tensor input, const LeakyReLUFuncOptions &options = {});
Tensor gelu(const Tensor &input, const GELUFuncOptions &options = {});
Tensor silu(const Tensor &input);
Tensor softplus(const Tensor &input);
Tensor max_pool2d(const Tensor &input, const MaxPool2dFuncOptions &options);
Tensor avg_pool2d(const Tensor &input, const AvgPool2dFuncOptions &options);
Tensor adaptive_avg_pool2d(const Tensor &input, const AdaptiveAvgPool2dFuncOptions &options);
Tensor dropout(Tensor input, const DropoutFuncOptions &options = {});
Tensor softmax(const Tensor &input, const SoftmaxFuncOptions &options);
Tensor log_softmax(const Tensor &input, const LogSoftmaxFuncOptions &options);
Tensor interpolate(const Tensor &input, const InterpolateFuncOptions &options = {});
Tensor pad(const Tensor &input, const PadFuncOptions &options);
Tensor normalize(const Tensor &input, NormalizeFuncOptions options = {});
Tensor layer_norm(const Tensor &input, const LayerNormFuncOptions &options);
Tensor one_hot(const Tensor &tensor, int64_t num_classes = -1);
Tensor cross_entropy(const Tensor &input, const Tensor &target);
Tensor mse_loss(const Tensor &input, const Tensor &target);
} // namespace functional

namespace init {
Tensor constant_(Tensor tensor, Scalar value);
Tensor zeros_(Tensor tensor);
Tensor ones_(Tensor tensor);
Tensor normal_(Tensor tensor, double mean = 0, double std = 1);
Tensor uniform_(Tensor tensor, double low = 0, double high = 1);
Tensor xavier_uniform_(Tensor tensor, double gain = 1.0);
Tensor xavier_normal_(Tensor tensor, double gain = 1.0);
Tensor kaiming_normal_(Tensor tensor, double a = 0,
                       c10::variant<enumtype::kFanIn, enumtype::kFanOut> mode = torch::kFanIn,
                       c10::variant<enumtype::kReLU, enumtype::kTanh, enumtype::kLeakyReLU>
                           nonlinearity = torch::kLeakyReLU);
} // namespace init
} // namespace nn
} // namespace torch
