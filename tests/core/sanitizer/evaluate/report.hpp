// The figures for people and for programs, and the single cases behind them.
#pragma once

#include <iosfwd>
#include <string>

#include "core/base/json.hpp"
#include "tests/core/sanitizer/evaluate/tally.hpp"

namespace studiosync::testing {

// `99.52 %`: two places, rounded down, so that 100 % means all.
std::string percent(double rate);

void print_tables(std::ostream& out, const Tallies& tallies);
Json to_json(const Tallies& tallies);

// A line for each thing that is wrong with the verdict; nothing when all is well.
void print_misses(std::ostream& out, const SanitizerFixture& fixture, const Verdict& verdict);

}  // namespace studiosync::testing
