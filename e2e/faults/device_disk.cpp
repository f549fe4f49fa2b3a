#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void fill_device_disks(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 2); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::disk_full, .device = plan.any_device()};
    plan.add(step);
    step.what = Do::disk_free;
    step.at = step.at + plan.between(Millis{500}, Millis{10'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
