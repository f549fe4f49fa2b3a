// One edit reaches all other devices of its user.
#pragma once

#include <cstddef>

#include "bench/stack/figure.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

// From the server's commit until the last of 100 devices has the frame. The commit is taken to be
// one hop before the first frame that tells of it: only the encoding of that frame is left out.
Figure measure_fan_out(ServerProcess& server, std::size_t edits);

}  // namespace studiosync::bench
