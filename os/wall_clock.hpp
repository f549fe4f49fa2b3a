// The one door to the machine's wall clock.
#pragma once

#include "core/base/time.hpp"

namespace studiosync::os {

WallTime wall_now() noexcept;
CommitTime wall_now_us() noexcept;

}  // namespace studiosync::os
