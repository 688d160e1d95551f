/// \file
/// Input and output streams: a text, where reading stands in it, and the state flags.
/// The text of a file is what lies in the repository or what --file gives; where neither
/// is so, it is unknown and says which file to give.
#pragma once
#include "Interp/Machine.h"

namespace energy::interp {

/// The text of the file that the program names \p Path.
Value textOfFile(Machine &M, const Value &Path, const clang::Expr *E);
/// A stream of class \p T, made from constructor arguments.
Value constructStream(Machine &M, clang::QualType T, llvm::ArrayRef<Result> Args, const clang::Expr *E);
/// Everything from where reading stands to the end, which is then reached.
Value restOfStream(Machine &M, Cell *Stream);
/// The characters between two iterators; the second may be the end of a stream.
Value textBetween(Machine &M, const Value &First, const Value &Last, const clang::Expr *E);
/// std::cout and the like, and std::cin, which is not known.
Value standardStream(Machine &M, bool Input);

llvm::ArrayRef<LibraryRow> streamRows();

} // namespace energy::interp
