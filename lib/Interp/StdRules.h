/// \file
/// Rules for library calls that several tables of the standard library share.
#pragma once
#include "Interp/Machine.h"

namespace energy::interp {

inline int64_t length(const List *L) { return static_cast<int64_t>(L->Items.size()); }

/// `a = b` of containers, handles and tuples; of std::tie, each part.
Result assignValue(LibraryCall &C);
/// `a.swap(b)`.
Result swapValues(LibraryCall &C);

} // namespace energy::interp
