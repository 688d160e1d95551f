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

/// The same function with the same units on each of these threads.
void onThreads(unsigned Threads, const std::function<void(unsigned)> &Function) {
  std::vector<std::thread> Workers;
  for (unsigned T = 0; T < Threads; ++T)
    Workers.emplace_back(Function, T);
  for (std::thread &W : Workers)
    W.join();
}

/// Units of work that take about this long.
uint64_t unitsFor(const SizedWork &Work, double Seconds, Clock &Time) {
  Work.Run(1); // pages, clock frequency
  for (uint64_t Units = 1;; Units *= 2) {
    const double StartS = Time.nowS();
    Work.Run(Units);
    const double TookS = Time.nowS() - StartS;
    if (TookS > 0.2 * Seconds || Units > (1ull << 40))
      return std::max<uint64_t>(1, static_cast<uint64_t>(static_cast<double>(Units) * Seconds / std::max(TookS, 1e-9)));
  }
}

KnownWorkResult judge(const SizedWork &Work, Surroundings &Around, const KnownWorkOptions &Options) {
  KnownWorkResult R;
  R.Work = Work.Name;
  R.Threads = Options.Threads;
  R.TheBasis = Around.Sums.meter().basis();
  const uint64_t Units = unitsFor(Work, Around.Sums.windowS(Options.Protocol.WindowS), Around.Sums.clock());
  std::vector<double> Small, Large, Ratios;
  for (unsigned Round = 0; Round < Options.Rounds && !Around.Interrupted(); ++Round) {
    WindowEnergy W[2]; // small, large
    for (unsigned Turn = 0; Turn < 2; ++Turn) {
      const unsigned Size = (Turn + Round) % 2; // drift must not favour one size
      const Snapshot Begin = Around.Sums.snapshot();
      Work.Run(Units << Size);
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

std::vector<SizedWork> cpuWork(unsigned Threads) {
  constexpr size_t BufferBytes = 64u << 20; // each thread's share is beyond a last-level cache's
  auto Buffers = std::make_shared<std::vector<std::vector<float>>>();
  return {{"fma", [Threads](uint64_t Units) { onThreads(Threads, [Units](unsigned) { multiplyAdds(Units); }); }},
          {"stream", [Threads, Buffers](uint64_t Units) {
             if (Buffers->empty())
               Buffers->assign(Threads, std::vector<float>(BufferBytes / sizeof(float), 1.0f));
             onThreads(Threads, [&](unsigned T) { stream((*Buffers)[T], Units); });
           }}};
}

std::vector<SizedWork> deviceWork(Backend &Torch, const std::string &Device) {
  auto Repeated = [&](const char *Name, const char *Call) {
    Configuration C;
    std::string Error;
    if (!OpLine::parse(Call, C.Line, Error))
      throw std::logic_error(Error);
    C.Device = Device;
    std::shared_ptr<Workload> Work = Torch.prepare(C);
    return SizedWork{Name, [Work](uint64_t Units) {
                       for (uint64_t U = 0; U < Units; ++U)
                         Work->call();
                       Work->synchronize();
                     }};
  };
  return {Repeated("fma", "aten::mm self=f32[2048,2048] mat2=f32[2048,2048]"),
          Repeated("stream", "aten::clone self=f32[67108864]")};
}

std::vector<KnownWorkResult> runKnownWork(Surroundings &Around, const std::vector<SizedWork> &Works,
                                          const KnownWorkOptions &Options) {
  std::vector<KnownWorkResult> All;
  for (const SizedWork &Work : Works)
    All.push_back(judge(Work, Around, Options));
  return All;
}

} // namespace energy::measure
