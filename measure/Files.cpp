#include "Files.h"
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace energy::measure {

FileText readText(const std::string &Path) {
  int Fd = open(Path.c_str(), O_RDONLY | O_CLOEXEC);
  if (Fd < 0)
    return {std::nullopt, errno};
  std::string Text;
  char Buffer[4096];
  ssize_t Got;
  while ((Got = read(Fd, Buffer, sizeof Buffer)) > 0)
    Text.append(Buffer, static_cast<size_t>(Got));
  int Why = errno;
  close(Fd);
  if (Got < 0)
    return {std::nullopt, Why};
  while (!Text.empty() && Text.back() == '\n')
    Text.pop_back();
  return {std::move(Text), 0};
}

std::optional<std::string> textOf(const std::string &Path) { return readText(Path).Text; }

std::optional<uint64_t> parseUnsigned(const std::string &Text) {
  size_t Begin = Text.find_first_not_of(" \t"), End = Text.find_last_not_of(" \t\n");
  if (Begin == std::string::npos)
    return std::nullopt;
  uint64_t Value = 0;
  const char *Last = Text.data() + End + 1;
  auto [Stop, Error] = std::from_chars(Text.data() + Begin, Last, Value);
  if (Error != std::errc() || Stop != Last)
    return std::nullopt;
  return Value;
}

std::optional<uint64_t> numberOf(const std::string &Path) {
  std::optional<std::string> Text = textOf(Path);
  return Text ? parseUnsigned(*Text) : std::nullopt;
}

std::vector<std::string> listFolder(const std::string &Path) {
  std::vector<std::string> Names;
  DIR *Folder = opendir(Path.c_str());
  if (!Folder)
    return Names;
  while (dirent *Entry = readdir(Folder))
    if (Entry->d_name[0] != '.')
      Names.emplace_back(Entry->d_name);
  closedir(Folder);
  std::sort(Names.begin(), Names.end());
  return Names;
}

bool exists(const std::string &Path) { return access(Path.c_str(), F_OK) == 0; }

std::string reason(int Errno) { return Errno ? std::strerror(Errno) : "no number in it"; }

std::vector<unsigned> parseCpuList(const std::string &Text) {
  std::vector<unsigned> Cpus;
  const char *P = Text.data(), *End = P + Text.size();
  while (P < End) {
    unsigned First = 0;
    auto R = std::from_chars(P, End, First);
    if (R.ec != std::errc())
      break;
    unsigned Last = First;
    if (R.ptr < End && *R.ptr == '-')
      R = std::from_chars(R.ptr + 1, End, Last);
    for (unsigned Cpu = First; Cpu <= Last && Cpu - First < 4096; ++Cpu)
      Cpus.push_back(Cpu);
    P = R.ptr;
    while (P < End && (*P == ',' || *P == ' ' || *P == '\n'))
      ++P;
    if (P == R.ptr)
      break;
  }
  return Cpus;
}

} // namespace energy::measure
