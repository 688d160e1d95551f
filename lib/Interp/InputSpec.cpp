#include "Interp/InputSpec.h"
#include "Support/Text.h"
#include "llvm/ADT/StringExtras.h"

using namespace energy;

static llvm::Error bad(llvm::StringRef Text, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "input '" + Text + "': " + Why);
}

llvm::Expected<interp::InputSpec> energy::parseInputSpec(llvm::StringRef Text) {
  interp::InputSpec Spec;
  llvm::StringRef Shape = Text;
  if (auto [Name, Rest] = Text.split('='); Rest.data() != nullptr && Text.contains('=')) {
    Spec.Name = Name.trim().str();
    Shape = Rest;
  }
  auto [Dimensions, TypeName] = Shape.split(':');
  if (Shape.contains(':')) {
    std::optional<DType> Type = dtypeFromName(TypeName.trim());
    if (!Type) {
      std::vector<llvm::StringRef> Names = {
#define DTYPE(Enumerator, Name, Code, Bytes, Kind) Name,
#include "Schema/DTypes.def"
      };
      std::string Hint = didYouMean(TypeName, Names);
      if (Hint.empty())
        Hint = "; it is one of " + llvm::join(Names, ", ");
      return bad(Text, "unknown element type '" + TypeName + "'" + Hint);
    }
    Spec.Type.Type = *Type;
  }
  if (Dimensions.trim() == "scalar")
    return Spec;
  llvm::SmallVector<llvm::StringRef, 6> Sizes;
  Dimensions.trim().split(Sizes, 'x');
  for (llvm::StringRef S : Sizes) {
    int64_t Size;
    if (S.getAsInteger(10, Size) || Size < 0)
      return bad(Text, "'" + S + "' is not a size; write it like 1x3x224x224");
    Spec.Type.Shape.push_back(Size);
  }
  return Spec;
}
