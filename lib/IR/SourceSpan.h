/// \file
/// A place in a source file that outlives the AST. Line 0: no place.
#pragma once
#include <string>

namespace energy {
struct SourceSpan {
  std::string File;
  unsigned Line = 0;   ///< 1-based; 0 when there is no location
  unsigned Column = 0; ///< 1-based, in bytes
  bool valid() const { return Line != 0; }
  friend bool operator==(const SourceSpan &A, const SourceSpan &B) {
    return A.Line == B.Line && A.Column == B.Column && A.File == B.File;
  }
};
} // namespace energy
