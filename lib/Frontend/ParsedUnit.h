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
class DiagnosticConsumer;
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
  unsigned Id = 0; ///< Clang's diag::... number
};

/// An #include that was not found anywhere.
struct MissingHeader {
  std::string Name;    ///< as written, without quotes or brackets
  SourceSpan Location; ///< of the first #include
};

struct ParseRequest {
  CompileCommand Command;
  /// Text appended after the main file, with its own line numbers ("<model>");
  /// see modelSuffix().
  std::string Suffix;
  /// Other source files parsed after the main file into the same AST, for the
  /// definitions they hold. Their names are absolute.
  std::vector<std::string> LinkedFiles;
  /// Clang's -verify: `// expected-warning {{...}}` comments are checked against
  /// what is reported through ParsedUnit::diagnosticsEngine() until finish().
  bool Verify = false;
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
  /// The engine to report findings through; while the unit lives it has source text
  /// for carets. Reports go to the consumer set with setFindingConsumer(), which
  /// is not owned and told of the unit's language; until then they are dropped.
  clang::DiagnosticsEngine &diagnosticsEngine();
  void setFindingConsumer(clang::DiagnosticConsumer *Consumer);

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

  /// The I-th expression of modelSuffix(): what the synthetic function returns,
  /// without implicit wrappers; null when it did not parse.
  const clang::Expr *modelExpression(unsigned I = 0) const;
  /// Clang's complaints about the suffix (a wrong --model), empty when fine.
  std::vector<SourceDiagnostic> suffixDiagnostics() const;

  /// Ends the unit: with Verify, checks the expected comments. Returns the number
  /// of mismatches (always 0 without Verify), told as verifyProblems(). The AST
  /// stays usable, nothing more may be reported.
  unsigned finish();
  llvm::ArrayRef<SourceDiagnostic> verifyProblems() const;

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

/// Parses \p Files after all that \p Parsed, a unit without a suffix, holds already, as
/// if they had been among its LinkedFiles, with the include directories of \p Args, which
/// begins with the unit's own. Null when the unit is lost: the parser did not survive it.
std::unique_ptr<ParsedUnit> parseMore(std::unique_ptr<ParsedUnit> Parsed,
                                      llvm::ArrayRef<std::string> Files,
                                      std::vector<std::string> Args,
                                      const FrontendOptions &Options);

/// Text that makes Clang parse \p Expressions after the main file, with the names
/// of \p Namespaces visible. For ParseRequest::Suffix.
std::string modelSuffix(llvm::ArrayRef<std::string> Expressions,
                        llvm::ArrayRef<std::string> Namespaces = {});

} // namespace energy::frontend
