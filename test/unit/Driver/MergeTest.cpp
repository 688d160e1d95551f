#include "Driver/Merge.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include <gtest/gtest.h>

using namespace energy;

static Finding heavy(const char *File, unsigned Line, const char *Message = "heavy") {
  return {"energy-heavy-layer", Severity::Warning, Message, {File, Line, 1}, {}, ""};
}
static ModelReport model(const char *Name, const char *File) {
  ModelReport M;
  M.Graph.Name = M.Graph.Class = Name;
  M.Graph.Location = {File, 3, 1};
  return M;
}

TEST(Merge, SharedHeadersAreReportedOnce) {
  std::vector<FileAnalysis> Files(2);
  for (FileAnalysis &F : Files) {
    F.Findings = {heavy("net.h", 5)};
    F.Models.push_back(model("Net", "net.h"));
    F.Remarks = {"header 'x.h' not found"};
  }
  Analysis A = merge(std::move(Files), {});
  EXPECT_EQ(A.Result.Findings.size(), 1u);
  EXPECT_EQ(A.Result.Models.size(), 1u);
  EXPECT_EQ(A.Remarks.size(), 1u);
}

TEST(Merge, FindingsStandInTheOrderOfTheSource) {
  std::vector<FileAnalysis> Files(1);
  Files[0].Findings = {heavy("b.cpp", 1), heavy("a.cpp", 9), heavy("a.cpp", 2, "first"),
                       heavy("a.cpp", 2, "second")};
  std::vector<Finding> F = merge(std::move(Files), {}).Result.Findings;
  ASSERT_EQ(F.size(), 4u);
  EXPECT_EQ(F[0].Message, "first");
  EXPECT_EQ(F[1].Message, "second");
  EXPECT_EQ(F[2].Location.Line, 9u);
  EXPECT_EQ(F[3].Location.File, "b.cpp");
}

TEST(Merge, PathsBelowTheWorkingDirectoryAreRelative) {
  std::vector<FileAnalysis> Files(2);
  Files[0].File = "/home/me/src/net.cpp";
  Files[0].Findings = {heavy("/home/me/src/net.cpp", 5), heavy("/home/you/net.cpp", 5)};
  Files[0].Findings[0].Notes = {{"here", {"/home/me/inc/net.h", 1, 1}}};
  Files[1].File = "/home/me/src/bad.cpp";
  Files[1].Failure = "cannot read '/home/me/src/bad.cpp'";
  AnalysisOptions Options;
  Options.WorkingDirectory = "/home/me";
  Report R = merge(std::move(Files), Options).Result;
  EXPECT_EQ(R.Findings[0].Location.File, "/home/you/net.cpp");
  EXPECT_EQ(R.Findings[1].Location.File, "src/net.cpp");
  EXPECT_EQ(R.Findings[1].Notes[0].Location.File, "inc/net.h");
  ASSERT_EQ(R.Failures.size(), 1u);
  EXPECT_EQ(R.Failures[0].File, "src/bad.cpp");
  EXPECT_EQ(R.Failures[0].Message, "cannot read 'src/bad.cpp'");
}

TEST(Merge, CommentsSilenceFindings) {
  llvm::SmallString<128> Path;
  int Descriptor;
  ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("nolint", "cpp", Descriptor, Path));
  {
    llvm::raw_fd_ostream OS(Descriptor, /*shouldClose=*/true);
    OS << "a;\nb; // NOLINT(energy-*)\n";
  }
  std::vector<FileAnalysis> Files(1);
  Files[0].Findings = {heavy(Path.c_str(), 1), heavy(Path.c_str(), 2)};
  std::vector<Finding> F = merge(std::move(Files), {}).Result.Findings;
  llvm::sys::fs::remove(Path);
  ASSERT_EQ(F.size(), 1u);
  EXPECT_EQ(F[0].Location.Line, 1u);
}

TEST(Merge, AModelIsMissingOnlyWhenNoFileHasIt) {
  auto Missing = [](bool SecondFileHasIt) {
    std::vector<FileAnalysis> Files(2);
    Files[0].MissingModels["Net"] = "no 'Net' here";
    if (!SecondFileHasIt)
      Files[1].MissingModels["Net"] = "nor here";
    AnalysisOptions Options;
    Options.Interp.Models = {"Net"};
    return merge(std::move(Files), Options).Unanswered;
  };
  EXPECT_TRUE(Missing(true).empty());
  EXPECT_EQ(Missing(false), std::vector<std::string>{"no 'Net' here"});
}
