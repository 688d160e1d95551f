/// \file
/// The header cache: one precompiled header of LibTorch and the standard library,
/// built with function bodies skipped, shared by every file of every project
/// that has the same LibTorch, language standard and macros that those headers see.
/// An entry that is truncated, stale (a header changed) or unreadable is built
/// again; what cannot be stored (disk full, read-only) is kept in memory for this
/// process. Two processes never see half an entry: entries appear by rename, and
/// only one process builds at a time.
#pragma once
#include "Frontend/CompileCommands.h"
#include "Frontend/FrontendOptions.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>

namespace energy::frontend {

/// A usable precompiled header. Path names it for Clang; Contents is set when
/// it is not on disk.
struct Pch {
  std::string Path;
  std::shared_ptr<llvm::MemoryBuffer> Contents;
};

/// Thread-safe.
class PchCache {
public:
  explicit PchCache(const FrontendOptions &Options);
  ~PchCache();

  /// The entry for \p Command, built when needed. Null when the file has to be
  /// parsed without one (already told through FrontendOptions::Note).
  std::shared_ptr<const Pch> get(const CompileCommand &Command);

  /// Drops \p Entry after the parser failed on it; the next get() builds it anew.
  void discard(const Pch &Entry);

private:
  struct Impl;
  std::unique_ptr<Impl> Self;
};

} // namespace energy::frontend
