/// \file
/// The words of the command line and of the configuration, sorted by option and not
/// yet understood. Options.def says which options there are.
#pragma once
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace energy {

enum class OptionId {
#define OPTION(Id, Name, Kind, Meta, Help) Id,
#include "Options.def"
};
enum class OptionKind { Flag, Value, List };

struct OptionRow {
  llvm::StringLiteral Name, Meta, Help;
  OptionKind Kind;
};
/// In the order of OptionId.
llvm::ArrayRef<OptionRow> optionRows();
inline const OptionRow &optionRow(OptionId Id) { return optionRows()[static_cast<size_t>(Id)]; }
constexpr size_t OptionCount = 0
#define OPTION(Id, Name, Kind, Meta, Help) +1
#include "Options.def"
    ;

struct RawOptions {
  std::array<std::vector<std::string>, OptionCount> Values;
  std::vector<std::string> Files;
  std::optional<std::vector<std::string>> CompilerFlags; ///< after "--"
  std::string ConfigFile;                                ///< that was read; empty: none

  const std::vector<std::string> &all(OptionId Id) const {
    return Values[static_cast<size_t>(Id)];
  }
  bool given(OptionId Id) const { return !all(Id).empty(); }
  llvm::StringRef last(OptionId Id) const {
    return given(Id) ? llvm::StringRef(all(Id).back()) : llvm::StringRef();
  }
};

llvm::Expected<RawOptions> splitWords(llvm::ArrayRef<const char *> Args);

} // namespace energy
