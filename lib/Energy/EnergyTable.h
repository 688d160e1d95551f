/// \file
/// What a whole model uses on one device: an estimate per call of the graph, the
/// total of a forward pass, and, on request, of a training step. A call that was
/// not understood has Basis::None and is in no total.
#pragma once
#include "Cost/CostTable.h"
#include "Cost/TrainingStep.h"
#include "Energy/EnergyModel.h"

namespace energy {

struct TrainingEnergy {
  Estimate Backward, Update;
  Estimate Step; ///< forward, backward and update
};

struct EnergyTable {
  std::vector<Estimate> Calls; ///< parallel to ModelGraph::Calls; one execution each
  Estimate Forward;            ///< total, repeats included
  std::optional<TrainingEnergy> Training;
};

/// \p Training may be null: then no training step is estimated.
EnergyTable estimateModel(const DeviceProfile &Device, const ModelGraph &Graph,
                          const CostTable &Costs, const TrainingCost *Training = nullptr);

/// The total of \p Count calls from \p First on, repeats included.
Estimate sumCalls(const ModelGraph &Graph, const EnergyTable &Table, uint32_t First,
                  uint32_t Count);

} // namespace energy
