/// \file
/// What is measured, without LibTorch: a configuration, the work it stands for,
/// and the backend that turns one into the other. The protocol and the session
/// know only these.
#pragma once
#include "Schema/OpLine.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace energy::measure {

enum class Phase { Forward, ForwardBackward };
const char *toString(Phase P); ///< "forward", "forward_backward"

/// One thing to measure: an operator call, or a whole model.
struct Configuration {
  OpLine Line;       ///< the call; unused for a model
  std::string Model; ///< a model's name; empty for a call
  std::string ModelType = "f32"; ///< element type of a model's parameters and inputs
  Phase ThePhase = Phase::Forward;
  unsigned Threads = 1;
  std::string Device = "cpu";
  std::string Source = "sweep"; ///< "sweep" or "model:NAME"

  /// Equal for configurations that a resumed run need not measure again.
  std::string key() const;
  uint64_t id() const; ///< of the key: what long runs remember
};

/// A configuration that cannot be measured, with the reason for the file.
struct Unmeasurable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Work that is ready to run. Throws Unmeasurable or any std::exception.
class Workload {
public:
  virtual ~Workload() = default;
  virtual void call() = 0;
  virtual void synchronize() {} ///< waits for a device that works asynchronously
  virtual bool inPlace() const { return false; }
  /// The call with the result types that were seen.
  virtual OpLine described() const { return {}; }
};

/// The operator calls that a model makes in one phase, each with how often.
struct ModelCalls {
  std::string Model;
  Phase ThePhase = Phase::Forward;
  std::string Input; ///< "f32[1,3,224,224]", several separated by ';'
  std::vector<std::pair<OpLine, unsigned>> Calls;
  unsigned Unsayable = 0; ///< calls that have no text form
};

class Backend {
public:
  virtual ~Backend() = default;
  virtual std::string version() const = 0;
  /// Why the device cannot be used; empty when it can.
  virtual std::string deviceTrouble(const std::string &Device) = 0;
  /// Brings the device into the state in which it waits between calls: a GPU without
  /// a context idles at lower clocks (an H100 at 75 W instead of 128 W).
  virtual void wake(const std::string &) {}
  /// Returns the number that LibTorch uses from now on, which may be another.
  virtual unsigned setThreads(unsigned Threads) = 0;
  /// Bytes that the process may have in memory; allocations beyond fail.
  virtual void limitMemory(uint64_t Bytes) = 0;
  virtual std::unique_ptr<Workload> prepare(const Configuration &C) = 0;
  virtual std::vector<std::string> models() { return {}; }
  virtual ModelCalls callsOf(const std::string &, Phase) { return {}; }
};

std::unique_ptr<Backend> makeTorchBackend();

} // namespace energy::measure
