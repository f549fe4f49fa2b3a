#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void drain_server(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 2); left > 0; --left) {
    plan.add({.at = plan.any_time(), .what = Do::server_drain});
  }
}

}  // namespace studiosync::e2e
