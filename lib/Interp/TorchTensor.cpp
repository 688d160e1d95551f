/// \file
/// What C++ code asks of a tensor besides operators: its sizes, element type,
/// contents; tensor options; making tensors from data; the calls around a
/// model that do no work for it.
#include "Interp/Layout.h"
#include "Interp/StdRules.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

/// x.size(0) or torch::size(x, 0).
Value selfValue(LibraryCall &C) { return C.This ? C.self() : C.arg(0); }
const TensorBox *self(LibraryCall &C) { return selfValue(C).get<TensorBox>(); }

/// The shape, or nullopt and the reason in \p Why.
const TensorType *knownSelf(LibraryCall &C, Value &Why) {
  const TensorBox *T = self(C);
  if (!T) {
    Why = C.machine().unexpected("a tensor is expected, not", selfValue(C), C.E);
    return nullptr;
  }
  if (!T->Arg.Defined) { // LibTorch says float32 and sizes {0} of an undefined tensor
    static const TensorType Undefined(DType::Float32, {0});
    return &Undefined;
  }
  if (!T->Arg.known()) {
    Why = T->Arg.Unknown;
    return nullptr;
  }
  return &T->Arg.Type;
}

Result size(LibraryCall &C) {
  Value Why;
  const TensorType *T = knownSelf(C, Why);
  if (!T)
    return Why;
  const unsigned At = C.This ? 0 : 1;
  auto I = C.integer(At);
  if (!I)
    return C.arg(At).isUnknown() ? C.arg(At) : C.machine().unknown("size() of a dimension that is not known", C.E);
  int64_t Dim = *I < 0 ? *I + T->rank() : *I;
  if (Dim < 0 || Dim >= T->rank())
    return C.machine().impossible("dimension " + llvm::Twine(*I) + " of a tensor of " +
                                   llvm::Twine(T->rank()) + " dimensions", C.E);
  return Value(T->Shape[static_cast<size_t>(Dim)]);
}

Result sizes(LibraryCall &C) {
  Value Why;
  const TensorType *T = knownSelf(C, Why);
  if (!T)
    return Why;
  List *L = C.machine().Mem.list();
  for (int64_t S : T->Shape)
    L->Items.push_back(C.machine().Mem.cell(S));
  return Value(L);
}

Result rank(LibraryCall &C) {
  Value Why;
  const TensorType *T = knownSelf(C, Why);
  return T ? Value(T->rank()) : Why;
}
Result numel(LibraryCall &C) {
  Value Why;
  const TensorType *T = knownSelf(C, Why);
  return T ? Value(T->elements()) : Why;
}
Result dtype(LibraryCall &C) {
  Value Why;
  const TensorType *T = knownSelf(C, Why);
  return T ? Value(T->Type) : Why;
}
Result options(LibraryCall &C) {
  Value Why;
  const TensorType *T = knownSelf(C, Why);
  return T ? Value(C.machine().Mem.tagged("TensorOptions", {T->Type})) : Why;
}
Result defined(LibraryCall &C) {
  const TensorBox *T = self(C);
  return T ? Value(T->Arg.Defined) : C.self();
}
Result device(LibraryCall &C) { return Value(C.machine().Mem.tagged("Device")); }
Result no(LibraryCall &C) {
  C.values();
  return Value(false);
}
Result yes(LibraryCall &) { return Value(true); }
Result isFloating(LibraryCall &C) {
  Value Why;
  const TensorType *T = knownSelf(C, Why);
  return T ? Value(dtypeKind(T->Type) == DTypeKind::Float) : Why;
}
Result firstArgument(LibraryCall &C) { return C.result(0); }

Result item(LibraryCall &C) {
  Machine &M = C.machine();
  const TensorBox *T = self(C);
  if (!T || !T->Arg.known())
    return T ? Value(T->Arg.Unknown) : C.self();
  M.Builder.call("aten::item", {{"self", T->Arg}});
  if (T->Data.size() != 1)
    return M.unknown("the value of a tensor's element is used (item())", C.E);
  QualType To = C.E->getType();
  double D = T->Data[0];
  if (To->isIntegralOrEnumerationType() || dtypeKind(T->Arg.Type.Type) == DTypeKind::Int)
    return M.convertNumber(static_cast<int64_t>(D), To->isArithmeticType() ? To : M.Unit.context().LongTy);
  return M.convertNumber(D, To->isArithmeticType() ? To : M.Unit.context().DoubleTy);
}

/// Whether the elements of \p Data, a number, braces or a container, are written as
/// floating, integer or boolean values.
DTypeKind kindAsWritten(TypeKinds &Kinds, const Expr *Data) {
  Data = Data->IgnoreImplicit();
  QualType T = Data->getType().getNonReferenceType();
  if (const auto *Braces = dyn_cast<InitListExpr>(Data); Braces && Braces->getNumInits() > 0)
    return kindAsWritten(Kinds, Braces->getInit(0));
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Data))
    return kindAsWritten(Kinds, List->getSubExpr());
  if (const auto *Made = dyn_cast<CXXConstructExpr>(Data); Made && Made->getNumArgs() > 0 &&
                                                           Kinds.of(T) != TypeKind::List)
    return kindAsWritten(Kinds, Made->getArg(0));
  while (Kinds.of(T) == TypeKind::List && !typeArgument(T, 0).isNull())
    T = typeArgument(T, 0);
  return T->isBooleanType() ? DTypeKind::Bool : T->isIntegralOrEnumerationType() ? DTypeKind::Int : DTypeKind::Float;
}

/// Shape and flattened contents of nested braces or containers; false when ragged or when
/// a size is unknown. A number that is not known is counted in \p Unknown.
bool flatten(const Value &V, Sizes &Shape, std::vector<double> &Data, size_t Depth, DTypeKind &Kind,
             size_t &Unknown) {
  if (const List *L = V.get<List>()) {
    auto N = static_cast<int64_t>(L->Items.size());
    if (L->Why != UnknownId::None || Depth > 8)
      return false;
    if (Shape.size() <= Depth)
      Shape.push_back(N);
    else if (Shape[Depth] != N)
      return false;
    for (const Cell *C : L->Items)
      if (!flatten(C->V, Shape, Data, Depth + 1, Kind, Unknown))
        return false;
    return true;
  }
  if (const auto *T = V.get<Tagged>(); T && !T->Items.empty())
    return flatten(T->Items[0], Shape, Data, Depth, Kind, Unknown);
  Kind = std::max(Kind, V.as<double>() ? DTypeKind::Float : V.as<int64_t>() ? DTypeKind::Int : DTypeKind::Bool);
  Data.push_back(V.number().value_or(0));
  Unknown += V.isUnknown() && Depth > 0;
  return (V.number().has_value() || (V.isUnknown() && Depth > 0)) && Shape.size() == Depth;
}

std::optional<DType> dtypeOf(const Value &Options) {
  if (auto *T = Options.as<DType>())
    return *T;
  auto *T = Options.get<Tagged>();
  if (T && T->Tag == "TensorOptions" && T->Items[0].as<DType>())
    return *T->Items[0].as<DType>();
  return std::nullopt;
}

/// torch::tensor(1.5), torch::tensor({1, 2, 3}): LibTorch fills it element by
/// element below the dispatcher, after making it with scalar_tensor or empty.
Result tensorFromData(LibraryCall &C) {
  Machine &M = C.machine();
  Value V = C.arg(0);
  if (auto *T = V.get<Tagged>(); T && !T->Items.empty())
    V = T->Items[0];
  if (V.get<TensorBox>() || V.isUnknown())
    return V;
  Sizes Shape;
  std::vector<double> Data;
  DTypeKind Kind = DTypeKind::Bool;
  size_t Unknown = 0;
  if (!flatten(V, Shape, Data, 0, Kind, Unknown))
    return M.unknown("a tensor made from data that is not known", C.E);
  if (Unknown > 0) {
    Kind = kindAsWritten(M.Kinds, C.Args[0]);
    Data.clear();
  }
  DType Type = Kind == DTypeKind::Float ? DType::Float32 : Kind == DTypeKind::Int ? DType::Int64 : DType::Bool;
  Type = dtypeOf(C.arg(1)).value_or(Type);
  TensorArg Out;
  if (Shape.empty()) {
    Out = M.Builder.call1("aten::scalar_tensor", {{"s", Data[0]}, {"dtype", Type}});
  } else {
    Out = M.Builder.call1("aten::empty.memory_format", {{"size", ArgValue(Shape)}, {"dtype", Type}});
    Out = M.Builder.call1("aten::to.dtype_layout", {{"self", Out}});
  }
  if (!Out.known())
    Out = M.Builder.source(TensorType(Type, Shape), ValueInfo::Origin::Constant, "");
  TensorBox *Box = M.Mem.tensor(Out);
  Box->Data = std::move(Data);
  return Value(Box);
}

Result fromBlob(LibraryCall &C) {
  Machine &M = C.machine();
  ArgValue Shape = M.toArg(C.arg(1));
  auto *Ints = Shape.as<std::vector<int64_t>>();
  if (!Ints)
    return M.unknown("a tensor over memory whose sizes are not known", C.E);
  DType Type = DType::Float32;
  for (const Value &V : C.values(2))
    Type = dtypeOf(V).value_or(Type);
  return M.fromTensor(M.Builder.source(TensorType(Type, *Ints), ValueInfo::Origin::Constant, ""));
}

/// options.dtype(x) and torch::dtype(x) set the element type; the other
/// setters keep what is there.
Result optionsDtype(LibraryCall &C) {
  Machine &M = C.machine();
  Value Old = C.This && C.self().get<Tagged>() && !C.self().get<Tagged>()->Items.empty()
                  ? C.self().get<Tagged>()->Items[0] : Value(Null());
  if (C.size() == 0)
    return C.This ? Old : Value(Null());
  Value New = C.arg(0);
  if (!New.as<DType>() && !New.isUnknown())
    New = Old;
  return Value(M.Mem.tagged("TensorOptions", {New}));
}
Result optionsKeep(LibraryCall &C) {
  if (C.This)
    return C.self();
  return Value(C.machine().Mem.tagged("TensorOptions", {Value(Null())}));
}

Result scalarConversion(LibraryCall &C) {
  return C.machine().convertNumber(C.self(), C.E->getType());
}

Result accessor(LibraryCall &C) { return C.machine().unknown("the elements of a tensor are accessed", C.E); }

/// torch::jit::load and friends: what they give is outside the source.
Result loadsData(LibraryCall &C) {
  Machine &M = C.machine();
  UnknownId Why = M.unknownId("'" + M.nameOf(C.Callee) + "' reads what is outside the source", C.E);
  M.forgetOutputs(C, Why);
  return Value(Why);
}

bool isContiguousSelf(const TensorBox *T) {
  return T->Strides.empty() || isContiguous(T->Arg.Type.Shape, T->Strides);
}
/// The elements of a small contiguous tensor, as numbers where they are known.
Result dataPointer(LibraryCall &C) {
  Machine &M = C.machine();
  TensorBox *T = C.self().get<TensorBox>();
  constexpr int64_t MaxElements = 65536;
  if (!T || !T->Arg.known() || !isContiguousSelf(T) || T->Arg.Type.elements() > MaxElements)
    return M.unknown("the data pointer of a tensor is read", C.E);
  if (!T->Memory) {
    M.Mem.touch(T);
    List *L = M.Mem.list();
    Value Else = T->Data.empty() ? M.unknown("the contents of a tensor are read through a pointer", C.E) : Value(Null());
    QualType Element = C.E->getType()->getPointeeType();
    if (Element.isNull() || !Element->isArithmeticType())
      Element = M.Unit.context().DoubleTy;
    for (size_t I = 0; I < static_cast<size_t>(T->Arg.Type.elements()); ++I)
      L->Items.push_back(M.Mem.cell(I < T->Data.size() ? M.convertNumber(T->Data[I], Element) : Else));
    T->Memory = L;
    T->Data.clear();
  }
  return Value(Iterator{T->Memory, nullptr, 0, false});
}

/// contiguous() is inline in C++: nothing is called for a tensor that is contiguous.
Result contiguous(LibraryCall &C) {
  const TensorBox *T = self(C);
  bool OtherFormat = C.size() > 0 && C.arg(0).integer().value_or(0) != 0;
  if (T && T->Arg.known() && isContiguousSelf(T) && !OtherFormat)
    return C.self();
  return C.machine().callOp(C);
}
Result isContiguousRule(LibraryCall &C) {
  const TensorBox *T = self(C);
  return T && T->Arg.known() ? Value(isContiguousSelf(T)) : C.self();
}

/// x.cpu(), x.cuda(), x.toType(t), x.toBackend(b): to() behind a short name.
Result toShort(LibraryCall &C) {
  Machine &M = C.machine();
  std::vector<NamedArg> Args = {{"self", M.toArg(C.self())}};
  if (C.size() && dtypeOf(C.arg(0)))
    Args.push_back({"dtype", *dtypeOf(C.arg(0))});
  return M.callOp("aten::to.dtype_layout", std::move(Args));
}

/// `F::apply(x)` of a torch::autograd::Function<F> runs F::forward(context, x).
Result applyFunction(LibraryCall &C) {
  Machine &M = C.machine();
  QualType F = typeArgument(M.Unit.context().getRecordType(cast<CXXMethodDecl>(C.Callee)->getParent()), 0);
  const CXXRecordDecl *R = F.isNull() ? nullptr : F->getAsCXXRecordDecl();
  std::vector<Result> Args = {Result(Value(Ref{M.Mem.cell(M.Mem.tagged("AutogradContext"))}))};
  for (unsigned I = 0; I < C.size(); ++I)
    Args.push_back(C.result(I));
  if (R && R->hasDefinition())
    for (const CXXMethodDecl *Method : R->getDefinition()->methods())
      if (Method->getIdentifier() && Method->getName() == "forward")
        return M.invoke(Method, nullptr, Args, C.E);
  return M.unknown("a torch::autograd::Function without forward()", C.E);
}

Result grad(LibraryCall &C) { return C.machine().unknown("the gradient of a tensor is used", C.E); }

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::tensorRows() {
  static const std::vector<LibraryRow> Rows = [] {
    std::vector<LibraryRow> R = {
        {"Tensor::size", size},
        {"torch::size", size},
        {"torch::numel", numel},
        {"torch::is_floating_point", isFloating},
        {"Tensor::sizes", sizes},
        {"Tensor::sym_sizes", sizes},
        {"Tensor::dim", rank},
        {"Tensor::ndimension", rank},
        {"Tensor::numel", numel},
        {"Tensor::defined", defined},
        {"Tensor::has_value", defined},
        {"Tensor::dtype", dtype},
        {"Tensor::scalar_type", dtype},
        {"Tensor::options", options},
        {"Tensor::device", device},
        {"Tensor::is_cuda", no},
        {"Tensor::is_cpu", yes},
        {"Tensor::is_mps", no},
        {"Tensor::is_sparse", no},
        {"Tensor::is_contiguous", isContiguousRule},
        {"Tensor::contiguous", contiguous},
        {"Tensor::requires_grad", no},
        {"Tensor::is_floating_point", isFloating},
        {"Tensor::set_requires_grad", itself},
        {"Tensor::requires_grad_", itself},
        {"Tensor::retain_grad", nothing},
        {"Tensor::set_data", nothing},
        {"Tensor::backward", nothing},
        {"Tensor::reset", [](LibraryCall &C) -> Result {
           C.machine().Mem.write(C.This, C.machine().Mem.undefinedTensor());
           return Value(Null());
         }},
        {"torch::autograd::Function::apply", applyFunction},
        {"torch::autograd::AutogradContext::save_for_backward", nothing},
        {"torch::autograd::AutogradContext::mark_dirty", nothing},
        {"torch::autograd::AutogradContext::mark_non_differentiable", nothing},
        {"torch::autograd::AutogradContext::set_materialize_grads", nothing},
        {"Tensor::grad", grad},
        {"Tensor::mutable_grad", grad},
        {"Tensor::item", item},
        {"Tensor::data_ptr", dataPointer},
        {"Tensor::const_data_ptr", dataPointer},
        {"Tensor::mutable_data_ptr", dataPointer},
        {"Tensor::accessor", accessor},
        {"Tensor::packed_accessor32", accessor},
        {"Tensor::packed_accessor64", accessor},
        {"Tensor::tensor_data", itself},
        {"Tensor::variable_data", itself},
        {"Tensor::data", itself},
        {"Tensor::cpu", toShort},
        {"Tensor::cuda", toShort},
        {"Tensor::toType", toShort},
        {"Tensor::print", nothing},
        {"Tensor::operator*", [](LibraryCall &C) -> Result {
           return C.size() ? C.machine().callOp(C) : Result(C.This);
         }},
        {"Tensor::operator->", [](LibraryCall &C) -> Result { return Value(Ref{C.This}); }},
        {"TensorOptions::dtype", optionsDtype},
        {"TensorOptions::device", [](LibraryCall &C) { return C.size() == 0 ? device(C) : optionsKeep(C); }},
        {"TensorOptions::requires_grad", optionsKeep},
        {"TensorOptions::layout", optionsKeep},
        {"TensorOptions::device_index", optionsKeep},
        {"TensorOptions::memory_format", optionsKeep},
        {"TensorOptions::pinned_memory", optionsKeep},
        {"TensorOptions::operator=", [](LibraryCall &C) -> Result {
           C.machine().Mem.write(C.This, C.arg(0));
           return C.This;
         }},
        {"c10::dtype", optionsDtype},
        {"c10::device", optionsKeep},
        {"c10::requires_grad", optionsKeep},
        {"c10::layout", optionsKeep},
        {"c10::typeMetaToScalarType", firstArgument},
        {"c10::scalarTypeToTypeMeta", firstArgument},
        {"caffe2::TypeMeta::toScalarType", [](LibraryCall &C) -> Result { return C.self(); }},
        {"Scalar::operator conversion", scalarConversion},
        {"Scalar::to", scalarConversion},
        {"Scalar::toInt", scalarConversion},
        {"Scalar::toLong", scalarConversion},
        {"Scalar::toFloat", scalarConversion},
        {"Scalar::toDouble", scalarConversion},
        {"Scalar::toBool", scalarConversion},
        {"Scalar::expect_int", scalarConversion},
        {"Device::is_cuda", no},
        {"Device::is_cpu", yes},
        {"Device::type", [](LibraryCall &) -> Result { return Value(static_cast<int64_t>(0)); }},
        {"torch::tensor", tensorFromData},
        {"torch::from_blob", fromBlob},
        {"torch::manual_seed", nothing},
        {"torch::cuda::manual_seed", nothing},
        {"torch::cuda::manual_seed_all", nothing},
        {"torch::cuda::is_available", no},
        {"torch::cuda::cudnn_is_available", no},
        {"torch::cuda::device_count", [](LibraryCall &) -> Result { return Value(static_cast<int64_t>(0)); }},
        {"torch::hasCUDA", no},
        {"torch::save", nothing},
        {"torch::load", loadsData},
        {"torch::serialize::InputArchive::read", loadsData},
        {"torch::serialize::InputArchive::try_read", loadsData},
        {"torch::jit::load", loadsData},
        {"torch::pickle_load", loadsData},
        {"torch::set_num_threads", nothing},
        {"at::set_num_threads", nothing},
        {"torch::get_num_threads", [](LibraryCall &) -> Result { return Value(static_cast<int64_t>(1)); }},
        {"at::globalContext", nothing},
        {"torch::autograd::GradMode::is_enabled", no},
        {"torch::GradMode::is_enabled", no},
        {"c10::elementSize", [](LibraryCall &C) -> Result {
           Value V = C.arg(0);
           return V.as<DType>() ? Value(dtypeBytes(*V.as<DType>())) : V;
         }},
    };
    for (const LibraryRow &Row : indexRows())
      R.push_back(Row);
    // The initialisers fill a tensor while the model is constructed.
    static constexpr llvm::StringLiteral Initialisers[] = {
        "torch::nn::init::constant_", "torch::nn::init::normal_", "torch::nn::init::uniform_",
        "torch::nn::init::xavier_normal_", "torch::nn::init::xavier_uniform_",
        "torch::nn::init::kaiming_normal_", "torch::nn::init::kaiming_uniform_",
        "torch::nn::init::ones_", "torch::nn::init::zeros_", "torch::nn::init::orthogonal_",
        "torch::nn::init::eye_", "torch::nn::init::dirac_", "torch::nn::init::sparse_"};
    for (llvm::StringLiteral Name : Initialisers)
      R.push_back({Name, firstArgument});
    return R;
  }();
  return Rows;
}
