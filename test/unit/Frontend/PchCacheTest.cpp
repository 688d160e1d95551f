#include "Frontend/PchCache.h"
#include "Frontend/ParsedUnit.h"
#include "TempTree.h"
#include "llvm/Support/MemoryBuffer.h"
#include <csignal>
#include <sys/resource.h>
#include <thread>

namespace energy::frontend {
namespace {

/// A LibTorch of three lines, a cache of its own, and a count of what was built.
class PchCacheTest : public testing::Test {
protected:
  TempTree Tree;
  FrontendOptions Options;
  std::mutex Mutex;
  int Built = 0;
  std::string Notes;
  std::string File;

  void SetUp() override {
    Tree.write("libtorch/torch/torch.h", "#pragma once\nstruct Torch { int A; };\n");
    File = Tree.write("net.cpp", "#include <torch/torch.h>\nint f(Torch T) { return T.A; }\n");
    Options.LibTorchDir = Tree.path("libtorch");
    Options.CacheDir = Tree.path("cache");
    // Without the standard library an entry is made in milliseconds.
    Options.FixedFlags = std::vector<std::string>{"-nostdinc++"};
    Options.Note = [this](const FrontendNote &N) {
      std::lock_guard<std::mutex> Lock(Mutex);
      Built += N.Message.find("building the header cache for") != std::string::npos;
      Notes += N.Message + "\n";
    };
  }

  /// Parses the file as a new process would; its number of errors.
  unsigned analyse() {
    PchCache Cache(Options);
    CompileCommands Commands(Options);
    ParseRequest Request;
    Request.Command = cantFail(Commands.lookup(File));
    auto Unit = cantFail(parse(Request, Cache, Options));
    EXPECT_TRUE(Unit->usedPch());
    return Unit->errorCount();
  }
  /// A copy: the file is about to be changed below its mapping.
  static std::string contents(const std::string &Path) {
    auto Buffer = cantFail(llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(Path)));
    return Buffer->getBuffer().str();
  }
  std::string entry(llvm::StringRef Extension) const {
    std::error_code EC;
    for (llvm::sys::fs::directory_iterator It(Options.CacheDir, EC), End; It != End && !EC;
         It.increment(EC))
      if (llvm::sys::path::extension(It->path()) == Extension)
        return It->path();
    return "";
  }
};

TEST_F(PchCacheTest, IsBuiltOnce) {
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(Built, 1);
}

TEST_F(PchCacheTest, IsRebuiltWhenAHeaderChanged) {
  EXPECT_EQ(analyse(), 0u);
  Tree.write("libtorch/torch/torch.h", "#pragma once\nstruct Torch { int Renamed; };\n");
  EXPECT_EQ(analyse(), 1u); // the new header is what counts
  EXPECT_EQ(Built, 2);
}

TEST_F(PchCacheTest, IsRebuiltWhenTruncated) {
  EXPECT_EQ(analyse(), 0u);
  std::string Image = entry(".pch");
  std::string Text = contents(Image);
  Tree.write("cache/" + llvm::sys::path::filename(Image).str(),
             llvm::StringRef(Text).take_front(Text.size() / 2));
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(Built, 2);
}

TEST_F(PchCacheTest, IsRebuiltWhenOverwrittenInPlace) {
  EXPECT_EQ(analyse(), 0u);
  std::string Image = entry(".pch");
  std::string Text = contents(Image);
  std::string Zeros(Text.size(), '\0');
  Tree.write("cache/" + llvm::sys::path::filename(Image).str(), Zeros);
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(Built, 2);
}

TEST_F(PchCacheTest, IsRebuiltWhenItsListIsDamaged) {
  EXPECT_EQ(analyse(), 0u);
  std::string List = entry(".files");
  for (llvm::StringRef Text :
       {"", "garbage", "clang-energy header cache 1\n", "clang-energy header cache 1\n5 zz 9\n"}) {
    Tree.write("cache/" + llvm::sys::path::filename(List).str(), Text);
    EXPECT_EQ(analyse(), 0u);
  }
  EXPECT_EQ(Built, 5);
}

TEST_F(PchCacheTest, IsKeyedOnStandardAndMacrosOfTheHeaders) {
  Options.FixedFlags = std::vector<std::string>{"-nostdinc++", "-std=c++17"};
  EXPECT_EQ(analyse(), 0u);
  Options.FixedFlags =
      std::vector<std::string>{"-nostdinc++", "-std=gnu++14", "-O3", "-Wall", "-DMINE", "-DNDEBUG"};
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(Built, 1); // none of these reaches the headers
  Options.FixedFlags = std::vector<std::string>{"-nostdinc++", "-std=c++20"};
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(Built, 2);
  Options.FixedFlags = std::vector<std::string>{"-nostdinc++", "-D_GLIBCXX_USE_CXX11_ABI=0"};
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(Built, 3);
}

TEST_F(PchCacheTest, SimultaneousUsersBuildOnce) {
  std::vector<std::thread> Users;
  for (int I = 0; I < 3; ++I)
    Users.emplace_back([this] { EXPECT_EQ(analyse(), 0u); });
  for (std::thread &T : Users)
    T.join();
  EXPECT_EQ(Built, 1);
}

TEST_F(PchCacheTest, FullDiskCostsOnlyTheCache) {
  rlimit Before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &Before), 0);
  rlimit Small = Before;
  Small.rlim_cur = 100000;
  auto OldHandler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &Small), 0);
  unsigned Errors = analyse();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &Before), 0);
  std::signal(SIGXFSZ, OldHandler);
  EXPECT_EQ(Errors, 0u);
  EXPECT_NE(Notes.find("is not stored"), std::string::npos) << Notes;
  EXPECT_EQ(entry(".pch"), "");
  EXPECT_EQ(entry(".tmp"), "");
}

TEST_F(PchCacheTest, UnusableDirectoryCostsOnlyTheCache) {
  Options.CacheDir = Tree.write("occupied", "a file") + "/cache";
  EXPECT_EQ(analyse(), 0u);
  EXPECT_NE(Notes.find("is not stored"), std::string::npos) << Notes;
}

TEST_F(PchCacheTest, WithoutADirectoryItLivesInMemory) {
  Options.CacheDir = "";
  EXPECT_EQ(analyse(), 0u);
  EXPECT_EQ(Built, 1);
}

TEST_F(PchCacheTest, BrokenHeadersStillGiveACache) {
  Tree.write("libtorch/torch/torch.h",
             "#pragma once\nstruct Torch { int A; };\nint broken = nowhere;\n#error no\n");
  EXPECT_EQ(analyse(), 0u);
}

} // namespace
} // namespace energy::frontend
