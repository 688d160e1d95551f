/// \file
/// Turns a normalised command into Clang's own data: the one place that decides
/// language options, so that a file and the header cache it uses always agree.
#pragma once
#include "Frontend/CompileCommands.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <memory>

namespace energy::frontend {

/// Flags of \p Command that change what LibTorch's and the standard library's
/// headers mean, in a fixed order. Part of the header cache's key.
std::vector<std::string> headerFlags(const CompileCommand &Command);

llvm::Expected<std::shared_ptr<clang::CompilerInvocation>>
makeInvocation(const CompileCommand &Command, llvm::ArrayRef<std::string> Flags,
               llvm::StringRef MainFile, clang::DiagnosticsEngine &Diags,
               llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

/// Runs \p Work on a thread with a large stack; false when it crashed.
bool runGuarded(llvm::function_ref<void()> Work);

} // namespace energy::frontend
