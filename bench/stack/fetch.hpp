// A second device fetches what the first one has pushed, 50 records at a time.
#pragma once

#include <cstddef>

#include "bench/stack/figure.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

// From the request until the device has read the records out of the answer.
Figure measure_fetch(ServerProcess& server, std::size_t batches);

}  // namespace studiosync::bench
