#include "tracer/ModelRegistry.h"
#include <sstream>

namespace energy::conformance {

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
