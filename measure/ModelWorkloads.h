/// \file
/// The repository's example models as workloads, and the operator calls that
/// each makes. A build without them (no tests) has an empty list.
#pragma once
#include "Workload.h"

namespace energy::measure {

std::vector<std::string> modelNames();
/// One forward pass, recorded, in training mode for the phase with backward: only
/// the outermost calls.
ModelCalls traceModel(const std::string &Name, Phase P);
std::unique_ptr<Workload> prepareModel(const Configuration &C);

} // namespace energy::measure
