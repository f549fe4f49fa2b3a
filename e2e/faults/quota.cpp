#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

namespace {

// From what refuses everything that grows to what the large records fill.
constexpr std::int64_t little[] = {1, 500, 5'000, 50'000};
constexpr std::int64_t enough = 100'000'000;

}  // namespace

void fill_account(Plan& plan) {
  Step step{.at = plan.any_time(), .what = Do::quota};
  step.number = plan.pick(little);
  plan.add(step);
  step.number = enough;
  step.at = step.at + plan.a_while(Millis{2'000}, Millis{30'000});
  plan.add(step);
  // With more room some of what was refused is sent again.
  for (const DeviceSpec& device : plan.devices()) {
    if (plan.chance(40)) continue;
    Step retry{.what = Do::retry_rejected, .device = device.name};
    retry.at = step.at + plan.between(Millis{0}, Millis{10'000});
    plan.add(std::move(retry));
  }
}

}  // namespace studiosync::e2e
