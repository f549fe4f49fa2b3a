// Opens the store on what a crash left and says what is wrong with it.
#pragma once

#include <optional>
#include <string>

#include "e2e/crash/crash_point.hpp"
#include "e2e/crash/workload_run.hpp"

namespace studiosync::e2e {

// `in_flight` is the step that was not acknowledged; none: the store was being opened. The run
// knows the states up to the one behind it.
std::optional<std::string> check_crash(const WorkloadRun& run, const CrashPoint& point,
                                       std::optional<std::size_t> in_flight, std::uint64_t seed);

}  // namespace studiosync::e2e
