// A sentence classifier: embedding, bidirectional LSTM, states taken from the
// returned tuple, dropout, linear.
#include <torch/torch.h>
#include <tuple>

class SentimentRNNImpl : public torch::nn::Module {
public:
  SentimentRNNImpl(int64_t vocab_size, int64_t embedding_dim, int64_t hidden_dim,
                   int64_t output_dim, int64_t n_layers, bool bidirectional, double dropout,
                   int64_t pad_idx)
      : embedding(register_module(
            "embedding", torch::nn::Embedding(torch::nn::EmbeddingOptions(vocab_size, embedding_dim)
                                                  .padding_idx(pad_idx)))),
        rnn(register_module("rnn", torch::nn::LSTM(torch::nn::LSTMOptions(embedding_dim, hidden_dim)
                                                       .num_layers(n_layers)
                                                       .bidirectional(bidirectional)
                                                       .dropout(dropout)
                                                       .batch_first(true)))),
        dropout(register_module("dropout", torch::nn::Dropout(dropout))),
        fc(register_module(
            "fc", torch::nn::Linear(bidirectional ? hidden_dim * 2 : hidden_dim, output_dim))),
        bidirectional(bidirectional) {}

  torch::Tensor forward(torch::Tensor text) {
    auto embedded = dropout(embedding(text));
    torch::Tensor output, hidden, cell;
    std::tuple<torch::Tensor, torch::Tensor> state;
    std::tie(output, state) = rnn->forward(embedded);
    std::tie(hidden, cell) = state;
    if (bidirectional)
      hidden = torch::cat({hidden[-2], hidden[-1]}, 1);
    else
      hidden = hidden[-1];
    return torch::sigmoid(fc(dropout(hidden)));
  }

private:
  torch::nn::Embedding embedding;
  torch::nn::LSTM rnn;
  torch::nn::Dropout dropout;
  torch::nn::Linear fc;
  bool bidirectional;
};
TORCH_MODULE(SentimentRNN);
