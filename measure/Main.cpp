/// \file
/// energy-measure: profiles the energy of LibTorch on this machine. A command
/// line becomes a meter (Meter.h, EnergyClock.h), a plan (Sweep.h, Plan.h) and a
/// session (Protocol.h, Session.h) that writes JSON lines (Records.h); operators
/// and models run behind Backend (Workload.h), the only part that needs LibTorch.
#include "Commands.h"
#include "Oracle.h"
#include <iostream>

using namespace energy::measure;

static int dispatch(CommandLine &Line) {
  if (Line.Command == "run")
    return runCommand(Line);
  if (Line.Command == "check") {
    OracleOptions Options;
    Options.AllowAbsent = Line.AllowAbsent;
    return check(std::cin, std::cout, Options);
  }
  if (Line.Command == "doctor")
    return doctorCommand(Line);
  if (Line.Command == "known-work")
    return knownWorkCommand(Line);
  if (Line.Command == "models")
    return modelsCommand();
  std::cout << helpText();
  return 0;
}

int main(int Argc, char **Argv) {
  try {
    CommandLine Line = parseCommandLine(std::vector<std::string>(Argv + 1, Argv + Argc));
    return dispatch(Line);
  } catch (const UsageError &E) {
    std::cerr << "energy-measure: " << E.what() << "\n";
    return 2;
  } catch (const std::exception &E) {
    std::cerr << "energy-measure: " << E.what() << "\n";
    return 1;
  }
}
