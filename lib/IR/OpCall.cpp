#include "IR/OpCall.h"

using namespace energy;

UnknownId ArgValue::unknown() const {
  if (auto *U = as<UnknownId>())
    return *U;
  if (auto *T = as<TensorArg>())
    return T->Defined ? T->Unknown : UnknownId::None;
  if (auto *L = as<std::vector<TensorArg>>())
    for (const TensorArg &T : *L)
      if (T.Defined && T.Unknown != UnknownId::None)
        return T.Unknown;
  return UnknownId::None;
}

const ArgValue *OpCall::find(llvm::StringRef Name) const {
  for (const NamedArg &A : Args)
    if (A.Name == Name)
      return &A.Value;
  return nullptr;
}
const TensorType *OpCall::tensor(llvm::StringRef Name) const {
  const ArgValue *V = find(Name);
  const TensorArg *T = V ? V->as<TensorArg>() : nullptr;
  return T && T->known() ? &T->Type : nullptr;
}
std::optional<int64_t> OpCall::integer(llvm::StringRef Name) const {
  const ArgValue *V = find(Name);
  if (V)
    if (auto *I = V->as<int64_t>())
      return *I;
  return std::nullopt;
}
std::optional<double> OpCall::number(llvm::StringRef Name) const {
  const ArgValue *V = find(Name);
  if (!V)
    return std::nullopt;
  if (auto *D = V->as<double>())
    return *D;
  if (auto *I = V->as<int64_t>())
    return static_cast<double>(*I);
  if (auto *B = V->as<bool>())
    return *B;
  return std::nullopt;
}
std::optional<bool> OpCall::boolean(llvm::StringRef Name) const {
  const ArgValue *V = find(Name);
  if (V)
    if (auto *B = V->as<bool>())
      return *B;
  return std::nullopt;
}
std::optional<Sizes> OpCall::ints(llvm::StringRef Name, unsigned N) const {
  const ArgValue *V = find(Name);
  if (!V)
    return std::nullopt;
  if (auto *I = V->as<int64_t>())
    return Sizes(N, *I);
  auto *L = V->as<std::vector<int64_t>>();
  if (!L)
    return std::nullopt;
  if (L->size() == 1)
    return Sizes(N, L->front());
  if (L->size() != N)
    return std::nullopt;
  return Sizes(L->begin(), L->end());
}
llvm::StringRef OpCall::baseName() const { return llvm::StringRef(Op).split('.').first; }

std::vector<TensorArg> OpCall::tensorInputs() const {
  std::vector<TensorArg> All;
  for (const NamedArg &A : Args) {
    if (auto *T = A.Value.as<TensorArg>())
      All.push_back(*T);
    if (auto *L = A.Value.as<std::vector<TensorArg>>())
      All.insert(All.end(), L->begin(), L->end());
  }
  llvm::erase_if(All, [](const TensorArg &T) { return !T.Defined; });
  return All;
}

namespace {
OpLineTensor tensorText(const TensorType &T) {
  return {dtypeCode(T.Type).str(), {T.Shape.begin(), T.Shape.end()}};
}
OpLineValue tensorText(const TensorArg &T) {
  OpLineValue V;
  if (T.known())
    V.Value = tensorText(T.Type);
  return V;
}
template <class Range> OpLineValue listText(const Range &Items) {
  OpLineValue::List L;
  for (auto Item : Items)
    L.emplace_back().Value = Item;
  OpLineValue V;
  V.Value = std::move(L);
  return V;
}
OpLineValue valueText(const ArgValue &A) {
  OpLineValue V;
  if (auto *T = A.as<TensorArg>())
    return tensorText(*T);
  if (auto *L = A.as<std::vector<TensorArg>>()) {
    OpLineValue::List Items;
    for (const TensorArg &T : *L)
      Items.push_back(tensorText(T));
    V.Value = std::move(Items);
  } else if (auto *I = A.as<int64_t>())
    V.Value = *I;
  else if (auto *D = A.as<double>())
    V.Value = *D;
  else if (auto *B = A.as<bool>())
    V.Value = *B;
  else if (auto *S = A.as<std::string>())
    V.Value = *S;
  else if (auto *Ints = A.as<std::vector<int64_t>>())
    return listText(*Ints);
  else if (auto *Doubles = A.as<std::vector<double>>())
    return listText(*Doubles);
  else if (auto *Bools = A.as<std::vector<bool>>())
    return listText(*Bools);
  else if (auto *T = A.as<DType>())
    V.Value = OpLineDType{dtypeName(*T).str()};
  return V;
}

llvm::Error malformed(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}
llvm::Expected<TensorArg> parseTensor(const OpLineTensor &T) {
  std::optional<DType> Type = dtypeFromCode(T.Code);
  if (!Type)
    return malformed("unknown element type '" + llvm::Twine(T.Code) + "'");
  return TensorArg(TensorType(*Type, T.Sizes));
}
template <class T> std::optional<std::vector<T>> uniform(const OpLineValue::List &L) {
  std::vector<T> Out;
  for (const OpLineValue &V : L) {
    auto *Item = std::get_if<T>(&V.Value);
    if (!Item)
      return std::nullopt;
    Out.push_back(*Item);
  }
  return Out;
}
llvm::Expected<ArgValue> parseList(const OpLineValue::List &L) {
  if (auto Ints = uniform<int64_t>(L))
    return ArgValue(std::move(*Ints));
  if (auto Doubles = uniform<double>(L))
    return ArgValue(std::move(*Doubles));
  if (auto Bools = uniform<bool>(L))
    return ArgValue(std::move(*Bools));
  std::vector<TensorArg> Tensors;
  for (const OpLineValue &V : L) {
    if (std::holds_alternative<std::monostate>(V.Value)) {
      Tensors.push_back(TensorArg::undefined());
      continue;
    }
    auto *T = std::get_if<OpLineTensor>(&V.Value);
    if (!T)
      return malformed("a list must hold only integers, floats, booleans or tensors");
    llvm::Expected<TensorArg> Arg = parseTensor(*T);
    if (!Arg)
      return Arg.takeError();
    Tensors.push_back(std::move(*Arg));
  }
  return ArgValue(std::move(Tensors));
}
llvm::Expected<ArgValue> parseValue(const OpLineValue &V) {
  if (auto *T = std::get_if<OpLineTensor>(&V.Value)) {
    llvm::Expected<TensorArg> Arg = parseTensor(*T);
    if (!Arg)
      return Arg.takeError();
    return ArgValue(std::move(*Arg));
  }
  if (auto *I = std::get_if<int64_t>(&V.Value))
    return ArgValue(*I);
  if (auto *D = std::get_if<double>(&V.Value))
    return ArgValue(*D);
  if (auto *B = std::get_if<bool>(&V.Value))
    return ArgValue(*B);
  if (auto *S = std::get_if<std::string>(&V.Value))
    return ArgValue(*S);
  if (auto *L = std::get_if<OpLineValue::List>(&V.Value))
    return parseList(*L);
  if (auto *T = std::get_if<OpLineDType>(&V.Value)) {
    std::optional<DType> Type = dtypeFromName(T->Name);
    if (!Type)
      return malformed("unknown dtype '" + llvm::Twine(T->Name) + "'");
    return ArgValue(*Type);
  }
  return ArgValue();
}
} // namespace

OpLine energy::toOpLine(const OpCall &Call) {
  OpLine L;
  L.Op = Call.Op;
  for (const NamedArg &A : Call.Args)
    L.Args.emplace_back(A.Name, valueText(A.Value));
  L.HasResult = Call.understood();
  for (const TensorArg &R : Call.Results)
    if (R.known())
      L.Results.push_back(tensorText(R.Type));
  return L;
}

llvm::Expected<OpCall> energy::fromOpLine(const OpLine &Line) {
  OpCall Call;
  Call.Op = Line.Op;
  for (const auto &[Name, Value] : Line.Args) {
    llvm::Expected<ArgValue> V = parseValue(Value);
    if (!V)
      return V.takeError();
    Call.Args.push_back({Name, std::move(*V)});
  }
  for (const OpLineTensor &T : Line.Results) {
    llvm::Expected<TensorArg> R = parseTensor(T);
    if (!R)
      return R.takeError();
    Call.Results.push_back(std::move(*R));
  }
  return Call;
}
