/// \file
/// The command line of clang-energy, checked and turned into the options of each
/// stage. Every mistake is an error that says what was meant; nothing is
/// ignored silently. Reads device files; prints nothing.
#pragma once
#include "Driver/Analyze.h"
#include "Report/Formats.h"

namespace energy {

struct CommandLine {
  std::vector<std::string> Files;
  frontend::FrontendOptions Frontend;
  AnalysisOptions Analysis;
  ReportOptions Report;
  const FormatDef *Format = nullptr; ///< never null after parsing
  const FormatDef *Dump = nullptr;
  SourcePrinter Source = nullptr; ///< --list-models or --dump=source
  std::string Output;             ///< empty: standard output
  std::optional<Severity> FailLevel = Severity::Error; ///< none: --fail-level=never
  bool Help = false, Version = false, ListDevices = false, TimeReport = false;
  bool ListChecks = false, VerifyConfig = false;
  std::string ConfigFile;      ///< that was read; empty: none
  std::string EffectiveConfig; ///< for --dump-config; else empty

  /// Nothing is to be analysed.
  bool onlyInforms() const {
    return Help || Version || ListDevices || ListChecks || VerifyConfig || !EffectiveConfig.empty();
  }
};

llvm::Expected<CommandLine> parseCommandLine(llvm::ArrayRef<const char *> Args);
void printHelp(llvm::raw_ostream &OS);

/// An embedded profile by name, or a profile file by path.
llvm::Expected<std::shared_ptr<const DeviceProfile>> loadDevice(llvm::StringRef NameOrPath);

} // namespace energy
