#include "Frontend/Repository.h"
#include "Frontend/FlagFilter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>

namespace energy::frontend {
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

bool isSourceName(llvm::StringRef Path) {
  return llvm::is_contained({".cpp", ".cc", ".cxx", ".c++", ".cu", ".C"}, path::extension(Path));
}

bool isHeaderName(llvm::StringRef Path) {
  return llvm::is_contained({".h", ".hpp", ".hh", ".hxx", ".cuh", ".inl", ".ipp", ".tpp"},
                            path::extension(Path));
}

bool isDataName(llvm::StringRef Path) {
  return llvm::is_contained({".cfg", ".conf", ".config", ".ini", ".json", ".toml", ".txt", ".yaml", ".yml"},
                            path::extension(Path));
}

std::string repositoryRoot(llvm::StringRef File) {
  std::string Own = path::parent_path(File).str();
  std::string WithCMake, Marked;
  bool Chain = true;
  for (llvm::StringRef Dir = Own; !Dir.empty() && Dir != "/"; Dir = path::parent_path(Dir)) {
    if (fs::exists(Dir + "/.git") || fs::exists(Dir + "/.gitmodules"))
      return Dir.str();
    if (Marked.empty() && (fs::exists(Dir + "/.gitignore") || fs::exists(Dir + "/LICENSE")))
      Marked = Dir.str();
    bool Has = fs::exists(Dir + "/CMakeLists.txt");
    if (Has && Chain)
      WithCMake = Dir.str();
    Chain = Chain && (Has || WithCMake.empty());
  }
  if (WithCMake.empty() || Marked.empty())
    return !Marked.empty() ? Marked : !WithCMake.empty() ? WithCMake : Own;
  return WithCMake.size() < Marked.size() ? WithCMake : Marked; // both lead to the file
}

static bool skippedDirectory(llvm::StringRef Name) {
  return Name.starts_with(".") || Name == "node_modules" || Name == "CMakeFiles" ||
         Name == "__pycache__" || Name == "build" || Name.starts_with("cmake-build");
}

RepositoryIndex::RepositoryIndex(std::string RootDir, unsigned MaxFiles)
    : Root(std::move(RootDir)) {
  unsigned Seen = 0;
  std::error_code EC;
  for (fs::recursive_directory_iterator It(Root, EC, /*follow_symlinks=*/false), End;
       It != End && !EC && Seen < MaxFiles; It.increment(EC)) {
    llvm::StringRef Path = It->path();
    llvm::StringRef Name = path::filename(Path);
    if (It->type() == fs::file_type::directory_file) {
      if (skippedDirectory(Name) || It.level() >= 12)
        It.no_push();
      continue;
    }
    ++Seen;
    bool Source = isSourceName(Name);
    if (!Source && !isHeaderName(Name) && !isDataName(Name))
      continue;
    ByName[Name].push_back(Path.str());
    if (Source)
      Sources.push_back(Path.str());
  }
  for (auto &Entry : ByName)
    llvm::sort(Entry.second);
  llvm::sort(Sources);
}

static size_t commonPrefix(llvm::StringRef A, llvm::StringRef B) {
  size_t N = std::min(A.size(), B.size()), I = 0, Last = 0;
  for (; I < N && A[I] == B[I]; ++I)
    if (A[I] == '/')
      Last = I;
  return Last;
}

std::string RepositoryIndex::find(llvm::StringRef Name, llvm::StringRef From) const {
  while (Name.consume_front("../") || Name.consume_front("./")) {
  }
  auto It = ByName.find(path::filename(Name));
  if (It == ByName.end())
    return "";
  std::string Suffix = ("/" + Name).str();
  const std::string *Best = nullptr;
  for (const std::string &Path : It->second) {
    if (!llvm::StringRef(Path).ends_with(Suffix))
      continue;
    if (!Best || commonPrefix(Path, From) > commonPrefix(*Best, From))
      Best = &Path;
  }
  return Best ? *Best : "";
}

std::vector<std::string> RepositoryIndex::sourcesByStem(llvm::StringRef Stem) const {
  std::vector<std::string> Result;
  for (llvm::StringRef Extension : {".cpp", ".cc", ".cxx", ".c++", ".cu"})
    if (auto It = ByName.find((Stem + Extension).str()); It != ByName.end())
      llvm::append_range(Result, It->second);
  return Result;
}

const RepositoryIndex &RepositoryIndices::forFile(llvm::StringRef File) {
  std::lock_guard<std::mutex> Lock(Mutex);
  const RepositoryIndex *&Known = ByDirectory[path::parent_path(File)];
  if (Known)
    return *Known;
  std::string Root = repositoryRoot(File);
  std::unique_ptr<RepositoryIndex> &Slot = ByRoot[Root];
  if (!Slot)
    Slot = std::make_unique<RepositoryIndex>(Root);
  return *(Known = Slot.get());
}

namespace {

class Scanner {
public:
  Scanner(llvm::ArrayRef<std::string> Dirs, llvm::ArrayRef<std::string> SystemDirs,
          const RepositoryIndex &Index, SourceTexts &Texts)
      : Dirs(Dirs.begin(), Dirs.end()), SystemDirs(SystemDirs), Index(Index), Texts(Texts) {}

  IncludeScan run(llvm::StringRef File) {
    Seen.insert(File);
    Queue.push_back(File.str());
    for (size_t I = 0; I < Queue.size() && I < MaxScanned; ++I)
      scan(std::string(Queue[I]));
    Result.UserHeaders.assign(Queue.begin() + 1, Queue.end());
    return std::move(Result);
  }

private:
  static constexpr size_t MaxScanned = 500;

  std::vector<std::string> Dirs;
  llvm::ArrayRef<std::string> SystemDirs;
  const RepositoryIndex &Index;
  SourceTexts &Texts;
  IncludeScan Result;
  std::vector<std::string> Queue;
  llvm::StringSet<> Seen;

  void scan(const std::string &File) {
    const SourceText &Text = Texts.get(File);
    Result.WantsCxx20 = Result.WantsCxx20 || Text.wantsCxx20();
    for (const IncludeDirective &D : Text.includes())
      follow(D, File);
  }

  void follow(const IncludeDirective &D, const std::string &File) {
    std::string Path = resolve(D, File);
    if (Path.empty()) {
      for (const std::string &Dir : SystemDirs)
        if (Texts.exists(Dir + "/" + D.Name))
          return;
      Path = addFromRepository(D, File);
    }
    if (!Path.empty() && Seen.insert(Path).second)
      Queue.push_back(std::move(Path));
  }

  std::string resolve(const IncludeDirective &D, const std::string &File) const {
    if (!D.Angled) {
      std::string Beside = absolutePath(D.Name, path::parent_path(File));
      if (Texts.exists(Beside))
        return Beside;
    }
    for (const std::string &Dir : Dirs) {
      std::string Path = absolutePath(D.Name, Dir);
      if (Texts.exists(Path))
        return Path;
    }
    return "";
  }

  std::string addFromRepository(const IncludeDirective &D, const std::string &File) {
    std::string Found = Index.find(D.Name, File);
    // "../x/y.h" that does not resolve as written cannot be helped by a directory.
    if (Found.empty() || llvm::StringRef(D.Name).starts_with("."))
      return "";
    std::string Dir = Found.substr(0, Found.size() - D.Name.size() - 1);
    Dirs.push_back(Dir);
    std::vector<std::string> &List = D.Angled ? Result.AngleDirs : Result.QuoteDirs;
    if (!llvm::is_contained(List, Dir))
      List.push_back(std::move(Dir));
    return Found;
  }
};

} // namespace

IncludeScan scanFile(llvm::StringRef File, llvm::ArrayRef<std::string> IncludeDirs,
                     llvm::ArrayRef<std::string> SystemDirs, const RepositoryIndex &Index,
                     SourceTexts &Texts) {
  return Scanner(IncludeDirs, SystemDirs, Index, Texts).run(File);
}

} // namespace energy::frontend
