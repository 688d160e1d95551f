/// \file
/// What the analysis knows about one model: its module tree, its tensor values
/// and the operator calls of one forward pass in execution order. Owns
/// everything, refers to no AST, and does not change once it is built.
#pragma once
#include "IR/Finding.h"
#include "IR/OpCall.h"

namespace energy {

/// A fact that could not be determined, with its first cause.
struct Unknown {
  std::string Reason;
  SourceSpan Location;
  std::string Give; ///< what the user could pass to resolve it, e.g. "--set nz=<int>"
  uint64_t HidesCalls = 0; ///< calls whose result is unknown because of this
  bool Throws = false;     ///< the program or LibTorch throws here, if nothing was misread
};

struct Parameter {
  std::string Name; ///< "weight"
  bool IsBuffer = false;
  bool Trainable = true;
  TensorArg Value;
};

struct ModuleNode {
  std::string Path; ///< "features.0"; empty for the root
  std::string Type; ///< "Conv2d", or the user's class name
  ModuleId Parent = ModuleId::Root;
  /// Reachable from the root through register_module: its parameters are the model's.
  bool Registered = true;
  std::vector<Parameter> Parameters;
  std::vector<NamedArg> Options; ///< of a torch::nn layer
  SourceSpan Construction;
};

struct ValueInfo {
  enum class Origin : uint8_t { Input, Parameter, Buffer, Result, Constant };
  Origin From = Origin::Constant;
  TensorType Type;
  std::string Name;        ///< parameter path or input name; empty for results
  uint32_t Call = 0;       ///< index into Calls, when From is Result
  uint32_t ResultIndex = 0;
  /// The value whose storage this one shares (a view or an in-place result).
  ValueId AliasOf = ValueId::None;
};

struct ModelInput {
  std::string Name;
  ArgValue Value;    ///< a tensor, list of tensors, number, ... as forward() takes it
  std::string Basis; ///< "given", "comment", "call site", "inferred" or "assumed"
  std::string Note;  ///< e.g. "28x28 follows from 'fc1' in_features 320"
};

struct ModelGraph {
  std::string Name;       ///< as the user calls the model, e.g. "VGG16"
  std::string Class;      ///< module class, e.g. "VGGImpl"
  std::string Expression; ///< how it was constructed, e.g. "VGGImpl(10)"
  SourceSpan Location;    ///< of the class
  std::vector<ModelInput> Inputs;
  std::vector<std::string> Assumptions; ///< printed once per model
  std::vector<ModuleNode> Modules;      ///< [0] is the root
  std::vector<ValueInfo> Values;
  std::vector<OpCall> Calls;
  std::vector<TensorArg> Outputs;
  std::vector<Unknown> Unknowns;
  std::vector<Finding> Findings;

  const ModuleNode &module(ModuleId Id) const { return Modules[static_cast<uint32_t>(Id)]; }
  ModuleNode &module(ModuleId Id) { return Modules[static_cast<uint32_t>(Id)]; }
  const ValueInfo &value(ValueId Id) const { return Values[static_cast<uint32_t>(Id)]; }
  const Unknown &unknown(UnknownId Id) const { return Unknowns[static_cast<uint32_t>(Id)]; }
  /// Elements of all parameters (not buffers), each storage counted once.
  int64_t parameterCount() const;
  uint64_t understoodCalls() const;
};

} // namespace energy
