/// \file
/// Records the operator calls that LibTorch's dispatcher sees during one forward
/// pass: only the outermost calls (RecordFunction, scope FUNCTION, depth 0), in
/// execution order, with sizes, element types, the origin of every operand, other
/// arguments and multiply-accumulates. Plain data; writes the trace JSON.
#pragma once
#include <ATen/ATen.h>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace energy::conformance {

struct TracedTensor {
  std::string Name;   ///< schema argument name, "tensors[0]"; empty for results
  std::string Source; ///< "param:<path>", "buffer:<path>", "input:<i>", "op:<i>.<j>" or "ext"
  std::string DType;  ///< as c10 prints it: "Float", "Long"
  std::vector<int64_t> Sizes;
};

struct TracedOp {
  std::string Name;     ///< "aten::add"
  std::string Overload; ///< "Tensor"
  std::vector<TracedTensor> In, Out;
  std::vector<std::pair<std::string, std::string>> Args; ///< name and JSON text
  int64_t Macs = 0;     ///< from this call's sizes
  int64_t LeafMacs = 0; ///< summed over the calls it made
  int64_t Nested = 0;   ///< calls it made, directly or not
};

struct Trace {
  std::vector<TracedOp> Ops;
  std::vector<TracedTensor> Inputs, Outputs;
  int64_t Parameters = 0, TrainableParameters = 0, Buffers = 0; ///< elements, each storage once
  double Seconds = 0;
};

struct TraceLabels {
  std::string Model, Repo, File, Class, CtorArgs;
};

/// A tensor with the name it has as an operand before the pass begins.
struct NamedTensor {
  std::string Source; ///< "param:fc.weight"
  at::Tensor Value;
};

/// Runs \p Forward without gradients and records it. \p Known: parameters, buffers
/// and inputs. Exceptions of the model pass through.
Trace record(const std::vector<NamedTensor> &Known,
             const std::function<std::vector<at::Tensor>()> &Forward);

void writeJson(const Trace &T, const TraceLabels &Labels, std::ostream &OS);

} // namespace energy::conformance
