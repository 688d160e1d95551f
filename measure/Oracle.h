/// \file
/// Judges the operator table: `schema` lines against LibTorch's own text,
/// `sample` lines by running the real operator on small CPU tensors. What is
/// judged is shapes and element types of all results, or that the call is
/// rejected; never values. Lines of other kinds ("sweep ...") are passed over.
#pragma once
#include <iosfwd>

namespace energy::measure {

struct OracleOptions {
  /// Operators that this LibTorch lacks are reported but do not fail.
  bool AllowAbsent = false;
  /// Samples whose tensors together are larger are not run and fail.
  unsigned long long MaxSampleBytes = 512ull << 20;
};

/// Prints each disagreement with both sides, then "N passed, N failed".
/// Returns 0 when nothing failed, else 1.
int check(std::istream &In, std::ostream &Out, const OracleOptions &Options);

} // namespace energy::measure
