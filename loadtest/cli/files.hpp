// Results in files.
#pragma once

#include <string>

#include "loadtest/results.hpp"

namespace studiosync::load {

// `not_found`, or `validation_error` for what is no result of a run.
Result<Results> read_results(const std::string& file);
// `-` is standard output.
Result<> write_text(const std::string& file, const std::string& text);

// One line on standard error.
void complain(const Error& error);

}  // namespace studiosync::load
