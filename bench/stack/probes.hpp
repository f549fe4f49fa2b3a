// The two physical limits of a push, measured with nothing of the product's logic in the way.
#pragma once

#include <cstddef>
#include <string>

#include "bench/stack/percentile.hpp"

namespace studiosync::bench {

// F: the median of appending 4 KiB to a file in `folder` and flushing it (fdatasync).
Seconds probe_fsync(const std::string& folder, std::size_t rounds);

// H: half of the median round trip of a 300-byte message over loopback, between our server's
// listener with an echoing handler and our client's WebSocket connection.
Seconds probe_hop(std::size_t rounds);

}  // namespace studiosync::bench
