/// \file
/// Reduces a compiler's command line to what decides how source text is parsed:
/// include directories, macros, language standard, target and sysroot. Everything
/// else (optimisation, warnings, code generation, output, linking, another
/// compiler's own flags) is dropped.
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace energy::frontend {

struct FilteredFlags {
  /// Paths absolute; a flag and its value are always two words or one joined
  /// word as in "-DX=1".
  std::vector<std::string> Args;
  std::string Standard; ///< as written after -std=, or empty
};

/// \p Words without the compiler's name. Relative paths are taken from \p Directory.
FilteredFlags filterFlags(llvm::ArrayRef<std::string> Words, llvm::StringRef Directory);

/// "c++17", "c++20" or "c++23": the parser's standard for what -std= said.
/// Older standards are parsed as C++17, which LibTorch needs.
std::string parserStandard(llvm::StringRef Written);

/// Directories given by -I, -isystem, -iquote and -idirafter, in order.
std::vector<std::string> includeDirectories(llvm::ArrayRef<std::string> Args);

/// \p Path made absolute from \p Directory, "." and ".." removed.
std::string absolutePath(llvm::StringRef Path, llvm::StringRef Directory = "");

} // namespace energy::frontend
