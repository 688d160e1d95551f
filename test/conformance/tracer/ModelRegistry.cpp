#include "tracer/ModelRegistry.h"

#define MODEL(Name, File, Inputs, ...)                                                             \
  namespace model_##Name {                                                                         \
  energy::conformance::Model make();                                                               \
  }
#include "models/Models.def"
#undef MODEL

namespace energy::conformance {

const std::vector<ModelEntry> &models() {
  static const std::vector<ModelEntry> All = {
#define MODEL(Name, File, Inputs, ...) {#Name, File, Inputs, #__VA_ARGS__, model_##Name::make},
#include "models/Models.def"
#undef MODEL
  };
  return All;
}

const ModelEntry *findModel(const std::string &Name) {
  for (const ModelEntry &M : models())
    if (Name == M.Name)
      return &M;
  return nullptr;
}

} // namespace energy::conformance
