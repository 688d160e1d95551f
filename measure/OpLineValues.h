/// \file
/// Facts about OpLine values that need no LibTorch: element sizes and the
/// memory that a line's tensors take.
#pragma once
#include "Schema/OpLine.h"
#include <cstdint>

namespace energy::measure {

/// Bytes of one element of a type code of DTypes.def; 0 for an unknown code.
uint64_t elementBytes(std::string_view Code);
bool isFloatingPoint(std::string_view Code);
/// Bytes of a tensor; UINT64_MAX when the product does not fit.
uint64_t tensorBytes(const OpLineTensor &T);
/// Bytes of all tensors in a value, lists included; saturates.
uint64_t valueBytes(const OpLineValue &V);
/// Bytes of all tensor arguments of a line; saturates.
uint64_t argumentBytes(const OpLine &Line);
uint64_t saturatingAdd(uint64_t A, uint64_t B);
/// Every tensor argument of a line in order, lists flattened.
std::vector<const OpLineTensor *> tensorsOf(const OpLine &Line);
/// The line with every floating-point tensor of type \p From as \p To.
OpLine withElementType(OpLine Line, std::string_view From, std::string_view To);

} // namespace energy::measure
