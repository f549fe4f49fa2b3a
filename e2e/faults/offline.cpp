#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void go_offline(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 4); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::offline, .device = plan.any_device()};
    plan.add(step);
    step.what = Do::online;
    step.at = step.at + plan.a_while(Millis{2'000}, Millis{30'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
