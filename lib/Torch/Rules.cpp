#include "Torch/Rules.h"

using namespace energy;
using namespace energy::torch;
using llvm::Twine;

llvm::Expected<int64_t> torch::wrapDim(int64_t Dim, int64_t Rank) {
  int64_t Span = std::max<int64_t>(Rank, 1);
  if (Dim < -Span || Dim >= Span)
    return reject("dimension " + Twine(Dim) + " is out of range for a tensor with " + Twine(Rank) +
                  " dimensions (expected " + Twine(-Span) + " to " + Twine(Span - 1) + ")");
  return Dim < 0 ? Dim + Span : Dim;
}

llvm::Expected<Sizes> torch::wrapDims(Shape Dims, int64_t Rank) {
  Sizes Out;
  for (int64_t D : Dims) {
    llvm::Expected<int64_t> W = wrapDim(D, Rank);
    if (!W)
      return W.takeError();
    if (llvm::is_contained(Out, *W))
      return reject("dimension " + Twine(*W) + " is given twice in " + listText(Dims));
    Out.push_back(*W);
  }
  return Out;
}

std::string torch::listText(Shape Dims) {
  std::string S = "[";
  for (size_t I = 0; I < Dims.size(); ++I)
    S += (I ? ", " : "") + std::to_string(Dims[I]);
  return S + "]";
}

int64_t torch::elementsOf(Shape S) { return TensorType(DType::Bool, S).elements(); }

llvm::Error torch::checkSizes(Shape Wanted) {
  for (int64_t S : Wanted)
    if (S < 0)
      return reject("negative size " + Twine(S) + " in " + listText(Wanted));
  return llvm::Error::success();
}

llvm::Expected<Sizes> torch::inferSizes(Shape Wanted, int64_t Elements) {
  Sizes Out(Wanted.begin(), Wanted.end());
  auto *Free = llvm::find(Out, -1);
  if (Free == Out.end()) {
    if (llvm::Error E = checkSizes(Wanted))
      return E;
    if (elementsOf(Wanted) != Elements)
      return reject("sizes " + listText(Wanted) + " hold " + Twine(elementsOf(Wanted)) +
                    " elements, the input has " + Twine(Elements));
    return Out;
  }
  *Free = 1;
  if (llvm::is_contained(Out, -1))
    return reject("only one size of " + listText(Wanted) + " can be inferred");
  if (llvm::Error E = checkSizes(Out))
    return E;
  int64_t Rest = elementsOf(Out);
  if (Rest == 0)
    return reject("the size -1 in " + listText(Wanted) +
                  " is ambiguous, the other sizes hold no element");
  if (Elements % Rest != 0)
    return reject("sizes " + listText(Wanted) + " need a multiple of " + Twine(Rest) +
                  " elements, the input has " + Twine(Elements));
  *Free = Elements / Rest;
  return Out;
}

llvm::Expected<Sizes> torch::broadcast(Shape A, Shape B) {
  size_t Rank = std::max(A.size(), B.size());
  Sizes Out(Rank, 1);
  for (size_t I = 0; I < Rank; ++I) {
    int64_t X = I < A.size() ? A[A.size() - 1 - I] : 1;
    int64_t Y = I < B.size() ? B[B.size() - 1 - I] : 1;
    if (X != Y && X != 1 && Y != 1)
      return reject("sizes " + Twine(X) + " and " + Twine(Y) + " do not match at dimension " +
                    Twine(Rank - 1 - I) + " (" + shapeText(A) + " and " + shapeText(B) + ")");
    Out[Rank - 1 - I] = X == 1 ? Y : X;
  }
  return Out;
}

llvm::Expected<Sizes> torch::broadcast(llvm::ArrayRef<const TensorType *> Operands) {
  Sizes Out;
  for (const TensorType *T : Operands) {
    llvm::Expected<Sizes> Next = broadcast(Out, T->Shape);
    if (!Next)
      return Next.takeError();
    Out = std::move(*Next);
  }
  return Out;
}

llvm::Error torch::checkExpands(Shape From, Shape To) {
  if (From.size() > To.size())
    return reject("a tensor of " + Twine(From.size()) + " dimensions (" + shapeText(From) +
                  ") cannot be expanded to " + Twine(To.size()) + " (" + shapeText(To) + ")");
  size_t Lead = To.size() - From.size();
  for (size_t I = 0; I < From.size(); ++I)
    if (From[I] != To[Lead + I] && From[I] != 1)
      return reject("size " + Twine(From[I]) + " cannot be expanded to " + Twine(To[Lead + I]) +
                    " at dimension " + Twine(Lead + I) + " (" + shapeText(From) + " to " +
                    shapeText(To) + ")");
  return llvm::Error::success();
}

Operand torch::operand(const TensorType &T) {
  return {T.Type, T.Shape.empty() ? Operand::ScalarTensor : Operand::Dimensioned};
}

std::optional<Operand> torch::operand(const OpArgs &A, llvm::StringRef Name) {
  const ArgValue *V = A.call().find(Name);
  assert(V && "the schema has no such argument");
  if (auto *T = V->as<TensorArg>())
    return T->Defined ? std::optional(operand(T->Type)) : std::nullopt;
  if (V->as<bool>())
    return Operand{DType::Bool, Operand::Number};
  if (V->as<int64_t>())
    return Operand{DefaultInt, Operand::Number};
  if (V->as<double>())
    return Operand{DefaultFloat, Operand::Number};
  return std::nullopt;
}

namespace {
/// The rule of torch.result_type: a lower rank counts only when its kind is higher.
std::optional<DType> combine(std::optional<DType> Higher, std::optional<DType> Lower) {
  if (!Higher || !Lower)
    return Higher ? Higher : Lower;
  if (isComplex(*Higher))
    return Higher;
  if (isFloat(*Higher)) {
    if (!isComplex(*Lower))
      return Higher;
    return torch::complexType(*Higher);
  }
  if (*Higher == DType::Bool || !isInteger(*Lower))
    return promote(*Higher, *Lower);
  return Higher;
}
} // namespace

DType torch::promoteAll(llvm::ArrayRef<Operand> Operands) {
  std::optional<DType> ByRank[3];
  for (const Operand &O : Operands) {
    std::optional<DType> &Slot = ByRank[O.From];
    Slot = Slot ? promote(*Slot, O.Type) : O.Type;
  }
  return combine(ByRank[2], combine(ByRank[1], ByRank[0])).value_or(DefaultFloat);
}

bool torch::canCast(DType From, DType To) {
  if (isComplex(From) && !isComplex(To))
    return false;
  if (isFloat(From) && isInteger(To))
    return false;
  return From == DType::Bool || To != DType::Bool;
}

DType torch::complexType(DType T) {
  if (isComplex(T))
    return T;
  return T == DType::Float64 ? DType::Complex128 : DType::Complex64;
}
DType torch::realType(DType T) {
  if (!isComplex(T))
    return T;
  return T == DType::Complex128 ? DType::Float64 : DType::Float32;
}

llvm::Error torch::requireType(const OpArgs &A, llvm::StringRef Name, DType Wanted) {
  DType T = A.tensor(Name).Type;
  if (T == Wanted)
    return llvm::Error::success();
  return reject("'" + Name + "' must be of type " + dtypeName(Wanted) + ", not " + dtypeName(T));
}

llvm::Error torch::requireSameType(const OpArgs &A, llvm::StringRef X, llvm::StringRef Y) {
  DType TX = A.tensor(X).Type, TY = A.tensor(Y).Type;
  if (TX == TY)
    return llvm::Error::success();
  return reject("'" + X + "' is of type " + dtypeName(TX) + ", but '" + Y + "' of type " +
                dtypeName(TY));
}

bool torch::isFloatNumber(const OpArgs &A, llvm::StringRef Name) {
  const ArgValue *V = A.call().find(Name);
  return V && V->as<double>();
}

namespace {
llvm::Error checkTypes(unsigned Types, DType Common, llvm::ArrayRef<Operand> Operands) {
  auto Bad = [&](llvm::StringRef What) {
    return reject("the operator is not defined for " + What + " operands");
  };
  if (Types & NoBoolOperand)
    for (const Operand &O : Operands)
      if (O.Type == DType::Bool)
        return Bad("bool");
  if ((Types & SameTypes) && !llvm::all_of(Operands, [&](const Operand &O) {
        return O.From == Operand::Number || O.Type == Operands[0].Type;
      }))
    return reject("the operands must have the same type");
  if ((Types & NoBool) && Common == DType::Bool)
    return Bad("bool");
  if ((Types & NoComplex) && isComplex(Common))
    return Bad("complex");
  if ((Types & IntegerOnly) && !isInteger(Common))
    return Bad(dtypeName(Common));
  if ((Types & FloatOnly) && isInteger(Common))
    return Bad(dtypeName(Common));
  return llvm::Error::success();
}
} // namespace

llvm::Expected<Results> torch::pointwise(const OpArgs &A, unsigned Types,
                                         llvm::ArrayRef<llvm::StringRef> Names) {
  Sizes Out;
  llvm::SmallVector<Operand, 3> Operands;
  for (llvm::StringRef Name : Names) {
    std::optional<Operand> O = operand(A, Name);
    if (!O)
      continue;
    Operands.push_back(*O);
    if (O->From == Operand::Number)
      continue;
    llvm::Expected<Sizes> Next = broadcast(Out, A.tensor(Name).Shape);
    if (!Next)
      return Next.takeError();
    Out = std::move(*Next);
  }
  DType Common = promoteAll(Operands);
  if (llvm::Error E = checkTypes(Types, Common, Operands))
    return E;
  if (Types & ToBool)
    Common = DType::Bool;
  else if (Types & LikeFirst)
    Common = Operands[0].Type;
  else if (Types & ToFloat)
    Common = toFloat(Common);
  return Results{TensorType(Common, Out)};
}

llvm::Expected<Results> torch::intoSelf(const OpArgs &A, llvm::Expected<Results> Computed) {
  if (!Computed)
    return Computed;
  const TensorType &Self = A.tensor("self");
  const TensorType &Value = Computed->front();
  if (Value.Shape != Self.Shape)
    return reject("the result of " + shapeText(Value.Shape) + " does not fit into 'self' of " +
                  shapeText(Self.Shape));
  if (!canCast(Value.Type, Self.Type))
    return reject("a result of type " + dtypeName(Value.Type) +
                  " cannot be stored in 'self' of type " + dtypeName(Self.Type));
  return Results{Self};
}

Sizes torch::reducedSizes(Shape In, Shape Dims, bool KeepDim) {
  Sizes Out;
  for (size_t I = 0; I < In.size(); ++I) {
    if (!llvm::is_contained(Dims, static_cast<int64_t>(I)))
      Out.push_back(In[I]);
    else if (KeepDim)
      Out.push_back(1);
  }
  return Out;
}

llvm::Expected<Sizes> torch::reducedDims(const OpArgs &A, const TensorType &In) {
  const ArgValue *V = A.call().find("dim");
  Sizes Dims;
  if (V && V->as<int64_t>())
    Dims.push_back(A.integer("dim"));
  else if (V && !V->isNone())
    Dims = A.ints("dim");
  if (!Dims.empty())
    return wrapDims(Dims, In.rank());
  for (int64_t I = 0; I < In.rank(); ++I)
    Dims.push_back(I);
  return Dims;
}

CostFeatures torch::memoryCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C;
  for (const TensorArg &T : A.call().tensorInputs())
    if (T.known())
      C.BytesRead = saturatingAdd(C.BytesRead, T.Type.bytes());
  for (const TensorType &T : Out)
    C.BytesWritten = saturatingAdd(C.BytesWritten, T.bytes());
  return C;
}

CostFeatures torch::reductionCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out, int64_t Steps) {
  CostFeatures C = memoryCost(A, Out);
  std::vector<TensorArg> In = A.call().tensorInputs();
  if (!In.empty() && In[0].known())
    C.ElementOps = saturatingMul(Steps, In[0].Type.elements());
  return C;
}

CostFeatures torch::writeCost(const OpArgs &, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C;
  for (const TensorType &T : Out)
    C.BytesWritten = saturatingAdd(C.BytesWritten, T.bytes());
  return C;
}

CostFeatures torch::pickCost(const OpArgs &A, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = writeCost(A, Out);
  C.BytesRead = C.BytesWritten;
  return C;
}
