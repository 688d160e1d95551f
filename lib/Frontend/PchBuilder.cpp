#include "Frontend/PchBuilder.h"
#include "Frontend/HeaderEdits.h"
#include "Frontend/Invocation.h"
#include "Frontend/StandIns.h"
#include "Frontend/StdTraits.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Sema/Sema.h"
#include "clang/Serialization/ASTWriter.h"
#include "clang/Serialization/InMemoryModuleCache.h"
#include "clang/Serialization/ModuleFile.h"
#include "llvm/Support/FileSystem.h"

namespace energy::frontend {

llvm::StringRef umbrellaPath() { return "/clang-energy-umbrella/headers.h"; }

/// Headers of this LibTorch, not of another one that the compiler would find too.
static bool libTorchHas(const CompileCommand &Command, llvm::StringRef Header) {
  for (llvm::StringRef Dir : Command.LibTorchIncludes) {
    llvm::StringRef Root = Dir;
    Root.consume_back("/torch/csrc/api/include");
    if (llvm::sys::fs::exists(Dir + "/" + Header) || llvm::sys::fs::exists(Root + "/" + Header))
      return true;
  }
  return false;
}

/// What model code includes. torch/extension.h is left out: it needs Python's headers.
std::string umbrellaText(const CompileCommand &Command) {
  std::string Text;
  for (llvm::StringRef Header : {"torch/torch.h", "torch/script.h"})
    if (libTorchHas(Command, Header))
      Text += ("#include <" + Header + ">\n").str();
  for (llvm::StringRef Header : {"algorithm",
                                 "array",
                                 "atomic",
                                 "bitset",
                                 "cassert",
                                 "cctype",
                                 "cerrno",
                                 "cfloat",
                                 "chrono",
                                 "climits",
                                 "cmath",
                                 "complex",
                                 "condition_variable",
                                 "cstddef",
                                 "cstdint",
                                 "cstdio",
                                 "cstdlib",
                                 "cstring",
                                 "ctime",
                                 "deque",
                                 "exception",
                                 "filesystem",
                                 "fstream",
                                 "functional",
                                 "future",
                                 "initializer_list",
                                 "iomanip",
                                 "iostream",
                                 "iterator",
                                 "limits",
                                 "list",
                                 "map",
                                 "memory",
                                 "mutex",
                                 "numeric",
                                 "optional",
                                 "queue",
                                 "random",
                                 "regex",
                                 "set",
                                 "sstream",
                                 "stack",
                                 "stdexcept",
                                 "string",
                                 "string_view",
                                 "thread",
                                 "tuple",
                                 "type_traits",
                                 "typeinfo",
                                 "unordered_map",
                                 "unordered_set",
                                 "utility",
                                 "variant",
                                 "vector"})
    Text += ("#if __has_include(<" + Header + ">)\n#include <" + Header + ">\n#endif\n").str();
  return Text;
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
memoryFiles(const CompileCommand &Command, const std::map<std::string, std::string> &Memory,
            llvm::StringRef PchPath, const llvm::MemoryBuffer *Pch) {
  auto InMemory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  InMemory->addFile(umbrellaPath(), 0, llvm::MemoryBuffer::getMemBufferCopy(umbrellaText(Command)));
  for (const StandIn &S : standIns())
    InMemory->addFile((standInDirectory() + "/" + S.Path).str(), 0,
                      llvm::MemoryBuffer::getMemBuffer(S.Text));
  for (const HeaderText &H : editedHeaders(Command))
    InMemory->addFile(H.Path, 0, llvm::MemoryBuffer::getMemBufferCopy(H.Text));
  for (const auto &[Path, Text] : Memory)
    InMemory->addFile(Path, 0, llvm::MemoryBuffer::getMemBuffer(Text, Path));
  if (Pch)
    InMemory->addFile(PchPath, 0, llvm::MemoryBuffer::getMemBuffer(Pch->getMemBufferRef(), false));
  auto Overlay =
      llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(llvm::vfs::getRealFileSystem());
  Overlay->pushOverlay(InMemory);
  return Overlay;
}

namespace {

/// Leaves out what the headers' own functions would need at the end of every translation unit:
/// their bodies are skipped, and the analysis asks for none of them.
class LeanGenerator : public clang::PCHGenerator {
  clang::Sema *Semantics = nullptr;

public:
  using PCHGenerator::PCHGenerator;

  void InitializeSema(clang::Sema &S) override {
    PCHGenerator::InitializeSema(S);
    Semantics = &S;
  }
  void HandleTranslationUnit(clang::ASTContext &Context) override {
    Semantics->PendingInstantiations.clear();
    Semantics->VTableUses.clear();
    PCHGenerator::HandleTranslationUnit(Context);
  }
};

/// Writes the image into a buffer of ours: a full disk is then an error code and
/// not the end of the process.
class PchAction : public clang::ASTFrontendAction {
public:
  std::shared_ptr<clang::PCHBuffer> Buffer = std::make_shared<clang::PCHBuffer>();

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &CI,
                                                        llvm::StringRef) override {
    return std::make_unique<LeanGenerator>(
        CI.getPreprocessor(), CI.getModuleCache(), /*OutputFile=*/"headers.pch", /*isysroot=*/"",
        Buffer, CI.getFrontendOpts().ModuleFileExtensions, /*AllowASTWithErrors=*/true);
  }
  clang::TranslationUnitKind getTranslationUnitKind() override { return clang::TU_Prefix; }
  bool hasASTFileSupport() const override { return false; }
};

void collectDependencies(clang::SourceManager &Sources, PchImage &Image) {
  for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It) {
    llvm::StringRef Name = It->first.getName();
    llvm::sys::fs::file_status Status;
    if (Name == umbrellaPath() || llvm::sys::fs::status(Name, Status))
      continue;
    Image.Dependencies.push_back({Name.str(), Status.getSize(),
                                  Status.getLastModificationTime().time_since_epoch().count()});
  }
}

/// Reads the type traits of the standard library that \p Invocation finds in a form that makes the
/// image quick to use; the image holds the text, so that only its making needs this.
void lightenTraits(clang::CompilerInvocation &Invocation, llvm::vfs::FileSystem &Files) {
  for (const auto &Dir : Invocation.getHeaderSearchOpts().UserEntries) {
    const std::string Path = Dir.Path + "/type_traits";
    auto Original = Files.getBufferForFile(Path);
    if (!Original)
      continue;
    if (std::optional<std::string> Text = builtinTraits((*Original)->getBuffer().str()))
      Invocation.getPreprocessorOpts().addRemappedFile(
          Path, llvm::MemoryBuffer::getMemBufferCopy(*Text, Path).release());
    return;
  }
}

llvm::Error build(const CompileCommand &Command, PchImage &Image) {
  clang::CompilerInstance CI;
  auto Files = memoryFiles(Command, {});
  CI.createDiagnostics(new clang::IgnoringDiagConsumer, /*ShouldOwnClient=*/true);
  auto Invocation =
      makeInvocation(Command, headerFlags(Command), umbrellaPath(), CI.getDiagnostics(), Files);
  if (!Invocation)
    return Invocation.takeError();
  lightenTraits(**Invocation, *Files);
  CI.setInvocation(std::move(*Invocation));
  CI.getLangOpts().CompilingPCH = true;
  CI.createFileManager(Files);
  CI.createSourceManager(CI.getFileManager());

  PchAction Action;
  // The result says whether there were errors; the image tells whether there is one.
  (void)CI.ExecuteAction(Action);
  Image.Errors = CI.getDiagnostics().getClient()->getNumErrors();
  if (!Action.Buffer->IsComplete)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "LibTorch's headers could not be precompiled");
  Image.Data = std::move(Action.Buffer->Data);
  collectDependencies(CI.getSourceManager(), Image);
  return llvm::Error::success();
}

} // namespace

llvm::Expected<PchImage> buildPch(const CompileCommand &Command) {
  PchImage Image;
  llvm::Error Result = llvm::Error::success();
  bool Survived = runGuarded([&] {
    if (llvm::Error E = build(Command, Image))
      Result = llvm::joinErrors(std::move(Result), std::move(E));
  });
  if (!Survived) {
    llvm::consumeError(std::move(Result));
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "the parser crashed on LibTorch's headers");
  }
  if (Result)
    return std::move(Result);
  return Image;
}

} // namespace energy::frontend
