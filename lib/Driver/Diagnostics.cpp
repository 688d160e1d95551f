#include "Driver/Diagnostics.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"

using namespace energy;

namespace {
class Printer {
  clang::FileManager Files{clang::FileSystemOptions()};
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> Options;
  clang::TextDiagnosticPrinter Consumer;
  clang::DiagnosticsEngine Engine;
  clang::SourceManager Sources;
  clang::LangOptions Language;

public:
  Printer(llvm::raw_ostream &OS, bool Colors)
      : Options(new clang::DiagnosticOptions), Consumer(OS, Options.get()),
        Engine(new clang::DiagnosticIDs, Options, &Consumer, /*ShouldOwnClient=*/false),
        Sources(Engine, Files) {
    Options->ShowColors = Colors;
    Language.CPlusPlus = true;
    Consumer.BeginSourceFile(Language, nullptr);
  }
  ~Printer() { Consumer.EndSourceFile(); }

  void override(llvm::StringRef Path, llvm::StringRef Contents) {
    auto Entry = Files.getVirtualFileRef(Path, static_cast<off_t>(Contents.size()), 0);
    Sources.overrideFileContents(Entry, llvm::MemoryBuffer::getMemBufferCopy(Contents, Path));
  }
  void print(const Finding &F) {
    report(level(F.Level), F.Location, F.Message + " [" + F.Check + "]");
    for (const FindingNote &N : F.Notes)
      report(clang::DiagnosticIDs::Note, N.Location, N.Message);
  }

private:
  static clang::DiagnosticIDs::Level level(Severity S) {
    switch (S) {
    case Severity::Note:
      return clang::DiagnosticIDs::Note;
    case Severity::Remark:
      return clang::DiagnosticIDs::Remark;
    case Severity::Warning:
      return clang::DiagnosticIDs::Warning;
    case Severity::Error:
      return clang::DiagnosticIDs::Error;
    }
    return clang::DiagnosticIDs::Error;
  }
  /// Invalid when the file cannot be read any more: the message is then printed
  /// without a place.
  clang::SourceLocation locate(const SourceSpan &S) {
    if (!S.valid())
      return {};
    llvm::Expected<clang::FileEntryRef> Entry = Files.getFileRef(S.File);
    if (!Entry) {
      llvm::consumeError(Entry.takeError());
      return {};
    }
    clang::FileID Id = Sources.getOrCreateFileID(*Entry, clang::SrcMgr::C_User);
    return Sources.translateLineCol(Id, S.Line, S.Column);
  }
  void report(clang::DiagnosticIDs::Level Level, const SourceSpan &Where,
              const std::string &Message) {
    clang::SourceLocation Loc = locate(Where);
    std::string Text = Message;
    if (Where.valid() && Loc.isInvalid())
      Text += " at " + Where.File + ":" + std::to_string(Where.Line);
    // The text is an argument: a '%' in a name must not be read as a format.
    Engine.Report(Loc, Engine.getDiagnosticIDs()->getCustomDiagID(Level, "%0")) << Text;
  }
};
} // namespace

void energy::printFindings(llvm::ArrayRef<Finding> Findings, llvm::raw_ostream &OS, bool Colors,
                           const std::map<std::string, std::string> &Unsaved) {
  Printer P(OS, Colors);
  for (const auto &[Path, Contents] : Unsaved)
    P.override(Path, Contents);
  for (const Finding &F : Findings)
    P.print(F);
}
