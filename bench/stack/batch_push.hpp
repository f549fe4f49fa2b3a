// A device pushes batches of 50 records and waits for each durable acknowledgement; then many
// devices do so at once.
#pragma once

#include <cstddef>
#include <string>

#include "bench/stack/figure.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

struct BatchPushScale {
  std::size_t batches = 500;         // of the one device
  std::size_t batches_at_once = 60;  // of each of the many
  std::size_t rounds = 3;            // of the many; the median counts
};

// The one device's latency stands beside F. The many, each of an account of its own, beside bare
// SQLite's bulk insert into the server's own layout in `parent`, the two taking turns.
Figure measure_batch_push(ServerProcess& server, const std::string& parent,
                          const BatchPushScale& scale);

}  // namespace studiosync::bench
