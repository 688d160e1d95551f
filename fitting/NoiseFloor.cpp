#include "NoiseFloor.h"
#include "Numerics/FitError.h"
#include <cstdio>

using namespace energy::fit;

std::vector<NoiseFloor> energy::fit::noiseFloor(const CsvFile &Repetitions) {
  std::map<std::string, std::map<std::string, std::vector<double>>> Sets;
  for (size_t Row = 0; Row < Repetitions.size(); ++Row) {
    double Passes = Repetitions.number(Row, "forward_passes");
    double Joules = Repetitions.number(Row, "window_cpu_energy_j");
    if (Passes > 0 && Joules > 0 && Repetitions.numberIf(Row, "power_flag").value_or(0) == 0)
      Sets[Repetitions.text(Row, "set")][Repetitions.text(Row, "config_id")].push_back(Joules / Passes);
  }
  std::vector<NoiseFloor> Table;
  for (const auto &[Set, Configurations] : Sets) {
    NoiseFloor N{Set, 0, {}};
    std::vector<double> One, Others;
    for (const auto &[Id, Values] : Configurations) {
      if (Values.size() < 2)
        continue;
      ++N.Configurations;
      double Sum = 0;
      for (double V : Values)
        Sum += V;
      for (double V : Values) {
        One.push_back(V);
        Others.push_back((Sum - V) / double(Values.size() - 1));
      }
    }
    if (One.empty())
      continue;
    N.Figures = metrics(One, Others);
    Table.push_back(std::move(N));
  }
  if (Table.empty())
    throw FitError("'" + Repetitions.path() + "' repeats no configuration");
  return Table;
}

void energy::fit::printNoiseFloor(const std::vector<NoiseFloor> &Table) {
  std::printf("%-24s %8s %8s %8s %8s %8s\n", "set", "configs", "R2", "MAPE %", "median %", "w10 %");
  for (const NoiseFloor &N : Table)
    std::printf("%-24s %8zu %8.5f %8.2f %8.2f %8.1f\n", N.Set.c_str(), N.Configurations, N.Figures.R2,
                N.Figures.MapePercent, N.Figures.MedianPercent, 100 * N.Figures.Within10);
}
