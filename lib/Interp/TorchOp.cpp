/// \file
/// Binds a C++ call of an ATen function, Tensor method or operator to the
/// overload of the op table that it reaches: C++ parameter names are the
/// schema's argument names, so no operator is named here except where the C++
/// front end itself rewrites the call.
#include "Interp/Layout.h"
#include "Interp/Machine.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace energy;
using namespace energy::interp;

namespace {
#define LIMIT(Name, Value, Doc) [[maybe_unused]] constexpr uint64_t Max##Name = Value;
#include "Interp/Limits.def"

struct NamedValue {
  llvm::StringRef Name;
  Value V;
  bool IsScalar = false; ///< a Scalar, whether its value is known or not
};

/// "SymInt[] size" takes what "int[] size" takes.
std::string plainType(llvm::StringRef Type) {
  return Type.consume_front("SymInt") ? "int" + Type.str() : Type.str();
}

/// How well a value fits an argument of that schema type: 0 not at all.
int fitSchema(const NamedValue &A, llvm::StringRef SchemaType) {
  const Value &V = A.V;
  std::string Plain = plainType(SchemaType);
  llvm::StringRef Type = Plain;
  bool Optional = Type.consume_back("?");
  if (V.isUnknown())
    return !A.IsScalar ? 1 : Type == "Scalar" ? 3 : Type.starts_with("Tensor") ? 0 : 1;
  if (V.isNull())
    return Optional ? 2 : Type == "Tensor" ? 1 : 0;
  if (const auto *T = V.get<Tagged>()) // a device, a generator, options
    return T->Tag == "TensorOptions" || Type == "Device" || Type == "Layout" ||
                   Type == "Generator" || Type == "MemoryFormat"
               ? 2 : 0;
  if (Type.starts_with("Tensor") && !Type.contains("["))
    return V.get<TensorBox>() ? 4 : 0;
  if (Type == "Scalar")
    return V.isNumber() ? 3 : 0;
  if (Type == "int")
    return V.as<int64_t>() ? 4 : V.isNumber() && !V.as<double>() ? 2 : 0;
  if (Type == "float")
    return V.as<double>() ? 4 : V.isNumber() ? 2 : 0;
  if (Type == "bool")
    return V.as<bool>() ? 4 : V.as<int64_t>() ? 1 : 0;
  if (Type == "str")
    return V.str() ? 4 : 0;
  if (Type == "ScalarType")
    return V.as<DType>() ? 4 : 0;
  if (Type == "Layout" || Type == "MemoryFormat" || Type == "Device" || Type == "Generator")
    return V.as<int64_t>() ? 1 : 0;
  const List *L = V.get<List>();
  if (Type.starts_with("Tensor") && Type.contains("["))
    return L && (L->Items.empty() || !L->Items[0]->V.isNumber()) ? 4 : 0;
  if (Type.starts_with("int["))
    return L ? 4 : V.as<int64_t>() ? 2 : 0;
  if (Type.starts_with("float[") || Type.starts_with("bool["))
    return L ? 3 : 0;
  return 0;
}

/// A value as an argument of that schema type.
ArgValue toSchema(Machine &M, const Value &V, llvm::StringRef SchemaType) {
  std::string Plain = plainType(SchemaType);
  llvm::StringRef Type = Plain;
  Type.consume_back("?");
  if (Type == "Device" || Type == "Layout" || Type == "MemoryFormat" || Type == "Generator")
    return {};
  ArgValue A = M.toArg(V);
  if (Type == "float")
    if (auto *I = A.as<int64_t>())
      return static_cast<double>(*I);
  if (Type == "bool")
    if (auto *I = A.as<int64_t>())
      return *I != 0;
  if (Type == "int" || Type.starts_with("int["))
    if (auto *B = A.as<bool>())
      return static_cast<int64_t>(*B);
  if (Type.starts_with("int["))
    if (auto *I = A.as<int64_t>())
      return std::vector<int64_t>{*I};
  if (Type.contains("[") && Type.starts_with("Tensor")) {
    if (auto *Ints = A.as<std::vector<int64_t>>(); Ints && Ints->empty())
      return std::vector<TensorArg>();
    if (auto *One = A.as<TensorArg>())
      return std::vector<TensorArg>{*One};
  }
  if (auto *D = A.as<std::vector<double>>(); D && Type.starts_with("int["))
    return std::vector<int64_t>(D->begin(), D->end());
  if (auto *I = A.as<std::vector<int64_t>>(); I && Type.starts_with("float["))
    return std::vector<double>(I->begin(), I->end());
  return A;
}

int fitOverload(const torch::OpInfo &Op, llvm::ArrayRef<NamedValue> Args) {
  int Fit = 1;
  for (const NamedValue &A : Args) {
    const torch::SchemaArg *S = Op.find(A.Name);
    if (!S) {
      if (A.V.isNull())
        continue;
      return 0;
    }
    int One = fitSchema(A, S->Type);
    if (One == 0)
      return 0;
    Fit += One;
  }
  for (const torch::SchemaArg &S : Op.Args)
    if (!S.HasDefault && !S.Type.ends_with("?") &&
        llvm::none_of(Args, [&](const NamedValue &A) { return A.Name == S.Name; }))
      return 0;
  return Fit;
}

const torch::OpInfo *chooseOverload(llvm::StringRef BaseName, llvm::ArrayRef<NamedValue> Args) {
  const torch::OpInfo *Best = nullptr;
  int BestFit = 0;
  for (const torch::OpInfo *Op : torch::overloads(BaseName))
    if (int Fit = fitOverload(*Op, Args); Fit > BestFit) {
      Best = Op;
      BestFit = Fit;
    }
  return Best;
}

/// "(self: a tensor 1x8, dim: 3)".
std::string describeArgs(llvm::ArrayRef<NamedValue> Args) {
  std::string Text = "(";
  for (const NamedValue &A : Args)
    Text += (Text.size() > 1 ? ", " : "") + A.Name.str() + ": " + describe(A.V);
  return Text + ")";
}

/// The ATen name behind an overloaded operator of Tensor, with the overload.
std::optional<std::pair<llvm::StringRef, bool>> operatorName(OverloadedOperatorKind K) {
  switch (K) {
  case OO_Plus: return {{"add", false}};
  case OO_Minus: return {{"sub", false}};
  case OO_Star: return {{"mul", false}};
  case OO_Slash: return {{"div", false}};
  case OO_Percent: return {{"remainder", false}};
  case OO_Amp: return {{"bitwise_and", false}};
  case OO_Pipe: return {{"bitwise_or", false}};
  case OO_Caret: return {{"bitwise_xor", false}};
  case OO_Less: return {{"lt", false}};
  case OO_LessEqual: return {{"le", false}};
  case OO_Greater: return {{"gt", false}};
  case OO_GreaterEqual: return {{"ge", false}};
  case OO_EqualEqual: return {{"eq", false}};
  case OO_ExclaimEqual: return {{"ne", false}};
  case OO_PlusEqual: return {{"add_", true}};
  case OO_MinusEqual: return {{"sub_", true}};
  case OO_StarEqual: return {{"mul_", true}};
  case OO_SlashEqual: return {{"div_", true}};
  case OO_AmpEqual: return {{"__iand__", true}};
  case OO_PipeEqual: return {{"__ior__", true}};
  default: return std::nullopt;
  }
}

/// The comparison with its sides exchanged, for `scalar < tensor`.
llvm::StringRef mirrored(llvm::StringRef Name) {
  return llvm::StringSwitch<llvm::StringRef>(Name)
      .Case("lt", "gt").Case("le", "ge").Case("gt", "lt").Case("ge", "le").Default(Name);
}

Value unaryOperator(Machine &M, llvm::StringRef Name, const Value &V) {
  return M.callOn(V, Name, {});
}

/// `a + b` and friends, as ATen's operator header expands them.
Result tensorOperator(LibraryCall &C, OverloadedOperatorKind K) {
  Machine &M = C.machine();
  std::vector<Value> Args;
  if (C.This)
    Args.push_back(C.self());
  for (const Value &V : C.values())
    Args.push_back(V);
  for (const Value &V : Args)
    if (V.isUnknown() && Args.size() != 2)
      return V;
  if (Args.size() == 1) {
    llvm::StringRef Name = K == OO_Minus ? "aten::neg" : K == OO_Tilde ? "aten::bitwise_not"
                         : K == OO_Exclaim ? "aten::logical_not" : "";
    if (!Name.empty())
      return unaryOperator(M, Name, Args[0]);
  }
  auto Name = operatorName(K);
  if (!Name || Args.size() != 2)
    return M.unknown("operator '" + C.Callee->getNameAsString() + "' on tensors is not modelled", C.E);
  std::string Base = ("aten::" + Name->first).str();
  // A number whose value is not known is one by what the operator takes.
  bool IsScalar[2];
  for (unsigned I = 0; I < 2; ++I) {
    const unsigned Parameter = I + C.Callee->getNumParams() - 2; // a member's object is none
    IsScalar[I] = Args[I].isNumber() ||
                  (Args[I].isUnknown() && Parameter < C.Callee->getNumParams() &&
                   M.Kinds.of(C.Callee->getParamDecl(Parameter)->getType()) == TypeKind::Scalar);
  }
  if (IsScalar[0]) {
    if (K == OO_Minus || K == OO_Slash) { // s - x is empty_like(x).fill_(s).sub_(x)
      Value Filled = M.callOp("aten::fill_.Scalar",
                              {{"self", M.toArg(M.callOp("aten::empty_like", {{"self", M.toArg(Args[1])}}))},
                               {"value", M.toArg(Args[0])}});
      return M.callOp(K == OO_Minus ? "aten::sub_.Tensor" : "aten::div_.Tensor",
                      {{"self", M.toArg(Filled)}, {"other", M.toArg(Args[1])}});
    }
    std::swap(Args[0], Args[1]);
    std::swap(IsScalar[0], IsScalar[1]);
    Base = ("aten::" + mirrored(Name->first)).str();
  }
  if (Args[0].isUnknown() && !Args[1].get<TensorBox>())
    return Args[0];
  std::string Op = Base + (IsScalar[1] ? ".Scalar" : ".Tensor");
  Value Out = M.callOp(Op, {{"self", M.toArg(Args[0])}, {"other", M.toArg(Args[1])}});
  const TensorBox *Operands[] = {Args[0].get<TensorBox>(), Args[1].get<TensorBox>()};
  M.trackLayout(Operands[0], Operands, Out);
  if (!Name->second || !C.This)
    return Out;
  // In place: the same tensor, with the call's result as its new value.
  if (TensorBox *Self = C.self().get<TensorBox>())
    if (TensorBox *New = Out.get<TensorBox>()) {
      M.Mem.touch(Self);
      Self->Arg = New->Arg;
      Self->Data.clear();
    }
  return C.This;
}

/// "fft_" of torch::fft::rfft, which calls aten::fft_rfft with its arguments in their order, under
/// names of its own; empty for a function that is called as its operator is.
std::string groupPrefix(const FunctionDecl *F) {
  const auto *Group = dyn_cast<NamespaceDecl>(F->getDeclContext());
  if (!Group || !llvm::is_contained({"fft", "linalg", "special"}, Group->getName()))
    return "";
  return (Group->getName() + "_").str();
}

/// Integer contents that later code may read: sizes in a tensor, layer counts.
void keepContents(Machine &M, const torch::OpInfo &Op, llvm::ArrayRef<NamedValue> Args, TensorBox *Out);

} // namespace

Value Machine::callOp(llvm::StringRef Name, std::vector<NamedArg> Args) {
  if (!spend())
    return Value(Stopped);
  return fromTensor(Builder.call1(Name, std::move(Args)));
}

Value Machine::callOn(const Value &Self, llvm::StringRef Name, std::vector<NamedArg> Args) {
  Args.insert(Args.begin(), {"self", toArg(Self)});
  Value Out = callOp(Name, std::move(Args));
  trackLayout(Self.get<TensorBox>(), Self.get<TensorBox>(), Out);
  return Out;
}

static Operand asOperand(const TensorBox &T) {
  const Sizes &Shape = T.Arg.Type.Shape;
  return {Shape, T.Strides.empty() ? contiguousStrides(Shape) : T.Strides};
}

void Machine::trackLayout(const TensorBox *Self, llvm::ArrayRef<const TensorBox *> Operands, const Value &Out) {
  if (!Self || !Self->Arg.known() || Builder.graph().Calls.empty())
    return;
  const OpCall &Call = Builder.graph().Calls.back();
  std::vector<Operand> All;
  for (const TensorBox *T : Operands)
    if (T && T->Arg.known())
      All.push_back(asOperand(*T));
  auto Track = [&](TensorBox *T) {
    if (!T || T == Self || !T->Arg.known())
      return;
    Strides S = resultStrides(Call.baseName().drop_front(6), Call, asOperand(*Self), All, T->Arg.Type);
    if (!isContiguous(T->Arg.Type.Shape, S))
      T->Strides = S;
  };
  Track(Out.get<TensorBox>());
  if (const List *L = Out.get<List>())
    for (const Cell *C : L->Items)
      Track(C->V.get<TensorBox>());
}

namespace {
/// In-place methods write into a tensor of the shape that it has, whatever is written.
bool keepsShape(llvm::StringRef Base) {
  static const llvm::StringSet<> Reshaping = {"resize_", "resize_as_", "set_", "t_", "transpose_",
                                              "squeeze_", "unsqueeze_", "swapdims_", "swapaxes_"};
  return Base.ends_with("_") && Base.consume_front("aten::") && !Reshaping.contains(Base);
}
bool isUnknownArgument(const NamedValue &A) {
  const TensorBox *T = A.V.get<TensorBox>();
  return T ? T->Arg.Unknown != UnknownId::None : A.V.isUnknown();
}
} // namespace

Result Machine::callOp(LibraryCall &C) {
  if (OverloadedOperatorKind K = C.Callee->getOverloadedOperator(); K != OO_None)
    return tensorOperator(C, K);
  std::string Prefix = groupPrefix(C.Callee);
  std::string Base = "aten::" + Prefix + C.Callee->getNameAsString();
  std::vector<NamedValue> Args;
  if (C.This)
    Args.push_back({"self", C.self()});
  for (unsigned I = 0; I < C.size() && I < C.Callee->getNumParams(); ++I) {
    const ParmVarDecl *P = C.Callee->getParamDecl(I);
    Value V = C.arg(I);
    if (stopped())
      return Value(Stopped);
    if (Kinds.of(P->getType()) == TypeKind::TensorOptions) {
      auto *T = V.get<Tagged>();
      V = T && T->Tag == "TensorOptions" ? T->Items[0] : V.as<DType>() ? V : Value(Null());
      Args.push_back({"dtype", V});
    } else {
      // `x.to(y.dtype())` names its element type type_meta.
      const CXXRecordDecl *R = P->getType().getNonReferenceType()->getAsCXXRecordDecl();
      // ATen/Functions.h defines conj() and the like by hand.
      llvm::StringRef Name = R && R->getName() == "TypeMeta"      ? "dtype"
                             : I == 0 && P->getName() == "tensor" ? "self"
                                                                  : P->getName();
      Args.push_back({Name, V, Kinds.of(P->getType()) == TypeKind::Scalar});
    }
  }
  if (torch::overloads(Base).empty()) {
    for (const NamedValue &A : Args)
      if (A.V.isUnknown()) {
        forgetOutputs(C, *A.V.as<UnknownId>());
        return A.V;
      }
    return unknownCall(C, "operator '" + Base + "' has no row in the op table");
  }
  if (!Prefix.empty())
    for (size_t I = 0; I < Args.size() && I < torch::overloads(Base).front()->Args.size(); ++I)
      Args[I].Name = torch::overloads(Base).front()->Args[I].Name;
  const torch::OpInfo *Op = chooseOverload(Base, Args);
  const bool KeepsSelf = keepsShape(Base) && C.This && C.self().get<TensorBox>() &&
                         C.self().get<TensorBox>()->Arg.known() && llvm::any_of(Args, isUnknownArgument);
  if (!Op) {
    auto First = llvm::find_if(Args, [](const NamedValue &A) { return A.V.isUnknown(); });
    if (KeepsSelf && First != Args.end()) {
      (void)Builder.unknownCall(Base, 1, *First->V.as<UnknownId>());
      return C.self();
    }
    return unknownCall(C, "no overload of '" + Base + "' takes " + describeArgs(Args));
  }
  if (!spend(C.E))
    return Value(Stopped);
  std::vector<NamedArg> Given;
  for (const NamedValue &A : Args)
    if (const torch::SchemaArg *S = Op->find(A.Name))
      if (!(A.V.isNull() && S->HasDefault))
        Given.push_back({A.Name.str(), toSchema(*this, A.V, S->Type)});
  std::vector<TensorArg> Flat = Builder.call(Op->Def->name(), std::move(Given));
  bool InPlace = !Op->Args.empty() && Op->Args[0].Mutated && C.This;
  if (InPlace && Flat.size() == 1) {
    if (TensorBox *Self = C.self().get<TensorBox>()) {
      Mem.touch(Self);
      if (!KeepsSelf)
        Self->Arg = Flat[0];
      Self->Data.clear();
      return C.self();
    }
  }
  if (InPlace && Flat.empty())
    return C.self();
  if (Flat.empty())
    return unknown("the result of '" + Base + "' depends on the contents of a tensor", C.E);
  Value Out = fromTensors(std::move(Flat), C.Callee->getReturnType());
  if (TensorBox *T = Out.get<TensorBox>())
    keepContents(*this, *Op, Args, T);
  llvm::SmallVector<const TensorBox *, 4> Operands;
  for (const NamedValue &A : Args)
    Operands.push_back(A.V.get<TensorBox>());
  for (const NamedValue &A : Args)
    if (A.Name == "self" || A.Name == "input")
      trackLayout(A.V.get<TensorBox>(), Operands, Out);
  return Out;
}

Result Machine::unknownCall(LibraryCall &C, const llvm::Twine &Why) {
  UnknownId Id = unknownId(Why, C.E);
  forgetOutputs(C, Id);
  std::string Name = "aten::" + C.Callee->getNameAsString();
  if (Kinds.of(C.Callee->getReturnType()) != TypeKind::Tensor)
    return Value(Id);
  return fromTensor(Builder.unknownCall(Name, 1, Id).front());
}

namespace {

constexpr int64_t MaxKeptElements = 65536;

std::optional<double> numberNamed(llvm::ArrayRef<NamedValue> Args, llvm::StringRef Name) {
  for (const NamedValue &A : Args)
    if (A.Name == Name)
      return A.V.number();
  return std::nullopt;
}
const TensorBox *tensorNamed(llvm::ArrayRef<NamedValue> Args, llvm::StringRef Name) {
  for (const NamedValue &A : Args)
    if (A.Name == Name)
      return A.V.get<TensorBox>();
  return nullptr;
}

void keepContents(Machine &M, const torch::OpInfo &Op, llvm::ArrayRef<NamedValue> Args,
                  TensorBox *Out) {
  (void)M;
  if (!Out->Arg.known() || Out->Arg.Type.elements() > MaxKeptElements)
    return;
  auto N = static_cast<size_t>(Out->Arg.Type.elements());
  llvm::StringRef Name = Op.Def->name().drop_front(6).split('.').first;
  if (Name == "zeros" || Name == "ones" || Name == "full" || Name == "zeros_like" || Name == "ones_like") {
    auto Fill = Name.starts_with("zeros") ? std::optional(0.0)
                : Name.starts_with("ones") ? std::optional(1.0)
                                           : numberNamed(Args, "fill_value");
    if (Fill)
      Out->Data.assign(N, *Fill);
    return;
  }
  if (Name == "arange") {
    double Start = numberNamed(Args, "start").value_or(0), Step = numberNamed(Args, "step").value_or(1);
    for (size_t I = 0; I < N; ++I)
      Out->Data.push_back(Start + Step * static_cast<double>(I));
    return;
  }
  if (Name == "linspace" && N > 0) {
    auto Start = numberNamed(Args, "start"), End = numberNamed(Args, "end");
    for (size_t I = 0; Start && End && I < N; ++I)
      Out->Data.push_back(N == 1 ? *Start
                                 : *Start + (*End - *Start) * static_cast<double>(I) /
                                                static_cast<double>(N - 1));
    return;
  }
  const TensorBox *Self = tensorNamed(Args, "self");
  if (!Self || Self->Data.empty())
    return;
  // The same elements in the same order.
  if (Name == "view" || Name == "reshape" || Name == "to" || Name == "contiguous" ||
      Name == "clone" || Name == "detach" || Name == "unsqueeze" || Name == "squeeze" ||
      Name == "flatten") {
    Out->Data = Self->Data;
    return;
  }
  if (Name == "select" && numberNamed(Args, "dim").value_or(1) == 0) {
    auto Index = numberNamed(Args, "index");
    size_t Row = N, Rows = Row ? Self->Data.size() / Row : 0;
    if (!Index || Rows == 0)
      return;
    auto At = static_cast<size_t>(*Index < 0 ? *Index + static_cast<double>(Rows) : *Index);
    if (At < Rows)
      Out->Data.assign(Self->Data.begin() + static_cast<std::ptrdiff_t>(At * Row),
                       Self->Data.begin() + static_cast<std::ptrdiff_t>((At + 1) * Row));
  }
}

} // namespace
