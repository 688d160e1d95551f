/// \file
/// Any ATen operator by name: binds the arguments of an OpLine to tensors and
/// runs the call through LibTorch's boxed dispatcher. Knows no operator by
/// name. This header is free of LibTorch; troubles are exceptions
/// (BindError: the line does not fit the schema; std::exception: LibTorch
/// rejected the call).
#pragma once
#include "Schema/OpLine.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace energy::measure {

/// The line does not fit the operator's schema, or names no operator.
struct BindError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// No such operator in the LibTorch that is linked.
struct AbsentOperator : BindError {
  using BindError::BindError;
};

/// What tensors are filled with. Integer tensors are often indices, so their
/// values stay in [0, IndexBound).
struct Contents {
  enum class Floats { Unit, Signed }; ///< uniform in (0.05, 0.95) or (-1, 1)
  Floats Kind = Floats::Unit;
  int64_t IndexBound = 1; ///< 1: all zero
  bool IntegersAreOne = false;
};

struct BindOptions {
  Contents Fill;
  std::string Device = "cpu";
  /// This many floating-point tensors, from the first on, ask for gradients.
  unsigned Gradients = 0;
};

/// One operator call whose arguments live in memory, ready to run often.
class BoundCall {
public:
  BoundCall(const OpLine &Line, const BindOptions &Options);
  ~BoundCall();
  BoundCall(BoundCall &&) noexcept;

  /// Runs once, forward only, without recording gradients.
  void forward();
  /// Runs forward with gradients recorded, then backward from a gradient of
  /// ones of the first differentiable result. Gradients do not accumulate.
  void forwardBackward();
  /// Runs once and describes every tensor that comes back, lists flattened.
  std::vector<OpLineTensor> results();
  /// The first mutated argument is written in place ("Tensor(a!)").
  bool inPlace() const;

private:
  struct Impl;
  std::unique_ptr<Impl> I;
};

/// LibTorch's own text of the schema of "aten::conv2d"; nullopt when absent.
std::optional<std::string> schemaOf(const std::string &QualifiedName);
std::string torchVersion();
/// LibTorch's warnings (deprecated, beta) are no news to somebody who measures.
void silenceWarnings();

} // namespace energy::measure
