#include "Torch/Schema.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace energy;
using namespace energy::torch;
using llvm::StringRef;

namespace {
/// The text between the first '(' and its partner.
StringRef argumentText(StringRef Schema) {
  size_t Open = Schema.find('(');
  int Depth = 0;
  for (size_t I = Open; I < Schema.size(); ++I) {
    Depth += Schema[I] == '(' ? 1 : Schema[I] == ')' ? -1 : 0;
    if (Depth == 0)
      return Schema.slice(Open + 1, I);
  }
  assert(false && "malformed schema");
  return {};
}

/// Cuts the text before the next top-level comma off \p Rest.
StringRef nextItem(StringRef &Rest) {
  int Depth = 0;
  size_t I = 0;
  for (; I < Rest.size(); ++I) {
    char C = Rest[I];
    Depth += (C == '(' || C == '[') ? 1 : (C == ')' || C == ']') ? -1 : 0;
    if (C == ',' && Depth == 0)
      break;
  }
  StringRef Item = Rest.take_front(I).trim();
  Rest = Rest.drop_front(std::min(I + 1, Rest.size()));
  return Item;
}

/// "Tensor(a!)" -> "Tensor", "Tensor(a -> *)" -> "Tensor", "Tensor(a)[]" -> "Tensor[]".
StringRef plainType(StringRef Type, bool &Mutated) {
  size_t Open = Type.find('(');
  if (Open == StringRef::npos)
    return Type;
  Mutated = Type.contains('!');
  StringRef After = Type.drop_front(Type.find(')') + 1);
  if (After == "[]")
    return "Tensor[]";
  return After == "?" ? "Tensor?" : "Tensor";
}
} // namespace

llvm::SmallVector<SchemaArg, 8> torch::parseArguments(StringRef Schema) {
  llvm::SmallVector<SchemaArg, 8> Args;
  bool KeywordOnly = false;
  for (StringRef Rest = argumentText(Schema); !Rest.empty();) {
    StringRef Item = nextItem(Rest);
    if (Item == "*") {
      KeywordOnly = true;
      continue;
    }
    SchemaArg A;
    size_t Equals = Item.find('=');
    A.HasDefault = Equals != StringRef::npos;
    if (A.HasDefault)
      A.Default = Item.drop_front(Equals + 1);
    auto [Type, Name] = Item.take_front(Equals).rsplit(' ');
    assert(!Name.empty() && "malformed schema");
    A.Name = Name;
    A.Type = plainType(Type, A.Mutated);
    A.KeywordOnly = KeywordOnly;
    Args.push_back(A);
  }
  return Args;
}

unsigned torch::countResults(StringRef Schema) {
  StringRef Args = argumentText(Schema);
  StringRef Out = Schema.drop_front(static_cast<size_t>(Args.end() - Schema.begin()) + 1);
  [[maybe_unused]] bool Arrow = Out.consume_front(" -> ");
  assert(Arrow && "malformed schema");
  if (Out.starts_with("("))
    Out = Out.drop_front().drop_back();
  unsigned Count = 0;
  while (!Out.empty())
    Count += nextItem(Out).starts_with("Tensor");
  return Count;
}

namespace {
/// The N of "int[N]", 0 for "int[]".
unsigned listLength(StringRef Type) {
  unsigned N = 0;
  if (Type.slice(Type.find('[') + 1, Type.find(']')).getAsInteger(10, N))
    return 0;
  return N;
}
bool isIntType(StringRef T) { return T == "int" || T == "SymInt"; }

DType dtypeOfScalarType(int64_t Number) {
  static constexpr DType Known[] = {DType::UInt8, DType::Int8,    DType::Int16,   DType::Int32,
                                    DType::Int64, DType::Float16, DType::Float32, DType::Float64};
  assert(Number >= 0 && Number < static_cast<int64_t>(std::size(Known)));
  return Known[Number];
}

ArgValue parseIntList(StringRef Text) {
  std::vector<int64_t> Values;
  for (StringRef Rest = Text.drop_front().drop_back(); !Rest.empty();) {
    int64_t I = 0;
    [[maybe_unused]] bool Bad = nextItem(Rest).getAsInteger(10, I);
    assert(!Bad && "a default list holds integers");
    Values.push_back(I);
  }
  return Values;
}
} // namespace

std::optional<ArgValue> torch::defaultValue(const SchemaArg &Arg) {
  if (!Arg.HasDefault)
    return std::nullopt;
  StringRef D = Arg.Default;
  if (D == "None")
    return ArgValue();
  if (D == "True" || D == "False")
    return ArgValue(D == "True");
  if (D.starts_with("["))
    return parseIntList(D);
  if (D.starts_with("\""))
    return ArgValue(D.drop_front().drop_back().str());
  int64_t I = 0;
  if (!D.getAsInteger(10, I)) {
    if (Arg.Type.starts_with("ScalarType"))
      return ArgValue(dtypeOfScalarType(I));
    ArgValue V(I);
    llvm::consumeError(coerce(Arg, V));
    return V;
  }
  double F = 0;
  [[maybe_unused]] bool Bad = D.getAsDouble(F);
  assert(!Bad && "unknown form of a default");
  return ArgValue(F);
}

namespace {
bool coerceInts(StringRef Type, ArgValue &V) {
  if (auto *I = V.as<int64_t>()) {
    unsigned N = listLength(Type);
    V = std::vector<int64_t>(std::max(N, 1u), *I);
  }
  if (auto *Empty = V.as<std::vector<TensorArg>>())
    if (Empty->empty())
      V = std::vector<int64_t>();
  return V.as<std::vector<int64_t>>();
}
bool coerceDoubles(ArgValue &V) {
  if (auto *Ints = V.as<std::vector<int64_t>>())
    V = std::vector<double>(Ints->begin(), Ints->end());
  return V.as<std::vector<double>>();
}
bool coerceTensors(ArgValue &V) {
  if (auto *T = V.as<TensorArg>())
    V = std::vector<TensorArg>{*T};
  if (auto *Empty = V.as<std::vector<int64_t>>())
    if (Empty->empty())
      V = std::vector<TensorArg>();
  return V.as<std::vector<TensorArg>>();
}
bool coerceFloat(ArgValue &V) {
  if (auto *I = V.as<int64_t>())
    V = static_cast<double>(*I);
  return V.as<double>();
}
bool coerceBool(ArgValue &V) {
  if (auto *I = V.as<int64_t>())
    V = *I != 0;
  return V.as<bool>();
}
bool coerceInt(ArgValue &V) {
  if (auto *B = V.as<bool>())
    V = static_cast<int64_t>(*B);
  return V.as<int64_t>();
}
bool fits(StringRef Type, ArgValue &V) {
  StringRef Element = Type.take_until([](char C) { return C == '[' || C == '?'; });
  if (Type.contains('[')) {
    if (isIntType(Element))
      return coerceInts(Type, V);
    if (Element == "Tensor")
      return coerceTensors(V);
    if (Element == "bool")
      return V.as<std::vector<bool>>();
    return coerceDoubles(V); // float[], Scalar[]
  }
  if (Element == "Tensor")
    return V.as<TensorArg>();
  if (isIntType(Element))
    return coerceInt(V);
  if (Element == "float")
    return coerceFloat(V);
  if (Element == "bool")
    return coerceBool(V);
  if (Element == "str")
    return V.as<std::string>();
  if (Element == "Scalar")
    return V.as<int64_t>() || V.as<double>() || V.as<bool>();
  if (Element == "ScalarType")
    return V.as<DType>();
  // Layout, Device, MemoryFormat, Generator, ...: any value, no rule looks at it.
  return !V.as<TensorArg>();
}
} // namespace

llvm::Error torch::coerce(const SchemaArg &Arg, ArgValue &Value) {
  bool Optional = Arg.Type.ends_with("?");
  if (Value.as<UnknownId>() || (Value.isNone() && (Optional || Arg.Type == "Tensor?[]")))
    return llvm::Error::success();
  if (Value.isNone() && Arg.Type == "Tensor")
    Value = TensorArg::undefined();
  if (auto *T = Value.as<TensorArg>(); T && Optional && !T->Defined && Arg.Type != "Tensor?") {
    Value = ArgValue();
    return llvm::Error::success();
  }
  if (fits(Arg.Type, Value))
    return llvm::Error::success();
  return reject("the value of argument '" + Arg.Name + "' does not fit its type '" + Arg.Type +
                "'");
}
