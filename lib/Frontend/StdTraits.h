/// \file
/// libstdc++ makes its type traits of chains of class templates. Their instantiations are most of
/// what a precompiled LibTorch holds, and Clang reads all those of a template as soon as one is
/// asked for: half the time of a later analysis. The compiler knows the same answers by itself.
#pragma once
#include <optional>
#include <string>

namespace energy::frontend {

/// The text of <type_traits> with the traits that have one defined by Clang's operators of the
/// same meaning. What does not look as expected stays as it is; nullopt when nothing does.
std::optional<std::string> builtinTraits(std::string Text);

} // namespace energy::frontend
