#include "JsonLines.h"
#include "Numerics/FitError.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace energy;
using namespace energy::fit;
using nlohmann::json;

namespace {
class Reader {
  std::string Path;
  size_t Line = 0;
  MeasurementFile File;
  std::map<std::string, size_t> Seen; ///< op, phase, threads: index into Samples
  std::vector<double> IdleWatts;

public:
  explicit Reader(std::string Path) : Path(std::move(Path)) {}

  MeasurementFile run(const std::string &Text) {
    std::istringstream In(Text);
    std::string Row;
    while (std::getline(In, Row)) {
      ++Line;
      if (In.eof()) // no newline: the writer was interrupted in this line
        break;
      if (!Row.empty())
        record(Row);
    }
    if (File.Header.is_null())
      throw FitError(Path + ":1: no header line; is this a file of 'energy-measure run'?");
    if (!IdleWatts.empty()) {
      auto Middle = IdleWatts.begin() + std::ptrdiff_t(IdleWatts.size() / 2);
      std::nth_element(IdleWatts.begin(), Middle, IdleWatts.end());
      File.IdleWatts = *Middle;
    }
    return std::move(File);
  }

private:
  [[noreturn]] void fail(const std::string &Why) const {
    throw FitError(Path + ":" + std::to_string(Line) + ": " + Why);
  }
  void record(const std::string &Row) {
    json Object = json::parse(Row, nullptr, false);
    if (!Object.is_object())
      fail("not a JSON object");
    std::string Kind = Object.value("kind", "");
    if (File.Header.is_null() && Kind != "header")
      fail("the first line must be the header");
    try {
      if (Kind == "header")
        header(Object);
      else if (Kind == "sample")
        sample(Object);
    } catch (const json::exception &E) {
      fail(std::string("unusable ") + Kind + ": " + E.what());
    }
  }
  void header(const json &Object) {
    if (Object.at("format") != 1)
      fail("'format' is " + Object.at("format").dump() + "; this program reads format 1");
    if (Object.at("meter").at("basis") == "fake")
      fail("the energies were invented by the fake meter; they must not be fitted");
    File.Header = Object;
  }
  void sample(const json &Object) {
    if (Object.value("void", false) || Object.value("foreign", false)) {
      ++File.LeftOut;
      return;
    }
    Observation O;
    try {
      PricedCall P = priceCall(Object.at("op"));
      O.Call = std::move(P.Call);
      O.Cost = P.Cost;
    } catch (const FitError &) {
      ++File.LeftOut; // an operator that the analyzer does not know cannot be predicted either
      return;
    }
    O.Shape = shapeOf(O.Call, O.Cost);
    std::string PhaseName = Object.at("phase");
    if (PhaseName != "forward" && PhaseName != "forward_backward")
      fail("unknown phase '" + PhaseName + "'");
    // A forward_backward sample is turned into backward by subtractForward().
    O.When = PhaseName == "forward" ? Phase::Forward : Phase::Backward;
    O.Joules = Object.at("energy_j");
    O.Seconds = Object.at("duration_s");
    if (!(O.Joules > 0))
      fail("'energy_j' must be positive");
    if (auto Idle = Object.find("idle_w"); Idle != Object.end() && Idle->is_number())
      IdleWatts.push_back(*Idle);
    O.Source = std::filesystem::path(Path).filename().string();
    O.Line = Line;
    std::string Key = Object.at("op").get<std::string>() + "|" + PhaseName + "|" +
                      Object.value("threads", json()).dump();
    auto [Where, New] = Seen.emplace(Key, File.Samples.size());
    if (New)
      File.Samples.push_back(std::move(O));
    else {
      File.Samples[Where->second] = std::move(O);
      ++File.LeftOut;
    }
  }
};

/// A forward_backward sample minus the forward sample of the same call is its
/// backward pass; without that partner, or not above it, it is dropped.
void subtractForward(MeasurementFile &File) {
  std::map<std::string, double> Forward;
  for (const Observation &O : File.Samples)
    if (O.When == Phase::Forward)
      Forward[toOpLine(O.Call).str()] = O.Joules;
  std::vector<Observation> Kept;
  for (Observation &O : File.Samples) {
    if (O.When == Phase::Backward) {
      auto Partner = Forward.find(toOpLine(O.Call).str());
      if (Partner == Forward.end() || O.Joules <= Partner->second) {
        ++File.LeftOut;
        continue;
      }
      O.Joules -= Partner->second;
    }
    Kept.push_back(std::move(O));
  }
  File.Samples = std::move(Kept);
}
} // namespace

MeasurementFile energy::fit::readMeasurements(const std::string &Path) {
  std::ifstream In(Path, std::ios::binary);
  if (!In)
    throw FitError("cannot read '" + Path + "'");
  std::ostringstream Text;
  Text << In.rdbuf();
  MeasurementFile File = Reader(Path).run(Text.str());
  subtractForward(File);
  return File;
}
