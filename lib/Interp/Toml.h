/// \file
/// TOML as the value that JSON is (Json.h), for toml11 and toml++.
#pragma once
#include "Interp/Machine.h"

namespace energy::interp {

/// nullopt when it is malformed.
std::optional<Value> parseToml(Machine &M, llvm::StringRef Text);

llvm::ArrayRef<LibraryRow> tomlRows();

} // namespace energy::interp
