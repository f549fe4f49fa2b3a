// A run's results for a person at a terminal.
#pragma once

#include <string>

#include "loadtest/results.hpp"

namespace studiosync::load {

// Ends with a line break.
std::string summary(const Results& results);

}  // namespace studiosync::load
