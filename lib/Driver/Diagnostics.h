/// \file
/// Prints findings as Clang prints its own diagnostics: place, level, message,
/// the source line and a caret. Works from the report alone: the files are read
/// again, so no AST has to be alive.
#pragma once
#include "IR/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace energy {

void printFindings(llvm::ArrayRef<Finding> Findings, llvm::raw_ostream &OS, bool Colors,
                   const std::map<std::string, std::string> &Unsaved = {});

} // namespace energy
