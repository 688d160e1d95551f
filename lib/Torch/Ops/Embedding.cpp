/// \file
/// Table look-ups. Only the rows that are picked count as read, not the table.
/// That indices are inside the table depends on data and is not checked.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

enum BagMode : int64_t { Sum, Mean, Max };

llvm::Error requireIndex(const OpArgs &A, llvm::StringRef Name) {
  DType T = A.tensor(Name).Type;
  if (T == DType::Int64 || T == DType::Int32)
    return llvm::Error::success();
  return reject(Name + " must be int64 or int32, got " + dtypeName(T));
}

llvm::Error requireTable(llvm::StringRef Name, const TensorType &Table) {
  if (Table.rank() == 2)
    return llvm::Error::success();
  return reject(Name + " must be 2-D, got " + rankText(Table));
}

llvm::Expected<Results> embeddingResult(const OpArgs &A) {
  const TensorType &Table = A.tensor("weight"), &Indices = A.tensor("indices");
  if (llvm::Error E = requireTable("weight", Table))
    return E;
  if (llvm::Error E = requireIndex(A, "indices"))
    return E;
  if (Table.Shape[0] == 0 && Indices.elements() != 0)
    return reject("the table has no rows");
  TensorType Out(Table.Type, Indices.Shape);
  Out.Shape.push_back(Table.Shape[1]);
  return one(std::move(Out));
}

llvm::Expected<Results> renormResult(const OpArgs &A) {
  const TensorType &Table = A.tensor("self");
  if (llvm::Error E = requireTable("weight", Table))
    return E;
  if (llvm::Error E = requireIndex(A, "indices"))
    return E;
  if (llvm::Error E = requireFloating("weight", Table))
    return E;
  return one(Table);
}

llvm::Error checkBag(const OpArgs &A, int64_t Mode) {
  const TensorType &Table = A.tensor("weight"), &Offsets = A.tensor("offsets");
  if (llvm::Error E = requireTable("weight", Table))
    return E;
  for (llvm::StringRef Name : {"indices", "offsets"})
    if (llvm::Error E = requireIndex(A, Name))
      return E;
  if (llvm::Error E = requireReal("weight", Table))
    return E;
  if (Offsets.rank() != 1)
    return reject("offsets must be 1-D, got " + rankText(Offsets));
  if (Mode < Sum || Mode > Max)
    return reject("mode must be 0 (sum), 1 (mean) or 2 (max), got " + Twine(Mode));
  const TensorType *Weights = A.tensorIf("per_sample_weights");
  if (!Weights)
    return llvm::Error::success();
  if (Mode != Sum)
    return reject("per_sample_weights need the mode 'sum'");
  if (Weights->elements() != A.tensor("indices").elements())
    return reject("per_sample_weights has " + Twine(Weights->elements()) +
                  " elements, indices has " + Twine(A.tensor("indices").elements()));
  return requireSameType(A, "weight", "per_sample_weights");
}

/// Results: the bags; then what the backward pass needs (row to bag, bag sizes, argmax),
/// whose sizes are those of LibTorch's CPU kernel.
llvm::Expected<Results> bag(const OpArgs &A, bool HasPadding) {
  int64_t Mode = A.integer("mode");
  if (llvm::Error E = checkBag(A, Mode))
    return E;
  const TensorType &Table = A.tensor("weight"), &Indices = A.tensor("indices"),
                   &Offsets = A.tensor("offsets");
  bool Last = A.boolean("include_last_offset");
  if (Last && Offsets.Shape[0] == 0)
    return reject("include_last_offset needs at least one offset");
  int64_t Bags = Offsets.Shape[0] - (Last ? 1 : 0);
  DType Index = promote(Indices.Type, Offsets.Type);
  bool Fast = Mode == Sum && !HasPadding &&
              (Table.Type == DType::Float32 || Table.Type == DType::Float16);
  TensorType Sizes(Index, {Mode == Sum ? Offsets.Shape[0] : Bags});
  TensorType Largest = Sizes;
  if (Mode == Max)
    Largest.Shape.push_back(Table.Shape[1]);
  return Results{TensorType(Table.Type, {Bags, Table.Shape[1]}),
                 TensorType(Index, {Fast ? 0 : Indices.elements()}), Sizes, Largest};
}

llvm::Expected<Results> bagResult(const OpArgs &A) { return bag(A, /*HasPadding=*/false); }
llvm::Expected<Results> paddedBagResult(const OpArgs &A) {
  if (A.isNone("padding_idx"))
    return bag(A, /*HasPadding=*/false);
  const TensorType &Table = A.tensor("weight");
  if (llvm::Error E = requireTable("weight", Table))
    return E;
  int64_t Padding = A.integer("padding_idx");
  if (Padding < -Table.Shape[0] || Padding >= Table.Shape[0])
    return reject("padding_idx " + Twine(Padding) + " is outside a table of " +
                  Twine(Table.Shape[0]) + " rows");
  return bag(A, /*HasPadding=*/true);
}

CostFeatures lookUpCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out, int64_t StepsPerRow) {
  llvm::StringRef TableName = A.call().Args.front().Name;
  const TensorType &Table = A.tensor(TableName), &Indices = A.tensor("indices");
  int64_t Picked = saturatingMul(Indices.elements(), Table.Shape[1]);
  CostFeatures F = memoryCost(A, Out);
  F.BytesWeights = saturatingMul(Picked, dtypeBytes(Table.Type));
  F.BytesRead = saturatingAdd(F.BytesRead - Table.bytes(), F.BytesWeights);
  F.ElementOps = saturatingMul(Picked, StepsPerRow);
  return F;
}
template <int StepsPerRow>
CostFeatures lookUpCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return lookUpCost(A, Out, StepsPerRow);
}
/// Norm and rescaling of the picked rows, in place.
CostFeatures renormCost(const OpArgs &A, llvm::ArrayRef<TensorType>) {
  CostFeatures F = lookUpCost(A, {}, 3);
  F.BytesWritten = F.BytesWeights;
  return F;
}

constexpr llvm::StringLiteral EmbeddingSamples[] = {
    "aten::embedding weight=f32[10,3] indices=i64[2,4] -> f32[2,4,3]",
    "aten::embedding weight=f32[10,3] indices=i32[4] padding_idx=2 -> f32[4,3]",
    "aten::embedding weight=f32[10,3] indices=i64[] -> f32[3]",
    "aten::embedding weight=f32[10,3] indices=i64[0] -> f32[0,3]",
    "aten::embedding weight=f32[10,3] indices=f32[2,4] -> error",
    "aten::embedding weight=f32[10,3] indices=u8[2] -> error",
    "aten::embedding weight=f32[10] indices=i64[2] -> error",
    "aten::embedding weight=f32[10,3,2] indices=i64[2] -> error",
    "aten::embedding weight=f32[0,3] indices=i64[4] -> error",
};
constexpr llvm::StringLiteral RenormSamples[] = {
    "aten::embedding_renorm_ self=f32[10,3] indices=i64[6] max_norm=1.0 norm_type=2.0 "
    "-> f32[10,3]",
    "aten::embedding_renorm_ self=f32[10] indices=i64[6] max_norm=1.0 norm_type=2.0 -> error",
    "aten::embedding_renorm_ self=f32[10,3] indices=f32[6] max_norm=1.0 norm_type=2.0 -> error",
};
constexpr llvm::StringLiteral BagSamples[] = {
    "aten::embedding_bag weight=f32[10,3] indices=i64[6] offsets=i64[2] "
    "-> f32[2,3] i64[0] i64[2] i64[2]",
    "aten::embedding_bag weight=f32[10,3] indices=i64[6] offsets=i64[2] mode=1 "
    "-> f32[2,3] i64[6] i64[2] i64[2]",
    "aten::embedding_bag weight=f32[10,3] indices=i64[6] offsets=i64[2] mode=2 "
    "-> f32[2,3] i64[6] i64[2] i64[2,3]",
    "aten::embedding_bag weight=f32[10,3] indices=i64[6] offsets=i64[2] mode=1 "
    "include_last_offset=true -> f32[1,3] i64[6] i64[1] i64[1]",
    "aten::embedding_bag weight=f32[10,3] indices=i32[6] offsets=i64[2] "
    "per_sample_weights=f32[6] -> f32[2,3] i64[0] i64[2] i64[2]",
    "aten::embedding_bag weight=f32[10,3] indices=i64[6] offsets=i64[2] mode=1 "
    "per_sample_weights=f32[6] -> error",
    "aten::embedding_bag weight=f32[10,3] indices=i64[6] offsets=i64[2] "
    "per_sample_weights=f32[5] -> error",
    "aten::embedding_bag weight=f32[10,3] indices=f32[6] offsets=i64[2] -> error",
    "aten::embedding_bag weight=f32[10] indices=i64[6] offsets=i64[2] -> error",
};
constexpr llvm::StringLiteral PaddedBagSamples[] = {
    "aten::embedding_bag.padding_idx weight=f32[10,3] indices=i64[6] offsets=i64[2] "
    "scale_grad_by_freq=false mode=0 sparse=false per_sample_weights=None "
    "include_last_offset=false padding_idx=None -> f32[2,3] i64[0] i64[2] i64[2]",
    "aten::embedding_bag.padding_idx weight=f32[10,3] indices=i64[6] offsets=i64[2] "
    "scale_grad_by_freq=false mode=0 sparse=false per_sample_weights=None "
    "include_last_offset=false padding_idx=3 -> f32[2,3] i64[6] i64[2] i64[2]",
    "aten::embedding_bag.padding_idx weight=f32[10,3] indices=i64[6] offsets=i64[2] "
    "scale_grad_by_freq=false mode=1 sparse=false per_sample_weights=None "
    "include_last_offset=false padding_idx=13 -> error",
};
// Vocabularies, token batches and single tokens.
constexpr llvm::StringLiteral EmbeddingSweeps[] = {
    "weight=f32[V:100..50000,D:32..2048] indices=i64[B:1..64,T:1..1024]",
};
constexpr llvm::StringLiteral BagSweeps[] = {
    "weight=f32[V:100..50000,D:16..512] indices=i64[N:64..8192] offsets=i64[1]",
};

constexpr OpDef Ops[] = {
    {"aten::embedding(Tensor weight, Tensor indices, int padding_idx=-1, bool "
     "scale_grad_by_freq=False, bool sparse=False) -> Tensor",
     embeddingResult, lookUpCost<0>, Storage::New, EmbeddingSamples, EmbeddingSweeps},
    {"aten::embedding_renorm_(Tensor(a!) self, Tensor indices, float max_norm, float norm_type) -> "
     "Tensor(a!)",
     renormResult, renormCost, Storage::InPlace, RenormSamples},
    {"aten::embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool "
     "scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, "
     "bool include_last_offset=False) -> (Tensor, Tensor, Tensor, Tensor)",
     bagResult, lookUpCost<1>, Storage::New, BagSamples, BagSweeps},
    {"aten::embedding_bag.padding_idx(Tensor weight, Tensor indices, Tensor offsets, bool "
     "scale_grad_by_freq, int mode, bool sparse, Tensor? per_sample_weights, bool "
     "include_last_offset, int? padding_idx) -> (Tensor, Tensor, Tensor, Tensor)",
     paddedBagResult, lookUpCost<1>, Storage::New, PaddedBagSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> embeddingOps() { return Ops; }
} // namespace energy::torch
