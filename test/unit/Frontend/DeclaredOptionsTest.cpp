#include "Frontend/DeclaredOptions.h"
#include "Frontend/PchCache.h"
#include "Frontend/StandIns.h"
#include "TempTree.h"
#include "clang/AST/Expr.h"

namespace energy::frontend {
namespace {

class DeclaredOptionsTest : public testing::Test {
protected:
  TempTree Tree;
  FrontendOptions Options = paperOptions();
  std::unique_ptr<ParsedUnit> Unit;

  /// Parses with the stand-ins, whatever is installed on this machine.
  std::vector<DeclaredOption> optionsOf(llvm::StringRef Text) {
    std::string File = Tree.write("main.cpp", Text);
    Options.FixedFlags = std::vector<std::string>{"-I" + standInDirectory().str()};
    ParseRequest Request;
    Request.Command = cantFail(CompileCommands(Options).lookup(File));
    PchCache Cache(Options);
    Unit = cantFail(parse(Request, Cache, Options));
    for (const SourceDiagnostic &D : Unit->diagnostics())
      ADD_FAILURE() << D.Location.Line << ": " << D.Message;
    return declaredOptions(*Unit);
  }
};

TEST_F(DeclaredOptionsTest, Boost) {
  auto Found = optionsOf(R"(
#include <boost/program_options.hpp>
#include <iostream>
namespace po = boost::program_options;
po::options_description arguments() {
  po::options_description args("Options", 200, 30);
  args.add_options()
    ("help", "produce help message")
    ("dataset,d", po::value<std::string>(), "name")
    ("nz", po::value<size_t>()->default_value(512), "width")
    ("flag", po::bool_switch(), "switch");
  return args;
}
struct Net { size_t n; Net(po::variables_map &vm) { n = vm["nz"].as<size_t>(); } };
int main(int argc, const char *argv[]) {
  po::variables_map vm;
  po::options_description args = arguments();
  po::store(po::parse_command_line(argc, argv, args), vm);
  po::notify(vm);
  if (vm.empty() || vm.count("help")) std::cout << args;
  Net net(vm);
}
)");
  ASSERT_EQ(Found.size(), 4u);
  std::map<std::string, const DeclaredOption *> ByName;
  for (const DeclaredOption &O : Found)
    ByName[O.Name] = &O;
  ASSERT_TRUE(ByName.count("dataset"));
  EXPECT_EQ(ByName["dataset"]->Default, nullptr);
  ASSERT_TRUE(ByName.count("nz"));
  ASSERT_NE(ByName["nz"]->Default, nullptr);
  EXPECT_TRUE(ByName["nz"]->Type->isIntegerType());
  EXPECT_EQ(ByName["nz"]->Location.Line, 10u);
  EXPECT_TRUE(ByName["flag"]->Type->isBooleanType());
}

TEST_F(DeclaredOptionsTest, CxxoptsAndArgparse) {
  auto Found = optionsOf(R"(
#include <cxxopts.hpp>
#include <argparse/argparse.hpp>
int main(int argc, char **argv) {
  cxxopts::Options options("x", "y");
  options.add_options()("w,width", "width", cxxopts::value<int>()->default_value("64"))("h", "help");
  auto r = options.parse(argc, argv);
  int w = r["width"].as<int>();
  argparse::ArgumentParser parser("x");
  parser.add_argument("-e", "--epochs").help("n").default_value(std::int64_t{30}).scan<'i', int64_t>();
  return w + (int)parser.get<int64_t>("--epochs");
}
)");
  ASSERT_EQ(Found.size(), 3u);
  for (const DeclaredOption &O : Found) {
    if (O.Name == "width") {
      EXPECT_TRUE(O.DefaultIsText);
      EXPECT_TRUE(O.Type->isIntegerType());
      EXPECT_NE(O.Default, nullptr);
    } else if (O.Name == "epochs") {
      EXPECT_FALSE(O.DefaultIsText);
      EXPECT_NE(O.Default, nullptr);
    } else {
      EXPECT_EQ(O.Name, "h");
      EXPECT_EQ(O.Default, nullptr);
    }
  }
}

TEST_F(DeclaredOptionsTest, BoundVariablesParse) {
  EXPECT_TRUE(optionsOf(R"(
#include <CLI/CLI.hpp>
#include <gflags/gflags.h>
DEFINE_int32(width, 64, "width");
int main(int argc, char **argv) {
  CLI::App app{"x"};
  int depth = 4;
  app.add_option("--depth", depth, "depth")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  return FLAGS_width + depth;
}
)")
                  .empty());
}

} // namespace
} // namespace energy::frontend
