/// \file
/// The last step of a reconstruction: see Prune.cpp.
#pragma once
#include "IR/ModelGraph.h"

namespace energy::interp {
void pruneUnknowns(ModelGraph &G);
}
