/// \file
/// Runs module constructors and forward() on abstract values and returns one
/// ModelGraph per model. Never executes the analysed program. Every limit
/// (Limits.def) that is reached becomes an Unknown with its reason.
#pragma once
#include "IR/ModelGraph.h"
#include <map>

namespace energy::frontend {
class Project;
class ParsedUnit;
struct WantedDefinition;
} // namespace energy::frontend

namespace energy::interp {

/// `--input [NAME=]1x3x224x224[:dtype]`, parsed.
struct InputSpec {
  std::string Name; ///< parameter of forward(), or empty: by position
  TensorType Type;
};

struct InterpOptions {
  std::vector<InputSpec> Inputs;
  std::optional<int64_t> Batch;
  bool Training = false;
  std::map<std::string, std::string> Set; ///< --set name=value
  std::vector<std::string> Models;        ///< --model: class, instance, or C++ expression
  bool TryInputs = true; ///< false: it is enough to see which definitions the models need
};

/// How ModelGraph::Assumptions tells that the program has this option of --set.
std::string setOptionText(llvm::StringRef Name, llvm::StringRef Value);

/// Reconstructs every requested model of the unit; every root module class
/// when Options.Models is empty. Models that could not be constructed at all
/// are returned with no calls and an Unknown that says why. Fails only when a
/// requested model does not exist. Adds to \p Undefined the functions of the user's that
/// models with unknowns were to run and that have no body in the unit.
llvm::Expected<std::vector<ModelGraph>>
reconstruct(frontend::Project &Project, frontend::ParsedUnit &Unit, const InterpOptions &Options,
            std::vector<frontend::WantedDefinition> &Undefined);

} // namespace energy::interp
