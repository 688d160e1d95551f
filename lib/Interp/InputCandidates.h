/// \file
/// Sizes that are worth trying for an input that nobody gave, from what the model does
/// with it first.
#pragma once
#include "IR/ModelGraph.h"

namespace energy::interp {

/// The option of a layer that fixes a size of what it takes ("in_channels" of Conv2d); empty
/// when no option does.
llvm::StringRef fixingOption(llvm::StringRef LayerType);

/// An integer option of a layer; 0 when it is not known.
int64_t optionOf(const ModuleNode &N, llvm::StringRef Name);

/// The operands of a matrix product; null when the call is none, or where they are not known.
std::pair<const TensorType *, const TensorType *> matrixFactors(const OpCall &C);

/// Why the sizes of some layer are unknown (a constructor argument, say); null
/// when they are all known. Where they are not, a size that fits the rest is a guess.
const Unknown *unknownSizes(const ModelGraph &G);

/// Sides of an image, as the program names them.
struct ImageSides {
  int64_t Height, Width;
  std::string Said; ///< "'height' and 'width'"
};

/// A number that the program gives a name to.
struct NamedSize {
  std::string Name;
  int64_t Size;
};

/// What among \p Sizes are the sides of an image, by their names.
std::vector<ImageSides> imageSides(llvm::ArrayRef<NamedSize> Sizes);

/// For the unknown input \p Input of \p Probe, in the order in which they are worth trying:
/// what suits the layers and calls that take it first, then any layer of the model, and usual
/// sizes. Empty when the model has no layer and some of its sizes are not known.
/// Images of \p Told sides go before those of usual ones.
std::vector<TensorType> candidatesFor(const ModelGraph &Probe, const ModelInput &Input,
                                      llvm::ArrayRef<ImageSides> Told);

/// For the input \p Name beside a first one of type \p First: one number for each item of
/// the batch, the same again, a mask.
std::vector<TensorType> besideCandidates(llvm::StringRef Name, const TensorType &First);

} // namespace energy::interp
