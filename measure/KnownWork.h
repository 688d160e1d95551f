/// \file
/// The test of a meter by work of known size: multiply-adds, and bytes streamed
/// through memory, at two sizes of which the larger is twice the smaller. The
/// energies must be in the same ratio within the stated interval. On the CPU
/// plain C++ without LibTorch, on another device two operators.
#pragma once
#include "Protocol.h"
#include <functional>

namespace energy::measure {

struct KnownWorkResult {
  std::string Work; ///< "fma" or "stream"
  unsigned Threads = 1;
  double SmallJ = 0, LargeJ = 0;
  double Ratio = 0, RatioHalfWidth = 0;
  bool Passed = false;
  Basis TheBasis = Basis::Fake;
  std::string Trouble; ///< why there is no figure
};

/// Work that can be done in any number of equal units.
struct SizedWork {
  std::string Name; ///< "fma" or "stream"
  std::function<void(uint64_t Units)> Run;
};
std::vector<SizedWork> cpuWork(unsigned Threads);
/// Matrix products and copies of a large tensor.
std::vector<SizedWork> deviceWork(Backend &Torch, const std::string &Device);

struct KnownWorkOptions {
  unsigned Threads = 1;
  unsigned Rounds = 7;         ///< pairs of a small and a large run, in alternating order
  double Tolerance = 0.03;     ///< that the machine's own drift may add to the interval
  ProtocolOptions Protocol;
};

std::vector<KnownWorkResult> runKnownWork(Surroundings &Around, const std::vector<SizedWork> &Works,
                                          const KnownWorkOptions &Options);
std::string knownWorkLine(const KnownWorkResult &R);

} // namespace energy::measure
