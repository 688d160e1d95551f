/// \file
/// Appends operator calls to a ModelGraph: fills schema defaults, runs the
/// result rule, propagates unknowns with their first reason, and records a
/// rejected call as an error finding at the user's line. Knows no Clang; the
/// interpreter and the layer rules both build graphs only through it.
#pragma once
#include "IR/ModelGraph.h"
#include "Torch/OpDef.h"

namespace energy::torch {

class GraphBuilder {
  ModelGraph &Graph;
  ModuleId CurrentModule = ModuleId::Root;
  SourceSpan CurrentLocation;
  uint64_t CurrentRepeat = 1;

public:
  explicit GraphBuilder(ModelGraph &Graph) : Graph(Graph) {}
  ModelGraph &graph() { return Graph; }

  void setLocation(SourceSpan Where) { CurrentLocation = std::move(Where); }
  const SourceSpan &location() const { return CurrentLocation; }
  ModuleId module() const { return CurrentModule; }
  void setModule(ModuleId M) { CurrentModule = M; }
  uint64_t repeat() const { return CurrentRepeat; }
  void setRepeat(uint64_t N) { CurrentRepeat = N; }

  UnknownId unknown(const llvm::Twine &Reason, llvm::StringRef Give = "");
  /// A tensor that no call computed: an input, or constant data.
  TensorArg source(TensorType Type, ValueInfo::Origin From, llvm::StringRef Name);
  ModuleId addModule(ModuleId Parent, llvm::StringRef Path, llvm::StringRef Type,
                     SourceSpan Construction);
  TensorArg addParameter(ModuleId M, llvm::StringRef Name, TensorType Type, bool IsBuffer,
                         bool Trainable = true);

  /// Calls `Op` (qualified, with overload). Always returns ResultCount tensors
  /// (a Tensor[] result is returned flattened), unknown ones with their reason.
  std::vector<TensorArg> call(llvm::StringRef Op, std::vector<NamedArg> Args);
  /// Call with one result.
  TensorArg call1(llvm::StringRef Op, std::vector<NamedArg> Args) {
    return call(Op, std::move(Args)).front();
  }

private:
  std::vector<TensorArg> fail(OpCall Call, unsigned ResultCount, UnknownId Why);
};

} // namespace energy::torch
