#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

// Mostly the user logs in again; else when everything heals.
void end_logins(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 3); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::expire_login, .device = plan.any_device()};
    plan.add(step);
    if (plan.chance(20)) continue;
    step.what = Do::login;
    step.at = step.at + plan.a_while(Millis{1'000}, Millis{30'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
