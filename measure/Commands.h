/// \file
/// The commands of energy-measure; each returns the exit status. They alone
/// print, catch signals, and look for files that were not named.
#pragma once
#include "Options.h"

namespace energy::measure {

int runCommand(CommandLine &Line);
int knownWorkCommand(CommandLine &Line);
int doctorCommand(const CommandLine &Line);
int modelsCommand();

} // namespace energy::measure
