#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

// Mostly within the next frames; now and then far into a page.
void cut_connections(Plan& plan) {
  for (std::uint64_t left = plan.between(2, 10); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::cut, .device = plan.any_device()};
    step.text = plan.chance(50) ? "up" : "down";
    step.number = static_cast<std::int64_t>(plan.between(0, plan.chance(20) ? 60'000 : 1'500));
    plan.add(std::move(step));
  }
}

}  // namespace studiosync::e2e
