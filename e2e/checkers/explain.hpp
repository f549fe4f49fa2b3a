// The few events that a violation is about, for people.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "e2e/checkers/check.hpp"

namespace studiosync::e2e {

// What happened to the violation's record, in the order of the history, one line an event: the
// `lines_max` events that are nearest to the one that shows the violation, which is marked by `>`.
// Nothing but that event where the violation is about no record.
std::vector<std::string> explain(const History& history, const Violation& violation,
                                 std::size_t lines_max = 12);

}  // namespace studiosync::e2e
