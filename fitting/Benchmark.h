/// \file
/// How long a fit and a prediction take, on this machine and now.
#pragma once
#include "Fit.h"

namespace energy::fit {

struct BenchmarkResult {
  double FitSeconds = 0, FitCpuSeconds = 0; ///< elapsed, and of all threads together
  double PeakMegabytes = 0; ///< of the whole process
  double PhysicalNanoseconds = 0; ///< one estimateJoules() without residual
  double ResidualNanoseconds = 0; ///< with residual; 0 when no type has one
  double ExplainedNanoseconds = 0; ///< one estimate() with terms and interval
};
BenchmarkResult runBenchmark(const Recipe &R, const std::vector<Observation> &Data);

} // namespace energy::fit
