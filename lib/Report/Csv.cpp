/// \file
/// CSV (RFC 4180): what a spreadsheet wants to know of every layer. An empty cell is
/// not known.
#include "Report/Formats.h"
#include "Report/Markup.h"
#include "Support/Text.h"
#include "llvm/Support/Format.h"

using namespace energy;

namespace energy {
void writeCsv(const Report &, const ReportOptions &, llvm::raw_ostream &);
}

static std::string quoted(llvm::StringRef Text) {
  if (Text.find_first_of(",\"\r\n") == llvm::StringRef::npos)
    return Text.str();
  std::string Out = "\"";
  for (char C : Text)
    Out += C == '"' ? "\"\"" : std::string(1, C);
  return Out + "\"";
}

static std::string shapesText(llvm::ArrayRef<TensorArg> Tensors) {
  std::string Out;
  for (const TensorArg &T : Tensors)
    if (T.Defined)
      Out += (Out.empty() ? "" : " ") + (T.known() ? shapeText(T.Type.Shape) : std::string("unknown"));
  return Out;
}

static void writeRow(const ModelReport &M, const LayerUse &U, const DeviceProfile &Device,
                     const EnergyTable &Energy, llvm::raw_ostream &OS) {
  bool Known = U.Unknown == 0;
  Estimate E = sumCalls(M.Graph, Energy, U.FirstCall, U.CallCount);
  OS << quoted(M.displayName()) << ',' << quoted(U.Name) << ',' << quoted(U.Type) << ','
     << shapesText(U.Inputs) << ',' << shapesText(U.Outputs) << ',' << U.Parameters << ',';
  if (Known)
    OS << U.Cost.Macs;
  OS << ',' << quoted(Device.Name) << ',';
  if (Known && E.Kind != Basis::None)
    OS << llvm::format("%.6g,%.6g,%.6g,", E.MeanJoules, E.LowJoules, E.HighJoules) << basisName(E.Kind);
  else
    OS << ",,,";
  const SourceSpan &Call = M.Graph.Calls[U.FirstCall].Location;
  OS << ',' << quoted(Call.File) << ',';
  if (Call.valid())
    OS << Call.Line;
  OS << "\r\n";
}

void energy::writeCsv(const Report &R, const ReportOptions &, llvm::raw_ostream &OS) {
  OS << "model,layer,type,inputs,outputs,parameters,macs,device,energy_j,low_j,high_j,basis,file,line\r\n";
  for (const ModelReport &M : R.Models)
    for (size_t D = 0; D < R.Devices.size(); ++D)
      for (const LayerUse &U : M.Layers)
        writeRow(M, U, *R.Devices[D], M.Energy[D], OS);
}
