/// \file
/// Recurrent layers (LSTM with projections, GRU, plain RNN; several layers, one or
/// two directions, padded or packed sequences), their cells, and packing. The
/// sizes of the parameters are checked against the input and the hidden state.
#include "Torch/Ops/NeuralRules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

namespace {

enum Gates : int64_t { Plain = 1, Gru = 3, Lstm = 4 };

/// What a recurrent call computes, taken from its arguments.
struct Network {
  int64_t InputSize = 0, HiddenSize = 0;
  int64_t OutputSize = 0; ///< of one direction: the projection's size, or HiddenSize
  int64_t Batch = -1;     ///< -1 for packed data: it varies from step to step
  int64_t Layers = 0, Directions = 0;
  bool HasBias = false, HasProjection = false;
  unsigned tensorsPerCell() const { return 2 + (HasBias ? 2 : 0) + (HasProjection ? 1 : 0); }
};

/// One of the parameters of a cell.
llvm::Error checkParameter(const TensorType &T, const TensorType &In, Shape Wanted,
                           const Twine &Name) {
  if (Shape(T.Shape) != Wanted)
    return reject(Name + " is " + shapeText(T.Shape) + ", expected " + shapeText(Wanted));
  if (T.Type != In.Type)
    return reject(Name + " is " + dtypeName(T.Type) + ", input is " + dtypeName(In.Type));
  return llvm::Error::success();
}

llvm::Error checkCell(const Network &N, Gates Count, const TensorType &In,
                      llvm::ArrayRef<const TensorType *> Params, int64_t Layer) {
  int64_t Rows = saturatingMul(Count, N.HiddenSize);
  int64_t Columns = Layer == 0 ? N.InputSize : saturatingMul(N.OutputSize, N.Directions);
  const TensorType &First = *Params[0];
  if (First.rank() == 2 && First.Shape[0] == Rows && First.Shape[1] != Columns)
    return reject((Layer == 0 ? "input has " : "the layer below has ") + Twine(Columns) +
                  " features, layer " + Twine(Layer) + " expects " + Twine(First.Shape[1]));
  if (llvm::Error E = checkParameter(First, In, {Rows, Columns}, "weight_ih"))
    return E;
  if (llvm::Error E = checkParameter(*Params[1], In, {Rows, N.OutputSize}, "weight_hh"))
    return E;
  if (N.HasBias)
    for (const TensorType *Bias : {Params[2], Params[3]})
      if (llvm::Error E = checkParameter(*Bias, In, {Rows}, "bias"))
        return E;
  if (!N.HasProjection)
    return llvm::Error::success();
  return checkParameter(*Params.back(), In, {N.OutputSize, N.HiddenSize}, "weight_hr");
}

llvm::Error checkParameters(const OpArgs &A, const Network &N, Gates Count, const TensorType &In) {
  llvm::SmallVector<const TensorType *, 4> Params = A.tensors("params");
  if (llvm::is_contained(Params, nullptr))
    return reject("a parameter is an undefined tensor");
  int64_t Cells = saturatingMul(N.Layers, N.Directions);
  unsigned Each = N.tensorsPerCell();
  if (saturatingMul(Cells, Each) != static_cast<int64_t>(Params.size()))
    return reject(Twine(Cells) + " cells need " + Twine(saturatingMul(Cells, Each)) +
                  " parameters, got " + Twine(Params.size()));
  for (int64_t Cell = 0; Cell < Cells; ++Cell)
    if (llvm::Error E = checkCell(
            N, Count, In,
            llvm::ArrayRef(Params).slice(static_cast<size_t>(Cell) * Each, Each),
            Cell / N.Directions))
      return E;
  return llvm::Error::success();
}

/// A hidden (or cell) state of rank 3: layers * directions x batch x size.
llvm::Error checkState(const Network &N, const TensorType &In, const TensorType *State,
                       int64_t Size) {
  int64_t Cells = saturatingMul(N.Layers, N.Directions);
  if (State->Shape[0] != Cells)
    return reject("the hidden state has " + Twine(State->Shape[0]) + " layers, expected " +
                  Twine(Cells));
  if (N.Batch >= 0 && State->Shape[1] != N.Batch)
    return reject("the hidden state has batch size " + Twine(State->Shape[1]) +
                  ", input has " + Twine(N.Batch));
  if (State->Shape[2] != Size)
    return reject("the hidden state has size " + Twine(State->Shape[2]) + ", expected " +
                  Twine(Size));
  if (State->Type != In.Type)
    return reject("the hidden state is " + dtypeName(State->Type) + ", input is " +
                  dtypeName(In.Type));
  return llvm::Error::success();
}

/// The hidden states: `hx` as one tensor (GRU, RNN) or as a list (LSTM: h, c).
llvm::SmallVector<const TensorType *, 4> states(const OpArgs &A, Gates Count) {
  if (Count == Lstm)
    return A.tensors("hx");
  return {&A.tensor("hx")};
}

/// Rank 3 with time and batch, or packed: rank 2 with both in one.
llvm::Expected<Network> readNetwork(const OpArgs &A, Gates Count, const TensorType &In,
                                    bool Packed) {
  llvm::SmallVector<const TensorType *, 4> Hidden = states(A, Count);
  if (Count == Lstm && Hidden.size() != 2)
    return reject("an LSTM needs two hidden states, got " + Twine(Hidden.size()));
  if (Packed && A.tensor("batch_sizes").Type != DType::Int64)
    return reject("batch_sizes must be int64, got " + dtypeName(A.tensor("batch_sizes").Type));
  if (In.rank() != (Packed ? 2 : 3))
    return reject("input must be " + Twine(Packed ? 2 : 3) + "-D, got " + rankText(In));
  Network N;
  N.InputSize = In.Shape.back();
  N.Layers = A.integer("num_layers");
  N.Directions = A.boolean("bidirectional") ? 2 : 1;
  N.HasBias = A.boolean("has_biases");
  N.Batch = Packed ? -1 : In.Shape[A.boolean("batch_first") ? 0 : 1];
  if (N.Layers < 1)
    return reject("num_layers must be at least 1, got " + Twine(N.Layers));
  for (const TensorType *State : Hidden)
    if (!State || State->rank() != 3)
      return reject("the hidden state must be a 3-D tensor");
  N.OutputSize = Hidden.front()->Shape[2];
  N.HiddenSize = Hidden.back()->Shape[2];
  N.HasProjection = N.OutputSize != N.HiddenSize;
  int64_t Steps = Packed ? In.Shape[0] : In.Shape[A.boolean("batch_first") ? 1 : 0];
  if (Steps == 0)
    return reject("the sequence is empty");
  return N;
}

llvm::Expected<Results> sequence(const OpArgs &A, Gates Count, bool Packed) {
  const TensorType &In = A.tensor(Packed ? "data" : "input");
  llvm::Expected<Network> N = readNetwork(A, Count, In, Packed);
  if (!N)
    return N.takeError();
  if (llvm::Error E = checkParameters(A, *N, Count, In))
    return E;
  llvm::SmallVector<const TensorType *, 4> Hidden = states(A, Count);
  if (llvm::Error E = checkState(*N, In, Hidden.front(), N->OutputSize))
    return E;
  if (llvm::Error E = checkState(*N, In, Hidden.back(), N->HiddenSize))
    return E;
  if (llvm::Error E = requireReal("input", In))
    return E;
  TensorType Out = In;
  Out.Shape.back() = saturatingMul(N->OutputSize, N->Directions);
  Results R{std::move(Out)};
  for (const TensorType *State : Hidden)
    R.push_back(*State);
  return R;
}
template <Gates Count> llvm::Expected<Results> paddedResult(const OpArgs &A) {
  return sequence(A, Count, /*Packed=*/false);
}
template <Gates Count> llvm::Expected<Results> packedResult(const OpArgs &A) {
  return sequence(A, Count, /*Packed=*/true);
}

/// Element-wise steps per hidden element and time step: gate sums, activations
/// (a sigmoid is 3 steps, a tanh 1) and the state update.
int64_t stepsPerElement(Gates Count) { return Count == Lstm ? 22 : Count == Gru ? 16 : 3; }

/// Every weight matrix is applied to every element of the sequence.
CostFeatures sequenceCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out, Gates Count,
                          llvm::StringRef InputName) {
  CostFeatures F = layerCost(A, Out, 0);
  const TensorType &In = A.tensor(InputName);
  int64_t Positions = elementsOf(Shape(In.Shape).drop_back());
  int64_t Products = 0;
  for (const TensorType *P : A.tensors("params"))
    if (P->rank() == 2)
      Products = saturatingAdd(Products, P->elements());
  F.Macs = saturatingMul(Positions, Products);
  const TensorType &Cells = *states(A, Count).back();
  int64_t PerPosition = saturatingMul(Cells.Shape[0], Cells.Shape[2]);
  F.ElementOps =
      saturatingMul(saturatingMul(Positions, PerPosition), stepsPerElement(Count));
  return F;
}
template <Gates Count>
CostFeatures paddedCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return sequenceCost(A, Out, Count, "input");
}
template <Gates Count>
CostFeatures packedCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  return sequenceCost(A, Out, Count, "data");
}

llvm::Error checkCellState(const TensorType &In, const TensorType *State, int64_t Size) {
  if (!State || State->rank() != 2)
    return reject("the hidden state must be 2-D");
  if (State->Shape[0] != In.Shape[0])
    return reject("the hidden state has batch size " + Twine(State->Shape[0]) +
                  ", input has " + Twine(In.Shape[0]));
  if (State->Shape[1] != Size)
    return reject("the hidden state has size " + Twine(State->Shape[1]) + ", expected " +
                  Twine(Size));
  if (State->Type != In.Type)
    return reject("the hidden state is " + dtypeName(State->Type) + ", input is " +
                  dtypeName(In.Type));
  return llvm::Error::success();
}

template <Gates Count> llvm::Expected<Results> cellResult(const OpArgs &A) {
  const TensorType &In = A.tensor("input"), &Wih = A.tensor("w_ih"), &Whh = A.tensor("w_hh");
  llvm::SmallVector<const TensorType *, 4> Hidden = states(A, Count);
  if (Count == Lstm && Hidden.size() != 2)
    return reject("an LSTM cell needs two hidden states, got " + Twine(Hidden.size()));
  if (In.rank() != 2 || Wih.rank() != 2 || Whh.rank() != 2)
    return reject("input and weights must be 2-D, got " + rankText(In) + ", " + rankText(Wih) +
                  " and " + rankText(Whh));
  if (In.Shape[1] != Wih.Shape[1])
    return reject("input has " + Twine(In.Shape[1]) + " features, weight expects " +
                  Twine(Wih.Shape[1]));
  for (const TensorType *State : Hidden)
    if (llvm::Error E = checkCellState(In, State, Whh.Shape[1]))
      return E;
  int64_t Rows = saturatingMul(Count, Whh.Shape[1]);
  if (Wih.Shape[0] != Rows || Whh.Shape[0] != Rows)
    return reject("the weights have " + Twine(Wih.Shape[0]) + " and " + Twine(Whh.Shape[0]) +
                  " rows, expected " + Twine(Rows));
  for (llvm::StringRef Name : {"b_ih", "b_hh"})
    if (llvm::Error E = requireVector(A, Name, Rows))
      return E;
  for (llvm::StringRef Name : {"w_ih", "w_hh", "b_ih", "b_hh"})
    if (A.tensorIf(Name))
      if (llvm::Error E = requireSameType(A, "input", Name))
        return E;
  if (llvm::Error E = requireReal("input", In))
    return E;
  Results R;
  for (const TensorType *State : Hidden)
    R.push_back(*State);
  return R;
}

template <Gates Count> CostFeatures cellCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures F = layerCost(A, Out, saturatingMul(Out[0].elements(), stepsPerElement(Count)));
  int64_t Products =
      saturatingAdd(A.tensor("w_ih").elements(), A.tensor("w_hh").elements());
  F.Macs = saturatingMul(A.tensor("input").Shape[0], Products);
  return F;
}

/// How many elements a packed batch holds is the sum of the lengths.
llvm::Expected<Results> packResult(const OpArgs &A) {
  const TensorType &In = A.tensor("input"), &Lengths = A.tensor("lengths");
  if (Lengths.Type != DType::Int64)
    return reject("lengths must be int64, got " + dtypeName(Lengths.Type));
  if (In.rank() < 2 || In.elements() == 0)
    return reject("input must be a non-empty tensor with time and batch, got " + rankText(In));
  int64_t Batch = In.Shape[A.boolean("batch_first") ? 0 : 1];
  if (Lengths.rank() != 1 || Lengths.Shape[0] != Batch)
    return reject("there must be one length for each of " + Twine(Batch) + " sequences, got " +
                  shapeText(Lengths.Shape));
  return dataDependent("the size of a packed sequence is the sum of its lengths");
}
llvm::Expected<Results> unpackResult(const OpArgs &A) {
  if (A.tensor("batch_sizes").Type != DType::Int64)
    return reject("batch_sizes must be int64, got " + dtypeName(A.tensor("batch_sizes").Type));
  return dataDependent("the sizes of a padded sequence depend on the packed batch sizes");
}

llvm::Expected<Results> padSequenceResult(const OpArgs &A) {
  llvm::SmallVector<const TensorType *, 4> All = A.tensors("sequences");
  if (All.empty())
    return reject("the list of sequences is empty");
  int64_t Longest = 0;
  for (const TensorType *T : All) {
    if (!T || T->rank() < 1)
      return reject("a sequence must have at least 1 dimension");
    if (Shape(T->Shape).drop_front() != Shape(All[0]->Shape).drop_front())
      return reject("the sequences differ after their first dimension: " +
                    shapeText(All[0]->Shape) + " and " + shapeText(T->Shape));
    Longest = std::max(Longest, T->Shape[0]);
  }
  TensorType Out = *All[0];
  int64_t Batch = static_cast<int64_t>(All.size());
  bool BatchFirst = A.boolean("batch_first");
  Out.Shape[0] = BatchFirst ? Longest : Batch;
  Out.Shape.insert(Out.Shape.begin(), BatchFirst ? Batch : Longest);
  return one(std::move(Out));
}

constexpr llvm::StringLiteral LstmSamples[] = {
    "aten::lstm.input input=f32[5,2,4] hx=[f32[1,2,3],f32[1,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=false -> f32[5,2,3] f32[1,2,3] f32[1,2,3]",
    "aten::lstm.input input=f32[2,5,4] hx=[f32[2,2,3],f32[2,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12],f32[12,3],f32[12,3],f32[12],f32[12]] "
    "has_biases=true num_layers=2 dropout=0.5 train=false bidirectional=false batch_first=true "
    "-> f32[2,5,3] f32[2,2,3] f32[2,2,3]",
    "aten::lstm.input input=f32[2,5,4] hx=[f32[2,2,3],f32[2,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12,4],f32[12,3]] has_biases=false num_layers=1 dropout=0.0 "
    "train=false bidirectional=true batch_first=true -> f32[2,5,6] f32[2,2,3] f32[2,2,3]",
    "aten::lstm.input input=f32[5,2,4] hx=[f32[1,2,2],f32[1,2,3]] "
    "params=[f32[12,4],f32[12,2],f32[12],f32[12],f32[2,3]] has_biases=true num_layers=1 "
    "dropout=0.0 train=false bidirectional=false batch_first=false "
    "-> f32[5,2,2] f32[1,2,2] f32[1,2,3]",
    "aten::lstm.input input=f32[2,5,5] hx=[f32[1,2,3],f32[1,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=true -> error",
    "aten::lstm.input input=f32[5,4] hx=[f32[1,2,3],f32[1,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=true -> error",
    "aten::lstm.input input=f32[5,2,4] hx=[f32[1,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=false -> error",
    "aten::lstm.input input=f32[5,2,4] hx=[f32[1,3,3],f32[1,3,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=false -> error",
    "aten::lstm.input input=f32[5,2,4] hx=[f32[2,2,3],f32[2,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=false -> error",
    "aten::lstm.input input=f32[5,2,4] hx=[f32[1,2,4],f32[1,2,4]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=false -> error",
    "aten::lstm.input input=f32[5,2,4] hx=[f32[1,2,3],f32[1,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12]] has_biases=true num_layers=1 dropout=0.0 train=false "
    "bidirectional=false batch_first=false -> error",
    "aten::lstm.input input=f32[0,2,4] hx=[f32[1,2,3],f32[1,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=false -> error",
    "aten::lstm.input input=f64[5,2,4] hx=[f32[1,2,3],f32[1,2,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=false -> error",
};
constexpr llvm::StringLiteral LstmPackedSamples[] = {
    "aten::lstm.data data=f32[7,4] batch_sizes=i64[7] hx=[f32[1,1,3],f32[1,1,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false -> f32[7,3] f32[1,1,3] f32[1,1,3]",
    "aten::lstm.data data=f32[7,5] batch_sizes=i64[7] hx=[f32[1,1,3],f32[1,1,3]] "
    "params=[f32[12,4],f32[12,3],f32[12],f32[12]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false -> error",
};
constexpr llvm::StringLiteral GruSamples[] = {
    "aten::gru.input input=f32[5,2,4] hx=f32[1,2,3] params=[f32[9,4],f32[9,3],f32[9],f32[9]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=false batch_first=false "
    "-> f32[5,2,3] f32[1,2,3]",
    "aten::gru.input input=f32[5,2,4] hx=f32[2,2,3] "
    "params=[f32[9,4],f32[9,3],f32[9],f32[9],f32[9,4],f32[9,3],f32[9],f32[9]] has_biases=true "
    "num_layers=1 dropout=0.0 train=false bidirectional=true batch_first=false "
    "-> f32[5,2,6] f32[2,2,3]",
    "aten::gru.input input=f32[5,2,6] hx=f32[1,2,3] params=[f32[9,4],f32[9,3],f32[9],f32[9]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=false batch_first=false "
    "-> error",
    "aten::gru.input input=f32[5,2,4] hx=f32[1,2,2] params=[f32[9,4],f32[9,3],f32[9],f32[9]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=false batch_first=false "
    "-> error",
    "aten::gru.input input=f32[5,4] hx=f32[1,3] params=[f32[9,4],f32[9,3],f32[9],f32[9]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=false batch_first=false "
    "-> error",
};
constexpr llvm::StringLiteral GruPackedSamples[] = {
    "aten::gru.data data=f32[7,4] batch_sizes=i64[7] hx=f32[1,1,3] "
    "params=[f32[9,4],f32[9,3],f32[9],f32[9]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false -> f32[7,3] f32[1,1,3]",
    "aten::gru.data data=f32[7,4] batch_sizes=i64[7] hx=f32[1,1,3] "
    "params=[f32[9,5],f32[9,3],f32[9],f32[9]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false -> error",
};
constexpr llvm::StringLiteral PlainSamples[] = {
    "input=f32[5,2,4] hx=f32[1,2,3] params=[f32[3,4],f32[3,3],f32[3],f32[3]] has_biases=true "
    "num_layers=1 dropout=0.0 train=false bidirectional=false batch_first=false "
    "-> f32[5,2,3] f32[1,2,3]",
    "input=f32[2,5,4] hx=f32[1,2,3] params=[f32[3,4],f32[3,3]] has_biases=false num_layers=1 "
    "dropout=0.0 train=false bidirectional=false batch_first=true -> f32[2,5,3] f32[1,2,3]",
    "input=f32[5,2,4] hx=f32[1,2,3] params=[f32[3,5],f32[3,3],f32[3],f32[3]] has_biases=true "
    "num_layers=1 dropout=0.0 train=false bidirectional=false batch_first=false -> error",
    "input=f32[5,2,4] hx=f32[1,2,3] params=[f32[3,4],f32[3,3],f32[3],f32[3]] has_biases=true "
    "num_layers=1 dropout=0.0 train=false bidirectional=false batch_first=true -> error",
};
constexpr llvm::StringLiteral PlainPackedSamples[] = {
    "data=f32[7,4] batch_sizes=i64[7] hx=f32[1,1,3] params=[f32[3,4],f32[3,3],f32[3],f32[3]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=false "
    "-> f32[7,3] f32[1,1,3]",
    "data=f32[7,4] batch_sizes=i64[7] hx=f32[1,1,3] params=[f32[3,5],f32[3,3],f32[3],f32[3]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=false -> error",
    "data=f32[7,4] batch_sizes=f32[7] hx=f32[1,1,3] params=[f32[3,4],f32[3,3],f32[3],f32[3]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=false -> error",
};
constexpr llvm::StringLiteral LstmCellSamples[] = {
    "aten::lstm_cell input=f32[2,4] hx=[f32[2,3],f32[2,3]] w_ih=f32[12,4] w_hh=f32[12,3] "
    "b_ih=f32[12] b_hh=f32[12] -> f32[2,3] f32[2,3]",
    "aten::lstm_cell input=f32[2,4] hx=[f32[2,3],f32[2,3]] w_ih=f32[12,4] w_hh=f32[12,3] "
    "-> f32[2,3] f32[2,3]",
    "aten::lstm_cell input=f32[2,4] hx=[f32[2,3]] w_ih=f32[12,4] w_hh=f32[12,3] -> error",
    "aten::lstm_cell input=f32[2,5] hx=[f32[2,3],f32[2,3]] w_ih=f32[12,4] w_hh=f32[12,3] "
    "-> error",
    "aten::lstm_cell input=f32[2,4] hx=[f32[1,3],f32[1,3]] w_ih=f32[12,4] w_hh=f32[12,3] "
    "-> error",
    "aten::lstm_cell input=f32[2,4] hx=[f32[2,3],f32[2,4]] w_ih=f32[12,4] w_hh=f32[12,3] "
    "b_ih=f32[12] b_hh=f32[12] -> error",
    "aten::lstm_cell input=f32[4] hx=[f32[3],f32[3]] w_ih=f32[12,4] w_hh=f32[12,3] -> error",
};
constexpr llvm::StringLiteral GruCellSamples[] = {
    "aten::gru_cell input=f32[2,4] hx=f32[2,3] w_ih=f32[9,4] w_hh=f32[9,3] b_ih=f32[9] "
    "b_hh=f32[9] -> f32[2,3]",
    "aten::gru_cell input=f32[2,5] hx=f32[2,3] w_ih=f32[9,4] w_hh=f32[9,3] -> error",
    "aten::gru_cell input=f32[2,4] hx=f32[3,3] w_ih=f32[9,4] w_hh=f32[9,3] -> error",
    "aten::gru_cell input=f32[2,4] hx=f32[2,3] w_ih=f32[9,4] w_hh=f32[9,3] b_ih=f32[8] "
    "b_hh=f32[9] -> error",
};
constexpr llvm::StringLiteral PlainCellSamples[] = {
    "input=f32[2,4] hx=f32[2,3] w_ih=f32[3,4] w_hh=f32[3,3] b_ih=f32[3] b_hh=f32[3] -> f32[2,3]",
    "input=f32[2,4] hx=f32[2,3] w_ih=f32[3,4] w_hh=f32[3,3] -> f32[2,3]",
    "input=f32[2,4] hx=f32[2,3] w_ih=f32[3,5] w_hh=f32[3,3] -> error",
    "input=f32[4] hx=f32[3] w_ih=f32[3,4] w_hh=f32[3,3] -> error",
};
constexpr llvm::StringLiteral PackSamples[] = {
    "aten::_pack_padded_sequence input=f32[5,2,4] lengths=i64[2] batch_first=false",
    "aten::_pack_padded_sequence input=f32[5,2,4] lengths=i64[3] batch_first=false -> error",
    "aten::_pack_padded_sequence input=f32[5,2,4] lengths=f32[2] batch_first=false -> error",
};
constexpr llvm::StringLiteral UnpackSamples[] = {
    "aten::_pad_packed_sequence data=f32[2,4] batch_sizes=i64[2] batch_first=false "
    "padding_value=0.0 total_length=-1",
    "aten::_pad_packed_sequence data=f32[2,4] batch_sizes=f32[2] batch_first=false "
    "padding_value=0.0 total_length=-1 -> error",
};
constexpr llvm::StringLiteral PadSequenceSamples[] = {
    "aten::pad_sequence sequences=[f32[2,3],f32[4,3]] -> f32[4,2,3]",
    "aten::pad_sequence sequences=[f32[2,3],f32[4,3]] batch_first=true -> f32[2,4,3]",
    "aten::pad_sequence sequences=[f32[2,3],f32[4,2]] -> error",
    "aten::pad_sequence sequences=[] -> error",
};

constexpr llvm::StringLiteral LstmSweeps[] = {
    "input=f32[B:1..64,T:8..256,I:16..512] hx=[f32[1,B,H:32..1024],f32[1,B,H]] "
    "params=[f32[4*H,I],f32[4*H,H],f32[4*H],f32[4*H]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=true",
    "input=f32[T:8..64,B:1..32,I:16..256] hx=[f32[2,B,H:32..512],f32[2,B,H]] "
    "params=[f32[4*H,I],f32[4*H,H],f32[4*H],f32[4*H],f32[4*H,I],f32[4*H,H],f32[4*H],f32[4*H]] "
    "has_biases=true num_layers=1 dropout=0.0 train=false bidirectional=true batch_first=false",
};
constexpr llvm::StringLiteral GruSweeps[] = {
    "input=f32[B:1..64,T:8..256,I:16..512] hx=f32[1,B,H:32..1024] "
    "params=[f32[3*H,I],f32[3*H,H],f32[3*H],f32[3*H]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=true",
};
constexpr llvm::StringLiteral PlainSweeps[] = {
    "input=f32[B:1..64,T:8..256,I:16..512] hx=f32[1,B,H:32..1024] "
    "params=[f32[H,I],f32[H,H],f32[H],f32[H]] has_biases=true num_layers=1 dropout=0.0 "
    "train=false bidirectional=false batch_first=true",
};
constexpr llvm::StringLiteral LstmCellSweeps[] = {
    "input=f32[B:1..128,I:16..1024] hx=[f32[B,H:32..1024],f32[B,H]] "
    "w_ih=f32[4*H,I] w_hh=f32[4*H,H] b_ih=f32[4*H] b_hh=f32[4*H]",
};
constexpr llvm::StringLiteral GruCellSweeps[] = {
    "input=f32[B:1..128,I:16..1024] hx=f32[B,H:32..1024] w_ih=f32[3*H,I] "
    "w_hh=f32[3*H,H] b_ih=f32[3*H] b_hh=f32[3*H]",
};

constexpr OpDef Ops[] = {
    {"aten::lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int "
     "num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, "
     "Tensor, Tensor)",
     paddedResult<Lstm>, paddedCost<Lstm>, Storage::New, LstmSamples, LstmSweeps},
    {"aten::lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool "
     "has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, "
     "Tensor, Tensor)",
     packedResult<Lstm>, packedCost<Lstm>, Storage::New, LstmPackedSamples},
    {"aten::gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, "
     "float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
     paddedResult<Gru>, paddedCost<Gru>, Storage::New, GruSamples, GruSweeps},
    {"aten::gru.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, "
     "int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)",
     packedResult<Gru>, packedCost<Gru>, Storage::New, GruPackedSamples},
    {"aten::rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int "
     "num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, "
     "Tensor)",
     paddedResult<Plain>, paddedCost<Plain>, Storage::New, PlainSamples, PlainSweeps},
    {"aten::rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int "
     "num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, "
     "Tensor)",
     paddedResult<Plain>, paddedCost<Plain>, Storage::New, PlainSamples, PlainSweeps},
    {"aten::rnn_tanh.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool "
     "has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, "
     "Tensor)",
     packedResult<Plain>, packedCost<Plain>, Storage::New, PlainPackedSamples},
    {"aten::rnn_relu.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool "
     "has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, "
     "Tensor)",
     packedResult<Plain>, packedCost<Plain>, Storage::New, PlainPackedSamples},
    {"aten::lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, "
     "Tensor? b_hh=None) -> (Tensor, Tensor)",
     cellResult<Lstm>, cellCost<Lstm>, Storage::New, LstmCellSamples, LstmCellSweeps},
    {"aten::gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? "
     "b_hh=None) -> Tensor",
     cellResult<Gru>, cellCost<Gru>, Storage::New, GruCellSamples, GruCellSweeps},
    {"aten::rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, "
     "Tensor? b_hh=None) -> Tensor",
     cellResult<Plain>, cellCost<Plain>, Storage::New, PlainCellSamples},
    {"aten::rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, "
     "Tensor? b_hh=None) -> Tensor",
     cellResult<Plain>, cellCost<Plain>, Storage::New, PlainCellSamples},
    {"aten::_pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first) -> (Tensor, "
     "Tensor)",
     packResult, pointwiseCost<0>, Storage::New, PackSamples},
    {"aten::_pad_packed_sequence(Tensor data, Tensor batch_sizes, bool batch_first, Scalar "
     "padding_value, int total_length) -> (Tensor, Tensor)",
     unpackResult, pointwiseCost<0>, Storage::New, UnpackSamples},
    {"aten::pad_sequence(Tensor[] sequences, bool batch_first=False, float padding_value=0.) -> "
     "Tensor",
     padSequenceResult, pointwiseCost<0>, Storage::New, PadSequenceSamples},
};

} // namespace

namespace energy::torch {
llvm::ArrayRef<OpDef> recurrentOps() { return Ops; }
} // namespace energy::torch
