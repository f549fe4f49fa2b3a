// What one change costs the server while the records that it has double, and double again.
#pragma once

#include <cstddef>
#include <string>

#include "bench/stack/figure.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

struct GrowthScale {
  std::size_t records = 400'000;  // in the end, of all users
  std::size_t users = 1'000;
  std::size_t changes = 20'000;  // measured at each size
};

// Fills to an eighth, a quarter, half and all of the records, and measures at each size: the
// server's time on the processors for a change (every other one is a new record, the others edit
// any record there is; 32 under way), and how long one by itself takes. The fill stands beside S,
// bare SQLite's bulk insert of as many rows, at most two millions, into the server's own layout in
// `parent`, probed before each part.
Figure measure_growth(ServerProcess& server, const std::string& parent, const GrowthScale& scale);

}  // namespace studiosync::bench
