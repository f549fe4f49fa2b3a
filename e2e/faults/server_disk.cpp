#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void fill_server_disk(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 1); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::server_disk_full};
    plan.add(step);
    step.what = Do::server_disk_free;
    step.at = step.at + plan.between(Millis{500}, Millis{10'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
