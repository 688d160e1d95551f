#include "Operators.h"
#include "OpLineValues.h"
#include "TorchValues.h"
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/ones_like.h>
#include <c10/core/GradMode.h>
#include <c10/util/Exception.h>
#include <sstream>
#include <torch/csrc/api/include/torch/version.h>

using namespace energy;
using namespace energy::measure;

namespace {
c10::optional<c10::OperatorHandle> lookUp(const std::string &QualifiedName) {
  size_t Colon = QualifiedName.rfind("::");
  size_t Dot = QualifiedName.find('.', Colon == std::string::npos ? 0 : Colon);
  std::string Name = QualifiedName.substr(0, Dot);
  std::string Overload = Dot == std::string::npos ? "" : QualifiedName.substr(Dot + 1);
  return c10::Dispatcher::singleton().findSchema({Name, Overload});
}

/// Names of an OpLine that the schema does not have would otherwise be lost.
void rejectUnknownArguments(const OpLine &Line, const c10::FunctionSchema &Schema) {
  for (const auto &[Name, Value] : Line.Args)
    if (!Schema.argumentIndexWithName(Name))
      throw BindError("'" + Line.Op + "' has no argument '" + Name + "'");
}
} // namespace

struct BoundCall::Impl {
  c10::OperatorHandle Op;
  std::vector<c10::IValue> Stack;
  std::vector<at::Tensor> Leaves; ///< what receives gradients
  at::Tensor GradOfResult;
  size_t Differentiable = 0; ///< index of the result that backward starts from
  bool Mutates = false;

  explicit Impl(c10::OperatorHandle Op) : Op(std::move(Op)) {}
  std::vector<c10::IValue> call() {
    std::vector<c10::IValue> Out = Stack; // reference counts only
    Op.callBoxed(&Out);
    return Out;
  }
};

BoundCall::BoundCall(const OpLine &Line, const BindOptions &Options) {
  auto Op = lookUp(Line.Op);
  if (!Op)
    throw AbsentOperator("LibTorch " + torchVersion() + " has no operator '" + Line.Op + "'");
  I = std::make_unique<Impl>(*Op);
  const c10::FunctionSchema &Schema = Op->schema();
  rejectUnknownArguments(Line, Schema);
  TensorMaker Maker(Options);
  for (const c10::Argument &P : Schema.arguments()) {
    I->Mutates |= P.alias_info() && P.alias_info()->isWrite();
    if (const OpLineValue *V = Line.find(P.name()))
      I->Stack.push_back(toIValue(*V, P, Maker));
    else if (P.default_value())
      I->Stack.push_back(*P.default_value());
    else if (P.type()->kind() == c10::TypeKind::OptionalType)
      I->Stack.emplace_back();
    else
      throw BindError("'" + Line.Op + "' needs an argument '" + P.name() + "'");
  }
  I->Leaves = Maker.leaves();
}
BoundCall::~BoundCall() = default;
BoundCall::BoundCall(BoundCall &&) noexcept = default;

bool BoundCall::inPlace() const { return I->Mutates; }

void BoundCall::forward() {
  c10::AutoGradMode NoGradients(false);
  I->call();
}

static at::Tensor differentiable(const c10::IValue &V) {
  if (V.isTensor() && V.toTensor().defined() && V.toTensor().requires_grad())
    return V.toTensor();
  if (V.isTensorList())
    for (const at::Tensor &T : V.toTensorVector())
      if (T.requires_grad())
        return T;
  return {};
}

void BoundCall::forwardBackward() {
  c10::AutoGradMode Gradients(true);
  std::vector<c10::IValue> Out = I->call();
  at::Tensor Root;
  for (const c10::IValue &V : Out)
    if ((Root = differentiable(V)).defined())
      break;
  if (!Root.defined())
    throw BindError("no result of the operator is differentiable");
  if (!I->GradOfResult.defined())
    I->GradOfResult = at::ones_like(Root);
  Root.backward(I->GradOfResult);
  for (at::Tensor &Leaf : I->Leaves)
    Leaf.mutable_grad().reset(); // as zero_grad(set_to_none) does
}

std::vector<OpLineTensor> BoundCall::results() {
  c10::AutoGradMode NoGradients(false);
  std::vector<OpLineTensor> All;
  for (const c10::IValue &V : I->call())
    appendTensors(V, All);
  return All;
}

std::optional<std::string> measure::schemaOf(const std::string &QualifiedName) {
  auto Op = lookUp(QualifiedName);
  if (!Op || !Op->hasSchema())
    return std::nullopt;
  std::ostringstream Text;
  Text << Op->schema();
  return Text.str();
}

std::string measure::torchVersion() { return TORCH_VERSION; }

void measure::silenceWarnings() {
  class Silent final : public c10::WarningHandler {
#if TORCH_VERSION_MAJOR >= 2
    void process(const c10::Warning &) override {}
#else
    void process(const c10::SourceLocation &, const std::string &, bool) override {}
#endif
  };
  static Silent Handler;
#if TORCH_VERSION_MAJOR >= 2
  c10::WarningUtils::set_warning_handler(&Handler);
#else
  c10::Warning::set_warning_handler(&Handler);
#endif
}
