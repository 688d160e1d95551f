// Stands in for ModelWorkloads.cpp in a build without the example models.
#include "ModelWorkloads.h"

namespace energy::measure {
std::vector<std::string> modelNames() { return {}; }
ModelCalls traceModel(const std::string &Name, Phase) {
  throw Unmeasurable("model '" + Name + "' is not in this build");
}
std::unique_ptr<Workload> prepareModel(const Configuration &C) {
  throw Unmeasurable("model '" + C.Model + "' is not in this build");
}
} // namespace energy::measure
