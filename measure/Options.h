/// \file
/// The command line: one table of options for parsing and help. Values are
/// checked here; everything behind it may assume they make sense.
#pragma once
#include "Plan.h"
#include "Session.h"
#include <stdexcept>

namespace energy::measure {

/// A command line that cannot be obeyed; exit status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct CommandLine {
  std::string Command; ///< "run", "check", "doctor", "known-work", "models", "help"
  SessionOptions Session;
  PlanOptions Plan;
  MeterContext Meters;
  std::string MeterName; ///< empty: the first that works
  std::string SweepFile; ///< empty: beside the program
  std::vector<std::string> Models = {"all"};
  size_t Limit = 0; ///< configurations; 0: all
  std::vector<unsigned> Cpus;
  bool Pin = true;
  bool DryRun = false;
  bool ThreadsGiven = false;
  bool AllowAbsent = false;
};

/// Throws UsageError.
CommandLine parseCommandLine(const std::vector<std::string> &Arguments);
std::string helpText();

/// "90", "90s", "20m", "1.5h" in seconds; "2G", "512M" in bytes. Throw UsageError.
double parseDuration(const std::string &Text);
uint64_t parseSize(const std::string &Text);

} // namespace energy::measure
