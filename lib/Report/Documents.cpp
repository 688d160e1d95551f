/// \file
/// Markdown and HTML: every model with its layers, then the findings. A page needs
/// nothing from elsewhere.
#include "Report/Formats.h"
#include "Report/Markup.h"

using namespace energy;

namespace energy {
void writeMarkdown(const Report &, const ReportOptions &, llvm::raw_ostream &);
void writeHtml(const Report &, const ReportOptions &, llvm::raw_ostream &);
} // namespace energy

static std::string headline(const Report &R, const ModelReport &M) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeHeadline(R, M, OS);
  return llvm::StringRef(Text).rtrim().str();
}

/// Inputs, totals and coverage, as the text format prints them.
static std::string facts(const Report &R, const ModelReport &M, const ReportOptions &Options) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeInputs(M.Graph, OS);
  if (!M.empty())
    writeTotals(R, M, Options, OS);
  writeCoverage(M, OS);
  return Text;
}

void energy::writeMarkdown(const Report &R, const ReportOptions &Options, llvm::raw_ostream &OS) {
  for (const ModelReport &M : R.Models) {
    OS << "### " << headline(R, M) << "\n\n";
    if (!M.empty()) {
      layerTable(R, M).printMarkdown(OS);
      OS << '\n';
    }
    OS << "```\n" << facts(R, M, Options) << "```\n\n";
  }
  if (!R.Findings.empty())
    OS << "### Findings\n\n";
  for (const Finding &F : R.Findings)
    OS << "* **" << severityText(F.Level) << "** `" << placeText(F.Location) << "` " << F.Message << " ["
       << F.Check << "]\n";
  for (const FileFailure &F : R.Failures)
    OS << "* **not analysed** `" << F.File << "` " << F.Message << '\n';
}

void energy::writeHtml(const Report &R, const ReportOptions &Options, llvm::raw_ostream &OS) {
  OS << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>clang-energy</title>\n"
        "<style>\nbody { font-family: sans-serif; margin: 2em; }\n"
        "table { border-collapse: collapse; font-variant-numeric: tabular-nums; }\n"
        "th, td { padding: 0.2em 0.7em; border-bottom: 1px solid #ccc; text-align: left; }\n"
        ".number { text-align: right; }\n</style>\n</head>\n<body>\n<h1>clang-energy</h1>\n";
  for (const ModelReport &M : R.Models) {
    OS << "<h2>" << markupText(headline(R, M)) << "</h2>\n";
    if (!M.empty())
      layerTable(R, M).printHtml(OS);
    OS << "<pre>" << markupText(facts(R, M, Options)) << "</pre>\n";
  }
  OS << "<h2>Findings</h2>\n<ul>\n";
  for (const Finding &F : R.Findings)
    OS << "<li><strong>" << severityText(F.Level) << "</strong> <code>" << markupText(placeText(F.Location))
       << "</code> " << markupText(F.Message) << " [" << markupText(F.Check) << "]</li>\n";
  for (const FileFailure &F : R.Failures)
    OS << "<li><strong>not analysed</strong> <code>" << markupText(F.File) << "</code> "
       << markupText(F.Message) << "</li>\n";
  OS << "</ul>\n</body>\n</html>\n";
}
