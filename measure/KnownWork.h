/// \file
/// The test of a meter by work of known size: multiply-adds that stay in
/// registers, and bytes streamed through memory, at two sizes of which the larger
/// is twice the smaller. The energies must be in the same ratio within the
/// stated interval. Plain C++ without LibTorch.
#pragma once
#include "Protocol.h"
#include <iosfwd>

namespace energy::measure {

struct KnownWorkResult {
  std::string Work; ///< "fma" or "stream"
  unsigned Threads = 1;
  double SmallJ = 0, LargeJ = 0;
  double Ratio = 0, RatioHalfWidth = 0;
  bool Passed = false;
  std::string Trouble; ///< why there is no figure
};

struct KnownWorkOptions {
  unsigned Threads = 1;
  unsigned Rounds = 7;         ///< pairs of a small and a large run, in alternating order
  double Tolerance = 0.03;     ///< that the machine's own drift may add to the interval
  ProtocolOptions Protocol;
};

std::vector<KnownWorkResult> runKnownWork(Surroundings &Around, const KnownWorkOptions &Options);
std::string knownWorkLine(const KnownWorkResult &R);

} // namespace energy::measure
