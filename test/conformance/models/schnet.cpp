// A SchNet-like network on an atom neighbourhood: free helper functions, a
// radial basis in a buffer, gather by index, several inputs, sum over atoms.
#include <torch/torch.h>

torch::Tensor shifted_softplus(const torch::Tensor &x) {
  return torch::softplus(x) - std::log(2.0);
}

torch::Tensor cosine_cutoff(const torch::Tensor &distances, double cutoff) {
  auto cut = 0.5 * (torch::cos(distances * (M_PI / cutoff)) + 1.0);
  return cut * (distances < cutoff).to(torch::kFloat);
}

torch::Tensor pairwise_distances(const torch::Tensor &positions, const torch::Tensor &neighbours) {
  const auto batch = positions.size(0), atoms = positions.size(1), count = neighbours.size(2);
  auto flat = neighbours.reshape({batch, atoms * count, 1}).expand({-1, -1, 3});
  auto others = positions.gather(1, flat).view({batch, atoms, count, 3});
  auto delta = others - positions.unsqueeze(2);
  return delta.pow(2).sum(-1).sqrt();
}

class FilterNetImpl : public torch::nn::Module {
  torch::nn::Linear in, out;

public:
  FilterNetImpl(int64_t gaussians, int64_t filters) : in(gaussians, filters), out(filters, filters) {
    register_module("in", in);
    register_module("out", out);
  }
  torch::Tensor forward(torch::Tensor basis) { return out(shifted_softplus(in(basis))); }
};
TORCH_MODULE(FilterNet);

class InteractionImpl : public torch::nn::Module {
public:
  InteractionImpl(int64_t features, int64_t gaussians, int64_t filters, double cutoff)
      : cutoff(cutoff) {
    filter = register_module("filter", FilterNet(gaussians, filters));
    in2f = register_module("in2f", torch::nn::Linear(
                                       torch::nn::LinearOptions(features, filters).bias(false)));
    f2out = register_module("f2out", torch::nn::Linear(filters, features));
    dense = register_module("dense", torch::nn::Linear(features, features));
  }

  torch::Tensor forward(torch::Tensor x, torch::Tensor distances, torch::Tensor basis,
                        torch::Tensor neighbours) {
    auto W = filter->forward(basis) * cosine_cutoff(distances, cutoff).unsqueeze(-1);
    auto y = in2f->forward(x);
    const auto sizes = neighbours.sizes();
    auto index = neighbours.reshape({-1, sizes[1] * sizes[2], 1}).expand({-1, -1, y.size(2)});
    y = torch::gather(y, 1, index).view({sizes[0], sizes[1], sizes[2], y.size(2)});
    y = (y * W).sum(2);
    return dense->forward(shifted_softplus(f2out->forward(y)));
  }

private:
  double cutoff;
  FilterNet filter{nullptr};
  torch::nn::Linear in2f{nullptr}, f2out{nullptr}, dense{nullptr};
};
TORCH_MODULE(Interaction);

class SchNetImpl : public torch::nn::Module {
public:
  SchNetImpl(int64_t features = 64, int64_t interactions = 3, double cutoff = 5.0,
             int64_t gaussians = 25, int64_t max_z = 100)
      : width(cutoff / (gaussians - 1)) {
    embedding = register_module("embedding", torch::nn::Embedding(max_z, features));
    offsets = register_buffer("offsets", torch::linspace(0.0, cutoff, gaussians));
    for (int64_t i = 0; i != interactions; ++i)
      layers->push_back(Interaction(features, gaussians, features, cutoff));
    register_module("layers", layers);
    readout = register_module(
        "readout", torch::nn::Sequential(torch::nn::Linear(features, features / 2),
                                         torch::nn::Functional(shifted_softplus),
                                         torch::nn::Linear(features / 2, 1)));
  }

  torch::Tensor forward(torch::Tensor numbers, torch::Tensor positions, torch::Tensor neighbours) {
    auto x = embedding->forward(numbers);
    auto distances = pairwise_distances(positions, neighbours);
    auto diff = distances.unsqueeze(-1) - offsets;
    auto basis = torch::exp(-0.5 / (width * width) * diff.pow(2));
    for (size_t i = 0; i < layers->size(); i++)
      x = x + layers->at<InteractionImpl>(i).forward(x, distances, basis, neighbours);
    return readout->forward(x).sum({1});
  }

private:
  double width;
  torch::nn::Embedding embedding{nullptr};
  torch::Tensor offsets;
  torch::nn::ModuleList layers;
  torch::nn::Sequential readout{nullptr};
};
TORCH_MODULE(SchNet);
