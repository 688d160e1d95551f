/// \file
/// Declarations that stand in for libraries of command lines and configurations which
/// are not installed: without them a constructor that takes a
/// `boost::program_options::variables_map &` does not parse. They are found last,
/// so that an installed library always wins, and count as system headers.
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace energy::frontend {

struct StandIn {
  llvm::StringLiteral Path; ///< as included, e.g. "boost/program_options.hpp"
  llvm::StringLiteral Text;
};

llvm::ArrayRef<StandIn> standIns();
/// The include directory (in memory) that holds them.
llvm::StringRef standInDirectory();

} // namespace energy::frontend
