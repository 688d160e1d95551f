/// \file
/// Which configurations a run measures and in what order. The most informative
/// come first, so that a run cut short by its budget has the best data that its
/// time allows; neighbours are shuffled, so that drift of the machine is not
/// mistaken for an effect of size.
#pragma once
#include "Sweep.h"
#include "Workload.h"
#include <set>

namespace energy::measure {

struct PlanOptions {
  unsigned PerSweepRow = 40;          ///< samples of a row with one variable; more for more variables
  std::vector<std::string> Operators; ///< patterns with '*'; empty: all
  std::set<std::string> InModels;     ///< operators that real models call: four times the weight
  std::vector<Phase> Phases = {Phase::Forward};
  std::vector<unsigned> Threads = {1};
  std::vector<std::string> ElementTypes = {"f32"};
  std::string Device = "cpu";
  uint64_t Seed = 1;
  uint64_t MaxArgumentBytes = 512ull << 20; ///< larger samples are drawn again
  size_t ShuffleWithin = 48;
  size_t Limit = 0; ///< 0: all
};

/// Samples of all rows. Sample number I (from 1) of a row with V variables has rank
/// I / V^2: a convolution's six dimensions need more points than a ReLU's one. Later
/// duplicates and samples that stay too large after redrawing are left out.
std::vector<Configuration> planSweeps(const std::vector<Sweep> &Rows, const PlanOptions &Options);

/// Every distinct call of the models, in the order of the models, each once; each
/// model as a whole after its calls, unless operators are named.
std::vector<Configuration> planModels(const std::vector<ModelCalls> &Models, const PlanOptions &Options);

/// Every Kth place goes to Second until it is used up, so that both are
/// represented in every prefix.
std::vector<Configuration> interleave(std::vector<Configuration> First, std::vector<Configuration> Second, size_t K);

/// Patterns that fit none of these operators.
std::vector<std::string> unmatched(const std::vector<std::string> &Patterns, const std::set<std::string> &Operators);

/// '*' stands for any text.
bool matches(const std::string &Pattern, const std::string &Text);

} // namespace energy::measure
