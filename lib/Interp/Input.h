/// \file
/// What a model is called with: given, found at a call site, or inferred by
/// running candidates through the graph and keeping those that satisfy every
/// constraint. The choice and its reason go into ModelGraph::Inputs.
#pragma once
#include "Frontend/DeclaredOptions.h"
#include "Interp/InputCandidates.h"
#include "Interp/Machine.h"

namespace energy::interp {

/// --batch: inputs whose first dimension is From have To there.
struct BatchChange {
  int64_t From, To;
};

/// Where an input comes from, as the report says it.
struct InputOrigin {
  std::string Basis, Note;
  std::optional<BatchChange> Batch;
};

/// A size that is tried for an input that nobody gave.
struct InputCandidate {
  TensorType Type;
  std::string Basis = "assumed", Note;
};

/// The inputs of one run.
struct InputChoice {
  std::vector<InputSpec> Given;
  /// For tensors that are not given, by position; the last one also for those after it.
  std::vector<InputCandidate> Candidates;
  bool Trying = false; ///< the run may end where the model rejects the candidates
  std::string GivenBasis = "given";
  /// Why layers have unknown sizes, so that no input can be inferred; null when they have not.
  const Unknown *Cause = nullptr;
  std::optional<BatchChange> Batch;
  /// A call whose argument expressions tell the shapes; null when there is none.
  const clang::CallExpr *Site = nullptr;
  /// The inputs of the model that contains this one: what it passes on is the input.
  const InputChoice *OfContainer = nullptr;
};

/// What the inputs are for.
struct CalledModel {
  const frontend::ModuleClass *Class = nullptr;
  const clang::VarDecl *Variable = nullptr;
  clang::DeclarationName Entry; ///< what it is called by instead of forward(); or empty
};

/// Runs \p Run with the inputs that the options give, or else with candidates,
/// and returns the best graph; \p Chosen becomes the choice that gave it. Trying ends when
/// \p Work, the expressions evaluated for the model, becomes much. \p Named are the numbers that
/// the program names, which \p Run may add to.
ModelGraph chooseInputs(const InterpOptions &Options, const frontend::SourceModel &Source,
                        const CalledModel &Called,
                        llvm::function_ref<ModelGraph(const InputChoice &)> Run,
                        llvm::function_ref<uint64_t()> Work, const std::vector<NamedSize> &Named,
                        InputChoice &Chosen);

/// The argument values for forward() of \p Root; records them in \p G.
std::vector<Result> makeInputs(Machine &M, Object *Root, const InputChoice &Inputs, ModelGraph &G);

/// Inputs of \p Root of the types that \p Values, arguments of another call, have.
std::vector<Result> inputsAsCalled(Machine &M, Object *Root, llvm::ArrayRef<Value> Values,
                                   const InputOrigin &Origin, ModelGraph &G);

/// `// clang-energy: input(1x3x224x224, mask=1x16:bool)` on the class's line or up
/// to three lines above it.
std::vector<InputSpec> inputsInComment(const frontend::ModuleClass &Class);

/// Says in the report, once a model, what is taken for granted.
void assume(Machine &M, std::string What);

/// Fills M.ProgramOptions with the defaults that the program declares for its command line.
void readProgramOptions(Machine &M, llvm::ArrayRef<frontend::DeclaredOption> Declared);

} // namespace energy::interp
