/// \file
/// Which configurations a run measures and in what order. The most informative
/// come first, so that a run cut short by its budget has the best data that its
/// time allows; neighbours are shuffled, so that drift of the machine is not
/// mistaken for an effect of size. A plan is made as it is carried out: memory does
/// not grow with its length but for eight bytes or so a configuration.
#pragma once
#include "Sweep.h"
#include "Workload.h"
#include <set>

namespace energy::measure {

struct PlanOptions {
  unsigned PerSweepRow = 40;          ///< samples of a row with one variable; more for more variables
  std::vector<std::string> Operators; ///< patterns with '*'; empty: all
  bool WholeModelsOnly = false;       ///< no operator, only models as a whole
  std::set<std::string> InModels;     ///< operators that real models call: four times the weight
  std::vector<Phase> Phases = {Phase::Forward};
  std::vector<unsigned> Threads = {1};
  std::vector<std::string> ElementTypes = {"f32"};
  std::string Device = "cpu";
  uint64_t Seed = 1;
  uint64_t MaxArgumentBytes = 512ull << 20; ///< larger samples are drawn again
  size_t ShuffleWithin = 48;
};

/// Configurations in the order in which they are measured.
class Plan {
public:
  virtual ~Plan() = default;
  virtual std::optional<Configuration> next() = 0;
  /// How many are still to come, at most: some may turn out to be duplicates or
  /// too large.
  virtual size_t remaining() const = 0;
};

/// These, in this order.
std::unique_ptr<Plan> planList(std::vector<Configuration> All);

/// Samples of all rows. Sample number I (from 1) of a row with V variables has rank
/// I / V^2: a convolution's six dimensions need more points than a ReLU's one.
/// Samples that stay too large after redrawing are left out.
std::unique_ptr<Plan> planSweeps(const std::vector<Sweep> &Rows, const PlanOptions &Options);

/// Every call of the models, in the order of the models; each model as a whole
/// after its calls, unless operators are named.
std::unique_ptr<Plan> planModels(const std::vector<ModelCalls> &Models, const PlanOptions &Options);

/// Every Kth place goes to Second until it is used up, so that both are
/// represented in every prefix. Each configuration once; 0 is no limit.
std::unique_ptr<Plan> interleave(std::unique_ptr<Plan> First, std::unique_ptr<Plan> Second, size_t K, size_t Limit = 0);

/// Patterns that fit none of these operators.
std::vector<std::string> unmatched(const std::vector<std::string> &Patterns, const std::set<std::string> &Operators);

/// '*' stands for any text.
bool matches(const std::string &Pattern, const std::string &Text);

} // namespace energy::measure
