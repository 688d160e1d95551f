/// \file
/// Which other files belong to a file, decided from their text alone: the sources
/// that define what the headers it includes declare.
#pragma once
#include "Frontend/CompileCommands.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace energy::frontend {

class LinkPlan {
public:
  /// \p Given: the files of the command line, which are looked at first.
  LinkPlan(CompileCommands &Commands, llvm::ArrayRef<std::string> Given);

  /// Sources named like a header that \p Command's file includes ("net.cpp" for "net.h"),
  /// and those that these need in turn, when they look like model code.
  std::vector<std::string> byStem(const CompileCommand &Command, unsigned MaxFiles);

  /// Sources that include \p Header and in which what follows \p Name somewhere is as \p Follows
  /// says, nearest to \p Header first; \p From is left out.
  std::vector<std::string> byText(llvm::StringRef Header, llvm::StringRef From, llvm::StringRef Name,
                                  llvm::function_ref<bool(llvm::StringRef)> Follows, unsigned MaxFiles);

private:
  CompileCommands &Commands;
  std::vector<std::string> Given;
  static constexpr unsigned MaxRead = 2000; ///< sources read in one search

  std::vector<std::string> candidates(llvm::StringRef Near);
  bool includes(const std::string &Source, llvm::StringRef Header);
};

} // namespace energy::frontend
