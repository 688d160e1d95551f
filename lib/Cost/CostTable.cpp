#include "Cost/CostTable.h"
#include "Torch/OpDef.h"
#include "llvm/ADT/DenseSet.h"
#include <algorithm>
#include <limits>

using namespace energy;

CostFeatures &energy::operator+=(CostFeatures &A, const CostFeatures &B) {
#define FEATURE(Name, Key, Unit, Doc) A.Name = saturatingAdd(A.Name, B.Name);
#include "Schema/CostFeatures.def"
  return A;
}

CostFeatures energy::operator*(const CostFeatures &A, uint64_t Times) {
  auto Factor = static_cast<int64_t>(
      std::min<uint64_t>(Times, std::numeric_limits<int64_t>::max()));
  CostFeatures R;
#define FEATURE(Name, Key, Unit, Doc) R.Name = saturatingMul(A.Name, Factor);
#include "Schema/CostFeatures.def"
  return R;
}

ValueId energy::storageOf(const ModelGraph &Graph, ValueId Id) {
  // An alias always refers to an earlier value, so this ends.
  while (Id != ValueId::None && Graph.value(Id).AliasOf != ValueId::None)
    Id = Graph.value(Id).AliasOf;
  return Id;
}

namespace {
using SeenValues = llvm::DenseSet<uint32_t>;

int64_t newParameters(const ModelGraph &Graph, const OpCall &Call, SeenValues &Seen) {
  int64_t Count = 0;
  for (const TensorArg &T : Call.tensorInputs()) {
    ValueId Storage = storageOf(Graph, T.Id);
    if (Storage == ValueId::None)
      continue;
    const ValueInfo &V = Graph.value(Storage);
    if (V.From == ValueInfo::Origin::Parameter &&
        Seen.insert(static_cast<uint32_t>(Storage)).second)
      Count = saturatingAdd(Count, V.Type.elements());
  }
  return Count;
}
} // namespace

CostTable energy::computeCosts(const ModelGraph &Graph) {
  CostTable Table;
  SeenValues Seen;
  for (const OpCall &Call : Graph.Calls) {
    CallCost Cost;
    const torch::OpInfo *Op = Call.understood() ? torch::findOp(Call.Op) : nullptr;
    if (Op) {
      Cost.Known = true;
      Cost.Once = torch::costOf(*Op, Call);
      Cost.All = Cost.Once * Call.Repeat;
      Table.Total += Cost.All;
    }
    // A view of a weight (`t`, `view`) does not use it up; the call behind it does.
    if (!Op || Op->Def->Kind != torch::Storage::View)
      Cost.Parameters = newParameters(Graph, Call, Seen);
    Table.Calls.push_back(Cost);
  }
  Table.Parameters = Graph.parameterCount();
  Table.Memory = measureMemory(Graph);
  return Table;
}
