#include "Frontend/Project.h"
#include "TempTree.h"
#include "llvm/ADT/STLExtras.h"

namespace energy::frontend {
namespace {

const char *NetHeader =
    "#pragma once\n#include <torch/torch.h>\n"
    "struct NetImpl : torch::nn::Module { NetImpl(int n);\n"
    "  torch::Tensor forward(torch::Tensor x); torch::nn::Linear fc{nullptr}; };\n"
    "TORCH_MODULE(Net);\n";
const char *NetSource =
    "#include \"net.h\"\n"
    "NetImpl::NetImpl(int n) { fc = register_module(\"fc\", torch::nn::Linear(n, 2)); }\n"
    "torch::Tensor NetImpl::forward(torch::Tensor x) { return fc(x); }\n";

class ProjectTest : public testing::Test {
protected:
  TempTree Tree;
  void SetUp() override { Tree.write(".git/HEAD", ""); }
  std::vector<std::string> linked(ParsedUnit &Unit) const { return Unit.linkedFiles(); }
};

TEST_F(ProjectTest, DefinitionsBesideTheHeaderAreLinked) {
  Tree.write("net.h", NetHeader);
  std::string Source = Tree.write("net.cpp", NetSource);
  std::string Main = Tree.write("main.cpp", "#include \"net.h\"\nint main() { Net net(4); }\n");
  Project P(paperOptions(), {Main});
  ParsedUnit &Alone = cantFail(P.unit(Main));
  EXPECT_TRUE(discover(Alone).find("Net")->LacksDefinitions);
  ParsedUnit &Unit = cantFail(P.linkedUnit(Main));
  EXPECT_EQ(linked(Unit), std::vector<std::string>{Source});
  EXPECT_EQ(Unit.errorCount(), 0u);
  EXPECT_FALSE(discover(Unit).find("Net")->LacksDefinitions);
  EXPECT_EQ(&cantFail(P.linkedUnit(Main)), &Unit); // parsed once
}

TEST_F(ProjectTest, DefinitionsUnderAnotherNameAreFound) {
  Tree.write("include/net.h", NetHeader);
  std::string Source = Tree.write("src/implementation.cpp", NetSource);
  Tree.write("src/other.cpp", "#include \"net.h\"\nvoid unrelated();\n");
  std::string Main = Tree.write("app/main.cpp", "#include \"net.h\"\nint main() { Net net(4); }\n");
  Project P(paperOptions(), {Main});
  EXPECT_EQ(linked(cantFail(P.linkedUnit(Main))), std::vector<std::string>{Source});
}

TEST_F(ProjectTest, ConstructionSitesAreLinkedOnRequest) {
  Tree.write("net.h", NetHeader);
  std::string Source = Tree.write("net.cpp", NetSource);
  std::string Main = Tree.write("main.cpp", "#include \"net.h\"\nint main() { Net net(4); }\n");
  Tree.write("train.cpp", "#include \"net.h\"\nvoid train(Net net, int epochs);\n");
  Project P(paperOptions(), {Source});
  LinkOptions Link;
  EXPECT_TRUE(linked(cantFail(P.linkedUnit(Source, Link))).empty());
  Link.Constructions = true;
  ParsedUnit &Unit = cantFail(P.linkedUnit(Source, Link));
  EXPECT_EQ(linked(Unit), std::vector<std::string>{Main});
  EXPECT_EQ(discover(Unit).find("Net")->Constructions.size(), 1u);
}

TEST_F(ProjectTest, HelpersThatModulesCallAreLinked) {
  Tree.write("util.h", "#pragma once\nint width(int n);\n");
  std::string Source =
      Tree.write("math.cpp", "#include \"util.h\"\nint width(int n) { return 2 * n; }\n");
  std::string Net = Tree.write(
      "net.cpp", "#include <torch/torch.h>\n#include \"util.h\"\n"
                 "struct Net : torch::nn::Module {\n"
                 "  Net() { width(3); } torch::Tensor forward(torch::Tensor x) { return x; } };\n");
  Project P(paperOptions(), {Net});
  EXPECT_EQ(linked(cantFail(P.linkedUnit(Net))), std::vector<std::string>{Source});
}

TEST_F(ProjectTest, ContradictingFilesStayApart) {
  Tree.write("net.h", NetHeader);
  std::string Source =
      Tree.write("net.cpp", std::string("struct Config { int a; };\n") + NetSource);
  std::string Main = Tree.write(
      "main.cpp", "struct Config { double b; };\n#include \"net.h\"\nint main() { Net net(4); }\n");
  Project P(paperOptions(), {Main});
  ParsedUnit &Unit = cantFail(P.linkedUnit(Main));
  EXPECT_TRUE(linked(Unit).empty());
  EXPECT_EQ(Unit.errorCount(), 0u);
  SourceModel Model = discover(Unit);
  const clang::FunctionDecl *Forward = Model.find("Net")->Forwards[0];
  EXPECT_FALSE(Forward->isDefined());
  const clang::FunctionDecl *Found = P.definition(Forward, Unit);
  ASSERT_NE(Found, nullptr);
  EXPECT_TRUE(Found->hasBody());
  ParsedUnit *Owner = P.owner(Found);
  ASSERT_NE(Owner, nullptr);
  EXPECT_EQ(Owner->file(), Source);
}

TEST_F(ProjectTest, WhatAFileContradictsByItselfIsNotForItsLinks) {
  Tree.write("net.h", NetHeader);
  std::string Source = Tree.write("net.cpp", NetSource);
  Tree.write("twice.h", "#pragma once\nstruct Twice { int a; };\nstruct Twice { int b; };\n");
  std::string Main = Tree.write(
      "main.cpp", "#include \"twice.h\"\n#include \"net.h\"\nint main() { Net net(4); }\n");
  Project P(paperOptions(), {Main});
  EXPECT_EQ(linked(cantFail(P.linkedUnit(Main))), std::vector<std::string>{Source});
}

TEST_F(ProjectTest, DatabaseFilesAreSearched) {
  std::string Header = Tree.write("inc/net.h", NetHeader);
  std::string Source = Tree.write("far/away/x.cpp", NetSource);
  std::string Main = Tree.write("main.cpp", "#include \"net.h\"\nint main() { Net net(4); }\n");
  std::string Entries;
  for (const std::string &File : {Source, Main})
    Entries += std::string(Entries.empty() ? "" : ",") + R"({"directory": "/", "file": ")" + File +
               R"(", "arguments": ["g++", "-I)" + Tree.path("inc") + R"("]})";
  Tree.write("compile_commands.json", "[" + Entries + "]");
  Project P(paperOptions(), {Main});
  EXPECT_EQ(linked(cantFail(P.linkedUnit(Main))), std::vector<std::string>{Source});
}

TEST_F(ProjectTest, DroppedUnitsAreParsedAgain) {
  std::string Main = Tree.write("main.cpp", "int x;");
  Project P(paperOptions(), {Main, Main});
  EXPECT_EQ(P.files().size(), 1u);
  const clang::Decl *D = cantFail(P.unit(Main)).userDecls()[0];
  EXPECT_NE(P.owner(D), nullptr);
  P.drop(Main);
  EXPECT_EQ(cantFail(P.unit(Main)).userDecls().size(), 1u);
}

} // namespace
} // namespace energy::frontend
