// One edit reaches all other devices of its user.
#pragma once

#include <cstddef>

#include "bench/stack/figure.hpp"
#include "bench/stack/server_process.hpp"

namespace studiosync::bench {

// From the sending of the edit until the last of 100 devices has the frame. When the server commits
// is seen by nobody outside, so this is an upper bound of what the target is stated for, the time
// after the commit: the way up and the flush of the disk are in it.
Figure measure_fan_out(ServerProcess& server, std::size_t edits);

}  // namespace studiosync::bench
