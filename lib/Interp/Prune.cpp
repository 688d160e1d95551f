/// \file
/// Drops the unknowns that nothing in the finished graph rests on: a reason met
/// on the way that changed no call, parameter or output is of no use to anybody.
#include "Interp/Prune.h"

using namespace energy;

namespace {

class UnknownUses {
  std::vector<bool> Used;
  std::vector<UnknownId> NewId;
  bool Renaming = false;

  void touch(UnknownId &Id) {
    if (Id == UnknownId::None)
      return;
    auto I = static_cast<uint32_t>(Id);
    if (Renaming)
      Id = NewId[I];
    else
      Used[I] = true;
  }
  void touch(TensorArg &T) { touch(T.Unknown); }
  void touch(ArgValue &V) {
    if (auto *U = std::get_if<UnknownId>(&V))
      touch(*U);
    else if (auto *T = std::get_if<TensorArg>(&V))
      touch(*T);
    else if (auto *L = std::get_if<std::vector<TensorArg>>(&V))
      for (TensorArg &Item : *L)
        touch(Item);
  }
  void touchAll(ModelGraph &G) {
    for (OpCall &C : G.Calls) {
      touch(C.Unknown);
      for (NamedArg &A : C.Args)
        touch(A.Value);
      for (TensorArg &R : C.Results)
        touch(R);
    }
    for (ModuleNode &M : G.Modules)
      for (Parameter &P : M.Parameters)
        touch(P.Value);
    for (TensorArg &T : G.Outputs)
      touch(T);
    if (Renaming) // an input that nobody needs is no trouble
      for (ModelInput &I : G.Inputs)
        touch(I.Value);
  }
  /// Nothing rests on the value of \p I, which is unknown.
  bool isUnneeded(const ModelInput &I) const {
    UnknownId U = I.Value.unknown();
    return U != UnknownId::None && NewId[static_cast<uint32_t>(U)] == UnknownId::None;
  }

public:
  void prune(ModelGraph &G) {
    Used.assign(G.Unknowns.size(), false);
    touchAll(G);
    std::vector<Unknown> Kept;
    for (size_t I = 0; I < G.Unknowns.size(); ++I) {
      bool Keep = Used[I] || G.Unknowns[I].HidesCalls > 0;
      NewId.push_back(Keep ? UnknownId(Kept.size()) : UnknownId::None);
      if (Keep)
        Kept.push_back(std::move(G.Unknowns[I]));
    }
    G.Unknowns = std::move(Kept);
    for (ModelInput &I : G.Inputs)
      if (isUnneeded(I))
        I.Value = ArgValue();
    Renaming = true;
    touchAll(G);
    // An option whose value nobody needed says nothing.
    for (ModuleNode &M : G.Modules)
      llvm::erase_if(M.Options, [](const NamedArg &A) { return A.Value.unknown() != UnknownId::None; });
  }
};

} // namespace

void energy::interp::pruneUnknowns(ModelGraph &G) { UnknownUses().prune(G); }
