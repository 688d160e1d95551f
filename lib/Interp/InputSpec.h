/// \file
/// The text of --input: `[NAME=]1x3x224x224[:dtype]`.
#pragma once
#include "Interp/Interpreter.h"

namespace energy {

/// "scalar" stands for a tensor without dimensions. Fails with what is wrong.
llvm::Expected<interp::InputSpec> parseInputSpec(llvm::StringRef Text);

} // namespace energy
