// Whether what a scenario expects at a point is there.
#pragma once

#include <string>
#include <vector>

#include "e2e/history/event.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

// An expectation of the scenario that did not hold, or one of every run.
struct Unmet {
  std::size_t step = 0;  // its place in the scenario; behind the last one: the run's end
  std::string message;
  std::uint64_t event = 0;  // the history's last one at that time
};

// What is wrong with what the step's device holds, or the server of all users together (of the
// record the first user's that has it). Empty when all is as expected. `step` must be an
// expectation.
std::string mismatch(const Step& step, const DeviceState& device);
std::string mismatch(const Step& step, const std::vector<ServerState>& users);

}  // namespace studiosync::e2e
