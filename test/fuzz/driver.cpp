// Runs every model of a generated batch under LibTorch:
//
//   energy-fuzz-driver BATCH.so > traces.json
//
// Writes {"m0": trace or {"error": "message"}, ...}. A model whose constructor or
// forward throws is a rejected one; that is an answer, not a failure.
#include "GeneratedModels.h"
#include "tracer/Trace.h"
#include <dlfcn.h>
#include <iostream>
#include <sstream>
#include <unordered_set>

using namespace energy::conformance;

static std::string firstLine(const std::string &Text) {
  std::string Out;
  for (char C : Text.substr(0, Text.find('\n')))
    if (C >= ' ' && C != '"' && C != '\\')
      Out += C;
  return Out;
}

static void run(const GeneratedModel &G, std::ostream &OS) {
  try {
    torch::manual_seed(1);
    Model M = G.Make();
    M.Module->eval();
    const Tensors Inputs = makeInputs(G.Inputs);
    std::vector<NamedTensor> Known;
    for (const auto &Item : M.Module->named_parameters())
      Known.push_back({"param:" + Item.key(), Item.value()});
    Trace T = record(Known, [&] { return M.Forward(Inputs); });
    std::unordered_set<const void *> Seen; // a module may have two names
    for (const NamedTensor &P : Known)
      if (Seen.insert(P.Value.unsafeGetTensorImpl()).second)
        T.Parameters += P.Value.numel();
    std::ostringstream Text;
    writeJson(T, {G.Name, "", "", "", ""}, Text);
    OS << Text.str();
  } catch (const std::exception &E) {
    OS << "{\"error\":\"" << firstLine(E.what()) << "\"}\n";
  }
}

int main(int Argc, char **Argv) {
  if (Argc != 2) {
    std::cerr << "usage: energy-fuzz-driver BATCH.so\n";
    return 2;
  }
  void *Batch = dlopen(Argv[1], RTLD_NOW);
  auto *Models = Batch ? reinterpret_cast<decltype(&generatedModels)>(
                             dlsym(Batch, "generatedModels"))
                       : nullptr;
  if (!Models) {
    std::cerr << "energy-fuzz-driver: " << dlerror() << '\n';
    return 3;
  }
  size_t Count = 0;
  const GeneratedModel *Table = Models(&Count);
  std::cout << "{\n";
  for (size_t I = 0; I < Count; ++I) {
    std::cout << (I ? "," : "") << '"' << Table[I].Name << "\":";
    run(Table[I], std::cout);
  }
  std::cout << "}\n";
}
