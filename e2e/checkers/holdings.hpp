// Where texts are at the end of a history.
#pragma once

#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e::judging {

// Fills `holdings` and `served` of the records, from the last states of devices and server.
void collect_holdings(Facts& facts);

// Connected, and with nothing to do in its own opinion.
inline bool at_rest(const DeviceState& state) noexcept {
  return state.link == "live" && state.synced;
}

}  // namespace studiosync::e2e::judging
