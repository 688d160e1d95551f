/// \file
/// torch::nn modules and torch::nn::functional functions, lowered to the ATen
/// calls that LibTorch's own implementation makes, in the same order. One row
/// per module or function, in the file of its family under Layers/.
///
/// Options come from the C++ options object (field names of TORCH_ARG without
/// the trailing underscore, in-class defaults included); enum-like options
/// (torch::kReflect) are strings ("Reflect"). An option that holds a module
/// (TransformerEncoderOptions::encoder_layer) is the string of its type, and
/// that module's own options follow as "encoder_layer.d_model", ... A missing
/// element of an ExpandingArrayWithOptionalElem is -1.
/// A rule that needs an option or input whose value is unknown gets a harmless
/// stand-in, and the whole layer's outcome becomes unknown with that reason:
/// LayerContext::unknown() is sticky.
#pragma once
#include "Torch/GraphBuilder.h"

namespace energy::torch {

class LayerContext {
  GraphBuilder &B;
  llvm::StringRef Name;
  ModuleId Module;
  llvm::ArrayRef<NamedArg> Options;
  llvm::ArrayRef<ArgValue> Inputs;
  bool Training;
  UnknownId Why = UnknownId::None;
  std::string Rejection; ///< why LibTorch throws, when that made the layer unknown

public:
  LayerContext(GraphBuilder &B, llvm::StringRef Name, ModuleId Module,
               llvm::ArrayRef<NamedArg> Options, llvm::ArrayRef<ArgValue> Inputs, bool Training)
      : B(B), Name(Name), Module(Module), Options(Options), Inputs(Inputs), Training(Training) {}

  bool isTraining() const { return Training; }
  UnknownId unknown() const { return Why; }
  llvm::StringRef rejection() const { return Rejection; }
  void markUnknown(UnknownId U) {
    if (Why == UnknownId::None)
      Why = U;
  }
  UnknownId markUnknown(const llvm::Twine &Reason) {
    markUnknown(B.unknown(Reason));
    return Why;
  }
  /// LibTorch throws here. Reported as an error finding unless the layer is
  /// unknown anyway; returns the unknown tensor that stands for the result.
  TensorArg reject(const llvm::Twine &Reason);

  /// \name Options. has() is false when the option is absent or None.
  /// @{
  bool has(llvm::StringRef Name) const;
  int64_t integer(llvm::StringRef Name);
  int64_t integer(llvm::StringRef Name, int64_t IfAbsent);
  double number(llvm::StringRef Name, double IfAbsent = 0);
  bool boolean(llvm::StringRef Name, bool IfAbsent = false);
  std::string text(llvm::StringRef Name, llvm::StringRef IfAbsent = "");
  /// A list option; one integer stands for all N when N is not 0.
  std::vector<int64_t> ints(llvm::StringRef Name, unsigned N = 0);
  std::vector<int64_t> ints(llvm::StringRef Name, unsigned N, int64_t IfAbsent);
  std::vector<double> numbers(llvm::StringRef Name);
  /// A tensor option; undefined when absent or None.
  TensorArg tensorOption(llvm::StringRef Name);
  const ArgValue *option(llvm::StringRef Name) const;
  /// The options of the module that option \p Prefix holds, prefix removed.
  std::vector<NamedArg> optionsOf(llvm::StringRef Prefix) const;
  llvm::ArrayRef<NamedArg> allOptions() const { return Options; }
  /// @}

  /// \name Inputs of forward() or of the function, by position.
  /// @{
  size_t inputCount() const { return Inputs.size(); }
  const ArgValue &input(size_t I) const;   ///< None when absent
  TensorArg tensor(size_t I);              ///< undefined when absent or None
  /// A (possibly nested) tuple or list of tensors, flattened.
  std::vector<TensorArg> tensorList(size_t I);
  bool booleanInput(size_t I, bool IfAbsent);
  double numberInput(size_t I, double IfAbsent);
  std::vector<int64_t> intsInput(size_t I); ///< empty when absent or None
  /// @}

  /// \name Sizes of a tensor. A stand-in when it is unknown or undefined.
  /// @{
  int64_t dim(const TensorArg &T);
  int64_t size(const TensorArg &T, int64_t Dim); ///< negative counts from the end
  TensorType type(const TensorArg &T);
  /// @}

  /// \name Parameters of this module.
  /// @{
  void addParameter(llvm::StringRef Name, llvm::ArrayRef<int64_t> Shape, bool Trainable = true);
  void addBuffer(llvm::StringRef Name, llvm::ArrayRef<int64_t> Shape, DType Type = DType::Float32);
  TensorArg parameter(llvm::StringRef Name); ///< undefined when there is none
  /// @}

  /// \name Submodules that LibTorch's own module registers.
  /// @{
  void addChild(llvm::StringRef Name, llvm::StringRef Layer, std::vector<NamedArg> Options);
  /// A container without rules of its own (ModuleList), to hold `Name.Child`.
  void addContainer(llvm::StringRef Name, llvm::StringRef Type);
  /// Parameter `Child.Name`; undefined when there is none.
  TensorArg childParameter(llvm::StringRef Child, llvm::StringRef Name);
  bool hasChild(llvm::StringRef Name) const;
  std::vector<TensorArg> runChild(llvm::StringRef Name, std::vector<ArgValue> Inputs);
  /// @}

  std::vector<TensorArg> call(llvm::StringRef Op, std::vector<NamedArg> Args) {
    return B.call(Op, std::move(Args));
  }
  TensorArg call1(llvm::StringRef Op, std::vector<NamedArg> Args) {
    return B.call1(Op, std::move(Args));
  }
  GraphBuilder &builder() { return B; }

private:
  std::optional<ModuleId> findChild(llvm::StringRef Name) const;
  const ArgValue *known(llvm::StringRef Name);
};

using BuildRule = void (*)(LayerContext &);
/// Returns all result tensors, flattened in the order of the C++ return type
/// (LSTM: output, h, c). An absent optional result is TensorArg::undefined().
using ForwardRule = std::vector<TensorArg> (*)(LayerContext &);

/// A torch::nn module `NameImpl` with holder `Name`, or another method of one:
/// "MaxPool2d::forward_with_indices". Containers (Sequential, ModuleList,
/// ModuleDict) are not layers: the interpreter runs them itself.
struct LayerDef {
  llvm::StringLiteral Name; ///< "Conv2d"
  BuildRule Build;          ///< creates parameters and buffers from the options; may be null
  ForwardRule Forward;
  /// Number of tensors that Forward returns; used when the layer is unknown.
  unsigned ResultCount = 1;
};
/// A function of torch::nn::functional, `F::Name(tensors..., options)`. Inputs are
/// the arguments in order, without the options object.
struct FunctionalDef {
  llvm::StringLiteral Name; ///< "max_pool2d"
  ForwardRule Forward;
  unsigned ResultCount = 1;
};

const LayerDef *findLayer(llvm::StringRef Name);
const FunctionalDef *findFunctional(llvm::StringRef Name);
llvm::ArrayRef<llvm::ArrayRef<LayerDef>> layerFamilies();
llvm::ArrayRef<llvm::ArrayRef<FunctionalDef>> functionalFamilies();

/// Creates the parameters, buffers and submodules of module \p M, and stores
/// its options in the graph.
void buildLayer(const LayerDef &Layer, GraphBuilder &B, ModuleId M,
                llvm::ArrayRef<NamedArg> Options);
/// Run the rules with \p M (or the builder's current module) as the calls'
/// module; results are unknown when the context is.
std::vector<TensorArg> runLayer(const LayerDef &Layer, GraphBuilder &B, ModuleId M,
                                llvm::ArrayRef<NamedArg> Options,
                                llvm::ArrayRef<ArgValue> Inputs, bool Training);
std::vector<TensorArg> runFunctional(const FunctionalDef &F, GraphBuilder &B,
                                     llvm::ArrayRef<NamedArg> Options,
                                     llvm::ArrayRef<ArgValue> Inputs, bool Training);

} // namespace energy::torch
