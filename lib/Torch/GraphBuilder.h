/// \file
/// Appends operator calls to a ModelGraph: fills schema defaults, runs the
/// result rule, propagates unknowns with their first reason, and records a
/// rejected call as an error finding at the user's line. Knows no Clang; the
/// interpreter and the layer rules both build graphs only through it.
#pragma once
#include "IR/ModelGraph.h"
#include "Torch/OpDef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace energy::torch {

class GraphBuilder {
  ModelGraph &Graph;
  ModuleId CurrentModule = ModuleId::Root;
  SourceSpan CurrentLocation;
  uint64_t CurrentRepeat = 1;
  llvm::StringMap<UnknownId> KnownReasons; ///< one Unknown per reason and place
  llvm::StringSet<> Reported;              ///< one finding per message and place

public:
  explicit GraphBuilder(ModelGraph &Graph) : Graph(Graph) {}
  ModelGraph &graph() { return Graph; }
  const ModelGraph &graph() const { return Graph; }

  void setLocation(SourceSpan Where) { CurrentLocation = std::move(Where); }
  const SourceSpan &location() const { return CurrentLocation; }
  ModuleId module() const { return CurrentModule; }
  void setModule(ModuleId M) { CurrentModule = M; }
  uint64_t repeat() const { return CurrentRepeat; }
  void setRepeat(uint64_t N) { CurrentRepeat = N; }

  UnknownId unknown(const llvm::Twine &Reason, llvm::StringRef Give = "");
  /// False while calls are evaluated that are not the model's, or not the user's: those of a
  /// default configuration.
  bool isJudging() const { return Judging; }
  void setJudging(bool On) { Judging = On; }
  /// Records that LibTorch throws here, as an error finding, and returns the
  /// Unknown that everything computed from the result carries.
  UnknownId rejected(const llvm::Twine &Message);
  /// A tensor that no call computed: an input, or constant data.
  TensorArg source(TensorType Type, ValueInfo::Origin From, llvm::StringRef Name);
  ModuleId addModule(ModuleId Parent, llvm::StringRef Path, llvm::StringRef Type,
                     SourceSpan Construction);
  TensorArg addParameter(ModuleId M, llvm::StringRef Name, TensorType Type, bool IsBuffer,
                         bool Trainable = true);

  /// Calls `Op` (qualified, with overload). Always returns ResultCount tensors
  /// (a Tensor[] result is returned flattened), unknown ones with their reason.
  /// A number with which a floating-point tensor is combined need not be known.
  std::vector<TensorArg> call(llvm::StringRef Op, std::vector<NamedArg> Args);
  /// Call with one result; undefined for an operator that returns no tensor.
  TensorArg call1(llvm::StringRef Op, std::vector<NamedArg> Args) {
    std::vector<TensorArg> Results = call(Op, std::move(Args));
    return Results.empty() ? TensorArg::undefined() : std::move(Results.front());
  }
  /// Records a call that happens but cannot be evaluated.
  std::vector<TensorArg> unknownCall(llvm::StringRef Op, unsigned ResultCount, UnknownId Why);

  /// A point to return to when what was appended since turns out to rest on
  /// an unknown value.
  struct Mark {
    size_t Calls, Values, Findings;
  };
  Mark mark() const { return {Graph.Calls.size(), Graph.Values.size(), Graph.Findings.size()}; }
  /// Keeps the calls since \p M as calls with unknown arguments and results,
  /// and drops their values and findings.
  void forget(Mark M, UnknownId Why);

private:
  bool Judging = true;
  std::vector<TensorArg> fail(OpCall Call, unsigned ResultCount, UnknownId Why);
  std::vector<TensorArg> succeed(const OpInfo &Op, OpCall Call, Outcome What);
};

} // namespace energy::torch
