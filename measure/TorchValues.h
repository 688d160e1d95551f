/// \file
/// Between OpLine values and LibTorch's boxed values: the argument's schema
/// type decides how a value is read (one number stands for all N of an
/// int[N]). Makes tensors with the contents that the caller asks for.
#pragma once
#include "Operators.h"
#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

namespace energy::measure {

/// Makes the tensors of one call and remembers those that want a gradient.
class TensorMaker {
  BindOptions Options;
  std::vector<at::Tensor> Leaves;
  uint32_t State = 0x9e3779b9u; ///< same contents in every run

  void fill(at::Tensor &Host, bool Integers);

public:
  explicit TensorMaker(BindOptions Options) : Options(std::move(Options)) {}
  at::Tensor make(const OpLineTensor &T);
  const std::vector<at::Tensor> &leaves() const { return Leaves; }
  const BindOptions &options() const { return Options; }
};

/// Throws BindError when the value does not fit the argument's type.
c10::IValue toIValue(const OpLineValue &V, const c10::Argument &Arg, TensorMaker &Maker);
/// Appends a description of every tensor in \p V; other values are left out.
void appendTensors(const c10::IValue &V, std::vector<OpLineTensor> &Out);
/// Element type code of DTypes.def; empty for a type that is not in it.
std::string codeOf(at::ScalarType Type);
/// The element type of a code; throws BindError for one that is not in it.
at::ScalarType typeOfCode(const std::string &Code);
/// The argument values of a recorded call as OpLine values; throws BindError
/// for a kind of value that an OpLine cannot say.
OpLineValue fromIValue(const c10::IValue &V);

} // namespace energy::measure
