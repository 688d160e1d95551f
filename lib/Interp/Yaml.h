/// \file
/// yaml-cpp: a YAML::Node is Null, a string (every scalar), a List or a Map, and becomes a
/// number where the program reads it as one.
#pragma once
#include "Interp/Machine.h"

namespace energy::interp {

llvm::ArrayRef<LibraryRow> yamlRows();

} // namespace energy::interp
