// What scripts learn from syncload's end.
#pragma once

#include "loadtest/compare.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

enum ExitCode : int {
  exit_passed = 0,
  exit_failed = 1,  // a threshold, the verification, or a comparison
  exit_usage = 2,   // also a file that cannot be read or written
  exit_unreachable = 3,
  exit_invalid = 4,  // the generator was the bottleneck: nothing is known of the server
};

ExitCode exit_code_of(const Results& results);
ExitCode exit_code_of(const Comparison& comparison) noexcept;
ExitCode exit_code_of(const Error& error) noexcept;

}  // namespace studiosync::load
