// Looks for the highest rate at which an objective holds.
#pragma once

#include <functional>
#include <optional>

#include "loadtest/capacity.hpp"

namespace studiosync::load {

// The measurement at one rate; nothing where there can be no further one.
using TrialRun = std::function<std::optional<Trial>(double rate)>;

// Doubles the rate from `first` while the objective holds, halves it while it does not, and then
// bisects to within 5 %. A trial that the generator could not make ends the way up: nothing is
// known beyond it. At most `trials_max` trials.
Capacity find_max(const TrialRun& run, double first, std::size_t trials_max = 12);

}  // namespace studiosync::load
