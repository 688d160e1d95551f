/// \file
/// Which places findings are shown for: --header-filter and --line-filter, with
/// clang-tidy's meanings. Without them every finding passes.
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

public:
  /// A regular expression that the path of a header must contain a match of. Files
  /// that are analysed themselves always pass.
  llvm::Error setHeaders(llvm::StringRef Pattern);
  /// [{"name": "net.cpp", "lines": [[1, 30], [45, 45]]}, {"name": "net.h"}]
  llvm::Error setLines(llvm::StringRef Json);

  bool passes(const Finding &F, bool InAnalysedFile) const;
};

} // namespace energy
