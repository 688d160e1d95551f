#include "Support/LargePages.h"
#include <cstdint>
#include <cstdlib>
#if defined(__GLIBC__)
#include <climits>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

void energy::useLargePages(size_t Bytes) {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
  // One heap for all threads: those of their own grow by 4 KB a step.
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, static_cast<int>(Bytes));
  auto Old = reinterpret_cast<uintptr_t>(sbrk(0));
  void *volatile Block = std::malloc(1 << 20); // more than the heap has: it grows now
  std::free(Block);
  mallopt(M_TOP_PAD, 8 << 20);     // from here on modestly
  constexpr uintptr_t Page = 2 << 20;
  auto End = reinterpret_cast<uintptr_t>(sbrk(0));
  uintptr_t Begin = (Old + Page - 1) / Page * Page;
  if (End > Begin)
    (void)madvise(reinterpret_cast<void *>(Begin), (End - Begin) / Page * Page, MADV_HUGEPAGE);
#else
  (void)Bytes;
#endif
}
