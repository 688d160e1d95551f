#include "KnownWork.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

namespace energy::measure {
namespace {

/// Results go here so that no compiler drops the work.
volatile float Sink;

/// Units of one million multiply-adds in registers.
void multiplyAdds(uint64_t Units) {
  constexpr int Lanes = 64; // enough independent chains to fill the pipelines
  float X[Lanes];
  for (int I = 0; I < Lanes; ++I)
    X[I] = static_cast<float>(I) * 0.01f;
  for (uint64_t U = 0; U < Units; ++U)
    for (int Step = 0; Step < 1'000'000 / Lanes; ++Step)
      for (int I = 0; I < Lanes; ++I)
        X[I] = X[I] * 0.999f + 0.5f;
  float Sum = 0;
  for (float V : X)
    Sum += V;
  Sink = Sum;
}

/// Units of one pass that reads and writes all of the buffer.
void stream(std::vector<float> &Buffer, uint64_t Units) {
  for (uint64_t U = 0; U < Units; ++U) {
    for (float &V : Buffer)
      V = V * 0.999f + 0.5f;
    Sink = Buffer[U % Buffer.size()];
  }
}

class Work {
  const bool Streams;
  const unsigned Threads;
  std::vector<std::vector<float>> Buffers;

public:
  Work(bool Streams, unsigned Threads) : Streams(Streams), Threads(Threads) {
    constexpr size_t BufferBytes = 64u << 20; // each thread's share is beyond a last-level cache's
    if (Streams)
      Buffers.assign(Threads, std::vector<float>(BufferBytes / sizeof(float), 1.0f));
  }
  void run(uint64_t Units) {
    std::vector<std::thread> Workers;
    for (unsigned T = 0; T < Threads; ++T)
      Workers.emplace_back([this, T, Units] { Streams ? stream(Buffers[T], Units) : multiplyAdds(Units); });
    for (std::thread &W : Workers)
      W.join();
  }
  /// Units of work that take about this long.
  uint64_t unitsFor(double Seconds, Clock &Time) {
    run(1); // pages, clock frequency
    for (uint64_t Units = 1;; Units *= 2) {
      const double StartS = Time.nowS();
      run(Units);
      const double TookS = Time.nowS() - StartS;
      if (TookS > 0.2 * Seconds || Units > (1ull << 40))
        return std::max<uint64_t>(1, static_cast<uint64_t>(static_cast<double>(Units) * Seconds / std::max(TookS, 1e-9)));
    }
  }
};

KnownWorkResult judge(bool Streams, Surroundings &Around, const KnownWorkOptions &Options) {
  KnownWorkResult R;
  R.Work = Streams ? "stream" : "fma";
  R.Threads = Options.Threads;
  Work TheWork(Streams, Options.Threads);
  const double WindowS = std::max(Options.Protocol.WindowS, Around.Sums.meter().minWindowS());
  const uint64_t Units = TheWork.unitsFor(WindowS, Around.Sums.clock());
  std::vector<double> Small, Large, Ratios;
  for (unsigned Round = 0; Round < Options.Rounds && !Around.Interrupted(); ++Round) {
    WindowEnergy W[2]; // small, large
    for (unsigned Turn = 0; Turn < 2; ++Turn) {
      const unsigned Size = (Turn + Round) % 2; // drift must not favour one size
      const Snapshot Begin = Around.Sums.snapshot();
      TheWork.run(Units << Size);
      W[Size] = Around.Sums.between(Begin, Around.Sums.snapshot());
      if (!W[Size].Good)
        R.Trouble = W[Size].Why;
    }
    if (!W[0].Good || !W[1].Good || !(W[0].Joules > 0))
      continue;
    Small.push_back(W[0].Joules);
    Large.push_back(W[1].Joules);
    Ratios.push_back(W[1].Joules / W[0].Joules);
  }
  if (Ratios.size() < 3) {
    R.Trouble = R.Trouble.empty() ? "fewer than three good rounds" : R.Trouble;
    return R;
  }
  R.Trouble.clear();
  R.SmallJ = meanWithInterval(Small, Options.Protocol.Confidence).Value;
  R.LargeJ = meanWithInterval(Large, Options.Protocol.Confidence).Value;
  const Mean Ratio = meanWithInterval(Ratios, Options.Protocol.Confidence);
  R.Ratio = Ratio.Value;
  R.RatioHalfWidth = Ratio.HalfWidth;
  // A very noisy meter must not pass because its interval is wide.
  constexpr double WidestInterval = 0.2;
  R.Passed = std::abs(R.Ratio - 2) <= R.RatioHalfWidth + Options.Tolerance * 2 && R.RatioHalfWidth <= WidestInterval;
  return R;
}
} // namespace

std::vector<KnownWorkResult> runKnownWork(Surroundings &Around, const KnownWorkOptions &Options) {
  std::vector<KnownWorkResult> All;
  for (bool Streams : {false, true})
    All.push_back(judge(Streams, Around, Options));
  return All;
}

} // namespace energy::measure
