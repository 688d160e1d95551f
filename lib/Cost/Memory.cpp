#include "Cost/CostTable.h"
#include "llvm/ADT/DenseMap.h"

using namespace energy;

namespace {
/// First and last call during which a storage exists.
struct Lifetime {
  uint32_t Begin = 0, End = 0;
  int64_t Bytes = 0;
};

class LiveStorages {
  const ModelGraph &Graph;
  llvm::DenseMap<uint32_t, Lifetime> Temporaries;
  int64_t PermanentBytes = 0;
  int64_t ModelBytes = 0;

public:
  explicit LiveStorages(const ModelGraph &Graph) : Graph(Graph) {
    addPermanent();
    for (uint32_t I = 0; I < Graph.Calls.size(); ++I) {
      for (const TensorArg &T : Graph.Calls[I].tensorInputs())
        use(T, I);
      for (const TensorArg &T : Graph.Calls[I].Results)
        use(T, I);
    }
    uint32_t Last = Graph.Calls.empty() ? 0 : static_cast<uint32_t>(Graph.Calls.size() - 1);
    for (const TensorArg &T : Graph.Outputs)
      use(T, Last);
  }

  MemoryUse peak() const {
    // Bytes that come and go at each call, then one sweep.
    std::vector<int64_t> Change(Graph.Calls.size() + 1, 0);
    for (const auto &[Id, Life] : Temporaries) {
      Change[Life.Begin] += Life.Bytes;
      Change[Life.End + 1] -= Life.Bytes;
    }
    MemoryUse Use;
    Use.ParameterBytes = ModelBytes;
    Use.PeakBytes = PermanentBytes;
    int64_t Live = PermanentBytes;
    for (uint32_t I = 0; I < Graph.Calls.size(); ++I) {
      Live += Change[I];
      if (Live > Use.PeakBytes) {
        Use.PeakBytes = Live;
        Use.PeakCall = I;
      }
    }
    return Use;
  }

private:
  /// Sizes of absurd models must not wrap around when they are added up.
  static int64_t boundedBytes(const TensorType &T) {
    return std::min<int64_t>(T.bytes(), int64_t(1) << 52);
  }
  void addPermanent() {
    for (const ValueInfo &V : Graph.Values) {
      if (V.AliasOf != ValueId::None)
        continue;
      bool OfModel =
          V.From == ValueInfo::Origin::Parameter || V.From == ValueInfo::Origin::Buffer;
      if (OfModel)
        ModelBytes = saturatingAdd(ModelBytes, boundedBytes(V.Type));
      if (OfModel || V.From == ValueInfo::Origin::Input)
        PermanentBytes = saturatingAdd(PermanentBytes, boundedBytes(V.Type));
    }
  }
  void use(const TensorArg &T, uint32_t Call) {
    ValueId Storage = T.known() ? storageOf(Graph, T.Id) : ValueId::None;
    if (Storage == ValueId::None)
      return;
    const ValueInfo &V = Graph.value(Storage);
    if (V.From != ValueInfo::Origin::Result && V.From != ValueInfo::Origin::Constant)
      return;
    auto [It, New] = Temporaries.try_emplace(static_cast<uint32_t>(Storage));
    if (New)
      It->second = {Call, Call, boundedBytes(V.Type)};
    It->second.End = Call;
  }
};
} // namespace

MemoryUse energy::measureMemory(const ModelGraph &Graph) { return LiveStorages(Graph).peak(); }
