/// \file
/// One run: a plan is measured in blocks with idle power on both sides, and
/// every result is on the disk before the next configuration starts. Knows
/// neither LibTorch nor the command line; prints progress to a stream it is given.
#pragma once
#include "Plan.h"
#include "Records.h"
#include <iosfwd>

namespace energy::measure {

struct SessionOptions {
  std::string Output;
  std::string Root = "/";
  ProtocolOptions Protocol;
  double BudgetS = 0; ///< 0: none
  std::optional<double> StartedS; ///< when the budget began; nothing: with the session
  uint64_t MaxMemoryBytes = 2ull << 30;
  bool LiveProgress = false; ///< rewrite one line (a terminal)
};

/// Seconds that measuring one configuration takes at least, everything included.
double expectedSeconds(const ProtocolOptions &P, double MeterWindowS);
/// What a dry run prints: number of configurations by operator, the order's
/// head, the duration, and how many fit the budget.
void printPlan(Plan &ThePlan, const SessionOptions &Options, double MeterWindowS,
               std::ostream &Out);
/// "1 h 05 min", "12 min", "40 s"
std::string duration(double Seconds);

struct Outcome {
  size_t Measured = 0, Skipped = 0, Void = 0, Foreign = 0, Earlier = 0;
  std::string Why; ///< "done", "time" or "interrupted"
};

class Session {
public:
  Session(Backend &Work, Surroundings &Around, const SessionOptions &Options, std::ostream &Progress);
  /// \p Header is the first line of a new file; a file that exists is continued
  /// when its header describes the same machine, meter and LibTorch. Throws
  /// std::runtime_error when it does not, or the disk refuses.
  Outcome run(Plan &ThePlan, const std::string &Header,
              const std::vector<ModelCalls> &Models);

private:
  Backend &Work;
  Surroundings &Around;
  const SessionOptions &Options;
  std::ostream &Progress;
  std::unique_ptr<RecordFile> File;
  Earlier Before;
  Outcome Result;
  double StartS = 0;
  unsigned Block = 0;
  double BlockStartS = -1; ///< negative: no block is open
  std::optional<double> IdleW, NextIdleW;

  void openFile(const std::string &Header);
  void beginBlock();
  void endBlock();
  bool measureOne(const Configuration &C, const ModelCalls *Parts);
  void skip(const Configuration &C, const std::string &Reason);
  std::string tooLarge(const Configuration &C) const;
  void writeAdditivity(const std::vector<Configuration> &Wholes, const std::vector<ModelCalls> &Models);
  void report(size_t Done, size_t Total, const std::string &What);
  bool outOfTime() const;
};

} // namespace energy::measure
