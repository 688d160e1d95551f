/// \file
/// `.clang-energy`: a YAML map from the long options, written `HeavyShare` for
/// --heavy-share, to their values. The nearest one above the first file counts, with
/// `InheritParentConfig: true` also the next one above it; the command line overrides both.
#pragma once
#include "RawOptions.h"

namespace energy {

/// Adds what the configuration gives and the command line does not.
llvm::Error addConfiguration(RawOptions &Raw);

/// The options in effect, as a configuration that gives the same.
std::string configText(const RawOptions &Raw);

} // namespace energy
