#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

// Never the only device of a user: somebody must be left to see what became of it.
void revoke_device(Plan& plan) {
  if (plan.devices().size() <= plan.user_count()) return;
  const std::string& device = plan.devices().back().name;
  plan.add({.at = plan.any_time(), .what = Do::revoke, .device = device});
  // A login does not bring it back.
  plan.add({.at = plan.any_time(), .what = Do::login, .device = device});
}

}  // namespace studiosync::e2e
