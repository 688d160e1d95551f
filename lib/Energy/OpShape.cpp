#include "Energy/OpShape.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

using namespace energy;

static constexpr llvm::StringLiteral Names[] = {
#define VARIABLE(Name, Group, Doc) #Name,
#include "Energy/Variables.def"
};
static constexpr llvm::StringLiteral Docs[] = {
#define VARIABLE(Name, Group, Doc) Doc,
#include "Energy/Variables.def"
};
static constexpr unsigned Groups[] = {
#define VARIABLE(Name, Group, Doc) Group,
#include "Energy/Variables.def"
};

llvm::StringRef energy::variableName(Variable V) { return Names[static_cast<size_t>(V)]; }
llvm::StringRef energy::variableDoc(Variable V) { return Docs[static_cast<size_t>(V)]; }
unsigned energy::variableGroups(Variable V) { return Groups[static_cast<size_t>(V)]; }
std::optional<Variable> energy::findVariable(llvm::StringRef Name) {
  for (size_t I = 0; I < std::size(Names); ++I)
    if (Names[I] == Name)
      return static_cast<Variable>(I);
  return std::nullopt;
}

VariableGroup energy::familyOf(llvm::StringRef QualifiedName) {
  return llvm::StringSwitch<VariableGroup>(QualifiedName.split('.').first)
      .Cases("aten::conv1d", "aten::conv2d", "aten::conv3d", Convolution)
      .Cases("aten::max_pool1d", "aten::max_pool2d", "aten::max_pool3d", Pooling)
      .Cases("aten::max_pool2d_with_indices", "aten::max_pool3d_with_indices", Pooling)
      .Cases("aten::avg_pool1d", "aten::avg_pool2d", "aten::avg_pool3d", Pooling)
      .Cases("aten::linear", "aten::addmm", "aten::mm", "aten::matmul", Linear)
      .Cases("aten::bmm", "aten::baddbmm", Linear)
      .Default(Any);
}

namespace {
/// One spatial dimension of a sliding window.
struct Window {
  int64_t In, Kernel, Stride, Padding, Dilation, Out;

  int64_t reach() const { return Dilation * (Kernel - 1) + 1; }
  /// Taps of output position I that fall inside the image.
  int64_t tapsAt(int64_t I) const {
    int64_t Start = I * Stride - Padding;
    int64_t First = Start >= 0 ? 0 : (-Start + Dilation - 1) / Dilation;
    int64_t Room = In - 1 - Start;
    int64_t Last = Room < 0 ? -1 : std::min(Kernel - 1, Room / Dilation);
    return std::max<int64_t>(0, Last - First + 1);
  }
  /// Sum of tapsAt over all outputs: only the clipped ones are visited.
  int64_t taps() const {
    int64_t FirstInside = std::min(Out, (Padding + Stride - 1) / Stride);
    int64_t Room = In + Padding - reach();
    int64_t LastInside = std::min(Out - 1, Room < 0 ? -1 : Room / Stride);
    if (LastInside < FirstInside)
      LastInside = FirstInside - 1;
    int64_t Sum = (LastInside - FirstInside + 1) * Kernel;
    for (int64_t I = 0; I < FirstInside; ++I)
      Sum += tapsAt(I);
    for (int64_t I = LastInside + 1; I < Out; ++I)
      Sum += tapsAt(I);
    return Sum;
  }
  int64_t touched() const { return std::min(In, Out * std::min(reach(), Stride)); }
  bool paddingBeyondKernel() const {
    return Padding >= reach() || (Out - 1) * Stride - Padding >= In;
  }
};
using Windows = llvm::SmallVector<Window, 3>;

int64_t outputSize(const Window &W, bool Ceil) {
  int64_t Room = W.In + 2 * W.Padding - W.reach();
  if (Room < 0)
    return 0;
  int64_t Out = Room / W.Stride + 1;
  if (Ceil && Room % W.Stride && Out * W.Stride < W.In + W.Padding)
    ++Out;
  return Out;
}

/// The windows of a call, innermost dimension last; nullopt when an argument
/// is missing or makes no sense.
std::optional<Windows> windowsOf(const OpCall &Call, llvm::ArrayRef<int64_t> In,
                                 llvm::ArrayRef<int64_t> Kernel) {
  unsigned N = static_cast<unsigned>(In.size());
  auto Ints = [&](llvm::StringRef Name, int64_t IfAbsent) {
    return Call.find(Name) ? Call.ints(Name, N) : Sizes(N, IfAbsent);
  };
  auto Stride = Ints("stride", 1), Padding = Ints("padding", 0), Dilation = Ints("dilation", 1);
  const ArgValue *StrideArg = Call.find("stride");
  auto *StrideList = StrideArg ? StrideArg->as<std::vector<int64_t>>() : nullptr;
  bool IsPool = Call.find("kernel_size") != nullptr;
  if (IsPool && (!StrideArg || StrideArg->isNone() || (StrideList && StrideList->empty())))
    Stride = Sizes(Kernel.begin(), Kernel.end()); // a pool's stride defaults to its kernel
  if (!Stride || !Padding || !Dilation)
    return std::nullopt;
  Windows All;
  for (unsigned I = 0; I < N; ++I) {
    Window W{In[I], Kernel[I], (*Stride)[I], (*Padding)[I], (*Dilation)[I], 0};
    if (W.In < 1 || W.Kernel < 1 || W.Stride < 1 || W.Padding < 0 || W.Dilation < 1)
      return std::nullopt;
    W.Out = outputSize(W, Call.boolean("ceil_mode").value_or(false));
    if (W.Out < 1)
      return std::nullopt;
    All.push_back(W);
  }
  return All;
}

void setWindows(OpShape &S, llvm::ArrayRef<Window> Windows) {
  auto Max = [&](Variable V, int64_t X) { S[V] = std::max(S[V], double(X)); };
  using enum Variable;
  S[in_area] = S[out_area] = S[kernel_area] = S[taps] = S[touched_area] = 1;
  S[row_taps] = S[touched_rows_area] = 1;
  for (const Window &W : Windows) {
    bool Last = &W == &Windows.back();
    S[in_area] *= double(W.In);
    S[out_area] *= double(W.Out);
    S[kernel_area] *= double(W.Kernel);
    S[taps] *= double(W.taps());
    S[touched_area] *= double(W.touched());
    S[row_taps] *= double(Last ? W.taps() : W.Out);
    S[touched_rows_area] *= double(Last ? W.In : W.touched());
    Max(in_side, W.In);
    Max(out_side, W.Out);
    Max(kernel, W.Kernel);
    Max(stride, W.Stride);
    Max(padding, W.Padding);
    Max(dilation, W.Dilation);
    Max(padding_beyond_kernel, W.paddingBeyondKernel());
  }
  S[out_width] = double(Windows.back().Out);
  S[spatial_dims] = double(Windows.size());
}

/// Input [B,C,...] or [C,...]: the sizes behind the channel.
bool setImage(OpShape &S, const TensorType &In, size_t SpatialDims, llvm::ArrayRef<int64_t> &Space) {
  llvm::ArrayRef<int64_t> Shape = In.Shape;
  if (Shape.size() != SpatialDims + 1 && Shape.size() != SpatialDims + 2)
    return false;
  Space = Shape.take_back(SpatialDims);
  Shape = Shape.drop_back(SpatialDims);
  S[Variable::in_channels] = double(Shape.back());
  S[Variable::batch] = Shape.size() == 2 ? double(Shape.front()) : 1;
  return true;
}

bool setConvolution(OpShape &S, const OpCall &Call) {
  const TensorType *In = Call.tensor("input"), *Weight = Call.tensor("weight");
  if (!In || !Weight || Weight->rank() < 3)
    return false;
  llvm::ArrayRef<int64_t> Kernel = llvm::ArrayRef(Weight->Shape).drop_front(2), Space;
  if (!setImage(S, *In, Kernel.size(), Space))
    return false;
  std::optional<Windows> W = windowsOf(Call, Space, Kernel);
  if (!W)
    return false;
  setWindows(S, *W);
  S[Variable::out_channels] = double(Weight->Shape[0]);
  S[Variable::groups] = double(Call.integer("groups").value_or(1));
  S[Variable::weights] = double(Weight->elements());
  return true;
}

bool setPooling(OpShape &S, const OpCall &Call) {
  const TensorType *In = Call.tensor("self");
  unsigned N = unsigned(Call.baseName().take_back(2).front() == '1'   ? 1
                        : Call.baseName().contains("3d") ? 3
                                                         : 2);
  std::optional<Sizes> Kernel = Call.ints("kernel_size", N);
  llvm::ArrayRef<int64_t> Space;
  if (!In || !Kernel || !setImage(S, *In, N, Space))
    return false;
  std::optional<Windows> W = windowsOf(Call, Space, *Kernel);
  if (!W)
    return false;
  setWindows(S, *W);
  return true;
}

/// Left operand [..., rows, K], right operand by name; Transposed as in linear's [N, K].
bool setProduct(OpShape &S, const TensorType *A, const TensorType *B, bool Transposed, bool Batched) {
  if (!A || !B || A->rank() < 1 || B->rank() < 1)
    return false;
  double K = double(A->Shape.back()), Total = double(A->elements());
  if (K < 1)
    return false;
  S[Variable::matrices] = Batched && B->rank() == 3 ? double(B->Shape.front()) : 1;
  S[Variable::in_features] = K;
  S[Variable::out_features] = B->rank() < 2 ? 1 : double(Transposed ? B->Shape[0] : B->Shape.back());
  S[Variable::batch] = Total / K / S[Variable::matrices];
  S[Variable::weights] = double(B->elements());
  return true;
}
bool setLinear(OpShape &S, const OpCall &Call) {
  llvm::StringRef Op = Call.baseName();
  if (Op == "aten::linear")
    return setProduct(S, Call.tensor("input"), Call.tensor("weight"), true, false);
  if (Op == "aten::addmm")
    return setProduct(S, Call.tensor("mat1"), Call.tensor("mat2"), false, false);
  if (Op == "aten::baddbmm")
    return setProduct(S, Call.tensor("batch1"), Call.tensor("batch2"), false, true);
  const TensorType *Right = Call.tensor(Op == "aten::matmul" ? "other" : "mat2");
  return setProduct(S, Call.tensor("self"), Right, false, true);
}

void setGeneric(OpShape &S, const OpCall &Call, const CostFeatures &Cost) {
  S[Variable::macs] = double(Cost.Macs);
  S[Variable::bytes_read] = double(Cost.BytesRead);
  S[Variable::bytes_written] = double(Cost.BytesWritten);
  S[Variable::bytes_weights] = double(Cost.BytesWeights);
  S[Variable::bytes_allocated] = double(Cost.BytesAllocated);
  S[Variable::elements] = double(Cost.Elements);
  S[Variable::element_ops] = double(Cost.ElementOps);
  llvm::StringRef Base = Call.baseName();
  if (Base.contains("_pool"))
    S[Variable::window_outputs] = double(Cost.Elements);
  S[Variable::in_place] = Base.ends_with("_") && !Base.ends_with("__");
  S[Variable::element_size] = 4;
  for (const NamedArg &A : Call.Args)
    if (auto *T = A.Value.as<TensorArg>(); T && T->known()) {
      S[Variable::element_size] = double(dtypeBytes(T->Type.Type));
      break;
    }
}
} // namespace

OpShape energy::shapeOf(const OpCall &Call, const CostFeatures &Cost) {
  OpShape S;
  setGeneric(S, Call, Cost);
  bool Understood = false;
  switch (VariableGroup Family = familyOf(Call.Op)) {
  case Convolution:
    Understood = setConvolution(S, Call);
    S.Family = Understood ? Family : Any;
    break;
  case Pooling:
    Understood = setPooling(S, Call);
    S.Family = Understood ? Family : Any;
    break;
  case Linear:
    Understood = setLinear(S, Call);
    S.Family = Understood ? Family : Any;
    break;
  case Any:
    break;
  }
  return S;
}
