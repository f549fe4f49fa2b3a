#include "os/cpu_time.hpp"

#include <ctime>

namespace studiosync::os {

// clock_getcpuclockid(3): as exact as the scheduler's own books, while proc(5) counts in ticks.
std::chrono::nanoseconds process_cpu_time(pid_t process) noexcept {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process, &clock) != 0) return {};
  if (::clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace studiosync::os
