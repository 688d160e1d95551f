#include "Frontend/CompileCommands.h"
#include "Frontend/CompileDatabase.h"
#include "Frontend/FlagFilter.h"
#include "Frontend/LibTorch.h"
#include "Frontend/Repository.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace energy::frontend {
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

std::string defaultCacheDir(const char *XdgCacheHome, const char *Home) {
  if (XdgCacheHome && path::is_absolute(XdgCacheHome))
    return std::string(XdgCacheHome) + "/clang-energy";
  if (Home && path::is_absolute(Home))
    return std::string(Home) + "/.cache/clang-energy";
  return "";
}

char MissingCommandError::ID = 0;
void MissingCommandError::log(llvm::raw_ostream &OS) const {
  OS << "no compile command for '" << File
     << "'; give '-p' with a build directory, flags after '--', or '--missing-command=guess'";
}
std::error_code MissingCommandError::convertToErrorCode() const {
  return llvm::inconvertibleErrorCode();
}

namespace {
/// A database that failed to load keeps its message: every file under it fails alike.
struct LoadedDatabase {
  std::unique_ptr<CompileDatabase> Database;
  std::string Error;
};

/// Where the compiler looks without being told; only to decide whether a header is
/// missing before searching the repository for it.
const std::vector<std::string> &systemDirectories() {
  static const std::vector<std::string> Dirs = [] {
    std::vector<std::string> Result = {"/usr/include", "/usr/local/include",
                                       "/usr/include/x86_64-linux-gnu",
                                       "/usr/include/aarch64-linux-gnu"};
    std::error_code EC;
    for (fs::directory_iterator It("/usr/include/c++", EC), End; It != End && !EC; It.increment(EC))
      Result.push_back(It->path());
    return Result;
  }();
  return Dirs;
}
} // namespace

struct CompileCommands::Impl {
  explicit Impl(const FrontendOptions &Options) : Options(Options), Texts(Options.Unsaved) {}

  const FrontendOptions &Options;
  RepositoryIndices Indices;
  SourceTexts Texts;
  std::mutex Mutex;
  llvm::StringMap<LoadedDatabase> Databases; ///< by path of the JSON file
  llvm::StringMap<CompileCommand> Commands;  ///< found so far, by file
  llvm::StringSet<> Noted;

  void note(FrontendNote::Kind Kind, std::string Message) {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (Options.Note && Noted.insert(Message).second)
      Options.Note({Kind, std::move(Message)});
  }

  /// Null without a database; an error for one that is malformed.
  llvm::Expected<const CompileDatabase *> database(llvm::StringRef File) {
    std::string Path = findDatabase(File);
    if (!Options.BuildPath.empty()) {
      Path = absolutePath(Options.BuildPath);
      if (fs::is_directory(Path))
        Path += "/compile_commands.json";
      if (!fs::exists(Path))
        return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                       "no compile database '" + Path + "' (from '-p')");
    }
    if (Path.empty())
      return nullptr;
    std::lock_guard<std::mutex> Lock(Mutex);
    auto [It, New] = Databases.try_emplace(Path);
    LoadedDatabase &Slot = It->second;
    if (New) {
      llvm::Expected<CompileDatabase> Loaded = CompileDatabase::load(Path);
      if (Loaded)
        Slot.Database = std::make_unique<CompileDatabase>(std::move(*Loaded));
      else
        Slot.Error = llvm::toString(Loaded.takeError());
    }
    if (!Slot.Database)
      return llvm::createStringError(llvm::inconvertibleErrorCode(), Slot.Error);
    return Slot.Database.get();
  }

  FilteredFlags fromWords(std::vector<std::string> Words, llvm::StringRef Directory) const {
    Words.insert(Words.begin(), Options.ExtraArgsBefore.begin(), Options.ExtraArgsBefore.end());
    llvm::append_range(Words, Options.ExtraArgs);
    return filterFlags(Words, Directory);
  }

  llvm::Expected<FilteredFlags> chooseFlags(CompileCommand &Command) {
    llvm::SmallString<128> Cwd;
    (void)fs::current_path(Cwd);
    Command.Directory = std::string(Cwd);
    if (Options.FixedFlags) {
      Command.Basis = CommandBasis::Fixed;
      return fromWords(*Options.FixedFlags, Command.Directory);
    }
    llvm::Expected<const CompileDatabase *> Database = database(Command.File);
    if (!Database)
      return Database.takeError();
    if (const DatabaseEntry *Entry = *Database ? (*Database)->find(Command.File) : nullptr) {
      Command.Basis = CommandBasis::Database;
      Command.Directory = Entry->Directory;
      return fromWords(Entry->Words, Command.Directory);
    }
    // A header has no command of its own anywhere: its neighbour's is not a guess.
    bool Header = isHeaderName(Command.File);
    bool MayInfer = Options.Missing == MissingCommand::Guess || (Header && *Database);
    if (!MayInfer)
      return llvm::make_error<MissingCommandError>(Command.File,
                                                   Options.Missing == MissingCommand::Skip);
    if (const DatabaseEntry *Entry = *Database ? (*Database)->nearest(Command.File) : nullptr) {
      Command.Basis = CommandBasis::Neighbour;
      Command.Directory = Entry->Directory;
      return fromWords(Entry->Words, Command.Directory);
    }
    Command.Basis = CommandBasis::Guess;
    return fromWords({}, Command.Directory);
  }

  /// Moves LibTorch's directories out of the flags, or adds those found.
  llvm::Error takeLibTorch(CompileCommand &Command, std::vector<std::string> Args) {
    for (size_t I = 0; I < Args.size(); ++I) {
      bool Dir = (Args[I] == "-I" || Args[I] == "-isystem" || Args[I] == "-idirafter") &&
                 I + 1 < Args.size();
      if (Dir && isLibTorchInclude(Args[I + 1])) {
        Command.LibTorchIncludes.push_back(Args[++I]);
        continue;
      }
      Command.Args.push_back(Args[I]);
    }
    if (!Command.LibTorchIncludes.empty())
      return llvm::Error::success();
    auto Found = findLibTorch(Options.LibTorchDir, repositoryRoot(Command.File));
    if (!Found)
      return Found.takeError();
    Command.LibTorchIncludes = std::move(*Found);
    return llvm::Error::success();
  }

  void addRepositoryDirectories(CompileCommand &Command, bool DecideStandard) {
    std::vector<std::string> System = systemDirectories();
    llvm::append_range(System, Command.LibTorchIncludes);
    IncludeScan Scan = scanFile(Command.File, includeDirectories(Command.Args), System,
                                Indices.forFile(Command.File), Texts);
    for (const std::string &Dir : Scan.QuoteDirs)
      llvm::append_range(Command.Args, std::vector<std::string>{"-iquote", Dir});
    for (const std::string &Dir : Scan.AngleDirs)
      llvm::append_range(Command.Args, std::vector<std::string>{"-I", Dir});
    Command.UserHeaders = std::move(Scan.UserHeaders);
    if (DecideStandard && (Scan.WantsCxx20 || cmakeWantsCxx20(Command.File)))
      Command.Standard = "c++20";
  }

  /// The nearest CMakeLists.txt that says which standard, up to the repository's root.
  bool cmakeWantsCxx20(llvm::StringRef File) const {
    std::string Root = repositoryRoot(File);
    for (llvm::StringRef Dir = path::parent_path(File); Dir.size() >= Root.size();
         Dir = path::parent_path(Dir)) {
      auto Buffer = llvm::MemoryBuffer::getFile(Dir + "/CMakeLists.txt");
      llvm::StringRef Text = Buffer ? (*Buffer)->getBuffer() : "";
      for (llvm::StringRef Says : {"CXX_STANDARD 20", "CXX_STANDARD 23", "cxx_std_20", "cxx_std_23",
                                   "c++20", "c++2a", "c++23", "c++2b"})
        if (Text.contains(Says))
          return true;
      if (Text.contains("CXX_STANDARD") || Text.contains("cxx_std_") || Dir == "/")
        return false;
    }
    return false;
  }

  llvm::Expected<CompileCommand> make(const std::string &File) {
    CompileCommand Command;
    Command.File = File;
    llvm::Expected<FilteredFlags> Flags = chooseFlags(Command);
    if (!Flags)
      return Flags.takeError();
    Command.Standard = parserStandard(Flags->Standard);
    if (llvm::Error E = takeLibTorch(Command, std::move(Flags->Args)))
      return std::move(E);
    bool Guessed = Command.Basis == CommandBasis::Guess;
    addRepositoryDirectories(Command, Guessed && Flags->Standard.empty());
    explain(Command);
    return Command;
  }

  void explain(const CompileCommand &Command) {
    if (Command.Basis != CommandBasis::Guess && Command.Basis != CommandBasis::Neighbour)
      return;
    std::string LibTorch = Command.LibTorchIncludes.empty()
                               ? "no LibTorch found, give '--libtorch DIR'"
                               : "LibTorch in '" + Command.LibTorchIncludes.back() + "'";
    if (Command.Basis == CommandBasis::Guess)
      note(FrontendNote::Kind::Guess,
           "no compile database; guessing '-std=" + Command.Standard + "' and " + LibTorch);
    else
      note(FrontendNote::Kind::Guess,
           "no compile command for '" + Command.File + "'; using that of a file near it");
  }
};

CompileCommands::CompileCommands(const FrontendOptions &Options)
    : Self(std::make_unique<Impl>(Options)) {}
CompileCommands::~CompileCommands() = default;

llvm::Expected<CompileCommand> CompileCommands::lookup(llvm::StringRef File) {
  const std::string Path = absolutePath(File);
  {
    std::lock_guard<std::mutex> Lock(Self->Mutex);
    if (auto It = Self->Commands.find(Path); It != Self->Commands.end())
      return It->second;
  }
  llvm::Expected<CompileCommand> Made = Self->make(Path);
  if (Made) {
    std::lock_guard<std::mutex> Lock(Self->Mutex);
    Self->Commands.try_emplace(Path, *Made);
  }
  return Made;
}

SourceTexts &CompileCommands::texts() { return Self->Texts; }

const RepositoryIndex &CompileCommands::repository(llvm::StringRef File) {
  return Self->Indices.forFile(absolutePath(File));
}

std::vector<std::string> CompileCommands::databaseFiles(llvm::StringRef File) {
  std::vector<std::string> Result;
  if (Self->Options.FixedFlags)
    return Result;
  llvm::Expected<const CompileDatabase *> Database = Self->database(absolutePath(File));
  if (!Database) {
    llvm::consumeError(Database.takeError()); // lookup() reports it
    return Result;
  }
  if (*Database)
    for (const DatabaseEntry &E : (*Database)->entries())
      Result.push_back(E.File);
  return Result;
}

} // namespace energy::frontend
