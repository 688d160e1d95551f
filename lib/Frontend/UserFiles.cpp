#include "Frontend/UserFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace energy::frontend {
namespace path = llvm::sys::path;

UserFiles::UserFiles(const clang::SourceManager &Sources, std::vector<std::string> Includes,
                     std::string MainFile)
    : Sources(Sources), LibTorchIncludes(std::move(Includes)), MainFile(std::move(MainFile)) {}

bool UserFiles::contains(clang::SourceLocation Loc) {
  if (Loc.isInvalid())
    return false;
  clang::SourceLocation InFile = Sources.getExpansionLoc(Loc);
  clang::FileID File = Sources.getFileID(InFile);
  if (File.isInvalid() || Sources.isLoadedSourceLocation(InFile))
    return false;
  auto [It, New] = Known.try_emplace(File, false);
  if (New)
    It->second = classify(File);
  return It->second;
}

SourceSpan UserFiles::span(clang::SourceLocation Loc) const {
  if (Loc.isInvalid())
    return {};
  clang::PresumedLoc P = Sources.getPresumedLoc(Sources.getExpansionLoc(Loc));
  if (P.isInvalid())
    return {};
  return {P.getFilename(), P.getLine(), P.getColumn()};
}

/// A well-known library of one header, which projects copy between their own files.
static bool isCopiedLibrary(llvm::StringRef File) {
  static constexpr llvm::StringLiteral Names[] = {
      "json.hpp",  "json_fwd.hpp", "cxxopts.hpp", "CLI11.hpp",  "argparse.hpp",
      "toml.hpp",  "httplib.h",    "catch.hpp",   "doctest.h",  "matplotlibcpp.h",
      "stb_image.h"};
  static constexpr llvm::StringLiteral Folders[] = {"nlohmann", "yaml-cpp", "toml11"};
  return llvm::is_contained(Names, path::filename(File)) ||
         llvm::is_contained(Folders, path::filename(path::parent_path(File)));
}

/// A directory that by convention holds other people's code, below which the main
/// file is not.
static bool isVendored(llvm::StringRef File, llvm::StringRef MainFile) {
  static constexpr llvm::StringLiteral Names[] = {"third_party", "thirdparty", "3rdparty",
                                                  "external",    "extern",     "vendor",
                                                  "_deps",       "submodules"};
  for (auto It = path::begin(File), End = path::end(File); It != End; ++It) {
    if (!llvm::is_contained(Names, *It))
      continue;
    llvm::StringRef Dir = File.take_front(static_cast<size_t>(It->end() - File.begin()));
    if (!MainFile.starts_with(Dir))
      return true;
  }
  return false;
}

bool UserFiles::classify(clang::FileID File) const {
  if (File == Sources.getMainFileID())
    return true;
  clang::OptionalFileEntryRef Entry = Sources.getFileEntryRefForID(File);
  if (!Entry)
    return Sources.getBufferName(Sources.getLocForStartOfFile(File)) == ExpressionFile;
  if (clang::SrcMgr::isSystem(Sources.getFileCharacteristic(Sources.getLocForStartOfFile(File))))
    return false;
  llvm::StringRef Name = Entry->getName();
  for (const std::string &Dir : LibTorchIncludes)
    if (Name.starts_with(Dir + "/"))
      return false;
  return !isCopiedLibrary(Name) && !isVendored(Name, MainFile);
}

} // namespace energy::frontend
