#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

// As if a month and more had passed: what is a tombstone now is collected.
void collect_tombstones(Plan& plan) {
  constexpr Millis long_enough{45LL * 24 * 3600 * 1000};
  for (std::uint64_t left = plan.between(1, 2); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::expire};
    step.ms = long_enough;
    plan.add(std::move(step));
  }
}

}  // namespace studiosync::e2e
