/// \file
/// x[...], x.index({...}) and x.index_put_({...}, v): expanded into select,
/// slice, unsqueeze, index and copies as at::indexing does.
#include "Interp/Machine.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {

bool isEllipsis(const Value &V) {
  auto *T = V.get<Tagged>();
  return (T && T->Tag == "Ellipsis") || (V.str() && *V.str() == "...");
}
const Tagged *asSlice(const Value &V) {
  const Tagged *T = V.get<Tagged>();
  return T && T->Tag == "Slice" ? T : nullptr;
}

Value select(Machine &M, const Value &Self, int64_t Dim, int64_t Index) {
  Value Out = M.callOn(Self, "aten::select.int", {{"dim", Dim}, {"index", Index}});
  const TensorBox *From = Self.get<TensorBox>();
  TensorBox *To = Out.get<TensorBox>();
  if (From && To && Dim == 0 && !From->Data.empty() && To->Arg.known()) {
    auto Row = static_cast<size_t>(To->Arg.Type.elements());
    size_t Rows = Row ? From->Data.size() / Row : 0;
    auto At = static_cast<size_t>(Index < 0 ? Index + static_cast<int64_t>(Rows) : Index);
    if (At < Rows)
      To->Data.assign(From->Data.begin() + static_cast<std::ptrdiff_t>(At * Row),
                      From->Data.begin() + static_cast<std::ptrdiff_t>((At + 1) * Row));
  }
  return Out;
}

Value slice(Machine &M, const Value &Self, int64_t Dim, const Tagged &S, bool Optimise) {
  auto Item = [&](size_t I) { return I < S.Items.size() ? S.Items[I] : Value(Null()); };
  for (size_t I = 0; I < 3; ++I)
    if (Item(I).isUnknown())
      return Item(I);
  int64_t Start = Item(0).integer().value_or(0);
  int64_t Stop = Item(1).integer().value_or(INT64_MAX), Step = Item(2).integer().value_or(1);
  const TensorBox *T = Self.get<TensorBox>();
  if (Optimise && T && T->Arg.known() && Dim < T->Arg.Type.rank() && Start == 0 && Step == 1 &&
      Stop == T->Arg.Type.Shape[static_cast<size_t>(Dim)])
    return Self;
  return M.callOn(Self, "aten::slice.Tensor",
                  {{"dim", Dim}, {"start", Start}, {"end", Stop}, {"step", Step}});
}

struct Indexed {
  Value Tensor;
  std::vector<TensorArg> ByTensor; ///< undefined for dimensions not indexed
};

int64_t dimensionsUsed(llvm::ArrayRef<Value> Indices) {
  int64_t N = 0;
  for (const Value &V : Indices) {
    const TensorBox *T = V.get<TensorBox>();
    bool Mask = T && T->Arg.known() && (T->Arg.Type.Type == DType::Bool || T->Arg.Type.Type == DType::UInt8);
    N += Mask ? T->Arg.Type.rank() : !(V.isNull() || isEllipsis(V) || V.as<bool>());
  }
  return N;
}

Indexed applySlicing(Machine &M, const Value &Self, llvm::ArrayRef<Value> Indices) {
  Indexed Out{Self, {}};
  const TensorBox *Box = Self.get<TensorBox>();
  int64_t Rank = Box && Box->Arg.known() ? Box->Arg.Type.rank() : 0;
  int64_t Dim = 0;
  auto Record = [&](TensorArg T) {
    while (static_cast<int64_t>(Out.ByTensor.size()) <= Dim)
      Out.ByTensor.push_back(TensorArg::undefined());
    Out.ByTensor.back() = std::move(T);
    ++Dim;
  };
  for (const Value &I : Indices) {
    if (I.isUnknown()) {
      Out.Tensor = I;
      return Out;
    }
    if (const Tagged *S = asSlice(I)) {
      Out.Tensor = slice(M, Out.Tensor, Dim++, *S, true);
    } else if (isEllipsis(I)) {
      Dim += Rank - dimensionsUsed(Indices);
    } else if (I.isNull()) {
      Out.Tensor = M.callOn(Out.Tensor, "aten::unsqueeze", {{"dim", Dim++}});
    } else if (const TensorBox *T = I.get<TensorBox>()) {
      Record(T->Arg);
    } else if (auto *B = I.as<bool>()) {
      Out.Tensor = M.callOn(Out.Tensor, "aten::unsqueeze", {{"dim", Dim}});
      Record(TensorArg(TensorType(DType::Int64, {*B ? 1 : 0})));
    } else if (auto N = I.integer()) {
      Out.Tensor = select(M, Out.Tensor, Dim, *N);
    } else {
      Out.Tensor = M.unexpected("an index that is", I);
    }
    if (Out.Tensor.isUnknown())
      return Out;
  }
  return Out;
}

Value getItem(Machine &M, const Value &Self, llvm::ArrayRef<Value> Indices) {
  if (Indices.size() == 1) {
    const Value &I = Indices[0];
    if (I.as<int64_t>())
      return select(M, Self, 0, *I.as<int64_t>());
    if (const Tagged *S = asSlice(I))
      return slice(M, Self, 0, *S, false);
    if (I.isNull())
      return M.callOn(Self, "aten::unsqueeze", {{"dim", 0}});
    if (isEllipsis(I))
      return M.callOp("aten::alias", {{"self", M.toArg(Self)}});
  }
  Indexed Out = applySlicing(M, Self, Indices);
  if (Out.Tensor.isUnknown())
    return Out.Tensor;
  if (Out.ByTensor.empty())
    return same(Out.Tensor, Self) ? M.callOp("aten::alias", {{"self", M.toArg(Self)}}) : Out.Tensor;
  return M.callOp("aten::index.Tensor", {{"self", M.toArg(Out.Tensor)}, {"indices", Out.ByTensor}});
}

void copyTo(Machine &M, const Value &To, const Value &From) {
  const TensorBox *D = To.get<TensorBox>(), *S = From.get<TensorBox>();
  if (D && S && D->Arg.known() && S->Arg.known() && S->Arg.Type.rank() == 0 && D->Arg.Type.rank() != 0) {
    M.callOp("aten::fill_.Tensor", {{"self", M.toArg(To)}, {"value", M.toArg(From)}});
    return;
  }
  Value Source = From;
  if (D && S && D->Arg.known() && S->Arg.known() && D->Arg.Type.Shape != S->Arg.Type.Shape) {
    const Sizes &Shape = S->Arg.Type.Shape;
    size_t Ones = 0;
    while (Ones < Shape.size() && Shape[Ones] == 1)
      ++Ones;
    Source = M.callOp("aten::view", {{"self", M.toArg(From)},
                                     {"size", std::vector<int64_t>(Shape.begin() + Ones, Shape.end())}});
    Source = M.callOp("aten::expand", {{"self", M.toArg(Source)}, {"size", ArgValue(D->Arg.Type.Shape)}});
  }
  M.callOp("aten::copy_", {{"self", M.toArg(To)}, {"src", M.toArg(Source)}});
}

void setItem(Machine &M, const Value &Self, llvm::ArrayRef<Value> Indices, const Value &V) {
  Value Source = V;
  if (V.isNumber()) {
    const TensorBox *T = Self.get<TensorBox>();
    Source = M.fromTensor(M.Builder.source(
        TensorType(T && T->Arg.known() ? T->Arg.Type.Type : DType::Float32, {}),
        ValueInfo::Origin::Constant, ""));
  }
  if (Indices.size() == 1 && isEllipsis(Indices[0]))
    return copyTo(M, Self, Source);
  Indexed Out = Indices.size() == 1 && asSlice(Indices[0])
                    ? Indexed{slice(M, Self, 0, *asSlice(Indices[0]), true), {}}
                    : applySlicing(M, Self, Indices);
  if (Out.Tensor.isUnknown())
    return;
  if (Out.ByTensor.empty())
    return copyTo(M, Out.Tensor, Source);
  M.callOp("aten::index_put_", {{"self", M.toArg(Out.Tensor)}, {"indices", Out.ByTensor},
                                {"values", M.toArg(Source)}, {"accumulate", false}});
}

std::vector<Value> indexList(const Value &V) {
  const List *L = V.get<List>();
  if (!L)
    return {V};
  std::vector<Value> Out;
  for (const Cell *C : L->Items)
    Out.push_back(C->V);
  return Out;
}

Result index(LibraryCall &C) { return getItem(C.machine(), C.self(), indexList(C.arg(0))); }

Result indexPut(LibraryCall &C) {
  Machine &M = C.machine();
  Value Where = C.arg(0), What = C.arg(1);
  if (TensorBox *T = C.self().get<TensorBox>()) {
    M.Mem.touch(T);
    T->Data.clear();
  }
  // index_put_(TensorList, ...) is the operator itself.
  const List *L = Where.get<List>();
  bool Plain = L && !L->Items.empty() && C.Callee->getParamDecl(0)->getType().getAsString().find("TensorIndex") == std::string::npos;
  if (Plain)
    return M.callOp(C);
  setItem(M, C.self(), indexList(Where), What);
  return C.self();
}

/// x[3]: select; x[tensor]: its value has to be known.
Result subscript(LibraryCall &C) {
  Machine &M = C.machine();
  Value I = C.arg(0);
  if (auto N = I.integer())
    return select(M, C.self(), 0, *N);
  if (const TensorBox *T = I.get<TensorBox>()) {
    if (T->Data.size() == 1)
      return select(M, C.self(), 0, static_cast<int64_t>(T->Data[0]));
    return select(M, C.self(), 0, 0); // any valid index gives the same shape
  }
  return I.isUnknown() ? select(M, C.self(), 0, 0) : M.unknown("an index that is " + describe(I), C.E);
}

/// `a = b` rebinds a variable; `a[0] = b` copies into a view.
Result assignTensor(LibraryCall &C) {
  Machine &M = C.machine();
  const auto *Method = cast<CXXMethodDecl>(C.Callee);
  Value V = C.arg(0);
  if (Method->getRefQualifier() == RQ_RValue) {
    Value Self = C.self();
    if (V.isNumber())
      M.callOp("aten::fill_.Scalar", {{"self", M.toArg(Self)}, {"value", M.toArg(V)}});
    else
      M.callOp("aten::copy_", {{"self", M.toArg(Self)}, {"src", M.toArg(V)}});
    return C.This;
  }
  M.Mem.write(C.This, V.isNull() ? M.Mem.undefinedTensor() : V);
  return C.This;
}

} // namespace

llvm::ArrayRef<LibraryRow> energy::interp::indexRows() {
  static const LibraryRow Rows[] = {
      {"Tensor::index", index},
      {"Tensor::index_put_", indexPut},
      {"Tensor::operator[]", subscript},
      {"Tensor::operator=", assignTensor},
  };
  return Rows;
}
