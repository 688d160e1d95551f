/// \file
/// What operators without measurements cost: joules per multiply-accumulate, byte,
/// page fault and call, with constants of the fitted types. How far off that is
/// shows on the fitted types themselves: each in turn is predicted by a roofline
/// that knows only the others, and the worst of them gives the interval.
#pragma once
#include "Recipe.h"

namespace energy::fit {

/// The recipe's roofline with constants from the terms of \p Types, named "type/term".
Json fitRoofline(const Json &Recipe, const Json &Types);

/// ln(measured / predicted) of one type's rows, predicted as if it had not been measured.
struct UnmeasuredType {
  std::string Name;
  std::vector<const Observation *> Rows;
  std::vector<double> LogErrors;
};
/// Each fitted forward type in turn. \p Profile needs its `types` and machine only.
std::vector<UnmeasuredType> leaveTypesOut(const Recipe &R, const Json &Profile,
                                          const std::vector<Observation> &Data);
/// The largest of the types' IntervalLevel quantiles: an operator without data is a
/// new type, and with a handful of types no smaller bound can be promised. A factor
/// of ten when there are no types to tell.
LogInterval rooflineInterval(const std::vector<UnmeasuredType> &Types);

} // namespace energy::fit
