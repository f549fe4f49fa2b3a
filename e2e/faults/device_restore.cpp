#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void restore_devices(Plan& plan) {
  Step step{.at = plan.any_time(), .what = Do::backup, .device = plan.any_device()};
  plan.add(step);
  step.what = Do::restore;
  step.at = step.at + plan.a_while(Millis{1'000}, Millis{20'000});
  plan.add(step);
}

}  // namespace studiosync::e2e
