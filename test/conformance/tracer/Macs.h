/// \file
/// Multiply-accumulates of one dispatcher call from the sizes of its operands:
/// convolution, linear, matrix products and recurrent layers; everything else
/// is none. Operands are in schema order, lists flattened.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace energy::conformance {
using SizeList = std::vector<std::vector<int64_t>>;

/// \p Name "aten::conv2d". \p Transposed: the call's `transposed` argument, if any.
/// nullopt when the operator is not a product in itself.
std::optional<int64_t> callMacs(const std::string &Name, const SizeList &In, const SizeList &Out,
                                bool Transposed);
} // namespace energy::conformance
