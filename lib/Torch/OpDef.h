/// \file
/// What the analyzer knows about one ATen operator overload. Everything about
/// an operator is in its one OpDef row, in the file of its family under Ops/.
/// Rules see only concrete arguments: the caller (GraphBuilder) has already
/// replaced calls with unknown operands by unknown results.
#pragma once
#include "IR/CostFeatures.h"
#include "IR/OpCall.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

namespace energy::torch {

using Results = llvm::SmallVector<TensorType, 2>;

/// Read access to the arguments of a call, schema defaults filled in. Asking
/// for an argument that the schema does not have is a bug of ours (assert).
class OpArgs {
  const OpCall &Call;

public:
  explicit OpArgs(const OpCall &Call) : Call(Call) {}
  /// A tensor argument that must be defined.
  const TensorType &tensor(llvm::StringRef Name) const;
  /// An optional tensor argument; null when it is None or undefined.
  const TensorType *tensorIf(llvm::StringRef Name) const;
  /// A Tensor[] or Tensor?[] argument; undefined entries are null.
  llvm::SmallVector<const TensorType *, 4> tensors(llvm::StringRef Name) const;
  bool isNone(llvm::StringRef Name) const;
  int64_t integer(llvm::StringRef Name) const;
  double number(llvm::StringRef Name) const; ///< a float or Scalar argument
  bool boolean(llvm::StringRef Name) const;
  std::string text(llvm::StringRef Name) const;
  /// An int[] argument as written; empty when None.
  Sizes ints(llvm::StringRef Name) const;
  /// An int[N] argument; one number stands for all N.
  Sizes ints(llvm::StringRef Name, unsigned N) const;
  std::optional<DType> dtype(llvm::StringRef Name) const;
  const OpCall &call() const { return Call; }
};

/// The result types, or the reason why LibTorch would reject the call.
using ResultRule = llvm::Expected<Results> (*)(const OpArgs &);
using CostRule = CostFeatures (*)(const OpArgs &, llvm::ArrayRef<TensorType> Out);

/// How the results relate to the operands' storage.
enum class Storage : uint8_t {
  New,     ///< results are new tensors
  View,    ///< results share the first tensor operand's storage: no work
  InPlace, ///< the first tensor operand is overwritten and returned
  MayAlias ///< a view when the operand's layout allows (reshape, contiguous, to): see the rule's cost
};

struct OpDef {
  /// Verbatim ATen schema, as LibTorch 1.13 prints it; judged by LibTorch.
  llvm::StringLiteral Schema;
  ResultRule Result;
  CostRule Cost; ///< null: no cost. Elements and BytesAllocated are filled in from the results and Kind
  Storage Kind = Storage::New;
  /// Calls (OpLine text) that both the rule and the real operator must judge
  /// alike: at least one accepted and, where the operator can reject anything, one "-> error".
  /// No "->" at all: accepted, with a result that depends on data. Rows may share samples
  /// by leaving the operator's name out: "self=f32[2,3] -> f32[2,3]".
  llvm::ArrayRef<llvm::StringLiteral> Samples = {};
  /// How to sample configurations to measure, or empty. An OpLine whose sizes
  /// and integers may be variables, `NAME:LO..HI` (log-uniform integer; at its first use),
  /// `NAME:{1,3,5}` (one of), a later plain `NAME`, products `A*B`, quotients `A/B`, sums `A+B`:
  ///   "input=f32[B:1..256,C:1..512,H:4..224,H] weight=f32[D:1..512,C,k:{1,3,5,7},k] stride=[s:{1,2},s]"
  /// Several rows may be given, each covering another part of the space.
  llvm::ArrayRef<llvm::StringLiteral> Sweeps = {};
  /// LibTorch 1.13 lacks it; a later one judges the row.
  bool Later = false;

  /// "aten::conv2d", with overload: "aten::add.Tensor".
  llvm::StringRef name() const { return Schema.take_until([](char C) { return C == '('; }); }
};

/// One argument of a parsed schema.
struct SchemaArg {
  llvm::StringRef Name;
  llvm::StringRef Type;    ///< "Tensor", "Tensor?", "int[2]", "Scalar", "bool", "float?", ...
  llvm::StringRef Default; ///< text after '=', empty when there is none
  bool HasDefault = false;
  bool KeywordOnly = false; ///< after '*'
  bool Mutated = false;     ///< "Tensor(a!)"
};

/// An operator with its schema taken apart, built once per process.
struct OpInfo {
  const OpDef *Def;
  llvm::SmallVector<SchemaArg, 8> Args;
  unsigned ResultCount; ///< tensors it returns; a Tensor[] counts as 1
  const SchemaArg *find(llvm::StringRef Name) const;
};

llvm::ArrayRef<llvm::ArrayRef<OpDef>> opFamilies();
/// A sample as a whole OpLine: rows may share samples by leaving the operator's name out.
std::string sampleLine(const OpDef &Op, llvm::StringRef Sample);
/// By qualified name with overload ("aten::add.Tensor"); null when there is no row.
const OpInfo *findOp(llvm::StringRef QualifiedName);
/// All overloads of a base name ("aten::add"), in table order.
llvm::ArrayRef<const OpInfo *> overloads(llvm::StringRef BaseName);
/// The schema's default of an argument as a value; nullopt when it has none.
std::optional<ArgValue> defaultValue(const SchemaArg &Arg);
/// Appends the defaults of arguments that the call leaves out, and brings the
/// arguments into schema order. Fails when a required one is missing, one is unknown to
/// the schema, or a value does not fit its type.
llvm::Error fillDefaults(const OpInfo &Op, OpCall &Call);

/// Rule and cost of one call whose arguments are filled in and known.
struct Outcome {
  Results Types;
  CostFeatures Cost;
};
llvm::Expected<Outcome> evaluate(const OpInfo &Op, const OpCall &Call);
/// Cost of a call in a graph (its results are already known). Repeat is not applied.
CostFeatures costOf(const OpInfo &Op, const OpCall &Call);

/// Why LibTorch rejects a call: lower case, with the numbers in it.
llvm::Error reject(const llvm::Twine &Why);

/// The result depends on the values in a tensor (nonzero, a boolean mask,
/// item). Not a mistake of the user: GraphBuilder turns it into an Unknown.
class DataDependentError : public llvm::ErrorInfo<DataDependentError> {
  std::string Why;

public:
  static char ID;
  explicit DataDependentError(std::string Why) : Why(std::move(Why)) {}
  void log(llvm::raw_ostream &OS) const override { OS << Why; }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }
};
llvm::Error dataDependent(const llvm::Twine &Why);

} // namespace energy::torch
