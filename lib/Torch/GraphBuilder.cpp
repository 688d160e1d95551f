#include "Torch/GraphBuilder.h"

using namespace energy;
using namespace energy::torch;

namespace {
std::string placeKey(const SourceSpan &Where, llvm::StringRef Text) {
  return (Text + "\n" + Where.File + ":" + llvm::Twine(Where.Line) + ":" +
          llvm::Twine(Where.Column))
      .str();
}

std::string findingKey(const Finding &F) {
  return placeKey(F.Location, F.Message + "\n" + F.ModulePath);
}

/// The operand whose storage the results of a view or in-place operator share.
const TensorArg *aliasedOperand(const OpInfo &Op, const OpCall &Call) {
  if (Op.Def->Kind == Storage::InPlace)
    for (const SchemaArg &A : Op.Args)
      if (A.Mutated)
        if (const ArgValue *V = Call.find(A.Name))
          if (auto *T = V->as<TensorArg>())
            return T;
  for (const NamedArg &A : Call.Args) {
    if (auto *T = A.Value.as<TensorArg>(); T && T->Defined)
      return T;
    if (auto *L = A.Value.as<std::vector<TensorArg>>(); L && !L->empty())
      return &L->front();
  }
  return nullptr;
}

/// The argument that is undefined where the operator needs a tensor, or "".
llvm::StringRef undefinedOperand(const OpInfo &Op, const OpCall &Call) {
  for (const SchemaArg &A : Op.Args) {
    const ArgValue *V = Call.find(A.Name);
    auto *T = V ? V->as<TensorArg>() : nullptr;
    auto *L = V ? V->as<std::vector<TensorArg>>() : nullptr;
    if (A.Type == "Tensor" && (!T || !T->Defined))
      return A.Name;
    if (A.Type == "Tensor[]" && L && llvm::any_of(*L, [](const TensorArg &E) { return !E.Defined; }))
      return A.Name;
  }
  return "";
}

bool sharesStorage(const OpInfo &Op, const CostFeatures &Cost) {
  switch (Op.Def->Kind) {
  case Storage::New:
    return false;
  case Storage::View:
  case Storage::InPlace:
    return true;
  case Storage::MayAlias:
    return Cost.BytesWritten == 0 && Cost.BytesAllocated == 0;
  }
  return false;
}
} // namespace

UnknownId GraphBuilder::unknown(const llvm::Twine &Reason, llvm::StringRef Give) {
  std::string Text = Reason.str();
  UnknownId Next{static_cast<uint32_t>(Graph.Unknowns.size())};
  auto [It, New] = KnownReasons.try_emplace(placeKey(CurrentLocation, Text), Next);
  if (New)
    Graph.Unknowns.push_back({std::move(Text), CurrentLocation, Give.str(), 0});
  return It->second;
}

UnknownId GraphBuilder::rejected(const llvm::Twine &Message) {
  if (!Judging)
    return unknown(Message);
  Finding F;
  F.Check = "energy-shape-error";
  F.Level = Severity::Error;
  F.Message = Message.str();
  F.Location = CurrentLocation;
  if (static_cast<size_t>(CurrentModule) < Graph.Modules.size())
    F.ModulePath = Graph.module(CurrentModule).Path;
  if (Reported.insert(findingKey(F)).second)
    Graph.Findings.push_back(std::move(F));
  return unknown("shape error above");
}

TensorArg GraphBuilder::source(TensorType Type, ValueInfo::Origin From, llvm::StringRef Name) {
  ValueId Id{static_cast<uint32_t>(Graph.Values.size())};
  ValueInfo V;
  V.From = From;
  V.Type = Type;
  V.Name = Name.str();
  Graph.Values.push_back(std::move(V));
  return TensorArg(std::move(Type), Id);
}

ModuleId GraphBuilder::addModule(ModuleId Parent, llvm::StringRef Path, llvm::StringRef Type,
                                 SourceSpan Construction) {
  ModuleId Id{static_cast<uint32_t>(Graph.Modules.size())};
  ModuleNode M;
  M.Path = Path.str();
  M.Type = Type.str();
  M.Parent = Parent;
  M.Construction = std::move(Construction);
  Graph.Modules.push_back(std::move(M));
  return Id;
}

TensorArg GraphBuilder::addParameter(ModuleId M, llvm::StringRef Name, TensorType Type,
                                     bool IsBuffer, bool Trainable) {
  const std::string &Path = Graph.module(M).Path;
  TensorArg Value =
      source(std::move(Type), IsBuffer ? ValueInfo::Origin::Buffer : ValueInfo::Origin::Parameter,
             Path.empty() ? Name.str() : (Path + "." + Name).str());
  std::vector<Parameter> &All = Graph.module(M).Parameters;
  for (Parameter &P : All)
    if (P.Name == Name) {
      P = {Name.str(), IsBuffer, Trainable, Value};
      return Value;
    }
  All.push_back({Name.str(), IsBuffer, Trainable, Value});
  return Value;
}

std::vector<TensorArg> GraphBuilder::fail(OpCall Call, unsigned ResultCount, UnknownId Why) {
  ++Graph.Unknowns[static_cast<uint32_t>(Why)].HidesCalls;
  Call.Unknown = Why;
  Call.Results.assign(ResultCount, TensorArg::unknown(Why));
  Graph.Calls.push_back(std::move(Call));
  return Graph.Calls.back().Results;
}

std::vector<TensorArg> GraphBuilder::succeed(const OpInfo &Op, OpCall Call, Outcome What) {
  ValueId Root = ValueId::None;
  if (sharesStorage(Op, What.Cost))
    if (const TensorArg *T = aliasedOperand(Op, Call); T && T->Id != ValueId::None) {
      const ValueInfo &Operand = Graph.value(T->Id);
      Root = Operand.AliasOf == ValueId::None ? T->Id : Operand.AliasOf;
    }
  for (TensorType &Type : What.Types) {
    ValueInfo V;
    V.From = ValueInfo::Origin::Result;
    V.Type = Type;
    V.Call = static_cast<uint32_t>(Graph.Calls.size());
    V.ResultIndex = static_cast<uint32_t>(Call.Results.size());
    V.AliasOf = Root;
    ValueId Id{static_cast<uint32_t>(Graph.Values.size())};
    Graph.Values.push_back(std::move(V));
    Call.Results.emplace_back(std::move(Type), Id);
  }
  Graph.Calls.push_back(std::move(Call));
  return Graph.Calls.back().Results;
}

/// Whether the value of a number decides neither results nor cost of a call: it stands beside a
/// floating-point tensor, whose type the results keep.
static bool isImmaterial(const OpInfo &Op, const OpCall &Call, const NamedArg &A) {
  const SchemaArg *S = Op.find(A.Name);
  if (!S || !llvm::is_contained({"Scalar", "Scalar?", "float"}, S->Type) || Op.Args.front().Type != "Tensor")
    return false;
  const ArgValue *First = Call.find(Op.Args.front().Name);
  const auto *T = First ? First->as<TensorArg>() : nullptr;
  return T && T->known() && dtypeKind(T->Type.Type) == DTypeKind::Float;
}

std::vector<TensorArg> GraphBuilder::call(llvm::StringRef OpName, std::vector<NamedArg> Args) {
  OpCall Call;
  Call.Op = OpName.str();
  Call.Args = std::move(Args);
  Call.Module = CurrentModule;
  Call.Repeat = CurrentRepeat;
  Call.Location = CurrentLocation;

  const OpInfo *Op = findOp(OpName);
  if (!Op)
    return fail(std::move(Call), 1,
                unknown("operator '" + OpName + "' has no row in the op table"));
  std::vector<std::string> Numbers; // whose values are not known
  UnknownId OfNumbers = UnknownId::None;
  for (NamedArg &A : Call.Args)
    if (UnknownId U = A.Value.unknown(); U != UnknownId::None) {
      if (!isImmaterial(*Op, Call, A))
        return fail(std::move(Call), Op->ResultCount, U);
      Numbers.push_back(A.Name);
      OfNumbers = U;
      A.Value = 1.0;
    }
  if (llvm::Error E = fillDefaults(*Op, Call))
    return fail(std::move(Call), Op->ResultCount,
                unknown("cannot bind the arguments of '" + OpName +
                        "': " + llvm::toString(std::move(E))));
  // LibTorch throws, but most often it is we who have lost the tensor.
  if (llvm::StringRef Arg = undefinedOperand(*Op, Call); !Arg.empty())
    return fail(std::move(Call), Op->ResultCount,
                unknown("argument '" + Arg + "' of '" + OpName + "' is an undefined tensor"));
  llvm::Expected<Outcome> What = evaluate(*Op, Call);
  if (What) {
    for (NamedArg &A : Call.Args)
      if (llvm::is_contained(Numbers, A.Name))
        A.Value = ArgValue();
    return succeed(*Op, std::move(Call), std::move(*What));
  }
  if (!Numbers.empty()) {
    llvm::consumeError(What.takeError()); // another value might be taken
    return fail(std::move(Call), Op->ResultCount, OfNumbers);
  }

  llvm::Error E = What.takeError();
  bool FromData = E.isA<DataDependentError>();
  std::string Why = llvm::toString(std::move(E));
  UnknownId U = FromData ? unknown("'" + OpName + "' depends on tensor data: " + Why)
                         : rejected("'" + Call.baseName() + "' rejects its arguments: " + Why);
  return fail(std::move(Call), Op->ResultCount, U);
}

std::vector<TensorArg> GraphBuilder::unknownCall(llvm::StringRef Op, unsigned ResultCount,
                                                 UnknownId Why) {
  OpCall Call;
  Call.Op = Op.str();
  Call.Module = CurrentModule;
  Call.Repeat = CurrentRepeat;
  Call.Location = CurrentLocation;
  return fail(std::move(Call), ResultCount, Why);
}

void GraphBuilder::forget(Mark M, UnknownId Why) {
  for (size_t I = M.Calls; I < Graph.Calls.size(); ++I) {
    OpCall &C = Graph.Calls[I];
    if (C.understood()) {
      C.Unknown = Why;
      ++Graph.Unknowns[static_cast<uint32_t>(Why)].HidesCalls;
    }
    C.Args.clear();
    C.Results.assign(C.Results.size(), TensorArg::unknown(C.Unknown));
  }
  Graph.Values.resize(M.Values);
  for (size_t I = M.Findings; I < Graph.Findings.size(); ++I)
    Reported.erase(findingKey(Graph.Findings[I]));
  Graph.Findings.resize(M.Findings);
}
