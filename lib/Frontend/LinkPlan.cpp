#include "Frontend/LinkPlan.h"
#include "Frontend/FlagFilter.h"
#include "Frontend/Repository.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

namespace energy::frontend {
namespace path = llvm::sys::path;

LinkPlan::LinkPlan(CompileCommands &Commands, llvm::ArrayRef<std::string> Given)
    : Commands(Commands), Given(Given) {}

static bool looksLikeModel(llvm::StringRef Text) {
  return Text.contains("nn::") || Text.contains("register_module(") ||
         Text.contains("register_parameter(");
}

static size_t commonPrefix(llvm::StringRef A, llvm::StringRef B) {
  size_t I = 0;
  while (I < A.size() && I < B.size() && A[I] == B[I])
    ++I;
  return I;
}

/// The files given, those of the database, and without one those of the source tree;
/// the nearest to \p Near first.
std::vector<std::string> LinkPlan::candidates(llvm::StringRef Near) {
  std::vector<std::string> Rest = Commands.databaseFiles(Near);
  if (Rest.empty())
    Rest = Commands.repository(Near).sources();
  std::vector<std::pair<size_t, std::string>> Ordered; // the shared part of the path, longest first
  for (std::string &File : Rest)
    Ordered.emplace_back(commonPrefix(File, Near), std::move(File));
  llvm::sort(Ordered, [](const auto &A, const auto &B) {
    return A.first != B.first ? A.first > B.first : A.second < B.second;
  });
  std::vector<std::string> Result;
  llvm::StringSet<> Seen;
  auto Add = [&](const std::string &File) {
    if (isSourceName(File) && Seen.insert(File).second)
      Result.push_back(File);
  };
  llvm::for_each(Given, Add);
  for (const auto &[Shared, File] : Ordered)
    Add(File);
  return Result;
}

/// Directly or through another header.
bool LinkPlan::includes(const std::string &Source, llvm::StringRef Header) {
  llvm::Expected<CompileCommand> Command = Commands.lookup(Source);
  if (!Command) {
    llvm::consumeError(Command.takeError()); // such a file is reported when it is analysed
    return false;
  }
  return llvm::is_contained(Command->UserHeaders, Header);
}

std::vector<std::string> LinkPlan::byStem(const CompileCommand &Command, unsigned MaxFiles) {
  std::vector<std::string> Headers = Command.UserHeaders, Result;
  if (isHeaderName(Command.File))
    Headers.insert(Headers.begin(), Command.File);
  llvm::StringSet<> Seen;
  for (size_t I = 0; I < Headers.size() && Result.size() < MaxFiles; ++I) {
    std::string Header = Headers[I];
    if (!Seen.insert(Header).second)
      continue;
    std::vector<std::string> Sources =
        Commands.repository(Header).sourcesByStem(path::stem(Header));
    for (const std::string &File : Given)
      if (path::stem(File) == path::stem(Header))
        Sources.push_back(File);
    for (const std::string &Source : Sources) {
      if (Source == Command.File || llvm::is_contained(Result, Source))
        continue;
      if (!looksLikeModel(Commands.texts().get(Source).text()) || !includes(Source, Header))
        continue;
      Result.push_back(Source);
      if (llvm::Expected<CompileCommand> Its = Commands.lookup(Source))
        llvm::append_range(Headers, Its->UserHeaders);
      else
        llvm::consumeError(Its.takeError());
    }
  }
  return Result;
}

std::vector<std::string> LinkPlan::byText(llvm::StringRef Written, llvm::StringRef From, llvm::StringRef Name,
                                          llvm::function_ref<bool(llvm::StringRef)> Follows, unsigned MaxFiles) {
  std::vector<std::string> Result;
  // As it was included, "a/./../b.h"; compared with what the files' texts lead to.
  const std::string Header = absolutePath(Written);
  // A file that includes a source file would define everything in it twice.
  if (!isHeaderName(Header))
    return Result;
  unsigned Read = 0;
  for (const std::string &Source : candidates(Header)) {
    if (Result.size() >= MaxFiles || ++Read > MaxRead)
      break;
    if (Source == From)
      continue;
    if (Commands.texts().get(Source).anyWord(Name, Follows) && includes(Source, Header))
      Result.push_back(Source);
  }
  return Result;
}

} // namespace energy::frontend
