#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void use_old_client(Plan& plan) {
  DeviceSpec& device = plan.devices()[plan.random().below(plan.devices().size())];
  device.old_client = true;
}

}  // namespace studiosync::e2e
