#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void expire_tokens(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 4); left > 0; --left) {
    plan.add({.at = plan.any_time(), .what = Do::expire_token, .device = plan.any_device()});
  }
}

}  // namespace studiosync::e2e
