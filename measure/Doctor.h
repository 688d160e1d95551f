/// \file
/// What this machine offers for measuring energy, what is unreadable and the
/// command that changes that, measured refresh, resolution and cost of reading,
/// idle power, and a verdict.
#pragma once
#include "Meter.h"
#include <iosfwd>

namespace energy::measure {

struct DoctorOptions {
  double LookS = 2; ///< each meter is watched this long
  double IdleS = 2;
};
/// Returns 0 when some counter can be used, 3 when none can.
int doctor(const MeterContext &Context, const DoctorOptions &Options, std::ostream &Out);

/// Opens the named meter, or for an empty name the first that works for the
/// device. On failure M is null and Obstacles holds those of all that were tried.
Opened chooseMeter(const std::string &Name, bool ForGpu, const MeterContext &Context);

} // namespace energy::measure
