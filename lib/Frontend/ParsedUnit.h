/// \file
/// One translation unit, parsed and kept alive: its AST, its Sema (so that
/// templates can still be instantiated) and what went wrong while parsing.
/// Function bodies outside the user's files are skipped; declarations of
/// LibTorch and of the standard library come from the header cache (a PCH) and
/// must not be walked: start from userDecls() and follow references.
/// Errors in the parsed code are data here, not failures.
#pragma once
#include "Frontend/CompileCommands.h"
#include "IR/SourceSpan.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class CompilerInstance;
class DiagnosticsEngine;
class Expr;
class Sema;
class SourceManager;
} // namespace clang

namespace energy::frontend {

class PchCache;

/// A diagnostic of Clang about the analysed code.
struct SourceDiagnostic {
  enum class Level { Note, Remark, Warning, Error };
  Level Severity = Level::Error;
  SourceSpan Location;
  std::string Message;
  bool InUserFile = false;
  std::string LinkedFile; ///< that was being read; empty in the main file and its headers
  unsigned Id = 0; ///< Clang's diag::... number
};

/// An #include that was not found anywhere.
struct MissingHeader {
  std::string Name;    ///< as written, without quotes or brackets
  SourceSpan Location; ///< of the first #include
};

struct ParseRequest {
  CompileCommand Command;
  /// Other source files parsed after the main file into the same AST, for the
  /// definitions they hold. Their names are absolute.
  std::vector<std::string> LinkedFiles;
};

class ParsedUnit {
public:
  ~ParsedUnit();
  ParsedUnit(const ParsedUnit &) = delete;
  ParsedUnit &operator=(const ParsedUnit &) = delete;

  const std::string &file() const;
  const CompileCommand &command() const;
  llvm::ArrayRef<std::string> linkedFiles() const;

  clang::CompilerInstance &compiler();
  clang::ASTContext &context();
  clang::Sema &sema();
  clang::SourceManager &sources();
  clang::DiagnosticsEngine &diagnosticsEngine();

  /// Top-level declarations in the user's files, in source order: the main file,
  /// the linked files, and every header outside system, LibTorch and
  /// third-party directories. Never from the header cache. Namespaces are
  /// listed as such, not entered.
  llvm::ArrayRef<clang::Decl *> userDecls() const;

  /// In a user's file: not a system or LibTorch header, not the header cache.
  bool isUserLocation(clang::SourceLocation Loc) const;
  bool isUserDecl(const clang::Decl *D) const;
  /// In the file given on the command line.
  bool isMainFile(clang::SourceLocation Loc) const;
  /// Where the user sees \p Loc: the file location of a macro's expansion.
  SourceSpan span(clang::SourceLocation Loc) const;

  llvm::ArrayRef<SourceDiagnostic> diagnostics() const;
  /// Those of them that came after the first linked file began.
  llvm::ArrayRef<SourceDiagnostic> linkedDiagnostics() const;
  unsigned errorCount() const;
  llvm::ArrayRef<MissingHeader> missingHeaders() const;
  bool usedPch() const;

  /// The C++ expression \p Text, parsed after all that the unit holds, with the names of
  /// \p Namespaces visible and without implicit wrappers. Fails with Clang's first error.
  llvm::Expected<const clang::Expr *> expression(llvm::StringRef Text, llvm::ArrayRef<std::string> Namespaces,
                                                 const FrontendOptions &Options);

  struct Impl;
  explicit ParsedUnit(std::unique_ptr<Impl> Parts);

private:
  std::unique_ptr<Impl> Self;
  friend std::unique_ptr<ParsedUnit> parseMore(std::unique_ptr<ParsedUnit>,
                                               llvm::ArrayRef<std::string>, std::vector<std::string>,
                                               const FrontendOptions &);
};

/// Parses on a thread with a large stack. Fails only when no AST could be made:
/// unreadable file, unusable flags, a crash of the parser.
llvm::Expected<std::unique_ptr<ParsedUnit>> parse(const ParseRequest &Request, PchCache &Cache,
                                                  const FrontendOptions &Options);

/// Parses \p Files after all that \p Parsed holds already, as if they had been among its
/// LinkedFiles, with the include directories of \p Args, which begins with the unit's own. Null
/// when the unit is lost: the parser did not survive it.
std::unique_ptr<ParsedUnit> parseMore(std::unique_ptr<ParsedUnit> Parsed,
                                      llvm::ArrayRef<std::string> Files,
                                      std::vector<std::string> Args,
                                      const FrontendOptions &Options);

} // namespace energy::frontend
