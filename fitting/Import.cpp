#include "Import.h"
#include "Numerics/FitError.h"
#include <algorithm>
#include <filesystem>

using namespace energy;
using namespace energy::fit;

namespace {
/// One layer kind: how a row becomes an operator call. `{column}` is a whole
/// number of the row, `{a|b|1}` the first column that exists, else the number.
struct LayerRow {
  const char *Layer;
  const char *OpLine;
  const char *InPlaceOp; ///< used when the column `inplace` is 1
};
constexpr LayerRow Layers[] = {
    {"conv2d",
     "aten::conv2d input=f32[{batch_size},{in_channels},{image_size},{image_size}] "
     "weight=f32[{out_channels},{in_channels},{kernel_size},{kernel_size}] bias=f32[{out_channels}] "
     "stride=[{stride},{stride}] padding=[{padding|0},{padding|0}]",
     nullptr},
    {"conv", nullptr, nullptr}, // as conv2d
    {"maxpool2d",
     "aten::max_pool2d self=f32[{batch_size},{in_channels},{image_size},{image_size}] "
     "kernel_size=[{kernel_size},{kernel_size}] stride=[{stride},{stride}] "
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

std::string fillTemplate(const CsvFile &Csv, size_t Row, const std::string &Template) {
  std::string Out;
  for (size_t I = 0; I < Template.size(); ++I) {
    if (Template[I] != '{') {
      Out += Template[I];
      continue;
    }
    size_t End = Template.find('}', I);
    std::string Field = Template.substr(I + 1, End - I - 1);
    size_t Bar = Field.find('|');
    std::string Column = Field.substr(0, Bar);
    if (Bar != std::string::npos && !Csv.has(Column))
      Out += Field.substr(Bar + 1);
    else
      Out += std::to_string(Csv.integer(Row, Column, Column == "padding" ? 0 : 1));
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

std::vector<Observation> energy::fit::importLayers(const std::string &Path,
                                                   const ImportOptions &Options) {
  const LayerRow *Layer = findLayer(layerOfFile(Path));
  if (!Layer)
    throw FitError("'" + Path + "' does not end in _<layer>.csv with a known layer");
  CsvFile Csv = CsvFile::read(Path);
  std::vector<EnergyColumn> Energies;
  for (const EnergyColumn &E : EnergyColumns)
    if (Csv.has(E.Joules))
      Energies.push_back(E);
  if (Energies.empty())
    throw FitError(Path + ":1: there is no column 'cpu_energy_j' or 'forward_energy_j'");
  std::vector<Observation> All;
  for (size_t Row = 0; Row < Csv.size(); ++Row) {
    if (spoilt(Csv, Row))
      continue;
    bool InPlace = Layer->InPlaceOp && Csv.numberIf(Row, "inplace").value_or(0) == 1;
    PricedCall Priced;
    try {
      Priced = priceCall(fillTemplate(Csv, Row, InPlace ? Layer->InPlaceOp : Layer->OpLine));
    } catch (const FitError &E) {
      if (std::string(E.what()).rfind(Path, 0) == 0)
        throw;
      Csv.fail(Row, E.what());
    }
    for (const EnergyColumn &E : Energies) {
      Observation O;
      O.Call = Priced.Call;
      O.Cost = Priced.Cost;
      O.Shape = shapeOf(O.Call, O.Cost);
      O.When = E.When;
      O.Joules = Options.EnergyScale * Csv.number(Row, E.Joules);
      if (O.Joules <= 0)
        Csv.fail(Row, std::string("'") + E.Joules + "' must be positive");
      O.Seconds = Csv.numberIf(Row, E.Seconds).value_or(0);
      O.Source = fileName(Path);
      O.Line = Csv.line(Row);
      if (Csv.has("architecture"))
        O.Architecture = Csv.text(Row, "architecture");
      if (Csv.has("paper_split"))
        O.Split = Csv.text(Row, "paper_split");
      O.PaperJoules = Csv.numberIf(Row, "paper_cpu_energy_j").value_or(O.PaperJoules);
      O.ReportedMacs = Csv.numberIf(Row, "macs_reported").value_or(0);
      All.push_back(std::move(O));
    }
  }
  return All;
}

std::vector<NetworkObservation> energy::fit::importNetworks(const std::string &Path,
                                                            const ImportOptions &Options) {
  CsvFile Csv = CsvFile::read(Path);
  bool Forward = !Csv.has("cpu_energy_j");
  std::vector<NetworkObservation> All;
  for (size_t Row = 0; Row < Csv.size(); ++Row) {
    if (spoilt(Csv, Row))
      continue;
    NetworkObservation N;
    N.Architecture = Csv.text(Row, Forward ? "network" : "architecture");
    N.Campaign = Csv.has("campaign") ? Csv.text(Row, "campaign")
                 : Csv.has("machine") ? Csv.text(Row, "machine")
                                      : "";
    N.Batch = Csv.integer(Row, "batch_size", 1);
    N.Joules = Options.EnergyScale * Csv.number(Row, Forward ? "forward_energy_j" : "cpu_energy_j");
    if (N.Joules <= 0)
      Csv.fail(Row, "the measured energy must be positive");
    N.PaperJoules = Csv.numberIf(Row, "paper_cpu_energy_j").value_or(N.PaperJoules);
    if (auto B = Csv.numberIf(Row, "backward_energy_j"))
      N.BackwardJoules = Options.EnergyScale * *B;
    N.Source = fileName(Path);
    N.Line = Csv.line(Row);
    All.push_back(std::move(N));
  }
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
