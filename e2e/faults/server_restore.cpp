#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void restore_server(Plan& plan) {
  Step step{.at = plan.any_time(), .what = Do::server_backup};
  plan.add(step);
  step.what = Do::server_restore;
  step.at = step.at + plan.a_while(Millis{500}, Millis{20'000});
  plan.add(step);
}

}  // namespace studiosync::e2e
