/// \file
/// What a whole model costs, independent of the device: one CostFeatures per
/// call of the graph, their totals, and how much memory the forward pass holds
/// at its peak. A call that was not understood has no cost (Known is false)
/// and is in no total: whoever prints a total also prints how many are missing.
#pragma once
#include "IR/CostFeatures.h"
#include "IR/ModelGraph.h"

namespace energy {

struct CallCost {
  bool Known = false;
  CostFeatures Once;      ///< one execution
  CostFeatures All;       ///< OpCall::Repeat executions
  int64_t Parameters = 0; ///< elements of parameters that this call is the first to use
};

struct MemoryUse {
  int64_t ParameterBytes = 0; ///< parameters and buffers, each storage once
  int64_t PeakBytes = 0;      ///< parameters, inputs and live results at the worst moment
  uint32_t PeakCall = 0;      ///< index of the call during which the peak is reached
};

struct CostTable {
  std::vector<CallCost> Calls; ///< parallel to ModelGraph::Calls
  CostFeatures Total;          ///< of the known calls, repeats included
  int64_t Parameters = 0;      ///< of the whole model, used or not, each once
  MemoryUse Memory;
};

CostTable computeCosts(const ModelGraph &Graph);

/// Peak memory by liveness: a result's storage lives from its call to the last
/// call that reads it or a view of it; parameters, buffers and inputs live
/// throughout. A lower bound: it has no kernel workspaces, and C++ keeps a named
/// tensor until its scope ends.
MemoryUse measureMemory(const ModelGraph &Graph);

/// The value that owns the storage of \p Id, following views.
ValueId storageOf(const ModelGraph &Graph, ValueId Id);

/// Sums and multiples that saturate instead of overflowing.
CostFeatures &operator+=(CostFeatures &A, const CostFeatures &B);
CostFeatures operator*(const CostFeatures &A, uint64_t Times);

} // namespace energy
