// Prints the calls that LibTorch makes for every case of Cases.def.
#include "layers/LayerTrace.h"
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/record_function.h>

namespace energy::conformance {
namespace {

constexpr std::pair<const char *, at::ScalarType> Codes[] = {
    {"b8", at::kBool}, {"u8", at::kByte},  {"i32", at::kInt},   {"i64", at::kLong},
    {"f16", at::kHalf}, {"f32", at::kFloat}, {"f64", at::kDouble},
};
std::string tensorText(const at::Tensor &T) {
  if (!T.defined())
    return "None";
  std::string Out;
  for (auto [Code, Type] : Codes)
    if (Type == T.scalar_type())
      Out = Code;
  OpLineValue V;
  V.Value = OpLineTensor{Out, T.sizes().vec()};
  return toString(V);
}
at::Tensor makeTensor(const OpLineTensor &T) {
  for (auto [Code, Type] : Codes)
    if (T.Code == Code)
      return at::isFloatingType(Type) ? torch::rand(T.Sizes, Type) : torch::zeros(T.Sizes, Type);
  throw std::invalid_argument("no element type " + T.Code);
}

std::string valueText(const c10::IValue &V) {
  if (V.isTensor())
    return tensorText(V.toTensor());
  OpLineValue Out;
  if (V.isBool())
    Out.Value = V.toBool();
  else if (V.isInt())
    Out.Value = V.toInt();
  else if (V.isDouble())
    Out.Value = V.toDouble();
  else if (V.isString())
    Out.Value = V.toStringRef();
  else if (V.isList() || V.isTuple()) {
    std::string Text = "[";
    const auto Items = V.isTuple() ? at::ArrayRef<c10::IValue>(V.toTuple()->elements())
                                   : V.toListRef();
    for (const c10::IValue &Item : Items)
      Text += (Text.size() > 1 ? "," : "") + valueText(Item);
    return Text + "]";
  }
  return toString(Out);
}
/// The element types that zeros() and its like are asked for.
std::string dtypeText(const c10::IValue &V) {
  if (!V.isInt())
    return "None";
  switch (static_cast<at::ScalarType>(V.toInt())) {
  case at::kFloat:
    return "dtype:float32";
  case at::kDouble:
    return "dtype:float64";
  case at::kLong:
    return "dtype:int64";
  default:
    return "dtype:bool";
  }
}
bool isPlacement(const std::string &Name) {
  return Name == "layout" || Name == "device" || Name == "pin_memory" || Name == "generator" ||
         Name == "memory_format" || Name == "non_blocking" || Name == "implicit";
}

std::vector<std::string> *Lines = nullptr;
int Depth = 0;

struct Recorded : at::ObserverContext {
  std::string Text; ///< empty for a nested call
};
std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction &F) {
  auto R = std::make_unique<Recorded>();
  if (!Lines || Depth++ > 0)
    return R;
  const auto Name = F.operator_name();
  if (!Name)
    return R;
  R->Text = "call " + Name->name + (Name->overload_name.empty() ? "" : "." + Name->overload_name);
  const auto Schema = c10::Dispatcher::singleton().findSchema(*Name)->schema();
  for (size_t I = 0; I < F.inputs().size(); ++I) {
    const std::string &Arg = Schema.arguments()[I].name();
    if (isPlacement(Arg))
      continue;
    const c10::IValue &V = F.inputs()[I];
    R->Text += " " + Arg + "=" + (Arg == "dtype" ? dtypeText(V) : valueText(V));
  }
  // A call is listed where it begins.
  Lines->push_back(R->Text);
  R->Text = std::to_string(Lines->size() - 1);
  return R;
}
void end(const at::RecordFunction &F, at::ObserverContext *Context) {
  if (!Lines)
    return;
  --Depth;
  auto *R = static_cast<Recorded *>(Context);
  if (!R || R->Text.empty())
    return;
  std::string &Line = (*Lines)[std::stoul(R->Text)];
  Line += " ->";
  for (const c10::IValue &V : F.outputs()) {
    if (V.isTensor())
      Line += " " + tensorText(V.toTensor());
    else if (V.isTensorList())
      for (const at::Tensor &T : V.toTensorVector())
        Line += " " + tensorText(T);
  }
}
} // namespace

Case::Case(const char *Source) : Text(Source) {
  std::string Error;
  if (!OpLine::parse(Text, Line, Error))
    throw std::invalid_argument(Text + ": " + Error);
  for (const auto &[Name, Value] : Line.Args) {
    if (auto *T = std::get_if<OpLineTensor>(&Value.Value))
      Tensors[Name] = makeTensor(*T);
    else if (auto *List = std::get_if<OpLineValue::List>(&Value.Value))
      for (size_t I = 0; I < List->size(); ++I)
        if (auto *Item = std::get_if<OpLineTensor>(&(*List)[I].Value))
          Tensors[Name + "[" + std::to_string(I) + "]"] = makeTensor(*Item);
  }
  for (const auto &[Name, Value] : Line.Args)
    if (auto *Other = std::get_if<std::string>(&Value.Value))
      if (auto Found = Tensors.find(*Other); Found != Tensors.end())
        Tensors[Name] = Found->second;
}
bool Case::training() const {
  const OpLineValue *V = Line.find("train");
  return V && std::get<bool>(V->Value);
}
at::Tensor Case::named(const std::string &Name) const {
  auto Found = Tensors.find(Name);
  return Found == Tensors.end() ? at::Tensor() : Found->second;
}

void printCase(const Case &C) { std::cout << "case " << C.text() << "\n"; }
void printModule(const torch::nn::Module &M) {
  for (const auto &Child : M.named_modules("", /*include_self=*/false)) {
    std::string Type = Child.value()->name(); // "torch::nn::LinearImpl"
    Type = Type.substr(Type.rfind(':') + 1);
    std::cout << "module " << Child.key() << " " << Type.substr(0, Type.rfind("Impl")) << "\n";
  }
  for (const auto &P : M.named_parameters())
    std::cout << "param " << P.key() << " " << tensorText(P.value()) << "\n";
  for (const auto &P : M.named_buffers())
    std::cout << "buffer " << P.key() << " " << tensorText(P.value()) << "\n";
}
void record(const std::function<Results()> &Run) {
  torch::NoGradGuard NoGradients;
  std::vector<std::string> Seen;
  Results Out;
  bool Threw = false;
  Depth = 0;
  Lines = &Seen;
  try {
    Out = Run();
  } catch (const std::exception &) {
    Threw = true;
  }
  Lines = nullptr;
  for (const std::string &Line : Seen)
    std::cout << Line << "\n";
  for (const at::Tensor &T : Out)
    std::cout << "result " << tensorText(T) << "\n";
  if (Threw)
    std::cout << "throws\n";
}

namespace nn = torch::nn;
namespace F = torch::nn::functional;
void runCases() {
#define NN(LINE, MAKE) NNX(LINE, MAKE, M->forward(X.t(0)))
#define NNX(LINE, MAKE, CALL)                                                                      \
  runModule(                                                                                       \
      LINE, [] { return MAKE; }, [](auto &M, [[maybe_unused]] const Case &X) { return CALL; });
#define FN(LINE, CALL) runFunction(LINE, []([[maybe_unused]] const Case &X) { return CALL; });
#include "layers/Cases.def"
}
} // namespace energy::conformance

int main() try {
  using namespace energy::conformance;
  torch::manual_seed(1);
  at::addGlobalCallback(at::RecordFunctionCallback(begin, end)
                            .needsInputs(true)
                            .needsOutputs(true)
                            .scopes({at::RecordScope::FUNCTION}));
  runCases();
  return 0;
} catch (const std::exception &E) {
  std::cerr << "layer-trace: " << E.what() << "\n";
  return 1;
}
