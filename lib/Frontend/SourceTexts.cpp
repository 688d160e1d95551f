#include "Frontend/SourceTexts.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/xxhash.h"

namespace energy::frontend {
namespace fs = llvm::sys::fs;

std::vector<IncludeDirective> scanIncludes(llvm::StringRef Text) {
  std::vector<IncludeDirective> Result;
  Text.consume_front("\xEF\xBB\xBF"); // the byte order mark that some editors write
  while (!Text.empty()) {
    llvm::StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    Line = Line.ltrim();
    if (!Line.consume_front("#"))
      continue;
    Line = Line.ltrim();
    if (!Line.consume_front("include"))
      continue;
    Line = Line.ltrim();
    bool Angled = Line.starts_with("<");
    if (!Angled && !Line.starts_with("\""))
      continue;
    size_t End = Line.find(Angled ? '>' : '"', 1);
    if (End != llvm::StringRef::npos && End > 1)
      Result.push_back({Line.slice(1, End).str(), Angled});
  }
  return Result;
}

bool isNameChar(char C) { return llvm::isAlnum(C) || C == '_'; }

static bool looksLikeCxx20(llvm::StringRef Text) {
  for (llvm::StringRef Marker :
       {"#include <concepts>", "#include <ranges>", "#include <span>", "#include <format>",
        "#include <numbers>", "#include <source_location>", "#include <coroutine>", "std::span<",
        "std::ranges::", "std::format(", "consteval ", "constinit ", "co_await ", "<=>"})
    if (Text.contains(Marker))
      return true;
  return false;
}

void SourceText::scan() const {
  std::call_once(Scanned, [this] {
    Includes = scanIncludes(text());
    Cxx20 = looksLikeCxx20(text());
  });
}

const std::vector<IncludeDirective> &SourceText::includes() const {
  scan();
  return Includes;
}

bool SourceText::wantsCxx20() const {
  scan();
  return Cxx20;
}

void SourceText::index() const {
  llvm::StringRef Text = text();
  for (size_t End, At = 0; At < Text.size(); At = End + 1) {
    for (End = At; End < Text.size() && isNameChar(Text[End]);)
      ++End;
    if (End > At)
      FirstUse.try_emplace(llvm::xxh3_64bits(Text.slice(At, End)) >> 1, static_cast<uint32_t>(At));
  }
}

bool SourceText::anyWord(llvm::StringRef Word, llvm::function_ref<bool(llvm::StringRef)> Found) const {
  std::call_once(Indexed, [this] { index(); });
  auto First = FirstUse.find(llvm::xxh3_64bits(Word) >> 1);
  if (First == FirstUse.end())
    return false;
  llvm::StringRef Text = text();
  for (size_t At = First->second; At != llvm::StringRef::npos; At = Text.find(Word, At + 1)) {
    llvm::StringRef After = Text.substr(At + Word.size());
    bool Whole = (At == 0 || !isNameChar(Text[At - 1])) && (After.empty() || !isNameChar(After[0]));
    if (Whole && Found(After))
      return true;
  }
  return false;
}

const SourceText &SourceTexts::get(llvm::StringRef Path) {
  std::lock_guard<std::mutex> Lock(Mutex);
  std::unique_ptr<SourceText> &Slot = Texts[Path];
  if (Slot)
    return *Slot;
  constexpr uint64_t MaxBytes = 4 << 20;
  uint64_t Size = 0;
  std::unique_ptr<llvm::MemoryBuffer> Buffer;
  if (auto It = Unsaved.find(Path.str()); It != Unsaved.end())
    Buffer = llvm::MemoryBuffer::getMemBuffer(It->second, Path);
  else if (!fs::file_size(Path, Size) && Size <= MaxBytes)
    if (auto Read = llvm::MemoryBuffer::getFile(Path))
      Buffer = std::move(*Read);
  Slot = std::make_unique<SourceText>(std::move(Buffer));
  return *Slot;
}

bool SourceTexts::exists(llvm::StringRef Path) {
  std::lock_guard<std::mutex> Lock(Mutex);
  auto [It, New] = Existing.try_emplace(Path);
  if (New)
    It->second = Unsaved.count(Path.str()) || fs::exists(Path);
  return It->second;
}

} // namespace energy::frontend
