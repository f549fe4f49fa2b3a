// What of a scenario real processes cannot do. Pure; any thread.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

// Whether it can be done to real processes.
bool real_processes_can(Do what) noexcept;

struct LeftOut {
  std::vector<std::string> what;  // for people, as `the clock of phone` or `step 3, quota`
  std::set<std::size_t> steps;    // from 0
  std::size_t expectations = 0;   // of the steps
};

// Clocks, failing disks and what else processes have not; and every expectation behind the first of
// them, as it counts on what did not happen.
LeftOut left_out_of(const Scenario& scenario);

}  // namespace studiosync::e2e
