/// \file
/// What one operator call costs, independent of the device that runs it.
#pragma once
#include <cstdint>

namespace energy {
struct CostFeatures {
#define FEATURE(Name, Key, Unit, Doc) int64_t Name = 0;
#include "Schema/CostFeatures.def"
};
} // namespace energy
