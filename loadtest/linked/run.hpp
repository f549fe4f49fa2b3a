// What connected devices cost a server, beyond the number of sockets that a process may have.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "loadtest/results.hpp"

namespace studiosync::load {

struct LinkedOptions {
  std::size_t devices = 100'000;  // two of each user; at least 8
  std::size_t pushes = 1'000;
  std::vector<std::string> thresholds;
};

// Connects all of them, and then lets a user's one device push to his other one, again and again.
// The memory is that of the process; `propagation` is from the push's first byte to the arrival.
// `bad_request` for a threshold that is none.
Result<Results> measure_linked(const LinkedOptions& options);

}  // namespace studiosync::load
