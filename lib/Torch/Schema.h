/// \file
/// Takes an ATen schema string apart. Schemas come from the op table, so a
/// malformed one is a bug of ours (assert), not an input error.
#pragma once
#include "Torch/OpDef.h"

namespace energy::torch {

/// Arguments in order. \p Schema must outlive the result.
llvm::SmallVector<SchemaArg, 8> parseArguments(llvm::StringRef Schema);
/// Tensors in the return type; a Tensor[] counts as 1, anything else as 0.
unsigned countResults(llvm::StringRef Schema);
/// Brings a value into the form that OpArgs reads: a single int becomes int[],
/// an int becomes a float where the schema wants one. Fails when it cannot fit.
llvm::Error coerce(const SchemaArg &Arg, ArgValue &Value);

} // namespace energy::torch
