#include "Checks/Check.h"

using namespace energy;

namespace energy {
#define CHECK(Function, Name, Doc) void Function(const CheckContext &, std::vector<Finding> &);
#include "Checks/Checks.def"
} // namespace energy

llvm::ArrayRef<CheckDef> energy::allChecks() {
  static constexpr CheckDef Checks[] = {
#define CHECK(Function, Name, Doc) {Name, Doc, Function},
#include "Checks/Checks.def"
  };
  return Checks;
}

std::vector<llvm::StringRef> energy::allCheckNames() {
  std::vector<llvm::StringRef> Names = {"energy-shape-error"};
  for (const CheckDef &C : allChecks())
    Names.push_back(C.Name);
  return Names;
}

llvm::StringRef energy::checkDescription(llvm::StringRef Name) {
  for (const CheckDef &C : allChecks())
    if (C.Name == Name)
      return C.Doc;
  return "tensor sizes that do not fit";
}

std::vector<Finding> energy::runChecks(const CheckContext &Context) {
  std::vector<Finding> Findings = Context.Graph.Findings;
  for (const CheckDef &Check : allChecks())
    Check.Run(Context, Findings);
  return Findings;
}

std::string energy::deviceBasisText(const DeviceProfile &Device) {
  return Device.Meter.empty() ? Device.Basis : Device.Basis + ", " + Device.Meter;
}

std::string energy::estimateBasisText(const Estimate &E) {
  switch (E.Kind) {
  case Basis::Fitted:
    return "";
  case Basis::Extrapolated:
    return "; extrapolated" + (E.Reason.empty() ? "" : ": " + E.Reason);
  case Basis::Roofline:
    return "; modelled" + (E.Reason.empty() ? "" : ": " + E.Reason);
  case Basis::None:
    return "; no estimate" + (E.Reason.empty() ? "" : ": " + E.Reason);
  }
  return "";
}
