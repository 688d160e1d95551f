/// \file
/// Lets code for another LibTorch compile against the one that is there, whose headers are read
/// with a few additions: a c10::optional that converts to and from std::optional, which it is in
/// 2.x, and the names that 1.4 and older had for what 1.5 renamed. Declarations only: what they
/// mean is the interpreter's to know.
#pragma once
#include "Frontend/CompileCommands.h"

namespace energy::frontend {

/// A header and the text to read in its place.
struct HeaderText {
  std::string Path, Text;
};
/// The headers of the command's LibTorch that are as expected, edited.
std::vector<HeaderText> editedHeaders(const CompileCommand &Command);

} // namespace energy::frontend
