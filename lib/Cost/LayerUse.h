/// \file
/// The calls of a graph as the user wrote them: one LayerUse for one use of a
/// torch::nn layer, or for one functional or Tensor call in a module's
/// forward. Every call of the graph is in exactly one LayerUse, in execution order.
#pragma once
#include "Cost/CostTable.h"

namespace energy {

struct LayerUse {
  ModuleId Module = ModuleId::Root; ///< the layer, or the module whose forward makes the call
  bool IsLayer = false;             ///< a torch::nn layer; else calls of functions or Tensor methods
  uint32_t FirstCall = 0;           ///< index into ModelGraph::Calls
  uint32_t CallCount = 0;
  std::string Name; ///< "features.0", "block1.(relu)", "(flatten)"
  std::string Type; ///< "Conv2d"; the operators for a functional call: "relu"
  CostFeatures Cost;      ///< of the understood calls
  int64_t Parameters = 0; ///< elements that this use is the first to need
  uint32_t Unknown = 0;   ///< calls that were not understood
  std::vector<TensorArg> Inputs; ///< operands that are no parameters and come from elsewhere
  std::vector<TensorArg> Outputs;
};

std::vector<LayerUse> layerUses(const ModelGraph &Graph, const CostTable &Costs);

/// A module that LibTorch implements and that runs operators itself.
bool isLayer(const ModuleNode &Module);

} // namespace energy
