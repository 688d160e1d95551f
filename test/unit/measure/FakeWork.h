/// \file
/// A meter at constant power on a hand-turned clock, and a backend whose
/// operators take a time that the test sets: sessions without waiting.
#pragma once
#include "EnergyClock.h"
#include "TestSupport.h"
#include "Workload.h"
#include <algorithm>
#include <functional>
#include <map>

namespace energy::measure::test {

class SteadyMeter final : public Meter {
public:
  ManualClock &Time;
  double Watts = 50;
  bool Readable = true;
  std::vector<CounterInfo> Infos{{"package-0", CounterKind::Package, 1e-6, 0}};
  explicit SteadyMeter(ManualClock &Time) : Time(Time) {}
  const char *name() const override { return "steady"; }
  Basis basis() const override { return Basis::Fake; }
  const std::vector<CounterInfo> &counters() const override { return Infos; }
  double expectedRefreshS() const override { return 1e-3; }
  double minWindowS() const override { return 0.1; }
  std::optional<CardCondition> Card;
  std::optional<CardCondition> cardCondition() override { return Card; }
  void read(std::vector<CounterRead> &Out) override {
    Out.assign(1, {static_cast<uint64_t>(Time.TimeS * Watts * 1e6), Readable, "gone"});
  }
};

class TimedWork final : public Workload {
  ManualClock &Time;
  double CallS;
  std::function<void()> OnCall;
  OpLine Line;

public:
  TimedWork(ManualClock &Time, double CallS, std::function<void()> OnCall = {}, OpLine Line = {})
      : Time(Time), CallS(CallS), OnCall(std::move(OnCall)), Line(std::move(Line)) {}
  void call() override {
    Time.TimeS += CallS;
    if (OnCall)
      OnCall();
  }
  OpLine described() const override { return Line; }
};

class FakeBackend final : public Backend {
public:
  ManualClock &Time;
  double CallS = 0.001;
  std::function<void()> OnCall;
  std::vector<std::string> Prepared;
  unsigned MostThreads = 64;
  std::string Rejected; ///< an operator that "LibTorch" refuses
  explicit FakeBackend(ManualClock &Time) : Time(Time) {}
  std::string version() const override { return "0.0"; }
  std::string deviceTrouble(const std::string &) override { return {}; }
  unsigned setThreads(unsigned Threads) override { return std::min(Threads, MostThreads); }
  void limitMemory(uint64_t) override {}
  std::unique_ptr<Workload> prepare(const Configuration &C) override {
    Prepared.push_back(C.key());
    if (C.Model.empty() && C.Line.Op == Rejected)
      throw std::runtime_error("kernel is larger than the input\nat conv.cpp:1");
    OpLine Line = C.Line;
    Line.HasResult = true;
    Line.Results = {{"f32", {1}}};
    return std::make_unique<TimedWork>(Time, C.Model.empty() ? CallS : 10 * CallS, OnCall, Line);
  }
};

} // namespace energy::measure::test
