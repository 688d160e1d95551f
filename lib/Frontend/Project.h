/// \file
/// Several files together: parses each at most once and finds the definitions
/// that a file only declares in the other files given, in the compile database, or
/// among the sources beside it.
///
/// Two ways to cross files. linkedUnit() parses the defining files after the
/// analysed one into the *same* AST, so that declarations, types and
/// definitions are simply there (FunctionDecl::getDefinition() works): prefer it. When the
/// files contradict each other in one AST (two different classes of one name,
/// different macros), it leaves the offending file out, and definition() finds
/// the function in an AST of its own: there, types and fields are other
/// objects and have to be compared by name.
#pragma once
#include "Frontend/DataFile.h"
#include "Frontend/ParsedUnit.h"
#include "Frontend/PchCache.h"
#include "Frontend/SourceModel.h"

namespace energy::frontend {

struct LinkOptions {
  bool Definitions = true;    ///< files that define what the unit declares and does not define
  bool Constructions = false; ///< files that construct the unit's root modules (main.cpp)
  unsigned MaxFiles = 32;
  unsigned MaxSites = 8; ///< files that construct one class
};

/// A function that is declared and has no body in the files read, as text to look for.
struct WantedDefinition {
  std::string Header; ///< declares it
  std::string Name;   ///< its own, or of its class
  bool IsMember = false;

  WantedDefinition(const clang::FunctionDecl *F, const ParsedUnit &Unit);
  bool operator==(const WantedDefinition &Other) const {
    return Header == Other.Header && Name == Other.Name && IsMember == Other.IsMember;
  }
};

/// Thread-safe, except that a unit must be used by one thread at a time.
class Project {
public:
  Project(FrontendOptions Options, std::vector<std::string> Files);
  ~Project();

  /// The files given, absolute, in order, without duplicates.
  llvm::ArrayRef<std::string> files() const;
  const FrontendOptions &options() const;

  /// The file alone.
  llvm::Expected<ParsedUnit &> unit(llvm::StringRef File);
  /// The file with the files that complete it in the same AST.
  llvm::Expected<ParsedUnit &> linkedUnit(llvm::StringRef File, const LinkOptions &Link = {});
  /// \p Unit, a linked one, with those files that define what is \p Wanted and agree with it; what
  /// it returns takes the place of \p Unit. Fails as linkedUnit() does, and \p Unit is gone.
  llvm::Expected<ParsedUnit &> linkFurther(ParsedUnit &Unit, llvm::ArrayRef<WantedDefinition> Wanted);

  /// \p F if it has a body, else its definition in another file, parsed on demand
  /// (likely files first, a bounded number of them); null when there is none.
  const clang::FunctionDecl *definition(const clang::FunctionDecl *F, ParsedUnit &From);
  /// What the program reads as \p Name; none when it is neither given nor in the repository.
  std::optional<DataFile> dataFile(llvm::StringRef Name, const ParsedUnit &From, uint64_t MaxBytes);
  /// The unit whose AST owns \p D; null when it is none of this project.
  ParsedUnit *owner(const clang::Decl *D);
  /// Frees the AST of \p File; what refers to it dies.
  void drop(llvm::StringRef File);

private:
  struct Impl;
  std::unique_ptr<Impl> Self;
};

} // namespace energy::frontend
