#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void repeat_pushes(Plan& plan) {
  for (std::uint64_t left = plan.between(2, 8); left > 0; --left) {
    plan.add({.at = plan.any_time(), .what = Do::repeat, .device = plan.any_device()});
  }
}

}  // namespace studiosync::e2e
