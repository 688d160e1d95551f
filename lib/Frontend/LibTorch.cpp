#include "Frontend/LibTorch.h"
#include "llvm/Support/FileSystem.h"

namespace energy::frontend {
namespace fs = llvm::sys::fs;

bool isLibTorchInclude(llvm::StringRef Dir) {
  for (llvm::StringRef Header :
       {"/torch/torch.h", "/torch/csrc/api/include/torch/torch.h", "/torch/script.h"})
    if (fs::exists(Dir + Header))
      return true;
  return false;
}

std::vector<std::string> libTorchIncludes(llvm::StringRef Dir) {
  Dir = Dir.rtrim('/');
  for (std::string Root : {(Dir + "/include").str(), Dir.str()}) {
    std::string Api = Root + "/torch/csrc/api/include";
    if (fs::exists(Api + "/torch/torch.h")) {
      if (Root == "/usr/include")
        return {Api};
      return {Root, Api};
    }
    if (fs::exists(Root + "/torch/torch.h"))
      return {Root};
  }
  return {};
}

llvm::Expected<std::vector<std::string>> findLibTorch(llvm::StringRef Given,
                                                      llvm::StringRef RepositoryRoot) {
  if (!Given.empty()) {
    std::vector<std::string> Found = libTorchIncludes(Given);
    if (Found.empty())
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "no 'torch/torch.h' below '" + Given +
                                         "' given with '--libtorch'");
    return Found;
  }
  for (std::string Dir :
       {(RepositoryRoot + "/libtorch").str(), std::string("/usr"), std::string("/usr/local"),
        std::string("/usr/local/libtorch"), std::string("/opt/libtorch")})
    if (std::vector<std::string> Found = libTorchIncludes(Dir); !Found.empty())
      return Found;
  return std::vector<std::string>();
}

} // namespace energy::frontend
