/// \file
/// energy-heavy-layer: the layers that use at least HeavyShare of their model,
/// all uses of one layer together, and in every model at least the heaviest one.
/// A model of which less than half is understood has none.
#include "Checks/Check.h"
#include "Support/Text.h"
#include "llvm/ADT/MapVector.h"

using namespace energy;

namespace energy {
void checkHeavyLayers(const CheckContext &C, std::vector<Finding> &Findings);
}

namespace {
/// All uses of one layer, or one functional call.
struct Candidate {
  std::vector<const LayerUse *> Uses;
  Estimate Energy;
};

std::vector<Candidate> candidates(const CheckContext &C) {
  llvm::MapVector<uint32_t, Candidate> ByLayer;
  uint32_t NextFunctional = static_cast<uint32_t>(C.Graph.Modules.size());
  for (const LayerUse &U : C.Layers)
    ByLayer[U.IsLayer ? static_cast<uint32_t>(U.Module) : NextFunctional++].Uses.push_back(&U);
  std::vector<Candidate> All;
  for (auto &[Key, Layer] : ByLayer) {
    std::vector<Addend> Sum;
    for (const LayerUse *U : Layer.Uses)
      for (uint32_t I = U->FirstCall; I < U->FirstCall + U->CallCount; ++I)
        if (C.Energy.Calls[I].Kind != Basis::None)
          Sum.push_back({&C.Energy.Calls[I], C.Graph.Calls[I].Repeat});
    Layer.Energy = sumEstimates(Sum);
    All.push_back(std::move(Layer));
  }
  return All;
}

/// The reason that matters most to the reader: that of the heaviest call.
const Estimate *heaviestCall(const CheckContext &C, const LayerUse &U) {
  const Estimate *Heaviest = nullptr;
  for (uint32_t I = U.FirstCall; I < U.FirstCall + U.CallCount; ++I)
    if (!Heaviest || C.Energy.Calls[I].MeanJoules > Heaviest->MeanJoules)
      Heaviest = &C.Energy.Calls[I];
  return Heaviest;
}

std::string shapesText(llvm::ArrayRef<TensorArg> Tensors) {
  std::string Text;
  for (const TensorArg &T : Tensors)
    if (T.Defined)
      Text += (Text.empty() ? "" : " and ") +
              (T.known() ? shapeText(T.Type.Shape) : std::string("unknown"));
  return Text.empty() ? "none" : Text;
}

std::string detailsText(const CheckContext &C, const LayerUse &U) {
  std::string Text = "input " + shapesText(U.Inputs) + ", output " + shapesText(U.Outputs);
  if (U.Cost.Macs != 0)
    Text += ", " + macsText(U.Cost.Macs);
  if (U.Parameters != 0)
    Text += ", " + countText(U.Parameters) + " parameters";
  Text += "; device '" + C.Device.Name + "' (" + deviceBasisText(C.Device) + ")";
  if (const Estimate *E = heaviestCall(C, U))
    Text += estimateBasisText(*E);
  return Text;
}

bool wholeModelKnown(const CheckContext &C) {
  return C.Graph.understoodCalls() == C.Graph.Calls.size();
}

Finding report(const CheckContext &C, const Candidate &Layer, double Share) {
  const LayerUse &U = *Layer.Uses.front();
  const SourceSpan &Call = C.Graph.Calls[U.FirstCall].Location;
  const ModuleNode &M = C.Graph.module(U.Module);
  Finding F;
  F.Check = "energy-heavy-layer";
  F.ModulePath = M.Path;
  F.Location = U.IsLayer && M.Construction.valid() ? M.Construction : Call;
  std::string What = U.IsLayer ? "layer '" + U.Name + "'" : "call of '" + U.Type + "'";
  if (!U.IsLayer && !M.Path.empty())
    What += " in '" + M.Path + "'";
  F.Message = What + " uses about " + joulesText(Layer.Energy.MeanJoules) +
              " per forward pass (" +
              joulesRangeText(Layer.Energy.LowJoules, Layer.Energy.HighJoules) + ", " +
              shareText(Share) + (wholeModelKnown(C) ? " of '" : " of what is known of '") +
              C.Graph.Name + "')";
  if (Layer.Uses.size() > 1)
    F.Message += ", in " + pluralText(Layer.Uses.size(), "use");
  F.Notes.push_back({detailsText(C, U), F.Location});
  bool ElsewhereCalled = Call.File != F.Location.File || Call.Line != F.Location.Line;
  if (Call.valid() && ElsewhereCalled)
    F.Notes.push_back({"called here", Call});
  return F;
}
} // namespace

void energy::checkHeavyLayers(const CheckContext &C, std::vector<Finding> &Findings) {
  double Total = C.Energy.Forward.MeanJoules;
  // With most calls unknown nobody knows which layer is the heavy one.
  bool MostlyUnknown = 2 * C.Graph.understoodCalls() < C.Graph.Calls.size();
  if (!(Total > 0) || MostlyUnknown)
    return;
  std::vector<Candidate> Layers = candidates(C);
  auto Heaviest = llvm::max_element(Layers, [](const Candidate &A, const Candidate &B) {
    return A.Energy.MeanJoules < B.Energy.MeanJoules;
  });
  for (const Candidate &L : Layers) {
    double Share = L.Energy.MeanJoules / Total;
    if (Share >= C.Options.HeavyShare || &L == &*Heaviest)
      Findings.push_back(report(C, L, Share));
  }
}
