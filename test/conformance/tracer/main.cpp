// Runs a model of Models.def under LibTorch in evaluation mode without gradients
// and writes what the dispatcher saw as trace JSON:
//
//   energy-trace --list             name, file, inputs and expression of every model
//   energy-trace MODEL [FILE]       the trace, to FILE or to standard output
#include "tracer/ModelRegistry.h"
#include "tracer/Trace.h"
#include <fstream>
#include <iostream>
#include <unordered_set>

using namespace energy::conformance;

namespace {

/// Names the module's tensors and counts their elements, each storage once.
std::vector<NamedTensor> knownTensors(const torch::nn::Module &Module, const Tensors &Inputs,
                                      Trace &Counts) {
  std::vector<NamedTensor> Known;
  std::unordered_set<const void *> Seen;
  auto isNew = [&](const at::Tensor &T) {
    return T.defined() && Seen.insert(T.unsafeGetTensorImpl()).second;
  };
  for (const auto &Item : Module.named_buffers()) {
    Known.push_back({"buffer:" + Item.key(), Item.value()});
    Counts.Buffers += isNew(Item.value()) ? Item.value().numel() : 0;
  }
  for (const auto &Item : Module.named_parameters()) {
    Known.push_back({"param:" + Item.key(), Item.value()});
    if (!isNew(Item.value()))
      continue;
    Counts.Parameters += Item.value().numel();
    Counts.TrainableParameters += Item.value().requires_grad() ? Item.value().numel() : 0;
  }
  for (size_t I = 0; I < Inputs.size(); ++I)
    Known.push_back({"input:" + std::to_string(I), Inputs[I]});
  return Known;
}

void trace(const ModelEntry &Entry, std::ostream &OS) {
  torch::manual_seed(1);
  Model M = Entry.Make();
  M.Module->eval();
  const Tensors Inputs = makeInputs(Entry.Inputs);
  Trace Counts;
  const auto Known = knownTensors(*M.Module, Inputs, Counts);
  Trace T = record(Known, [&] { return M.Forward(Inputs); });
  T.Parameters = Counts.Parameters;
  T.TrainableParameters = Counts.TrainableParameters;
  T.Buffers = Counts.Buffers;
  writeJson(T, {Entry.Name, "", Entry.File, M.Module->name(), Entry.Expression}, OS);
}

int usage() {
  std::cerr << "usage: energy-trace --list | energy-trace MODEL [FILE]\n";
  return 2;
}

} // namespace

int main(int Argc, char **Argv) try {
  if (Argc < 2 || Argc > 3)
    return usage();
  const std::string Name = Argv[1];
  if (Name == "--list") {
    for (const ModelEntry &M : models())
      std::cout << M.Name << '\t' << M.File << '\t' << M.Inputs << '\t' << M.Expression << '\n';
    return 0;
  }
  const ModelEntry *Entry = findModel(Name);
  if (!Entry) {
    std::cerr << "energy-trace: no model '" << Name << "', see --list\n";
    return 2;
  }
  if (Argc == 2) {
    trace(*Entry, std::cout);
    return 0;
  }
  std::ofstream File(Argv[2]);
  trace(*Entry, File);
  File.close();
  if (!File) {
    std::cerr << "energy-trace: cannot write '" << Argv[2] << "'\n";
    return 3;
  }
  return 0;
} catch (const std::exception &E) {
  std::cerr << "energy-trace: " << E.what() << '\n';
  return 3;
}
