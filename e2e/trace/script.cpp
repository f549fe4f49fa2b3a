#include "e2e/trace/script.hpp"

#include <algorithm>

namespace studiosync::e2e {

void Script::move_to(Millis at) {
  now_ = std::max(now_, at);
}

bool Script::has_device(const std::string& name) const {
  return std::ranges::find(scenario_.devices, name, &DeviceSpec::name) != scenario_.devices.end();
}

void Script::add(Step step) {
  step.at = now_;
  scenario_.steps.push_back(std::move(step));
}

void Script::add(Do what, const std::string& device) {
  add(Step{.what = what, .device = device});
}

void Script::sync(const std::string& device) {
  add(Do::online, device);
  add(Do::settle);
  add(Do::offline, device);
}

}  // namespace studiosync::e2e
