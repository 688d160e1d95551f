#include "Torch/Layer.h"
#include "Torch/Layers/Lowering.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringMap.h"
#include <cmath>

using namespace energy;
using namespace energy::torch;

TensorArg LayerContext::reject(const llvm::Twine &Reason) {
  if (Why != UnknownId::None)
    return TensorArg::unknown(Why);
  UnknownId U = B.rejected("'" + Name + "' rejects its arguments: " + Reason);
  return B.unknownCall(("torch::nn::" + Name).str(), 1, U).front();
}

const ArgValue *LayerContext::option(llvm::StringRef Wanted) const {
  for (const NamedArg &A : Options)
    if (A.Name == Wanted)
      return &A.Value;
  return nullptr;
}
bool LayerContext::has(llvm::StringRef Wanted) const {
  const ArgValue *V = option(Wanted);
  return V && !V->isNone();
}
std::vector<NamedArg> LayerContext::optionsOf(llvm::StringRef Prefix) const {
  std::vector<NamedArg> Found;
  for (const NamedArg &A : Options) {
    llvm::StringRef Rest = A.Name;
    if (Rest.consume_front(Prefix) && Rest.consume_front("."))
      Found.push_back({Rest.str(), A.Value});
  }
  return Found;
}
/// The option's value, or null after marking the layer unknown.
const ArgValue *LayerContext::known(llvm::StringRef Wanted) {
  const ArgValue *V = option(Wanted);
  if (!V || V->isNone()) {
    markUnknown("option '" + Wanted + "' of '" + Name + "' has no value");
    return nullptr;
  }
  if (UnknownId U = V->unknown(); U != UnknownId::None) {
    markUnknown(U);
    return nullptr;
  }
  return V;
}

namespace {
std::optional<double> asNumber(const ArgValue &V) {
  if (auto *I = V.as<int64_t>())
    return static_cast<double>(*I);
  if (auto *D = V.as<double>())
    return *D;
  if (auto *B = V.as<bool>())
    return *B;
  return std::nullopt;
}
std::optional<int64_t> asInteger(const ArgValue &V) {
  if (auto *I = V.as<int64_t>())
    return *I;
  if (auto *B = V.as<bool>())
    return *B;
  if (auto *D = V.as<double>())
    if (std::isfinite(*D) && std::abs(*D) < 9e18)
      return static_cast<int64_t>(*D); // as C++ converts
  return std::nullopt;
}
std::optional<std::vector<int64_t>> asInts(const ArgValue &V) {
  if (auto *L = V.as<std::vector<int64_t>>())
    return *L;
  if (auto I = asInteger(V))
    return std::vector<int64_t>{*I};
  // A list of absent values says nothing of their type; as integers they are -1.
  if (auto *L = V.as<std::vector<TensorArg>>();
      L && llvm::none_of(*L, [](const TensorArg &T) { return T.Defined; }))
    return std::vector<int64_t>(L->size(), -1);
  return std::nullopt;
}
} // namespace

int64_t LayerContext::integer(llvm::StringRef Wanted) {
  if (const ArgValue *V = known(Wanted)) {
    if (auto I = asInteger(*V))
      return *I;
    markUnknown("option '" + Wanted + "' of '" + Name + "' is not an integer");
  }
  return 1;
}
int64_t LayerContext::integer(llvm::StringRef Wanted, int64_t IfAbsent) {
  return has(Wanted) ? integer(Wanted) : IfAbsent;
}
double LayerContext::number(llvm::StringRef Wanted, double IfAbsent) {
  if (!has(Wanted))
    return IfAbsent;
  if (const ArgValue *V = known(Wanted)) {
    if (auto D = asNumber(*V))
      return *D;
    markUnknown("option '" + Wanted + "' of '" + Name + "' is not a number");
  }
  return IfAbsent;
}
bool LayerContext::boolean(llvm::StringRef Wanted, bool IfAbsent) {
  if (!has(Wanted))
    return IfAbsent;
  if (const ArgValue *V = known(Wanted)) {
    if (auto D = asNumber(*V))
      return *D != 0;
    markUnknown("option '" + Wanted + "' of '" + Name + "' is not a bool");
  }
  return IfAbsent;
}
std::string LayerContext::text(llvm::StringRef Wanted, llvm::StringRef IfAbsent) {
  if (!has(Wanted))
    return IfAbsent.str();
  if (const ArgValue *V = known(Wanted)) {
    if (auto *S = V->as<std::string>())
      return *S;
    markUnknown("option '" + Wanted + "' of '" + Name + "' is not an enumerator");
  }
  return IfAbsent.str();
}
std::vector<int64_t> LayerContext::ints(llvm::StringRef Wanted, unsigned N) {
  if (const ArgValue *V = known(Wanted)) {
    std::optional<std::vector<int64_t>> L = asInts(*V);
    if (!L)
      markUnknown("option '" + Wanted + "' of '" + Name + "' is not a list of integers");
    else if (N == 0 || L->size() == N)
      return *L;
    else if (L->size() == 1)
      return std::vector<int64_t>(N, L->front());
    else
      markUnknown("option '" + Wanted + "' of '" + Name + "' has " + llvm::Twine(L->size()) +
                  " values instead of " + llvm::Twine(N));
  }
  return std::vector<int64_t>(N ? N : 1, 1);
}
std::vector<int64_t> LayerContext::ints(llvm::StringRef Wanted, unsigned N, int64_t IfAbsent) {
  return has(Wanted) ? ints(Wanted, N) : std::vector<int64_t>(N, IfAbsent);
}
std::vector<double> LayerContext::numbers(llvm::StringRef Wanted) {
  const ArgValue *V = known(Wanted);
  if (!V)
    return {};
  if (auto *L = V->as<std::vector<double>>())
    return *L;
  if (auto *L = V->as<std::vector<int64_t>>())
    return std::vector<double>(L->begin(), L->end());
  if (auto D = asNumber(*V))
    return {*D};
  markUnknown("option '" + Wanted + "' of '" + Name + "' is not a list of numbers");
  return {};
}
TensorArg LayerContext::tensorOption(llvm::StringRef Wanted) {
  if (!has(Wanted))
    return TensorArg::undefined();
  const ArgValue *V = option(Wanted);
  if (auto *T = V->as<TensorArg>())
    return *T;
  if (UnknownId U = V->unknown(); U != UnknownId::None)
    return TensorArg::unknown(U);
  markUnknown("option '" + Wanted + "' of '" + Name + "' is not a tensor");
  return TensorArg::unknown(Why);
}

const ArgValue &LayerContext::input(size_t I) const {
  static const ArgValue None;
  return I < Inputs.size() ? Inputs[I] : None;
}
TensorArg LayerContext::tensor(size_t I) {
  const ArgValue &V = input(I);
  if (auto *T = V.as<TensorArg>())
    return *T;
  if (V.isNone())
    return TensorArg::undefined();
  if (UnknownId U = V.unknown(); U != UnknownId::None)
    return TensorArg::unknown(U);
  if (auto *L = V.as<std::vector<TensorArg>>(); L && L->size() == 1)
    return L->front();
  markUnknown("argument " + llvm::Twine(I + 1) + " of '" + Name + "' is not a tensor");
  return TensorArg::unknown(Why);
}
std::vector<TensorArg> LayerContext::tensorList(size_t I) {
  if (auto *L = input(I).as<std::vector<TensorArg>>())
    return *L;
  TensorArg T = tensor(I);
  return T.Defined ? std::vector<TensorArg>{T} : std::vector<TensorArg>{};
}
bool LayerContext::booleanInput(size_t I, bool IfAbsent) {
  return numberInput(I, IfAbsent ? 1 : 0) != 0;
}
double LayerContext::numberInput(size_t I, double IfAbsent) {
  const ArgValue &V = input(I);
  if (V.isNone())
    return IfAbsent;
  if (auto D = asNumber(V))
    return *D;
  if (UnknownId U = V.unknown(); U != UnknownId::None)
    markUnknown(U);
  else
    markUnknown("argument " + llvm::Twine(I + 1) + " of '" + Name + "' is not a number");
  return IfAbsent;
}
std::vector<int64_t> LayerContext::intsInput(size_t I) {
  const ArgValue &V = input(I);
  if (V.isNone())
    return {};
  if (UnknownId U = V.unknown(); U != UnknownId::None)
    markUnknown(U);
  else if (auto L = asInts(V))
    return *L;
  else
    markUnknown("argument " + llvm::Twine(I + 1) + " of '" + Name +
                "' is not a list of integers");
  return {};
}

TensorType LayerContext::type(const TensorArg &T) {
  if (T.known())
    return T.Type;
  if (T.Defined)
    markUnknown(T.Unknown);
  else
    markUnknown("'" + Name + "' is given an undefined tensor");
  return TensorType();
}
int64_t LayerContext::dim(const TensorArg &T) { return type(T).rank(); }
int64_t LayerContext::size(const TensorArg &T, int64_t Dim) {
  TensorType Type = type(T);
  int64_t Rank = Type.rank();
  if (Dim < -Rank || Dim >= Rank) {
    if (T.known() && Why == UnknownId::None) {
      Rejection = ("'" + Name + "' needs dimension " + llvm::Twine(Dim) + " of a tensor with " +
                   llvm::Twine(Rank) + " dimensions")
                      .str();
      markUnknown("shape error above");
    }
    return 1;
  }
  return Type.Shape[static_cast<size_t>(Dim < 0 ? Dim + Rank : Dim)];
}

void LayerContext::addParameter(llvm::StringRef ParamName, llvm::ArrayRef<int64_t> Shape,
                                bool Trainable) {
  for (int64_t Size : Shape)
    if (Size < 0)
      markUnknown(B.rejected("'" + Name + "' gets a parameter '" + ParamName +
                             "' of negative size " + llvm::Twine(Size)));
  if (Why == UnknownId::None)
    B.addParameter(Module, ParamName, TensorType(DType::Float32, Shape), false, Trainable);
  else
    B.graph().module(Module).Parameters.push_back(
        {ParamName.str(), false, Trainable, TensorArg::unknown(Why)});
}
void LayerContext::addBuffer(llvm::StringRef BufferName, llvm::ArrayRef<int64_t> Shape,
                             DType Type) {
  if (Why == UnknownId::None)
    B.addParameter(Module, BufferName, TensorType(Type, Shape), true, false);
  else
    B.graph().module(Module).Parameters.push_back(
        {BufferName.str(), true, false, TensorArg::unknown(Why)});
}
namespace {
TensorArg parameterOf(const ModuleNode &M, llvm::StringRef Name) {
  for (const Parameter &P : M.Parameters)
    if (P.Name == Name)
      return P.Value;
  return TensorArg::undefined();
}
} // namespace
TensorArg LayerContext::parameter(llvm::StringRef ParamName) {
  return parameterOf(B.graph().module(Module), ParamName);
}

std::optional<ModuleId> LayerContext::findChild(llvm::StringRef ChildName) const {
  auto [First, Rest] = ChildName.split('.');
  std::optional<ModuleId> At;
  const std::vector<ModuleNode> &All = B.graph().Modules;
  for (ModuleId Parent = Module; !First.empty(); std::tie(First, Rest) = Rest.split('.')) {
    At = std::nullopt;
    // Submodules follow their parent in the list.
    for (size_t I = static_cast<size_t>(Parent) + 1; I < All.size() && !At; ++I)
      if (All[I].Parent == Parent && llvm::StringRef(All[I].Path).rsplit('.').second == First)
        At = static_cast<ModuleId>(I);
      else if (All[I].Parent == Parent && All[I].Path == First)
        At = static_cast<ModuleId>(I);
    if (!At)
      return std::nullopt;
    Parent = *At;
  }
  return At;
}
bool LayerContext::hasChild(llvm::StringRef ChildName) const {
  return findChild(ChildName).has_value();
}
TensorArg LayerContext::childParameter(llvm::StringRef Child, llvm::StringRef ParamName) {
  std::optional<ModuleId> M = findChild(Child);
  return M ? parameterOf(B.graph().module(*M), ParamName) : TensorArg::undefined();
}
void LayerContext::addContainer(llvm::StringRef ChildName, llvm::StringRef Type) {
  auto [Prefix, Leaf] = ChildName.rsplit('.');
  ModuleId Parent = Module;
  if (!Leaf.empty())
    Parent = findChild(Prefix).value_or(Module);
  const ModuleNode &Above = B.graph().module(Parent);
  llvm::StringRef Own = Leaf.empty() ? Prefix : Leaf;
  std::string Path = Above.Path.empty() ? Own.str() : Above.Path + "." + Own.str();
  SourceSpan Where = Above.Construction;
  B.addModule(Parent, Path, Type, std::move(Where));
}
void LayerContext::addChild(llvm::StringRef ChildName, llvm::StringRef Layer,
                            std::vector<NamedArg> ChildOptions) {
  const LayerDef *Def = findLayer(Layer);
  addContainer(ChildName, Layer);
  ModuleId Child = static_cast<ModuleId>(B.graph().Modules.size() - 1);
  if (!Def)
    return;
  if (Why != UnknownId::None)
    for (NamedArg &A : ChildOptions)
      A.Value = Why;
  buildLayer(*Def, B, Child, ChildOptions);
}
std::vector<TensorArg> LayerContext::runChild(llvm::StringRef ChildName,
                                              std::vector<ArgValue> ChildInputs) {
  std::optional<ModuleId> Child = findChild(ChildName);
  if (!Child) {
    markUnknown("'" + Name + "' has no submodule '" + ChildName + "'");
    return {TensorArg::unknown(Why)};
  }
  const ModuleNode &Node = B.graph().module(*Child);
  const LayerDef *Def = findLayer(Node.Type);
  if (!Def) {
    markUnknown("submodule '" + ChildName + "' of '" + Name + "' is a '" + Node.Type +
                "', which has no row in the layer table");
    return {TensorArg::unknown(Why)};
  }
  std::vector<NamedArg> ChildOptions = Node.Options;
  return runLayer(*Def, B, *Child, ChildOptions, ChildInputs, Training);
}

llvm::ArrayRef<llvm::ArrayRef<LayerDef>> torch::layerFamilies() {
  static const llvm::ArrayRef<LayerDef> All[] = {
#define FAMILY(Name) Name##Layers(),
#include "Torch/LayerFamilies.def"
  };
  return All;
}
llvm::ArrayRef<llvm::ArrayRef<FunctionalDef>> torch::functionalFamilies() {
  static const llvm::ArrayRef<FunctionalDef> All[] = {
#define FAMILY(Name) Name##Functionals(),
#include "Torch/LayerFamilies.def"
  };
  return All;
}

namespace {
template <class Def>
llvm::StringMap<const Def *> indexByName(llvm::ArrayRef<llvm::ArrayRef<Def>> Families) {
  llvm::StringMap<const Def *> Index;
  for (llvm::ArrayRef<Def> Family : Families)
    for (const Def &D : Family)
      Index[D.Name] = &D;
  return Index;
}

std::vector<TensorArg> run(LayerContext &C, llvm::StringRef Name, ForwardRule Forward,
                           unsigned ResultCount) {
  GraphBuilder &B = C.builder();
  GraphBuilder::Mark Before = B.mark();
  std::vector<TensorArg> Results = Forward(C);
  if (C.unknown() == UnknownId::None)
    return Results;
  // What LibTorch throws for in the layer's own calls is the layer's error.
  std::string Rejection = C.rejection().str();
  if (const auto &Findings = B.graph().Findings; Rejection.empty() && Findings.size() > Before.Findings)
    Rejection = Findings[Before.Findings].Message;
  B.forget(Before, C.unknown());
  if (!Rejection.empty())
    B.rejected(Rejection);
  if (B.mark().Calls == Before.Calls)
    return B.unknownCall(Name, ResultCount, C.unknown());
  return std::vector<TensorArg>(ResultCount, TensorArg::unknown(C.unknown()));
}
} // namespace

const LayerDef *torch::findLayer(llvm::StringRef Name) {
  static const llvm::StringMap<const LayerDef *> Index = indexByName(layerFamilies());
  return Index.lookup(Name);
}
const FunctionalDef *torch::findFunctional(llvm::StringRef Name) {
  static const llvm::StringMap<const FunctionalDef *> Index = indexByName(functionalFamilies());
  return Index.lookup(Name);
}

void torch::buildLayer(const LayerDef &Layer, GraphBuilder &B, ModuleId M,
                       llvm::ArrayRef<NamedArg> Options) {
  std::vector<NamedArg> Own = Options.vec();
  B.graph().module(M).Options = Own;
  if (!Layer.Build)
    return;
  ModuleId Outer = B.module();
  auto Restore = llvm::make_scope_exit([&] { B.setModule(Outer); });
  B.setModule(M);
  LayerContext C(B, Layer.Name, M, Own, {}, false);
  Layer.Build(C);
}
std::vector<TensorArg> torch::runLayer(const LayerDef &Layer, GraphBuilder &B, ModuleId M,
                                       llvm::ArrayRef<NamedArg> Options,
                                       llvm::ArrayRef<ArgValue> Inputs, bool Training) {
  ModuleId Outer = B.module();
  auto Restore = llvm::make_scope_exit([&] { B.setModule(Outer); });
  B.setModule(M);
  LayerContext C(B, Layer.Name, M, Options, Inputs, Training);
  return run(C, ("torch::nn::" + Layer.Name).str(), Layer.Forward, Layer.ResultCount);
}
std::vector<TensorArg> torch::runFunctional(const FunctionalDef &F, GraphBuilder &B,
                                            llvm::ArrayRef<NamedArg> Options,
                                            llvm::ArrayRef<ArgValue> Inputs, bool Training) {
  LayerContext C(B, F.Name, B.module(), Options, Inputs, Training);
  return run(C, ("torch::nn::functional::" + F.Name).str(), F.Forward, F.ResultCount);
}
