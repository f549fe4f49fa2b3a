// The end of a run: what is printed, what is written, and the exit code.
#pragma once

#include "loadtest/cli/verbs.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

// The summary goes to standard output, or to standard error where the JSON goes to the former. A
// run at a gate is a part of one, which whoever holds the gate sums up: it has none.
int report(const RunVerb& verb, const Results& results);

}  // namespace studiosync::load
