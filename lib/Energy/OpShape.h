/// \file
/// The numbers of one operator call that energy terms are made of. Computed
/// from the call alone, by the same code when a profile is fitted and when it
/// is used. Non-square images and kernels count by their areas; a family gives
/// nothing for a call whose arguments it does not understand.
#pragma once
#include "IR/CostFeatures.h"
#include "IR/OpCall.h"
#include <array>

namespace energy {

/// Which operators share a set of variables.
enum VariableGroup : unsigned { Convolution = 1, Pooling = 2, Linear = 4, Any = 8 };

enum class Variable : uint8_t {
#define VARIABLE(Name, Group, Doc) Name,
#include "Energy/Variables.def"
  Count
};

struct OpShape {
  VariableGroup Family = Any;
  std::array<double, static_cast<size_t>(Variable::Count)> Values{};
  double operator[](Variable V) const { return Values[static_cast<size_t>(V)]; }
  double &operator[](Variable V) { return Values[static_cast<size_t>(V)]; }
};

llvm::StringRef variableName(Variable V);
llvm::StringRef variableDoc(Variable V);
std::optional<Variable> findVariable(llvm::StringRef Name);
unsigned variableGroups(Variable V); ///< mask of VariableGroup

/// The family that an operator's variables come from.
VariableGroup familyOf(llvm::StringRef QualifiedName);
OpShape shapeOf(const OpCall &Call, const CostFeatures &Cost);

} // namespace energy
