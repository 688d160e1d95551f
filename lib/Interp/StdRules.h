/// \file
/// Rules for library calls that several tables share.
#pragma once
#include "Interp/Machine.h"

namespace energy::interp {

inline int64_t length(const List *L) { return static_cast<int64_t>(L->Items.size()); }

/// A call of no consequence; its arguments are evaluated.
inline Result nothing(LibraryCall &C) {
  C.values();
  return Value(Null());
}
/// A call that gives its object; its arguments are evaluated.
inline Result itself(LibraryCall &C) {
  C.values();
  return C.This;
}

/// `a = b` of containers, handles and tuples; of std::tie, each part.
Result assignValue(LibraryCall &C);
/// `a.swap(b)`.
Result swapValues(LibraryCall &C);
/// The object whose module part a method is called on; null when it is none.
Object *selfModule(LibraryCall &C);
/// What a method gives that is called on no module.
Result notAModule(LibraryCall &C);

} // namespace energy::interp
