/// \file
/// The source tree around a file: its root, and an index of the headers,
/// sources and configuration files in it by name, made once and bounded. For the usual state of a fresh
/// clone: no compile database, include directories unknown.
#pragma once
#include "Frontend/SourceTexts.h"
#include "llvm/ADT/ArrayRef.h"

namespace energy::frontend {

/// The nearest directory upwards with .git or .gitmodules; else, as in a downloaded archive, the
/// nearest one with .gitignore or LICENSE or the highest one of an unbroken chain with
/// CMakeLists.txt, whichever is higher; else the file's own directory.
std::string repositoryRoot(llvm::StringRef File);

class RepositoryIndex {
public:
  /// Indexes at most \p MaxFiles files; hidden and build directories are left out.
  explicit RepositoryIndex(std::string Root, unsigned MaxFiles = 20000);

  llvm::StringRef root() const { return Root; }
  /// The header, source or data file whose path ends with \p Name ("net.h", "models/net.h"),
  /// the one nearest to \p From when there are several; empty when none.
  std::string find(llvm::StringRef Name, llvm::StringRef From) const;
  /// Source files (.cpp, .cc, ...) with the given stem.
  std::vector<std::string> sourcesByStem(llvm::StringRef Stem) const;
  /// All source files, in path order.
  llvm::ArrayRef<std::string> sources() const { return Sources; }

private:
  std::string Root;
  llvm::StringMap<std::vector<std::string>> ByName; ///< by file name
  std::vector<std::string> Sources;
};

/// Indices by root, each made on first use. Thread-safe.
class RepositoryIndices {
public:
  const RepositoryIndex &forFile(llvm::StringRef File);

private:
  std::mutex Mutex;
  llvm::StringMap<std::unique_ptr<RepositoryIndex>> ByRoot;
  llvm::StringMap<const RepositoryIndex *> ByDirectory; ///< of the files asked for
};

bool isSourceName(llvm::StringRef Path); ///< .cpp, .cc, .cxx, .c++, .cu
bool isHeaderName(llvm::StringRef Path); ///< .h, .hpp, .hh, .hxx, .cuh, .inl, .ipp, .tpp
bool isDataName(llvm::StringRef Path);   ///< .cfg, .json, .yaml, .toml, .ini, .txt, ...

/// What a file's text says before it is parsed: the user's files that it includes,
/// directly or not, and the directories to add so that headers lying elsewhere
/// in the same repository are found.
struct IncludeScan {
  std::vector<std::string> UserHeaders; ///< absolute, without the file itself
  std::vector<std::string> QuoteDirs;   ///< to add with -iquote
  std::vector<std::string> AngleDirs;   ///< to add with -I
  bool WantsCxx20 = false;              ///< uses what C++17 does not have
};

/// Bounded: at most 500 files are read.
IncludeScan scanFile(llvm::StringRef File, llvm::ArrayRef<std::string> IncludeDirs,
                     llvm::ArrayRef<std::string> SystemDirs, const RepositoryIndex &Index,
                     SourceTexts &Texts);

} // namespace energy::frontend
