#include "Frontend/CompileCommands.h"
#include "Frontend/FlagFilter.h"
#include "TempTree.h"
#include "llvm/ADT/STLExtras.h"

namespace energy::frontend {
namespace {

using Words = std::vector<std::string>;

TEST(FlagFilter, KeepsWhatDecidesParsing) {
  FilteredFlags F = filterFlags({"-O2", "-Wall", "-Iinc", "-isystem", "/sys", "-DX=1", "-U", "Y",
                                 "-std=gnu++20", "-o", "a.o", "-c", "a.cpp", "-march=native"},
                                "/project");
  EXPECT_EQ(F.Args, (Words{"-I", "/project/inc", "-isystem", "/sys", "-DX=1", "-UY"}));
  EXPECT_EQ(F.Standard, "gnu++20");
}

TEST(FlagFilter, UnwrapsIncludesPassedThroughXclang) {
  FilteredFlags F =
      filterFlags({"-Xclang", "-include", "-Xclang", "stdio.h", "-Xclang", "-foo"}, "/");
  EXPECT_EQ(F.Args, (Words{"-include", "stdio.h"}));
}

TEST(FlagFilter, SurvivesAFlagWithoutItsValue) {
  EXPECT_TRUE(filterFlags({"-I"}, "/").Args.empty());
  EXPECT_TRUE(filterFlags({"-o"}, "/").Args.empty());
}

TEST(FlagFilter, RaisesOldStandards) {
  EXPECT_EQ(parserStandard(""), "c++17");
  EXPECT_EQ(parserStandard("c++11"), "c++17");
  EXPECT_EQ(parserStandard("gnu++2a"), "c++20");
  EXPECT_EQ(parserStandard("c++23"), "c++23");
}

TEST(CompileCommands, DatabaseIsFoundUpwards) {
  TempTree Tree;
  std::string File = Tree.write("src/net.cpp", "int x;");
  Tree.write(
      "compile_commands.json",
      R"([{"directory": ")" + Tree.path() +
          R"(", "file": "src/net.cpp", "command": "ccache g++ -O3 -DA -Iinc -std=c++20 -c src/net.cpp"}])");
  FrontendOptions Options = paperOptions();
  auto Command = cantFail(CompileCommands(Options).lookup(File));
  EXPECT_EQ(Command.Basis, CommandBasis::Database);
  EXPECT_EQ(Command.Standard, "c++20");
  EXPECT_EQ(Command.Args, (Words{"-DA", "-I", Tree.path("inc")}));
}

TEST(CompileCommands, MalformedDatabaseIsAnErrorWithItsPath) {
  TempTree Tree;
  std::string File = Tree.write("net.cpp", "");
  FrontendOptions Options = paperOptions();
  for (llvm::StringRef Text : {"[{\"file\": ", "{}", "[{\"directory\": \"/\"}]", "[3]",
                               "[{\"directory\":\"/\",\"file\":\"a.cpp\"}]", ""}) {
    std::string Database = Tree.write("compile_commands.json", Text);
    auto Command = CompileCommands(Options).lookup(File);
    ASSERT_FALSE(static_cast<bool>(Command)) << Text.str();
    std::string Message = llvm::toString(Command.takeError());
    EXPECT_NE(Message.find(Database), std::string::npos) << Message;
    EXPECT_NE(Message.find("malformed"), std::string::npos) << Message;
  }
}

TEST(CompileCommands, NeighbourServesAFileThatIsNotListed) {
  TempTree Tree;
  std::string Header = Tree.write("a/net.h", "");
  Tree.write("compile_commands.json",
             R"([{"directory": "/", "file": ")" + Tree.path("b/x.cpp") +
                 R"(", "arguments": ["g++", "-DB"]}, {"directory": "/", "file": ")" +
                 Tree.path("a/net.cpp") + R"(", "arguments": ["g++", "-DNET"]}])");
  FrontendOptions Options = paperOptions();
  auto Command = cantFail(CompileCommands(Options).lookup(Header));
  EXPECT_EQ(Command.Basis, CommandBasis::Neighbour);
  EXPECT_EQ(Command.Args, Words{"-DNET"});
}

TEST(CompileCommands, MissingCommandFollowsTheOption) {
  TempTree Tree;
  std::string File = Tree.write("net.cpp", "");
  FrontendOptions Options = paperOptions();
  for (MissingCommand How : {MissingCommand::Error, MissingCommand::Skip}) {
    Options.Missing = How;
    auto Command = CompileCommands(Options).lookup(File);
    ASSERT_FALSE(static_cast<bool>(Command));
    bool Skip = false;
    llvm::handleAllErrors(Command.takeError(),
                          [&](const MissingCommandError &E) { Skip = E.Skip; });
    EXPECT_EQ(Skip, How == MissingCommand::Skip);
  }
  std::string Told;
  Options.Missing = MissingCommand::Guess;
  Options.Note = [&](const FrontendNote &N) { Told += N.Message; };
  auto Command = cantFail(CompileCommands(Options).lookup(File));
  EXPECT_EQ(Command.LibTorchIncludes, Words{PAPER_TORCH});
  EXPECT_NE(Told.find(PAPER_TORCH), std::string::npos) << Told;
}

TEST(CompileCommands, LibTorchOfTheFlagsWins) {
  TempTree Tree;
  Tree.write("mine/torch/torch.h", "");
  std::string File = Tree.write("net.cpp", "");
  FrontendOptions Options = paperOptions();
  Options.FixedFlags = Words{"-I" + Tree.path("mine"), "-DX"};
  auto Command = cantFail(CompileCommands(Options).lookup(File));
  EXPECT_EQ(Command.LibTorchIncludes, Words{Tree.path("mine")});
  EXPECT_EQ(Command.Args, Words{"-DX"});
}

TEST(CompileCommands, WrongLibTorchDirectoryIsAnError) {
  TempTree Tree;
  std::string File = Tree.write("net.cpp", "");
  FrontendOptions Options = paperOptions();
  Options.LibTorchDir = Tree.path();
  auto Command = CompileCommands(Options).lookup(File);
  ASSERT_FALSE(static_cast<bool>(Command));
  EXPECT_NE(llvm::toString(Command.takeError()).find("--libtorch"), std::string::npos);
}

TEST(CompileCommands, HeaderElsewhereInTheRepositoryIsFoundByName) {
  TempTree Tree;
  Tree.write(".git/HEAD", "");
  Tree.write("include/models/net.h", "#include <layers.h>\n");
  Tree.write("lib/deep/layers.h", "");
  std::string File = Tree.write("src/main.cpp", "#include \"models/net.h\"\n#include <vector>\n");
  FrontendOptions Options = paperOptions();
  auto Command = cantFail(CompileCommands(Options).lookup(File));
  EXPECT_EQ(Command.Args, (Words{"-iquote", Tree.path("include"), "-I", Tree.path("lib/deep")}));
  EXPECT_EQ(Command.UserHeaders,
            (Words{Tree.path("include/models/net.h"), Tree.path("lib/deep/layers.h")}));
}

TEST(CompileCommands, GuessesCxx20WhereTheSourceNeedsIt) {
  TempTree Tree;
  std::string Old = Tree.write("a/old.cpp", "#include <vector>\n");
  std::string New = Tree.write("a/new.cpp", "#include <concepts>\n");
  FrontendOptions Options = paperOptions();
  CompileCommands Commands(Options);
  EXPECT_EQ(cantFail(Commands.lookup(Old)).Standard, "c++17");
  EXPECT_EQ(cantFail(Commands.lookup(New)).Standard, "c++20");
  Tree.write("b/CMakeLists.txt", "set(CMAKE_CXX_STANDARD 20)");
  EXPECT_EQ(cantFail(Commands.lookup(Tree.write("b/x.cpp", ""))).Standard, "c++20");
}

TEST(CompileCommands, CacheDirectoryFollowsTheEnvironment) {
  EXPECT_EQ(defaultCacheDir("/x", "/home/u"), "/x/clang-energy");
  EXPECT_EQ(defaultCacheDir(nullptr, "/home/u"), "/home/u/.cache/clang-energy");
  EXPECT_EQ(defaultCacheDir("relative", nullptr), "");
}

} // namespace
} // namespace energy::frontend
