#include "Numerics/FitError.h"
#include "Observation.h"
#include "Torch/OpDef.h"

using namespace energy;
using namespace energy::fit;

/// The value of an Expected, or a FitError that starts with the call's text.
template <class T> static T orFail(llvm::Expected<T> Value, const std::string &Text) {
  if (!Value)
    throw FitError("'" + Text + "': " + llvm::toString(Value.takeError()));
  return std::move(*Value);
}

PricedCall energy::fit::priceCall(const std::string &Text) {
  OpLine Line;
  std::string Problem;
  if (!OpLine::parse(Text, Line, Problem))
    throw FitError("'" + Text + "': " + Problem);
  PricedCall P{orFail(fromOpLine(Line), Text), {}};
  const torch::OpInfo *Op = torch::findOp(P.Call.Op);
  if (!Op)
    throw FitError("'" + Text + "': the operator '" + P.Call.Op + "' is not in the operator table");
  if (llvm::Error E = torch::fillDefaults(*Op, P.Call))
    throw FitError("'" + Text + "': " + llvm::toString(std::move(E)));
  torch::Outcome Out = orFail(torch::evaluate(*Op, P.Call), Text);
  P.Call.Results.assign(Out.Types.begin(), Out.Types.end());
  P.Cost = Out.Cost;
  return P;
}
