/// \file
/// Prints the operator table as lines: `schema ...` (verbatim), `sample ...`
/// (a call and what must come of it), `sweep NAME ...` (what to measure), or,
/// with --markdown, docs/ops.md. `later` stands before what LibTorch 1.13 lacks. Checks
/// every sample against our own rules first and exits with 1 on a disagreement:
/// op-table | energy-measure check. With --evaluate it answers calls from standard input
/// instead, one line each:
///   aten::mm self=f32[2,3] mat2=f32[3,4]   ->   -> f32[2,4] macs=24
#include "Markdown.h"
#include "Torch/OpDef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"
#include <iostream>

using namespace energy;
using namespace energy::torch;

namespace {
std::string resultsText(const Results &Types) {
  std::string S;
  for (const TensorType &T : Types)
    S += " " + T.str();
  return S;
}

/// What our rule says of a call, in the words of an OpLine: "-> f32[2]",
/// "-> error", or "" when the result depends on data.
struct Verdict {
  std::string Text;
  std::string Why; ///< why it is rejected or depends on data
  int64_t Macs = 0;
};
llvm::Expected<Verdict> judge(const OpInfo &Op, const OpLine &Line) {
  llvm::Expected<OpCall> Call = fromOpLine(Line);
  if (!Call)
    return Call.takeError();
  if (llvm::Error E = fillDefaults(Op, *Call))
    return E;
  llvm::Expected<Outcome> Out = evaluate(Op, *Call);
  if (Out)
    return Verdict{" ->" + resultsText(Out->Types), "", Out->Cost.Macs};
  llvm::Error E = Out.takeError();
  bool DataDependent = E.isA<DataDependentError>();
  return Verdict{DataDependent ? "" : " -> error", llvm::toString(std::move(E))};
}

/// What the sample says, in the same words.
std::string wanted(const OpLine &Line) {
  if (!Line.HasResult)
    return "";
  if (Line.ExpectError)
    return " -> error";
  std::string S = " ->";
  for (const OpLineTensor &T : Line.Results)
    S += " " + toString(OpLineValue{T});
  return S;
}

/// Empty when the rule agrees with the sample, else what is wrong.
std::string checkSample(const OpDef &Op, llvm::StringRef Sample) {
  std::string Text = sampleLine(Op, Sample), Error;
  OpLine Line;
  if (!OpLine::parse(Text, Line, Error))
    return Error;
  if (Line.Op != Op.name())
    return "the sample is of '" + Line.Op + "'";
  llvm::Expected<Verdict> Ours = judge(*findOp(Op.name()), Line);
  if (!Ours)
    return llvm::toString(Ours.takeError());
  if (Ours->Text == wanted(Line))
    return "";
  return "our rule says '" + Ours->Text + "'" + (Ours->Why.empty() ? "" : " (" + Ours->Why + ")");
}

/// The registry asserts that names are unique, so this is asked before it is built.
bool hasDuplicates() {
  bool Found = false;
  llvm::StringSet<> Seen;
  for (llvm::ArrayRef<OpDef> Family : opFamilies())
    for (const OpDef &Op : Family)
      if (!Seen.insert(Op.name()).second) {
        llvm::errs() << "op-table: two rows for '" << Op.name() << "'\n";
        Found = true;
      }
  return Found;
}

unsigned checkTable() {
  unsigned Bad = 0;
  for (llvm::ArrayRef<OpDef> Family : opFamilies()) {
    for (const OpDef &Op : Family) {
      auto Complain = [&](llvm::StringRef Where, const llvm::Twine &What) {
        llvm::errs() << "op-table: " << Where << ": " << What << '\n';
        ++Bad;
      };
      if (Op.Samples.empty())
        Complain(Op.name(), "no sample");
      for (llvm::StringRef Sample : Op.Samples)
        if (std::string What = checkSample(Op, Sample); !What.empty())
          Complain(sampleLine(Op, Sample), What);
    }
  }
  return Bad;
}

void printLines(llvm::raw_ostream &OS) {
  for (llvm::ArrayRef<OpDef> Family : opFamilies())
    for (const OpDef &Op : Family) {
      const llvm::StringRef Later = Op.Later ? "later " : "";
      OS << Later << "schema " << Op.Schema << '\n';
      for (llvm::StringRef Sample : Op.Samples)
        OS << Later << "sample " << sampleLine(Op, Sample) << '\n';
      for (llvm::StringRef Sweep : Op.Sweeps)
        OS << "sweep " << Op.name() << ' ' << Sweep << '\n';
    }
}

std::string answer(const std::string &Text) {
  OpLine Line;
  std::string Error;
  if (!OpLine::parse(Text, Line, Error))
    return "malformed: " + Error;
  const OpInfo *Op = findOp(Line.Op);
  if (!Op)
    return "no row for '" + Line.Op + "'";
  llvm::Expected<Verdict> V = judge(*Op, Line);
  if (!V)
    return "malformed: " + llvm::toString(V.takeError());
  if (!V->Why.empty())
    return (V->Text.empty() ? "data-dependent: " : "-> error: ") + V->Why;
  return llvm::StringRef(V->Text).ltrim().str() + " macs=" + std::to_string(V->Macs);
}
} // namespace

int main(int ArgCount, char **Args) {
  llvm::StringRef Mode = ArgCount == 2 ? Args[1] : "";
  if (ArgCount > 2 || !(Mode.empty() || Mode == "--markdown" || Mode == "--evaluate")) {
    llvm::errs() << "usage: op-table [--markdown | --evaluate]\n";
    return 2;
  }
  if (hasDuplicates())
    return 1;
  if (Mode == "--evaluate") {
    for (std::string Text; std::getline(std::cin, Text);)
      llvm::outs() << answer(Text) << '\n';
    return 0;
  }
  unsigned Bad = checkTable();
  if (Mode == "--markdown")
    writeMarkdown(llvm::outs());
  else
    printLines(llvm::outs());
  return Bad ? 1 : 0;
}
