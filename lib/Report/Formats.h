/// \file
/// The output formats and dumps by name. Writers print to the stream that they
/// are handed and decide nothing: same report, same bytes.
#pragma once
#include "Report/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace energy {

using ReportWriter = void (*)(const Report &, const ReportOptions &, llvm::raw_ostream &);

struct FormatDef {
  llvm::StringLiteral Name;
  llvm::StringLiteral Doc;
  ReportWriter Write;
};

llvm::ArrayRef<FormatDef> allFormats();
llvm::ArrayRef<FormatDef> allDumps();
const FormatDef *findFormat(llvm::StringRef Name);
const FormatDef *findDump(llvm::StringRef Name);

/// The table of one model that --summary prints.
void writeSummary(const Report &R, const ModelReport &M, const ReportOptions &Options,
                  llvm::raw_ostream &OS);
/// What the estimates of one model are made of, for every device.
void writeExplanation(const Report &R, const ModelReport &M, llvm::raw_ostream &OS);
/// Every unknown of every model, the one that hides most first.
void writeUnknowns(const Report &R, llvm::raw_ostream &OS);

} // namespace energy
