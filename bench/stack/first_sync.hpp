// A whole account goes up from one device and down to new ones.
#pragma once

#include <cstddef>
#include <string>

#include "bench/stack/figure.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

struct FirstSyncScale {
  std::size_t few = 1'000;      // connections and preferences of 300 bytes
  std::size_t many = 10'000;    // the same
  std::size_t of_each = 4'000;  // realistic records of every type
  std::size_t rounds = 5;       // new devices an account; medians count
};

// From a new device's going online until all is durable in its database. The limit is one bare
// INSERT a record into the same tables and a page each into the same full-text index, by SQLite
// alone, the two taking turns. `dataset` is a file of records as a plausible user has them.
Figure measure_first_sync(ServerProcess& server, const std::string& parent,
                          const std::string& dataset, const FirstSyncScale& scale);

}  // namespace studiosync::bench
