/// \file
/// Clang's complaints about the analysed code as data.
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
  std::string LinkedFile;     ///< being read

  static constexpr size_t MaxCollected = 10000;

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;
};

} // namespace energy::frontend
