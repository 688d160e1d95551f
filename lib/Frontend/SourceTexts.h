/// \file
/// What the texts of a project's files say before anything is parsed. Linking asks the same files
/// again and again, for includes and for names: each is read once and its names are indexed.
#pragma once
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace energy::frontend {

/// One #include directive as written.
struct IncludeDirective {
  std::string Name;
  bool Angled = false;
};

/// The #include directives in \p Text whatever the conditionals around them say,
/// comments skipped line-wise.
std::vector<IncludeDirective> scanIncludes(llvm::StringRef Text);

bool isNameChar(char C);

/// The text of one file. Thread-safe.
class SourceText {
public:
  explicit SourceText(std::unique_ptr<llvm::MemoryBuffer> Buffer) : Buffer(std::move(Buffer)) {}

  llvm::StringRef text() const { return Buffer ? Buffer->getBuffer() : ""; }
  const std::vector<IncludeDirective> &includes() const;
  /// Has spellings that no C++17 program has and most C++20 programs do.
  bool wantsCxx20() const;
  /// Calls \p Found with what follows each occurrence of \p Word as a whole name until it is true.
  bool anyWord(llvm::StringRef Word, llvm::function_ref<bool(llvm::StringRef)> Found) const;

private:
  std::unique_ptr<llvm::MemoryBuffer> Buffer; ///< null: not to be read
  mutable std::once_flag Scanned, Indexed;
  mutable std::vector<IncludeDirective> Includes;
  mutable bool Cxx20 = false;
  mutable llvm::DenseMap<uint64_t, uint32_t> FirstUse; ///< by hash of the name

  void scan() const;
  void index() const;
};

/// The texts by path, each read on first use. Thread-safe.
class SourceTexts {
public:
  /// \p Unsaved: texts that take the place of files.
  explicit SourceTexts(const std::map<std::string, std::string> &Unsaved) : Unsaved(Unsaved) {}

  /// Of a file of more than 4 MB: nothing.
  const SourceText &get(llvm::StringRef Path);
  bool exists(llvm::StringRef Path);

private:
  const std::map<std::string, std::string> &Unsaved;
  std::mutex Mutex;
  llvm::StringMap<std::unique_ptr<SourceText>> Texts;
  llvm::StringMap<bool> Existing;
};

} // namespace energy::frontend
