#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void reset_account(Plan& plan) {
  plan.add({.at = plan.any_time(), .what = Do::reset, .device = plan.any_device()});
}

}  // namespace studiosync::e2e
