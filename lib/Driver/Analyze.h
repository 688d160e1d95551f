/// \file
/// The whole analysis, from files to a Report. Every stage is a function of the one
/// before; this is the only place that knows all of them. Files are analysed
/// in parallel, each on a thread of its own with its own AST, and the result
/// does not depend on how many there are.
#pragma once
#include "Checks/Check.h"
#include "Driver/FindingFilter.h"
#include "Frontend/Project.h"
#include "Interp/Interpreter.h"
#include "Report/Report.h"

namespace energy {

struct AnalysisOptions {
  interp::InterpOptions Interp;
  std::vector<std::shared_ptr<const DeviceProfile>> Devices; ///< at least one
  CheckOptions Checks;
  FindingFilter Filter;
  unsigned Jobs = 1;
  std::string Version;
  /// Paths in the report are relative to it where they lie below it.
  std::string WorkingDirectory;
};

/// A text per file instead of a report: --list-models and --dump=source.
using SourcePrinter = void (*)(frontend::ParsedUnit &, const frontend::SourceModel &,
                               llvm::raw_ostream &);

/// Seconds that the stages took, summed over the files.
struct StageTimes {
  double Parsing = 0;      ///< headers, discovery and the files that complete the analysed one
  double Interpreting = 0; ///< running constructors and forward() on abstract values
  double Estimating = 0;   ///< costs, energy and checks
};

struct Analysis {
  Report Result;
  std::string SourceText; ///< of SourcePrinter, in the order of the files
  /// Things to say that are no findings: errors of Clang, files without a model.
  std::vector<std::string> Remarks;
  /// Requests of the command line that nothing answered: a --model that is in no
  /// file, an --input or --set that no model has. With the reason.
  std::vector<std::string> Unanswered;
  StageTimes Times;
};

Analysis analyze(frontend::Project &Project, const AnalysisOptions &Options,
                 SourcePrinter Print = nullptr);

/// What --dump=source and --list-models print of one file.
void printSourceModel(frontend::ParsedUnit &, const frontend::SourceModel &, llvm::raw_ostream &);
void printModelList(frontend::ParsedUnit &, const frontend::SourceModel &, llvm::raw_ostream &);

} // namespace energy
