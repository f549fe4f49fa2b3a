// A scenario in the making, with what its devices' network switches are set to.
#pragma once

#include <string>
#include <vector>

#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

class Script {
 public:
  // Times never go back: what was recorded with several clocks is as it was put in order.
  void move_to(Millis at);

  void add_device(DeviceSpec device) { scenario_.devices.push_back(std::move(device)); }
  bool has_device(const std::string& name) const;
  // At the current time.
  void add(Step step);
  void add(Do what, const std::string& device = {});
  // `device` goes online, everything settles, and it is offline again.
  void sync(const std::string& device);

  Scenario take() { return std::move(scenario_); }

 private:
  Scenario scenario_;
  Millis now_{};
};

}  // namespace studiosync::e2e
