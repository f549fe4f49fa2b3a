// How many files and sockets this process may have open.
#pragma once

#include <cstddef>

namespace studiosync::load {

// Raises the process's own limit as far as it may, and returns it.
std::size_t raise_descriptor_limit() noexcept;

}  // namespace studiosync::load
