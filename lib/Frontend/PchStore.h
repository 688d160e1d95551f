/// \file
/// Header cache entries on disk: `<key>.pch` and `<key>.files`, the list of the
/// headers that went into it with sizes and times, and the size and a sampled hash of
/// the image. The list is written last, so an image without its list, or with
/// another one's, does not count.
#pragma once
#include "Frontend/PchBuilder.h"
#include <optional>

namespace energy::frontend {

class PchStore {
public:
  PchStore(std::string Directory, std::string Key);

  std::string imagePath() const { return Base + ".pch"; }
  /// Empty when the entry is complete and no header has changed since; else why
  /// it cannot be used ("it does not exist" is also a reason).
  std::string problem() const;
  /// The caller holds the BuildLock.
  llvm::Error write(const PchImage &Image) const;
  void remove() const;

  /// Holds the right to build this entry, among processes. Released by the kernel
  /// when a process dies.
  class BuildLock {
  public:
    ~BuildLock();
    /// Waits up to \p Seconds; calls \p Waiting once if it has to wait. Null without a lock.
    static std::unique_ptr<BuildLock> take(const PchStore &Store, unsigned Seconds,
                                           llvm::function_ref<void()> Waiting);

  private:
    explicit BuildLock(int File) : File(File) {}
    int File;
  };

private:
  void removeLeftovers() const;
  std::string Directory;
  std::string Base;
};

} // namespace energy::frontend
