// What a run's results mean: thresholds, cost, passed or not.
#pragma once

#include "loadtest/run/run_options.hpp"
#include "loadtest/thresholds.hpp"

namespace studiosync::load {

// The thresholds of a run: its objective, the caller's, and the scenario's for what neither names.
Result<std::vector<ThresholdRule>> rules_of(const RunOptions& options);

// A trial holds where the objective and the run's other rules do, but for those that ask for much
// (`throughput>=500`): a low rate cannot keep them, and they are judged where the search ends.
Trial trial_of(double rate, const ThresholdRule& objective, const std::vector<ThresholdRule>& rules,
               const Results& results);

// Judges everything that follows from what was measured. A run that was to be verified and was not
// has not passed, nor has an objective that held at no rate.
void conclude(const std::vector<ThresholdRule>& rules, bool must_verify, Results& results);

}  // namespace studiosync::load
