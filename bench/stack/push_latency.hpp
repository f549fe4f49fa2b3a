// From the call that stores an edit on one device until another device has it in its database.
#pragma once

#include <cstddef>
#include <string>

#include "bench/stack/figure.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

// `edits` saved queries written one after another; the next when the other device has the last.
// The limit is one flush of the server's disk and two hops: no change can be safe and arrive
// sooner.
Figure measure_push_latency(ServerProcess& server, const std::string& parent, std::size_t edits);

}  // namespace studiosync::bench
