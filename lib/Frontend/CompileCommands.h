/// \file
/// How to parse each file: the compile database, fixed flags, or a guess,
/// reduced to the words that matter to a parser. Optimisation, warning,
/// code-generation and linker flags are dropped, so that one header cache serves
/// every file and flags of any compiler are accepted.
#pragma once
#include "Frontend/FrontendOptions.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace energy::frontend {

class RepositoryIndex;
class SourceTexts;

enum class CommandBasis { Database, Neighbour, Fixed, Guess };

/// The normalised command of one file. Paths are absolute.
struct CompileCommand {
  std::string File;
  std::string Directory;
  CommandBasis Basis = CommandBasis::Guess;
  std::string Standard = "c++17"; ///< "c++17", "c++20" or "c++23"
  /// -I, -iquote, -isystem, -D, -U, -include, --sysroot, -target, -stdlib and
  /// -nostdinc, each flag and its value joined or as two words as Clang accepts them.
  std::vector<std::string> Args;
  /// Include directories of LibTorch, from the command or found.
  std::vector<std::string> LibTorchIncludes;
  /// Headers of the project that the file includes, directly or not, by a
  /// textual scan that believes every #include.
  std::vector<std::string> UserHeaders;
};

/// Thread-safe.
class CompileCommands {
public:
  explicit CompileCommands(const FrontendOptions &Options);
  ~CompileCommands();

  /// The command for \p File (absolute or relative to the working directory).
  /// Fails for a file without a command under MissingCommand::Error or Skip
  /// (as MissingCommandError), and for a malformed database, named by its path.
  llvm::Expected<CompileCommand> lookup(llvm::StringRef File);

  /// Source files listed in the database that governs \p File; empty without one.
  std::vector<std::string> databaseFiles(llvm::StringRef File);
  /// The index of the source tree around \p File.
  const RepositoryIndex &repository(llvm::StringRef File);
  SourceTexts &texts();

private:
  struct Impl;
  std::unique_ptr<Impl> Self;
};

/// No compile command; Skip tells that the caller asked to skip such files.
class MissingCommandError : public llvm::ErrorInfo<MissingCommandError> {
public:
  static char ID;
  MissingCommandError(std::string File, bool Skip) : File(std::move(File)), Skip(Skip) {}
  void log(llvm::raw_ostream &OS) const override;
  std::error_code convertToErrorCode() const override;
  std::string File;
  bool Skip;
};

} // namespace energy::frontend
