/// \file
/// Records the operator calls that the dispatcher sees while a function runs, as
/// OpLines: only the outermost calls (what the program itself asked for). Calls
/// with an argument that an OpLine cannot say are counted, not listed.
#pragma once
#include "Workload.h"
#include <functional>

namespace energy::measure {

ModelCalls recordCalls(const std::function<void()> &Run);

} // namespace energy::measure
