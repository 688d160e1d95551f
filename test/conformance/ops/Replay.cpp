// Evaluates recorded operator calls with our rules. Each line of stdin is an
// OpLine with the recorded results, a tab, and the recorded multiply-accumulates.
// Prints every difference; exits with 1 when there is one, with 2 on bad input.
#include "Torch/OpDef.h"
#include "llvm/Support/raw_ostream.h"
#include <iostream>

using namespace energy;
using namespace energy::torch;

namespace {

std::string resultsText(llvm::ArrayRef<TensorType> Types) {
  std::string S;
  for (const TensorType &T : Types)
    S += (S.empty() ? "" : " ") + T.str();
  return S;
}

/// What our rules say of the call: results and MACs, or why not.
std::string ours(OpCall Call) {
  const OpInfo *Op = findOp(Call.Op);
  if (!Op)
    return "no row in the operator table";
  if (llvm::Error E = fillDefaults(*Op, Call))
    return "cannot bind: " + llvm::toString(std::move(E));
  llvm::Expected<Outcome> Out = evaluate(*Op, Call);
  if (!Out)
    return "rejected: " + llvm::toString(Out.takeError());
  return resultsText(Out->Types) + ", " + std::to_string(Out->Cost.Macs) + " MACs";
}

/// False when the line cannot be read.
bool replay(const std::string &Text, unsigned &Different) {
  size_t Tab = Text.find('\t');
  OpLine Line;
  std::string Error;
  if (Tab == std::string::npos || !OpLine::parse(Text.substr(0, Tab), Line, Error)) {
    llvm::outs() << "cannot be read: " << Text << '\n' << "  " << Error << '\n';
    return false;
  }
  llvm::Expected<OpCall> Call = fromOpLine(Line);
  if (!Call) {
    llvm::outs() << "cannot be read: " << Text << '\n'
                 << "  " << llvm::toString(Call.takeError()) << '\n';
    return false;
  }
  llvm::SmallVector<TensorType, 2> Recorded;
  for (const TensorArg &R : Call->Results)
    Recorded.push_back(R.Type);
  std::string Wanted = resultsText(Recorded) + ", " + Text.substr(Tab + 1) + " MACs";
  Call->Results.clear();
  std::string Got = ours(std::move(*Call));
  if (Got == Wanted)
    return true;
  ++Different;
  llvm::outs() << Text.substr(0, Tab) << "\n  recorded: " << Wanted << "\n  ours:     " << Got
               << '\n';
  return true;
}

} // namespace

int main() {
  unsigned Lines = 0, Different = 0;
  for (std::string Text; std::getline(std::cin, Text); ++Lines)
    if (!replay(Text, Different))
      return 2;
  llvm::outs() << Lines << " calls, " << Different << " different\n";
  return Different ? 1 : 0;
}
