#include "Frontend/Repository.h"
#include "TempTree.h"

namespace energy::frontend {
namespace {

TEST(Repository, RootIsTheGitDirectoryElseTheCMakeChain) {
  TempTree Tree;
  Tree.write("a/CMakeLists.txt", "");
  Tree.write("a/b/CMakeLists.txt", "");
  std::string File = Tree.write("a/b/c/x.cpp", "");
  EXPECT_EQ(repositoryRoot(File), Tree.path("a"));
  Tree.write(".git/HEAD", "");
  EXPECT_EQ(repositoryRoot(File), Tree.path());
}

TEST(Repository, RootOfAnArchiveHasWhatOnlyRootsHave) {
  TempTree Tree;
  std::string File = Tree.write("a/b/c/x.cpp", "");
  Tree.write("a/b/c/CMakeLists.txt", "");
  Tree.write("a/LICENSE", "");
  EXPECT_EQ(repositoryRoot(File), Tree.path("a"));
  Tree.write("a/b/.gitignore", "");
  EXPECT_EQ(repositoryRoot(File), Tree.path("a/b"));
  Tree.write("a/CMakeLists.txt", "");
  EXPECT_EQ(repositoryRoot(File), Tree.path("a/b"));
  Tree.write("a/b/CMakeLists.txt", "");
  EXPECT_EQ(repositoryRoot(File), Tree.path("a"));
  Tree.write(".gitmodules", "");
  EXPECT_EQ(repositoryRoot(File), Tree.path());
}

TEST(Repository, NearestOfSeveralIsTaken) {
  TempTree Tree;
  for (llvm::StringRef Name : {"vgg/net.h", "resnet/net.h", "resnet/src/x.cpp", ".hidden/net.h"})
    Tree.write(Name, "");
  RepositoryIndex Index(Tree.path());
  EXPECT_EQ(Index.find("net.h", Tree.path("resnet/src/x.cpp")), Tree.path("resnet/net.h"));
  EXPECT_EQ(Index.find("../vgg/net.h", Tree.path("resnet/src/x.cpp")), Tree.path("vgg/net.h"));
  EXPECT_EQ(Index.find("et.h", Tree.path("x.cpp")), "");
  EXPECT_EQ(Index.sources().vec(), std::vector<std::string>{Tree.path("resnet/src/x.cpp")});
}

TEST(Repository, IndexIsBounded) {
  TempTree Tree;
  for (int I = 0; I < 20; ++I)
    Tree.write("f" + std::to_string(I) + ".cpp", "");
  EXPECT_EQ(RepositoryIndex(Tree.path(), 5).sources().size(), 5u);
}

TEST(Repository, IncludesAreReadAsWritten) {
  auto Found =
      scanIncludes("#include <a/b.h>\n  #  include \"c.h\" // x\n#include MACRO\n"
                   "int include; #include \"no.h\"\n#include \"unterminated\n#include <>\n");
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_TRUE(Found[0].Angled);
  EXPECT_EQ(Found[0].Name, "a/b.h");
  EXPECT_EQ(Found[1].Name, "c.h");
}

TEST(Repository, AByteOrderMarkHidesNoInclude) {
  auto Found = scanIncludes("\xEF\xBB\xBF#include \"a.h\"\n");
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Name, "a.h");
}

} // namespace
} // namespace energy::frontend
