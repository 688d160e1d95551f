/// \file
/// Command-line options that the analysed program declares, with their defaults:
/// Boost.Program_options, cxxopts and argparse. (gflags and CLI11 bind plain
/// variables, whose initialisers say the same.) Found by walking the user's
/// functions, wherever in the program they are; nothing is evaluated.
#pragma once
#include "Frontend/ParsedUnit.h"
#include "clang/AST/Type.h"

namespace energy::frontend {

struct DeclaredOption {
  std::string Name;                     ///< the long one, without dashes: "nz"
  const clang::Expr *Default = nullptr; ///< null: the program has no default
  /// What the option holds, from value<T>() or the default; null when not said.
  clang::QualType Type;
  /// The default is the text of a value (cxxopts), to be read as Type.
  bool DefaultIsText = false;
  SourceSpan Location;
};

/// The long name of "n,width", "--width,-n" or "--width".
std::string longOptionName(llvm::StringRef Spelling);

/// In the order of the unit's declarations; a name can occur more than once.
std::vector<DeclaredOption> declaredOptions(ParsedUnit &Unit);

} // namespace energy::frontend
