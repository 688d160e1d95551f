#include "Frontend/PchCache.h"
#include "Frontend/SourceModel.h"
#include "TempTree.h"
#include "llvm/ADT/STLExtras.h"

namespace energy::frontend {
namespace {

class DiscoveryTest : public testing::Test {
protected:
  TempTree Tree;
  FrontendOptions Options = paperOptions();
  std::unique_ptr<ParsedUnit> Unit;
  SourceModel Model;

  void discoverIn(llvm::StringRef Text) {
    std::string File = Tree.write("net.cpp", ("#include <torch/torch.h>\n" + Text).str());
    ParseRequest Request;
    Request.Command = cantFail(CompileCommands(Options).lookup(File));
    PchCache Cache(Options);
    Unit = cantFail(parse(Request, Cache, Options));
    Model = discover(*Unit);
  }
  std::vector<std::string> roots() const {
    std::vector<std::string> Result;
    for (const ModuleClass &C : Model.Classes)
      if (C.isRoot())
        Result.push_back(C.displayName());
    return Result;
  }
  using Names = std::vector<std::string>;
};

TEST_F(DiscoveryTest, FieldsAndConstructionsContain) {
  discoverIn(R"(
struct AImpl : torch::nn::Module { AImpl(int); torch::Tensor forward(torch::Tensor x); };
TORCH_MODULE(A);
struct BImpl : torch::nn::Module { torch::Tensor forward(torch::Tensor x); };
struct CImpl : torch::nn::Module { torch::Tensor forward(torch::Tensor x); };
torch::nn::Sequential helper() { torch::nn::Sequential s; s->push_back(std::make_shared<CImpl>()); return s; }
struct DImpl : torch::nn::Module { torch::Tensor forward(torch::Tensor x); };
struct NetImpl : torch::nn::Module {
  A a{nullptr};
  std::vector<std::shared_ptr<BImpl>> bs;
  torch::nn::Sequential c = helper();
  torch::nn::ModuleList list;
  NetImpl() { list->push_back(std::make_shared<DImpl>()); }
  torch::Tensor forward(torch::Tensor x);
};
TORCH_MODULE(Net);
)");
  EXPECT_EQ(roots(), Names{"Net"});
  EXPECT_EQ(Model.find("Net")->HolderName, "Net");
  EXPECT_EQ(Model.find("A")->Constructors.size(), 1u);
  EXPECT_FALSE(Model.find("A")->HasDefaultConstructor);
  EXPECT_TRUE(Model.find("A")->LacksDefinitions);
  ASSERT_EQ(Model.Functions.size(), 1u);
  EXPECT_TRUE(Model.Functions[0].CalledByModule);
}

TEST_F(DiscoveryTest, BasesAndAbstractClassesAreNotRoots) {
  discoverIn(R"(
struct Base : torch::nn::Module { virtual torch::Tensor forward(torch::Tensor x) = 0; };
struct Mid : Base { torch::Tensor forward(torch::Tensor x) override { return x; } };
struct Leaf : Mid { int n = 1; };
struct Stack : torch::nn::SequentialImpl { Stack() { push_back(torch::nn::ReLU()); } };
struct Plain { int forward(int); };
struct NoForward : torch::nn::Module {};
)");
  EXPECT_EQ(roots(), (Names{"Leaf", "Stack"}));
  const ModuleClass *Leaf = Model.find("Leaf");
  ASSERT_EQ(Leaf->Forwards.size(), 1u);
  EXPECT_EQ(Leaf->DerivedFrom.size(), 1u);
  EXPECT_TRUE(Model.find("Base")->IsAbstract);
  EXPECT_EQ(Model.find("Plain"), nullptr);
}

TEST_F(DiscoveryTest, TemplatesCountByTheirInstantiations) {
  discoverIn(R"(
struct BasicImpl : torch::nn::Module { BasicImpl(int) {} torch::Tensor forward(torch::Tensor x); };
TORCH_MODULE(Basic);
template <class Block> struct ResNetImpl : torch::nn::Module {
  torch::nn::Sequential s;
  ResNetImpl(int n) { s->push_back(Block(n)); }
  torch::Tensor forward(torch::Tensor x);
};
template <class Block> struct ResNet : torch::nn::ModuleHolder<ResNetImpl<Block>> {
  using torch::nn::ModuleHolder<ResNetImpl<Block>>::ModuleHolder;
};
template <class T> struct UnusedImpl : torch::nn::Module { torch::Tensor forward(torch::Tensor x); };
int main() { ResNet<Basic> net(18); net->forward(torch::zeros({1, 3, 8, 8})); }
)");
  EXPECT_EQ(roots(), Names{"ResNet"});
  const ModuleClass *Net = Model.find("ResNetImpl");
  ASSERT_NE(Net, nullptr);
  ASSERT_EQ(Net->Instantiations.size(), 1u);
  ASSERT_EQ(Net->Constructions.size(), 1u);
  EXPECT_EQ(Net->Constructions[0].Arguments.size(), 1u);
  EXPECT_EQ(Net->Calls.size(), 1u);
  EXPECT_EQ(Model.find(Net->Instantiations[0]), Net);
}

TEST_F(DiscoveryTest, SitesAndCallsOutsideModulesAreFound) {
  discoverIn(R"(
namespace zoo {
struct NetImpl : torch::nn::Module { NetImpl(int a, int b = 2); torch::Tensor forward(torch::Tensor x); };
TORCH_MODULE(Net);
}
int main() {
  zoo::Net one(1);
  auto two = std::make_shared<zoo::NetImpl>(2, 3);
  zoo::Net none{nullptr};
  auto *three = new zoo::NetImpl(3);
  auto x = torch::randn({1, 3, 32, 32});
  one->forward(x);
  one(x);
  two->forward(x);
}
)");
  const ModuleClass *Net = Model.find("Net");
  ASSERT_EQ(Net->Constructions.size(), 3u);
  EXPECT_EQ(Net->Constructions[0].Variable->getName(), "one");
  EXPECT_EQ(Net->Constructions[1].Variable->getName(), "two");
  EXPECT_EQ(Net->Constructions[1].Arguments.size(), 2u);
  EXPECT_EQ(Net->Constructions[2].Arguments.size(), 1u);
  ASSERT_EQ(Net->Calls.size(), 3u);
  EXPECT_EQ(Net->Calls[1].Variable->getName(), "one");
  EXPECT_EQ(Model.namespaces(), Names{"zoo"});
}

TEST_F(DiscoveryTest, ModelsWithoutAClass) {
  discoverIn(R"(
torch::nn::Sequential make_net(int n) { return torch::nn::Sequential(torch::nn::Linear(1, n)); }
int main() {
  torch::nn::Sequential net(torch::nn::Linear(1, 2), torch::nn::ReLU());
  torch::nn::Linear fc(3, 4);
  torch::nn::CrossEntropyLoss loss;
  net->forward(torch::zeros({5, 1}));
}
)");
  ASSERT_EQ(Model.Functions.size(), 1u);
  EXPECT_EQ(Model.Functions[0].Name, "make_net");
  EXPECT_FALSE(Model.Functions[0].CalledByModule);
  ASSERT_EQ(Model.Variables.size(), 2u);
  EXPECT_EQ(Model.Variables[0].Type, "Sequential");
  EXPECT_EQ(Model.Variables[0].Calls.size(), 1u);
  EXPECT_EQ(Model.Variables[1].Name, "fc");
}

TEST_F(DiscoveryTest, ABaseThatConstructsItsDerivedClassDoesNotContainIt) {
  discoverIn(R"(
template <class Derived> struct Copied : torch::nn::Module {
  std::shared_ptr<torch::nn::Module> clone(const torch::optional<torch::Device> &) const override {
    return std::make_shared<Derived>(static_cast<const Derived &>(*this));
  }
};
struct Net : Copied<Net> { Net(int); torch::Tensor forward(torch::Tensor x); };
struct Made : torch::nn::Module {
  static std::shared_ptr<Made> make();
  virtual torch::Tensor forward(torch::Tensor x) = 0;
};
struct Kind : Made { torch::Tensor forward(torch::Tensor x) override { return x; } };
std::shared_ptr<Made> Made::make() { return std::make_shared<Kind>(); }
)");
  EXPECT_EQ(roots(), (Names{"Net", "Kind"}));
}

TEST_F(DiscoveryTest, CyclesHaveARoot) {
  discoverIn(R"(
struct B;
struct A : torch::nn::Module { std::shared_ptr<B> b; torch::Tensor forward(torch::Tensor x); };
struct B : torch::nn::Module { std::shared_ptr<A> a; torch::Tensor forward(torch::Tensor x); };
struct Self : torch::nn::Module { std::shared_ptr<Self> inner; torch::Tensor forward(torch::Tensor x); };
)");
  EXPECT_EQ(roots(), (Names{"A", "Self"}));
}

} // namespace
} // namespace energy::frontend
