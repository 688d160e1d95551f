/// \file
/// Prints the operator table as lines: `schema ...` (verbatim), `sample ...`
/// (a call and what must come of it), `sweep NAME ...` (what to measure), or,
/// with --markdown, docs/ops.md. Checks every sample against our own rules first and
/// exits with 1 on a disagreement: op-table | energy-measure check.
#include "Markdown.h"
#include "Torch/OpDef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

using namespace energy;
using namespace energy::torch;

namespace {
std::string resultsText(const Results &Types) {
  std::string S;
  for (const TensorType &T : Types)
    S += " " + T.str();
  return S;
}

/// What our rule says of a sample, in the words of an OpLine: "-> f32[2]",
/// "-> error", or "" when the result depends on data.
llvm::Expected<std::string> judge(const OpInfo &Op, const OpLine &Line, std::string &Why) {
  llvm::Expected<OpCall> Call = fromOpLine(Line);
  if (!Call)
    return Call.takeError();
  if (llvm::Error E = fillDefaults(Op, *Call))
    return E;
  llvm::Expected<Outcome> Out = evaluate(Op, *Call);
  if (Out)
    return " ->" + resultsText(Out->Types);
  bool DataDependent = false;
  llvm::Error Rest = llvm::handleErrors(
      Out.takeError(), [&](const DataDependentError &) { DataDependent = true; });
  Why = llvm::toString(std::move(Rest));
  return DataDependent ? "" : " -> error";
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
  std::string Why;
  llvm::Expected<std::string> Ours = judge(*findOp(Op.name()), Line, Why);
  if (!Ours)
    return llvm::toString(Ours.takeError());
  if (*Ours == wanted(Line))
    return "";
  return "our rule says '" + *Ours + "'" + (Why.empty() ? "" : " (" + Why + ")");
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
      OS << "schema " << Op.Schema << '\n';
      for (llvm::StringRef Sample : Op.Samples)
        OS << "sample " << sampleLine(Op, Sample) << '\n';
      for (llvm::StringRef Sweep : Op.Sweeps)
        OS << "sweep " << Op.name() << ' ' << Sweep << '\n';
    }
}
} // namespace

int main(int ArgCount, char **Args) {
  llvm::ArrayRef<char *> Options(Args + 1, static_cast<size_t>(ArgCount - 1));
  bool Markdown = Options.size() == 1 && llvm::StringRef(Options[0]) == "--markdown";
  if (!Options.empty() && !Markdown) {
    llvm::errs() << "usage: op-table [--markdown]\n";
    return 2;
  }
  if (hasDuplicates())
    return 1;
  unsigned Bad = checkTable();
  if (Markdown)
    writeMarkdown(llvm::outs());
  else
    printLines(llvm::outs());
  return Bad ? 1 : 0;
}
