#include "Frontend/CompileDatabase.h"
#include "Frontend/FlagFilter.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

namespace energy::frontend {
namespace path = llvm::sys::path;

static llvm::Error malformed(llvm::StringRef Path, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "malformed compile database '" + Path + "': " + Why);
}

/// The command's words; response files are read, relative to \p Directory.
static std::vector<std::string> splitCommand(const llvm::json::Object &Object,
                                             llvm::StringRef Directory) {
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Saver(Allocator);
  llvm::SmallVector<const char *, 32> Words;
  if (const llvm::json::Array *List = Object.getArray("arguments")) {
    for (const llvm::json::Value &V : *List)
      if (auto Text = V.getAsString())
        Words.push_back(Saver.save(*Text).data());
  } else if (auto Text = Object.getString("command")) {
    llvm::cl::TokenizeGNUCommandLine(*Text, Saver, Words);
  }
  llvm::cl::ExpansionContext Expansion(Allocator, llvm::cl::TokenizeGNUCommandLine);
  Expansion.setCurrentDir(Directory);
  if (llvm::Error E = Expansion.expandResponseFiles(Words))
    llvm::consumeError(std::move(E)); // an unreadable one stays a word and is dropped later
  std::vector<std::string> Result(Words.begin(), Words.end());
  // A launcher ("ccache g++ ...") stands before the compiler.
  size_t First = 0;
  while (First < Result.size() && !llvm::StringRef(Result[First]).starts_with("-"))
    ++First;
  Result.erase(Result.begin(), Result.begin() + static_cast<ptrdiff_t>(First));
  return Result;
}

llvm::Expected<CompileDatabase> CompileDatabase::load(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return llvm::createStringError(Buffer.getError(), "cannot read compile database '" + Path +
                                                          "': " + Buffer.getError().message());
  llvm::Expected<llvm::json::Value> Json = llvm::json::parse((*Buffer)->getBuffer());
  if (!Json)
    return malformed(Path, llvm::toString(Json.takeError()));
  const llvm::json::Array *List = Json->getAsArray();
  if (!List)
    return malformed(Path, "expected an array of commands");
  CompileDatabase Result;
  std::string Base = path::parent_path(absolutePath(Path)).str();
  for (size_t I = 0; I < List->size(); ++I) {
    const llvm::json::Object *Object = (*List)[I].getAsObject();
    auto File = Object ? Object->getString("file") : std::nullopt;
    bool HasCommand = Object && (Object->getString("command") || Object->getArray("arguments"));
    if (!File || !HasCommand)
      return malformed(Path, "entry " + llvm::Twine(I) +
                                 " lacks 'file' or both 'command' and 'arguments'");
    DatabaseEntry Entry;
    Entry.Directory = absolutePath(Object->getString("directory").value_or("."), Base);
    Entry.File = absolutePath(*File, Entry.Directory);
    Entry.Words = splitCommand(*Object, Entry.Directory);
    Result.Entries.push_back(std::move(Entry));
  }
  return Result;
}

const DatabaseEntry *CompileDatabase::find(llvm::StringRef File) const {
  for (const DatabaseEntry &E : Entries)
    if (E.File == File)
      return &E;
  // The database may name the file through a symbolic link.
  for (const DatabaseEntry &E : Entries)
    if (path::filename(E.File) == path::filename(File) && llvm::sys::fs::equivalent(E.File, File))
      return &E;
  return nullptr;
}

static size_t commonPrefix(llvm::StringRef A, llvm::StringRef B) {
  size_t I = 0;
  while (I < A.size() && I < B.size() && A[I] == B[I])
    ++I;
  return I;
}

const DatabaseEntry *CompileDatabase::nearest(llvm::StringRef File) const {
  const DatabaseEntry *Best = nullptr;
  size_t BestScore = 0;
  for (const DatabaseEntry &E : Entries) {
    bool SameStem = path::stem(E.File) == path::stem(File);
    size_t Score = 1 + commonPrefix(E.File, File) + (SameStem ? 10000 : 0);
    if (Score > BestScore) {
      Best = &E;
      BestScore = Score;
    }
  }
  return Best;
}

std::string findDatabase(llvm::StringRef File) {
  for (llvm::StringRef Dir = path::parent_path(File); !Dir.empty(); Dir = path::parent_path(Dir)) {
    for (llvm::StringRef Sub : {"/compile_commands.json", "/build/compile_commands.json"}) {
      std::string Candidate = (Dir == "/" ? Sub.str() : (Dir + Sub).str());
      if (llvm::sys::fs::exists(Candidate))
        return Candidate;
    }
    if (Dir == "/")
      break;
  }
  return "";
}

} // namespace energy::frontend
