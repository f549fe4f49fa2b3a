// How much memory this process has.
#pragma once

#include <cstddef>

namespace studiosync::os {

// Bytes in physical memory, shared ones included; 0 where the system does not tell.
std::size_t resident_memory() noexcept;

}  // namespace studiosync::os
