// Random scenarios that can be run, for the properties of whoever reads, writes or changes them.
#pragma once

#include "core/base/random.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::testing {

// Steps of every kind, over up to three devices of two users.
e2e::Scenario any_scenario(Random& random, std::size_t steps_max);

}  // namespace studiosync::testing
