// From a seed to a scenario for real processes.
#pragma once

#include <string_view>

#include "e2e/scenario/scenario.hpp"
#include "e2e/workloads/workload.hpp"

namespace studiosync::e2e {

// Whether all steps of the fault can be done to real processes.
bool real_processes_can(std::string_view fault) noexcept;

// The workload of the simulation. With mixed faults the seed chooses among those that can be done;
// spans of time are shorter, since steps follow one another at once.
Scenario make_real_scenario(std::uint64_t seed, WorkloadOptions options);

}  // namespace studiosync::e2e
