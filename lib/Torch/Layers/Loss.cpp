// Loss modules and functions.
#include "Torch/Layers/Lowering.h"

using namespace energy;
using namespace energy::torch;
using namespace energy::torch::lower;

namespace {
/// at::Reduction
int64_t reduction(LayerContext &C) {
  std::string Name = C.text("reduction", "Mean");
  if (Name == "None")
    return 0;
  if (Name == "Mean")
    return 1;
  if (Name != "Sum")
    C.markUnknown("reduction '" + llvm::Twine(Name) + "' is not known");
  return 2;
}
/// A loss that is written out in the front end ends with mean() or sum().
TensorArg reduced(LayerContext &C, TensorArg Loss) {
  switch (reduction(C)) {
  case 1:
    return unary(C, "aten::mean", Loss);
  case 2:
    return unary(C, "aten::sum", Loss);
  default:
    return Loss;
  }
}
TensorArg loss(LayerContext &C, llvm::StringRef Op, TensorArg X, TensorArg Target,
               std::vector<NamedArg> More = {}) {
  std::vector<NamedArg> Args = {{"self", X}, {"target", Target}};
  llvm::append_range(Args, std::move(More));
  Args.push_back({"reduction", reduction(C)});
  return C.call1(Op, std::move(Args));
}
TensorArg loss(LayerContext &C, llvm::StringRef Op, std::vector<NamedArg> More = {}) {
  return loss(C, Op, C.tensor(0), C.tensor(1), std::move(More));
}
/// With input and target broadcast against each other first.
Tensors broadcastLoss(LayerContext &C, llvm::StringRef Op, std::vector<NamedArg> More = {}) {
  Tensors Both =
      C.call("aten::broadcast_tensors", {{"tensors", Tensors{C.tensor(0), C.tensor(1)}}});
  Both.resize(2, Both.empty() ? TensorArg::undefined() : Both.front());
  return {loss(C, Op, Both[0], Both[1], std::move(More))};
}

Tensors l1(LayerContext &C) { return {loss(C, "aten::l1_loss")}; }
Tensors mse(LayerContext &C) { return broadcastLoss(C, "aten::mse_loss"); }
/// The function takes beta after its options; the module among them.
Tensors smoothL1(LayerContext &C) {
  return broadcastLoss(C, "aten::smooth_l1_loss", {{"beta", C.number("beta", 1)}});
}
Tensors smoothL1Function(LayerContext &C) {
  return broadcastLoss(C, "aten::smooth_l1_loss", {{"beta", C.numberInput(2, 1)}});
}
Tensors huber(LayerContext &C) {
  return broadcastLoss(C, "aten::huber_loss", {{"delta", C.number("delta", 1)}});
}

Tensors klDiv(LayerContext &C) {
  bool PerBatch = C.text("reduction", "Mean") == "BatchMean";
  TensorArg Loss = C.call1("aten::kl_div", {{"self", C.tensor(0)},
                                            {"target", C.tensor(1)},
                                            {"reduction", PerBatch ? 2 : reduction(C)},
                                            {"log_target", C.boolean("log_target")}});
  if (PerBatch && C.dim(C.tensor(0)) != 0)
    Loss = binary(C, "aten::div.Scalar", Loss, C.size(C.tensor(0), 0));
  return {Loss};
}

std::optional<TensorArg> wrongTarget(LayerContext &C) {
  TensorType X = C.type(C.tensor(0)), Target = C.type(C.tensor(1));
  if (X.Shape == Target.Shape)
    return std::nullopt;
  return C.reject("target size " + shapeText(Target.Shape) +
                  " must be the same as input size " + shapeText(X.Shape));
}
Tensors binaryCrossEntropy(LayerContext &C) {
  if (auto Rejected = wrongTarget(C))
    return {*Rejected};
  TensorArg Weight = C.tensorOption("weight");
  if (Weight.Defined) {
    TensorType Target = C.type(C.tensor(1));
    Weight = C.call1("aten::expand",
                     {{"self", Weight}, {"size", Ints(Target.Shape.begin(), Target.Shape.end())}});
  }
  return {loss(C, "aten::binary_cross_entropy", {{"weight", Weight}})};
}
Tensors binaryCrossEntropyLogits(LayerContext &C) {
  if (auto Rejected = wrongTarget(C))
    return {*Rejected};
  return {loss(C, "aten::binary_cross_entropy_with_logits",
               {{"weight", C.tensorOption("weight")},
                {"pos_weight", C.tensorOption("pos_weight")}})};
}
Tensors crossEntropy(LayerContext &C) {
  return {loss(C, "aten::cross_entropy_loss",
               {{"weight", C.tensorOption("weight")},
                {"ignore_index", C.integer("ignore_index", -100)},
                {"label_smoothing", C.number("label_smoothing")}})};
}
Tensors nll(LayerContext &C) {
  TensorArg X = C.tensor(0), Target = C.tensor(1);
  if (int64_t Dim = C.dim(X); Dim < 2)
    return {C.reject("expected 2 or more dimensions, got " + llvm::Twine(Dim))};
  if (C.size(X, 0) != C.size(Target, 0))
    return {C.reject("expected input batch size " + llvm::Twine(C.size(X, 0)) +
                     " to match target batch size " + llvm::Twine(C.size(Target, 0)))};
  return {loss(C, "aten::nll_loss_nd", {{"weight", C.tensorOption("weight")},
                                        {"ignore_index", C.integer("ignore_index", -100)}})};
}

Tensors hingeEmbedding(LayerContext &C) {
  return {loss(C, "aten::hinge_embedding_loss", {{"margin", C.number("margin", 1)}})};
}
Tensors multiMargin(LayerContext &C) {
  return {loss(C, "aten::multi_margin_loss", {{"p", C.integer("p", 1)},
                                              {"margin", C.number("margin", 1)},
                                              {"weight", C.tensorOption("weight")}})};
}
Tensors multilabelMargin(LayerContext &C) { return {loss(C, "aten::multilabel_margin_loss")}; }
Tensors softMargin(LayerContext &C) { return {loss(C, "aten::soft_margin_loss")}; }
TensorArg pairLoss(LayerContext &C, llvm::StringRef Op) {
  return C.call1(Op, {{"input1", C.tensor(0)},
                      {"input2", C.tensor(1)},
                      {"target", C.tensor(2)},
                      {"margin", C.number("margin")},
                      {"reduction", reduction(C)}});
}
Tensors cosineEmbedding(LayerContext &C) { return {pairLoss(C, "aten::cosine_embedding_loss")}; }
Tensors marginRanking(LayerContext &C) {
  int64_t A = C.dim(C.tensor(0)), B = C.dim(C.tensor(1)), Target = C.dim(C.tensor(2));
  if (A != B || A != Target)
    return {C.reject("all inputs should have the same dimension, got " + llvm::Twine(A) + ", " +
                     llvm::Twine(B) + " and " + llvm::Twine(Target))};
  return {pairLoss(C, "aten::margin_ranking_loss")};
}
Tensors poisson(LayerContext &C) {
  return {C.call1("aten::poisson_nll_loss", {{"input", C.tensor(0)},
                                             {"target", C.tensor(1)},
                                             {"log_input", C.boolean("log_input", true)},
                                             {"full", C.boolean("full")},
                                             {"eps", C.number("eps", 1e-8)},
                                             {"reduction", reduction(C)}})};
}
Tensors ctc(LayerContext &C) {
  return {C.call1("aten::ctc_loss.Tensor", {{"log_probs", C.tensor(0)},
                                            {"targets", C.tensor(1)},
                                            {"input_lengths", C.tensor(2)},
                                            {"target_lengths", C.tensor(3)},
                                            {"blank", C.integer("blank", 0)},
                                            {"reduction", reduction(C)},
                                            {"zero_infinity", C.boolean("zero_infinity")}})};
}

Tensors multilabelSoftMargin(LayerContext &C) {
  TensorArg X = C.tensor(0), Target = C.tensor(1);
  TensorArg Off = unary(C, "aten::log_sigmoid", unary(C, "aten::neg", X));
  TensorArg Ones = C.call1("aten::fill_.Scalar",
                           {{"self", unary(C, "aten::empty_like", Target)}, {"value", 1}});
  Off = binary(C, "aten::mul.Tensor", binary(C, "aten::sub_.Tensor", Ones, Target), Off);
  TensorArg On = binary(C, "aten::mul.Tensor", Target, unary(C, "aten::log_sigmoid", X));
  TensorArg Loss = unary(C, "aten::neg", add(C, On, Off));
  TensorArg Weight = C.tensorOption("weight");
  if (Weight.Defined)
    Loss = binary(C, "aten::mul.Tensor", Loss, Weight);
  Loss = C.call1("aten::sum.dim_IntList", {{"self", Loss}, {"dim", Ints{C.dim(X) - 1}}});
  Loss = binary(C, "aten::div.Scalar", Loss, C.size(X, -1));
  return {reduced(C, Loss)};
}

Tensors tripletMargin(LayerContext &C) {
  return {C.call1("aten::triplet_margin_loss", {{"anchor", C.tensor(0)},
                                                {"positive", C.tensor(1)},
                                                {"negative", C.tensor(2)},
                                                {"margin", C.number("margin", 1)},
                                                {"p", C.number("p", 2)},
                                                {"eps", C.number("eps", 1e-6)},
                                                {"swap", C.boolean("swap")},
                                                {"reduction", reduction(C)}})};
}
Tensors tripletMarginDistance(LayerContext &C) {
  if (C.has("distance_function"))
    C.markUnknown("'distance_function' is the user's own");
  TensorArg Anchor = C.tensor(0), Positive = C.tensor(1), Negative = C.tensor(2);
  TensorArg ToPositive = pairwiseDistance(C, Anchor, Positive);
  TensorArg ToNegative = pairwiseDistance(C, Anchor, Negative);
  if (C.boolean("swap"))
    ToNegative =
        binary(C, "aten::min.other", ToNegative, pairwiseDistance(C, Positive, Negative));
  TensorArg Loss = binary(C, "aten::sub.Tensor", ToPositive, ToNegative);
  Loss = binary(C, "aten::add.Scalar", Loss, C.number("margin", 1));
  return {reduced(C, C.call1("aten::clamp_min", {{"self", Loss}, {"min", 0}}))};
}

constexpr LayerDef Layers[] = {
    {"L1Loss", nullptr, l1},
    {"MSELoss", nullptr, mse},
    {"SmoothL1Loss", nullptr, smoothL1},
    {"HuberLoss", nullptr, huber},
    {"KLDivLoss", nullptr, klDiv},
    {"BCELoss", nullptr, binaryCrossEntropy},
    {"BCEWithLogitsLoss", nullptr, binaryCrossEntropyLogits},
    {"CrossEntropyLoss", nullptr, crossEntropy},
    {"NLLLoss", nullptr, nll},
    {"HingeEmbeddingLoss", nullptr, hingeEmbedding},
    {"MultiMarginLoss", nullptr, multiMargin},
    {"MultiLabelMarginLoss", nullptr, multilabelMargin},
    {"MultiLabelSoftMarginLoss", nullptr, multilabelSoftMargin},
    {"SoftMarginLoss", nullptr, softMargin},
    {"CosineEmbeddingLoss", nullptr, cosineEmbedding},
    {"MarginRankingLoss", nullptr, marginRanking},
    {"PoissonNLLLoss", nullptr, poisson},
    {"CTCLoss", nullptr, ctc},
    {"TripletMarginLoss", nullptr, tripletMargin},
    {"TripletMarginWithDistanceLoss", nullptr, tripletMarginDistance},
};
constexpr FunctionalDef Functionals[] = {
    {"l1_loss", l1},
    {"mse_loss", mse},
    {"smooth_l1_loss", smoothL1Function},
    {"huber_loss", huber},
    {"kl_div", klDiv},
    {"binary_cross_entropy", binaryCrossEntropy},
    {"binary_cross_entropy_with_logits", binaryCrossEntropyLogits},
    {"cross_entropy", crossEntropy},
    {"nll_loss", nll},
    {"hinge_embedding_loss", hingeEmbedding},
    {"multi_margin_loss", multiMargin},
    {"multilabel_margin_loss", multilabelMargin},
    {"multilabel_soft_margin_loss", multilabelSoftMargin},
    {"soft_margin_loss", softMargin},
    {"cosine_embedding_loss", cosineEmbedding},
    {"margin_ranking_loss", marginRanking},
    {"poisson_nll_loss", poisson},
    {"ctc_loss", ctc},
    {"triplet_margin_loss", tripletMargin},
    {"triplet_margin_with_distance_loss", tripletMarginDistance},
};
} // namespace

llvm::ArrayRef<LayerDef> torch::LossLayers() { return Layers; }
llvm::ArrayRef<FunctionalDef> torch::LossFunctionals() { return Functionals; }
