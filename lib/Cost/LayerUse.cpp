#include "Cost/LayerUse.h"
#include "Torch/Layer.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringExtras.h"

using namespace energy;

bool energy::isLayer(const ModuleNode &Module) {
  return torch::findLayer(Module.Type) != nullptr;
}

namespace {
class Grouping {
  const ModelGraph &Graph;
  const CostTable &Costs;

public:
  Grouping(const ModelGraph &Graph, const CostTable &Costs) : Graph(Graph), Costs(Costs) {}

  std::vector<LayerUse> run() const {
    std::vector<LayerUse> Uses;
    for (uint32_t I = 0; I < Graph.Calls.size(); ++I) {
      if (Uses.empty() || !continues(Uses.back(), I))
        Uses.push_back(begin(I));
      add(Uses.back(), I);
    }
    for (LayerUse &U : Uses)
      finish(U);
    return Uses;
  }

private:
  LayerUse begin(uint32_t I) const {
    LayerUse U;
    U.Module = Graph.Calls[I].Module;
    U.IsLayer = isLayer(Graph.module(U.Module));
    U.FirstCall = I;
    return U;
  }
  /// The operators that one layer or one function call runs stand in a row and
  /// have the place of that call.
  bool continues(const LayerUse &U, uint32_t I) const {
    const OpCall &First = Graph.Calls[U.FirstCall];
    const OpCall &Call = Graph.Calls[I];
    return Call.Module == U.Module && Call.Location == First.Location &&
           Call.Location.valid() && Call.Repeat == First.Repeat;
  }
  void add(LayerUse &U, uint32_t I) const {
    const CallCost &Cost = Costs.Calls[I];
    ++U.CallCount;
    U.Cost += Cost.All;
    U.Parameters = saturatingAdd(U.Parameters, Cost.Parameters);
    U.Unknown += !Cost.Known;
  }
  void finish(LayerUse &U) const {
    collectInputs(U);
    U.Outputs = Graph.Calls[U.FirstCall + U.CallCount - 1].Results;
    const ModuleNode &M = Graph.module(U.Module);
    if (U.IsLayer) {
      U.Name = M.Path;
      U.Type = M.Type;
      return;
    }
    U.Type = operatorNames(U);
    U.Name = (M.Path.empty() ? "" : M.Path + ".") + "(" + U.Type + ")";
  }
  void collectInputs(LayerUse &U) const {
    llvm::SmallSet<uint32_t, 8> Seen;
    for (uint32_t I = U.FirstCall; I < U.FirstCall + U.CallCount; ++I)
      for (const TensorArg &T : Graph.Calls[I].tensorInputs())
        if (comesFromOutside(U, T) &&
            (T.Id == ValueId::None || Seen.insert(static_cast<uint32_t>(T.Id)).second))
          U.Inputs.push_back(T);
  }
  bool comesFromOutside(const LayerUse &U, const TensorArg &T) const {
    if (T.Id == ValueId::None)
      return true;
    const ValueInfo &V = Graph.value(T.Id);
    if (V.From == ValueInfo::Origin::Result)
      return V.Call < U.FirstCall || V.Call >= U.FirstCall + U.CallCount;
    return V.From == ValueInfo::Origin::Input || V.From == ValueInfo::Origin::Constant;
  }
  /// "t, addmm" of F::linear; long lists are cut.
  std::string operatorNames(const LayerUse &U) const {
    constexpr unsigned MostNames = 3;
    std::vector<llvm::StringRef> Names;
    for (uint32_t I = U.FirstCall; I < U.FirstCall + U.CallCount; ++I) {
      llvm::StringRef Name = Graph.Calls[I].baseName();
      Name.consume_front("aten::");
      if (!llvm::is_contained(Names, Name))
        Names.push_back(Name);
    }
    std::string Text = llvm::join(llvm::ArrayRef(Names).take_front(MostNames), ", ");
    return Names.size() > MostNames ? Text + ", ..." : Text;
  }
};
} // namespace

std::vector<LayerUse> energy::layerUses(const ModelGraph &Graph, const CostTable &Costs) {
  return Grouping(Graph, Costs).run();
}
