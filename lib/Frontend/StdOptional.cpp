#include "Frontend/StdOptional.h"
#include "llvm/Support/MemoryBuffer.h"

namespace energy::frontend {
namespace {

struct Edit {
  llvm::StringRef From, To;
};

constexpr Edit Edits[] = {
    {"#include <c10/util/in_place.h>", "#include <c10/util/in_place.h>\n#include <optional>"},
    {R"cpp(struct nullopt_t {
  constexpr explicit nullopt_t(int) {}
};
constexpr nullopt_t nullopt{0};)cpp",
     "using std::nullopt;\nusing std::nullopt_t;"},
    {R"cpp(  constexpr optional(nullopt_t) noexcept : OptionalBase<T>(){};
)cpp",
     R"cpp(  constexpr optional(nullopt_t) noexcept : OptionalBase<T>(){};
  template <class U, std::enable_if_t<std::is_same<U, T>::value || std::is_arithmetic<U>::value, int> = 0>
  optional(const std::optional<U> &Other);
  template <class U, std::enable_if_t<std::is_same<U, T>::value, int> = 0>
  operator std::optional<U>() const;
)cpp"}};

} // namespace

std::optional<HeaderText> interchangeableOptional(const CompileCommand &Command) {
  constexpr llvm::StringLiteral Header = "/c10/util/Optional.h";
  std::unique_ptr<llvm::MemoryBuffer> Original;
  for (llvm::StringRef Dir : Command.LibTorchIncludes)
    for (llvm::StringRef Root : {Dir, Dir.ends_with("/torch/csrc/api/include") ? Dir.drop_back(23) : Dir})
      if (auto File = llvm::MemoryBuffer::getFile(Root + Header); File && !Original)
        Original = std::move(*File);
  if (!Original)
    return std::nullopt;
  std::string Text = Original->getBuffer().str();
  for (const Edit &E : Edits) {
    size_t At = Text.find(E.From);
    if (At == std::string::npos)
      return std::nullopt;
    Text.replace(At, E.From.size(), E.To);
  }
  std::string Both = "#if __cplusplus >= 201703L\n" + Text + "#else\n" + Original->getBuffer().str() + "#endif\n";
  return HeaderText{Original->getBufferIdentifier().str(), std::move(Both)};
}

} // namespace energy::frontend
