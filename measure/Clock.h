/// \file
/// Monotonic time as an interface, so that the protocol and the counters'
/// guard are tested without waiting.
#pragma once

namespace energy::measure {

class Clock {
public:
  virtual ~Clock() = default;
  virtual double nowS() = 0; ///< seconds since some fixed moment, never backwards
  virtual void sleepS(double Seconds) = 0;
};

/// The machine's monotonic clock; one for the whole process.
Clock &steadyClock();

} // namespace energy::measure
