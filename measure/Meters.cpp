#include "Meter.h"

namespace energy::measure {

#define METER(Open, Name, Reads, Automatic, ForGpu) Opened Open(const MeterContext &);
#include "Meters.def"

const std::vector<MeterRow> &meterRows() {
  static const std::vector<MeterRow> Rows = {
#define METER(Open, Name, Reads, Automatic, ForGpu) {Name, Reads, Automatic, ForGpu, Open},
#include "Meters.def"
  };
  return Rows;
}

const MeterRow *findMeter(const std::string &Name) {
  for (const MeterRow &Row : meterRows())
    if (Name == Row.Name)
      return &Row;
  return nullptr;
}

const char *toString(CounterKind Kind) {
  switch (Kind) {
  case CounterKind::Package:
    return "package";
  case CounterKind::Dram:
    return "dram";
  case CounterKind::Core:
    return "core";
  case CounterKind::Uncore:
    return "uncore";
  case CounterKind::Psys:
    return "psys";
  case CounterKind::Gpu:
    return "gpu";
  case CounterKind::Time:
    return "time";
  }
  return "";
}

const char *toString(Basis B) {
  switch (B) {
  case Basis::Measured:
    return "measured";
  case Basis::Modelled:
    return "modelled";
  case Basis::Fake:
    return "fake";
  }
  return "";
}

} // namespace energy::measure
