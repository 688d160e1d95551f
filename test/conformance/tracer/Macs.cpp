#include "tracer/Macs.h"
#include <unordered_map>

namespace energy::conformance {
namespace {

int64_t elements(const std::vector<int64_t> &Sizes) {
  int64_t N = 1;
  for (int64_t S : Sizes)
    N *= S;
  return N;
}

enum class Kind { Convolution, Transposed, Linear, Product, AddProduct, Recurrent, Cell };

Kind *findKind(const std::string &Name) {
  static std::unordered_map<std::string, Kind> Kinds = {
      {"aten::conv1d", Kind::Convolution},
      {"aten::conv2d", Kind::Convolution},
      {"aten::conv3d", Kind::Convolution},
      {"aten::convolution", Kind::Convolution},
      {"aten::_convolution", Kind::Convolution},
      {"aten::mkldnn_convolution", Kind::Convolution},
      {"aten::conv_transpose1d", Kind::Transposed},
      {"aten::conv_transpose2d", Kind::Transposed},
      {"aten::conv_transpose3d", Kind::Transposed},
      {"aten::linear", Kind::Linear},
      {"aten::matmul", Kind::Product},
      {"aten::mm", Kind::Product},
      {"aten::bmm", Kind::Product},
      {"aten::mv", Kind::Product},
      {"aten::dot", Kind::Product},
      {"aten::addmm", Kind::AddProduct},
      {"aten::addmm_", Kind::AddProduct},
      {"aten::addmv", Kind::AddProduct},
      {"aten::baddbmm", Kind::AddProduct},
      {"aten::baddbmm_", Kind::AddProduct},
      {"aten::lstm", Kind::Recurrent},
      {"aten::gru", Kind::Recurrent},
      {"aten::rnn_tanh", Kind::Recurrent},
      {"aten::rnn_relu", Kind::Recurrent},
      {"aten::lstm_cell", Kind::Cell},
      {"aten::gru_cell", Kind::Cell},
      {"aten::rnn_tanh_cell", Kind::Cell},
      {"aten::rnn_relu_cell", Kind::Cell},
  };
  auto Found = Kinds.find(Name);
  return Found == Kinds.end() ? nullptr : &Found->second;
}

/// Every weight matrix is used once for each row of \p Rows.
int64_t matrices(const SizeList &In, size_t First, int64_t Rows) {
  int64_t Weights = 0;
  for (size_t I = First; I < In.size(); ++I)
    if (In[I].size() == 2)
      Weights += elements(In[I]);
  return Rows * Weights;
}

/// Weight and bias matrices follow the initial states, which have the rank of the
/// input (lstm: two, else one).
int64_t recurrent(const std::string &Name, const SizeList &In) {
  const size_t States = Name == "aten::lstm" ? 2 : 1;
  const auto &X = In[0];
  return X.empty() ? 0 : matrices(In, 1 + States, elements(X) / X.back());
}

int64_t cell(const std::string &Name, const SizeList &In) {
  const size_t States = Name == "aten::lstm_cell" ? 2 : 1;
  return matrices(In, 1 + States, In[0].size() == 2 ? In[0][0] : 1);
}

int64_t reduced(const std::vector<int64_t> &Left, const SizeList &Out) {
  return Left.empty() ? 0 : elements(Out[0]) * Left.back();
}

} // namespace

std::optional<int64_t> callMacs(const std::string &Name, const SizeList &In, const SizeList &Out,
                                bool Transposed) {
  const Kind *K = findKind(Name);
  if (!K || In.size() < 2 || Out.empty())
    return std::nullopt;
  switch (*K) {
  case Kind::Convolution:
    if (!Transposed)
      return In[1][0] ? elements(Out[0]) * (elements(In[1]) / In[1][0]) : 0;
    [[fallthrough]];
  case Kind::Transposed:
    return In[1][0] ? elements(In[0]) * (elements(In[1]) / In[1][0]) : 0;
  case Kind::Linear:
  case Kind::Product:
    return reduced(In[0], Out);
  case Kind::AddProduct:
    return reduced(In[1], Out);
  case Kind::Recurrent:
    return recurrent(Name, In);
  case Kind::Cell:
    return cell(Name, In);
  }
  return std::nullopt;
}

} // namespace energy::conformance
