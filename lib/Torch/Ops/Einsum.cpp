/// \file
/// Einstein summation. The equation is parsed as LibTorch does: letters, "..."
/// for the dimensions left over, implicit output in alphabetical order. Operands are
/// contracted from left to right, which is what the multiply-accumulates count.
#include "Torch/Rules.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace energy;
using namespace energy::torch;
using llvm::StringRef;
using llvm::Twine;

namespace {
/// Labels are the letters; the dimensions of an ellipsis are numbered from the
/// right: -1 is the last of them.
using Labels = llvm::SmallVector<int, 6>;
struct Equation {
  llvm::SmallVector<Labels, 3> Operands;
  Labels Output;
  std::map<int, int64_t> Size;
};

/// A dot in the labels stands for the whole ellipsis.
llvm::Expected<std::string> letters(StringRef Text, StringRef Where) {
  std::string Out;
  while (!Text.empty()) {
    if (Text.consume_front("...")) {
      if (StringRef(Out).contains('.'))
        return reject("two ellipses in " + Where);
      Out += '.';
      continue;
    }
    char C = Text.front();
    Text = Text.drop_front();
    if (C == ' ')
      continue;
    if (!llvm::isAlpha(C))
      return reject("'" + Twine(C) + "' in " + Where + " is not a letter");
    Out += C;
  }
  return Out;
}
/// Replaces the dot by \p Count numbered labels.
Labels expand(StringRef Text, int64_t Count) {
  Labels Out;
  for (char C : Text) {
    if (C != '.')
      Out.push_back(C);
    else
      for (int64_t I = Count; I > 0; --I)
        Out.push_back(static_cast<int>(-I));
  }
  return Out;
}
llvm::Error bindSizes(Equation &Eq, const Labels &L, const TensorType &T, size_t Index) {
  std::map<int, int64_t> Own;
  for (size_t D = 0; D < L.size(); ++D) {
    int64_t Size = T.Shape[D];
    auto [It, New] = Own.try_emplace(L[D], Size);
    if (!New && It->second != Size)
      return reject("the subscript repeated in operand " + Twine(Index) + " names sizes " +
                    Twine(It->second) + " and " + Twine(Size));
    int64_t &Known = Eq.Size.try_emplace(L[D], 1).first->second;
    if (Known != Size && Known != 1 && Size != 1)
      return reject("a subscript of operand " + Twine(Index) + " names size " + Twine(Size) +
                    ", but " + Twine(Known) + " before");
    if (Size != 1)
      Known = Size;
  }
  return llvm::Error::success();
}
/// Without "->": the ellipsis, then the letters that occur once, in order.
Labels implicitOutput(const Equation &Eq, int64_t Widest) {
  std::map<int, int> Count;
  for (const Labels &L : Eq.Operands)
    for (int C : L)
      ++Count[C];
  Labels Out = expand(".", Widest);
  for (auto [C, N] : Count)
    if (C > 0 && N == 1)
      Out.push_back(C);
  return Out;
}
llvm::Error explicitOutput(Equation &Eq, StringRef Text, int64_t Widest) {
  llvm::Expected<std::string> Out = letters(Text, "the output");
  if (!Out)
    return Out.takeError();
  Eq.Output = expand(*Out, Widest);
  for (size_t I = 0; I < Eq.Output.size(); ++I) {
    int C = Eq.Output[I];
    if (llvm::is_contained(llvm::ArrayRef(Eq.Output).take_front(I), C))
      return reject("an output subscript is given twice");
    if (C > 0 && !Eq.Size.count(C))
      return reject("output subscript '" + Twine(static_cast<char>(C)) + "' is in no operand");
  }
  return llvm::Error::success();
}
llvm::Error parseOperand(Equation &Eq, StringRef Text, const TensorType &T, int64_t &Widest) {
  size_t Index = Eq.Operands.size();
  llvm::Expected<std::string> L = letters(Text, ("operand " + Twine(Index)).str());
  if (!L)
    return L.takeError();
  bool Ellipsis = StringRef(*L).contains('.');
  int64_t Left = T.rank() - static_cast<int64_t>(L->size()) + Ellipsis;
  if (Left < 0 || (Left > 0 && !Ellipsis))
    return reject("operand " + Twine(Index) + " has " + Twine(T.rank()) + " dimensions (" +
                  shapeText(T.Shape) + "), its subscripts are '" + Text.trim() + "'");
  if (Ellipsis)
    Widest = std::max(Widest, Left);
  Eq.Operands.push_back(expand(*L, Left));
  return bindSizes(Eq, Eq.Operands.back(), T, Index);
}

llvm::Expected<Equation> parse(const OpArgs &A) {
  std::string Text = A.text("equation");
  llvm::SmallVector<const TensorType *, 4> Ts = A.tensors("tensors");
  auto [Left, Right] = StringRef(Text).split("->");
  bool HasOutput = StringRef(Text).contains("->");
  llvm::SmallVector<StringRef, 3> Parts;
  Left.split(Parts, ',');
  if (Ts.empty() || Parts.size() != Ts.size())
    return reject("the equation '" + Text + "' names " + Twine(Parts.size()) + " operands, " +
                  Twine(Ts.size()) + " are given");
  Equation Eq;
  int64_t Widest = 0;
  for (size_t I = 0; I < Parts.size(); ++I)
    if (llvm::Error E = parseOperand(Eq, Parts[I], *Ts[I], Widest))
      return E;
  if (!HasOutput)
    Eq.Output = implicitOutput(Eq, Widest);
  else if (llvm::Error E = explicitOutput(Eq, Right, Widest))
    return E;
  return Eq;
}

llvm::Expected<Results> einsumRule(const OpArgs &A) {
  llvm::Expected<Equation> Eq = parse(A);
  if (!Eq)
    return Eq.takeError();
  llvm::SmallVector<const TensorType *, 4> Ts = A.tensors("tensors");
  // 1.13 rejects operands of different types, 2.x promotes them where it only
  // multiplies: an error that depends on the version is none of ours.
  DType Type = Ts.empty() ? DType::Float32 : Ts[0]->Type;
  for (const TensorType *T : Ts)
    Type = promote(Type, T->Type);
  Sizes Out;
  for (int C : Eq->Output)
    Out.push_back(Eq->Size[C]);
  return Results{TensorType(Type, Out)};
}

/// One contraction of all labels of the intermediate result and the next operand.
CostFeatures einsumCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = memoryCost(A, Out);
  Equation Eq = llvm::cantFail(parse(A));
  Labels Alive = Eq.Operands[0];
  for (size_t I = 1; I < Eq.Operands.size(); ++I) {
    for (int L : Eq.Operands[I])
      if (!llvm::is_contained(Alive, L))
        Alive.push_back(L);
    int64_t Macs = 1;
    llvm::SmallVector<int, 6> Seen;
    for (int L : Alive)
      if (!llvm::is_contained(Seen, L)) {
        Seen.push_back(L);
        Macs = saturatingMul(Macs, Eq.Size[L]);
      }
    C.Macs = saturatingAdd(C.Macs, Macs);
    llvm::erase_if(Alive, [&](int L) {
      auto Needed = [&](const Labels &Others) { return llvm::is_contained(Others, L); };
      return !Needed(Eq.Output) &&
             llvm::none_of(llvm::ArrayRef(Eq.Operands).drop_front(I + 1), Needed);
    });
  }
  return C;
}

constexpr llvm::StringLiteral Samples[] = {
    "equation=\"ij,jk->ik\" tensors=[f32[2,3],f32[3,4]] -> f32[2,4]",
    "equation=\"bhid,bhjd->bhij\" tensors=[f32[2,4,5,8],f32[2,4,6,8]] -> f32[2,4,5,6]",
    "equation=\"b h i j, b h j d -> b h i d\" tensors=[f32[2,4,5,6],f32[2,4,6,8]] -> f32[2,4,5,8]",
    "equation=\"ij,jk\" tensors=[f32[2,3],f32[3,4]] -> f32[2,4]",
    "equation=\"ba\" tensors=[f32[2,3]] -> f32[3,2]",
    "equation=\"ij->\" tensors=[f32[2,3]] -> f32[]",
    "equation=\"ii->i\" tensors=[f32[3,3]] -> f32[3]",
    "equation=\"ii\" tensors=[f32[3,3]] -> f32[]",
    "equation=\"...ij,...jk->...ik\" tensors=[f32[5,2,3],f32[3,4]] -> f32[5,2,4]",
    "equation=\"...ij->...ji\" tensors=[f32[5,2,3]] -> f32[5,3,2]",
    "equation=\"i,j,k->ijk\" tensors=[f32[2],f32[3],f32[4]] -> f32[2,3,4]",
    "equation=\"ij,ij->ij\" tensors=[f32[2,1],f32[2,3]] -> f32[2,3]",
    "equation=\"nc,nck->nk\" tensors=[f32[2,3],f32[2,3,4]] -> f32[2,4]",
    "equation=\"ij,jk->ik\" tensors=[f32[2,3],f32[4,5]] -> error",
    "equation=\"ij,jk->ik\" tensors=[f32[2,3]] -> error",
    "equation=\"ij->ii\" tensors=[f32[2,3]] -> error",
    "equation=\"ij->ik\" tensors=[f32[2,3]] -> error",
    "equation=\"ijk->ik\" tensors=[f32[2,3]] -> error",
    "equation=\"i1->i\" tensors=[f32[2,3]] -> error",
};
constexpr llvm::StringLiteral Sweeps[] = {
    "equation=\"bhid,bhjd->bhij\" "
    "tensors=[f32[B:1..16,H:1..16,T:8..256,D:{32,64}],f32[B,H,T,D]]"};

// A schema stays in one piece, as LibTorch prints it.
// clang-format off
constexpr OpDef Ops[] = {
    {"aten::einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor",
     einsumRule, einsumCost, Storage::New, Samples, Sweeps},
};
// clang-format on
} // namespace

llvm::ArrayRef<OpDef> energy::torch::einsumOps() { return Ops; }
