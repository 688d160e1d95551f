/// \file
/// compile_commands.json: found upwards from a file and read strictly; what is
/// malformed is an error that names the path, never an empty database.
#pragma once
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace energy::frontend {

struct DatabaseEntry {
  std::string File;               ///< absolute
  std::string Directory;          ///< absolute
  std::vector<std::string> Words; ///< without the compiler's name
};

class CompileDatabase {
public:
  /// \p Path names the JSON file.
  static llvm::Expected<CompileDatabase> load(llvm::StringRef Path);

  llvm::ArrayRef<DatabaseEntry> entries() const { return Entries; }
  const DatabaseEntry *find(llvm::StringRef File) const;
  /// The entry whose flags fit \p File best: same stem, then nearest directory.
  const DatabaseEntry *nearest(llvm::StringRef File) const;

private:
  std::vector<DatabaseEntry> Entries;
};

/// compile_commands.json in the directory of \p File or above it, or in a "build"
/// directory there; empty when none.
std::string findDatabase(llvm::StringRef File);

} // namespace energy::frontend
