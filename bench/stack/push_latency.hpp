// From the call that stores an edit on one device until another device has it in its database.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/stack/percentile.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

struct PushLatency {
  std::vector<Seconds> latencies;   // one an edit, in order
  std::vector<Seconds> local_puts;  // how long the same edits' calls took on the writing device
  // The limits, sampled between the edits, so that a drifting machine moves both alike.
  std::vector<Seconds> fsyncs;
  std::vector<Seconds> hops;
};

// `edits` saved queries written one after another; the next when the other device has the last.
PushLatency measure_push_latency(ServerProcess& server, const std::string& parent,
                                 std::size_t edits);

}  // namespace studiosync::bench
