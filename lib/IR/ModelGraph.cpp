#include "IR/ModelGraph.h"
#include "llvm/ADT/DenseSet.h"

using namespace energy;

int64_t ModelGraph::parameterCount() const {
  llvm::DenseSet<uint32_t> Seen;
  int64_t Count = 0;
  for (const ModuleNode &M : Modules)
    for (const Parameter &P : M.Parameters)
      if (M.Registered && !P.IsBuffer && P.Value.known() &&
          (P.Value.Id == ValueId::None || Seen.insert(static_cast<uint32_t>(P.Value.Id)).second))
        Count = saturatingAdd(Count, P.Value.Type.elements());
  return Count;
}

uint64_t ModelGraph::understoodCalls() const {
  uint64_t N = 0;
  for (const OpCall &C : Calls)
    N += C.understood();
  return N;
}
