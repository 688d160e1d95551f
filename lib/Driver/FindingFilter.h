/// \file
/// Which findings are shown, and which count as errors: --checks, --warnings-as-errors,
/// --header-filter and --line-filter, with clang-tidy's meanings. Without them every
/// finding passes as it is.
#pragma once
#include "IR/Finding.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/Regex.h"
#include <memory>
#include <optional>

namespace energy {

class FindingFilter {
  struct LinesOfFile {
    std::string Name; ///< the end of a path
    std::vector<std::pair<unsigned, unsigned>> Lines; ///< inclusive; empty: all
  };
  std::shared_ptr<const llvm::Regex> Headers; ///< null: all headers of the user's
  std::vector<LinesOfFile> Files;             ///< empty: all
  std::string Checks = "*", Errors;           ///< globs

public:
  /// A regular expression that the path of a header must contain a match of. Files
  /// that are analysed themselves always pass.
  llvm::Error setHeaders(llvm::StringRef Pattern);
  /// [{"name": "net.cpp", "lines": [[1, 30], [45, 45]]}, {"name": "net.h"}]
  llvm::Error setLines(llvm::StringRef Json);

  /// "energy-*,-energy-heavy-layer": the last glob that matches a check decides; without
  /// one all run, and none is an error.
  llvm::Error setChecks(llvm::StringRef Globs);
  llvm::Error setErrors(llvm::StringRef Globs);

  bool isError(const Finding &F) const;
  bool passes(const Finding &F, bool InAnalysedFile) const;
};

} // namespace energy
