// Compares the lowering of torch::nn modules and functions with what
// layer-trace recorded from LibTorch: parameters and buffers by name and sizes,
// then every call with its arguments and result sizes, then the results.
//
//   layer-conformance TRACE
#include "Schema/OpLine.h"
#include "Torch/Layer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <map>

using namespace energy;
using namespace energy::torch;

namespace {
struct RecordedCase {
  std::string Text;
  std::vector<std::string> Modules, Parameters, Buffers, Results, Calls;
  bool Throws = false;
};

std::vector<RecordedCase> readTrace(llvm::StringRef Text) {
  std::vector<RecordedCase> All;
  for (llvm::StringRef Line : llvm::split(Text, '\n')) {
    auto [Kind, Rest] = Line.split(' ');
    if (Kind == "case")
      All.emplace_back().Text = Rest.str();
    else if (All.empty())
      continue;
    else if (Kind == "module")
      All.back().Modules.push_back(Rest.str());
    else if (Kind == "param")
      All.back().Parameters.push_back(Rest.str());
    else if (Kind == "buffer")
      All.back().Buffers.push_back(Rest.str());
    else if (Kind == "result")
      All.back().Results.push_back(Rest.str());
    else if (Kind == "call")
      All.back().Calls.push_back(Rest.str());
    else if (Kind == "throws")
      All.back().Throws = true;
  }
  return All;
}

/// One case, lowered by the analyzer.
struct Lowered {
  ModelGraph Graph;
  std::vector<std::string> Modules, Parameters, Buffers, Results;
};

void listModule(Lowered &L) {
  for (const ModuleNode &M : L.Graph.Modules) {
    if (!M.Path.empty())
      L.Modules.push_back(M.Path + " " + M.Type);
    for (const Parameter &P : M.Parameters)
      (P.IsBuffer ? L.Buffers : L.Parameters)
          .push_back(L.Graph.value(P.Value.Id).Name + " " + P.Value.Type.str());
  }
}
bool lowerCase(const OpCall &Case, Lowered &Out) {
  bool Training = false;
  std::vector<NamedArg> Options;
  std::map<size_t, ArgValue> Inputs;
  GraphBuilder B(Out.Graph);
  ModuleId Root = B.addModule(ModuleId::Root, "", "", {});
  auto Named = [&](ArgValue V, llvm::StringRef Name) {
    if (auto *T = V.as<TensorArg>())
      return ArgValue(B.source(T->Type, ValueInfo::Origin::Input, Name));
    return V;
  };
  for (const NamedArg &A : Case.Args) {
    size_t Index;
    if (A.Name == "train")
      Training = *A.Value.as<bool>();
    else if (llvm::StringRef Name = A.Name;
             Name.consume_front("input") && !Name.getAsInteger(10, Index)) {
      auto *Same = A.Value.as<std::string>();
      llvm::StringRef Other = Same ? llvm::StringRef(*Same) : "";
      if (size_t From; Other.consume_front("input") && !Other.getAsInteger(10, From))
        Inputs[Index] = Inputs[From];
      else
        Inputs[Index] = Named(A.Value, A.Name);
    } else
      Options.push_back({A.Name, Named(A.Value, A.Name)});
  }
  std::vector<ArgValue> Positional(Inputs.empty() ? 0 : Inputs.rbegin()->first + 1);
  for (auto &[Index, Value] : Inputs)
    Positional[Index] = Value;

  llvm::StringRef Name = Case.Op;
  std::vector<TensorArg> Results;
  if (Name.consume_front("F::")) {
    const FunctionalDef *F = findFunctional(Name);
    if (!F)
      return false;
    Results = runFunctional(*F, B, Options, Positional, Training);
  } else {
    Name.consume_front("nn::");
    const LayerDef *Run = findLayer(Name), *Build = findLayer(Name.split("::").first);
    if (!Run || !Build)
      return false;
    Out.Graph.module(Root).Type = Build->Name.str();
    buildLayer(*Build, B, Root, Options);
    listModule(Out);
    Results = runLayer(*Run, B, Root, Options, Positional, Training);
  }
  for (const TensorArg &T : Results)
    Out.Results.push_back(!T.Defined ? "None" : T.known() ? T.Type.str() : "unknown");
  return true;
}

bool isPlacement(llvm::StringRef Name) {
  return Name == "layout" || Name == "device" || Name == "pin_memory" || Name == "generator" ||
         Name == "memory_format";
}
std::optional<double> asNumber(const OpLineValue &V) {
  if (auto *I = std::get_if<int64_t>(&V.Value))
    return static_cast<double>(*I);
  if (auto *D = std::get_if<double>(&V.Value))
    return *D;
  return std::nullopt;
}
bool isSameNumber(double A, double B) {
  return A == B || std::abs(A - B) <= 1e-6 * std::max(std::abs(A), std::abs(B)) ||
         (std::isnan(A) && std::isnan(B));
}
bool isSame(const OpLineValue &A, const OpLineValue &B) {
  std::optional<double> X = asNumber(A), Y = asNumber(B);
  if (X && Y)
    return isSameNumber(*X, *Y);
  auto *L = std::get_if<OpLineValue::List>(&A.Value);
  auto *M = std::get_if<OpLineValue::List>(&B.Value);
  if (!L || !M)
    return toString(A) == toString(B);
  return L->size() == M->size() &&
         llvm::all_of(llvm::zip(*L, *M), [](auto Pair) {
           return isSame(std::get<0>(Pair), std::get<1>(Pair));
         });
}

class Report {
  llvm::StringRef Case;
  unsigned &Count;

public:
  Report(llvm::StringRef Case, unsigned &Count) : Case(Case), Count(Count) {}
  void add(const llvm::Twine &What) {
    llvm::outs() << Case << "\n  " << What << "\n";
    ++Count;
  }
};

void compareCall(const OpCall &Ours, llvm::StringRef Theirs, Report &Out) {
  OpLine Want, Have = toOpLine(Ours);
  std::string Error;
  if (!OpLine::parse(Theirs, Want, Error))
    return Out.add("cannot read '" + Theirs + "': " + Error);
  if (Want.Op != Have.Op)
    return Out.add("calls '" + Have.Op + "' instead of '" + Want.Op + "'");
  for (const auto &[Name, Value] : Want.Args) {
    if (isPlacement(Name))
      continue;
    const OpLineValue *Own = Have.find(Name);
    if (!isSame(Value, Own ? *Own : OpLineValue()))
      Out.add("'" + Want.Op + "' has " + Name + "=" +
              (Own ? toString(*Own) : std::string("nothing")) + " instead of " +
              toString(Value));
  }
  if (!Ours.understood())
    return;
  std::string HaveResults, WantResults;
  for (const OpLineTensor &T : Have.Results)
    HaveResults += " " + toString(OpLineValue{T});
  for (const OpLineTensor &T : Want.Results)
    WantResults += " " + toString(OpLineValue{T});
  if (HaveResults != WantResults)
    Out.add("'" + Want.Op + "' gives" + HaveResults + " instead of" + WantResults);
}

void compareList(llvm::StringRef What, const std::vector<std::string> &Ours,
                 const std::vector<std::string> &Theirs, Report &Out) {
  if (Ours != Theirs)
    Out.add(What + " " + llvm::join(Ours, ", ") + " instead of " + llvm::join(Theirs, ", "));
}

/// The calls' indices as they were made, or by operator name.
template <class Function>
std::vector<size_t> callOrder(size_t Count, bool ByName, Function NameOf) {
  std::vector<size_t> Order;
  for (size_t I = 0; I < Count; ++I)
    Order.push_back(I);
  if (ByName)
    llvm::sort(Order, [&](size_t A, size_t B) {
      return std::pair(NameOf(A), A) < std::pair(NameOf(B), B);
    });
  return Order;
}

void compareCase(const RecordedCase &Want, unsigned &Count) {
  Report Out(Want.Text, Count);
  OpLine Line;
  std::string Error;
  if (!OpLine::parse(Want.Text, Line, Error))
    return Out.add("cannot read the case: " + Error);
  llvm::Expected<OpCall> Case = fromOpLine(Line);
  if (!Case)
    return Out.add(llvm::toString(Case.takeError()));
  Lowered Have;
  if (!lowerCase(*Case, Have))
    return Out.add("has no row in the layer tables");
  bool Rejects = !Have.Graph.Findings.empty();
  if (Rejects != Want.Throws)
    Out.add(Rejects ? "rejects what LibTorch accepts: " + Have.Graph.Findings.front().Message
                    : "accepts what LibTorch rejects");
  if (!Rejects)
    for (const Unknown &U : Have.Graph.Unknowns)
      Out.add("is unknown: " + U.Reason);
  compareList("submodules", Have.Modules, Want.Modules, Out);
  compareList("parameters", Have.Parameters, Want.Parameters, Out);
  compareList("buffers", Have.Buffers, Want.Buffers, Out);

  std::vector<OpCall> &Calls = Have.Graph.Calls;
  llvm::erase_if(Calls, [](const OpCall &C) { return !llvm::StringRef(C.Op).starts_with("aten"); });
  // Functions are compiled by this build's compiler, which may evaluate the
  // operands of one expression in another order than that of LibTorch's build.
  bool AnyOrder = llvm::StringRef(Want.Text).starts_with("F::");
  std::vector<size_t> Ours = callOrder(Calls.size(), AnyOrder, [&](size_t I) {
    return llvm::StringRef(Calls[I].Op);
  });
  std::vector<size_t> Theirs = callOrder(Want.Calls.size(), AnyOrder, [&](size_t I) {
    return llvm::StringRef(Want.Calls[I]).split(' ').first;
  });
  for (size_t I = 0; I < std::min(Calls.size(), Want.Calls.size()); ++I)
    compareCall(Calls[Ours[I]], Want.Calls[Theirs[I]], Out);
  if (!Want.Throws && Calls.size() != Want.Calls.size())
    Out.add("makes " + llvm::Twine(Calls.size()) + " calls instead of " +
            llvm::Twine(Want.Calls.size()));
  if (!Want.Throws)
    compareList("results", Have.Results, Want.Results, Out);
}
} // namespace

int main(int Argc, char **Argv) {
  if (Argc != 2) {
    llvm::errs() << "usage: layer-conformance TRACE\n";
    return 2;
  }
  auto Trace = llvm::MemoryBuffer::getFile(Argv[1]);
  if (!Trace) {
    llvm::errs() << "layer-conformance: cannot read '" << Argv[1] << "'\n";
    return 2;
  }
  std::vector<RecordedCase> Cases = readTrace((*Trace)->getBuffer());
  unsigned Differences = 0;
  for (const RecordedCase &C : Cases)
    compareCase(C, Differences);
  llvm::outs() << Cases.size() << " cases, " << Differences << " differences\n";
  return Differences == 0 && !Cases.empty() ? 0 : 1;
}
