// Any text given to the OpLine parser: accepted text is a fixed point of
// printing and parsing, and the call it stands for goes through the operator
// table, costs and a device profile without a crash.
#include "Cost/CostTable.h"
#include "Energy/DeviceProfile.h"
#include "Energy/EnergyTable.h"
#include "Schema/OpLine.h"
#include "Torch/GraphBuilder.h"
#include <cstdlib>

using namespace energy;

static const DeviceProfile &device() {
  static const DeviceProfile Profile = llvm::cantFail(DeviceProfile::parse(defaultDevice().Json));
  return Profile;
}

static void require(bool Holds) {
  if (!Holds)
    std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  OpLine Line;
  std::string Error;
  if (!OpLine::parse({reinterpret_cast<const char *>(Data), Size}, Line, Error)) {
    require(!Error.empty());
    return 0;
  }
  const std::string Text = Line.str();
  OpLine Again;
  require(OpLine::parse(Text, Again, Error));
  require(Again.str() == Text);

  llvm::Expected<OpCall> Call = fromOpLine(Line);
  if (!Call) {
    llvm::consumeError(Call.takeError());
    return 0;
  }
  require(OpLine::parse(toOpLine(*Call).str(), Again, Error));

  ModelGraph Graph;
  torch::GraphBuilder Builder(Graph);
  Builder.addModule(ModuleId::Root, "", "Fuzz", {});
  require(!Builder.call(Call->Op, Call->Args).empty() || Graph.Calls.size() == 1);
  const CostTable Costs = computeCosts(Graph);
  estimateModel(device(), Graph, Costs, nullptr);
  return 0;
}
