/// \file
/// Makes the precompiled header in memory, with the list of every file that went
/// into it. Knows nothing of caches.
#pragma once
#include "Frontend/CompileCommands.h"
#include "clang/AST/ASTConsumer.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace energy::frontend {

struct PchDependency {
  std::string Path;
  uint64_t Bytes = 0;
  int64_t ModifiedNs = 0;
};

struct PchImage {
  llvm::SmallVector<char, 0> Data;
  std::vector<PchDependency> Dependencies;
  unsigned Errors = 0; ///< errors in the headers; the image is usable all the same
};

/// The file that the image is made from; it exists only in memory.
llvm::StringRef umbrellaPath();
/// Its text for the LibTorch of \p Command.
std::string umbrellaText(const CompileCommand &Command);

/// The machine's files plus the umbrella header, \p Memory (unsaved files by
/// absolute path) and, when it is not null, \p Pch under \p PchPath.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
memoryFiles(const CompileCommand &Command, const std::map<std::string, std::string> &Memory,
            llvm::StringRef PchPath = "", const llvm::MemoryBuffer *Pch = nullptr);

llvm::Expected<PchImage> buildPch(const CompileCommand &Command);

} // namespace energy::frontend
