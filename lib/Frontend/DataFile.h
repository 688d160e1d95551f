/// \file
/// Files that the analysed program would read at run time: configurations that describe
/// a model. Never a file outside of the repository that nobody gave.
#pragma once
#include "Frontend/Repository.h"
#include <optional>

namespace energy::frontend {

struct DataFile {
  std::string Path, Text;
  bool TooLarge = false; ///< Text is left out
};

/// The file that a program of \p Source names \p Name: what \p Given says of that name or
/// of its last part, else what lies in the repository, whatever the directory the program
/// is started in.
std::optional<DataFile> readDataFile(llvm::StringRef Name, llvm::StringRef Source,
                                     const RepositoryIndex &Repository,
                                     const std::map<std::string, std::string> &Given,
                                     uint64_t MaxBytes);

} // namespace energy::frontend
