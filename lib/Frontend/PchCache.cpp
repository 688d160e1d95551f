#include "Frontend/PchCache.h"
#include "Frontend/HeaderEdits.h"
#include "Frontend/Invocation.h"
#include "Frontend/PchBuilder.h"
#include "Frontend/PchStore.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include <mutex>

namespace energy::frontend {
namespace fs = llvm::sys::fs;

/// Everything that decides what the image holds, apart from the headers' text,
/// which the entry's own list of files watches.
static std::string cacheKey(const CompileCommand &Command) {
  llvm::MD5 Hash;
  auto Add = [&Hash](llvm::StringRef Part) {
    Hash.update(Part);
    Hash.update(llvm::StringRef("\0", 1));
  };
  Add(ENERGY_VERSION);
  Add(clang::getClangFullVersion());
  Add("built-in traits, nothing pending"); // what PchBuilder makes of the headers
  Add(Command.Standard);
  Add(umbrellaText(Command));
  for (const std::string &Flag : headerFlags(Command))
    Add(Flag);
  for (const std::string &Dir : Command.LibTorchIncludes)
    Add(Dir);
  for (const HeaderText &H : editedHeaders(Command))
    Add(H.Text);
  llvm::MD5::MD5Result Result;
  Hash.final(Result);
  return ("torch-" + llvm::StringRef(Result.digest()).take_front(16)).str();
}

struct PchCache::Impl {
  explicit Impl(const FrontendOptions &Options) : Options(Options) {}

  const FrontendOptions &Options;
  std::mutex Mutex; ///< held while building: the other threads want the same image
  llvm::StringMap<std::shared_ptr<const Pch>> Ready; ///< null: bypassed
  static constexpr unsigned WaitSeconds = 300;

  void note(FrontendNote::Kind Kind, const llvm::Twine &Message) {
    if (Options.Note)
      Options.Note({Kind, Message.str()});
  }

  std::shared_ptr<const Pch> make(const CompileCommand &Command, const std::string &Key) {
    if (Options.CacheDir.empty())
      return build(Command, Key, nullptr, "");
    PchStore Store(Options.CacheDir, Key);
    std::string Problem = Store.problem();
    if (Problem.empty())
      return onDisk(Store);
    auto Lock = PchStore::BuildLock::take(Store, WaitSeconds, [&] {
      note(FrontendNote::Kind::Progress,
           "waiting for another process that builds the header cache");
    });
    if (!Lock)
      return build(Command, Key, nullptr, "cannot lock '" + Options.CacheDir + "'");
    Problem = Store.problem(); // another process may have built it meanwhile
    if (Problem.empty())
      return onDisk(Store);
    if (Problem != "it does not exist")
      note(FrontendNote::Kind::Progress, "rebuilding the header cache: " + Problem);
    return build(Command, Key, &Store, "");
  }

  static std::shared_ptr<const Pch> onDisk(const PchStore &Store) {
    return std::make_shared<Pch>(Pch{Store.imagePath(), nullptr});
  }

  /// Builds and stores; keeps the image in memory when \p Store is null or fails.
  std::shared_ptr<const Pch> build(const CompileCommand &Command, const std::string &Key,
                                   const PchStore *Store, std::string WhyNotStored) {
    note(FrontendNote::Kind::Progress, "building the header cache for LibTorch (" +
                                           Command.Standard + ", takes some seconds, " +
                                           (Store ? "once)" : "for this run)"));
    llvm::Expected<PchImage> Image = buildPch(Command);
    if (!Image) {
      note(FrontendNote::Kind::Bypass,
           "analysing without the header cache: " + llvm::toString(Image.takeError()));
      return nullptr;
    }
    if (Store) {
      llvm::Error E = Store->write(*Image);
      if (!E)
        return onDisk(*Store);
      WhyNotStored = llvm::toString(std::move(E));
      Store->remove();
    }
    if (!WhyNotStored.empty())
      note(FrontendNote::Kind::Bypass,
           "the header cache is not stored and will be built again next time: " + WhyNotStored);
    auto Result = std::make_shared<Pch>();
    Result->Path = "/clang-energy-umbrella/" + Key + ".pch";
    Result->Contents = std::make_shared<llvm::SmallVectorMemoryBuffer>(std::move(Image->Data),
                                                                       Result->Path, false);
    return Result;
  }
};

PchCache::PchCache(const FrontendOptions &Options) : Self(std::make_unique<Impl>(Options)) {}
PchCache::~PchCache() = default;

std::shared_ptr<const Pch> PchCache::get(const CompileCommand &Command) {
  if (!Self->Options.UsePch || Command.LibTorchIncludes.empty())
    return nullptr;
  std::string Key = cacheKey(Command);
  std::lock_guard<std::mutex> Lock(Self->Mutex);
  auto [It, New] = Self->Ready.try_emplace(Key);
  if (New)
    It->second = Self->make(Command, Key);
  return It->second;
}

void PchCache::discard(const Pch &Entry) {
  std::lock_guard<std::mutex> Lock(Self->Mutex);
  for (auto &Slot : Self->Ready) {
    if (Slot.second.get() != &Entry)
      continue;
    if (Entry.Contents)
      Slot.second = nullptr; // made a moment ago: making it again would not help
    else {
      PchStore(Self->Options.CacheDir, Slot.first().str()).remove();
      Self->Ready.erase(Slot.first());
    }
    return;
  }
}

} // namespace energy::frontend
