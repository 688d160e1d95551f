/// \file
/// Memory layout of tensors, as far as it decides what LibTorch calls:
/// `contiguous()` and `reshape` do nothing on a tensor that is contiguous already.
#pragma once
#include "IR/OpCall.h"

namespace energy::interp {

using Strides = Sizes; ///< in elements, one per dimension

Strides contiguousStrides(llvm::ArrayRef<int64_t> Shape);
bool isContiguous(llvm::ArrayRef<int64_t> Shape, const Strides &S);

/// A tensor that a call is given.
struct Operand {
  Sizes Shape;
  Strides Of;
};

/// The strides of a call's first result, from those of \p Self or, of an element-wise operator,
/// of all its \p Operands in their order. What the table of views and element-wise operators does
/// not name is contiguous.
Strides resultStrides(llvm::StringRef Op, const OpCall &Call, const Operand &Self,
                      llvm::ArrayRef<Operand> Operands, const TensorType &Out);

} // namespace energy::interp
