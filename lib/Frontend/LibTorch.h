/// \file
/// Where LibTorch's headers are: in the command, in --libtorch, or where they
/// usually are. Paths only; nothing is parsed.
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace energy::frontend {

/// Is \p Dir an include directory of LibTorch (it holds torch/torch.h,
/// torch/script.h or torch/csrc/api/include)?
bool isLibTorchInclude(llvm::StringRef Dir);

/// Both include directories for an installation prefix, an include directory, or
/// a directory of headers; empty when there is no LibTorch in \p Dir. The
/// system's /usr/include is never listed: the compiler adds it itself.
std::vector<std::string> libTorchIncludes(llvm::StringRef Dir);

/// --libtorch when given (an error if there is none), else "libtorch" in the
/// repository, else the system's; empty when none is found.
llvm::Expected<std::vector<std::string>> findLibTorch(llvm::StringRef Given,
                                                      llvm::StringRef RepositoryRoot);

} // namespace energy::frontend
