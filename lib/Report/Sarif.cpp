/// \file
/// SARIF 2.1.0 (OASIS): the findings for code scanning of GitHub and other services.
#include "Checks/Check.h"
#include "Report/Formats.h"
#include "Report/Markup.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace energy;

namespace energy {
void writeSarif(const Report &, const ReportOptions &, llvm::raw_ostream &);
}

namespace {

/// A path as a URI reference.
std::string uriText(llvm::StringRef Path) {
  std::string Out = Path.starts_with("/") ? "file://" : "";
  for (char C : Path)
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C))
      Out += C;
    else
      Out += percentEncoded(C);
  return Out;
}

class SarifWriter {
  const Report &R;
  llvm::json::OStream J;

public:
  SarifWriter(const Report &R, llvm::raw_ostream &OS) : R(R), J(OS, 1) {}

  void write() {
    J.object([&] {
      J.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                             "sarif-schema-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { run(); }); });
    });
  }

private:
  void text(llvm::StringRef Key, llvm::StringRef Text) {
    J.attributeObject(Key, [&] { J.attribute("text", llvm::json::fixUTF8(Text)); });
  }

  void run() {
    J.attributeObject("tool", [&] {
      J.attributeObject("driver", [&] {
        J.attribute("name", "clang-energy");
        J.attribute("version", R.Version);
        J.attributeArray("rules", [&] {
          for (llvm::StringRef Name : allCheckNames())
            rule(Name);
        });
      });
    });
    J.attribute("columnKind", "utf16CodeUnits");
    J.attributeArray("invocations", [&] { J.object([&] { invocation(); }); });
    J.attributeArray("results", [&] {
      for (const Finding &F : R.Findings)
        J.object([&] { result(F); });
    });
  }
  void rule(llvm::StringRef Name) {
    J.object([&] {
      J.attribute("id", Name);
      text("shortDescription", checkDescription(Name));
    });
  }
  void invocation() {
    J.attribute("executionSuccessful", R.Failures.empty());
    J.attributeArray("toolExecutionNotifications", [&] {
      for (const FileFailure &F : R.Failures)
        J.object([&] {
          J.attribute("level", "error");
          text("message", F.Message);
          J.attributeArray("locations", [&] { J.object([&] { location({F.File, 0, 0}); }); });
        });
    });
  }
  void result(const Finding &F) {
    J.attribute("ruleId", F.Check);
    J.attribute("level", F.Level == Severity::Error     ? "error"
                         : F.Level == Severity::Warning ? "warning"
                                                        : "note");
    text("message", F.Message);
    J.attributeArray("locations", [&] {
      if (!F.Location.File.empty())
        J.object([&] { location(F.Location); });
    });
    J.attributeArray("relatedLocations", [&] {
      for (const FindingNote &N : F.Notes)
        if (N.Location.valid())
          J.object([&] {
            location(N.Location);
            text("message", N.Message);
          });
    });
    J.attributeObject("partialFingerprints", [&] { J.attribute("clangEnergy/v1", fingerprint(F)); });
  }
  void location(const SourceSpan &S) {
    J.attributeObject("physicalLocation", [&] {
      J.attributeObject("artifactLocation", [&] { J.attribute("uri", uriText(S.File)); });
      if (S.valid())
        J.attributeObject("region", [&] {
          J.attribute("startLine", S.Line);
          J.attribute("startColumn", S.Column);
        });
    });
  }
};
} // namespace

void energy::writeSarif(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  SarifWriter(R, OS).write();
  OS << '\n';
}
