#include "Frontend/PchStore.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace energy::frontend {
namespace fs = llvm::sys::fs;

namespace {
constexpr llvm::StringLiteral Magic = "clang-energy header cache 1";

/// A hash of 256 evenly spaced blocks: finds a truncated, half-written or
/// exchanged image without reading all of its 80 MB.
std::optional<uint64_t> sampledHash(const std::string &Path, uint64_t Size) {
  llvm::Expected<fs::file_t> File = fs::openNativeFileForRead(Path);
  if (!File) {
    llvm::consumeError(File.takeError());
    return std::nullopt;
  }
  constexpr uint64_t Blocks = 256, BlockBytes = 1024;
  std::vector<uint8_t> Bytes;
  std::array<char, BlockBytes> Block{};
  bool Ok = true;
  for (uint64_t I = 0; I < Blocks && Ok; ++I) {
    uint64_t Offset = Size <= BlockBytes ? 0 : (Size - BlockBytes) / (Blocks - 1) * I;
    auto Read = fs::readNativeFileSlice(*File, Block, Offset);
    Ok = static_cast<bool>(Read);
    if (Read)
      Bytes.insert(Bytes.end(), Block.begin(), Block.begin() + static_cast<ptrdiff_t>(*Read));
    else
      llvm::consumeError(Read.takeError());
  }
  (void)fs::closeFile(*File);
  if (!Ok)
    return std::nullopt;
  return llvm::xxh3_64bits(Bytes);
}

llvm::Error ioError(std::error_code EC, const llvm::Twine &What) {
  return llvm::createStringError(EC, "cannot " + What + ": " + EC.message());
}

/// Writes \p Text beside \p Path and renames it into place.
llvm::Error writeFile(const std::string &Path, llvm::StringRef Text) {
  int File = -1;
  llvm::SmallString<256> Temporary;
  if (std::error_code EC = fs::createUniqueFile(Path + ".%%%%%%%%.tmp", File, Temporary))
    return ioError(EC, "create a file beside '" + Path + "'");
  std::error_code EC;
  {
    llvm::raw_fd_ostream Out(File, /*shouldClose=*/true);
    Out << Text;
    Out.close();
    EC = Out.error();
    Out.clear_error(); // it would end the process otherwise
  }
  if (!EC)
    EC = fs::rename(Temporary, Path);
  if (!EC)
    return llvm::Error::success();
  (void)fs::remove(Temporary);
  return ioError(EC, "write '" + Path + "'");
}

bool unchanged(llvm::StringRef Line) {
  uint64_t Bytes = 0;
  int64_t Modified = 0;
  if (Line.consumeInteger(10, Bytes) || !Line.consume_front(" ") ||
      Line.consumeInteger(10, Modified) || !Line.consume_front(" "))
    return false;
  fs::file_status Status;
  return !fs::status(Line, Status) && Status.getSize() == Bytes &&
         Status.getLastModificationTime().time_since_epoch().count() == Modified;
}
} // namespace

PchStore::PchStore(std::string Dir, std::string Key)
    : Directory(std::move(Dir)), Base(Directory + "/" + std::move(Key)) {}

std::string PchStore::problem() const {
  auto List = llvm::MemoryBuffer::getFile(Base + ".files");
  uint64_t Size = 0;
  if (!List || fs::file_size(imagePath(), Size))
    return "it does not exist";
  llvm::StringRef Text = (*List)->getBuffer(), Line;
  std::tie(Line, Text) = Text.split('\n');
  if (Line != Magic)
    return "its list of files is damaged";
  std::tie(Line, Text) = Text.split('\n');
  uint64_t WantSize = 0, WantHash = 0, Count = 0;
  if (Line.consumeInteger(10, WantSize) || !Line.consume_front(" ") ||
      Line.consumeInteger(16, WantHash) || !Line.consume_front(" ") ||
      Line.consumeInteger(10, Count))
    return "its list of files is damaged";
  if (Size != WantSize || sampledHash(imagePath(), Size) != WantHash)
    return "it is damaged";
  for (; Count; --Count) {
    std::tie(Line, Text) = Text.split('\n');
    if (!unchanged(Line))
      return "a header changed";
  }
  return "";
}

/// Half-written files of processes that were killed; the caller holds the lock.
void PchStore::removeLeftovers() const {
  std::error_code EC;
  for (fs::directory_iterator It(Directory, EC), End; It != End && !EC; It.increment(EC))
    if (llvm::StringRef(It->path()).starts_with(Base + ".") && llvm::StringRef(It->path()).ends_with(".tmp"))
      (void)fs::remove(It->path());
}

llvm::Error PchStore::write(const PchImage &Image) const {
  removeLeftovers();
  llvm::StringRef Data(Image.Data.data(), Image.Data.size());
  if (llvm::Error E = writeFile(imagePath(), Data))
    return E;
  std::optional<uint64_t> Hash = sampledHash(imagePath(), Data.size());
  if (!Hash)
    return ioError(std::make_error_code(std::errc::io_error), "read back '" + imagePath() + "'");
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Out << Magic << '\n'
      << Data.size() << ' ' << llvm::utohexstr(*Hash) << ' ' << Image.Dependencies.size() << '\n';
  for (const PchDependency &D : Image.Dependencies)
    Out << D.Bytes << ' ' << D.ModifiedNs << ' ' << D.Path << '\n';
  return writeFile(Base + ".files", Out.str());
}

void PchStore::remove() const {
  (void)fs::remove(Base + ".files");
  (void)fs::remove(imagePath());
}

std::unique_ptr<PchStore::BuildLock> PchStore::BuildLock::take(const PchStore &Store,
                                                               unsigned Seconds,
                                                               llvm::function_ref<void()> Waiting) {
  if (fs::create_directories(Store.Directory))
    return nullptr;
  std::string Path = Store.Base + ".lock";
  int File = ::open(Path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (File < 0)
    return nullptr;
  auto Deadline = std::chrono::steady_clock::now() + std::chrono::seconds(Seconds);
  bool Told = false;
  while (::flock(File, LOCK_EX | LOCK_NB) != 0) {
    bool Busy = errno == EWOULDBLOCK || errno == EINTR;
    if (!Busy || std::chrono::steady_clock::now() > Deadline) {
      ::close(File);
      return nullptr;
    }
    if (!Told)
      Waiting();
    Told = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return std::unique_ptr<BuildLock>(new BuildLock(File));
}

PchStore::BuildLock::~BuildLock() { ::close(File); }

} // namespace energy::frontend
