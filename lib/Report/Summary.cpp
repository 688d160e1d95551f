/// \file
/// --summary: one row per layer or functional call, then the totals.
#include "Report/Formats.h"
#include "Report/Table.h"
#include "Support/Text.h"
#include "llvm/Support/Format.h"

using namespace energy;

namespace {
constexpr double JoulesPerWattHour = 3600;

std::string shapesText(llvm::ArrayRef<TensorArg> Tensors) {
  // Two are enough to see what goes in; the JSON has them all.
  constexpr size_t MostShapes = 2;
  std::string Text;
  size_t Count = 0;
  for (const TensorArg &T : Tensors) {
    if (!T.Defined)
      continue;
    if (Count++ == MostShapes)
      return Text + ", ...";
    Text += (Text.empty() ? "" : ", ") +
            (T.known() ? shapeText(T.Type.Shape) : std::string("unknown"));
  }
  return Text.empty() ? "-" : Text;
}

/// How much an estimate is worth, as a mark behind it.
const char *basisMark(Basis B) {
  switch (B) {
  case Basis::Fitted:
    return " ";
  case Basis::Extrapolated:
    return "~";
  case Basis::Roofline:
    return "*";
  case Basis::None:
    return "?";
  }
  return "?";
}

class SummaryWriter {
  const Report &R;
  const ModelReport &M;
  const ReportOptions &Options;
  llvm::raw_ostream &OS;
  const EnergyTable &Energy;

public:
  SummaryWriter(const Report &R, const ModelReport &M, const ReportOptions &Options,
                llvm::raw_ostream &OS)
      : R(R), M(M), Options(Options), OS(OS), Energy(M.Energy.front()) {}

  Table layers() const {
    Table T;
    for (const char *Title : {"layer", "type", "input", "output"})
      T.addColumn(Title, Align::Left);
    for (const char *Title : {"parameters", "MACs", "energy", "share", "90 % interval"})
      T.addColumn(Title, Align::Right);
    for (const LayerUse &U : M.Layers)
      T.addRow(row(U));
    return T;
  }
  void writeNotes() {
    writeLegend();
    writeTotals();
  }

private:
  std::vector<std::string> row(const LayerUse &U) const {
    std::vector<std::string> Cells = {U.Name, U.IsLayer ? U.Type : "", shapesText(U.Inputs),
                                      shapesText(U.Outputs)};
    if (U.Unknown == U.CallCount) {
      Cells.insert(Cells.end(), {U.Parameters ? groupedText(U.Parameters) : "", "unknown",
                                 "unknown", "", ""});
      return Cells;
    }
    Estimate E = sumCalls(M.Graph, Energy, U.FirstCall, U.CallCount);
    // A sum of several calls is fitted only when all of them are.
    Cells.push_back(U.Parameters ? groupedText(U.Parameters) : "");
    Cells.push_back(U.Cost.Macs ? countText(U.Cost.Macs) : "");
    Cells.push_back(joulesText(E.MeanJoules) + (U.Unknown ? "?" : basisMark(E.Kind)));
    Cells.push_back(shareText(E.MeanJoules / Energy.Forward.MeanJoules));
    Cells.push_back(joulesRangeText(E.LowJoules, E.HighJoules));
    return Cells;
  }
  void writeLegend() {
    bool Extrapolated = false, Modelled = false;
    for (const Estimate &E : Energy.Calls) {
      Extrapolated |= E.Kind == Basis::Extrapolated;
      Modelled |= E.Kind == Basis::Roofline;
    }
    if (Extrapolated)
      OS << "~ extrapolated: this operator was measured on the device, but not with such sizes\n";
    if (Modelled)
      OS << "* modelled: this operator was not measured; work and traffic times the device's "
            "constants\n";
  }
  void line(const char *Label, const llvm::Twine &Text) {
    OS << llvm::left_justify(Label, 24) << Text << '\n';
  }
  static std::string estimateText(const Estimate &E) {
    return joulesText(E.MeanJoules) + " (" + joulesRangeText(E.LowJoules, E.HighJoules) + ")";
  }
  void writeTotals() {
    const MemoryUse &Memory = M.Costs.Memory;
    line("parameters", groupedText(M.Costs.Parameters) + " (with buffers " +
                           bytesText(Memory.ParameterBytes) + ")");
    line("MACs", groupedText(M.Costs.Total.Macs));
    line("peak memory", "at least " + bytesText(Memory.PeakBytes));
    for (size_t D = 0; D < R.Devices.size(); ++D)
      writeEnergy(*R.Devices[D], M.Energy[D]);
  }
  void writeEnergy(const DeviceProfile &Device, const EnergyTable &E) {
    std::string Meter = Device.Meter.empty() ? "" : ", " + Device.Meter;
    line("device", "'" + Device.Name + "' (" + Device.Basis + Meter + ")");
    line("forward pass", estimateText(E.Forward));
    line("1000 inferences", perThousand(E.Forward));
    if (E.Training) {
      line("training step", estimateText(E.Training->Step));
      line("  backward", estimateText(E.Training->Backward));
      line("  parameter update", estimateText(E.Training->Update));
    }
  }
  std::string perThousand(const Estimate &E) const {
    std::string Text;
    llvm::raw_string_ostream S(Text);
    double WattHours = E.MeanJoules * 1000 / JoulesPerWattHour;
    S << joulesText(E.MeanJoules * 1000) << " = " << llvm::format("%.3g Wh", WattHours);
    if (Options.GridGramsPerKwh)
      S << ", "
        << llvm::format("%.3g g CO2e at %g g/kWh", WattHours / 1000 * *Options.GridGramsPerKwh,
                        *Options.GridGramsPerKwh);
    return Text;
  }
};
} // namespace

void energy::writeSummary(const Report &R, const ModelReport &M, const ReportOptions &Options,
                          llvm::raw_ostream &OS) {
  SummaryWriter Writer(R, M, Options, OS);
  Writer.layers().print(OS);
  Writer.writeNotes();
}

Table energy::layerTable(const Report &R, const ModelReport &M) {
  return SummaryWriter(R, M, {}, llvm::nulls()).layers();
}

void energy::writeTotals(const Report &R, const ModelReport &M, const ReportOptions &Options,
                         llvm::raw_ostream &OS) {
  SummaryWriter(R, M, Options, OS).writeNotes();
}
