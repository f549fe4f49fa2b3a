#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t year = 365LL * 24 * 60 * minute;
constexpr std::int64_t skews[] = {minute,      -minute,    4 * minute, -20 * minute,
                                  90 * minute, -10 * year, 70 * year};

}  // namespace

void set_clocks(Plan& plan) {
  for (DeviceSpec& device : plan.devices()) {
    if (plan.chance(40)) device.skew = {plan.pick(skews)};
  }
  for (std::uint64_t left = plan.between(0, 3); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::clock, .device = plan.any_device()};
    step.ms = {plan.chance(50) ? 0 : plan.pick(skews)};
    plan.add(std::move(step));
  }
}

}  // namespace studiosync::e2e
