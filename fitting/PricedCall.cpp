#include "Numerics/FitError.h"
#include "Observation.h"

using namespace energy;
using namespace energy::fit;

PricedCall energy::fit::priceCall(const std::string &Text) {
  OpLine Line;
  std::string Problem;
  if (!OpLine::parse(Text, Line, Problem))
    throw FitError("'" + Text + "': " + Problem);
  llvm::Expected<OpCall> Call = fromOpLine(Line);
  if (!Call)
    throw FitError("'" + Text + "': " + llvm::toString(Call.takeError()));
  PricedCall P{std::move(*Call), {}};
  for (const NamedArg &A : P.Call.Args)
    if (auto *T = A.Value.as<TensorArg>()) {
      P.Cost.Elements = T->Type.elements();
      P.Cost.BytesRead = P.Cost.BytesWritten = 4 * P.Cost.Elements;
      if (llvm::StringRef(Line.Op).ends_with("_"))
        P.Cost.BytesAllocated = 0;
      else
        P.Cost.BytesAllocated = P.Cost.BytesWritten;
      break;
    }
  return P;
}
