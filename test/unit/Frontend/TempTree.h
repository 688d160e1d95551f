// A directory of small files for one test, removed afterwards.
#pragma once
#include "Frontend/FrontendOptions.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>

namespace energy::frontend {

class TempTree {
public:
  TempTree() {
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("energy-frontend", Root));
    llvm::SmallString<256> Real;
    EXPECT_FALSE(llvm::sys::fs::real_path(Root, Real));
    Root = Real;
  }
  ~TempTree() { (void)llvm::sys::fs::remove_directories(Root); }

  std::string path(llvm::StringRef Name = "") const {
    return Name.empty() ? std::string(Root) : (Root + "/" + Name).str();
  }
  std::string write(llvm::StringRef Name, llvm::StringRef Text) const {
    std::string Path = path(Name);
    EXPECT_FALSE(llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Path)));
    std::error_code EC;
    llvm::raw_fd_ostream Out(Path, EC);
    EXPECT_FALSE(EC) << EC.message();
    Out << Text;
    return Path;
  }

private:
  llvm::SmallString<256> Root;
};

/// Options with paper-torch as LibTorch and the tests' shared header cache.
inline FrontendOptions paperOptions() {
  FrontendOptions Options;
  Options.LibTorchDir = PAPER_TORCH;
  Options.CacheDir = FRONTEND_CACHE;
  return Options;
}

} // namespace energy::frontend
