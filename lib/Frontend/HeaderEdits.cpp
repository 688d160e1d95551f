#include "Frontend/HeaderEdits.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/MemoryBuffer.h"

namespace energy::frontend {
namespace {

/// Every \p From becomes \p To.
struct Edit {
  llvm::StringLiteral From, To;
};
struct EditedHeader {
  llvm::StringLiteral Path;
  llvm::ArrayRef<Edit> Edits;
  bool NeedsCxx17 = false;
};

constexpr Edit StdOptional[] = {
    {"#include <c10/util/in_place.h>", "#include <c10/util/in_place.h>\n#include <optional>"},
    {R"cpp(struct nullopt_t {
  constexpr explicit nullopt_t(int) {}
};
constexpr nullopt_t nullopt{0};)cpp",
     "using std::nullopt;\nusing std::nullopt_t;"},
    {R"cpp(  constexpr optional(nullopt_t) noexcept : OptionalBase<T>(){};
)cpp",
     R"cpp(  constexpr optional(nullopt_t) noexcept : OptionalBase<T>(){};
  template <class U, std::enable_if_t<std::is_same<U, T>::value || std::is_arithmetic<U>::value, int> = 0>
  optional(const std::optional<U> &Other);
  template <class U, std::enable_if_t<std::is_same<U, T>::value, int> = 0>
  operator std::optional<U>() const;
)cpp"}};

constexpr Edit FormerChecks[] = {{"#define AT_ERROR(...)", R"cpp(#ifndef AT_CHECK
#define AT_CHECK(...) TORCH_CHECK(__VA_ARGS__)
#endif
#define AT_ERROR(...))cpp"}};

constexpr Edit FormerLists[] = {
    {"using IntArrayRef = ArrayRef<int64_t>;",
     "using IntArrayRef = ArrayRef<int64_t>;\nusing IntList = ArrayRef<int64_t>;"}};

constexpr Edit FormerArguments[] = {{"#define TORCH_ARG(T, name)", R"cpp(#define TORCH_FORMER_ARG(T, name) \
 public:                           \
  auto name(T Value)->decltype(*this); \
  const T &name() const noexcept;  \
  T &name() noexcept

#define TORCH_ARG(T, name))cpp"}};

constexpr Edit WithBias = {
    "TORCH_ARG(bool, bias) = true;",
    "TORCH_ARG(bool, bias) = true; TORCH_FORMER_ARG(bool, with_bias);"};
constexpr Edit FormerConv[] = {
    WithBias,
    {"template <size_t D>\nstruct ConvOptions {\n", R"cpp(template <size_t D>
struct ConvOptions {
  TORCH_ARG(bool, transposed) = false;
  TORCH_ARG(ExpandingArray<D>, output_padding) = 0;
 public:
)cpp"}};
constexpr Edit FormerLinear[] = {WithBias};
constexpr Edit FormerRecurrent[] = {
    WithBias,
    {"TORCH_ARG(int64_t, num_layers) = 1;",
     "TORCH_ARG(int64_t, num_layers) = 1; TORCH_FORMER_ARG(int64_t, layers);"}};
constexpr Edit FormerNorm[] = {
    {"TORCH_ARG(bool, track_running_stats) = true;",
     "TORCH_ARG(bool, track_running_stats) = true; TORCH_FORMER_ARG(bool, stateful);"}};
constexpr Edit FormerRate[] = {
    {"TORCH_ARG(double, p) = 0.5;", "TORCH_ARG(double, p) = 0.5; TORCH_FORMER_ARG(double, rate);"}};

constexpr Edit FormerBatchNorm[] = {
    {"class TORCH_API BatchNorm1dImpl :",
     R"cpp(class TORCH_API BatchNormImpl : public BatchNormImplBase<1, BatchNormImpl> {
 protected:
  void _check_input_dim(const Tensor& input) override;

 public:
  using BatchNormImplBase<1, BatchNormImpl>::BatchNormImplBase;
};
TORCH_MODULE(BatchNorm);

class TORCH_API BatchNorm1dImpl :)cpp"}};
constexpr Edit FormerDropout[] = {{"TORCH_MODULE(Dropout2d);", R"cpp(TORCH_MODULE(Dropout2d);
using FeatureDropoutImpl = Dropout2dImpl;
using FeatureDropout = Dropout2d;
using FeatureDropoutOptions = DropoutOptions;)cpp"}};

/// What forward() returns has the members of then and is the tuple of now.
constexpr Edit FormerOutputs[] = {
    {R"cpp(#include <vector>

namespace torch {
namespace nn {
)cpp",
     R"cpp(#include <tuple>
#include <vector>

namespace torch {
namespace nn {
template <class Output, class State>
struct RNNOutputOf : std::tuple<Output, State> {
  using std::tuple<Output, State>::tuple;
  Tensor output, state;
};
struct RNNOutput : std::tuple<Tensor, Tensor> {
  template <class Output, class State>
  RNNOutput(const RNNOutputOf<Output, State>& Other);
  Tensor output, state;
};
} // namespace nn
} // namespace torch
template <class Output, class State>
struct std::tuple_size<torch::nn::RNNOutputOf<Output, State>>
    : std::integral_constant<std::size_t, 2> {};
template <std::size_t I, class Output, class State>
struct std::tuple_element<I, torch::nn::RNNOutputOf<Output, State>>
    : std::tuple_element<I, std::tuple<Output, State>> {};

namespace torch {
namespace nn {
)cpp"},
    {"  std::tuple<Tensor, Tensor> forward(", "  RNNOutputOf<Tensor, Tensor> forward("},
    {"  std::tuple<Tensor, std::tuple<Tensor, Tensor>> forward(",
     "  RNNOutputOf<Tensor, std::tuple<Tensor, Tensor>> forward("}};

/// In LibTorch 2; the schema of 2.5, whose last arguments older ones lack.
constexpr Edit LaterAttention[] = {
    {"// aten::_scaled_dot_product_attention(",
     R"cpp(inline at::Tensor scaled_dot_product_attention(
    const at::Tensor & query, const at::Tensor & key, const at::Tensor & value,
    const c10::optional<at::Tensor> & attn_mask={}, double dropout_p=0.0, bool is_causal=false,
    c10::optional<double> scale=c10::nullopt, bool enable_gqa=false);
// aten::_scaled_dot_product_attention()cpp"}};

/// So that `at::Tensor x{nullptr};` compiles, as since LibTorch 2.
constexpr Edit LaterPointers[] = {
    {"  intrusive_ptr() noexcept\n", "  intrusive_ptr(std::nullptr_t) noexcept;\n  intrusive_ptr() noexcept\n"}};

constexpr EditedHeader Headers[] = {
    {"/c10/util/intrusive_ptr.h", LaterPointers},
    {"/ATen/ops/_scaled_dot_product_attention.h", LaterAttention},
    {"/c10/util/Optional.h", StdOptional, true},
    {"/c10/util/Exception.h", FormerChecks},
    {"/c10/util/ArrayRef.h", FormerLists},
    {"/torch/arg.h", FormerArguments},
    {"/torch/nn/options/conv.h", FormerConv},
    {"/torch/nn/options/linear.h", FormerLinear},
    {"/torch/nn/options/rnn.h", FormerRecurrent},
    {"/torch/nn/options/batchnorm.h", FormerNorm},
    {"/torch/nn/options/dropout.h", FormerRate},
    {"/torch/nn/modules/batchnorm.h", FormerBatchNorm},
    {"/torch/nn/modules/dropout.h", FormerDropout},
    {"/torch/nn/modules/rnn.h", FormerOutputs},
};

std::unique_ptr<llvm::MemoryBuffer> readHeader(const CompileCommand &Command, llvm::StringRef Path) {
  for (llvm::StringRef Dir : Command.LibTorchIncludes)
    for (llvm::StringRef Root : {Dir, Dir.ends_with("/torch/csrc/api/include") ? Dir.drop_back(23) : Dir})
      if (auto File = llvm::MemoryBuffer::getFile((Root + Path).str()))
        return std::move(*File);
  return nullptr;
}

/// Nullopt when the text is not as expected.
std::optional<std::string> edited(std::string Text, llvm::ArrayRef<Edit> Edits) {
  for (const Edit &E : Edits) {
    size_t At = Text.find(E.From);
    if (At == std::string::npos)
      return std::nullopt;
    for (; At != std::string::npos; At = Text.find(E.From, At + E.To.size()))
      Text.replace(At, E.From.size(), E.To);
  }
  return Text;
}

} // namespace

std::vector<HeaderText> editedHeaders(const CompileCommand &Command) {
  std::vector<HeaderText> Result;
  for (const EditedHeader &H : Headers) {
    std::unique_ptr<llvm::MemoryBuffer> Original = readHeader(Command, H.Path);
    if (!Original)
      continue;
    const std::string Before = Original->getBuffer().str();
    std::optional<std::string> After = edited(Before, H.Edits);
    if (!After)
      continue;
    if (H.NeedsCxx17)
      After = "#if __cplusplus >= 201703L\n" + *After + "#else\n" + Before + "#endif\n";
    Result.push_back({Original->getBufferIdentifier().str(), std::move(*After)});
  }
  return Result;
}

} // namespace energy::frontend
