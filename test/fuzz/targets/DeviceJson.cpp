// Any text given to the device-profile parser: it is refused with a message, or
// the profile prices a convolution, a linear call and an operator of no type
// without a crash and never with a negative or infinite energy.
#include "Cost/CostTable.h"
#include "Energy/DeviceProfile.h"
#include "Energy/EnergyModel.h"
#include "Torch/GraphBuilder.h"
#include <cmath>
#include <cstdlib>

using namespace energy;

static ModelGraph sampleGraph() {
  ModelGraph Graph;
  torch::GraphBuilder Builder(Graph);
  Builder.addModule(ModuleId::Root, "", "Fuzz", {});
  auto tensor = [](std::initializer_list<int64_t> Shape) {
    return ArgValue(TensorType(DType::Float32, Shape));
  };
  Builder.call("aten::conv2d", {{"input", tensor({1, 3, 32, 32})}, {"weight", tensor({8, 3, 3, 3})}});
  Builder.call("aten::linear", {{"input", tensor({4, 16})}, {"weight", tensor({8, 16})}});
  Builder.call("aten::tanh", {{"self", tensor({4, 16})}});
  return Graph;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::Expected<DeviceProfile> Profile =
      DeviceProfile::parse({reinterpret_cast<const char *>(Data), Size});
  if (!Profile) {
    if (llvm::toString(Profile.takeError()).empty())
      std::abort();
    return 0;
  }
  static const ModelGraph Graph = sampleGraph();
  static const CostTable Costs = computeCosts(Graph);
  for (size_t I = 0; I < Graph.Calls.size(); ++I) {
    const Estimate E = estimate(*Profile, Graph.Calls[I], Costs.Calls[I].All);
    for (double Joules : {E.MeanJoules, E.LowJoules, E.HighJoules})
      if (E.Kind != Basis::None && (!std::isfinite(Joules) || Joules < 0))
        std::abort();
  }
  return 0;
}
