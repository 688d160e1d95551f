// CosineSimilarity, PairwiseDistance and F::pdist.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

TensorArg lower::pairwiseDistance(LayerContext &C, TensorArg A, TensorArg B) {
  return C.call1("aten::pairwise_distance",
                 {{"x1", A}, {"x2", B}, {"p", 2.0}, {"eps", 1e-6}, {"keepdim", false}});
}

namespace {
Tensors cosineSimilarity(LayerContext &C) {
  return {C.call1("aten::cosine_similarity", {{"x1", C.tensor(0)},
                                              {"x2", C.tensor(1)},
                                              {"dim", C.integer("dim", 1)},
                                              {"eps", C.number("eps", 1e-8)}})};
}
Tensors pairwise(LayerContext &C) {
  return {C.call1("aten::pairwise_distance", {{"x1", C.tensor(0)},
                                              {"x2", C.tensor(1)},
                                              {"p", C.number("p", 2)},
                                              {"eps", C.number("eps", 1e-6)},
                                              {"keepdim", C.boolean("keepdim")}})};
}
Tensors pdist(LayerContext &C) {
  return {C.call1("aten::pdist", {{"self", C.tensor(0)}, {"p", C.numberInput(1, 2)}})};
}

constexpr LayerDef Layers[] = {
    {"CosineSimilarity", nullptr, cosineSimilarity},
    {"PairwiseDistance", nullptr, pairwise},
};
constexpr FunctionalDef Functionals[] = {
    {"cosine_similarity", cosineSimilarity},
    {"pairwise_distance", pairwise},
    {"pdist", pdist},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::DistanceLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::DistanceFunctionals() { return Functionals; }
