#include "Frontend/Invocation.h"
#include "Frontend/StandIns.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/Stack.h"
#include "clang/Frontend/FrontendOptions.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <mutex>

namespace energy::frontend {

/// Macros that the standard library's or LibTorch's headers look at. A macro that
/// is none of these cannot change the header cache.
static bool concernsHeaders(llvm::StringRef Define) {
  llvm::StringRef Name = Define.drop_front(2).split('=').first;
  if (Name == "_GNU_SOURCE" || Name == "_REENTRANT" || Define == "-D_GLIBCXX_USE_CXX11_ABI=1" ||
      Name == "_FORTIFY_SOURCE")
    return false;
  for (llvm::StringRef Prefix : {"_", "C10_", "AT_", "TORCH_", "CAFFE2_", "USE_C10D",
                                 "USE_DISTRIBUTED", "USE_RPC", "USE_TENSORPIPE"})
    if (Name.starts_with(Prefix))
      return true;
  return false;
}

std::vector<std::string> headerFlags(const CompileCommand &Command) {
  std::vector<std::string> Macros, Result;
  for (size_t I = 0; I < Command.Args.size(); ++I) {
    llvm::StringRef Word = Command.Args[I];
    if (Word.starts_with("-D") || Word.starts_with("-U")) {
      if (concernsHeaders(Word))
        Macros.push_back(Word.str());
    } else if (Word.starts_with("-nostd") || Word.starts_with("-stdlib=") || Word.contains("="))
      Result.push_back(Word.str());
    else if (Word == "--sysroot" || Word == "-isysroot" || Word == "-target") {
      Result.push_back(Word.str());
      if (I + 1 < Command.Args.size())
        Result.push_back(Command.Args[++I]);
    } else if (I + 1 < Command.Args.size())
      ++I; // an include directory and its value
  }
  llvm::sort(Macros);
  Macros.erase(std::unique(Macros.begin(), Macros.end()), Macros.end());
  llvm::append_range(Result, Macros);
  return Result;
}

/// Clang's own headers: where it was installed at build time, else beside the library.
static std::string resourceDirectory() {
  std::string Installed = ENERGY_CLANG_RESOURCE_DIR;
  if (llvm::sys::fs::exists(Installed + "/include/stddef.h"))
    return Installed;
  return clang::CompilerInvocation::GetResourcesPath("clang", nullptr);
}

llvm::Expected<std::shared_ptr<clang::CompilerInvocation>>
makeInvocation(const CompileCommand &Command, llvm::ArrayRef<std::string> Flags,
               llvm::StringRef MainFile, clang::DiagnosticsEngine &Diags,
               llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  std::vector<std::string> Words = {"clang++",
                                    "-fsyntax-only",
                                    "-xc++",
                                    "-std=" + Command.Standard,
                                    "-resource-dir",
                                    resourceDirectory(),
                                    "-Wno-everything",
                                    "-ferror-limit=0",
                                    "-fno-spell-checking",
                                    "-no-canonical-prefixes",
                                    "-Qunused-arguments"};
  llvm::append_range(Words, Flags);
  for (const std::string &Dir : Command.LibTorchIncludes) {
    Words.push_back("-isystem");
    Words.push_back(Dir);
  }
  // Last of all: only for what is not installed.
  Words.push_back("-idirafter");
  Words.push_back(standInDirectory().str());
  Words.push_back(MainFile.str());
  std::vector<const char *> Argv;
  for (const std::string &W : Words)
    Argv.push_back(W.c_str());

  clang::CreateInvocationOptions How;
  How.Diags = &Diags;
  How.VFS = std::move(Files);
  std::shared_ptr<clang::CompilerInvocation> Result = clang::createInvocation(Argv, How);
  if (!Result)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "clang does not accept the flags for '" + Command.File + "'");
  clang::ProcessWarningOptions(Diags, Result->getDiagnosticOpts(), /*ReportDiags=*/false);
  Diags.setErrorLimit(0);
  // One missing header must not make Clang give up on the rest.
  Diags.setFatalsAsError(true);
  Result->getFrontendOpts().DisableFree = false;
  Result->getFrontendOpts().SkipFunctionBodies = true;
  Result->getLangOpts().PCHInstantiateTemplates = false;
  // Errors in headers of another standard must not cost the header cache.
  Result->getPreprocessorOpts().AllowPCHWithCompilerErrors = true;
  return Result;
}

bool runGuarded(llvm::function_ref<void()> Work) {
  static std::once_flag Once;
  std::call_once(Once, [] { llvm::CrashRecoveryContext::Enable(); });
  llvm::CrashRecoveryContext Context;
  constexpr unsigned StackBytes = 256u << 20; // reserved, committed only as used
  return Context.RunSafelyOnThread(
      [&] {
        clang::noteBottomOfStack();
        Work();
      },
      StackBytes);
}

} // namespace energy::frontend
