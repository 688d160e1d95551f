/// \file
/// What a model is called with: given, found at a call site, or inferred by
/// running candidates through the graph and keeping those that satisfy every
/// constraint. The choice and its reason go into ModelGraph::Inputs.
#pragma once
#include "Interp/Machine.h"

namespace energy::interp {

/// --batch: inputs whose first dimension is From have To there.
struct BatchChange {
  int64_t From, To;
};

/// The inputs of one run. Tensors beyond Given are made from Candidate.
struct InputChoice {
  std::vector<InputSpec> Given;
  std::optional<TensorType> Candidate;
  std::string Basis = "given";
  std::string Note;
  /// Why layers have unknown sizes, so that no input can be inferred; null when they have not.
  const Unknown *Cause = nullptr;
  std::optional<BatchChange> Batch;
  /// A call whose argument expressions tell the shapes; null when there is none.
  const clang::CallExpr *Site = nullptr;
};

/// Runs \p Run with the inputs that the options give, or else with candidates,
/// and returns the best graph.
ModelGraph chooseInputs(const InterpOptions &Options, const frontend::SourceModel &Source,
                        const frontend::ModuleClass *Class, const clang::VarDecl *Variable,
                        llvm::function_ref<ModelGraph(const InputChoice &)> Run);

/// The argument values for forward() of \p Root; records them in \p G.
std::vector<Result> makeInputs(Machine &M, Object *Root, const InputChoice &Inputs, ModelGraph &G);

/// Fills M.ProgramOptions with the defaults that the program declares for its command line.
void readProgramOptions(Machine &M);

} // namespace energy::interp
