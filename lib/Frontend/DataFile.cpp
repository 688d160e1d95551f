#include "Frontend/DataFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace energy::frontend {
namespace path = llvm::sys::path;

static std::string pathOf(llvm::StringRef Name, llvm::StringRef Source, const RepositoryIndex &Repository,
                          const std::map<std::string, std::string> &Given) {
  for (llvm::StringRef Key : {Name, path::filename(Name)})
    if (auto It = Given.find(Key.str()); It != Given.end())
      return It->second;
  if (Name.empty())
    return "";
  if (path::is_absolute(Name))
    return Name.starts_with((Repository.root() + "/").str()) ? Name.str() : "";
  return Repository.find(Name, Source);
}

/// Given, or in the repository with all links followed.
static bool mayRead(llvm::StringRef Path, const RepositoryIndex &Repository,
                    const std::map<std::string, std::string> &Given) {
  llvm::SmallString<128> Real, Root;
  if (llvm::any_of(Given, [&](const auto &G) { return G.second == Path; }))
    return true;
  return !llvm::sys::fs::real_path(Path, Real) && !llvm::sys::fs::real_path(Repository.root(), Root) &&
         Real.starts_with((Root + "/").str());
}

std::optional<DataFile> readDataFile(llvm::StringRef Name, llvm::StringRef Source,
                                     const RepositoryIndex &Repository,
                                     const std::map<std::string, std::string> &Given,
                                     uint64_t MaxBytes) {
  DataFile File;
  File.Path = pathOf(Name, Source, Repository, Given);
  uint64_t Size = 0;
  if (File.Path.empty() || !mayRead(File.Path, Repository, Given) || llvm::sys::fs::file_size(File.Path, Size) ||
      !llvm::sys::fs::is_regular_file(File.Path))
    return std::nullopt;
  File.TooLarge = Size > MaxBytes;
  if (File.TooLarge)
    return File;
  auto Buffer = llvm::MemoryBuffer::getFile(File.Path);
  if (!Buffer)
    return std::nullopt;
  File.Text = (*Buffer)->getBuffer().str();
  return File;
}

} // namespace energy::frontend
