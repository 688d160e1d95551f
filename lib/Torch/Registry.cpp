/// \file
/// Finds operators by name and runs their rules. The table is built once from
/// the families that Families.def names.
#include "Torch/Rules.h"
#include "Torch/Schema.h"
#include "llvm/ADT/StringMap.h"
#include <deque>

using namespace energy;
using namespace energy::torch;
using llvm::StringRef;

char DataDependentError::ID = 0;

llvm::Error torch::dataDependent(const llvm::Twine &Why) {
  return llvm::make_error<DataDependentError>(Why.str());
}
llvm::Error torch::reject(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}

llvm::ArrayRef<llvm::ArrayRef<OpDef>> torch::opFamilies() {
  static const llvm::ArrayRef<OpDef> All[] = {
#define OP_FAMILY(Function, Title) Function(),
#include "Torch/Families.def"
  };
  return All;
}

std::string torch::sampleLine(const OpDef &Op, StringRef Sample) {
  return Sample.starts_with("aten::") ? Sample.str() : (Op.name() + " " + Sample).str();
}

namespace {
struct Table {
  std::deque<OpInfo> Ops; ///< stable addresses
  llvm::StringMap<const OpInfo *> ByName;
  llvm::StringMap<llvm::SmallVector<const OpInfo *, 4>> ByBaseName;

  Table() {
    for (llvm::ArrayRef<OpDef> Family : opFamilies())
      for (const OpDef &Def : Family)
        add(Def);
  }
  void add(const OpDef &Def) {
    const OpInfo &Op =
        Ops.emplace_back(OpInfo{&Def, parseArguments(Def.Schema), countResults(Def.Schema)});
    [[maybe_unused]] bool New = ByName.try_emplace(Def.name(), &Op).second;
    assert(New && "two rows for one operator");
    ByBaseName[Def.name().split('.').first].push_back(&Op);
  }
};
const Table &table() {
  static const Table T;
  return T;
}
} // namespace

const SchemaArg *OpInfo::find(StringRef Name) const {
  auto *It = llvm::find_if(Args, [&](const SchemaArg &A) { return A.Name == Name; });
  return It == Args.end() ? nullptr : It;
}
const OpInfo *torch::findOp(StringRef QualifiedName) {
  return table().ByName.lookup(QualifiedName);
}
llvm::ArrayRef<const OpInfo *> torch::overloads(StringRef BaseName) {
  auto It = table().ByBaseName.find(BaseName);
  if (It == table().ByBaseName.end())
    return {};
  return It->second;
}

llvm::Error torch::fillDefaults(const OpInfo &Op, OpCall &Call) {
  for (const NamedArg &A : Call.Args)
    if (!Op.find(A.Name))
      return reject("'" + Op.Def->name() + "' has no argument '" + A.Name + "'");
  std::vector<NamedArg> Ordered;
  for (const SchemaArg &Arg : Op.Args) {
    const ArgValue *Given = Call.find(Arg.Name);
    std::optional<ArgValue> Value = Given ? std::optional(*Given) : defaultValue(Arg);
    if (!Value && Arg.Type.ends_with("?"))
      Value.emplace();
    if (!Value)
      return reject("'" + Op.Def->name() + "' needs the argument '" + Arg.Name + "'");
    if (llvm::Error E = coerce(Arg, *Value))
      return E;
    Ordered.push_back({Arg.Name.str(), std::move(*Value)});
  }
  Call.Args = std::move(Ordered);
  return llvm::Error::success();
}

namespace {
/// Only a "Tensor?" or an entry of a "Tensor?[]" may be undefined.
llvm::Error checkDefined(const SchemaArg &Arg, const ArgValue &V) {
  if (Arg.Type == "Tensor")
    if (auto *T = V.as<TensorArg>(); !T || !T->Defined)
      return reject("argument '" + Arg.Name + "' is an undefined tensor");
  if (Arg.Type == "Tensor[]")
    for (auto [I, T] : llvm::enumerate(*V.as<std::vector<TensorArg>>()))
      if (!T.Defined)
        return reject("tensor " + llvm::Twine(I) + " of '" + Arg.Name + "' is undefined");
  return llvm::Error::success();
}
llvm::Error checkOperands(const OpInfo &Op, const OpCall &Call) {
  for (const SchemaArg &Arg : Op.Args) {
    const ArgValue *V = Call.find(Arg.Name);
    assert(V && "call without schema defaults");
    assert(V->unknown() == UnknownId::None && "call with unknown operands");
    if (llvm::Error E = checkDefined(Arg, *V))
      return E;
  }
  return llvm::Error::success();
}

CostFeatures cost(const OpDef &Def, const OpArgs &Args, llvm::ArrayRef<TensorType> Out) {
  CostFeatures C = Def.Cost ? Def.Cost(Args, Out) : CostFeatures();
  for (const TensorType &T : Out)
    C.Elements = saturatingAdd(C.Elements, T.elements());
  if (C.BytesAllocated != 0)
    return C;
  if (Def.Kind == Storage::New)
    for (const TensorType &T : Out)
      C.BytesAllocated = saturatingAdd(C.BytesAllocated, T.bytes());
  if (Def.Kind == Storage::MayAlias)
    C.BytesAllocated = C.BytesWritten;
  return C;
}
} // namespace

llvm::Expected<Outcome> torch::evaluate(const OpInfo &Op, const OpCall &Call) {
  if (llvm::Error E = checkOperands(Op, Call))
    return E;
  OpArgs Args(Call);
  llvm::Expected<Results> Types = Op.Def->Result(Args);
  if (!Types)
    return Types.takeError();
  for (const TensorType &T : *Types)
    if (llvm::Error E = checkSizes(T.Shape))
      return E;
  Outcome Out{std::move(*Types), {}};
  Out.Cost = cost(*Op.Def, Args, Out.Types);
  return Out;
}

CostFeatures torch::costOf(const OpInfo &Op, const OpCall &Call) {
  assert(Call.understood() && "cost of a call that was not understood");
  Results Out;
  for (const TensorArg &R : Call.Results)
    if (R.known())
      Out.push_back(R.Type);
  return cost(*Op.Def, OpArgs(Call), Out);
}
