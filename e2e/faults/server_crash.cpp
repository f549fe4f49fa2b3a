#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void crash_server(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 3); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::server_crash};
    plan.add(step);
    step.what = Do::server_start;
    step.at = step.at + plan.between(Millis{10}, Millis{8'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
