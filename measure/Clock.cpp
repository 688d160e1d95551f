#include "Clock.h"
#include <chrono>
#include <thread>

namespace energy::measure {
namespace {
class SteadyClock final : public Clock {
public:
  double nowS() override {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  }
  void sleepS(double Seconds) override {
    if (Seconds > 0)
      std::this_thread::sleep_for(std::chrono::duration<double>(Seconds));
  }
};
} // namespace

Clock &steadyClock() {
  static SteadyClock Clock;
  return Clock;
}
} // namespace energy::measure
