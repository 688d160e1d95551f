#include "Interp/InputCandidates.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <set>

using namespace energy;
using namespace energy::interp;

llvm::StringRef energy::interp::fixingOption(llvm::StringRef LayerType) {
  return llvm::StringSwitch<llvm::StringRef>(LayerType)
      .Case("Linear", "in_features")
      .Cases("Conv1d", "Conv2d", "Conv3d", "in_channels")
      .Cases("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d", "in_channels")
      .Cases("BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "num_features")
      .Cases("InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d", "num_features")
      .Case("GroupNorm", "num_channels")
      .Cases("LSTM", "GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell", "input_size")
      .Case("Embedding", "num_embeddings")
      .Case("MultiheadAttention", "embed_dim")
      .Default("");
}

int64_t energy::interp::optionOf(const ModuleNode &N, llvm::StringRef Name) {
  for (const NamedArg &A : N.Options)
    if (A.Name == Name)
      if (auto *I = A.Value.as<int64_t>())
        return *I;
  return 0;
}

std::pair<const TensorType *, const TensorType *> energy::interp::matrixFactors(const OpCall &C) {
  if (C.baseName() == "aten::addmm")
    return {C.tensor("mat1"), C.tensor("mat2")};
  if (C.baseName() == "aten::mm")
    return {C.tensor("self"), C.tensor("mat2")};
  if (C.baseName() == "aten::matmul")
    return {C.tensor("self"), C.tensor("other")};
  return {nullptr, nullptr};
}

const Unknown *energy::interp::unknownSizes(const ModelGraph &G) {
  for (const ModuleNode &N : G.Modules)
    for (const Parameter &P : N.Parameters)
      if (P.Value.Defined && !P.Value.known())
        return &G.Unknowns[static_cast<size_t>(P.Value.Unknown)];
  return nullptr;
}

namespace {
bool nameHas(llvm::StringRef Name, std::initializer_list<llvm::StringRef> Parts) {
  return llvm::any_of(Parts, [Name](llvm::StringRef Part) { return Name.contains_insensitive(Part); });
}
/// `h`, `imgH`, `img_h_`: a letter of its own.
bool endsInLetter(llvm::StringRef Name, char Small) {
  Name = Name.rtrim('_');
  char Large = llvm::toUpper(Small);
  if (Name.size() == 1)
    return Name[0] == Small || Name[0] == Large;
  return Name.size() > 1 && ((Name.back() == Large && llvm::isLower(Name[Name.size() - 2])) ||
                             (llvm::toLower(Name.back()) == Small && Name[Name.size() - 2] == '_'));
}
} // namespace

std::vector<ImageSides> energy::interp::imageSides(llvm::ArrayRef<NamedSize> Sizes) {
  std::vector<ImageSides> Found;
  constexpr int64_t MaxSide = 4096;
  const NamedSize *Height = nullptr;
  for (const NamedSize &S : Sizes) {
    llvm::StringRef Name = S.Name;
    if (S.Size < 2 || S.Size > MaxSide || nameHas(Name, {"kernel", "patch", "stride", "per_", "multipl", "thick", "screen"}))
      continue;
    bool IsImage = nameHas(Name, {"image", "img", "board", "frame"}) && nameHas(Name, {"size", "side"});
    if (nameHas(Name, {"height", "rows"}) || endsInLetter(Name, 'h')) {
      Height = &S;
    } else if (nameHas(Name, {"width", "cols"}) || endsInLetter(Name, 'w')) {
      if (Height)
        Found.push_back({Height->Size, S.Size, "'" + Height->Name + "' and '" + S.Name + "'"});
      Height = nullptr;
    } else if (IsImage || nameHas(Name, {"resolution"})) {
      Found.push_back({S.Size, S.Size, "'" + S.Name + "'"});
    }
  }
  return Found;
}

namespace {

/// Collects candidates by the hint that they follow from; the same hint twice says nothing new.
class Candidates {
  std::vector<std::vector<TensorType>> ByHint;
  std::set<std::pair<std::string, int64_t>> Hints;
  llvm::ArrayRef<ImageSides> Told;

public:
  explicit Candidates(llvm::ArrayRef<ImageSides> Told = {}) : Told(Told) {}
  size_t hints() const { return ByHint.size(); }

  /// The first of every hint, then the others.
  std::vector<TensorType> take() {
    std::vector<TensorType> Out;
    auto Add = [&Out](const TensorType &T) {
      if (!llvm::is_contained(Out, T))
        Out.push_back(T);
    };
    for (const std::vector<TensorType> &Of : ByHint)
      if (!Of.empty())
        Add(Of.front());
    for (const std::vector<TensorType> &Of : ByHint)
      for (const TensorType &T : Of)
        Add(T);
    return Out;
  }

  /// False when it is not new; what is added next follows from it.
  bool hint(const llvm::Twine &Kind, int64_t Size) {
    if (!Hints.insert({Kind.str(), Size}).second)
      return false;
    ByHint.emplace_back();
    return true;
  }
  void add(DType D, std::initializer_list<int64_t> S) {
    addShape(D, llvm::ArrayRef<int64_t>(S.begin(), S.size()));
  }
  void addShape(DType D, llvm::ArrayRef<int64_t> Shape) {
    TensorType T(D, Shape);
    if (T.elements() > 0)
      ByHint.back().push_back(std::move(T));
  }

  /// Candidates that suit a layer, were it the first to see the input.
  void layer(const ModuleNode &N) {
    llvm::StringRef T = N.Type;
    if (T == "LayerNorm") {
      for (const Parameter &P : N.Parameters)
        if (P.Name == "weight" && P.Value.known())
          normalized(P.Value.Type.Shape);
      return;
    }
    if (T == "Embedding")
      return tokens();
    int64_t Size = optionOf(N, fixingOption(T));
    if (Size <= 0 || !hint(T, Size))
      return;
    if (T == "Linear") {
      linear(Size);
    } else if (T == "LSTM" || T == "GRU" || T == "RNN") {
      add(DType::Float32, {1, 32, Size});
      add(DType::Float32, {1, Size});
    } else if (T == "LSTMCell" || T == "GRUCell" || T == "RNNCell" || T == "BatchNorm1d") {
      add(DType::Float32, {1, Size});
      if (T == "BatchNorm1d")
        add(DType::Float32, {1, Size, 32});
    } else if (T == "MultiheadAttention") {
      add(DType::Float32, {16, 1, Size});
    } else {
      images(Size, T.ends_with("1d") ? 1 : T.ends_with("3d") ? 3 : 2, T.starts_with("ConvTranspose"));
    }
  }

  /// Candidates that suit an operator that the program itself calls.
  void call(const OpCall &C) {
    llvm::StringRef Op = C.baseName();
    if (Op.consume_front("aten::conv"))
      return convolution(C, Op);
    if (Op == "aten::view" || Op == "aten::reshape")
      return reshape(C, Op.ends_with("view") ? "size" : "shape");
    if (Op == "aten::embedding" || Op == "aten::one_hot")
      return tokens();
    if ((Op == "aten::index_select" || Op == "aten::gather") && C.tensor("self"))
      return indices();
    if (Op == "aten::matmul" || Op == "aten::mm")
      product(matrixFactors(C));
    // A learned position, say, is as large as what it is added to.
    if (const TensorType *Other = Op == "aten::add" || Op == "aten::mul" || Op == "aten::sub" ? C.tensor("other") : nullptr)
      if (Other->rank() >= 2 && hint(Op, Other->elements()))
        addShape(Other->Type, Other->Shape);
  }

private:
  /// A matrix product of which one operand is known.
  void product(std::pair<const TensorType *, const TensorType *> Factors) {
    auto [Left, Right] = Factors;
    const TensorType *Known = Left ? Left : Right;
    if (!Known || (Left && Right) || Known->rank() == 0 || Known->rank() > 2)
      return;
    int64_t Inner = Left ? Left->Shape.back() : Right->Shape[0];
    if (hint("Linear", Inner))
      linear(Inner);
  }

  void convolution(const OpCall &C, llvm::StringRef Rest) {
    const TensorType *Weight = C.tensor("weight");
    if (!Weight || Weight->rank() < 3)
      return;
    bool Upwards = Rest.starts_with("_transpose");
    int64_t Channels = Upwards ? Weight->Shape[0] : Weight->Shape[1] * C.integer("groups").value_or(1);
    auto Dims = static_cast<unsigned>(Weight->rank() - 2);
    if (hint("Conv" + llvm::Twine(Dims) + "d", Channels))
      images(Channels, Dims, Upwards);
  }

  /// What is viewed as CxHxW holds as many elements.
  void reshape(const OpCall &C, llvm::StringRef Argument) {
    const ArgValue *Value = C.find(Argument);
    auto *Wanted = Value ? Value->as<std::vector<int64_t>>() : nullptr;
    if (!Wanted || Wanted->size() < 2 || (*Wanted)[0] > 1)
      return;
    Sizes Shape(Wanted->begin(), Wanted->end());
    Shape[0] = 1;
    if (llvm::any_of(Shape, [](int64_t S) { return S <= 0; }))
      return;
    int64_t Elements = TensorType(DType::Float32, Shape).elements();
    if (!hint("view", Elements))
      return;
    addShape(DType::Float32, Shape);
    linear(Elements);
  }

  /// Conventional sides of images first, then every other that occurs. What only grows
  /// from its first layer on (\p Upwards) begins with a latent vector.
  void images(int64_t Channels, unsigned Dims, bool Upwards) {
    static constexpr int64_t LatentSides[] = {1, 4, 7, 8, 16};
    static constexpr int64_t UsualSides[] = {224, 32, 28, 64, 227, 256, 128, 299, 416, 448, 512, 640,
                                        96, 84, 48, 40, 16, 8, 4, 1, 160, 192, 320, 384, 300,
                                        100, 50, 20, 14, 12, 10, 7, 6, 5, 3, 2};
    auto AddSide = [&](int64_t Side) {
      Sizes S = {1, Channels};
      S.append(Dims, Dims == 3 ? std::min<int64_t>(Side, 64) : Side);
      addShape(DType::Float32, S);
    };
    if (Upwards)
      llvm::for_each(LatentSides, AddSide);
    for (const ImageSides &Sides : Dims == 2 ? Told : llvm::ArrayRef<ImageSides>())
      add(DType::Float32, {1, Channels, Sides.Height, Sides.Width});
    AddSide(UsualSides[0]);
    if (Channels == 1)
      AddSide(28); // digits, before colour images of about that size
    llvm::for_each(UsualSides, AddSide);
    if (Dims == 2)
      add(DType::Float32, {1, Channels}); // reshaped by the model: a latent vector
  }

  void linear(int64_t Features) {
    add(DType::Float32, {1, Features});
    add(DType::Float32, {1, 16, Features});
    add(DType::Float32, {Features});
    // The features may be a flattened image.
    for (int64_t Channels : {1, 3})
      for (int64_t Side = 2; Side * Side * Channels <= Features; ++Side)
        if (Side * Side * Channels == Features)
          add(DType::Float32, {1, Channels, Side, Side});
  }

  void tokens() {
    if (!hint("tokens", 0))
      return;
    for (int64_t Length : {128, 16, 64, 32, 8})
      add(DType::Int64, {1, Length});
    add(DType::Int64, {128});
    add(DType::Int64, {1, 32, 32}); // codes of an image
  }

  void indices() {
    if (!hint("indices", 0))
      return;
    add(DType::Int64, {1});
    add(DType::Int64, {1, 16});
  }

  void normalized(llvm::ArrayRef<int64_t> Shape) {
    if (!hint("LayerNorm", TensorType(DType::Float32, Shape).elements()))
      return;
    for (int64_t Length : {16, 0}) {
      Sizes S = {1};
      if (Length)
        S.push_back(Length);
      S.append(Shape.begin(), Shape.end());
      addShape(DType::Float32, S);
    }
  }
};

} // namespace

std::vector<TensorType> energy::interp::candidatesFor(const ModelGraph &Probe, const ModelInput &Input,
                                                          llvm::ArrayRef<ImageSides> Told) {
  constexpr size_t MaxHints = 6; // of each kind
  Candidates Found(Told);
  UnknownId Why = Input.Value.unknown();
  for (const OpCall &C : Probe.Calls)
    if (C.Unknown == Why && Why != UnknownId::None && Found.hints() < MaxHints) {
      Found.layer(Probe.module(C.Module));
      Found.call(C);
    }
  size_t Own = Found.hints();
  for (const ModuleNode &N : Probe.Modules)
    if (Found.hints() < Own + MaxHints)
      Found.layer(N);
  if (!unknownSizes(Probe) && Found.hint("any", 0)) {
    Found.add(DType::Float32, {1, 3, 224, 224});
    Found.add(DType::Float32, {1, 64});
    Found.add(DType::Float32, {1, 16, 64});
    Found.hint("video", 0);
    Found.add(DType::Float32, {1, 4, 3, 224, 224});
  }
  return Found.take();
}

std::vector<TensorType> energy::interp::besideCandidates(llvm::StringRef Name, const TensorType &First) {
  Candidates Found;
  int64_t Batch = First.rank() ? First.Shape[0] : 1;
  bool IsTime = Name == "t" || Name.contains_insensitive("time") || Name.contains_insensitive("step");
  Found.hint("beside", 0);
  if (IsTime)
    Found.add(DType::Int64, {Batch});
  if (Name.contains_insensitive("mask") && First.rank() >= 2)
    for (int64_t Length : {First.Shape[1], int64_t(1)})
      Found.add(DType::Bool, {Batch, Length});
  Found.addShape(First.Type, First.Shape);
  Found.add(DType::Int64, {Batch});
  Found.add(DType::Float32, {Batch});
  Found.add(DType::Float32, {Batch, 1});
  if (First.rank() >= 2) {
    Found.add(DType::Int64, {Batch, First.Shape[1]});
    Found.add(DType::Bool, {Batch, First.Shape[1]});
    Sizes Mask = First.Shape; // one channel
    Mask[1] = 1;
    Found.addShape(DType::Float32, Mask);
  }
  return Found.take();
}
