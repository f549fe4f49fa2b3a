#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void fail_commits(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 4); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::commit_fails};
    step.number = static_cast<std::int64_t>(plan.between(1, 3));
    plan.add(std::move(step));
  }
}

}  // namespace studiosync::e2e
