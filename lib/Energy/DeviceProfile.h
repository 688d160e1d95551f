/// \file
/// What was learned about one machine: per operator type the terms and their
/// joules, the ranges that were measured, intervals, and where it all comes
/// from. Plain data parsed from JSON (docs/device-profile.schema.json); a
/// profile that parses can be evaluated for any call.
#pragma once
#include "Energy/Expression.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace energy {

enum class Phase : uint8_t { Forward, Backward, Optimizer };
enum class ModelKind : uint8_t {
#define MODEL(Enumerator, Key, Doc) Enumerator,
#include "Energy/Models.def"
};
llvm::StringRef phaseName(Phase P); ///< "forward"
llvm::StringRef modelKey(ModelKind K);

struct EnergyTerm {
  std::string Name; ///< for people: "multiply-accumulates"
  std::string Text; ///< the expression
  Expression Value;
  double JoulesPerUnit = 0;
};
struct FeatureRange {
  Variable Var;
  double Low = 0, High = 0;
};
/// Bounds of ln(measured / predicted): Low <= 0 <= High.
struct LogInterval {
  double Low = 0, High = 0;
};

/// The intervals of calls for which When is not 0; the first class that holds counts.
struct IntervalClass {
  Expression When;
  LogInterval Measured;     ///< within what was measured
  LogInterval Extrapolated; ///< outside of it
};

/// Gaussian-kernel correction of ln(energy); see fitting/Numerics/KernelRidge.h.
struct KernelCorrection {
  std::vector<Variable> Features; ///< log2(1 + value), standardised
  std::vector<double> Mean, Scale;
  std::vector<float> Points; ///< row-major, one row per training configuration
  std::vector<float> Weights;
  double Length = 1;
  double Limit = 0.5; ///< the correction is kept within +- this
  double evaluate(const OpShape &S) const;
};

/// The model of one operator type in one phase.
struct TypeModel {
  std::string Name; ///< "conv2d"
  ModelKind Model = ModelKind::PhysicalTerms;
  Phase When = Phase::Forward;
  unsigned Family = Any;
  std::vector<std::string> Ops;         ///< base names: "aten::conv2d"
  Expression Applies;                   ///< 0: this type says nothing about the call
  std::vector<std::pair<Expression, std::string>> Extrapolates; ///< nonzero: with this reason
  std::vector<EnergyTerm> Terms;
  std::vector<FeatureRange> Ranges;
  std::vector<IntervalClass> Intervals; ///< never empty; the last holds for every call
  std::optional<LogInterval> Unmeasured; ///< of a call that Extrapolates names; absent: as outside the ranges
  double ErrorCorrelation = 1; ///< between two calls of this type in one model
  std::optional<KernelCorrection> Residual;

  double physicalJoules(const OpShape &S) const;
  double joules(const OpShape &S) const; ///< with the residual, when there is one
  const IntervalClass &intervalClass(const OpShape &S) const;
};

/// What a training step costs where backward passes were not measured:
/// multiples of the forward estimate.
struct BackwardRule {
  double WeightGradient = 1, InputGradient = 1;
  LogInterval Interval;
  std::string Source;
};

struct DeviceProfile {
  std::string Name, Title, Basis; ///< Basis: "measured", "modelled" or "transferred"
  std::string Meter;              ///< e.g. "RAPL packages 0+1, idle power included"
  std::string Machine, Torch, Notes;
  unsigned Threads = 0;
  std::optional<double> IdleWatts;
  llvm::StringMap<double> Constants; ///< of the machine, for expressions
  std::vector<TypeModel> Types;
  TypeModel Roofline; ///< for every operator without a type
  BackwardRule Backward;

  /// Fails on malformed JSON, a missing or unknown key's value, an unknown
  /// model or variable; the message names the key.
  static llvm::Expected<DeviceProfile> parse(llvm::StringRef Json);
  /// The types that may describe the operator, in the order of the profile.
  llvm::ArrayRef<unsigned> typesFor(llvm::StringRef BaseName) const;

private:
  llvm::StringMap<llvm::SmallVector<unsigned, 2>> Index;
};

/// A profile that is compiled into the program.
struct EmbeddedDevice {
  llvm::StringRef Name;
  llvm::StringRef Json;
};
llvm::ArrayRef<EmbeddedDevice> embeddedDevices();
const EmbeddedDevice *findEmbeddedDevice(llvm::StringRef Name);
/// The profile used when none is asked for, and why this one.
const EmbeddedDevice &defaultDevice();
llvm::StringRef defaultDeviceReason();

} // namespace energy
