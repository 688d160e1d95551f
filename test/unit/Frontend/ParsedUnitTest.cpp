#include "Frontend/ParsedUnit.h"
#include "Frontend/PchCache.h"
#include "TempTree.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/STLExtras.h"

namespace energy::frontend {
namespace {

class ParsedUnitTest : public testing::Test {
protected:
  TempTree Tree;
  FrontendOptions Options = paperOptions();
  ParseRequest Request;

  llvm::Expected<std::unique_ptr<ParsedUnit>> tryParse(llvm::StringRef Text,
                                                       llvm::StringRef Name = "net.cpp") {
    std::string File = Tree.write(Name, Text);
    Request.Command = cantFail(CompileCommands(Options).lookup(File));
    PchCache Cache(Options);
    return parse(Request, Cache, Options);
  }
  std::unique_ptr<ParsedUnit> parseText(llvm::StringRef Text, llvm::StringRef Name = "net.cpp") {
    return cantFail(tryParse(Text, Name));
  }
  static const clang::FunctionDecl *function(ParsedUnit &Unit, llvm::StringRef Name) {
    for (clang::Decl *D : Unit.userDecls())
      if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(D); F && F->getName() == Name)
        return F;
    return nullptr;
  }
};

TEST_F(ParsedUnitTest, OnlyTheUsersBodiesAreParsed) {
  Tree.write("sys/lib.h", "inline int lib() { return 1; }\n");
  Tree.write("mine.h", "inline int mine() { return 2; }\n");
  Options.FixedFlags = std::vector<std::string>{"-isystem", Tree.path("sys")};
  auto Unit =
      parseText("#include <lib.h>\n#include \"mine.h\"\nint use() { return lib() + mine(); }\n");
  EXPECT_EQ(Unit->errorCount(), 0u);
  ASSERT_EQ(Unit->userDecls().size(), 2u);
  EXPECT_TRUE(function(*Unit, "mine")->doesThisDeclarationHaveABody());
  EXPECT_FALSE(Unit->isMainFile(function(*Unit, "mine")->getLocation()));
  EXPECT_TRUE(Unit->isMainFile(function(*Unit, "use")->getLocation()));
  for (const clang::Decl *D : Unit->context().getTranslationUnitDecl()->decls())
    if (auto *F = llvm::dyn_cast<clang::FunctionDecl>(D);
        F && F->getIdentifier() && F->getName() == "lib") {
      EXPECT_FALSE(F->hasBody());
      EXPECT_FALSE(Unit->isUserDecl(F));
    }
}

TEST_F(ParsedUnitTest, VendoredCodeIsNotTheUsers) {
  Tree.write("third_party/json.h", "inline int json() { return 1; }\n");
  auto Unit = parseText("#include \"third_party/json.h\"\nint own();\n");
  ASSERT_EQ(Unit->userDecls().size(), 1u);
  EXPECT_NE(function(*Unit, "own"), nullptr);
}

TEST_F(ParsedUnitTest, MissingHeaderIsReportedOnceAndTheRestIsParsed) {
  auto Unit =
      parseText("#include <opencv2/opencv.hpp>\n#include <opencv2/opencv.hpp>\n"
                "#include <torch/torch.h>\n#include <nowhere.h>\n"
                "cv::Mat load();\ntorch::nn::Linear make() { return torch::nn::Linear(1, 2); }\n");
  ASSERT_EQ(Unit->missingHeaders().size(), 2u);
  EXPECT_EQ(Unit->missingHeaders()[0].Name, "opencv2/opencv.hpp");
  EXPECT_EQ(Unit->missingHeaders()[0].Location.Line, 1u);
  EXPECT_EQ(Unit->missingHeaders()[1].Location.Line, 4u);
  ASSERT_NE(function(*Unit, "make"), nullptr);
  EXPECT_TRUE(function(*Unit, "make")->hasBody());
}

TEST_F(ParsedUnitTest, FilesCanFollowWhatIsParsedAlready) {
  Tree.write("net.h", "#pragma once\nint first();\ntemplate <class T> T twice(T x) { return x + x; }\n");
  Tree.write("quoted/deep/a.h", "int a();\n");
  Tree.write("angled/deep/b.h", "int b();\n");
  std::string First = Tree.write("first.cpp", "#include \"net.h\"\n#include \"deep/a.h\"\nint first() { return twice(1); }\n");
  std::string Second = Tree.write("second.cpp", "#include \"net.h\"\n#include <deep/b.h>\nint second() { return twice(first()) + a() + b(); }\n");
  auto Unit = parseText("#include \"net.h\"\nint own() { return twice(first()); }");
  EXPECT_FALSE(function(*Unit, "first")->isDefined());
  std::vector<std::string> Args = Unit->command().Args;
  for (llvm::StringRef Arg : {"-iquote", "quoted", "-I", "angled"})
    Args.push_back(Arg.starts_with("-") ? Arg.str() : Tree.path(Arg));
  Unit = parseMore(std::move(Unit), First, Args, Options);
  ASSERT_NE(Unit, nullptr);
  Unit = parseMore(std::move(Unit), Second, Args, Options);
  ASSERT_NE(Unit, nullptr);
  EXPECT_EQ(Unit->errorCount(), 0u);
  EXPECT_EQ(Unit->missingHeaders().size(), 0u);
  EXPECT_EQ(Unit->linkedFiles().vec(), (std::vector<std::string>{First, Second}));
  EXPECT_TRUE(function(*Unit, "first")->isDefined());
  EXPECT_TRUE(function(*Unit, "second")->isDefined());
  EXPECT_EQ(Unit->span(function(*Unit, "second")->getLocation()).File, Second);
  EXPECT_EQ(Unit->span(function(*Unit, "second")->getLocation()).Line, 3u);
  EXPECT_TRUE(Unit->isMainFile(function(*Unit, "own")->getLocation()));
  EXPECT_FALSE(Unit->isMainFile(function(*Unit, "second")->getLocation()));
}

TEST_F(ParsedUnitTest, BrokenCodeIsDataNotAFailure) {
  for (llvm::StringRef Text :
       {"", "}}}}", "class { int (((", "template <class T> struct A : A<A<T>> {}; A<int> a;",
        "#include \"net.cpp\"\n", "#if\n#else\n#else\n", "int f( { return \"unterminated }\n",
        "/* no end", "R\"x(", "\xff\xfe\x00zzz", "namespace a { namespace b {",
        "auto x = [](auto self) { return self(self); }; int y = x(x);"})
    EXPECT_NE(parseText(Text), nullptr) << Text.str();
}

TEST_F(ParsedUnitTest, DeepNestingIsSurvived) {
  std::string Parens = "int x = " + std::string(100000, '(') + "1" + std::string(100000, ')') + ";";
  EXPECT_NE(parseText(Parens), nullptr);
  std::string Sum = "int y = 1";
  for (int I = 0; I < 20000; ++I)
    Sum += " + 1";
  EXPECT_NE(parseText(Sum + ";"), nullptr);
  std::string Blocks = "void f() " + std::string(50000, '{') + std::string(50000, '}');
  EXPECT_NE(parseText(Blocks), nullptr);
}

TEST_F(ParsedUnitTest, EndlessParsingIsGivenUp) {
  Options.ParseSeconds = 1;
  Options.UsePch = false;
  auto Unit = tryParse(
      "template <int N, long M> struct F {\n"
      "  static const int value = F<N - 1, 2 * M>::value + F<N - 1, 2 * M + 1>::value; };\n"
      "template <long M> struct F<0, M> { static const int value = 1; };\n"
      "int x = F<40, 1>::value;\n");
  ASSERT_FALSE(static_cast<bool>(Unit));
  EXPECT_NE(llvm::toString(Unit.takeError()).find("took longer than 1 s"), std::string::npos);
}

TEST_F(ParsedUnitTest, UnreadableFileIsAnError) {
  Request.Command = cantFail(CompileCommands(Options).lookup(Tree.path("absent.cpp")));
  PchCache Cache(Options);
  auto Unit = parse(Request, Cache, Options);
  ASSERT_FALSE(static_cast<bool>(Unit));
  EXPECT_NE(llvm::toString(Unit.takeError()).find("absent.cpp"), std::string::npos);
}

TEST_F(ParsedUnitTest, ExpressionIsParsedInTheFilesContext) {
  auto Unit = parseText("#include <torch/torch.h>\nnamespace models {\n"
                        "struct NetImpl : torch::nn::Module { NetImpl(int a, int b); };\n"
                        "TORCH_MODULE(Net);\n}\nint broken = nothing;\n");
  const size_t Decls = Unit->userDecls().size();
  auto Parse = [&](llvm::StringRef Text) { return Unit->expression(Text, {"models"}, Options); };
  auto First = Parse("Net(3, 2 + 2)");
  ASSERT_TRUE(static_cast<bool>(First)) << llvm::toString(First.takeError());
  EXPECT_EQ((*First)->getType().getAsString(), "Net");
  EXPECT_EQ(cantFail(Parse("Net(3, 2 + 2)")), *First);
  EXPECT_NE(llvm::toString(Parse("Nett(1)").takeError()).find("Nett"), std::string::npos);
  EXPECT_NE(llvm::toString(Parse("Net(").takeError()), "");
  auto After = Parse("models::Net(1, 2)"); // the parser has recovered
  EXPECT_TRUE(static_cast<bool>(After)) << llvm::toString(After.takeError());
  // Neither its code nor its errors are the user's.
  EXPECT_EQ(Unit->userDecls().size(), Decls);
  ASSERT_EQ(Unit->diagnostics().size(), 1u);
  EXPECT_EQ(Unit->diagnostics()[0].Location.Line, 6u);
}

TEST_F(ParsedUnitTest, UnsavedTextReplacesTheFile) {
  Options.Unsaved[Tree.path("net.cpp")] = "int unsaved();";
  auto Unit = parseText("int saved();");
  EXPECT_NE(function(*Unit, "unsaved"), nullptr);
  EXPECT_EQ(function(*Unit, "saved"), nullptr);
}

TEST_F(ParsedUnitTest, HeaderAsMainFileKeepsItsGuards) {
  Tree.write("net.cpp", "#include \"net.hpp\"\nint Net::f() { return 1; }\n");
  Request.LinkedFiles = {Tree.path("net.cpp")};
  auto Unit = parseText("#pragma once\nstruct Net { int f(); };\n", "net.hpp");
  EXPECT_EQ(Unit->errorCount(), 0u);
  ASSERT_FALSE(Unit->userDecls().empty());
  EXPECT_TRUE(Unit->isMainFile(Unit->userDecls()[0]->getLocation()));
}

} // namespace
} // namespace energy::frontend
