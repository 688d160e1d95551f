/// \file
/// Which locations of one translation unit are the user's own code: not a system
/// header, not LibTorch, not vendored third-party code, not the header cache.
#pragma once
#include "IR/SourceSpan.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include <string>
#include <vector>

namespace energy::frontend {

/// What holds the expressions that the user gives (--model), as if it were a file.
inline constexpr llvm::StringLiteral ExpressionFile = "<model>";

class UserFiles {
public:
  UserFiles(const clang::SourceManager &Sources, std::vector<std::string> LibTorchIncludes,
            std::string MainFile);

  bool contains(clang::SourceLocation Loc);
  SourceSpan span(clang::SourceLocation Loc) const;

private:
  bool classify(clang::FileID File) const;

  const clang::SourceManager &Sources;
  std::vector<std::string> LibTorchIncludes;
  std::string MainFile;
  llvm::DenseMap<clang::FileID, bool> Known;
};

} // namespace energy::frontend
