// Results in a file.
#pragma once

#include <string>

#include "loadtest/results.hpp"

namespace studiosync::load {

// `not_found`, or `validation_error` for what is no result of a run.
Result<Results> read_results(const std::string& file);

}  // namespace studiosync::load
