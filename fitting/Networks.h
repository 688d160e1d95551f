/// \file
/// Layer lists of published networks as operator calls, for judging totals:
/// torchvision's AlexNet, VGG11, VGG13 and VGG16 at 224x224, in eval mode with
/// in-place ReLU. Folders may bring their own list (arch_structure.csv).
#pragma once
#include "Observation.h"
#include <map>

namespace energy::fit {

/// Operator calls of one forward pass, for a batch.
std::vector<PricedCall> builtInNetwork(const std::string &Name, long Batch);
bool hasBuiltInNetwork(const std::string &Name);

/// The rows of an arch_structure.csv (inference) or of a
/// networks_layers_derived.csv (training mode), per architecture.
class StructureFile {
  std::map<std::string, std::vector<std::string>> Templates; ///< OpLines with @ for the batch

public:
  static StructureFile read(const std::string &Path);
  bool has(const std::string &Name) const { return Templates.count(Name); }
  std::vector<PricedCall> network(const std::string &Name, long Batch) const;
};

} // namespace energy::fit
