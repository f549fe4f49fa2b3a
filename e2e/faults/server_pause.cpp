#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void pause_server(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 2); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::server_pause};
    plan.add(step);
    step.what = Do::server_resume;
    step.at = step.at + plan.between(Millis{500}, Millis{20'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
