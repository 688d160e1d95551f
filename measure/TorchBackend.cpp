/// \file
/// Operators and models as workloads. Contents of tensors are tried from the
/// most to the least realistic: indices spread over the largest bound that the
/// operator accepts, values in (-1, 1), else in (0, 1). Denormals are flushed on
/// every thread, so that an in-place operator that shrinks its operand does not
/// slow down as it is repeated.
#include "ModelWorkloads.h"
#include "OpLineValues.h"
#include "Operators.h"
#include "Workload.h"
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/ones.h>
#include <algorithm>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <fstream>
#include <malloc.h>
#include <set>
#include <sys/resource.h>

namespace energy::measure {
namespace {

/// Waits for the device's current stream.
void synchronizeDevice(c10::Device Device) {
  c10::impl::VirtualGuardImpl Guard(Device.type());
  Guard.synchronizeStream(Guard.getStream(Device));
}

class OperatorWorkload final : public Workload {
  BoundCall Call;
  bool Backward;
  c10::Device Device;
  OpLine Line;

public:
  OperatorWorkload(BoundCall Call, const Configuration &C, OpLine Line)
      : Call(std::move(Call)), Backward(C.ThePhase == Phase::ForwardBackward), Device(C.Device), Line(std::move(Line)) {}
  ~OperatorWorkload() override { malloc_trim(0); }
  void call() override { Backward ? Call.forwardBackward() : Call.forward(); }
  void synchronize() override {
    if (!Device.is_cpu())
      synchronizeDevice(Device);
  }
  bool inPlace() const override { return Call.inPlace(); }
  OpLine described() const override { return Line; }
};

/// Upper bounds that index contents may have: sizes of the line's other
/// tensors, largest first; then 2 (labels) and 1.
std::vector<int64_t> indexBounds(const OpLine &Line) {
  std::set<int64_t, std::greater<>> Bounds = {2, 1};
  bool HasIntegers = false;
  for (const OpLineTensor *T : tensorsOf(Line)) {
    if (!isFloatingPoint(T->Code)) {
      HasIntegers = true;
      continue;
    }
    for (int64_t Size : T->Sizes)
      if (Size > 0)
        Bounds.insert(Size);
  }
  if (!HasIntegers)
    return {1};
  return {Bounds.begin(), Bounds.end()};
}

/// The first contents that the operator accepts, tried on the CPU: on a GPU an
/// index out of range would spoil the process. Throws LibTorch's last reason.
Contents acceptedContents(const OpLine &Line, std::vector<OpLineTensor> &Results) {
  std::exception_ptr Last;
  for (int64_t Bound : indexBounds(Line))
    for (Contents::Floats Kind : {Contents::Floats::Signed, Contents::Floats::Unit}) {
      BindOptions Options;
      Options.Fill.Kind = Kind;
      Options.Fill.IndexBound = Bound;
      try {
        Results = BoundCall(Line, Options).results();
        return Options.Fill;
      } catch (const BindError &) {
        throw;
      } catch (const std::exception &) {
        Last = std::current_exception();
      }
    }
  std::rethrow_exception(Last);
}

/// CPUs lack many operators in half precision that GPUs have.
OpLine inFloat32(const OpLine &Line) {
  return withElementType(withElementType(Line, "f16", "f32"), "bf16", "f32");
}

/// The call with gradients for as many of its tensors as LibTorch allows:
/// running statistics, class weights and the like come last and have none.
BoundCall bindForBackward(const OpLine &Line, BindOptions Options) {
  unsigned Floats = 0;
  for (const OpLineTensor *T : tensorsOf(Line))
    Floats += isFloatingPoint(T->Code);
  std::exception_ptr First = std::make_exception_ptr(Unmeasurable("no argument is differentiable"));
  for (Options.Gradients = Floats; Options.Gradients > 0; --Options.Gradients)
    try {
      BoundCall Call(Line, Options);
      if (Call.inPlace())
        throw Unmeasurable("an in-place operator cannot overwrite a tensor that wants a gradient");
      Call.forwardBackward();
      return Call;
    } catch (const Unmeasurable &) {
      throw;
    } catch (const std::exception &) {
      if (Options.Gradients == Floats)
        First = std::current_exception();
    }
  std::rethrow_exception(First);
}

/// A line of /proc/self/status; 0 where there is none.
uint64_t ownBytes(const std::string &Key) {
  std::ifstream Status("/proc/self/status");
  for (std::string Line; std::getline(Status, Line);)
    if (Line.rfind(Key, 0) == 0)
      return std::strtoull(Line.c_str() + Key.size(), nullptr, 10) * 1024;
  return 0;
}

class TorchBackend final : public Backend {
  unsigned Threads = 0;

public:
  std::string version() const override { return torchVersion(); }
  std::string deviceTrouble(const std::string &Device) override {
    try {
      const c10::Device D(Device);
      if (D.is_cpu())
        return {};
      if (!c10::impl::hasDeviceGuardImpl(D.type()))
        return "this LibTorch is built without '" + Device + "'";
      if (c10::impl::getDeviceGuardImpl(D.type())->deviceCount() == 0)
        return "there is no '" + Device + "' on this machine";
    } catch (const std::exception &) {
      return "'" + Device + "' is not a device";
    }
    return {};
  }
  void wake(const std::string &Device) override {
    const c10::Device D(Device);
    if (D.is_cpu())
      return;
    at::ones({1}, at::TensorOptions(D)).add_(1);
    synchronizeDevice(D);
  }
  unsigned setThreads(unsigned Count) override {
    if (Count != Threads) {
      at::set_num_threads(static_cast<int>(Count));
      at::parallel_for(0, Count, 1, [](int64_t, int64_t) { at::globalContext().setFlushDenormal(true); });
    }
    Threads = Count;
    return static_cast<unsigned>(at::get_num_threads());
  }
  void limitMemory(uint64_t Bytes) override {
    // Data may grow by what is left once everything that is in memory now
    // (LibTorch's code too, which is no data) is counted.
    const uint64_t Data = ownBytes("VmData:"), InMemory = ownBytes("VmRSS:");
    const rlim_t Limit = Data + (Bytes > InMemory ? Bytes - InMemory : 0);
    rlimit Old;
    if (Data && getrlimit(RLIMIT_DATA, &Old) == 0 && Limit < Old.rlim_max) {
      const rlimit New{Limit, Old.rlim_max};
      setrlimit(RLIMIT_DATA, &New);
    }
  }
  std::unique_ptr<Workload> prepare(const Configuration &C) override {
    if (!C.Model.empty())
      return prepareModel(C);
    OpLine Described = C.Line;
    Described.HasResult = true;
    BindOptions Options;
    Options.Device = C.Device;
    const bool OnCpu = c10::Device(C.Device).is_cpu();
    Options.Fill = acceptedContents(OnCpu ? C.Line : inFloat32(C.Line), Described.Results);
    BoundCall Call = C.ThePhase == Phase::ForwardBackward ? bindForBackward(C.Line, Options) : BoundCall(C.Line, Options);
    if (!OnCpu)
      Described.Results = Call.results();
    return std::make_unique<OperatorWorkload>(std::move(Call), C, std::move(Described));
  }
  std::vector<std::string> models() override { return modelNames(); }
  ModelCalls callsOf(const std::string &Model, Phase P) override { return traceModel(Model, P); }
};
} // namespace

std::unique_ptr<Backend> makeTorchBackend() {
  silenceWarnings();
  return std::make_unique<TorchBackend>();
}

} // namespace energy::measure
