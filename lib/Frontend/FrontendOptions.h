/// \file
/// What the front end is told by its caller. The front end itself reads no
/// environment variable and prints nothing: notes go through Note.
#pragma once
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace energy::frontend {

/// What to do with a file for which no compile command is known.
enum class MissingCommand { Guess, Error, Skip };

/// Something worth telling the user once; not an error.
struct FrontendNote {
  enum class Kind {
    Progress, ///< "building the LibTorch header cache (once, about 15 s)"
    Guess,    ///< a compile command was guessed, and from what
    Bypass,   ///< the header cache could not be used, and why
    Missing,  ///< a header that was not found, once per header
  };
  Kind What = Kind::Progress;
  std::string Message; ///< lower case, no full stop
};

struct FrontendOptions {
  std::string LibTorchDir; ///< --libtorch; empty: find it
  std::string CacheDir;    ///< empty: the header cache lives in memory only
  std::string BuildPath;   ///< -p; empty: search upwards from each file
  std::optional<std::vector<std::string>> FixedFlags; ///< the words after "--"
  std::vector<std::string> ExtraArgsBefore;
  std::vector<std::string> ExtraArgs;
  MissingCommand Missing = MissingCommand::Guess;
  bool UsePch = true;
  unsigned ParseSeconds = 60; ///< a file that takes longer is given up
  /// --file: what the program reads by a name, and the file that it is.
  std::map<std::string, std::string> DataFiles;
  /// Unsaved file contents by absolute path (editors, tests).
  std::map<std::string, std::string> Unsaved;
  /// Called from any thread, one call at a time.
  std::function<void(const FrontendNote &)> Note;
};

/// The directory for CacheDir given the values of XDG_CACHE_HOME and HOME
/// (either may be null): "$XDG_CACHE_HOME/clang-energy" or
/// "$HOME/.cache/clang-energy"; empty when neither is an absolute path.
std::string defaultCacheDir(const char *XdgCacheHome, const char *Home);

} // namespace energy::frontend
