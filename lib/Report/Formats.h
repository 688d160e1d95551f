/// \file
/// The output formats and dumps by name. Writers print to the stream that they
/// are handed and decide nothing: same report, same bytes.
#pragma once
#include "Report/Report.h"
#include "Report/Table.h"
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
/// The parts of that: the rows, and the legend with the totals.
Table layerTable(const Report &R, const ModelReport &M);
void writeTotals(const Report &R, const ModelReport &M, const ReportOptions &Options, llvm::raw_ostream &OS);
/// One line: the model, its work and its energy on every device.
void writeHeadline(const Report &R, const ModelReport &M, llvm::raw_ostream &OS);
/// What the model was called with, what was assumed, what was not understood.
void writeInputs(const ModelGraph &G, llvm::raw_ostream &OS);
void writeCoverage(const ModelReport &M, llvm::raw_ostream &OS);
/// What the estimates of one model are made of, for every device.
void writeExplanation(const Report &R, const ModelReport &M, llvm::raw_ostream &OS);
/// Every unknown of every model, the one that hides most first.
void writeUnknowns(const Report &R, llvm::raw_ostream &OS);

} // namespace energy
