/// \file
/// From the results of single files to one Analysis: order, duplicates from
/// shared headers, NOLINT comments, and paths as the user knows them.
#pragma once
#include "Driver/Analyze.h"
#include <map>

namespace energy {

struct FileAnalysis {
  std::string File;
  std::vector<ModelReport> Models;
  std::vector<Finding> Findings;
  std::vector<std::string> Remarks;
  std::map<std::string, std::string> MissingModels; ///< --model text to reason
  std::optional<std::string> Failure;
  std::string SourceText;
  StageTimes Times;
};

/// A file that could not be parsed at all; one that is to be skipped is a remark.
void describeFailure(llvm::Error Why, FileAnalysis &Out);
/// Clang's errors in the user's code, and what they did to the analysis.
void describeSourceErrors(frontend::ParsedUnit &Unit, FileAnalysis &Out);

Analysis merge(std::vector<FileAnalysis> Files, const AnalysisOptions &Options);

} // namespace energy
