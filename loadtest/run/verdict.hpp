// What a run's results mean: thresholds, cost, passed or not.
#pragma once

#include "loadtest/run/run_options.hpp"
#include "loadtest/thresholds.hpp"

namespace studiosync::load {

// The thresholds of a run: the caller's, and the scenario's for what he does not name.
Result<std::vector<ThresholdRule>> rules_of(const RunOptions& options);

// Judges everything that follows from what was measured. A run that was to be verified and was not
// has not passed.
void conclude(const std::vector<ThresholdRule>& rules, bool must_verify, Results& results);

}  // namespace studiosync::load
