#include "tracer/Trace.h"
#include "tracer/Macs.h"
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/record_function.h>
#include <c10/core/GradMode.h>
#include <chrono>
#include <cmath>
#include <sstream>
#include <unordered_map>

namespace energy::conformance {
namespace {

std::string quote(const std::string &Text) {
  std::string Out = "\"";
  for (char C : Text) {
    if (C == '"' || C == '\\')
      Out += '\\';
    Out += C;
  }
  return Out + '"';
}

std::string jsonNumber(double D) {
  if (std::isnan(D))
    return "\"nan\"";
  if (std::isinf(D))
    return D < 0 ? "\"-inf\"" : "\"inf\"";
  std::ostringstream OS;
  OS.precision(12);
  OS << D;
  return OS.str();
}

/// An argument other than a tensor.
std::string jsonValue(const c10::IValue &V) {
  if (V.isNone())
    return "null";
  if (V.isBool())
    return V.toBool() ? "true" : "false";
  if (V.isInt())
    return std::to_string(V.toInt());
  if (V.isDouble())
    return jsonNumber(V.toDouble());
  if (V.isString())
    return quote(V.toStringRef());
  if (V.isDevice())
    return quote(V.toDevice().str());
  if (V.isTensor())
    return V.toTensor().defined() ? "\"tensor\"" : "null";
  if (V.isList()) {
    std::string Out = "[";
    for (const c10::IValue &Item : V.toListRef())
      Out += (Out.size() > 1 ? "," : "") + jsonValue(Item);
    return Out + "]";
  }
  return quote(V.tagKind());
}

class Recorder;
Recorder *Active = nullptr;

/// One pass. Calls nest: Stack holds the calls that have begun and not ended;
/// the outermost one fills an entry of Result.
class Recorder {
  struct Frame {
    SizeList InSizes;
    bool Transposed = false;
    std::string Name;
    int64_t LeafMacs = 0;
    int64_t Nested = 0;
  };
  std::vector<Frame> Stack;
  std::unordered_map<const c10::TensorImpl *, std::string> Sources;
  /// torch::zeros() and its like hand the storage to a new TensorImpl.
  std::unordered_map<const c10::StorageImpl *, std::string> StorageSources;
  std::vector<at::Tensor> KeepAlive; ///< so that no address is used twice

public:
  Trace Result;

  void name(const at::Tensor &T, const std::string &Source) {
    if (!T.defined())
      return;
    Sources[T.unsafeGetTensorImpl()] = Source;
    if (T.has_storage())
      StorageSources[T.storage().unsafeGetStorageImpl()] = Source;
    KeepAlive.push_back(T);
  }

  std::string source(const at::Tensor &T) const {
    auto Found = Sources.find(T.unsafeGetTensorImpl());
    if (Found != Sources.end())
      return Found->second;
    if (!T.has_storage())
      return "ext";
    auto Shared = StorageSources.find(T.storage().unsafeGetStorageImpl());
    return Shared == StorageSources.end() ? "ext" : Shared->second;
  }

  TracedTensor describe(const at::Tensor &T, std::string Name) const {
    return {std::move(Name), source(T), c10::toString(T.scalar_type()), T.sizes().vec()};
  }

  void begin(const at::RecordFunction &Fn) {
    Frame F;
    F.Name = Fn.name();
    auto Handle = c10::Dispatcher::singleton().findSchema(*Fn.operator_name());
    TracedOp Op{F.Name, Fn.operator_name()->overload_name, {}, {}, {}};
    const auto Inputs = Fn.inputs();
    for (size_t I = 0; I < Inputs.size(); ++I) {
      const std::string Name = Handle ? Handle->schema().arguments()[I].name() : "";
      addInput(Inputs[I], Name, Op);
      if (Name == "transposed" && Inputs[I].isBool())
        F.Transposed = Inputs[I].toBool();
    }
    for (const TracedTensor &T : Op.In)
      F.InSizes.push_back(T.Sizes);
    if (Stack.empty())
      Result.Ops.push_back(std::move(Op));
    Stack.push_back(std::move(F));
  }

  void end(const at::RecordFunction &Fn) {
    Frame F = std::move(Stack.back());
    Stack.pop_back();
    std::vector<TracedTensor> Out;
    const size_t Index = Result.Ops.size() - 1;
    for (const c10::IValue &V : Fn.outputs())
      addOutput(V, Stack.empty(), Index, Out);
    SizeList OutSizes;
    for (const TracedTensor &T : Out)
      OutSizes.push_back(T.Sizes);
    const auto Own = callMacs(F.Name, F.InSizes, OutSizes, F.Transposed);
    const int64_t Leaf = F.LeafMacs ? F.LeafMacs : Own.value_or(0);
    if (!Stack.empty()) {
      Stack.back().LeafMacs += Leaf;
      Stack.back().Nested += 1 + F.Nested;
      return;
    }
    TracedOp &Op = Result.Ops.back();
    Op.Out = std::move(Out);
    Op.LeafMacs = Leaf;
    Op.Macs = Own.value_or(Leaf); // einsum and the like: what they ran
    Op.Nested = F.Nested;
  }

private:
  void addInput(const c10::IValue &V, const std::string &Name, TracedOp &Op) const {
    if (V.isTensor()) {
      if (V.toTensor().defined())
        Op.In.push_back(describe(V.toTensor(), Name));
      return;
    }
    bool HasTensor = false, HasOther = !V.isList();
    if (V.isList()) {
      size_t I = 0;
      for (const c10::IValue &Item : V.toListRef()) {
        HasTensor |= Item.isTensor();
        HasOther |= !Item.isTensor();
        if (Item.isTensor() && Item.toTensor().defined())
          Op.In.push_back(describe(Item.toTensor(), Name + "[" + std::to_string(I) + "]"));
        ++I;
      }
    }
    // A list of optional tensors (indices) shows which are absent.
    if (HasOther || !HasTensor || Name == "indices")
      Op.Args.emplace_back(Name, jsonValue(V));
  }

  void addOutput(const c10::IValue &V, bool Name, size_t Op, std::vector<TracedTensor> &Out) {
    if (V.isTensor()) {
      if (!V.toTensor().defined())
        return;
      if (Name)
        name(V.toTensor(), "op:" + std::to_string(Op) + "." + std::to_string(Out.size()));
      Out.push_back(describe(V.toTensor(), ""));
    } else if (V.isTensorList()) {
      for (const c10::IValue &Item : V.toListRef())
        addOutput(Item, Name, Op, Out);
    }
  }
};

std::unique_ptr<at::ObserverContext> onBegin(const at::RecordFunction &Fn) {
  if (Active && Fn.operator_name())
    Active->begin(Fn);
  return nullptr;
}
void onEnd(const at::RecordFunction &Fn, at::ObserverContext *) {
  if (Active && Fn.operator_name())
    Active->end(Fn);
}

class CallbackGuard {
  at::CallbackHandle Handle;

public:
  explicit CallbackGuard(Recorder &R)
      : Handle(at::addThreadLocalCallback(at::RecordFunctionCallback(onBegin, onEnd)
                                              .needsInputs(true)
                                              .needsOutputs(true)
                                              .scopes({at::RecordScope::FUNCTION}))) {
    Active = &R;
  }
  ~CallbackGuard() {
    Active = nullptr;
    at::removeCallback(Handle);
  }
};

std::string jsonSizes(const std::vector<int64_t> &Sizes) {
  std::string Out = "[";
  for (int64_t S : Sizes)
    Out += (Out.size() > 1 ? "," : "") + std::to_string(S);
  return Out + "]";
}

template <class F> std::string jsonList(const std::vector<TracedTensor> &Tensors, F Field) {
  std::string Out = "[";
  for (const TracedTensor &T : Tensors)
    Out += (Out.size() > 1 ? "," : "") + Field(T);
  return Out + "]";
}
std::string jsonShapes(const std::vector<TracedTensor> &Tensors) {
  return jsonList(Tensors, [](const TracedTensor &T) { return jsonSizes(T.Sizes); });
}
std::string jsonTexts(const std::vector<TracedTensor> &Tensors, std::string TracedTensor::*Field) {
  return jsonList(Tensors, [Field](const TracedTensor &T) { return quote(T.*Field); });
}

void writeOp(const TracedOp &Op, std::ostream &OS) {
  OS << "{\"op\":" << quote(Op.Name) << ",\"overload\":" << quote(Op.Overload)
     << ",\"in\":" << jsonShapes(Op.In)
     << ",\"in_names\":" << jsonTexts(Op.In, &TracedTensor::Name)
     << ",\"in_src\":" << jsonTexts(Op.In, &TracedTensor::Source)
     << ",\"in_dtypes\":" << jsonTexts(Op.In, &TracedTensor::DType)
     << ",\"out\":" << jsonShapes(Op.Out)
     << ",\"out_dtypes\":" << jsonTexts(Op.Out, &TracedTensor::DType) << ",\"args\":{";
  for (size_t I = 0; I < Op.Args.size(); ++I)
    OS << (I ? "," : "") << quote(Op.Args[I].first) << ":" << Op.Args[I].second;
  OS << "},\"macs\":" << Op.Macs << ",\"leaf_macs\":" << Op.LeafMacs
     << ",\"nested\":" << Op.Nested << "}";
}

} // namespace

Trace record(const std::vector<NamedTensor> &Known,
             const std::function<std::vector<at::Tensor>()> &Forward) {
  c10::NoGradGuard NoGrad;
  Recorder R;
  for (const NamedTensor &T : Known) {
    R.name(T.Value, T.Source);
    if (T.Source.rfind("input:", 0) == 0)
      R.Result.Inputs.push_back(R.describe(T.Value, ""));
  }
  std::vector<at::Tensor> Outputs;
  const auto Begin = std::chrono::steady_clock::now();
  {
    CallbackGuard Guard(R);
    Outputs = Forward();
  }
  R.Result.Seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - Begin).count();
  for (const at::Tensor &T : Outputs)
    if (T.defined())
      R.Result.Outputs.push_back(R.describe(T, ""));
  return std::move(R.Result);
}

void writeJson(const Trace &T, const TraceLabels &Labels, std::ostream &OS) {
  int64_t Macs = 0, LeafMacs = 0;
  for (const TracedOp &Op : T.Ops) {
    Macs += Op.Macs;
    LeafMacs += Op.LeafMacs;
  }
  OS << "{\"model\":" << quote(Labels.Model) << ",\n\"repo\":" << quote(Labels.Repo)
     << ",\n\"file\":" << quote(Labels.File) << ",\n\"class\":" << quote(Labels.Class)
     << ",\n\"ctor_args\":" << quote(Labels.CtorArgs)
     << ",\n\"input_shapes\":" << jsonShapes(T.Inputs)
     << ",\n\"output_shapes\":" << jsonShapes(T.Outputs)
     << ",\n\"output_src\":" << jsonTexts(T.Outputs, &TracedTensor::Source) << ",\n\"ops\":[";
  for (size_t I = 0; I < T.Ops.size(); ++I) {
    OS << (I ? ",\n" : "\n");
    writeOp(T.Ops[I], OS);
  }
  OS << "\n],\n\"total_macs\":" << Macs << ",\n\"total_leaf_macs\":" << LeafMacs
     << ",\n\"params\":" << T.Parameters << ",\n\"params_trainable\":" << T.TrainableParameters
     << ",\n\"buffers\":" << T.Buffers << ",\n\"seconds\":" << T.Seconds << "}\n";
}

} // namespace energy::conformance
