#include "Cost/TrainingStep.h"
#include "Torch/OpDef.h"

using namespace energy;

namespace {
/// Which values carry a gradient: trainable parameters and what depends on them.
class Gradients {
  const ModelGraph &Graph;
  std::vector<bool> Needs;

public:
  explicit Gradients(const ModelGraph &Graph) : Graph(Graph), Needs(Graph.Values.size()) {
    for (const ModuleNode &M : Graph.Modules)
      for (const Parameter &P : M.Parameters)
        if (!P.IsBuffer && P.Trainable && P.Value.Id != ValueId::None)
          Needs[static_cast<uint32_t>(P.Value.Id)] = true;
    for (const OpCall &Call : Graph.Calls)
      propagate(Call);
  }
  bool needs(const TensorArg &T) const {
    return T.known() && T.Id != ValueId::None && Needs[static_cast<uint32_t>(T.Id)];
  }
  bool isParameter(const TensorArg &T) const {
    ValueId Storage = storageOf(Graph, T.Id);
    return Storage != ValueId::None &&
           Graph.value(Storage).From == ValueInfo::Origin::Parameter;
  }

private:
  void propagate(const OpCall &Call) {
    if (Call.baseName() == "aten::detach" ||
        llvm::none_of(Call.tensorInputs(), [&](const TensorArg &T) { return needs(T); }))
      return;
    for (const TensorArg &R : Call.Results)
      if (R.known() && R.Id != ValueId::None && dtypeKind(R.Type.Type) >= DTypeKind::Float)
        Needs[static_cast<uint32_t>(R.Id)] = true;
  }
};

BackwardCall backwardOf(const OpCall &Call, int64_t ForwardMacs, const Gradients &G) {
  BackwardCall B;
  int64_t Products = 0;
  for (const TensorArg &T : Call.tensorInputs()) {
    if (!G.needs(T))
      continue;
    B.Needed = true;
    B.InputNeedsGradient |= !G.isParameter(T);
    // The gradient of a bias is a sum, not a product.
    Products += T.Type.rank() > 1;
  }
  B.Macs = saturatingMul(ForwardMacs, std::min<int64_t>(Products, 2));
  return B;
}

void countTrainable(const ModelGraph &Graph, TrainingCost &Cost) {
  std::vector<bool> Seen(Graph.Values.size());
  for (const ModuleNode &M : Graph.Modules)
    for (const Parameter &P : M.Parameters) {
      if (!M.Registered || P.IsBuffer || !P.Trainable || !P.Value.known())
        continue;
      if (P.Value.Id != ValueId::None) {
        auto Id = static_cast<uint32_t>(P.Value.Id);
        if (Seen[Id])
          continue;
        Seen[Id] = true;
      }
      ++Cost.TrainableTensors;
      Cost.TrainableParameters = saturatingAdd(Cost.TrainableParameters, P.Value.Type.elements());
    }
}
} // namespace

TrainingCost energy::computeTrainingCost(const ModelGraph &Graph, const CostTable &Forward) {
  TrainingCost Cost;
  Gradients G(Graph);
  for (size_t I = 0; I < Graph.Calls.size(); ++I) {
    BackwardCall B;
    if (Forward.Calls[I].Known)
      B = backwardOf(Graph.Calls[I], Forward.Calls[I].All.Macs, G);
    Cost.BackwardMacs = saturatingAdd(Cost.BackwardMacs, B.Macs);
    Cost.Backward.push_back(B);
  }
  countTrainable(Graph, Cost);
  return Cost;
}
