#include "TorchValues.h"
#include <ATen/core/List.h>
#include <ATen/core/jit_type.h>
#include <ATen/ops/empty.h>
#include <limits>

using namespace energy;
using namespace energy::measure;

namespace {
struct DTypeRow {
  const char *Name;
  const char *Code;
  at::ScalarType Type;
};
// LibTorch's enumerators differ from ours for a few types.
namespace scalar {
constexpr at::ScalarType Bool = at::kBool, UInt8 = at::kByte, Int8 = at::kChar, Int16 = at::kShort,
                         Int32 = at::kInt, Int64 = at::kLong, Float16 = at::kHalf,
                         BFloat16 = at::kBFloat16, Float32 = at::kFloat, Float64 = at::kDouble,
                         Complex64 = at::kComplexFloat, Complex128 = at::kComplexDouble;
}
constexpr DTypeRow DTypeRows[] = {
#define DTYPE(Enumerator, Name, Code, Bytes, Kind) {Name, Code, scalar::Enumerator},
#include "Schema/DTypes.def"
};

at::ScalarType typeOfName(const std::string &Name) {
  for (const DTypeRow &R : DTypeRows)
    if (Name == R.Name)
      return R.Type;
  throw BindError("'" + Name + "' is not an element type");
}

[[noreturn]] void mismatch(const OpLineValue &V, const c10::Argument &Arg) {
  throw BindError("argument '" + Arg.name() + "' is a '" + Arg.real_type()->str() + "', not '" +
                  toString(V) + "'");
}

/// Converts one value against types nested in the argument's own type.
class Converter {
  const c10::Argument &Arg;
  TensorMaker &Maker;

public:
  Converter(const c10::Argument &Arg, TensorMaker &Maker) : Arg(Arg), Maker(Maker) {}

  c10::IValue convert(const OpLineValue &V, const c10::TypePtr &Type) {
    const bool None = std::holds_alternative<std::monostate>(V.Value);
    switch (Type->kind()) {
    case c10::TypeKind::OptionalType:
      return None ? c10::IValue() : convert(V, Type->castRaw<c10::OptionalType>()->getElementType());
    case c10::TypeKind::TensorType:
      if (auto *T = std::get_if<OpLineTensor>(&V.Value))
        return Maker.make(*T);
      return None ? c10::IValue(at::Tensor()) : wrong(V);
    case c10::TypeKind::ListType:
      return list(V, Type->castRaw<c10::ListType>()->getElementType());
    case c10::TypeKind::NumberType:
      return number(V);
    case c10::TypeKind::FloatType:
      return real(V);
    case c10::TypeKind::BoolType:
      if (auto *B = std::get_if<bool>(&V.Value))
        return *B;
      return wrong(V);
    case c10::TypeKind::StringType:
      if (auto *S = std::get_if<std::string>(&V.Value))
        return *S;
      return wrong(V);
    case c10::TypeKind::DeviceObjType:
      return device(V);
    default: // int, and what is an int when boxed: ScalarType, Layout, MemoryFormat, SymInt
      return integer(V);
    }
  }

private:
  c10::IValue wrong(const OpLineValue &V) { mismatch(V, Arg); }
  c10::IValue integer(const OpLineValue &V) {
    if (auto *N = std::get_if<int64_t>(&V.Value))
      return *N;
    if (auto *D = std::get_if<OpLineDType>(&V.Value))
      return static_cast<int64_t>(typeOfName(D->Name));
    return wrong(V);
  }
  c10::IValue real(const OpLineValue &V) {
    if (auto *D = std::get_if<double>(&V.Value))
      return *D;
    if (auto *N = std::get_if<int64_t>(&V.Value))
      return static_cast<double>(*N);
    return wrong(V);
  }
  c10::IValue number(const OpLineValue &V) {
    if (auto *B = std::get_if<bool>(&V.Value))
      return *B;
    return std::holds_alternative<double>(V.Value) ? real(V) : integer(V);
  }
  c10::IValue device(const OpLineValue &V) {
    if (auto *S = std::get_if<std::string>(&V.Value))
      return c10::Device(*S);
    return wrong(V);
  }
  OpLineValue::List items(const OpLineValue &V) {
    if (auto *L = std::get_if<OpLineValue::List>(&V.Value))
      return *L;
    // "int[2] stride=1" in a schema: one value stands for all N.
    if (Arg.N() && !std::holds_alternative<std::monostate>(V.Value))
      return OpLineValue::List(static_cast<size_t>(*Arg.N()), V);
    mismatch(V, Arg);
  }
  template <typename T> c10::IValue typedList(const OpLineValue &V, const c10::TypePtr &Element) {
    c10::List<T> Out;
    for (const OpLineValue &Item : items(V))
      Out.push_back(convert(Item, Element).template to<T>());
    return Out;
  }
  c10::IValue list(const OpLineValue &V, const c10::TypePtr &Element) {
    switch (Element->kind()) {
    case c10::TypeKind::TensorType:
      return typedList<at::Tensor>(V, Element);
    case c10::TypeKind::OptionalType:
      return typedList<c10::optional<at::Tensor>>(V, Element);
    case c10::TypeKind::BoolType:
      return typedList<bool>(V, Element);
    case c10::TypeKind::FloatType:
      return typedList<double>(V, Element);
    case c10::TypeKind::NumberType:
      return typedList<at::Scalar>(V, Element);
    default:
      return typedList<int64_t>(V, Element);
    }
  }
};
} // namespace

void TensorMaker::fill(at::Tensor &Host, bool Integers) {
  // xorshift32: the contents must not depend on LibTorch's generator.
  auto Next = [this] {
    State ^= State << 13;
    State ^= State >> 17;
    State ^= State << 5;
    return State;
  };
  const int64_t Count = Host.numel();
  if (Integers) {
    auto *P = Host.data_ptr<int64_t>();
    for (int64_t I = 0; I < Count; ++I)
      P[I] = Options.Fill.IntegersAreOne ? 1 : static_cast<int64_t>(Next()) % Options.Fill.IndexBound;
    return;
  }
  const bool Signed = Options.Fill.Kind == Contents::Floats::Signed;
  const float Low = Signed ? -1.0f : 0.05f, Range = Signed ? 2.0f : 0.9f;
  auto *P = Host.data_ptr<float>();
  for (int64_t I = 0; I < Count; ++I)
    P[I] = Low + Range * static_cast<float>(Next() >> 8) * (1.0f / 16777216.0f);
}

at::Tensor TensorMaker::make(const OpLineTensor &T) {
  const at::ScalarType Type = typeOfCode(T.Code);
  const bool Integers = at::isIntegralType(Type, /*includeBool=*/true);
  at::Tensor Host = at::empty(T.Sizes, at::TensorOptions().dtype(Integers ? at::kLong : at::kFloat));
  fill(Host, Integers);
  at::Tensor Out = Host.to(at::TensorOptions().dtype(Type).device(c10::Device(Options.Device)));
  if (Leaves.size() < Options.Gradients && at::isFloatingType(Type)) {
    Out.requires_grad_(true);
    Leaves.push_back(Out);
  }
  return Out;
}

c10::IValue measure::toIValue(const OpLineValue &V, const c10::Argument &Arg, TensorMaker &Maker) {
  return Converter(Arg, Maker).convert(V, Arg.type());
}

at::ScalarType measure::typeOfCode(const std::string &Code) {
  for (const DTypeRow &R : DTypeRows)
    if (Code == R.Code)
      return R.Type;
  throw BindError("'" + Code + "' is not an element type code");
}

std::string measure::codeOf(at::ScalarType Type) {
  for (const DTypeRow &R : DTypeRows)
    if (R.Type == Type)
      return R.Code;
  return {};
}

static OpLineTensor describe(const at::Tensor &T) {
  return {codeOf(T.scalar_type()), T.sizes().vec()};
}

void measure::appendTensors(const c10::IValue &V, std::vector<OpLineTensor> &Out) {
  if (V.isTensor() && V.toTensor().defined())
    Out.push_back(describe(V.toTensor()));
  else if (V.isTensorList())
    for (const at::Tensor &T : V.toTensorVector())
      Out.push_back(describe(T));
}

OpLineValue measure::fromIValue(const c10::IValue &V) {
  OpLineValue Out;
  if (V.isNone() || (V.isTensor() && !V.toTensor().defined()))
    return Out;
  if (V.isTensor())
    Out.Value = describe(V.toTensor());
  else if (V.isBool())
    Out.Value = V.toBool();
  else if (V.isInt())
    Out.Value = V.toInt();
  else if (V.isDouble())
    Out.Value = V.toDouble();
  else if (V.isString() && V.toStringRef().find('"') == std::string::npos)
    Out.Value = V.toStringRef();
  else if (V.isDevice())
    Out.Value = V.toDevice().str();
  else if (V.isList()) {
    OpLineValue::List Items;
    for (const c10::IValue &Item : V.toListRef())
      Items.push_back(fromIValue(Item));
    Out.Value = std::move(Items);
  } else
    throw BindError("a '" + V.tagKind() + "' value has no text form");
  return Out;
}
