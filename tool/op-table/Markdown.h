/// \file
/// docs/ops.md: every operator of the table with an accepted call, a rejected
/// call and what it costs. A pure function of the table.
#pragma once
#include "llvm/Support/raw_ostream.h"

namespace energy::torch {
void writeMarkdown(llvm::raw_ostream &OS);
}
