#include "Frontend/SemaQueries.h"
#include "Frontend/PchCache.h"
#include "Frontend/SourceModel.h"
#include "TempTree.h"

namespace energy::frontend {
namespace {

class SemaQueriesTest : public testing::Test {
protected:
  TempTree Tree;
  FrontendOptions Options = paperOptions();
  std::unique_ptr<ParsedUnit> Unit;

  void parseText(llvm::StringRef Text) {
    std::string File = Tree.write("net.cpp", ("#include <torch/torch.h>\n" + Text).str());
    ParseRequest Request;
    Request.Command = cantFail(CompileCommands(Options).lookup(File));
    PchCache Cache(Options);
    Unit = cantFail(parse(Request, Cache, Options));
    ASSERT_EQ(Unit->errorCount(), 0u);
  }
};

TEST_F(SemaQueriesTest, ConstructorBehindMakeSharedIsChosen) {
  parseText(R"(
struct Net : torch::nn::Module { Net(int a, double b = 1.5); Net(const char *name); };
auto one = std::make_shared<Net>(7);
auto two = std::make_shared<Net>("x");
)");
  SourceModel Model = discover(*Unit);
  const ModuleClass *Net = Model.find("Net");
  ASSERT_EQ(Net->Constructions.size(), 2u);
  auto Chosen = [&](unsigned I) {
    const ConstructionSite &Site = Net->Constructions[I];
    const clang::Expr *E =
        constructExpr(*Unit, Net->Decl, Site.Arguments, Site.Construction->getBeginLoc());
    return E ? llvm::dyn_cast<clang::CXXConstructExpr>(E->IgnoreImplicit()) : nullptr;
  };
  ASSERT_NE(Chosen(0), nullptr);
  EXPECT_EQ(Chosen(0)->getNumArgs(), 2u); // the default argument is there
  ASSERT_NE(Chosen(1), nullptr);
  EXPECT_TRUE(Chosen(1)->getConstructor()->getParamDecl(0)->getType()->isPointerType());
  EXPECT_EQ(constructExpr(*Unit, Net->Decl, {}, {}), nullptr);
  EXPECT_EQ(Unit->errorCount(), 0u);
}

TEST_F(SemaQueriesTest, MembersOfTemplatesAreInstantiated) {
  parseText(R"(
template <class T> struct Net : torch::nn::Module {
  int width = sizeof(T) * 2;
  Net(int n, T scale = T(3)) { use(n); }
  void use(int);
};
template <class T> void Net<T>::use(int n) { width = n; }
std::shared_ptr<Net<double>> net = std::make_shared<Net<double>>(4);
)");
  SourceModel Model = discover(*Unit);
  const ModuleClass *Net = Model.find("Net");
  ASSERT_EQ(Net->Instantiations.size(), 1u);
  const clang::CXXRecordDecl *Class = Net->Instantiations[0];
  ASSERT_EQ(completeClass(*Unit, Class), Class);
  const clang::FieldDecl *Width = *Class->field_begin();
  EXPECT_NE(fieldInitializer(*Unit, Width), nullptr);
  for (const clang::CXXConstructorDecl *K : Class->ctors()) {
    if (K->isImplicit() || K->isCopyOrMoveConstructor())
      continue;
    ASSERT_NE(bodyOf(*Unit, K), nullptr);
    EXPECT_NE(defaultArgument(*Unit, K, K->getParamDecl(1)), nullptr);
    EXPECT_EQ(defaultArgument(*Unit, K, K->getParamDecl(0)), nullptr);
  }
}

} // namespace
} // namespace energy::frontend
