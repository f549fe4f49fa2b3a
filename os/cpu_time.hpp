// How long processes have used the processors.
#pragma once

#include <sys/types.h>

#include <chrono>

namespace studiosync::os {

// In user mode and in the kernel, by all threads of a process, those that have ended included;
// `process` 0 is this one. 0 where there is no such process.
std::chrono::nanoseconds process_cpu_time(pid_t process = 0) noexcept;

}  // namespace studiosync::os
