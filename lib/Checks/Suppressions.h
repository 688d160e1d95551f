/// \file
/// NOLINT comments of one file: `// NOLINT`, `// NOLINT(energy-*)`, NOLINTNEXTLINE,
/// and NOLINTBEGIN(...) to NOLINTEND(...). As in clang-tidy a list holds globs,
/// and a comment without a list covers every check. Works on plain text: the word
/// counts wherever it stands in a line.
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace energy {

class Suppressions {
  struct Range {
    unsigned First, Last; ///< lines, inclusive
    std::string Globs;    ///< comma separated
  };
  std::vector<Range> Ranges;

public:
  explicit Suppressions(llvm::StringRef FileText);
  bool covers(llvm::StringRef Check, unsigned Line) const;
};

} // namespace energy
