#include "tracer/ModelRegistry.h"
#include <sstream>

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

static at::Tensor makeInput(const std::string &Spec) {
  const auto Colon = Spec.find(':');
  std::vector<int64_t> Sizes;
  std::istringstream Dims(Spec.substr(0, Colon));
  for (std::string Dim; std::getline(Dims, Dim, 'x');)
    Sizes.push_back(std::stoll(Dim));
  const std::string DType = Colon == std::string::npos ? "float32" : Spec.substr(Colon + 1);
  if (DType == "int64")
    return torch::zeros(Sizes, torch::kLong);
  if (DType == "float32")
    return torch::randn(Sizes);
  throw std::invalid_argument("input type '" + DType + "' is not float32 or int64");
}

Tensors makeInputs(const std::string &Spec) {
  Tensors Result;
  std::istringstream Parts(Spec);
  for (std::string Part; std::getline(Parts, Part, ';');)
    Result.push_back(makeInput(Part));
  return Result;
}

} // namespace energy::conformance
