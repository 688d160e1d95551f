/// \file
/// clang-energy: reads the command line, runs the analysis, prints the report.
/// The only place of the program that reads the environment, prints and exits.
#include "CommandLine.h"
#include "Checks/Check.h"
#include "Driver/Diagnostics.h"
#include "Support/LargePages.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Process.h"
#include <cstdlib>

using namespace energy;

namespace {
enum ExitStatus { Clean = 0, Findings = 1, Usage = 2, NotAnalysed = 3 };

void say(llvm::StringRef Level, const llvm::Twine &Message) {
  llvm::errs() << "clang-energy: " << Level << ": " << Message << '\n';
}

void listDevices() {
  for (const EmbeddedDevice &D : embeddedDevices()) {
    llvm::outs() << D.Name;
    if (auto Profile = loadDevice(D.Name))
      llvm::outs() << "  " << (*Profile)->Title << " (" << deviceBasisText(**Profile) << ")";
    else
      llvm::outs() << "  unusable: " << llvm::toString(Profile.takeError());
    llvm::outs() << (&D == &defaultDevice() ? "  [default]\n" : "\n");
  }
  llvm::outs() << "default: " << defaultDeviceReason() << '\n';
}

void listChecks() {
  for (llvm::StringRef Name : allCheckNames())
    llvm::outs() << Name << "  " << checkDescription(Name) << '\n';
}

/// Notes of the front end, each once however many files cause it.
std::function<void(const frontend::FrontendNote &)> noteOnce() {
  auto Said = std::make_shared<llvm::StringSet<>>();
  return [Said](const frontend::FrontendNote &N) {
    if (Said->insert(N.Message).second)
      say(N.What == frontend::FrontendNote::Kind::Missing ||
                  N.What == frontend::FrontendNote::Kind::Bypass
              ? "warning"
              : "note",
          N.Message);
  };
}

/// A document for a program goes alone to its stream; people's text then goes
/// to standard error.
void printReport(const CommandLine &Line, const Analysis &A, llvm::raw_ostream &OS) {
  bool ForPeople = !Line.Dump && Line.Format->Name == "text";
  llvm::raw_ostream &Text = ForPeople ? OS : llvm::errs();
  if (!Line.Source && !Line.Dump)
    printFindings(A.Result.Findings, Text, Text.has_colors(), Line.Frontend.Unsaved);
  if (Line.Source)
    OS << A.SourceText;
  else
    (Line.Dump ? Line.Dump : Line.Format)->Write(A.Result, Line.Report, OS);
}

ExitStatus statusOf(const CommandLine &Line, const Analysis &A) {
  if (!A.Unanswered.empty())
    return Usage;
  // A model that was asked for by name counts as much as a file, unless an error says why.
  bool Lost = !Line.Analysis.Interp.Models.empty() &&
              llvm::any_of(A.Result.Models, [](const ModelReport &M) {
                return M.empty() && M.Graph.Findings.empty();
              });
  if (!A.Result.Failures.empty() || Lost)
    return NotAnalysed;
  bool Fails = llvm::any_of(A.Result.Findings, [&](const Finding &F) {
    return Line.FailLevel && F.Level >= *Line.FailLevel;
  });
  return Fails ? Findings : Clean;
}

void printTimes(const StageTimes &T) {
  auto Share = [All = T.Parsing + T.Interpreting + T.Estimating](double Seconds) {
    return llvm::format("%.3f s (%.1f %%)", Seconds, All > 0 ? 100 * Seconds / All : 0.0);
  };
  llvm::errs() << "parsing       " << Share(T.Parsing) << '\n'
               << "interpreting  " << Share(T.Interpreting) << '\n'
               << "estimating    " << Share(T.Estimating) << '\n';
}

ExitStatus run(CommandLine &Line) {
  Line.Frontend.Note = noteOnce();
  if (Line.Frontend.CacheDir.empty())
    Line.Frontend.CacheDir =
        frontend::defaultCacheDir(std::getenv("XDG_CACHE_HOME"), std::getenv("HOME"));
  llvm::SmallString<128> Directory;
  if (!llvm::sys::fs::current_path(Directory))
    Line.Analysis.WorkingDirectory = Directory.str().str();
  Line.Analysis.Version = ENERGY_VERSION;

  // Never destroyed: the end of the process frees faster.
  static auto *Project = new frontend::Project(Line.Frontend, Line.Files);
  Analysis A = analyze(*Project, Line.Analysis, Line.Source);

  for (const std::string &Remark : A.Remarks)
    say("warning", Remark);
  for (const FileFailure &F : A.Result.Failures)
    say("error", "cannot analyse '" + F.File + "': " + F.Message);
  for (const std::string &Request : A.Unanswered)
    say("error", Request);
  if (Line.TimeReport)
    printTimes(A.Times);
  if (Line.Output.empty()) {
    printReport(Line, A, llvm::outs());
    return statusOf(Line, A);
  }
  std::error_code Error;
  llvm::raw_fd_ostream File(Line.Output, Error);
  if (!Error) {
    printReport(Line, A, File);
    File.close();
    Error = File.error();
    File.clear_error();
  }
  if (Error) {
    say("error", "cannot write '" + Line.Output + "': " + Error.message());
    return Usage;
  }
  return statusOf(Line, A);
}
} // namespace

int main(int Argc, char **Argv) {
  useLargePages(192 << 20);
  llvm::InitLLVM Init(Argc, Argv);
  llvm::Expected<CommandLine> Line =
      parseCommandLine(llvm::ArrayRef(Argv + 1, static_cast<size_t>(Argc - 1)));
  if (!Line) {
    say("error", llvm::toString(Line.takeError()));
    return Usage;
  }
  if (Line->Help)
    printHelp(llvm::outs());
  else if (Line->Version)
    llvm::outs() << "clang-energy " << ENERGY_VERSION << " (" << clang::getClangFullVersion()
                 << ")\n";
  else if (Line->ListDevices)
    listDevices();
  else if (Line->ListChecks)
    listChecks();
  else if (!Line->EffectiveConfig.empty())
    llvm::outs() << Line->EffectiveConfig;
  else if (Line->VerifyConfig)
    llvm::outs() << (Line->ConfigFile.empty() ? "no configuration file\n"
                                              : "'" + Line->ConfigFile + "' is valid\n");
  else
    return run(*Line);
  return Clean;
}
