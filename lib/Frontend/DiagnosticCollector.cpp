#include "Frontend/DiagnosticCollector.h"
#include "llvm/ADT/SmallString.h"

namespace energy::frontend {

static SourceDiagnostic::Level severity(clang::DiagnosticsEngine::Level Level) {
  switch (Level) {
  case clang::DiagnosticsEngine::Ignored:
  case clang::DiagnosticsEngine::Note:
    return SourceDiagnostic::Level::Note;
  case clang::DiagnosticsEngine::Remark:
    return SourceDiagnostic::Level::Remark;
  case clang::DiagnosticsEngine::Warning:
    return SourceDiagnostic::Level::Warning;
  case clang::DiagnosticsEngine::Error:
  case clang::DiagnosticsEngine::Fatal:
    return SourceDiagnostic::Level::Error;
  }
  return SourceDiagnostic::Level::Error;
}

void DiagnosticCollector::HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                                           const clang::Diagnostic &Info) {
  if (!Collecting || Diagnostics.size() >= MaxCollected)
    return;
  SourceDiagnostic D;
  D.Severity = severity(Level);
  D.Id = Info.getID();
  llvm::SmallString<128> Text;
  Info.FormatDiagnostic(Text);
  D.Message = std::string(Text);
  if (Users && Info.getLocation().isValid()) {
    D.Location = Users->span(Info.getLocation());
    D.InUserFile = Users->contains(Info.getLocation());
  }
  D.LinkedFile = LinkedFile;
  Diagnostics.push_back(std::move(D));
}

} // namespace energy::frontend
