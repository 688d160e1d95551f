#include "ModelWorkloads.h"
#include "CallRecorder.h"
#include "TorchValues.h"
#include "tracer/ModelRegistry.h"
#include <malloc.h>

namespace energy::measure {
namespace {
using conformance::findModel;
using conformance::Model;
using conformance::ModelEntry;
using conformance::Tensors;

struct Loaded {
  Model TheModel;
  Tensors Inputs;
};

Loaded load(const std::string &Name) {
  const ModelEntry *Entry = findModel(Name);
  if (!Entry)
    throw Unmeasurable("there is no model '" + Name + "'");
  ::torch::manual_seed(1);
  Loaded L{Entry->Make(), conformance::makeInputs(Entry->Inputs)};
  return L;
}

std::string describeInputs(const Tensors &Inputs) {
  std::string Text;
  for (const at::Tensor &T : Inputs)
    Text += (Text.empty() ? "" : ";") + toString(fromIValue(T));
  return Text;
}

class ModelWorkload final : public Workload {
  Loaded L;
  bool Backward;
  at::Device Device;
  at::Tensor GradOfResult;

public:
  ModelWorkload(Loaded TheLoaded, const Configuration &C)
      : L(std::move(TheLoaded)), Backward(C.ThePhase == Phase::ForwardBackward), Device(C.Device) {
    L.TheModel.Module->train(Backward);
    const at::ScalarType Type = typeOfCode(C.ModelType);
    L.TheModel.Module->to(Device, Type);
    for (at::Tensor &T : L.Inputs)
      T = T.is_floating_point() ? T.to(Device, Type) : T.to(Device);
  }
  ~ModelWorkload() override {
    L = Loaded();
    malloc_trim(0);
  }
  void call() override {
    ::torch::AutoGradMode Gradients(Backward);
    Tensors Out = L.TheModel.Forward(L.Inputs);
    if (!Backward)
      return;
    for (at::Tensor &T : Out)
      if (T.defined() && T.requires_grad()) {
        if (!GradOfResult.defined())
          GradOfResult = at::ones_like(T);
        T.backward(GradOfResult);
        for (at::Tensor &P : L.TheModel.Module->parameters())
          P.mutable_grad().reset();
        return;
      }
    throw Unmeasurable("no result of the model is differentiable");
  }
  void synchronize() override {
    if (Device.is_cuda())
      ::torch::cuda::synchronize(Device.index());
  }
};
} // namespace

std::vector<std::string> modelNames() {
  std::vector<std::string> Names;
  for (const ModelEntry &Entry : conformance::models())
    Names.emplace_back(Entry.Name);
  return Names;
}

ModelCalls traceModel(const std::string &Name, Phase P) {
  Loaded L = load(Name);
  L.TheModel.Module->train(P == Phase::ForwardBackward);
  ::torch::NoGradGuard NoGradients;
  ModelCalls Calls = recordCalls([&] { L.TheModel.Forward(L.Inputs); });
  Calls.Model = Name;
  Calls.ThePhase = P;
  Calls.Input = describeInputs(L.Inputs);
  L = Loaded();
  malloc_trim(0);
  return Calls;
}

std::unique_ptr<Workload> prepareModel(const Configuration &C) { return std::make_unique<ModelWorkload>(load(C.Model), C); }

} // namespace energy::measure
