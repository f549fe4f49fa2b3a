// What connected devices cost a server, beyond the number of sockets that a process may have.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "loadtest/results.hpp"

namespace studiosync::load {

struct LinkedOptions {
  std::size_t devices = 100'000;  // two of each user; at least 8
  // So many of them by sockets, if the descriptor limit allows it; the others are linked.
  std::size_t sockets = 0;
  std::string program;  // syncload, for the sockets' other ends
  std::size_t pushes = 1'000;
  std::vector<std::string> thresholds;
};

// Connects all of them to one server, and then lets a user's one device push to his other one,
// again and again; the devices with sockets do the same beside it. The memory is that of the
// process; `propagation` is from the push's first byte to the arrival of a linked device, and from
// the edit to the arrival of one with a socket. It has not passed where fewer than all were there
// at once: the descriptor limit takes sockets, but no devices. `bad_request` for a threshold that
// is none, else what kept the sockets' process from its results.
Result<Results> measure_linked(const LinkedOptions& options);

}  // namespace studiosync::load
