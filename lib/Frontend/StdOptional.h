/// \file
/// Lets code for a LibTorch whose c10::optional is std::optional (2.x) compile against one that
/// has a class of its own: the two convert into each other, and std::nullopt stands for both.
#pragma once
#include "Frontend/CompileCommands.h"

namespace energy::frontend {

/// The header that defines c10::optional, and the text to read in its place; nullopt when it is
/// std::optional anyway or is not as expected.
struct HeaderText {
  std::string Path, Text;
};
std::optional<HeaderText> interchangeableOptional(const CompileCommand &Command);

} // namespace energy::frontend
