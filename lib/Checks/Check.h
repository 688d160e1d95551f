/// \file
/// What a check is: a function from one analysed model to findings. One file
/// per check and a row in Checks.def; the command line, the documentation and
/// the tests take name and text from that row. Shape errors are no check:
/// the graph itself brings them as findings.
#pragma once
#include "Cost/LayerUse.h"
#include "Energy/EnergyTable.h"

namespace energy {

struct CheckOptions {
  /// A layer is heavy when it uses at least this part of its model.
  double HeavyShare = 0.10;
};

/// Everything a check may look at. The energy is that of the first device.
struct CheckContext {
  const ModelGraph &Graph;
  const CostTable &Costs;
  llvm::ArrayRef<LayerUse> Layers;
  const DeviceProfile &Device;
  const EnergyTable &Energy;
  const CheckOptions &Options;
};

using CheckRule = void (*)(const CheckContext &, std::vector<Finding> &);

struct CheckDef {
  llvm::StringLiteral Name; ///< "energy-heavy-layer"
  llvm::StringLiteral Doc;
  CheckRule Run;
};

llvm::ArrayRef<CheckDef> allChecks();
/// The checks, and "energy-shape-error", which the graph itself brings.
std::vector<llvm::StringRef> allCheckNames();
llvm::StringRef checkDescription(llvm::StringRef Name);

/// The findings of the graph, then those of every check in execution order.
std::vector<Finding> runChecks(const CheckContext &Context);

/// "measured, RAPL packages": on what a device's figures stand.
std::string deviceBasisText(const DeviceProfile &Device);
/// "" for a fitted estimate, else "; extrapolated: kernel of 11 ..." or
/// "; modelled: ...".
std::string estimateBasisText(const Estimate &E);

} // namespace energy
