// From what was recorded on devices to a scenario in which the same happens.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "e2e/trace/outcome.hpp"
#include "e2e/trace/recording.hpp"

namespace studiosync::e2e {

struct Replay {
  Scenario scenario;               // called `from-trace`
  std::vector<Outcome> outcomes;   // that were recorded
  std::vector<std::string> notes;  // what happens otherwise than it was recorded; one line each
};

// Devices are offline but while they upload; an upload is where the first answer to it was
// recorded. What a device had read follows from the versions that its changes were based on. Where
// the other side of a conflict was not recorded, a device `elsewhere` plays it. `not_found` where
// nobody edited anything.
Result<Replay> replay_of(std::span<const Recording> recordings);

}  // namespace studiosync::e2e
