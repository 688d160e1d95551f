#include "CallRecorder.h"
#include "TorchValues.h"
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/record_function.h>
#include <unordered_map>

namespace energy::measure {
namespace {

class Recorder;
thread_local Recorder *Active = nullptr;

class Recorder {
  unsigned Depth = 0;
  std::optional<OpLine> Open; ///< the outermost call that is running
  std::unordered_map<std::string, size_t> Index;

public:
  ModelCalls Result;

  void begin(const at::RecordFunction &Fn) {
    if (Depth++ != 0)
      return;
    try {
      Open = call(Fn);
    } catch (const BindError &) {
      Open.reset();
      ++Result.Unsayable;
    }
  }
  void end(const at::RecordFunction &Fn) {
    if (--Depth != 0 || !Open)
      return;
    for (const c10::IValue &V : Fn.outputs())
      appendTensors(V, Open->Results);
    Open->HasResult = true;
    auto [Found, New] = Index.emplace(Open->str(), Result.Calls.size());
    if (New)
      Result.Calls.emplace_back(*Open, 1u);
    else
      ++Result.Calls[Found->second].second;
    Open.reset();
  }

private:
  static OpLine call(const at::RecordFunction &Fn) {
    auto Name = *Fn.operator_name();
    auto Op = c10::Dispatcher::singleton().findSchema(Name);
    if (!Op)
      throw BindError("no schema");
    OpLine Line;
    Line.Op = Name.name + (Name.overload_name.empty() ? "" : "." + Name.overload_name);
    const auto Inputs = Fn.inputs();
    const auto &Arguments = Op->schema().arguments();
    for (size_t I = 0; I < Inputs.size() && I < Arguments.size(); ++I) {
      OpLineValue Value = fromIValue(Inputs[I]);
      // Defaults are left out, as people write calls.
      if (Arguments[I].default_value() && toString(fromIValue(*Arguments[I].default_value())) == toString(Value))
        continue;
      if (std::holds_alternative<std::monostate>(Value.Value))
        continue;
      Line.Args.emplace_back(Arguments[I].name(), std::move(Value));
    }
    return Line;
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
} // namespace

ModelCalls recordCalls(const std::function<void()> &Run) {
  Recorder R;
  struct Guard {
    at::CallbackHandle Handle;
    ~Guard() {
      Active = nullptr;
      at::removeCallback(Handle);
    }
  } TheGuard{at::addThreadLocalCallback(
      at::RecordFunctionCallback(onBegin, onEnd).needsInputs(true).needsOutputs(true).scopes({at::RecordScope::FUNCTION}))};
  Active = &R;
  Run();
  return std::move(R.Result);
}

} // namespace energy::measure
