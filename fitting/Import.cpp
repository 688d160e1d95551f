#include "Import.h"
#include "Numerics/FitError.h"
#include <algorithm>
#include <cctype>
#include <filesystem>

using namespace energy;
using namespace energy::fit;

namespace {
/// One layer kind: how a row becomes an operator call. `{column}` is a whole
/// number of the row, `{a|b|1}` the first column with a value, else the number.
struct LayerRow {
  const char *Layer;
  const char *OpLine;
  const char *InPlaceOp; ///< used when the column `inplace` is 1
};
constexpr LayerRow Layers[] = {
    {"conv2d",
     "aten::conv2d input=f32[{batch_size},{in_channels},{image_size},{image_size}] "
     "weight=f32[{out_channels},{in_channels},{kernel_size},{kernel_size}] bias=f32[{out_channels}] "
     "stride=[{stride|1},{stride|1}] padding=[{padding|0},{padding|0}]",
     nullptr},
    {"conv", nullptr, nullptr}, // as conv2d
    {"maxpool2d",
     "aten::max_pool2d self=f32[{batch_size},{in_channels},{image_size},{image_size}] "
     "kernel_size=[{kernel_size},{kernel_size}] "
     "stride=[{stride|kernel_size},{stride|kernel_size}] "
     "padding=[{padding|0},{padding|0}]",
     nullptr},
    {"pool", nullptr, nullptr}, // as maxpool2d
    {"linear",
     "aten::linear input=f32[{batch_size},{input_size}] weight=f32[{output_size},{input_size}] "
     "bias=f32[{output_size}]",
     nullptr},
    {"relu", "aten::relu self=f32[{batch_size},{input_size}]",
     "aten::relu_ self=f32[{batch_size},{input_size}]"},
    {"sigmoid", "aten::sigmoid self=f32[{batch_size},{input_size}]",
     "aten::sigmoid_ self=f32[{batch_size},{input_size}]"},
    {"tanh", "aten::tanh self=f32[{batch_size},{input_size}]",
     "aten::tanh_ self=f32[{batch_size},{input_size}]"},
    {"softmax", "aten::softmax.int self=f32[{batch_size},{input_size}] dim=1", nullptr},
    {"avgpool2d",
     "aten::adaptive_avg_pool2d self=f32[{batch_size},{in_channels},{image_size},{image_size}] "
     "output_size=[{output_size},{output_size}]",
     nullptr},
    {"dropout", "aten::dropout input=f32[{batch_size},{input_size}] p=0.5 train=false", nullptr},
};

const LayerRow *findLayer(const std::string &Name) {
  std::string Key = Name == "conv" ? "conv2d" : Name == "pool" ? "maxpool2d" : Name;
  for (const LayerRow &L : Layers)
    if (Key == L.Layer)
      return &L;
  return nullptr;
}

/// "a|b|1": the columns in turn, then the number.
std::string fieldValue(const CsvFile &Csv, size_t Row, const std::string &Field) {
  size_t Bar = Field.find('|');
  std::string Column = Field.substr(0, Bar);
  if (std::isdigit(static_cast<unsigned char>(Column.front())))
    return Column;
  if (Bar != std::string::npos && Csv.textIf(Row, Column).empty())
    return fieldValue(Csv, Row, Field.substr(Bar + 1));
  return std::to_string(Csv.integer(Row, Column, Column == "padding" ? 0 : 1));
}

std::string fillTemplate(const CsvFile &Csv, size_t Row, const std::string &Template) {
  std::string Out;
  for (size_t I = 0; I < Template.size(); ++I) {
    if (Template[I] != '{') {
      Out += Template[I];
      continue;
    }
    size_t End = Template.find('}', I);
    std::string Field = Template.substr(I + 1, End - I - 1);
    Out += fieldValue(Csv, Row, Field);
    I = End;
  }
  return Out;
}

/// An energy column of one phase, with its time.
struct EnergyColumn {
  const char *Joules, *Seconds;
  Phase When;
};
constexpr EnergyColumn EnergyColumns[] = {
    {"cpu_energy_j", "duration_s", Phase::Forward},
    {"forward_energy_j", "forward_time_s", Phase::Forward},
    {"backward_energy_j", "backward_time_s", Phase::Backward},
};

bool spoilt(const CsvFile &Csv, size_t Row) {
  return Csv.numberIf(Row, "n_reps_ok").value_or(1) == 0 ||
         Csv.numberIf(Row, "zero_reading").value_or(0) != 0;
}

std::string fileName(const std::string &Path) { return std::filesystem::path(Path).filename().string(); }
} // namespace

std::string energy::fit::layerOfFile(const std::string &FileName) {
  std::string Stem = std::filesystem::path(FileName).stem().string();
  size_t Bar = Stem.rfind('_');
  if (Bar == std::string::npos)
    return "";
  const LayerRow *L = findLayer(Stem.substr(Bar + 1));
  return L ? L->Layer : "";
}

namespace {
PricedCall layerCall(const CsvFile &Csv, size_t Row, const LayerRow &Layer) {
  bool InPlace = Layer.InPlaceOp && Csv.numberIf(Row, "inplace").value_or(0) == 1;
  std::string Line = fillTemplate(Csv, Row, InPlace ? Layer.InPlaceOp : Layer.OpLine);
  try {
    return priceCall(Line);
  } catch (const FitError &E) {
    Csv.fail(Row, E.what());
  }
}

double positiveJoules(const CsvFile &Csv, size_t Row, const char *Column, double Scale) {
  double Joules = Scale * Csv.number(Row, Column);
  if (Joules <= 0)
    Csv.fail(Row, std::string("'") + Column + "' must be positive");
  return Joules;
}

/// One observation per energy column.
std::vector<Observation> layerRow(const CsvFile &Csv, size_t Row, const LayerRow &Layer,
                                  const std::vector<EnergyColumn> &Energies, double Scale) {
  PricedCall Priced = layerCall(Csv, Row, Layer);
  std::vector<Observation> Out;
  for (const EnergyColumn &E : Energies) {
    Observation O;
    O.Call = Priced.Call;
    O.Cost = Priced.Cost;
    O.Shape = shapeOf(O.Call, O.Cost);
    O.When = E.When;
    O.Joules = positiveJoules(Csv, Row, E.Joules, Scale);
    O.Seconds = Csv.numberIf(Row, E.Seconds).value_or(0);
    O.Source = fileName(Csv.path());
    O.Line = Csv.line(Row);
    O.Architecture = Csv.textIf(Row, "architecture");
    O.Campaign = Csv.textIf(Row, "campaign");
    O.Split = Csv.textIf(Row, "paper_split");
    O.PaperJoules = Csv.numberIf(Row, "paper_cpu_energy_j").value_or(O.PaperJoules);
    O.ReportedMacs = Csv.numberIf(Row, "macs_reported").value_or(0);
    Out.push_back(std::move(O));
  }
  return Out;
}

/// Read(row) for every row that is not spoilt; a FitError ends it, or is noted.
template <class F> void eachRow(const CsvFile &Csv, SkippedRows *Skipped, F Read) {
  if (Csv.size() == 0 && Skipped)
    Skipped->push_back(Csv.path() + ": no rows");
  for (size_t Row = 0; Row < Csv.size(); ++Row) {
    try {
      if (!spoilt(Csv, Row))
        Read(Row);
    } catch (const FitError &E) {
      if (!Skipped)
        throw;
      if (Skipped->empty() || Skipped->back() != E.what()) // a missing column is missing in every row
        Skipped->push_back(E.what());
    }
  }
}
} // namespace

std::vector<Observation> energy::fit::importLayers(const std::string &Path,
                                                   const ImportOptions &Options) {
  const LayerRow *Layer = findLayer(layerOfFile(Path));
  if (!Layer)
    throw FitError("'" + Path + "' does not end in _<layer>.csv with a known layer");
  CsvFile Csv = CsvFile::read(Path, Options.Skipped);
  std::vector<EnergyColumn> Energies;
  for (const EnergyColumn &E : EnergyColumns)
    if (Csv.has(E.Joules))
      Energies.push_back(E);
  if (Energies.empty())
    throw FitError(Path + ":1: there is no column 'cpu_energy_j' or 'forward_energy_j'");
  std::vector<Observation> All;
  eachRow(Csv, Options.Skipped, [&](size_t Row) {
    for (Observation &O : layerRow(Csv, Row, *Layer, Energies, Options.EnergyScale))
      All.push_back(std::move(O));
  });
  return All;
}

std::vector<NetworkObservation> energy::fit::importNetworks(const std::string &Path,
                                                            const ImportOptions &Options) {
  CsvFile Csv = CsvFile::read(Path, Options.Skipped);
  bool Forward = !Csv.has("cpu_energy_j");
  std::vector<NetworkObservation> All;
  eachRow(Csv, Options.Skipped, [&](size_t Row) {
    NetworkObservation N;
    N.Architecture = Csv.text(Row, Forward ? "network" : "architecture");
    N.Campaign = Csv.textIf(Row, Csv.has("campaign") ? "campaign" : "machine");
    N.Batch = Csv.integer(Row, "batch_size", 1);
    N.Joules = positiveJoules(Csv, Row, Forward ? "forward_energy_j" : "cpu_energy_j", Options.EnergyScale);
    N.PaperJoules = Csv.numberIf(Row, "paper_cpu_energy_j").value_or(N.PaperJoules);
    if (auto B = Csv.numberIf(Row, "backward_energy_j"))
      N.BackwardJoules = Options.EnergyScale * *B;
    N.Source = fileName(Path);
    N.Line = Csv.line(Row);
    All.push_back(std::move(N));
  });
  return All;
}

std::vector<std::string> energy::fit::csvFiles(const std::string &Folder) {
  std::error_code Error;
  std::vector<std::string> Names;
  for (const auto &Entry : std::filesystem::directory_iterator(Folder, Error))
    if (Entry.path().extension() == ".csv")
      Names.push_back(Entry.path().filename().string());
  if (Error)
    throw FitError("cannot read folder '" + Folder + "': " + Error.message());
  std::sort(Names.begin(), Names.end());
  return Names;
}
