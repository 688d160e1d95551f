/// \file
/// Something to tell the user about their model, in Clang's terms.
#pragma once
#include "IR/SourceSpan.h"
#include <string>
#include <vector>

namespace energy {
enum class Severity { Note, Remark, Warning, Error };

struct FindingNote {
  std::string Message;
  SourceSpan Location;
};
struct Finding {
  std::string Check; ///< id as in Diagnostics.def, e.g. "energy-heavy-layer"
  Severity Level = Severity::Warning;
  std::string Message;
  SourceSpan Location;
  std::vector<FindingNote> Notes;
  std::string ModulePath; ///< "features.0", or empty
};
} // namespace energy
