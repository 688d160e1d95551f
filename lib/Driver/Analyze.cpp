#include "Driver/Analyze.h"
#include "Driver/Merge.h"
#include "Frontend/SourceModel.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/thread.h"
#include <atomic>
#include <chrono>

using namespace energy;

namespace {
/// What \p Work returns; adds the time that it took to \p Seconds.
template <class Function> auto timed(double &Seconds, Function Work) {
  auto Start = std::chrono::steady_clock::now();
  auto Done = llvm::make_scope_exit([&] {
    Seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - Start).count();
  });
  return Work();
}

/// Costs, energy and findings of one reconstructed model.
ModelReport assess(ModelGraph Graph, llvm::StringRef File, const AnalysisOptions &Options,
                   std::vector<Finding> &Findings) {
  ModelReport M;
  M.File = File.str();
  M.Graph = std::move(Graph);
  // What each call costs, whatever the device.
  M.Costs = computeCosts(M.Graph);
  M.Layers = layerUses(M.Graph, M.Costs);
  if (Options.Interp.Training)
    M.Training = computeTrainingCost(M.Graph, M.Costs);
  // What that means in joules, on each device.
  for (const auto &Device : Options.Devices)
    M.Energy.push_back(
        estimateModel(*Device, M.Graph, M.Costs, M.Training ? &*M.Training : nullptr));
  // What the user should know about it.
  for (Finding &F : runChecks({M.Graph, M.Costs, M.Layers, *Options.Devices.front(),
                               M.Energy.front(), Options.Checks}))
    Findings.push_back(std::move(F));
  return M;
}

/// Each --model is looked for on its own: a file need not have all of them. Returns the functions
/// without a body that models with unknowns were to run.
std::vector<frontend::WantedDefinition> reconstructAll(frontend::Project &Project, frontend::ParsedUnit &Unit,
                                                       const AnalysisOptions &Options, bool TryInputs,
                                                       std::vector<ModelGraph> &Models, FileAnalysis &Out) {
  std::vector<frontend::WantedDefinition> Undefined;
  Models.clear();
  Out.MissingModels.clear();
  std::vector<std::string> Requests = Options.Interp.Models;
  if (Requests.empty())
    Requests.emplace_back();
  for (const std::string &Request : Requests) {
    interp::InterpOptions Interp = Options.Interp;
    Interp.TryInputs = TryInputs;
    Interp.Models.clear();
    if (!Request.empty())
      Interp.Models.push_back(Request);
    llvm::Expected<std::vector<ModelGraph>> Graphs = timed(
        Out.Times.Interpreting, [&] { return interp::reconstruct(Project, Unit, Interp, Undefined); });
    if (!Graphs) {
      Out.MissingModels[Request] = llvm::toString(Graphs.takeError());
      continue;
    }
    llvm::append_range(Models, std::move(*Graphs));
  }
  return Undefined;
}

/// Takes the files that define what is \p Wanted, and what these need in turn, into \p Unit; false
/// when there are none. Null: the unit did not survive it.
bool linkWanted(frontend::Project &Project, frontend::ParsedUnit *&Unit, const AnalysisOptions &Options,
                std::vector<frontend::WantedDefinition> Wanted, int &Rounds, FileAnalysis &Out) {
  const size_t Before = Unit->linkedFiles().size();
  for (size_t Last = Before; !Wanted.empty() && Rounds > 0; --Rounds) {
    llvm::Expected<frontend::ParsedUnit &> Larger =
        timed(Out.Times.Parsing, [&] { return Project.linkFurther(*Unit, Wanted); });
    Unit = Larger ? &*Larger : nullptr;
    if (!Larger) {
      describeFailure(Larger.takeError(), Out);
      return false;
    }
    if (Unit->linkedFiles().size() <= Last)
      break;
    Last = Unit->linkedFiles().size();
    std::vector<ModelGraph> OfOneRun;
    Wanted = reconstructAll(Project, *Unit, Options, /*TryInputs=*/false, OfOneRun, Out);
  }
  return Unit->linkedFiles().size() > Before;
}

/// The models of \p Unit, which takes in further files where a model turns out to need them; null
/// when the unit does not survive that.
frontend::ParsedUnit *reconstructLinking(frontend::Project &Project, frontend::ParsedUnit *Unit,
                                         const AnalysisOptions &Options, FileAnalysis &Out) {
  const std::string File = Unit->file();
  int Rounds = 8; // what is found may need something else
  std::vector<ModelGraph> Models;
  std::vector<frontend::WantedDefinition> Wanted;
  do
    Wanted = reconstructAll(Project, *Unit, Options, /*TryInputs=*/true, Models, Out);
  while (linkWanted(Project, Unit, Options, Wanted, Rounds, Out));
  for (ModelGraph &G : Models)
    Out.Models.push_back(
        timed(Out.Times.Estimating, [&] { return assess(std::move(G), File, Options, Out.Findings); }));
  return Unit;
}

void describeSource(frontend::ParsedUnit &Unit, SourcePrinter Print, FileAnalysis &Out) {
  llvm::raw_string_ostream OS(Out.SourceText);
  Print(Unit, frontend::discover(Unit), OS);
}

FileAnalysis analyzeFile(frontend::Project &Project, llvm::StringRef File,
                         const AnalysisOptions &Options, SourcePrinter Print) {
  FileAnalysis Out;
  Out.File = File.str();
  // The file and what completes it, as one AST.
  frontend::LinkOptions Link;
  Link.Constructions = true;
  llvm::Expected<frontend::ParsedUnit &> Linked =
      timed(Out.Times.Parsing, [&] { return Project.linkedUnit(File, Link); });
  if (!Linked) {
    describeFailure(Linked.takeError(), Out);
    return Out;
  }
  frontend::ParsedUnit *Unit = &*Linked;
  // Its models as graphs of operator calls, then everything that follows from them.
  if (Print)
    describeSource(*Unit, Print, Out);
  else
    Unit = reconstructLinking(Project, Unit, Options, Out);
  if (Unit)
    describeSourceErrors(*Unit, Out);
  return Out;
}
} // namespace

Analysis energy::analyze(frontend::Project &Project, const AnalysisOptions &Options,
                         SourcePrinter Print) {
  llvm::ArrayRef<std::string> Files = Project.files();
  std::vector<FileAnalysis> Results(Files.size());
  std::atomic<size_t> Next = 0;
  size_t Jobs = std::min<size_t>(std::max(1u, Options.Jobs), Files.size());
  auto Work = [&] {
    for (size_t I = Next++; I < Files.size(); I = Next++) {
      Results[I] = analyzeFile(Project, Files[I], Options, Print);
      // To free an AST takes time that pays only when others follow.
      if (Next < Files.size())
        Project.drop(Files[I]);
    }
  };
  // Deeply nested models recurse deeply; the interpreter's limits assume this stack.
  constexpr unsigned StackBytes = 256u << 20;
  std::vector<llvm::thread> Workers;
  for (size_t J = 0; J < Jobs; ++J)
    Workers.emplace_back(std::optional<unsigned>(StackBytes), Work);
  for (llvm::thread &W : Workers)
    W.join();
  return merge(std::move(Results), Options);
}
