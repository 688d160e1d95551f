#include "Driver/Merge.h"
#include "Checks/Suppressions.h"
#include "Support/Text.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <tuple>

using namespace energy;

void energy::describeFailure(llvm::Error Why, FileAnalysis &Out) {
  bool Skip = false;
  std::string Message;
  llvm::handleAllErrors(std::move(Why), [&](const llvm::ErrorInfoBase &E) {
    if (E.isA<frontend::MissingCommandError>())
      Skip |= static_cast<const frontend::MissingCommandError &>(E).Skip;
    Message += (Message.empty() ? "" : "; ") + E.message();
  });
  if (Skip)
    Out.Remarks.push_back(Message);
  else
    Out.Failure = Message;
}

static std::string placeText(const SourceSpan &S) {
  return S.File + ":" + std::to_string(S.Line) + ":" + std::to_string(S.Column);
}

static bool isMissingHeader(frontend::ParsedUnit &Unit, const frontend::SourceDiagnostic &D) {
  return llvm::any_of(Unit.missingHeaders(), [&](const frontend::MissingHeader &H) {
    return H.Location.Line == D.Location.Line && H.Location.File == D.Location.File;
  });
}

void energy::describeSourceErrors(frontend::ParsedUnit &Unit, FileAnalysis &Out) {
  // No place in the text: the same header is missing in many files, and said once.
  for (const frontend::MissingHeader &H : Unit.missingHeaders())
    Out.Remarks.push_back("header '" + H.Name +
                          "' not found; what needs it is unknown, unless its directory is given "
                          "with '--extra-arg=-I<dir>'");
  bool FoundNothing = Out.Models.empty() && Out.SourceText.empty();
  const frontend::SourceDiagnostic *First = nullptr;
  unsigned Count = 0;
  for (const frontend::SourceDiagnostic &D : Unit.diagnostics())
    if (D.InUserFile && D.Severity == frontend::SourceDiagnostic::Level::Error &&
        !isMissingHeader(Unit, D) && ++Count == 1)
      First = &D;
  if (First) {
    std::string Text = pluralText(Count, "error") + " in the code, the first at " +
                       "'" + placeText(First->Location) + "': " + First->Message;
    if (FoundNothing)
      Out.Failure = "no model found; Clang reports " + Text;
    else
      Out.Remarks.push_back("'" + Out.File + "': Clang reports " + Text +
                            "; the rest is analysed");
  } else if (FoundNothing && Out.MissingModels.empty()) {
    Out.Remarks.push_back("'" + Out.File + "' defines no model");
  }
}

namespace {
/// NOLINT comments of every file that has a finding, each read once.
class SuppressionCache {
  std::map<std::string, std::optional<Suppressions>> Files;

public:
  bool covers(const Finding &F) {
    if (!F.Location.valid())
      return false;
    auto [It, New] = Files.try_emplace(F.Location.File);
    if (New)
      if (auto Text = llvm::MemoryBuffer::getFile(F.Location.File))
        It->second.emplace((*Text)->getBuffer());
    return It->second && It->second->covers(F.Check, F.Location.Line);
  }
};

/// Paths below the working directory, relative to it.
class PathShortener {
  std::string Prefix;

public:
  explicit PathShortener(llvm::StringRef WorkingDirectory) : Prefix(WorkingDirectory) {
    if (!Prefix.empty() && Prefix.back() != '/')
      Prefix += '/';
  }
  void operator()(std::string &Path) const {
    if (Prefix.size() > 1 && llvm::StringRef(Path).starts_with(Prefix))
      Path.erase(0, Prefix.size());
  }
  /// Also inside of a message.
  std::string inText(llvm::StringRef Text) const {
    std::string Short;
    while (Prefix.size() > 1 && Text.contains("'" + Prefix)) {
      auto [Before, After] = Text.split("'" + Prefix);
      Short += Before.str() + "'";
      Text = After;
    }
    return Short + Text.str();
  }
  void operator()(Finding &F) const {
    (*this)(F.Location.File);
    for (FindingNote &N : F.Notes)
      (*this)(N.Location.File);
  }
  void operator()(ModelReport &M) const {
    (*this)(M.File);
    (*this)(M.Graph.Location.File);
    for (ModuleNode &N : M.Graph.Modules)
      (*this)(N.Construction.File);
    for (OpCall &C : M.Graph.Calls)
      (*this)(C.Location.File);
    for (Unknown &U : M.Graph.Unknowns)
      (*this)(U.Location.File);
    for (Finding &F : M.Graph.Findings)
      (*this)(F);
  }
};

std::string keyOf(const Finding &F) {
  return F.Check + "\n" + placeText(F.Location) + "\n" + F.Message;
}
/// A class of a shared header is found once per file that includes it.
std::string keyOf(const ModelReport &M) {
  return M.Graph.Class + "\n" + M.displayName() + "\n" + placeText(M.Graph.Location);
}

void sortBySource(std::vector<Finding> &Findings) {
  std::vector<size_t> Order(Findings.size());
  for (size_t I = 0; I < Order.size(); ++I)
    Order[I] = I;
  llvm::sort(Order, [&](size_t A, size_t B) {
    const SourceSpan &X = Findings[A].Location, &Y = Findings[B].Location;
    return std::tie(X.File, X.Line, X.Column, A) < std::tie(Y.File, Y.Line, Y.Column, B);
  });
  std::vector<Finding> Sorted;
  for (size_t I : Order)
    Sorted.push_back(std::move(Findings[I]));
  Findings = std::move(Sorted);
}

std::vector<std::string> missingModels(const std::vector<FileAnalysis> &Files,
                                       const std::vector<std::string> &Requests) {
  std::vector<std::string> Missing;
  for (const std::string &Request : Requests) {
    std::string Reason;
    bool Found = false;
    for (const FileAnalysis &F : Files) {
      auto It = F.MissingModels.find(Request);
      if (It != F.MissingModels.end())
        Reason = Reason.empty() ? It->second : Reason;
      else if (!F.Failure)
        Found = true;
    }
    if (!Found && !Reason.empty())
      Missing.push_back(Reason);
  }
  return Missing;
}

/// Inputs that no model takes, by name or because there are too many.
void findUnusedInputs(const Report &R, llvm::ArrayRef<interp::InputSpec> Given,
                      std::vector<std::string> &Unanswered) {
  std::vector<llvm::StringRef> Names;
  size_t Most = 0, Unnamed = 0;
  for (const ModelReport &M : R.Models) {
    size_t Taken = 0;
    for (const ModelInput &I : M.Graph.Inputs) {
      Taken += I.Basis == "given";
      Names.push_back(I.Name);
    }
    Most = std::max(Most, Taken);
  }
  auto IsOf = [](llvm::StringRef Name, llvm::StringRef Given) { // "states" gives "states.0"
    return Name.consume_front(Given) && (Name.empty() || Name.front() == '.');
  };
  for (const interp::InputSpec &S : Given) {
    Unnamed += S.Name.empty();
    if (!S.Name.empty() && llvm::none_of(Names, [&](llvm::StringRef Name) { return IsOf(Name, S.Name); }))
      Unanswered.push_back("no model has an input '" + S.Name + "'" + didYouMean(S.Name, Names));
  }
  if (Unnamed > Most)
    Unanswered.push_back(pluralText(Unnamed, "input") + " given, but no model takes more than " +
                         std::to_string(Most));
}

/// Options that no program declares and no model reads. Behind an unknown or an
/// error a model might have read them.
void findUnusedOptions(const Report &R, const std::map<std::string, std::string> &Set,
                       std::vector<std::string> &Unanswered) {
  if (llvm::any_of(R.Models, [](const ModelReport &M) {
        return !M.Graph.Unknowns.empty() || !M.Graph.Findings.empty();
      }))
    return;
  for (const auto &[Name, Value] : Set)
    if (llvm::none_of(R.Models, [&, Text = interp::setOptionText(Name, Value)](const ModelReport &M) {
          return llvm::is_contained(M.Graph.Assumptions, Text);
        }))
      Unanswered.push_back("no model reads an option '" + Name + "' that '--set' could give");
}
} // namespace

Analysis energy::merge(std::vector<FileAnalysis> Files, const AnalysisOptions &Options) {
  Analysis All;
  All.Result.Version = Options.Version;
  All.Result.Devices = Options.Devices;
  All.Unanswered = missingModels(Files, Options.Interp.Models);
  PathShortener Shorten(Options.WorkingDirectory);
  SuppressionCache Suppressed;
  llvm::StringSet<> Analysed;
  for (const FileAnalysis &File : Files)
    Analysed.insert(File.File);
  llvm::StringSet<> Seen;
  for (FileAnalysis &File : Files) {
    for (ModelReport &M : File.Models)
      if (Seen.insert(keyOf(M)).second) {
        Shorten(M);
        All.Result.Models.push_back(std::move(M));
      }
    for (Finding &F : File.Findings)
      if (!Suppressed.covers(F) && Options.Filter.passes(F, Analysed.contains(F.Location.File)) &&
          Seen.insert(keyOf(F)).second) {
        Shorten(F);
        if (Options.Filter.isError(F))
          F.Level = Severity::Error;
        All.Result.Findings.push_back(std::move(F));
      }
    Shorten(File.File);
    if (File.Failure)
      All.Result.Failures.push_back({File.File, Shorten.inText(*File.Failure)});
    for (const std::string &R : File.Remarks)
      if (Seen.insert("remark\n" + R).second)
        All.Remarks.push_back(Shorten.inText(R));
    All.SourceText += File.SourceText;
    All.Times.Parsing += File.Times.Parsing;
    All.Times.Interpreting += File.Times.Interpreting;
    All.Times.Estimating += File.Times.Estimating;
  }
  sortBySource(All.Result.Findings);
  // A model that could not be constructed does not show what it would take.
  bool AllConstructed = !All.Result.Models.empty() && All.Result.Failures.empty() &&
                        llvm::none_of(All.Result.Models, [](const ModelReport &M) {
                          return M.Graph.Calls.empty();
                        });
  if (AllConstructed) {
    findUnusedInputs(All.Result, Options.Interp.Inputs, All.Unanswered);
    findUnusedOptions(All.Result, Options.Interp.Set, All.Unanswered);
  }
  return All;
}
