#include "Driver/FindingFilter.h"
#include "Checks/Check.h"
#include "Support/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

using namespace energy;

static llvm::Error malformed(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}

llvm::Error FindingFilter::setHeaders(llvm::StringRef Pattern) {
  auto Expression = std::make_shared<const llvm::Regex>(Pattern);
  std::string Why;
  if (!Expression->isValid(Why))
    return malformed("'" + Pattern + "' is not a regular expression: " + Why);
  Headers = std::move(Expression);
  return llvm::Error::success();
}

/// The globs of "a,-b", with whether each adds.
static std::vector<std::pair<llvm::StringRef, bool>> globsOf(llvm::StringRef List) {
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  List.split(Parts, ',', -1, false);
  std::vector<std::pair<llvm::StringRef, bool>> Out;
  for (llvm::StringRef Glob : Parts) {
    Glob = Glob.trim();
    bool Adds = !Glob.consume_front("-");
    Out.push_back({Glob, Adds});
  }
  return Out;
}

/// Whether the last glob of the list that matches adds; \p Default when none does.
static bool selected(llvm::StringRef Globs, llvm::StringRef Check, bool Default) {
  for (auto [Glob, Adds] : globsOf(Globs))
    if (globMatch(Glob, Check))
      Default = Adds;
  return Default;
}

/// Every glob must match some check: a misspelt one would silently do nothing.
static llvm::Error verifyGlobs(llvm::StringRef Globs) {
  std::vector<llvm::StringRef> Names = allCheckNames();
  for (const auto &Entry : globsOf(Globs)) {
    llvm::StringRef Glob = Entry.first;
    if (llvm::none_of(Names, [&](llvm::StringRef Name) { return globMatch(Glob, Name); }))
      return malformed("unknown check '" + Glob + "'" + didYouMean(Glob, Names));
  }
  return llvm::Error::success();
}

llvm::Error FindingFilter::setChecks(llvm::StringRef Globs) {
  Checks = Globs.str();
  return verifyGlobs(Globs);
}
llvm::Error FindingFilter::setErrors(llvm::StringRef Globs) {
  Errors = Globs.str();
  return verifyGlobs(Globs);
}
bool FindingFilter::isError(const Finding &F) const { return selected(Errors, F.Check, false); }

static std::optional<unsigned> lineNumber(const llvm::json::Value &V) {
  std::optional<int64_t> N = V.getAsInteger();
  return N && *N >= 1 && *N <= UINT32_MAX ? std::optional(static_cast<unsigned>(*N)) : std::nullopt;
}

llvm::Error FindingFilter::setLines(llvm::StringRef Json) {
  constexpr llvm::StringLiteral Form = R"(write it like [{"name": "net.cpp", "lines": [[1, 30]]}])";
  llvm::Expected<llvm::json::Value> Root = llvm::json::parse(Json);
  if (!Root)
    return malformed(llvm::toString(Root.takeError()) + "; " + Form);
  const llvm::json::Array *Entries = Root->getAsArray();
  if (!Entries)
    return malformed("not an array; " + Form);
  for (const llvm::json::Value &V : *Entries) {
    const llvm::json::Object *Entry = V.getAsObject();
    auto Name = Entry ? Entry->getString("name") : std::nullopt;
    if (!Name || Name->empty())
      return malformed("an entry has no \"name\"; " + Form);
    LinesOfFile File{Name->str(), {}};
    for (const auto &[Key, Value] : *Entry) {
      const llvm::json::Array *Ranges = Value.getAsArray();
      if (Key == "name")
        continue;
      if (Key != "lines" || !Ranges)
        return malformed("\"" + Key.str() + "\" is not \"lines\" with an array; " + Form);
      for (const llvm::json::Value &R : *Ranges) {
        const llvm::json::Array *Pair = R.getAsArray();
        auto First = Pair && Pair->size() == 2 ? lineNumber((*Pair)[0]) : std::nullopt;
        auto Last = First ? lineNumber((*Pair)[1]) : std::nullopt;
        if (!Last || *Last < *First)
          return malformed("\"lines\" has something else than [first, last]; " + Form);
        File.Lines.push_back({*First, *Last});
      }
    }
    Files.push_back(std::move(File));
  }
  return llvm::Error::success();
}

bool FindingFilter::passes(const Finding &F, bool InAnalysedFile) const {
  const SourceSpan &At = F.Location;
  if (!selected(Checks, F.Check, true))
    return false;
  if (!At.valid())
    return true;
  if (Headers && !InAnalysedFile && !Headers->match(At.File))
    return false;
  return Files.empty() || llvm::any_of(Files, [&](const LinesOfFile &Filter) {
    return llvm::StringRef(At.File).ends_with(Filter.Name) &&
           (Filter.Lines.empty() || llvm::any_of(Filter.Lines, [&](const auto &Range) {
             return Range.first <= At.Line && At.Line <= Range.second;
           }));
  });
}
