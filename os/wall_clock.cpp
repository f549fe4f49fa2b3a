#include "os/wall_clock.hpp"

#include <chrono>

namespace studiosync::os {

CommitTime wall_now_us() noexcept {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

WallTime wall_now() noexcept {
  return {wall_now_us().unix_us / 1000};
}

}  // namespace studiosync::os
