// What a scenario must keep so that it can be run at all, whoever made it.
#pragma once

#include "core/base/result.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

// Devices have distinct names and a user; steps are sorted and name devices that exist by then
// (clones do from their clone step on); what a step's kind needs is there; a restore has a backup
// before it. `validation_error` with the first offending path, as `$.steps[3].device`.
Result<> check_scenario(const Scenario& scenario);

}  // namespace studiosync::e2e
