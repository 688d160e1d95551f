/// \file
/// Clang's complaints about the analysed code as data, with a second consumer
/// beside it that sees the same (Clang's -verify, or the printer of findings).
#pragma once
#include "Frontend/ParsedUnit.h"
#include "Frontend/UserFiles.h"
#include "clang/Basic/Diagnostic.h"

namespace energy::frontend {

class DiagnosticCollector : public clang::DiagnosticConsumer {
public:
  std::vector<SourceDiagnostic> Diagnostics;
  bool Collecting = true;     ///< off once the file is parsed
  UserFiles *Users = nullptr; ///< set once there is a source manager
  clang::DiagnosticConsumer *Next = nullptr;

  static constexpr size_t MaxCollected = 10000;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;
  void BeginSourceFile(const clang::LangOptions &Opts, const clang::Preprocessor *PP) override;
  void EndSourceFile() override;
};

} // namespace energy::frontend
