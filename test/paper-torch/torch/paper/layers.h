// The torch::nn layers.
#pragma once
#include "torch/paper/options.h"

namespace torch {
namespace nn {

class LinearImpl : public Cloneable<LinearImpl> {
public:
  LinearImpl(int64_t in_features, int64_t out_features)
      : LinearImpl(LinearOptions(in_features, out_features)) {}
  explicit LinearImpl(const LinearOptions &options);
  void reset() override;
  Tensor forward(const Tensor &input);
  LinearOptions options;
  Tensor weight;
  Tensor bias;
};
TORCH_MODULE(Linear);

class IdentityImpl : public Cloneable<IdentityImpl> {
public:
  void reset() override;
  Tensor forward(const Tensor &input);
};
TORCH_MODULE(Identity);

class FlattenImpl : public Cloneable<FlattenImpl> {
public:
  explicit FlattenImpl(const FlattenOptions &options = {});
  void reset() override;
  Tensor forward(const Tensor &input);
  FlattenOptions options;
};
TORCH_MODULE(Flatten);

template <size_t D, class Derived> class ConvNdImpl : public Cloneable<Derived> {
public:
  explicit ConvNdImpl(ConvOptions<D> options);
  void reset() override;
  ConvOptions<D> options;
  Tensor weight;
  Tensor bias;
};
template <size_t D, class Derived> class ConvTransposeNdImpl : public Cloneable<Derived> {
public:
  explicit ConvTransposeNdImpl(ConvTransposeOptions<D> options);
  void reset() override;
  ConvTransposeOptions<D> options;
  Tensor weight;
  Tensor bias;
};

#define PAPER_CONV(Name, D)                                                                        \
  class Name##Impl : public ConvNdImpl<D, Name##Impl> {                                            \
  public:                                                                                          \
    Name##Impl(int64_t in, int64_t out, ExpandingArray<D> kernel_size)                             \
        : Name##Impl(ConvOptions<D>(in, out, kernel_size)) {}                                      \
    explicit Name##Impl(ConvOptions<D> options);                                                   \
    Tensor forward(const Tensor &input);                                                           \
  };                                                                                               \
  TORCH_MODULE(Name)
PAPER_CONV(Conv1d, 1);
PAPER_CONV(Conv2d, 2);
PAPER_CONV(Conv3d, 3);
#undef PAPER_CONV

#define PAPER_CONV_TRANSPOSE(Name, D)                                                              \
  class Name##Impl : public ConvTransposeNdImpl<D, Name##Impl> {                                   \
  public:                                                                                          \
    Name##Impl(int64_t in, int64_t out, ExpandingArray<D> kernel_size)                             \
        : Name##Impl(ConvTransposeOptions<D>(in, out, kernel_size)) {}                             \
    explicit Name##Impl(ConvTransposeOptions<D> options);                                          \
    Tensor forward(const Tensor &input);                                                           \
  };                                                                                               \
  TORCH_MODULE(Name)
PAPER_CONV_TRANSPOSE(ConvTranspose1d, 1);
PAPER_CONV_TRANSPOSE(ConvTranspose2d, 2);
#undef PAPER_CONV_TRANSPOSE

template <size_t D, class Derived, class Options> class NormImplBase : public Cloneable<Derived> {
public:
  explicit NormImplBase(const Options &options);
  void reset() override;
  Options options;
  Tensor weight;
  Tensor bias;
  Tensor running_mean;
  Tensor running_var;
  Tensor num_batches_tracked;
};

#define PAPER_NORM(Name, D, OptionsType)                                                           \
  class Name##Impl : public NormImplBase<D, Name##Impl, OptionsType> {                             \
  public:                                                                                          \
    using NormImplBase<D, Name##Impl, OptionsType>::NormImplBase;                                  \
    Tensor forward(const Tensor &input);                                                           \
  };                                                                                               \
  TORCH_MODULE(Name)
PAPER_NORM(BatchNorm1d, 1, BatchNormOptions);
PAPER_NORM(BatchNorm2d, 2, BatchNormOptions);
PAPER_NORM(BatchNorm3d, 3, BatchNormOptions);
PAPER_NORM(InstanceNorm2d, 2, InstanceNormOptions);
#undef PAPER_NORM

class LayerNormImpl : public Cloneable<LayerNormImpl> {
public:
  LayerNormImpl(std::vector<int64_t> normalized_shape)
      : LayerNormImpl(LayerNormOptions(normalized_shape)) {}
  explicit LayerNormImpl(LayerNormOptions options);
  void reset() override;
  Tensor forward(const Tensor &input);
  LayerNormOptions options;
  Tensor weight;
  Tensor bias;
};
TORCH_MODULE(LayerNorm);

class GroupNormImpl : public Cloneable<GroupNormImpl> {
public:
  GroupNormImpl(int64_t num_groups, int64_t num_channels)
      : GroupNormImpl(GroupNormOptions(num_groups, num_channels)) {}
  explicit GroupNormImpl(const GroupNormOptions &options);
  void reset() override;
  Tensor forward(const Tensor &input);
  GroupNormOptions options;
  Tensor weight;
  Tensor bias;
};
TORCH_MODULE(GroupNorm);

// Layers with options only, all with a default.
#define PAPER_SIMPLE(Name, OptionsType)                                                            \
  class Name##Impl : public Cloneable<Name##Impl> {                                                \
  public:                                                                                          \
    explicit Name##Impl(const OptionsType &options = {});                                          \
    void reset() override;                                                                         \
    Tensor forward(Tensor input);                                                                  \
    OptionsType options;                                                                           \
  };                                                                                               \
  TORCH_MODULE(Name)
PAPER_SIMPLE(ReLU, ReLUOptions);
PAPER_SIMPLE(ReLU6, ReLU6Options);
PAPER_SIMPLE(LeakyReLU, LeakyReLUOptions);
PAPER_SIMPLE(ELU, ELUOptions);
PAPER_SIMPLE(GELU, GELUOptions);
PAPER_SIMPLE(Upsample, UpsampleOptions);
#undef PAPER_SIMPLE

// Layers without options.
#define PAPER_PLAIN(Name)                                                                          \
  class Name##Impl : public Cloneable<Name##Impl> {                                                \
  public:                                                                                          \
    void reset() override;                                                                         \
    Tensor forward(const Tensor &input);                                                           \
  };                                                                                               \
  TORCH_MODULE(Name)
PAPER_PLAIN(Sigmoid);
PAPER_PLAIN(Tanh);
PAPER_PLAIN(SiLU);
PAPER_PLAIN(LogSigmoid);
#undef PAPER_PLAIN

class PReLUImpl : public Cloneable<PReLUImpl> {
public:
  explicit PReLUImpl(const PReLUOptions &options = {});
  void reset() override;
  Tensor forward(const Tensor &input);
  PReLUOptions options;
  Tensor weight;
};
TORCH_MODULE(PReLU);

// Layers whose options have no default.
#define PAPER_WITH(Name, ArgumentType, OptionsType)                                                \
  class Name##Impl : public Cloneable<Name##Impl> {                                                \
  public:                                                                                          \
    Name##Impl(ArgumentType value) : Name##Impl(OptionsType(value)) {}                             \
    explicit Name##Impl(const OptionsType &options);                                               \
    void reset() override;                                                                         \
    Tensor forward(const Tensor &input);                                                           \
    OptionsType options;                                                                           \
  };                                                                                               \
  TORCH_MODULE(Name)
PAPER_WITH(Softmax, int64_t, SoftmaxOptions);
PAPER_WITH(LogSoftmax, int64_t, LogSoftmaxOptions);
PAPER_WITH(MaxPool1d, ExpandingArray<1>, MaxPool1dOptions);
PAPER_WITH(MaxPool2d, ExpandingArray<2>, MaxPool2dOptions);
PAPER_WITH(AvgPool1d, ExpandingArray<1>, AvgPool1dOptions);
PAPER_WITH(AvgPool2d, ExpandingArray<2>, AvgPool2dOptions);
PAPER_WITH(AdaptiveAvgPool1d, ExpandingArray<1>, AdaptiveAvgPool1dOptions);
PAPER_WITH(AdaptiveAvgPool2d, ExpandingArrayWithOptionalElem<2>, AdaptiveAvgPool2dOptions);
PAPER_WITH(ReflectionPad2d, ExpandingArray<4>, ReflectionPad2dOptions);
PAPER_WITH(ZeroPad2d, ExpandingArray<4>, ZeroPad2dOptions);
PAPER_WITH(PixelShuffle, int64_t, PixelShuffleOptions);
#undef PAPER_WITH

#define PAPER_DROPOUT(Name)                                                                        \
  class Name##Impl : public Cloneable<Name##Impl> {                                                \
  public:                                                                                          \
    Name##Impl(double p) : Name##Impl(DropoutOptions(p)) {}                                        \
    explicit Name##Impl(const DropoutOptions &options = {});                                       \
    void reset() override;                                                                         \
    Tensor forward(Tensor input);                                                                  \
    DropoutOptions options;                                                                        \
  };                                                                                               \
  TORCH_MODULE(Name)
PAPER_DROPOUT(Dropout);
PAPER_DROPOUT(Dropout2d);
#undef PAPER_DROPOUT

class EmbeddingImpl : public Cloneable<EmbeddingImpl> {
public:
  EmbeddingImpl(int64_t num_embeddings, int64_t embedding_dim)
      : EmbeddingImpl(EmbeddingOptions(num_embeddings, embedding_dim)) {}
  explicit EmbeddingImpl(EmbeddingOptions options);
  void reset() override;
  Tensor forward(const Tensor &indices);
  EmbeddingOptions options;
  Tensor weight;
};
TORCH_MODULE(Embedding);

class LSTMImpl : public Cloneable<LSTMImpl> {
public:
  LSTMImpl(int64_t input_size, int64_t hidden_size)
      : LSTMImpl(LSTMOptions(input_size, hidden_size)) {}
  explicit LSTMImpl(const LSTMOptions &options);
  void reset() override;
  std::tuple<Tensor, std::tuple<Tensor, Tensor>>
  forward(const Tensor &input, c10::optional<std::tuple<Tensor, Tensor>> state = {});
  void flatten_parameters();
  LSTMOptions options;
};
TORCH_MODULE(LSTM);

class GRUImpl : public Cloneable<GRUImpl> {
public:
  GRUImpl(int64_t input_size, int64_t hidden_size) : GRUImpl(GRUOptions(input_size, hidden_size)) {}
  explicit GRUImpl(const GRUOptions &options);
  void reset() override;
  std::tuple<Tensor, Tensor> forward(const Tensor &input, Tensor state = {});
  GRUOptions options;
};
TORCH_MODULE(GRU);

class MultiheadAttentionImpl : public Cloneable<MultiheadAttentionImpl> {
public:
  MultiheadAttentionImpl(int64_t embed_dim, int64_t num_heads)
      : MultiheadAttentionImpl(MultiheadAttentionOptions(embed_dim, num_heads)) {}
  explicit MultiheadAttentionImpl(const MultiheadAttentionOptions &options);
  void reset() override;
  std::tuple<Tensor, Tensor> forward(const Tensor &query, const Tensor &key, const Tensor &value,
                                     const Tensor &key_padding_mask = {}, bool need_weights = true,
                                     const Tensor &attn_mask = {},
                                     bool average_attn_weights = true);
  MultiheadAttentionOptions options;
};
TORCH_MODULE(MultiheadAttention);

class CrossEntropyLossImpl : public Cloneable<CrossEntropyLossImpl> {
public:
  explicit CrossEntropyLossImpl(const CrossEntropyLossOptions &options = {});
  void reset() override;
  Tensor forward(const Tensor &input, const Tensor &target);
};
TORCH_MODULE(CrossEntropyLoss);
} // namespace nn
} // namespace torch
