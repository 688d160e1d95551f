// Free functions: at:: (seen through torch::) and torch:: factories.
#pragma once
#include "torch/paper/tensor.h"

namespace at {
Tensor abs(const Tensor &self);
Tensor &abs_(Tensor &self);
Tensor acos(const Tensor &self);
Tensor &acos_(Tensor &self);
Tensor acosh(const Tensor &self);
Tensor &acosh_(Tensor &self);
Tensor arccos(const Tensor &self);
Tensor &arccos_(Tensor &self);
Tensor arcsin(const Tensor &self);
Tensor &arcsin_(Tensor &self);
Tensor arctan(const Tensor &self);
Tensor &arctan_(Tensor &self);
Tensor asin(const Tensor &self);
Tensor &asin_(Tensor &self);
Tensor atan(const Tensor &self);
Tensor &atan_(Tensor &self);
Tensor ceil(const Tensor &self);
Tensor &ceil_(Tensor &self);
Tensor cos(const Tensor &self);
Tensor &cos_(Tensor &self);
Tensor cosh(const Tensor &self);
Tensor &cosh_(Tensor &self);
Tensor erf(const Tensor &self);
Tensor &erf_(Tensor &self);
Tensor erfc(const Tensor &self);
Tensor &erfc_(Tensor &self);
Tensor exp(const Tensor &self);
Tensor &exp_(Tensor &self);
Tensor expm1(const Tensor &self);
Tensor &expm1_(Tensor &self);
Tensor floor(const Tensor &self);
Tensor &floor_(Tensor &self);
Tensor log(const Tensor &self);
Tensor &log_(Tensor &self);
Tensor log10(const Tensor &self);
Tensor &log10_(Tensor &self);
Tensor log1p(const Tensor &self);
Tensor &log1p_(Tensor &self);
Tensor log2(const Tensor &self);
Tensor &log2_(Tensor &self);
Tensor neg(const Tensor &self);
Tensor &neg_(Tensor &self);
Tensor reciprocal(const Tensor &self);
Tensor &reciprocal_(Tensor &self);
Tensor round(const Tensor &self);
Tensor &round_(Tensor &self);
Tensor rsqrt(const Tensor &self);
Tensor &rsqrt_(Tensor &self);
Tensor sigmoid(const Tensor &self);
Tensor &sigmoid_(Tensor &self);
Tensor sign(const Tensor &self);
Tensor &sign_(Tensor &self);
Tensor sin(const Tensor &self);
Tensor &sin_(Tensor &self);
Tensor sinh(const Tensor &self);
Tensor &sinh_(Tensor &self);
Tensor sqrt(const Tensor &self);
Tensor &sqrt_(Tensor &self);
Tensor square(const Tensor &self);
Tensor &square_(Tensor &self);
Tensor tan(const Tensor &self);
Tensor &tan_(Tensor &self);
Tensor tanh(const Tensor &self);
Tensor &tanh_(Tensor &self);
Tensor trunc(const Tensor &self);
Tensor &trunc_(Tensor &self);
Tensor frac(const Tensor &self);
Tensor &frac_(Tensor &self);
Tensor relu(const Tensor &self);
Tensor &relu_(Tensor &self);
Tensor selu(const Tensor &self);
Tensor &selu_(Tensor &self);
Tensor logical_not(const Tensor &self);
Tensor &logical_not_(Tensor &self);
Tensor add(const Tensor &self, const Tensor &other, const Scalar &alpha = 1);
Tensor add(const Tensor &self, const Scalar &other, const Scalar &alpha = 1);
Tensor &add_(Tensor &self, const Tensor &other, const Scalar &alpha = 1);
Tensor &add_(Tensor &self, const Scalar &other, const Scalar &alpha = 1);
Tensor sub(const Tensor &self, const Tensor &other, const Scalar &alpha = 1);
Tensor sub(const Tensor &self, const Scalar &other, const Scalar &alpha = 1);
Tensor &sub_(Tensor &self, const Tensor &other, const Scalar &alpha = 1);
Tensor &sub_(Tensor &self, const Scalar &other, const Scalar &alpha = 1);
Tensor mul(const Tensor &self, const Tensor &other);
Tensor mul(const Tensor &self, const Scalar &other);
Tensor &mul_(Tensor &self, const Tensor &other);
Tensor &mul_(Tensor &self, const Scalar &other);
Tensor div(const Tensor &self, const Tensor &other);
Tensor div(const Tensor &self, const Scalar &other);
Tensor &div_(Tensor &self, const Tensor &other);
Tensor &div_(Tensor &self, const Scalar &other);
Tensor remainder(const Tensor &self, const Tensor &other);
Tensor remainder(const Tensor &self, const Scalar &other);
Tensor &remainder_(Tensor &self, const Tensor &other);
Tensor &remainder_(Tensor &self, const Scalar &other);
Tensor fmod(const Tensor &self, const Tensor &other);
Tensor fmod(const Tensor &self, const Scalar &other);
Tensor &fmod_(Tensor &self, const Tensor &other);
Tensor &fmod_(Tensor &self, const Scalar &other);
Tensor floor_divide(const Tensor &self, const Tensor &other);
Tensor floor_divide(const Tensor &self, const Scalar &other);
Tensor &floor_divide_(Tensor &self, const Tensor &other);
Tensor &floor_divide_(Tensor &self, const Scalar &other);
Tensor eq(const Tensor &self, const Tensor &other);
Tensor eq(const Tensor &self, const Scalar &other);
Tensor ne(const Tensor &self, const Tensor &other);
Tensor ne(const Tensor &self, const Scalar &other);
Tensor lt(const Tensor &self, const Tensor &other);
Tensor lt(const Tensor &self, const Scalar &other);
Tensor le(const Tensor &self, const Tensor &other);
Tensor le(const Tensor &self, const Scalar &other);
Tensor gt(const Tensor &self, const Tensor &other);
Tensor gt(const Tensor &self, const Scalar &other);
Tensor ge(const Tensor &self, const Tensor &other);
Tensor ge(const Tensor &self, const Scalar &other);
Tensor pow(const Tensor &self, const Tensor &exponent);
Tensor pow(const Tensor &self, const Scalar &exponent);
Tensor matmul(const Tensor &self, const Tensor &other);
Tensor mm(const Tensor &self, const Tensor &other);
Tensor bmm(const Tensor &self, const Tensor &other);
Tensor mv(const Tensor &self, const Tensor &other);
Tensor dot(const Tensor &self, const Tensor &other);
Tensor maximum(const Tensor &self, const Tensor &other);
Tensor minimum(const Tensor &self, const Tensor &other);
Tensor logical_and(const Tensor &self, const Tensor &other);
Tensor logical_or(const Tensor &self, const Tensor &other);
Tensor atan2(const Tensor &self, const Tensor &other);
Tensor max(const Tensor &self);
Tensor min(const Tensor &self);
Tensor max(const Tensor &self, const Tensor &other);
Tensor min(const Tensor &self, const Tensor &other);
std::tuple<Tensor, Tensor> max(const Tensor &self, int64_t dim, bool keepdim = false);
std::tuple<Tensor, Tensor> min(const Tensor &self, int64_t dim, bool keepdim = false);
Tensor argmax(const Tensor &self, c10::optional<int64_t> dim = c10::nullopt, bool keepdim = false);
Tensor argmin(const Tensor &self, c10::optional<int64_t> dim = c10::nullopt, bool keepdim = false);
Tensor sum(const Tensor &self, c10::optional<ScalarType> dtype = c10::nullopt);
Tensor sum(const Tensor &self, IntArrayRef dim, bool keepdim = false,
           c10::optional<ScalarType> dtype = c10::nullopt);
Tensor mean(const Tensor &self, c10::optional<ScalarType> dtype = c10::nullopt);
Tensor mean(const Tensor &self, IntArrayRef dim, bool keepdim = false,
            c10::optional<ScalarType> dtype = c10::nullopt);
Tensor prod(const Tensor &self, c10::optional<ScalarType> dtype = c10::nullopt);
Tensor std(const Tensor &self, bool unbiased = true);
Tensor std(const Tensor &self, IntArrayRef dim, bool unbiased = true, bool keepdim = false);
Tensor var(const Tensor &self, bool unbiased = true);
Tensor var(const Tensor &self, IntArrayRef dim, bool unbiased = true, bool keepdim = false);
Tensor norm(const Tensor &self, const Scalar &p = 2);
Tensor norm(const Tensor &self, const Scalar &p, IntArrayRef dim, bool keepdim = false);
Tensor all(const Tensor &self);
Tensor any(const Tensor &self);
Tensor logsumexp(const Tensor &self, IntArrayRef dim, bool keepdim = false);
Tensor cumsum(const Tensor &self, int64_t dim, c10::optional<ScalarType> dtype = c10::nullopt);
Tensor softmax(const Tensor &self, int64_t dim, c10::optional<ScalarType> dtype = c10::nullopt);
Tensor log_softmax(const Tensor &self, int64_t dim, c10::optional<ScalarType> dtype = c10::nullopt);
Tensor reshape(const Tensor &self, IntArrayRef shape);
Tensor flatten(const Tensor &self, int64_t start_dim = 0, int64_t end_dim = -1);
Tensor unflatten(const Tensor &self, int64_t dim, IntArrayRef sizes);
Tensor squeeze(const Tensor &self);
Tensor squeeze(const Tensor &self, int64_t dim);
Tensor unsqueeze(const Tensor &self, int64_t dim);
Tensor transpose(const Tensor &self, int64_t dim0, int64_t dim1);
Tensor permute(const Tensor &self, IntArrayRef dims);
Tensor t(const Tensor &self);
Tensor select(const Tensor &self, int64_t dim, int64_t index);
Tensor narrow(const Tensor &self, int64_t dim, int64_t start, int64_t length);
Tensor slice(const Tensor &self, int64_t dim = 0, c10::optional<int64_t> start = c10::nullopt,
             c10::optional<int64_t> end = c10::nullopt, int64_t step = 1);
Tensor index_select(const Tensor &self, int64_t dim, const Tensor &index);
Tensor gather(const Tensor &self, int64_t dim, const Tensor &index);
Tensor masked_fill(const Tensor &self, const Tensor &mask, const Scalar &value);
Tensor flip(const Tensor &self, IntArrayRef dims);
Tensor roll(const Tensor &self, IntArrayRef shifts, IntArrayRef dims = {});
Tensor tril(const Tensor &self, int64_t diagonal = 0);
Tensor triu(const Tensor &self, int64_t diagonal = 0);
Tensor diagonal(const Tensor &self, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1);
std::vector<Tensor> chunk(const Tensor &self, int64_t chunks, int64_t dim = 0);
std::vector<Tensor> split(const Tensor &self, int64_t split_size, int64_t dim = 0);
std::vector<Tensor> unbind(const Tensor &self, int64_t dim = 0);
std::tuple<Tensor, Tensor> topk(const Tensor &self, int64_t k, int64_t dim = -1,
                                bool largest = true, bool sorted = true);
std::tuple<Tensor, Tensor> sort(const Tensor &self, int64_t dim = -1, bool descending = false);
Tensor clamp(const Tensor &self, const c10::optional<Scalar> &min,
             const c10::optional<Scalar> &max = c10::nullopt);
Tensor clamp_min(const Tensor &self, const Scalar &min);
Tensor clamp_max(const Tensor &self, const Scalar &max);
Tensor detach(const Tensor &self);
Tensor clone(const Tensor &self);
Tensor addmm(const Tensor &self, const Tensor &mat1, const Tensor &mat2, const Scalar &beta = 1,
             const Scalar &alpha = 1);
Tensor repeat_interleave(const Tensor &self, int64_t repeats,
                         c10::optional<int64_t> dim = c10::nullopt);
Tensor cat(ArrayRef<Tensor> tensors, int64_t dim = 0);
Tensor concat(ArrayRef<Tensor> tensors, int64_t dim = 0);
Tensor stack(ArrayRef<Tensor> tensors, int64_t dim = 0);
Tensor einsum(const std::string &equation, ArrayRef<Tensor> operands);
Tensor where(const Tensor &condition, const Tensor &self, const Tensor &other);
std::vector<Tensor> meshgrid(ArrayRef<Tensor> tensors);
Tensor outer(const Tensor &self, const Tensor &vec2);
Tensor zeros_like(const Tensor &self, TensorOptions options = {});
Tensor ones_like(const Tensor &self, TensorOptions options = {});
Tensor rand_like(const Tensor &self, TensorOptions options = {});
Tensor randn_like(const Tensor &self, TensorOptions options = {});
Tensor empty_like(const Tensor &self, TensorOptions options = {});
Tensor full_like(const Tensor &self, const Scalar &value, TensorOptions options = {});
Tensor linear(const Tensor &input, const Tensor &weight, const c10::optional<Tensor> &bias = {});
Tensor conv1d(const Tensor &input, const Tensor &weight, const c10::optional<Tensor> &bias = {},
              IntArrayRef stride = 1, IntArrayRef padding = 0, IntArrayRef dilation = 1,
              int64_t groups = 1);
Tensor conv2d(const Tensor &input, const Tensor &weight, const c10::optional<Tensor> &bias = {},
              IntArrayRef stride = 1, IntArrayRef padding = 0, IntArrayRef dilation = 1,
              int64_t groups = 1);
Tensor max_pool2d(const Tensor &self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, IntArrayRef dilation = 1, bool ceil_mode = false);
Tensor avg_pool2d(const Tensor &self, IntArrayRef kernel_size, IntArrayRef stride = {},
                  IntArrayRef padding = 0, bool ceil_mode = false, bool count_include_pad = true,
                  c10::optional<int64_t> divisor_override = c10::nullopt);
Tensor adaptive_avg_pool2d(const Tensor &self, IntArrayRef output_size);
Tensor dropout(const Tensor &input, double p, bool train);
Tensor leaky_relu(const Tensor &self, const Scalar &negative_slope = 0.01);
Tensor gelu(const Tensor &self);
Tensor silu(const Tensor &self);
Tensor softplus(const Tensor &self, const Scalar &beta = 1, const Scalar &threshold = 20);
Tensor layer_norm(const Tensor &input, IntArrayRef normalized_shape,
                  const c10::optional<Tensor> &weight = {}, const c10::optional<Tensor> &bias = {},
                  double eps = 1e-05);
Tensor embedding(const Tensor &weight, const Tensor &indices, int64_t padding_idx = -1);
Tensor upsample_nearest2d(const Tensor &self, IntArrayRef output_size);
Tensor nll_loss(const Tensor &self, const Tensor &target);
Tensor mse_loss(const Tensor &self, const Tensor &target);
std::tuple<Tensor, Tensor> std_mean(const Tensor &self, bool unbiased = true);
Tensor tensor(double value, TensorOptions options = {});
} // namespace at

namespace torch {
using namespace at;
using namespace c10;
using at::Tensor;
using c10::ArrayRef;
using c10::Device;
using c10::IntArrayRef;
using c10::nullopt;
using c10::optional;
using Dtype = c10::ScalarType;
constexpr auto kU8 = c10::kByte;
constexpr auto kI32 = c10::kInt;
constexpr auto kI64 = c10::kLong;
constexpr auto kInt32 = c10::kInt;
constexpr auto kInt64 = c10::kLong;
constexpr auto kF32 = c10::kFloat;
constexpr auto kF64 = c10::kDouble;
constexpr auto kFloat32 = c10::kFloat;
constexpr auto kFloat64 = c10::kDouble;
constexpr auto kFloat16 = c10::kHalf;
namespace indexing {
using namespace at::indexing;
}
at::Tensor zeros(IntArrayRef size, at::TensorOptions options = {});
at::Tensor ones(IntArrayRef size, at::TensorOptions options = {});
at::Tensor empty(IntArrayRef size, at::TensorOptions options = {});
at::Tensor rand(IntArrayRef size, at::TensorOptions options = {});
at::Tensor randn(IntArrayRef size, at::TensorOptions options = {});
at::Tensor full(IntArrayRef size, const Scalar &value, at::TensorOptions options = {});
at::Tensor randint(int64_t high, IntArrayRef size, at::TensorOptions options = {});
at::Tensor randint(int64_t low, int64_t high, IntArrayRef size, at::TensorOptions options = {});
at::Tensor arange(const Scalar &end, at::TensorOptions options = {});
at::Tensor arange(const Scalar &start, const Scalar &end, at::TensorOptions options = {});
at::Tensor arange(const Scalar &start, const Scalar &end, const Scalar &step,
                  at::TensorOptions options = {});
at::Tensor linspace(const Scalar &start, const Scalar &end, int64_t steps,
                    at::TensorOptions options = {});
at::Tensor eye(int64_t n, at::TensorOptions options = {});
at::Tensor eye(int64_t n, int64_t m, at::TensorOptions options = {});
at::Tensor randperm(int64_t n, at::TensorOptions options = {});
at::Tensor tensor(double value, at::TensorOptions options = {});
at::Tensor tensor(at::ArrayRef<double> values, at::TensorOptions options = {});
at::Tensor tensor(std::initializer_list<double> values, at::TensorOptions options = {});
at::Tensor from_blob(void *data, at::IntArrayRef sizes, at::TensorOptions options = {});
void manual_seed(uint64_t seed);
namespace cuda {
bool is_available();
}
struct NoGradGuard {
  NoGradGuard();
  ~NoGradGuard();
};
} // namespace torch
