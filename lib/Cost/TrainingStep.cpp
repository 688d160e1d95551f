#include "Cost/TrainingStep.h"
#include "Torch/OpDef.h"

using namespace energy;

namespace {
/// Which values carry a gradient: trainable parameters and what depends on them.
class Gradients {
  std::vector<bool> Needs;

public:
  explicit Gradients(const ModelGraph &Graph) : Needs(Graph.Values.size()) {
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

private:
  static bool differentiable(const TensorArg &T) {
    return T.known() && dtypeKind(T.Type.Type) >= DTypeKind::Float;
  }
  void propagate(const OpCall &Call) {
    if (Call.baseName() == "aten::detach" ||
        llvm::none_of(Call.tensorInputs(), [&](const TensorArg &T) { return needs(T); }))
      return;
    for (const TensorArg &R : Call.Results)
      if (differentiable(R) && R.Id != ValueId::None)
        Needs[static_cast<uint32_t>(R.Id)] = true;
  }
};

bool isView(const OpCall &Call) {
  const torch::OpInfo *Op = torch::findOp(Call.Op);
  return Op && Op->Def->Kind == torch::Storage::View;
}

CostFeatures backwardOf(const OpCall &Call, const CostFeatures &Forward, const Gradients &G) {
  CostFeatures C;
  std::vector<TensorArg> Operands = Call.tensorInputs();
  int64_t WithGradient = 0, GradientBytes = 0;
  for (const TensorArg &T : Operands)
    if (G.needs(T)) {
      // A bias is an operand too, but its gradient is a sum, not a product.
      WithGradient += T.Type.rank() > 1 || Forward.Macs == 0;
      GradientBytes = saturatingAdd(GradientBytes, T.Type.bytes());
      C.Elements = saturatingAdd(C.Elements, T.Type.elements());
    }
  if (GradientBytes == 0 || isView(Call))
    return {};
  C.Macs = saturatingMul(Forward.Macs, std::min<int64_t>(WithGradient, 2));
  for (const TensorArg &R : Call.Results)
    if (R.known())
      C.BytesRead = saturatingAdd(C.BytesRead, R.Type.bytes());
  for (const TensorArg &T : Operands)
    if (T.known())
      C.BytesRead = saturatingAdd(C.BytesRead, T.Type.bytes());
  C.BytesWritten = C.BytesAllocated = GradientBytes;
  C.BytesWeights = Forward.BytesWeights;
  C.ElementOps = Forward.ElementOps;
  return C * Call.Repeat;
}

void addUpdate(const ModelGraph &Graph, TrainingCost &Cost) {
  std::vector<bool> Seen(Graph.Values.size());
  for (const ModuleNode &M : Graph.Modules)
    for (const Parameter &P : M.Parameters) {
      if (P.IsBuffer || !P.Trainable || !P.Value.known())
        continue;
      if (P.Value.Id != ValueId::None) {
        if (Seen[static_cast<uint32_t>(P.Value.Id)])
          continue;
        Seen[static_cast<uint32_t>(P.Value.Id)] = true;
      }
      int64_t N = P.Value.Type.elements(), Bytes = P.Value.Type.bytes();
      Cost.TrainableParameters = saturatingAdd(Cost.TrainableParameters, N);
      CostFeatures C;
      C.BytesRead = saturatingMul(Bytes, 2);
      C.BytesWritten = C.BytesWeights = Bytes;
      C.Elements = N;
      C.ElementOps = saturatingMul(N, 2);
      Cost.Update += C;
    }
}
} // namespace

TrainingCost energy::computeTrainingCost(const ModelGraph &Graph, const CostTable &Forward) {
  TrainingCost Cost;
  Gradients G(Graph);
  for (size_t I = 0; I < Graph.Calls.size(); ++I) {
    CostFeatures C;
    if (Forward.Calls[I].Known) {
      const OpCall &Call = Graph.Calls[I];
      // Per execution: backwardOf() applies Repeat itself.
      CostFeatures Once = torch::costOf(*torch::findOp(Call.Op), Call);
      C = backwardOf(Call, Once, G);
    }
    Cost.BackwardTotal += C;
    Cost.Backward.push_back(C);
  }
  addUpdate(Graph, Cost);
  return Cost;
}
