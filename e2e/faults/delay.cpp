#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void delay_frames(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 3); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::delay, .device = plan.any_device()};
    step.ms = plan.between(Millis{100}, Millis{8'000});
    plan.add(step);
    step.ms = {};
    step.at = step.at + plan.between(Millis{1'000}, Millis{20'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
