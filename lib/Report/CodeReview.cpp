/// \file
/// What the servers that show findings in a change read: GitHub's workflow commands,
/// GitLab's code quality report, Checkstyle's and JUnit's XML.
#include "Report/Formats.h"
#include "Report/Markup.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include <map>

using namespace energy;

namespace energy {
void writeGithub(const Report &, const ReportOptions &, llvm::raw_ostream &);
void writeGitlab(const Report &, const ReportOptions &, llvm::raw_ostream &);
void writeCheckstyle(const Report &, const ReportOptions &, llvm::raw_ostream &);
void writeJunit(const Report &, const ReportOptions &, llvm::raw_ostream &);
} // namespace energy

/// A property's value ends at ',' and ':'; a message at the end of the line.
static std::string commandText(llvm::StringRef Text, bool IsProperty) {
  std::string Out;
  for (char C : Text)
    if (C == '%' || C == '\r' || C == '\n' || (IsProperty && (C == ',' || C == ':')))
      Out += percentEncoded(C);
    else
      Out += C;
  return Out;
}

void energy::writeGithub(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  for (const Finding &F : R.Findings) {
    OS << (F.Level == Severity::Error     ? "::error "
           : F.Level == Severity::Warning ? "::warning "
                                          : "::notice ");
    if (F.Location.valid())
      OS << "file=" << commandText(F.Location.File, true) << ",line=" << F.Location.Line
         << ",col=" << F.Location.Column << ',';
    OS << "title=" << commandText(F.Check, true) << "::" << commandText(messageWithNotes(F), false) << '\n';
  }
  for (const FileFailure &F : R.Failures)
    OS << "::error file=" << commandText(F.File, true) << ",title=not analysed::"
       << commandText(F.Message, false) << '\n';
}

void energy::writeGitlab(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  llvm::json::OStream J(OS, 1);
  std::map<std::string, unsigned> Count; // GitLab drops what has a fingerprint twice
  J.array([&] {
    for (const Finding &F : R.Findings) {
      std::string Print = fingerprint(F);
      if (unsigned Before = Count[Print]++)
        Print += "-" + std::to_string(Before);
      J.object([&] {
        J.attribute("description", llvm::json::fixUTF8(F.Message));
        J.attribute("check_name", F.Check);
        J.attribute("fingerprint", Print);
        J.attribute("severity", F.Level == Severity::Error     ? "major"
                                : F.Level == Severity::Warning ? "minor"
                                                               : "info");
        J.attributeObject("location", [&] {
          J.attribute("path", llvm::json::fixUTF8(F.Location.File));
          J.attributeObject("lines", [&] { J.attribute("begin", std::max(1u, F.Location.Line)); });
        });
      });
    }
  });
  OS << '\n';
}

void energy::writeCheckstyle(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  std::map<std::string, std::vector<const Finding *>> ByFile;
  for (const Finding &F : R.Findings)
    ByFile[F.Location.File].push_back(&F);
  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n";
  for (const auto &[File, Findings] : ByFile) {
    OS << "  <file name=\"" << markupText(File) << "\">\n";
    for (const Finding *F : Findings)
      OS << "    <error line=\"" << F->Location.Line << "\" column=\"" << F->Location.Column << "\" severity=\""
         << (F->Level < Severity::Warning ? "info" : severityText(F->Level)) << "\" message=\""
         << markupText(F->Message) << "\" source=\"" << markupText(F->Check) << "\"/>\n";
    OS << "  </file>\n";
  }
  for (const FileFailure &F : R.Failures)
    OS << "  <file name=\"" << markupText(F.File) << "\">\n    <error line=\"0\" severity=\"error\" message=\""
       << markupText(F.Message) << "\" source=\"clang-energy\"/>\n  </file>\n";
  OS << "</checkstyle>\n";
}

/// A test for each model and each finding; only errors are failures, as for the exit status.
void energy::writeJunit(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  auto Failures = llvm::count_if(R.Findings, [](const Finding &F) { return F.Level == Severity::Error; });
  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"clang-energy\" tests=\""
     << R.Models.size() + R.Findings.size() + R.Failures.size() << "\" failures=\"" << Failures
     << "\" errors=\"" << R.Failures.size() << "\">\n";
  auto Begin = [&](llvm::StringRef File, llvm::StringRef Name) {
    OS << "    <testcase classname=\"" << markupText(File) << "\" name=\"" << markupText(Name) << '"';
  };
  for (const ModelReport &M : R.Models) {
    Begin(M.File, "model " + M.displayName());
    OS << "/>\n";
  }
  for (const Finding &F : R.Findings) {
    Begin(F.Location.File, F.Check + " " + placeText(F.Location));
    llvm::StringRef Tag = F.Level == Severity::Error ? "failure" : "system-out";
    OS << ">\n      <" << Tag;
    if (F.Level == Severity::Error)
      OS << " message=\"" << markupText(F.Message) << '"';
    OS << '>' << markupText(messageWithNotes(F)) << "</" << Tag << ">\n    </testcase>\n";
  }
  for (const FileFailure &F : R.Failures) {
    Begin(F.File, "analysis");
    OS << ">\n      <error message=\"" << markupText(F.Message) << "\"/>\n    </testcase>\n";
  }
  OS << "  </testsuite>\n</testsuites>\n";
}
