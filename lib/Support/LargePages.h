/// \file
/// Memory in large pages: most of an analysis goes through fresh memory once, and
/// in pages of 4 KB the faults cost as much as the analysis.
#pragma once
#include <cstddef>

namespace energy {

/// Grows the C library's heap by \p Bytes of address space (no memory is used before
/// it is touched) and asks the kernel to back it by large pages. To be called first
/// in main(). Where the C library or the kernel knows no large pages, or the address
/// space is limited, everything works as before.
void useLargePages(size_t Bytes);

} // namespace energy
