/// \file
/// Small reads below an injected root ("/" on a real machine), with the
/// system's reason when they fail.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace energy::measure {

struct FileText {
  std::optional<std::string> Text; ///< without the final newline
  int Errno = 0;                   ///< why there is none
};
FileText readText(const std::string &Path);
/// The text, or nothing.
std::optional<std::string> textOf(const std::string &Path);
std::optional<uint64_t> numberOf(const std::string &Path);
/// Digits only, with blanks around them; nothing when it does not fit 64 bits.
std::optional<uint64_t> parseUnsigned(const std::string &Text);
/// Sorted names of a folder's entries; empty when it cannot be listed.
std::vector<std::string> listFolder(const std::string &Path);
bool exists(const std::string &Path);
std::string reason(int Errno); ///< "Permission denied"
/// CPU numbers of a kernel list such as "0-3,8".
std::vector<unsigned> parseCpuList(const std::string &Text);

} // namespace energy::measure
