#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void read_slowly(Plan& plan) {
  Step step{.at = plan.any_time(), .what = Do::slow, .device = plan.any_device()};
  step.ms = plan.between(Millis{200}, Millis{3'000});
  plan.add(step);
  step.ms = {};
  step.at = step.at + plan.between(Millis{5'000}, Millis{40'000});
  plan.add(step);
}

}  // namespace studiosync::e2e
