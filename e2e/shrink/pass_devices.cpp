#include <set>

#include "e2e/shrink/passes.hpp"

namespace studiosync::e2e {
namespace {

// Without these devices, their clones, and all that they do.
void remove_devices(Scenario& scenario, std::set<std::string> gone) {
  std::erase_if(scenario.devices, [&](const DeviceSpec& d) { return gone.contains(d.name); });
  for (DeviceSpec& device : scenario.devices) {
    if (gone.contains(device.beside)) device.beside.clear();
  }
  std::erase_if(scenario.steps, [&](const Step& step) {
    const bool goes = gone.contains(step.device);
    if (goes && step.what == Do::clone) gone.insert(step.text);
    return goes;
  });
}

std::set<std::string> devices_of(const Scenario& scenario, const std::string& user) {
  std::set<std::string> names;
  for (const DeviceSpec& device : scenario.devices) {
    if (device.user == user) names.insert(device.name);
  }
  return names;
}

}  // namespace

void drop_users(Trial& trial) {
  std::set<std::string> users;
  for (const DeviceSpec& device : trial.best().devices) users.insert(device.user);
  for (const std::string& user : users) {
    trial.attempt_with([&](Scenario& s) { remove_devices(s, devices_of(s, user)); });
  }
}

void drop_devices(Trial& trial) {
  for (std::size_t i = trial.best().devices.size(); i-- > 0;) {
    const std::string name = trial.best().devices[i].name;
    trial.attempt_with([&](Scenario& s) { remove_devices(s, {name}); });
  }
}

}  // namespace studiosync::e2e
