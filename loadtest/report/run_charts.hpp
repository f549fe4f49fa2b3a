// Which pictures a run deserves.
#pragma once

#include <string>

#include "loadtest/results.hpp"

namespace studiosync::load {

// What the scenario is about: the first of sync_latency, first_sync and connect that was measured.
Timing main_timing(const Results& results);

// `<figure>` elements, the most important first.
std::string run_charts(const Results& results);

}  // namespace studiosync::load
