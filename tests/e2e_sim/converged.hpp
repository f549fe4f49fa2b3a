// Whether the devices of a run ended with what the server has; independent of the checkers' rules.
#pragma once

#include <string>

#include "e2e/history/event.hpp"

namespace studiosync::e2e {

// Where a device that takes part (neither halted nor stopped) is not synced, or holds other
// versions than the server; empty = nowhere.
std::string difference(const History& history);

}  // namespace studiosync::e2e
