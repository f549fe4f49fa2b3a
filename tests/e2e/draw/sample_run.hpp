// A run with everything in it that can be drawn: four devices of two users, about two hundred
// events, every kind of event and every turn.
#pragma once

#include "e2e/checkers/check.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::testing {

struct SampleRun {
  e2e::Scenario scenario;
  e2e::History history;
  std::vector<e2e::Violation> violations;
};

SampleRun sample_run();

}  // namespace studiosync::testing
