/// \file
/// The measurement file of docs/measurement-format.md: JSON lines, append-only,
/// each on the disk before the next measurement starts. Reading back tells which
/// configurations a resumed run has already. A last line that a crash cut off is
/// removed before anything is appended.
#pragma once
#include "Machine.h"
#include "Protocol.h"
#include "Workload.h"
#include <unordered_map>
#include <unordered_set>

namespace energy::measure {

/// Everything that the header says.
struct HeaderFacts {
  Machine TheMachine;
  std::string TorchVersion;
  unsigned Threads = 1;
  std::string MeterName;
  Basis TheBasis = Basis::Fake;
  std::vector<CounterInfo> Counters;
  Characteristics Character;
  double Watts = 0; ///< of the modelled meter
  ProtocolOptions Protocol;
  double WindowS = 0;
  std::vector<unsigned> Cpus;
  std::string Pinning; ///< "pinned", "not asked for", or why it could not be done
  uint64_t Seed = 0;
  std::string Device, DeviceName;
};

/// A finished sample with what was true around it.
struct SampleFacts {
  const Configuration &C;
  OpLine Described; ///< with result types; unused for a model
  const Measurement &M;
  std::optional<double> IdleW;
  Condition TheCondition;
  bool InPlace = false;
  unsigned Block = 0;
  double ForeignLimit = 0.25;
  const ModelCalls *Parts = nullptr; ///< of a model
  Basis TheBasis = Basis::Fake;
  std::optional<CardCondition> Card; ///< of a GPU
};
/// Somebody else's work is in the figure.
bool isForeign(const SampleFacts &S);

std::string headerLine(const HeaderFacts &H);
std::string sampleLine(const SampleFacts &S);
std::string skipLine(const Configuration &C, const std::string &Reason);
std::string blockLine(unsigned Block, std::optional<double> BeforeW, std::optional<double> AfterW);
/// A file is continued, with the meter and protocol of this header.
std::string resumeLine(const std::string &Header);
std::string endLine(const std::string &Reason, size_t Measured, size_t Skipped, size_t Void);

struct Additivity {
  std::string Model, Input;
  Phase ThePhase = Phase::Forward;
  unsigned Threads = 1;
  std::string Device;
  double WholeJ = 0, SumJ = 0;
  unsigned MissingParts = 0;
  Basis TheBasis = Basis::Fake;
};
std::string additivityLine(const Additivity &A);

/// What a file that is continued already holds.
struct Earlier {
  bool Exists = false;
  std::string Header;                   ///< its first line
  std::unordered_set<uint64_t> Done;             ///< Configuration::id() of samples, models and skips
  std::unordered_map<uint64_t, double> EnergyJ; ///< of good samples and models, by id
  unsigned Blocks = 0;
  std::string Trouble; ///< why the file cannot be continued
};
Earlier readEarlier(const std::string &Path);
/// Why measurements under two headers cannot be compared; empty when they can.
std::string headerDifference(const std::string &Old, const std::string &New);
/// What else the protocols say differently: "window_s is 1.0, was 0.5".
std::vector<std::string> protocolChanges(const std::string &Old, const std::string &New);

/// Appends lines; throws std::runtime_error when the disk refuses, or another
/// process is writing the same file.
class RecordFile {
  int Fd = -1;
  std::string Path;
  [[noreturn]] void fail() const; ///< with errno's reason

public:
  explicit RecordFile(const std::string &Path);
  ~RecordFile();
  RecordFile(const RecordFile &) = delete;
  RecordFile &operator=(const RecordFile &) = delete;
  void append(const std::string &Line);
};

} // namespace energy::measure
